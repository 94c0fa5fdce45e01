"""个案: a call in two keys from 今日, with the numbers to dial; nothing half typed is lost."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel

from app.domain.records import Contact, Guardian, Student
from app.service.office.desk import Desk
from app.service.screens.case import open_by_hand
from app.service.screens.contact import child_to_ring
from app.service.screens.today import today_view
from tests.helpers.cases import CTRL, Desktop, answer, open_desktop
from ui.pages.cases.visit import CAUSE, DAY, WENT, WHY
from ui.widgets.case_words import spaced_phone

RUNG = "联系家长，了解未到校原因"


@pytest.fixture
def desktop(office: Any) -> Desktop:
    return open_desktop(office)


def to_ring(desktop: Desktop) -> dict[str, Any]:
    """The row of 今日 that asks for a call, its target taken as the window does."""
    rows = desktop.office.program.read(today_view).tasks
    row = next(one for one in rows if RUNG in one.title)
    assert row.page == desktop.page.key
    desktop.page.open_target(row.target)
    desktop.office.settle()
    return row


def calls(desktop: Desktop) -> list[Contact]:
    found: list[Contact] = desktop.office.program.read(lambda desk: desk.tx.find(Contact, "case_id = ''"))
    return found


def still_asked(desktop: Desktop) -> list[str]:
    rows = desktop.office.program.read(today_view).tasks
    return [one.why for one in rows if RUNG in one.title]


def test_a_call_is_recorded_from_today_with_two_keys_and_the_task_is_gone(desktop: Desktop) -> None:
    row = to_ring(desktop)
    form, name = desktop.visit_form(), row.title.split("（")[0]
    assert f"记录联系　{name}" in desktop.labels(desktop.page.panel)
    assert (form.method.value, form.outcome.hasFocus(), form.is_dirty()) == ("电话", True, False)
    desktop.keys(Qt.Key.Key_1)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert desktop.said == [f"已记下{name}的电话：打通。"]
    (made,) = calls(desktop)
    assert (made.student_id, made.happened_on) == (row.target["student"], date(2026, 11, 20))
    assert still_asked(desktop) == []
    assert desktop.page.panel.isHidden()
    assert desktop.went == [("today", {})]


def test_the_numbers_to_dial_stand_large_above_the_form(desktop: Desktop) -> None:
    row = to_ring(desktop)
    child = desktop.office.program.read(child_to_ring, row.target["student"])
    large = [one.text() for one in desktop.page.panel.findChildren(QLabel) if one.property("role") == "phone"]
    assert large == [spaced_phone(number) for _, number in child.phones]
    assert child.phones[0][0] in desktop.labels(desktop.page.panel)


def test_nobody_answering_is_recorded_and_the_task_stays(desktop: Desktop) -> None:
    to_ring(desktop)
    desktop.keys(Qt.Key.Key_3)
    assert "没有打通要记下来，但不计入次数；这件事会留在“今日”里，请再联系。" in desktop.labels(
        desktop.page.panel
    )
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert desktop.said[0].endswith("电话：停机或空号。没有联系上，“今日”里还留着这件事。")
    (why,) = still_asked(desktop)
    assert "打过1次，没有人接" in why


def test_a_child_without_a_number_is_said_to_have_none(desktop: Desktop) -> None:
    """In a school whose roster came without numbers."""

    def forget(desk: Desk) -> None:
        for one in desk.tx.find(Guardian):
            desk.tx.change(Guardian, one.id, phone="")
        for child in desk.tx.find(Student):
            desk.tx.change(Student, child.id, phone="")

    desktop.office.program.write(forget)
    to_ring(desktop)
    assert any("名册里没有电话" in words for words in desktop.labels(desktop.page.panel))


def test_illness_points_to_leave(desktop: Desktop) -> None:
    to_ring(desktop)
    cause = desktop.visit_form().form.field(CAUSE)
    assert isinstance(cause, QComboBox)
    shown = [one for one in desktop.page.panel.findChildren(QLabel) if "补请假" in one.text()]
    assert [one.isVisible() for one in shown] == [False]
    cause.setCurrentText("疾病")
    assert [one.isVisible() for one in shown] == [True]


def test_the_day_of_a_call_is_checked_against_the_first_day_missed(desktop: Desktop) -> None:
    to_ring(desktop)
    form = desktop.visit_form()
    desktop.fill(form, DAY, "1118")
    assert "早于开始缺勤日期2026年11月19日" in form.problem.text()
    assert form.form.field(WHY).isVisible()


def test_a_case_opened_meanwhile_is_shown_with_its_visit_form(desktop: Desktop) -> None:
    rows = desktop.office.program.read(today_view).tasks
    target = next(one for one in rows if RUNG in one.title).target
    no = desktop.office.program.write(open_by_hand, target["student"], "其他", date(2026, 11, 20)).value.no
    desktop.page.open_target(target)
    desktop.office.settle()
    assert desktop.page.detail.case.row.no == no
    assert desktop.visit_form().method.hasFocus()


def test_a_call_half_typed_is_not_lost_to_the_call_of_another_child(desktop: Desktop) -> None:
    to_ring(desktop)
    form = desktop.visit_form()
    form.outcome.pick(1)
    answer("继续填写")
    desktop.page.ask_call("another")
    desktop.office.settle()
    assert desktop.visit_form() is form


def test_who_may_only_read_is_shown_the_child(desktop: Desktop) -> None:
    desktop.office.context.read_only = True
    desktop.page.open_target({"student": "child", "contact": True})
    assert desktop.went == [("students", {"student": "child"})]
    assert desktop.page.panel.isHidden()


def goers(desktop: Desktop) -> list[str]:
    field = desktop.visit_form().form.field(WENT)
    assert isinstance(field, QComboBox)
    return [field.itemText(place) for place in range(field.count())]


def test_before_there_is_a_case_only_school_and_village_go(desktop: Desktop) -> None:
    """动员 of the township is a step of a case."""
    to_ring(desktop)
    assert goers(desktop) == ["本校", "村"]
