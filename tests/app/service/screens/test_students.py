"""What the page of children is told: states, masked numbers, the days of a term, the history in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_program
from app.domain.records import Attachment, Observation
from app.errors import UserError
from app.service.cases.contacts import Visit, add_contact_to_child
from app.service.cases.photos import Photo
from app.service.children.history import history_rows
from app.service.children.students import NewStudent, add_student, find_student
from app.service.office.calendars import set_term
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.rolls.leaves import add_leave
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.screens.case import open_by_hand
from app.service.screens.student_days import term_days
from app.service.screens.students import (
    CallLine,
    attachment_content,
    reveal_id,
    save_student,
    student_whole,
)
from app.service.screens.students_rows import (
    ABSENT,
    CASE,
    IN_SCHOOL,
    NO_CLASS,
    ON_LEAVE,
    ChildRow,
    student_rows,
)

TODAY = date(2026, 11, 20)
ID_NO = "35042520150312003X"
KLASS = "五年级1班"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    unit = UnitEntry(
        level="school",
        name="石桥小学",
        county="青石县",
        township="柳河镇",
        rules="mengjin",
    )
    made, _, _ = create_program(tmp_path / "data", "石桥2026", "陈老师", TODAY, unit)
    with made:
        made.write(set_term, date(2026, 9, 1), date(2027, 1, 22))
        for name, more in (
            ("单小满", {"guardian": "单强", "phone": "13900001111", "village": "石桥村"}),
            ("林一帆", {}),
        ):
            made.write(add_student, NewStudent(name=name, class_text=KLASS, **more))
        yield made


def row_of(program: Program, name: str) -> ChildRow:
    return next(row for row in program.read(student_rows) if row.name == name)


def call(program: Program, *days: int, absent: str = "") -> None:
    for day in days:
        entries = [AbsenceEntry(absent, "旷课")] if absent else []
        program.write(take_roll, KLASS, date(2026, 11, day), entries)


def with_number(program: Program) -> str:
    student_id = str(row_of(program, "林一帆").id)
    program.write(save_student, student_id, {"身份证件号": ID_NO, "学籍号": f"G{ID_NO}"})
    return student_id


def test_a_row_masks_number_and_phone_but_can_be_found_by_them(program: Program) -> None:
    with_number(program)
    row = row_of(program, "林一帆")
    assert row.id_no == "350425********003X"
    assert ID_NO in row.numbers
    assert row_of(program, "单小满").phone == "139****1111"


def test_a_surname_read_in_two_ways_is_found_by_both_and_sorted_as_a_surname(program: Program) -> None:
    row = row_of(program, "单小满")
    assert {"sxm", "dxm"} <= set(row.letters)
    assert row.spelled.startswith("shan ")


def test_a_child_nobody_marked_is_in_school(program: Program) -> None:
    call(program, 19)
    assert row_of(program, "林一帆").states == (IN_SCHOOL,)


def test_a_visit_without_a_case_says_who_came_along_and_who_told_of_it(program: Program) -> None:
    child = str(row_of(program, "林一帆").id)
    visit = Visit(
        day=TODAY,
        method="家访",
        outcome="拒绝",
        by_whom="王主任",
        level="村",
        with_units="学校,村委会",
        told_by="李干事",
    )
    program.write(add_contact_to_child, child, visit)
    said = CallLine("", TODAY, "家访", "王主任", "拒绝；会同学校、村委会；据李干事告知")
    (call,) = program.read(student_whole, child).calls
    assert replace(call, id="") == said


def test_a_call_without_a_case_stands_beside_the_cases_until_one_takes_it_in(program: Program) -> None:
    """18 November missed and rung about; the third day missed, the 20th, opens the case."""
    call(program, 18, absent="林一帆")
    child = str(row_of(program, "林一帆").id)
    visit = Visit(
        day=date(2026, 11, 18), method="电话", outcome="打通", by_whom="王老师", photos=(photo_of("a"),)
    )
    program.write(add_contact_to_child, child, visit)
    said = CallLine("", date(2026, 11, 18), "电话", "王老师", "打通")
    whole = program.read(student_whole, child)
    assert ([replace(one, id="") for one in whole.calls], len(whole.attachments)) == ([said], 1)
    call(program, 19, 20, absent="林一帆")
    whole = program.read(student_whole, child)
    assert (whole.calls, len(whole.attachments)) == ((), 1)
    assert [one.no for one in whole.cases] == ["2026-001"]


def photo_of(name: str) -> Photo:
    return Photo(f"{name}.jpg", b"jpeg")


def test_a_run_of_absence_is_said_with_its_days_and_its_case_comes_after_it(program: Program) -> None:
    call(program, 18, 19, 20, absent="林一帆")
    row = row_of(program, "林一帆")
    assert row.states == (ABSENT, CASE)
    assert row.state == "连续旷课3天，个案2026-001"


def test_a_child_back_in_school_is_in_no_run(program: Program) -> None:
    call(program, 18, absent="林一帆")
    call(program, 19)
    assert row_of(program, "林一帆").states == (IN_SCHOOL,)


def test_a_child_on_leave_today_says_so_and_not_the_day_after(program: Program) -> None:
    def leave(desk: Any) -> Any:
        return add_leave(desk, find_student(desk, "林一帆"), TODAY, TODAY, "病假", "班主任")

    program.write(leave)
    assert row_of(program, "林一帆").states == (ON_LEAVE,)
    program.today = date(2026, 11, 21)
    assert row_of(program, "林一帆").states == (IN_SCHOOL,)


def test_a_child_without_a_class_is_not_called_in_school(program: Program) -> None:
    program.write(add_student, NewStudent(name="何知秋"))
    assert row_of(program, "何知秋").states == (NO_CLASS,)


def test_one_child_and_the_table_agree_on_its_state(program: Program) -> None:
    call(program, 18, 19, 20, absent="林一帆")
    for row in program.read(student_rows):
        assert program.read(student_whole, row.id).state == row.state


def test_the_form_never_holds_a_number_so_that_it_cannot_be_read_off_the_screen(program: Program) -> None:
    whole = program.read(student_whole, with_number(program))
    assert ID_NO not in str(whole)
    assert whole.form["身份证件号"] == ""


def test_showing_a_number_is_logged_with_who_and_why(program: Program) -> None:
    student_id = with_number(program)
    shown = program.write(reveal_id, student_id, "核对").value
    assert shown == {"身份证件号": ID_NO, "学籍号": f"G{ID_NO}"}
    logged = program.read(
        lambda desk: desk.tx.rows("SELECT * FROM access_log WHERE row_id = ?", [student_id])
    )
    assert [(one["operator"], one["what"], one["why"]) for one in logged] == [
        ("陈老师", "查看完整证件号", "核对")
    ]


def test_every_day_of_the_term_has_its_kind(program: Program) -> None:
    call(program, 17, 18)
    call(program, 19, absent="林一帆")
    term = program.read(term_days, row_of(program, "林一帆").id)
    kinds = {one.day: one.kind for one in term.days}
    assert len(term.days) == (date(2027, 1, 22) - date(2026, 9, 1)).days + 1
    assert kinds[date(2026, 11, 16)] == "点名前"  # nobody called the roll yet: neither in school nor a gap
    assert kinds[date(2026, 11, 18)] == "在校"
    assert kinds[date(2026, 11, 19)] == "旷课"
    assert kinds[date(2026, 11, 20)] == "未记录"
    assert kinds[date(2026, 11, 21)] == "不上课"
    assert kinds[date(2026, 11, 23)] == "未到"
    uncalled = sum(kind == "点名前" for kind in kinds.values())
    assert {one.kind: one.days for one in term.counts} == {
        "在校": 2,
        "旷课": 1,
        "请假": 0,
        "未记录": 1,
        "点名前": uncalled,
    }


def test_in_a_vacation_the_last_term_is_shown(program: Program) -> None:
    program.today = date(2027, 2, 1)
    assert program.read(term_days, row_of(program, "林一帆").id).last == date(2027, 1, 22)


def test_the_history_speaks_the_words_of_the_forms_and_masks_numbers(program: Program) -> None:
    student_id = with_number(program)
    program.write(save_student, student_id, {"村": "上湾村", "班级": KLASS})
    rows = program.read(history_rows, student_id)
    assert (rows[0].what, rows[0].field, rows[0].old, rows[0].new) == (
        "更正学生",
        "村",
        "",
        "上湾村",
    )
    assert [row.what for row in rows[-2:]] == ["登记就读", "登记学生"]
    assert f"班级 {KLASS}" in rows[-2].new
    assert ID_NO not in str(rows)


def test_the_history_tells_what_hangs_on_the_child_and_on_its_case(program: Program) -> None:
    call(program, 16, absent="林一帆")
    child = row_of(program, "林一帆").id
    case_id = program.write(open_by_hand, child, "其他", TODAY).value.id
    look = Observation(
        id="1", case_id=case_id, observed_on=TODAY, entered_on=TODAY, in_school=True, by_whom="王老师"
    )
    program.write(lambda desk: desk.tx.add(look))
    told = {row.what: row.new for row in program.read(history_rows, child)}
    assert told["登记返校观察"] == f"观察日期 {TODAY}；是否在校 是；观察人 王老师"
    assert told["登记缺勤"].endswith("种类 旷课；时段 全天")


def test_an_unknown_word_is_refused_and_nothing_is_changed(program: Program) -> None:
    student_id = row_of(program, "林一帆").id
    with pytest.raises(UserError):
        program.write(save_student, student_id, {"村": "东岭村", "鞋码": "36"})
    assert row_of(program, "林一帆").village == ""


def test_taking_out_a_file_is_logged(program: Program) -> None:
    student_id = row_of(program, "林一帆").id

    def keep(desk: Any) -> str:
        kept = Attachment(
            id=desk.tx.new_id(),
            owner="student",
            owner_id=student_id,
            role="照片",
            file_name="门口.jpg",
            sha256=desk.tx.files.put(b"picture"),
            size=7,
        )
        desk.tx.add(kept)
        return str(kept.id)

    kept = program.write(keep).value
    assert program.write(attachment_content, kept, student_id).value == b"picture"
    logged = program.read(lambda desk: desk.tx.rows("SELECT what, why FROM access_log"))
    assert logged == [{"what": "取出附件", "why": "门口.jpg"}]


def test_the_days_of_a_child_say_what_the_program_sees_in_them_as_a_hint(program: Program) -> None:
    call(program, 16, 18)
    child = row_of(program, "林一帆").id
    assert program.read(term_days, child).hint == ""
    call(program, 16, absent="林一帆")
    call(program, 17)
    call(program, 18, 19, absent="林一帆")
    assert program.read(term_days, child).hint == (
        "本程序提示：连续旷课2个上课日，属2天一档；近10个上课日内旷课3天（不作立案条件）"
    )
