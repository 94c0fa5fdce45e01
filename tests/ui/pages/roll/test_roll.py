"""点名 by keyboard: a class in a few keys, half days, the next class, leaving unsaved."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from app.domain.records import Student
from app.domain.school_year import ClassName
from app.service.cases.numbers import find_case
from app.service.children.enrolment import new_enrolment
from app.service.office.classes import ensure_class
from app.service.office.desk import Desk
from app.service.rolls.roll_call import take_roll
from tests.ui.pages.roll import roll_desk
from tests.ui.pages.roll.roll_desk import (
    FIRST_CLASS,
    LAST_CLASS,
    MONDAY,
    SHIFT,
    Desktop,
    chip_at,
)

desktop = roll_desk.desktop


def test_a_class_where_all_are_there_takes_one_key_and_leads_to_the_next(desktop: Desktop) -> None:
    assert desktop.page.sheet.class_name == FIRST_CLASS
    desktop.keys(Qt.Key.Key_Return)
    assert FIRST_CLASS not in desktop.uncalled(MONDAY)
    assert desktop.page.sheet.class_name == "二年级1班"
    assert desktop.said == ["一年级1班11月23日已点名：应到18，实到18。"]
    assert desktop.page.table.hasFocus()


def test_walking_and_entering_by_letters_is_saved_with_half_days(desktop: Desktop) -> None:
    names = [row.name for row in desktop.page.model.rows]
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_Down, Qt.Key.Key_B, Qt.Key.Key_Down)
    desktop.keys(Qt.Key.Key_S, Qt.Key.Key_S, modifier=SHIFT)
    desktop.keys(Qt.Key.Key_Down, Qt.Key.Key_K, Qt.Key.Key_Space)
    assert desktop.page.head.tally.text() == "应到 18　实到 15.5　缺 2　半天 1"
    assert desktop.page.foot.save.text() == "保存（缺2人、半天1人），下一班  Enter"
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.absences(MONDAY) == {
        names[0]: ("旷课", "全天"),
        names[1]: ("病假", "全天"),
        names[2]: ("事假", "下午"),
    }


def test_a_number_jumps_to_its_row(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_1, Qt.Key.Key_2)
    assert desktop.page.table.currentIndex().row() == 11
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_3)
    assert desktop.page.table.currentIndex().row() == 2
    assert [one[1] for one in desktop.page.model.entries()] == ["旷课"]


def test_the_list_takes_letters_from_no_input_method(desktop: Desktop) -> None:
    assert not desktop.page.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_class_of_fifty_with_three_away_takes_few_keys(desktop: Desktop, office: Any) -> None:
    def grow(desk: Desk) -> None:
        group = ensure_class(desk, desk.unit.id, ClassName("小学", 2026, 2))
        for place in range(1, 51):
            child = Student(id=desk.tx.new_id(), name=f"新生{place}", unit_id=desk.unit.id)
            desk.tx.add(child)
            desk.tx.add(new_enrolment(desk, child.id, desk.unit.id, group.id, MONDAY))

    office.program.write(grow)
    desktop.open("一年级2班", MONDAY)
    for number, kind in (("07", "K"), ("23", "B"), ("50", "S")):
        desktop.keys(*(getattr(Qt.Key, f"Key_{key}") for key in number + kind))
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.absences(MONDAY) == {
        "新生7": ("旷课", "全天"),
        "新生23": ("病假", "全天"),
        "新生50": ("事假", "全天"),
    }


def test_the_day_that_opens_a_case_is_told_with_a_way_to_it(desktop: Desktop) -> None:
    desktop.open(LAST_CLASS, MONDAY)
    desktop.keys(Qt.Key.Key_1, Qt.Key.Key_0)
    name = desktop.page.model.rows[9].name
    desktop.keys(Qt.Key.Key_K)
    assert "保存后立个案" in desktop.page.model.index(9, 4).data()
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.notice.isVisible()
    assert desktop.page.notice.accessibleName() == f"{name}连续旷课达到3个上课日，已立个案2026-006"
    desktop.keys(Qt.Key.Key_J)
    assert desktop.went == [("cases", {"case": case_called(desktop, "2026-006")})]


def test_leaving_a_class_with_entries_not_saved_asks_first(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_Left)
    desktop.choose("继续点名")
    assert (desktop.page.sheet.day, desktop.page.model.dirty) == (MONDAY, True)
    desktop.keys(Qt.Key.Key_Left)
    desktop.choose("不保存")
    assert (desktop.page.sheet.day, desktop.absences(MONDAY)) == (date(2026, 11, 20), {})


def test_leaving_with_save_keeps_the_entries_and_goes_where_one_wanted(desktop: Desktop) -> None:
    name = desktop.page.model.rows[0].name
    desktop.keys(Qt.Key.Key_K)
    desktop.page.show_class(desktop.page.sheet.classes[3].id)
    desktop.choose("保存")
    assert desktop.absences(MONDAY) == {name: ("旷课", "全天")}
    assert desktop.page.sheet.class_name == "四年级1班"


def test_arrows_go_by_school_days_and_a_day_can_be_typed(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_Left)
    assert desktop.page.sheet.day == date(2026, 11, 20)
    desktop.page.head.day.setFocus()
    desktop.type("1115")
    desktop.keys(Qt.Key.Key_Return)
    assert "不是上课日" in desktop.page.empty.words.text()
    assert not desktop.page.foot.save.isEnabled()
    desktop.page.focus_list()
    desktop.keys(Qt.Key.Key_Left)
    assert desktop.page.sheet.day == date(2026, 11, 13)
    assert desktop.page.table.hasFocus()


def test_what_is_no_day_is_said(desktop: Desktop) -> None:
    desktop.page.head.day.setFocus()
    desktop.type("99")
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.refused
    assert "不是日期" in desktop.refused[0]


def test_classes_change_by_ctrl_arrows_and_in_their_list(desktop: Desktop) -> None:
    press = desktop.office.qtbot.keyClick
    press(desktop.page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    desktop.office.settle()
    assert desktop.page.sheet.class_name == "二年级1班"
    desktop.page.classes.view.setFocus()
    desktop.keys(Qt.Key.Key_Down)
    assert desktop.page.sheet.class_name == "三年级1班"


def test_half_a_day_is_called_as_its_own_session(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_D, Qt.Key.Key_K)
    assert desktop.page.sheet.session == "上午"
    name = desktop.page.model.rows[0].name
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.absences(MONDAY) == {name: ("旷课", "上午")}
    assert desktop.page.sheet.classes[0].state == "只点上午"


def test_a_click_on_a_state_enters_the_child_and_shift_half_a_day(desktop: Desktop) -> None:
    page = desktop.page
    place = chip_at(page, 0, 1)
    desktop.office.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.model.rows[0].kind == "旷课"
    place = chip_at(page, 1, 2)
    desktop.office.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=place)
    assert (page.model.rows[1].kind, page.model.rows[1].part) == ("病假", "上午")


def test_what_others_write_is_shown_without_losing_entries(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K)
    desktop.office.context.tasks.write(desktop.office.context.bus, take_roll, LAST_CLASS, MONDAY)
    desktop.office.settle()
    assert desktop.page.sheet.classes[-1].state == "已点名"
    assert len(desktop.page.model.entries()) == 1


def test_after_the_last_class_everybody_is_told(desktop: Desktop) -> None:
    desktop.keys(*[Qt.Key.Key_Return] * 6)
    assert desktop.uncalled(MONDAY) == []
    assert desktop.said[-1].endswith("这一天各班都点过名了。")


def test_a_child_is_one_key_from_its_case(desktop: Desktop) -> None:
    desktop.open("五年级1班", MONDAY)
    place = next(row.place for row in desktop.page.model.rows if row.case_id)
    desktop.keys(*(getattr(Qt.Key, f"Key_{digit}") for digit in str(place)), Qt.Key.Key_G)
    assert desktop.went == [("cases", {"case": case_called(desktop, "2026-003")})]


def case_called(desktop: Desktop, no: str) -> str:
    return str(desktop.office.program.read(find_case, no).id)


def test_a_read_only_program_enters_nothing(desktop: Desktop) -> None:
    desktop.office.context.read_only = True
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_Return)
    assert FIRST_CLASS in desktop.uncalled(MONDAY)
    assert not desktop.page.model.dirty
