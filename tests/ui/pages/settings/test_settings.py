"""设置 over a real school, by keyboard: its parts, the unit, the rules, type size."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QComboBox, QInputDialog, QLineEdit
from pytestqt.qtbot import QtBot

from app.domain.changes import Changes
from app.service.office.classes import class_names
from app.service.office.rule_sets import copy_rules
from app.service.screens.settings import choose_rules, rules_in_use
from tests.helpers.unit_lines import unit_lines
from tests.ui.conftest import Office
from tests.ui.pages.settings import settings_at_hand
from tests.ui.pages.settings.settings_at_hand import alt, enter_twice, part, show
from ui.pages.settings import page as settings
from ui.pages.settings.keeping import PasswordPart
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.rules import RulesPart
from ui.pages.settings.staff import StaffPart
from ui.pages.settings.unit import LookPart, UnitPart

told, page = settings_at_hand.told, settings_at_hand.page


def test_the_parts_are_walked_with_the_arrows(office: Office, page: SettingsPage, qtbot: QtBot) -> None:
    assert page.stack.currentWidget() is page.parts["unit"]
    for one in list(page.parts.values())[1:]:
        qtbot.keyClick(page.names, Qt.Key.Key_Down)
        office.settle()
        assert page.stack.currentWidget() is one


def test_an_unknown_part_changes_nothing(page: SettingsPage) -> None:
    page.open_target({"part": "nowhere"})
    assert page.stack.currentWidget() is page.parts["unit"]


def test_the_unit_is_corrected_and_what_was_typed_is_not_overwritten(
    office: Office, page: SettingsPage, told: list[str], qtbot: QtBot
) -> None:
    found = part(office, page, "unit", UnitPart)
    assert found.form is not None
    assert found.form.values()["单位名称"] == "柳河镇石桥小学"
    field = found.form.field("学校联系电话")
    field.setFocus()
    qtbot.keyClicks(field, "13900001234")
    found.refresh()
    office.settle()
    assert found.form.values()["学校联系电话"] == "13900001234"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    office.settle()
    assert told == ["单位信息已保存。"]
    assert unit_lines(office.program)["学校联系电话"] == "13900001234"


def line(found: UnitPart, name: str) -> QLineEdit:
    """A field of the unit's form."""
    assert found.form is not None
    field = found.form.field(name)
    assert isinstance(field, QLineEdit)
    return field


def test_what_was_typed_while_the_answer_was_on_its_way_stays(office: Office, page: SettingsPage) -> None:
    found = part(office, page, "unit", UnitPart)
    found.refresh()
    field = line(found, "学校联系人")
    field.setText("周老师")  # the answer comes only when the window's thread is free again
    office.settle()
    assert found.form is not None
    assert found.form.values()["学校联系人"] == "周老师"


def test_nothing_can_be_typed_that_a_running_save_would_lose(
    office: Office, page: SettingsPage, told: list[str], qtbot: QtBot
) -> None:
    found = part(office, page, "unit", UnitPart)
    field = line(found, "学校联系人")
    field.setFocus()
    field.setText("周老师")
    enter_twice(office, field)
    qtbot.keyClicks(QApplication.focusWidget() or page, "139")
    assert not found.is_dirty()  # what is being saved is not asked about
    office.settle()
    office.settle()
    assert told == ["单位信息已保存。"]
    assert (field.text(), unit_lines(office.program)["学校联系人"]) == ("周老师", "周老师")
    assert office.application.focusWidget() is field


def test_a_refused_save_of_the_unit_leaves_what_was_typed_to_be_corrected(
    office: Office, page: SettingsPage, told: list[str], qtbot: QtBot
) -> None:
    found = part(office, page, "unit", UnitPart)
    field = line(found, "学校标识码")
    field.setFocus()
    field.setText("12")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    office.settle()
    assert "应是10位数字" in told[-1]
    qtbot.keyClicks(field, "3")
    assert field.text() == "123"
    assert found.is_dirty()


@pytest.mark.parametrize("gives_up", [True, False])
def test_the_window_asks_before_it_closes_over_a_form_that_was_typed_in(
    office: Office, page: SettingsPage, monkeypatch: pytest.MonkeyPatch, gives_up: bool
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(settings, "may_discard", lambda page: asked.append(page) or gives_up)
    assert page.may_leave()
    assert asked == []
    found = part(office, page, "unit", UnitPart)
    assert found.form is not None
    office.qtbot.keyClicks(found.form.field("学校联系电话"), "139")
    show(office, page, "look")
    assert page.may_leave() is gives_up
    assert page.stack.currentWidget() is found


def test_every_part_that_was_typed_in_is_asked_about(
    office: Office, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((True, False))
    monkeypatch.setattr(settings, "may_discard", lambda _page: next(answers))
    for key, kind, name in (("unit", UnitPart, "学校联系电话"), ("password", PasswordPart, "现在的密码")):
        form = part(office, page, key, kind).form
        assert form is not None
        office.qtbot.keyClicks(form.field(name), "139")
    assert not page.may_leave()
    assert page.stack.currentWidget() is page.parts["password"]


def test_what_was_typed_into_a_panel_of_a_part_out_of_sight_is_asked_about(
    office: Office, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "may_discard", lambda _page: False)
    found = part(office, page, "staff", StaffPart)
    alt(office, found.add)
    assert found.form is not None
    office.qtbot.keyClicks(found.form.field("电话"), "139")
    show(office, page, "look")
    assert not page.may_leave()
    assert page.stack.currentWidget() is found


@pytest.fixture
def rules(office: Office, page: SettingsPage) -> RulesPart:
    return part(office, page, "rules", RulesPart)


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
    assert office.program.read(rules_in_use).shown.id == "xiayi"
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
    office: Office, page: SettingsPage
) -> None:
    spoilt_own_rules(office)
    found = part(office, page, "rules", RulesPart)
    assert found.wrong.isVisible()
    assert "own-1.toml" in found.wrong.text() and "“改成三天”" in found.wrong.text()
    found.choice.setCurrentIndex(found.choice.findData("xiayi"))
    found.choice.activated.emit(found.choice.currentIndex())
    office.settle()
    alt(office, found.use)
    office.settle()
    assert office.program.read(rules_in_use).shown.id == "xiayi"
    assert "改好以前" not in found.wrong.text()


def test_a_rule_file_mended_outside_the_window_is_read_when_the_page_comes_back(
    office: Office, page: SettingsPage
) -> None:
    file = spoilt_own_rules(office)
    found = part(office, page, "rules", RulesPart)
    page.hide()
    file.write_text(
        file.read_text("utf-8").replace("改成三天\n", "").replace("青石县规则", "白石县规则"), "utf-8"
    )
    page.show()
    office.settle()
    assert not found.wrong.isVisible()
    assert found.choice.currentText().startswith("白石县规则")


def test_another_type_size_is_asked_for_and_shown_only_once_it_is_in_force(
    office: Office, page: SettingsPage
) -> None:
    found = part(office, page, "look", LookPart)
    asked: list[int] = []
    office.context.redress = asked.append
    button = found.group.button(150)
    button.setFocus()
    office.qtbot.keyClick(button, Qt.Key.Key_Space)
    assert (asked, found.group.checkedId()) == ([150], 100)


def test_how_many_grades_a_primary_school_has_is_chosen_and_other_pages_hear_of_it(
    office: Office, page: SettingsPage
) -> None:
    found = part(office, page, "unit", UnitPart)
    assert found.form is not None
    choice = found.form.field("小学学制")
    assert isinstance(choice, QComboBox)
    assert [choice.itemText(place) for place in range(choice.count())] == ["六年制", "五年制"]
    heard: list[Changes] = []
    office.context.bus.changed.connect(lambda changes, _owner: heard.append(changes))
    choice.setCurrentText("五年制")
    alt(office, found.save)
    office.settle()
    assert unit_lines(office.program)["小学学制"] == "五年制"
    assert any(changes.touches("class_group") for changes in heard)
    names = office.program.read(lambda desk: set(class_names(desk).values()))
    assert "五年级1班" in names and "六年级1班" not in names
