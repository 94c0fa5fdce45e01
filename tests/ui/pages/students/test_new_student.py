"""学生: the form for a child that came by no roster asks how and since when it belongs to its class."""

from datetime import date

from app.demo.school import TODAY
from app.service.screens.students import ChildWhole, student_whole
from tests.ui.conftest import Office
from tests.ui.pages.students import students_at_hand
from tests.ui.pages.students.students_at_hand import choose, field, keep, press
from ui.pages.students.page import StudentsPage
from ui.widgets.effects import Effects

NAME, KLASS = "赖小芳", "二年级1班"
page = students_at_hand.page


def saved(page: StudentsPage, office: Office) -> ChildWhole:
    """The new child, opened beside the table once it was saved."""
    keep(page, office)
    office.qtbot.waitUntil(lambda: page.detail.facts.values["姓名"].text() == NAME)
    office.settle()
    return office.program.read(student_whole, page.detail.student)


def filled(page: StudentsPage, kind: str = "", klass: str = KLASS) -> None:
    page.add()
    field(page, "姓名").setText(NAME)
    if kind:
        choose(page, "怎样来", kind)
    if klass:
        choose(page, "班级", klass)


def test_a_child_is_taken_to_come_today_and_says_from_where(page: StudentsPage, office: Office) -> None:
    filled(page)
    field(page, "原学校").setText("城关小学")
    (stay,) = saved(page, office).stays
    assert (stay.began, stay.from_on, stay.detail) == ("转入", TODAY, "来自城关小学")


def test_the_day_it_came_may_be_another_one(page: StudentsPage, office: Office) -> None:
    filled(page, "入学")
    assert field(page, "原学校").isHidden()
    field(page, "到校日期").setText("2026-11-16")
    (stay,) = saved(page, office).stays
    assert (stay.began, stay.from_on) == ("入学", date(2026, 11, 16))


def test_only_who_was_there_already_belongs_to_the_class_since_september(
    page: StudentsPage, office: Office
) -> None:
    filled(page, "原来就在本班")
    assert field(page, "到校日期").isHidden()
    press(page, "保存")
    office.settle()
    told = page.panel.findChild(Effects)
    assert isinstance(told, Effects)
    assert "该班已经点过名" in told.text()
    assert "算作在校" in told.text()
    assert len(page.model.rows) == students_at_hand.EVERYONE  # nothing is saved yet
    (stay,) = saved(page, office).stays
    assert (stay.began, stay.from_on) == ("在册", date(2026, 9, 1))


def test_a_child_without_a_school_is_no_member_and_joins_one_later(
    page: StudentsPage, office: Office
) -> None:
    filled(page, "没有上学", "")
    whole = saved(page, office)
    assert (whole.stays, whole.state, whole.on_roll) == ((), "没有上学", False)
    page.detail.ask_move()
    choose(page, "到校情况", "入学")
    choose(page, "班级", KLASS)
    keep(page, office)
    whole = office.program.read(student_whole, whole.id)
    assert (whole.class_name, whole.stays[0].began, whole.stays[0].from_on) == (KLASS, "入学", TODAY)


def test_a_class_left_empty_is_asked_for(page: StudentsPage, office: Office) -> None:
    filled(page, klass="")
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        press(page, "保存")
    assert "班级" in str(refused.args)
    assert "没有上学" in str(refused.args)
