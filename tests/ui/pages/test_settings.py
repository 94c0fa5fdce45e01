"""设置 over a real school, by keyboard: unit, calendar, rules, keys, backups, type size."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from app.bootstrap import open_program
from app.errors import UserError
from app.service.settings_view import rules_in_use, terms, unit_form
from tests.ui.conftest import PASSWORD, Office
from ui.pages.settings import SettingsPage
from ui.pages.settings_backup import BackupPart, copied
from ui.pages.settings_calendar import CalendarPart
from ui.pages.settings_keeping import PasswordPart
from ui.pages.settings_rules import RulesPart
from ui.pages.settings_unit import LookPart, UnitPart
from ui.theme import dress

# The screen of the tests is no real one: it takes no hints of a window's size and raises nothing.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class InMemory(KeyringBackend):
    """A credential store for the tests."""

    priority = 1  # type: ignore[assignment] # keyring declares a class property, its own docs set a number

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture(autouse=True)
def _no_credential_store() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def told(office: Office) -> list[str]:
    found: list[str] = []
    office.context.bus.said.connect(found.append)
    office.context.bus.refused.connect(found.append)
    return found


@pytest.fixture
def page(office: Office) -> SettingsPage:
    made = SettingsPage(office.context)
    office.qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    made.activateWindow()
    office.qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    office.settle()
    return made


def show(office: Office, page: SettingsPage, part: str) -> None:
    page.open_target({"part": part})
    office.settle()


def alt(office: Office, button: QPushButton) -> None:
    """Press the mnemonic of a button."""
    letter = button.text().partition("&")[2][0]
    with office.qtbot.waitSignal(button.clicked):
        office.qtbot.keyClick(button.window(), letter, Qt.KeyboardModifier.AltModifier)
    office.settle()


def test_the_parts_are_walked_with_the_arrows(office: Office, page: SettingsPage, qtbot: QtBot) -> None:
    assert page.stack.currentWidget() is page.parts["unit"]
    for part in list(page.parts.values())[1:]:
        qtbot.keyClick(page.names, Qt.Key.Key_Down)
        office.settle()
        assert page.stack.currentWidget() is part


def test_an_unknown_part_changes_nothing(page: SettingsPage) -> None:
    page.open_target({"part": "nowhere"})
    assert page.stack.currentWidget() is page.parts["unit"]


def test_the_unit_is_corrected_and_what_was_typed_is_not_overwritten(
    office: Office, page: SettingsPage, told: list[str], qtbot: QtBot
) -> None:
    part = page.parts["unit"]
    assert isinstance(part, UnitPart)
    assert part.form is not None
    assert part.form.values()["单位名称"] == "柳河镇石桥小学"
    field = part.form.field("学校联系电话")
    field.setFocus()
    qtbot.keyClicks(field, "13900001234")
    part.refresh()
    office.settle()
    assert part.form.values()["学校联系电话"] == "13900001234"
    alt(office, part.save)
    assert told == ["单位信息已保存。"]
    assert office.program.read(unit_form)["学校联系电话"] == "13900001234"


@pytest.fixture
def calendar(office: Office, page: SettingsPage) -> CalendarPart:
    show(office, page, "calendar")
    part = page.parts["calendar"]
    assert isinstance(part, CalendarPart)
    part.grid.setFocus()
    office.qtbot.waitUntil(part.grid.hasFocus)
    return part


@pytest.mark.parametrize(("key", "mark"), [("T", "休✎"), ("B", "半天✎"), ("K", "课✎")])
def test_a_key_sets_the_chosen_day(office: Office, calendar: CalendarPart, key: str, mark: str) -> None:
    assert calendar.why.text().startswith("11月20日")
    office.qtbot.keyClick(calendar.grid, Qt.Key.Key_Left)
    office.qtbot.keyClick(calendar.grid, key)
    office.settle()
    office.settle()
    assert calendar.model.place(date(2026, 11, 19)).data() == f"19　{mark}"
    assert calendar.why.text().startswith("11月19日")


def test_pages_turn_the_months_and_a_year_without_holidays_is_said(
    office: Office, calendar: CalendarPart
) -> None:
    assert not calendar.lacking.isVisible()
    for _ in range(2):
        office.qtbot.keyClick(calendar.grid, Qt.Key.Key_PageDown)
        office.settle()
    assert calendar.title.text() == "2027年1月"
    assert calendar.lacking.text().startswith("▲ 2027年的放假安排还没有")
    for _ in range(13):
        office.qtbot.keyClick(calendar.grid, Qt.Key.Key_PageUp)
        office.settle()
    assert calendar.title.text() == "2025年12月"


def press(office: Office, part: CalendarPart | BackupPart, words: str) -> None:
    """Click the button of the open panel."""
    button = next(one for one in part.panel.findChildren(QPushButton) if one.text().startswith(words))
    office.qtbot.keyClick(button, Qt.Key.Key_Space)
    office.settle()
    office.settle()


def test_a_term_is_set(office: Office, calendar: CalendarPart, told: list[str]) -> None:
    alt(office, calendar.set_term)
    fields = calendar.panel.findChildren(type(calendar.panel.findChild(QPlainTextEdit)))
    assert fields == []
    typed = QApplication.focusWidget()
    assert typed is not None
    office.qtbot.keyClicks(typed, "0907")
    office.qtbot.keyClick(typed, Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    assert after is not None
    press(office, calendar, "保存")
    assert told == ["开学和放假的日期都要填。"]
    office.qtbot.keyClicks(after, "2027-01-15")
    press(office, calendar, "保存")
    assert told[-1] == "已保存，连续旷课会重新计算。"
    found = office.program.read(terms)[-1]
    assert (found["from"], found["to"]) == (date(2026, 9, 7), date(2027, 1, 15))
    assert "2026-09-07 至 2027-01-15" in calendar.terms.text()
    assert not calendar.panel.isVisible()


def test_the_holidays_of_a_new_year_are_pasted_in(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    alt(office, calendar.enter)
    text = calendar.panel.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    office.qtbot.waitUntil(text.hasFocus)
    text.setPlainText("元旦放假")
    press(office, calendar, "保存")
    assert told[-1].startswith("每行要以年份开头")
    text.setPlainText("2027-01-01至2027-01-03 休 元旦\n2027-02-07 班 春节")
    press(office, calendar, "保存")
    assert told[-1] == "已保存，连续旷课会重新计算。"
    for _ in range(2):
        office.qtbot.keyClick(calendar.grid, Qt.Key.Key_PageDown)
        office.settle()
    assert not calendar.lacking.isVisible()
    assert calendar.model.place(date(2027, 1, 1)).data() == "1　休"


@pytest.fixture
def rules(office: Office, page: SettingsPage) -> RulesPart:
    show(office, page, "rules")
    part = page.parts["rules"]
    assert isinstance(part, RulesPart)
    return part


def test_another_rule_set_is_read_before_it_is_chosen(
    office: Office, rules: RulesPart, told: list[str]
) -> None:
    assert "孟津县" in rules.words.toPlainText()
    assert not rules.use.isEnabled()
    rules.choice.setFocus()
    rules.choice.setCurrentIndex(rules.choice.findData("xiayi"))
    rules.choice.activated.emit(rules.choice.currentIndex())
    office.settle()
    assert "夏邑" in rules.words.toPlainText()
    alt(office, rules.use)
    office.settle()
    assert office.program.read(rules_in_use)["id"] == "xiayi"
    assert told[0].startswith("以后立案按")
    assert not rules.use.isEnabled()


def test_a_copy_of_a_rule_set_can_be_changed_by_the_county(
    office: Office, rules: RulesPart, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args: ("青石县规则", True))
    alt(office, rules.copy)
    office.settle()
    assert rules.choice.findText("青石县规则", Qt.MatchFlag.MatchStartsWith) >= 0
    assert "own-1.toml" in told[0]


@pytest.fixture
def keys(office: Office, page: SettingsPage) -> PasswordPart:
    show(office, page, "password")
    part = page.parts["password"]
    assert isinstance(part, PasswordPart)
    return part


def test_the_password_is_changed(office: Office, keys: PasswordPart, told: list[str], tmp_path: Path) -> None:
    for old, new, again, answer in (
        (PASSWORD, "new", "other", "两遍新密码要一样，也不能是空的。请重新写一遍。"),
        ("wrong", "new", "new", "密码不对。请重新输入；忘记密码时可以用恢复码打开。"),
        (PASSWORD, "new", "new", "密码已换。以前的备份仍用旧密码打开。"),
    ):
        keys.form.set_values({"现在的密码": old, "新密码": new, "再写一遍新密码": again})
        alt(office, keys.change)
        assert told[-1] == answer
    assert set(keys.form.values().values()) == {""}
    office.program.close()
    open_program(tmp_path / "data", "new", office.context.today).close()


@pytest.mark.parametrize("wanted", [True, False])
def test_a_new_recovery_code_is_asked_about_and_shown_once(
    office: Office, keys: PasswordPart, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    answer = QMessageBox.StandardButton.Yes if wanted else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: answer)
    alt(office, keys.new_code)
    assert bool(keys.code.text()) is wanted
    assert keys.code.isVisible() is wanted
    keys.refresh()
    office.settle()
    assert keys.code.text() == ""


def test_where_there_is_no_credential_store_a_sentence_says_so(keys: PasswordPart) -> None:
    assert not keys.remember.isEnabled()
    assert keys.why_not.isVisible()


def test_this_pc_may_remember_the_password_and_forget_it(
    office: Office, keys: PasswordPart, told: list[str]
) -> None:
    store = InMemory()
    keyring.set_keyring(store)
    keys.refresh()
    office.settle()
    assert keys.remember.isEnabled()
    assert not keys.why_not.isVisible()
    for kept, words in ((1, "本机会记住密码。"), (0, "本机不再记住密码。")):
        keys.remember.setFocus()
        office.qtbot.keyClick(keys.remember, Qt.Key.Key_Space)
        office.settle()
        assert (len(store.kept), told[-1]) == (kept, words)
        keys.refresh()
        office.settle()
        assert keys.remember.isChecked() is bool(kept)


@pytest.fixture
def backups(office: Office, page: SettingsPage) -> BackupPart:
    show(office, page, "backup")
    part = page.parts["backup"]
    assert isinstance(part, BackupPart)
    return part


def test_a_backup_is_made_by_one_key_and_listed(office: Office, backups: BackupPart, told: list[str]) -> None:
    before = backups.model.rowCount()
    alt(office, backups.make)
    office.settle()
    assert backups.model.rowCount() == before + 1
    assert told[-1].startswith("备份已做好并检查过")


def test_a_backup_is_copied_to_a_stick_and_read_back(
    office: Office, backups: BackupPart, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "U盘" / "copy.gxbak"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    backups._save_copy()
    office.settle()
    assert told[-1].startswith("存不到")
    target.parent.mkdir()
    backups._save_copy()
    office.settle()
    assert told[-1] == "已写完并核对，可以拔出U盘。"
    assert target.read_bytes() == Path(backups.model.rows[0]["file"]).read_bytes()


def test_a_copy_from_a_file_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="存不到"):
        copied(tmp_path / "gone", tmp_path / "copy")


def test_going_back_shows_what_would_be_lost_and_asks_for_the_password(
    office: Office, backups: BackupPart, told: list[str]
) -> None:
    asked: list[tuple[Path | None, str]] = []
    office.context.restart = lambda file, password: asked.append((file, password))
    backups._ask()
    office.settle()
    assert backups.panel.isVisible()
    press(office, backups, "恢复")
    assert told[-1] == "请写上做备份时的密码。"
    assert backups.form is not None
    office.qtbot.keyClicks(backups.form.field("做备份时的密码"), PASSWORD)
    press(office, backups, "恢复")
    assert asked == [(Path(backups.model.rows[0]["file"]), PASSWORD)]
    assert not backups.panel.isVisible()


def test_a_damaged_backup_is_not_offered_for_going_back(
    office: Office, backups: BackupPart, told: list[str]
) -> None:
    backups.model.set_rows([backups.model.rows[0] | {"ok": False}])
    backups._ask()
    assert told == ["请先在表里选一份备份。"]
    backups.list.selectRow(0)
    backups._ask()
    assert told[-1].startswith("这份备份已损坏")


def test_the_type_size_takes_effect_at_once_and_is_remembered(
    office: Office, page: SettingsPage, qapp: QApplication
) -> None:
    show(office, page, "look")
    part = page.parts["look"]
    assert isinstance(part, LookPart)
    button = part.group.button(150)
    assert button is not None
    width = page.names.width()
    button.setFocus()
    office.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (office.context.preferences.scale, qapp.font().pixelSize()) == (150, 21)
    assert page.names.width() > width
    dress(qapp, 100)
