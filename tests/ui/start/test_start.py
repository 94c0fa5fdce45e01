"""From an empty folder to the window, from a password to the window, and back to a backup, by keyboard."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.demo.school import TODAY
from app.errors import UserError
from app.service.agenda import today_list
from app.service.overview import who_we_are
from app.service.settings_view import rules_in_use, terms, unit_form
from app.service.students import list_students
from tests.ui.conftest import PASSWORD
from ui.__main__ import BootstrapGate
from ui.help.help_window import HelpWindow
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.start.application import refuse_without_screen, report
from ui.start.carrying import Start
from ui.start.recover import RecoverDialog, RestoreDialog
from ui.start.unlock import RESTORED, UnlockDialog
from ui.start.wizard import CODE, FirstRun
from ui.theme import dress

# The screen of the tests is no real one: it takes no hints of a window's size and raises nothing.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

STEP = 20_000  # ms: deriving a key takes a second of its own on an old PC


class Beginning:
    """A start over a folder, and what it shows."""

    def __init__(self, folder: Path, settings: Path, qtbot: QtBot) -> None:
        self.gate = BootstrapGate(folder, TODAY, "", None)
        preferences = Preferences(QSettings(str(settings), QSettings.Format.IniFormat))
        self.start = Start(self.gate, preferences)
        self.qtbot = qtbot

    def begin(self) -> "Beginning":
        self.start.begin()
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until no step and no task is under way."""
        self.qtbot.waitUntil(self._idle, timeout=STEP)

    def _idle(self) -> bool:
        running = sum(window.context.tasks.running for window in self.start.windows)
        return not self.start.opener.working and not running

    def end(self) -> None:
        self.settle()
        for window in list(self.start.windows):
            window.close()
        for dialog in (self.start.dialog, self.start.wizard):
            if dialog is not None:
                dialog.close()
                dialog.deleteLater()
        self.start.end()

    @property
    def wizard(self) -> FirstRun:
        assert self.start.wizard is not None
        return self.start.wizard

    @property
    def dialog(self) -> UnlockDialog:
        assert self.start.dialog is not None
        return self.start.dialog

    @property
    def window(self) -> MainWindow:
        return self.start.windows[-1]

    def type(self, field: QWidget, words: str) -> None:
        """Type into a field; words of an input method arrive whole."""
        field.setFocus()
        assert isinstance(field, QLineEdit)
        if words.isascii():
            self.qtbot.keyClicks(field, words)
        else:
            field.insert(words)

    def alt(self, button: QPushButton) -> None:
        """Press the mnemonic of a button and wait for what it begins."""
        window = button.window()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        letter = button.text().partition("&")[2][0]
        with self.qtbot.waitSignal(button.clicked):
            self.qtbot.keyClick(window, letter, Qt.KeyboardModifier.AltModifier)
        self.settle()

    def enter(self, dialog: QWidget) -> None:
        """Press Enter and wait for what it begins."""
        self.qtbot.keyClick(dialog, Qt.Key.Key_Return)
        self.settle()


@pytest.fixture
def fresh(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Beginning]:
    dress(qapp, 100)
    made = Beginning(tmp_path / "data", tmp_path / "window.ini", qtbot)
    yield made
    made.end()


@pytest.fixture
def known(demo_folder: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Beginning]:
    dress(qapp, 100)
    shutil.copytree(demo_folder, tmp_path / "data")
    made = Beginning(tmp_path / "data", tmp_path / "window.ini", qtbot)
    yield made
    made.end()


def name_ourselves(fresh: Beginning) -> None:
    wizard = fresh.wizard
    for name, words in (
        ("单位全称", "青石中心小学"),
        ("所在县（市、区）", "青石县"),
        ("操作人姓名", "王老师"),
    ):
        fresh.type(wizard.unit.field(name), words)
    fresh.enter(wizard)


def set_a_password(fresh: Beginning, first: str = "old-oak-7", second: str = "old-oak-7") -> None:
    for name, words in (("密码", first), ("再写一遍", second)):
        fresh.wizard.password.field(name).clear()  # type: ignore[union-attr]  # all of them are lines
        fresh.type(fresh.wizard.password.field(name), words)
    fresh.enter(fresh.wizard)


def test_the_first_start_leads_by_keyboard_from_nothing_to_the_window(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    assert (wizard.step, wizard.title.text()) == (0, "1/5　我们是谁")
    name_ourselves(fresh)
    assert wizard.step == 1
    assert wizard.words.toPlainText().startswith("出处")
    wizard.rules.setCurrentIndex(wizard.rules.findData("mengjin"))
    fresh.enter(wizard)
    set_a_password(fresh)
    assert wizard.step == 3
    assert len(wizard.code.text()) > 20
    fresh.alt(wizard.next)
    assert wizard.term.values() == {"开学": "2026-09-01", "放假": "2027-01-20"}
    fresh.type(wizard.term.field("放假"), "2027-01-22")
    fresh.enter(wizard)
    window = fresh.window
    assert not wizard.isVisible()
    assert window.page.key == "students"
    program = fresh.start._programs[window]
    assert program.read(who_we_are) == {"unit": "青石中心小学", "level": "学校"}
    assert program.read(unit_form)["所在县（市、区）"] == "青石县"
    assert program.read(rules_in_use)["id"] == "mengjin"
    assert [row["usual"] for row in program.read(terms) if row["to"] > TODAY] == [False]
    assert program.operator == "王老师"


def test_what_is_lacking_is_named_and_the_step_is_not_left(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    fresh.enter(wizard)
    assert (wizard.step, wizard.problem.text()) == (0, "请填单位全称、所在县（市、区）、操作人姓名。")
    name_ourselves(fresh)
    fresh.enter(wizard)
    for first, second in (("", ""), ("one", "two")):
        set_a_password(fresh, first, second)
        assert wizard.step == 2
        assert wizard.problem.text() == "两遍密码要一样，也不能是空的。请重新写一遍。"
    assert not fresh.gate.has_data()


def test_a_step_can_be_gone_back_to_with_what_was_typed(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.alt(wizard.back)
    assert wizard.step == 0
    assert wizard.unit.values()["单位全称"] == "青石中心小学"


def test_a_county_is_not_asked_for_its_township(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    level = wizard.unit.field("我们是")
    assert isinstance(level, QComboBox)
    level.setCurrentText("县")
    asked = [name for name in wizard.unit.values() if wizard.unit.field(name).isVisible()]
    assert asked == ["我们是", "单位全称", "操作人姓名"]


def test_the_term_can_wait(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.enter(wizard)
    set_a_password(fresh)
    fresh.alt(wizard.next)
    for name in ("开学", "放假"):
        wizard.term.set_values({name: ""})
    fresh.enter(wizard)
    assert wizard.problem.text() == "请填开学和放假的日期；还没定的，点“以后再设”。"
    fresh.type(wizard.term.field("开学"), "1332")
    fresh.enter(wizard)
    assert "请核对" in wizard.problem.text()
    fresh.alt(wizard.skip)
    assert fresh.window.page.key == "today"


def leave_the_code(fresh: Beginning, answer: str) -> None:
    """Close the step of the recovery code and answer the question."""
    fresh.qtbot.keyClick(fresh.wizard, Qt.Key.Key_Escape)
    [box] = [one for one in fresh.wizard.findChildren(QMessageBox) if one.isVisible()]
    next(one for one in box.buttons() if one.text() == answer).click()
    fresh.settle()


def set_up(fresh: Beginning) -> FirstRun:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.enter(wizard)
    set_a_password(fresh)
    return wizard


def tasks_of(fresh: Beginning) -> list[str]:
    return [row["what"] for row in fresh.start._programs[fresh.window].read(today_list)]


def test_the_recovery_code_is_not_passed_by_with_one_enter_too_many(fresh: Beginning) -> None:
    wizard = set_up(fresh)
    assert QApplication.focusWidget() is wizard.code.print
    assert not wizard.next.isDefault()
    assert wizard.step == CODE


def test_closing_the_step_of_the_recovery_code_asks_first_and_today_reminds(fresh: Beginning) -> None:
    wizard = set_up(fresh)
    leave_the_code(fresh, "回去抄下")
    assert (wizard.isVisible(), wizard.step, fresh.start.windows) == (True, CODE, [])
    leave_the_code(fresh, "先不抄，打开窗口")
    assert not wizard.isVisible()
    assert fresh.window.isVisible()
    assert tasks_of(fresh) == ["恢复码还没有打印或抄下", "本学期还没有设"]


def test_a_code_that_was_printed_or_copied_is_not_asked_for_again(fresh: Beginning) -> None:
    wizard = set_up(fresh)
    wizard.code.noted.emit()
    fresh.settle()
    assert wizard.step == CODE
    fresh.qtbot.keyClick(wizard, Qt.Key.Key_Escape)
    fresh.settle()
    assert tasks_of(fresh) == ["本学期还没有设"]


def test_f1_opens_the_manual_at_its_first_page_and_the_manual_goes_with_the_first_steps(
    fresh: Beginning,
) -> None:
    wizard = fresh.begin().wizard
    fresh.qtbot.keyClick(wizard, Qt.Key.Key_F1)
    [manual] = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, HelpWindow) and one.isVisible()
    ]
    assert manual.page == "start"
    wizard.close()
    assert not manual.isVisible()


def test_what_was_typed_is_there_again_at_the_next_start_but_no_password(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    wizard.rules.setCurrentIndex(wizard.rules.findData("mengjin"))
    fresh.enter(wizard)
    fresh.type(wizard.password.field("密码"), "old-oak-7")
    wizard.close()
    again = fresh.begin().wizard
    assert again is not wizard
    assert again.step == 2
    assert again.unit.values()["单位全称"] == "青石中心小学"
    assert again.rules.currentData() == "mengjin"
    assert "old-oak-7" not in Path(fresh.start.preferences._settings.fileName()).read_text(encoding="utf-8")
    set_a_password(fresh)
    assert fresh.start.preferences.first_run == {}


@pytest.mark.parametrize("code", ["12AB", "213504250", "21350425011"])
def test_a_code_of_a_school_that_cannot_be_is_refused_at_once(fresh: Beginning, code: str) -> None:
    wizard = fresh.begin().wizard
    fresh.type(wizard.unit.field("学校标识码"), code)
    name_ourselves(fresh)
    assert wizard.step == 0
    assert wizard.problem.text() == f"学校标识码是10位数字，“{code}”不是。请核对；手边没有的可以先不填。"


def test_rules_that_cannot_be_read_are_a_sentence_and_cannot_be_chosen(fresh: Beginning) -> None:
    real = fresh.gate.rule_words

    def rule_words(rule_set: str) -> dict[str, Any]:
        if rule_set == "mengjin":
            raise UserError("规则文件“mengjin.toml”第3行看不懂。请改好。")
        return real(rule_set)

    fresh.gate.rule_words = rule_words  # type: ignore[method-assign]  # a county's file, half edited
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    wizard.rules.setCurrentIndex(wizard.rules.findData("mengjin"))
    for _ in range(2):
        assert (wizard.step, wizard.problem.text()) == (1, "规则文件“mengjin.toml”第3行看不懂。请改好。")
        assert wizard.words.toPlainText() == ""
        fresh.enter(wizard)
    wizard.rules.setCurrentIndex(wizard.rules.findData("general"))
    fresh.enter(wizard)
    assert wizard.step == 2


def test_without_any_rules_the_first_steps_say_why_and_go_no_further(fresh: Beginning) -> None:
    def rule_sets() -> list[dict[str, Any]]:
        raise UserError("规则文件“mengjin.toml”第3行看不懂。请改好。")

    fresh.gate.rule_sets = rule_sets  # type: ignore[method-assign]  # a county's file, half edited
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.enter(wizard)
    assert (wizard.step, wizard.problem.text()) == (1, "规则文件“mengjin.toml”第3行看不懂。请改好。")


def test_rules_not_in_force_are_said_beside_the_code(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    dress(qapp, 100)
    early = Beginning(tmp_path / "data", tmp_path / "window.ini", qtbot)
    early.gate.today = date(2019, 3, 1)
    wizard = early.begin().wizard
    wizard.rules.setCurrentIndex(wizard.rules.findData("mengjin"))
    name_ourselves(early)
    early.enter(wizard)
    set_a_password(early)
    assert "今天不在有效期内" in wizard.problem.text()
    early.end()


def test_the_first_steps_cannot_be_closed_while_the_data_are_made(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    name_ourselves(fresh)
    fresh.enter(wizard)
    for name in ("密码", "再写一遍"):
        fresh.type(wizard.password.field(name), "old-oak-7")
    fresh.qtbot.keyClick(wizard, Qt.Key.Key_Return)
    wizard.reject()
    assert wizard.isVisible()
    fresh.settle()
    assert wizard.step == 3


def test_the_demo_opens_beside_the_first_steps_and_refuses_to_write(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    fresh.alt(wizard.demo)
    assert wizard.isVisible()
    window = fresh.window
    assert (window.context.read_only, window.windowTitle()) == (True, "归学 — 柳河镇石桥小学（演示，只能看）")
    assert window.banner.text.startswith("这是演示")
    window.close()
    assert fresh.start.windows == []
    assert not fresh.gate.has_data()


def test_the_demo_shows_its_own_day_and_leaves_the_preferences_alone(fresh: Beginning) -> None:
    fresh.gate.today = date(2027, 3, 10)
    fresh.alt(fresh.begin().wizard.demo)
    window = fresh.window
    assert window.context.today == TODAY
    assert window.head.operator.menu() is None
    window.go("papers")
    window.close()
    assert fresh.start.preferences.page == "today"
    assert fresh.start.preferences.geometry.isEmpty()


def test_the_demo_is_built_once_and_says_so(fresh: Beginning) -> None:
    wizard = fresh.begin().wizard
    wizard.demo.click()
    assert (wizard.demo.isEnabled(), wizard.demo.text()) == (False, "正在准备演示…")
    wizard.demo.click()
    fresh.settle()
    assert (wizard.demo.isEnabled(), wizard.demo.text()) == (True, "先看看演示(&D)")
    first = fresh.window
    first.showMinimized()
    wizard.demo.click()
    fresh.settle()
    assert fresh.start.windows == [first]
    assert not first.isMinimized()


def test_a_pc_that_remembers_the_key_opens_for_who_worked_here_last(known: Beginning) -> None:
    asked: list[str] = []
    real = known.gate.open

    def remembered(operator: str = "") -> object:
        asked.append(operator)
        return real(PASSWORD, operator)

    known.gate.remembered = remembered  # type: ignore[method-assign]  # no credential store in a test
    known.start.preferences.operator = "李老师"
    known.begin()
    assert asked == ["李老师"]
    assert known.window.head.operator.accessibleName() == "操作人：李老师"


def test_a_wrong_password_is_one_sentence_and_the_right_one_opens(known: Beginning) -> None:
    dialog = known.begin().dialog
    known.type(dialog.password, "wrong")
    known.enter(dialog)
    assert dialog.problem.text().startswith("密码不对")
    assert dialog.password.selectedText()
    known.qtbot.keyClicks(dialog.password, PASSWORD)
    known.enter(dialog)
    assert not dialog.isVisible()
    assert known.window.head.operator.accessibleName() == "操作人：陈老师"
    assert known.window.context.read_only is False


def test_another_person_is_named_at_the_password_and_remembered(known: Beginning) -> None:
    dialog = known.begin().dialog
    known.type(dialog.password, PASSWORD)
    known.type(dialog.operator, "李老师")
    known.enter(dialog)
    assert known.window.head.operator.accessibleName() == "操作人：李老师"
    known.window.context.restart(None, "")
    known.settle()
    assert known.dialog.operator.text() == "李老师"
    assert known.start.windows == []


def test_a_second_program_on_the_folder_is_told_at_the_password(known: Beginning, tmp_path: Path) -> None:
    other = BootstrapGate(tmp_path / "data", TODAY, "", None).open(PASSWORD)
    dialog = known.begin().dialog
    known.type(dialog.password, PASSWORD)
    known.enter(dialog)
    other.close()
    assert dialog.isVisible()
    assert "正被另一个归学窗口" in dialog.problem.text()


def test_a_lost_password_is_replaced_by_the_recovery_code(known: Beginning, tmp_path: Path) -> None:
    program = BootstrapGate(tmp_path / "data", TODAY, "", None).open(PASSWORD)
    code = program.new_recovery_code()
    program.close()
    unlock = known.begin().dialog
    known.alt(unlock.lost)
    dialog = next(one for one in unlock.findChildren(QDialog) if isinstance(one, RecoverDialog))
    known.type(dialog.form.field("恢复码"), code.lower().replace("-", ""))
    known.type(dialog.form.field("新密码"), "new-one")
    known.enter(dialog)
    assert dialog.answer.text().startswith("两遍新密码要一样")
    known.type(dialog.form.field("再写一遍"), "new-one")
    known.enter(dialog)
    assert dialog.answer.text().startswith("密码已重设")
    assert dialog.code.text() not in {"", code}
    dialog.close()
    known.type(unlock.password, "new-one")
    known.enter(unlock)
    assert known.window.isVisible()


def test_a_new_pc_begins_with_a_backup(fresh: Beginning, demo_folder: Path) -> None:
    backup = next((demo_folder / "backups").glob("*.gxbak"), None) or _backup_of(demo_folder, fresh)
    wizard = fresh.begin().wizard
    fresh.alt(wizard.restore)
    dialog = next(one for one in wizard.findChildren(QDialog) if isinstance(one, RestoreDialog))
    fresh.enter(dialog)
    assert dialog.answer.text() == "请选备份文件，并写上做备份时的密码。"
    fresh.type(dialog.file, str(backup))
    fresh.type(dialog.form.field("做备份时的密码"), "wrong")
    fresh.enter(dialog)
    assert dialog.answer.text().startswith("密码不对")
    dialog.form.set_values({"做备份时的密码": PASSWORD})
    fresh.enter(dialog)
    assert fresh.dialog.problem.text() == RESTORED
    fresh.type(fresh.dialog.password, PASSWORD)
    fresh.enter(fresh.dialog)
    assert len(fresh.start._programs[fresh.window].read(list_students)) > 100


def _backup_of(folder: Path, fresh: Beginning) -> Path:
    copy = fresh.gate.folder.parent / "copy"
    shutil.copytree(folder, copy)
    with BootstrapGate(copy, TODAY, "", None).open(PASSWORD) as program:
        return Path(program.make_backup()["file"])


def test_going_back_to_a_backup_from_the_window_starts_anew_with_its_data(known: Beginning) -> None:
    dialog = known.begin().dialog
    known.type(dialog.password, PASSWORD)
    known.enter(dialog)
    window = known.window
    program = known.start._programs[window]
    file = Path(program.make_backup()["file"])
    program.write(lambda desk: desk.tx.set_setting("paper.学校联系人", "后来写的"))
    window.context.restart(file, PASSWORD)
    known.settle()
    assert known.dialog.problem.text() == RESTORED
    known.type(known.dialog.password, PASSWORD)
    known.enter(known.dialog)
    found = known.start._programs[known.window].read(unit_form)
    assert found["学校联系人"] == ""


def test_a_refused_backup_leaves_the_data_and_says_why(known: Beginning, tmp_path: Path) -> None:
    dialog = known.begin().dialog
    known.type(dialog.password, PASSWORD)
    known.enter(dialog)
    damaged = tmp_path / "broken.gxbak"
    damaged.write_bytes(b"no backup")
    known.window.context.restart(damaged, PASSWORD)
    known.settle()
    assert "已损坏" in known.dialog.problem.text()
    known.type(known.dialog.password, PASSWORD)
    known.enter(known.dialog)
    assert known.window.isVisible()


def test_a_second_start_brings_what_is_shown_to_the_front(known: Beginning) -> None:
    assert known.start.front() is None
    known.begin()
    assert known.start.front() is known.dialog
    known.dialog.showMinimized()
    known.start.raise_window()
    assert not known.dialog.isMinimized()


def test_a_bug_of_the_window_itself_is_whole_on_the_error_stream_and_without_values_in_the_dialog(
    known: Beginning, capsys: pytest.CaptureFixture[str]
) -> None:
    known.begin()
    try:
        raise ValueError("张小明")
    except ValueError as problem:
        report(known.start, problem, problem.__traceback__)
    assert "张小明" in capsys.readouterr().err
    shown = [one for one in known.dialog.findChildren(QDialog) if one.windowTitle() == "程序出错"]
    assert len(shown) == 1
    shown[0].close()


def test_without_a_screen_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    with pytest.raises(UserError, match="没有屏幕"):
        refuse_without_screen("linux", None)
    for platform, display in (("linux", ":0"), ("win32", None), ("darwin", None)):
        refuse_without_screen(platform, display)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    refuse_without_screen("linux", None)
