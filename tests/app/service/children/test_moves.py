"""Leaving, coming, graduation and one child in two records: what the command line does not show."""

from datetime import date

import pytest

from app.domain.changes import Done
from app.domain.records import Alias, Enrolment
from app.errors import UserError
from app.service.children.graduation import awaiting_classes, graduate_class
from app.service.children.history import history_rows
from app.service.children.joining import Joining, join_school
from app.service.children.leaving import Leaving, leave_school
from app.service.children.marks import clear_mark, set_mark
from app.service.children.pauses import overdue_pauses
from app.service.children.same_child import join_records, split_records
from app.service.children.students import NewStudent, add_student, list_students
from app.service.office.calendars import set_term
from app.service.office.classes import find_class
from app.service.office.grades import set_primary_years
from app.service.office.undoing import undo_last
from app.service.program import Program
from app.service.rolls.register import missing_rolls
from app.service.screens.stays import marks_of_child, stays_of
from app.service.screens.students import student_whole
from app.service.screens.students_rows import student_rows
from app.store.queries.children import enrolments_of

KLASS = "五年级1班"


@pytest.fixture
def child(program: Program) -> str:
    return program.write(add_student, NewStudent(name="林一帆", class_text=KLASS)).value.id


def rows_of(program: Program, child: str) -> list[Enrolment]:
    return program.read(lambda desk: enrolments_of(desk.tx, [child]))


def undo(program: Program, done: Done[object]) -> str:
    assert done.changes.span is not None
    return program.write(undo_last, *done.changes.span).value.what


def test_a_leaving_keeps_what_it_said_and_the_coming_before_it_too(program: Program, child: str) -> None:
    program.write(
        leave_school, child, Leaving("转出", date(2026, 10, 12), next_school="城关小学", proof="转学表")
    )
    class_id = program.read(find_class, KLASS).id
    program.write(
        join_school,
        child,
        Joining(
            "转入", class_id, date(2026, 11, 2), other_school="城关小学", proof="转入表", note="奶奶接回"
        ),
    )
    program.write(
        leave_school, child, Leaving("转出", date(2026, 11, 18), next_school="县实小", proof="再转表")
    )
    said = [(one.began, one.ended, one.detail) for one in program.read(stays_of, child)]
    assert said == [
        ("在册", "转出", "去往城关小学；转学表"),
        ("转入", "转出", "来自城关小学；转入表；去往县实小；再转表；奶奶接回"),
    ]
    fields = {row.field for row in program.read(history_rows, child)}
    assert {"怎样离开的", "转往学校", "离校证明"} <= fields


@pytest.mark.parametrize(
    ("kind", "words"), [("转出", "林一帆的转出"), ("休学", "林一帆的休学"), ("死亡", "林一帆的死亡")]
)
def test_ctrl_z_takes_a_leaving_back_and_says_which(
    program: Program, child: str, kind: str, words: str
) -> None:
    done = program.write(leave_school, child, Leaving(kind, date(2026, 11, 18)))
    assert undo(program, done) == words
    assert [(one.to_on, one.ended) for one in rows_of(program, child)] == [(None, "")]


def test_ctrl_z_takes_back_marks_and_joined_records(program: Program, child: str) -> None:
    done = program.write(set_mark, child, "疑似辍学", date(2026, 11, 18))
    assert undo(program, done) == "林一帆的学籍标注"
    assert program.read(marks_of_child, child) == ()
    program.write(set_mark, child, "疑似辍学", date(2026, 11, 18))
    cleared = program.write(clear_mark, child, "疑似辍学", date(2026, 11, 19))
    undo(program, cleared)
    assert program.read(marks_of_child, child)[0].cleared_on is None
    other = program.write(add_student, NewStudent(name="林一帆", class_text=KLASS)).value.id
    done = program.write(join_records, child, other, "身份证号相同")
    assert undo(program, done) == "林一帆的同一人认定"
    assert len(program.read(student_rows)) == 2
    program.write(join_records, child, other, "身份证号相同")
    assert len(program.read(student_rows)) == 1


def test_the_dead_do_not_come_back_by_a_coming(program: Program, child: str) -> None:
    class_id = program.read(find_class, KLASS).id
    program.write(leave_school, child, Leaving("死亡", date(2026, 10, 12)))
    with pytest.raises(UserError, match="死亡"):
        program.write(join_school, child, Joining("转入", class_id, date(2026, 11, 2)))


def test_a_pause_that_is_over_is_asked_after_until_the_child_is_back(program: Program, child: str) -> None:
    program.write(leave_school, child, Leaving("休学", date(2026, 9, 15), back_on=date(2026, 11, 16)))
    (pause,) = program.read(overdue_pauses)
    assert (pause.student_id, pause.name, pause.back_on) == (child, "林一帆", date(2026, 11, 16))
    class_id = program.read(find_class, KLASS).id
    program.write(join_school, child, Joining("复学", class_id, date(2026, 11, 16)))
    assert program.read(overdue_pauses) == []


def test_one_child_of_three_records_is_one_row_until_it_is_split(program: Program, child: str) -> None:
    others = [
        program.write(add_student, NewStudent(name=name, class_text=KLASS)).value.id
        for name in ("林一凡", "林帆")
    ]
    program.write(join_records, others[0], others[1], "同一个家庭地址")
    one = program.write(join_records, others[1], child, "身份证号相同").value
    assert one.stands == min(child, *others)
    assert one.records == tuple(sorted([child, *others]))
    assert [row.id for row in program.read(student_rows)] == [one.stands]
    assert [row.id for row in program.read(list_students)] == [one.stands]
    program.write(split_records, others[1], "不是同一人")
    assert {row.id for row in program.read(student_rows)} == {child, *others}
    with pytest.raises(UserError, match="同一条记录"):
        program.write(join_records, child, child, "一样")
    assert all(not alias.joined for alias in program.read(lambda desk: desk.tx.find(Alias)))


def test_the_whole_child_shows_the_enrolments_of_all_its_records(program: Program, child: str) -> None:
    program.write(leave_school, child, Leaving("转出", date(2026, 10, 12)))
    other = program.write(
        add_student, NewStudent(name="林一帆", class_text="六年级1班", from_on=date(2026, 10, 12))
    ).value.id
    program.write(join_records, child, other, "身份证号相同")
    whole = program.read(student_whole, child)
    assert [one.where for one in whole.stays] == [KLASS, "六年级1班"]
    assert (whole.class_name, whole.on_roll) == ("六年级1班", True)
    (row,) = program.read(student_rows)
    assert (row.id, row.class_name) == (child, "六年级1班")


def test_the_last_grade_of_a_school_is_its_own(program: Program, child: str) -> None:
    """A five-year 小学: its 五年级 of 2026 has finished on 1 September 2027, a six-year one goes on."""
    program.today = date(2027, 9, 1)
    program.write(set_term, date(2027, 9, 1), date(2028, 1, 20))
    assert program.read(awaiting_classes) == []
    assert [one.class_name for one in program.read(missing_rolls, program.today, program.today)] == [
        "六年级1班"
    ]
    school = program.read(lambda desk: desk.unit.id)
    with pytest.raises(UserError, match="1到6"):
        program.write(set_primary_years, school, 7)
    program.write(set_primary_years, school, 5)
    (waiting,) = program.read(awaiting_classes)
    assert (waiting.name, waiting.pupils, waiting.since) == (f"2027届{KLASS}", 1, date(2027, 9, 1))
    assert program.read(missing_rolls, program.today, program.today) == []
    assert program.read(student_whole, child).state == "毕业待确认"
    done = program.write(graduate_class, waiting.class_id, date(2027, 9, 1))
    assert program.read(awaiting_classes) == []
    assert program.read(student_whole, child).state == "9月1日毕业"
    assert undo(program, done) == "林一帆的毕业"
