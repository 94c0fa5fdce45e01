"""Forms in the order of the paper: names, values, and whether a person typed; days as people write them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.errors import UserError
from ui.widgets.day_edit import DayEdit
from ui.widgets.form import Form

TODAY = date(2026, 11, 20)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(TODAY)
    qtbot.addWidget(made)
    made.add_line("姓名", hint="全名", text="王小明")
    made.add_day("家访日期", TODAY)
    made.add_text("情况")
    made.add_choice("结果", ["见到家长", "无人在家"])
    made.mark_clean()
    made.show()
    return made


def test_values_come_by_name_without_blanks_around_them(form: Form) -> None:
    form.set_values({"姓名": "  李子涵 ", "情况": "在家\n"})
    assert form.values() == {
        "姓名": "李子涵",
        "家访日期": "2026-11-20",
        "情况": "在家",
        "结果": "见到家长",
    }


def test_only_what_a_person_typed_makes_a_form_dirty(form: Form, qtbot: QtBot) -> None:
    form.set_values({"姓名": "李子涵"})
    assert not form.is_dirty()
    qtbot.keyClicks(form.field("姓名"), "x")
    assert form.is_dirty()
    form.mark_clean()
    assert not form.is_dirty()


def test_every_field_has_its_name_for_those_who_listen(form: Form) -> None:
    assert [form.field(name).accessibleName() for name in form.values()] == list(form.values())
    captions = [one for one in form.findChildren(QLabel) if one.buddy() is not None]
    assert {one.text() for one in captions} == set(form.values())


def test_tab_leaves_a_field_of_several_lines(form: Form, qtbot: QtBot) -> None:
    text = form.field("情况")
    assert isinstance(text, QPlainTextEdit)
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert text.toPlainText() == ""


def test_a_field_can_be_hidden_with_its_name(form: Form) -> None:
    form.show_field("结果", False)
    assert not form.field("结果").isVisible()
    form.show_field("结果", True)
    assert form.field("结果").isVisible()


@pytest.mark.parametrize(("typed", "day"), [("1119", date(2026, 11, 19)), ("昨天", date(2026, 11, 19))])
def test_a_day_is_written_out_in_full_when_the_field_is_left(qtbot: QtBot, typed: str, day: date) -> None:
    field = DayEdit(TODAY)
    qtbot.addWidget(field)
    field.setText(typed)
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [day]
    assert (field.text(), field.day(), field.problem) == (day.isoformat(), day, "")


def test_what_is_no_day_is_marked_and_said(qtbot: QtBot) -> None:
    field = DayEdit(TODAY)
    qtbot.addWidget(field)
    field.setText("1332")
    with qtbot.assertNotEmitted(field.chosen):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.property("wrong") is True
    assert "请核对" in field.problem
    with pytest.raises(UserError):
        field.day()
    field.set_day(TODAY)
    assert (field.property("wrong"), field.toolTip()) == (False, "")


def test_an_emptied_day_is_none(qtbot: QtBot) -> None:
    field = DayEdit(TODAY)
    qtbot.addWidget(field)
    field.set_day(None)
    with qtbot.waitSignal(field.chosen) as told:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [None]
    assert field.day() is None
