"""设置 over a real school, by keyboard: its parts, the unit, the rules, type size."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.service.rule_sets import copy_rules
from app.service.settings_view import choose_rules, rules_in_use, unit_form
from tests.ui.conftest import Office
from tests.ui.pages.settings_at_hand import NO_HINTS, alt, answers, opened, show
from ui.pages import settings
from ui.pages.settings import SettingsPage
from ui.pages.settings_rules import RulesPart
from ui.pages.settings_unit import LookPart, UnitPart

pytestmark = pytest.mark.qt_log_ignore(NO_HINTS)


@pytest.fixture
def told(office: Office) -> list[str]:
    return answers(office)


@pytest.fixture
def page(office: Office) -> SettingsPage:
    return opened(office)


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
    qtbot.keyClick(field, Qt.Key.Key_Return)
    office.settle()
    assert told == ["单位信息已保存。"]
    assert office.program.read(unit_form)["学校联系电话"] == "13900001234"


def test_what_was_typed_while_the_answer_was_on_its_way_stays(office: Office, page: SettingsPage) -> None:
    part = page.parts["unit"]
    assert isinstance(part, UnitPart)
    assert part.form is not None
    part.refresh()
    field = part.form.field("学校联系人")
    assert isinstance(field, QLineEdit)
    field.setText("周老师")  # the answer comes only when the window's thread is free again
    office.settle()
    assert part.form.values()["学校联系人"] == "周老师"


@pytest.mark.parametrize("gives_up", [True, False])
def test_the_window_asks_before_it_closes_over_a_form_that_was_typed_in(
    office: Office, page: SettingsPage, monkeypatch: pytest.MonkeyPatch, gives_up: bool
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(settings, "may_discard", lambda page: asked.append(page) or gives_up)
    assert page.may_leave()
    assert asked == []
    part = page.parts["unit"]
    assert isinstance(part, UnitPart)
    assert part.form is not None
    office.qtbot.keyClicks(part.form.field("学校联系电话"), "139")
    show(office, page, "look")
    assert page.may_leave() is gives_up
    assert page.stack.currentWidget() is part


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
    assert rules.choice.currentText().startswith("青石县规则")
    assert rules.use.isEnabled()
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()) or True)
    alt(office, rules.folder)
    assert shown == [str(office.context.folder / "rules")]


def spoilt_own_rules(office: Office) -> Path:
    """The county's own rules, in use, with a line no program can read."""
    folder = office.program.store.folder
    folder.rules.mkdir(exist_ok=True)
    copy_rules(folder, "datian", "own-1", "青石县规则")
    office.program.write(choose_rules, "own-1")
    file = folder.rules / "own-1.toml"
    file.write_text(file.read_text("utf-8") + "改成三天\n", "utf-8")
    return file


def test_with_the_rules_in_use_spoilt_the_page_names_the_line_and_lets_others_be_chosen(
    office: Office, page: SettingsPage, told: list[str]
) -> None:
    spoilt_own_rules(office)
    show(office, page, "rules")
    part = page.parts["rules"]
    assert isinstance(part, RulesPart)
    assert part.wrong.isVisible()
    assert "own-1.toml" in part.wrong.text() and "“改成三天”" in part.wrong.text()
    part.choice.setCurrentIndex(part.choice.findData("xiayi"))
    part.choice.activated.emit(part.choice.currentIndex())
    office.settle()
    alt(office, part.use)
    office.settle()
    assert office.program.read(rules_in_use)["id"] == "xiayi"
    assert "改好以前" not in part.wrong.text()


def test_a_rule_file_mended_outside_the_window_is_read_when_the_page_comes_back(
    office: Office, page: SettingsPage
) -> None:
    file = spoilt_own_rules(office)
    show(office, page, "rules")
    part = page.parts["rules"]
    assert isinstance(part, RulesPart)
    page.hide()
    file.write_text(
        file.read_text("utf-8").replace("改成三天\n", "").replace("青石县规则", "白石县规则"), "utf-8"
    )
    page.show()
    office.settle()
    assert not part.wrong.isVisible()
    assert part.choice.currentText().startswith("白石县规则")


def test_another_type_size_is_asked_for_and_shown_only_once_it_is_in_force(
    office: Office, page: SettingsPage
) -> None:
    show(office, page, "look")
    part = page.parts["look"]
    assert isinstance(part, LookPart)
    asked: list[int] = []
    office.context.redress = asked.append
    button = part.group.button(150)
    button.setFocus()
    office.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (asked, part.group.checkedId()) == ([150], 100)
