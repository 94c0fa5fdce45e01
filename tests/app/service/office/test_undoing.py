"""Taking back: what was added is withdrawn, what was changed gets its old value, newer values stay."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_program
from app.demo.school import write_roster
from app.domain.changes import Done
from app.domain.records import (
    JOURNALED,
    Attachment,
    CalendarDay,
    Closure,
    Contact,
    Guardian,
    Leave,
    Mark,
    SpecialGroup,
    Student,
)
from app.errors import UserError
from app.service.cases.contacts import Visit, add_contact_to_child, attach_photo
from app.service.cases.ends import close_case, reopen_case
from app.service.cases.photos import Photo
from app.service.cases.reading import list_cases, show_case
from app.service.cases.timeline import before_case
from app.service.children.correcting import set_student
from app.service.children.marks import clear_mark, set_mark
from app.service.children.rosters import import_roster
from app.service.children.staff import StaffEntry, save_staff
from app.service.children.students import NewStudent, add_student
from app.service.office.calendars import set_day, set_term
from app.service.office.classes import class_names
from app.service.office.undoing import UNDOABLE, undo_last
from app.service.office.units import UnitEntry
from app.service.papers.issuing import issue_paper, keep_pdf, paper_in_hand
from app.service.program import Program
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.screens.case import open_by_hand
from app.service.screens.settings import save_unit_form, terms
from app.store.rows import table_of
from tests.helpers.unit_lines import unit_lines

TODAY = date(2026, 11, 20)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Program]:
    unit = UnitEntry(level="school", name="石桥小学", rules="mengjin")
    with create_program(tmp_path / "data", "old-oak", "王老师", TODAY, unit)[0] as program:
        yield program


def span(done: Done[Any]) -> tuple[int, int]:
    assert done.changes.span is not None
    return done.changes.span


def test_what_was_added_is_withdrawn_and_what_it_replaced_is_back(school: Program) -> None:
    school.write(set_term, date(2026, 9, 1), date(2027, 1, 22))
    second = school.write(set_term, date(2026, 9, 2), date(2027, 1, 22))
    undone = school.write(undo_last, *span(second)).value
    assert (undone.kept, undone.what) == ((), "学期")
    assert [one.first for one in school.read(terms) if not one.usual] == [date(2026, 9, 1)]


def test_a_day_set_twice_is_set_once_again(school: Program) -> None:
    school.write(set_day, TODAY, "half")
    school.write(undo_last, *span(school.write(set_day, TODAY, "off")))
    assert [one.kind for one in school.read(lambda desk: desk.tx.find(CalendarDay))] == ["半天"]


def test_a_corrected_unit_gets_its_old_name_back(school: Program) -> None:
    done = school.write(save_unit_form, {"单位名称": "石桥中心小学", "所在县（市、区）": "青石县"})
    school.write(undo_last, *span(done))
    found = unit_lines(school)
    assert (found["单位名称"], found["所在县（市、区）"]) == ("石桥小学", "")


def test_a_value_that_was_changed_again_is_kept_and_named(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明")).value.id

    def phone(desk: Any, value: str) -> None:
        desk.tx.change(Student, child, village=value)

    first = school.write(phone, "石桥村")
    school.write(phone, "上湾村")
    undone = school.write(undo_last, *span(first)).value
    assert undone.kept == ((child, "village"),)
    assert school.read(lambda desk: desk.tx.get(Student, child)).village == "上湾村"


def test_what_is_taken_back_is_named_by_its_most_telling_record(school: Program) -> None:
    day = date(2026, 11, 19)
    child = NewStudent(name="王小明", class_text="五年级1班")
    added = school.write(add_student, child)
    called = school.write(take_roll, "五年级1班", day, [AbsenceEntry(added.value.id, "旷课")])
    closed = school.write(set_day, TODAY, "off")
    said = [school.write(undo_last, *span(done)).value.what for done in (closed, called, added)]
    assert said == ["11月20日的校历", "五年级1班11月19日点名", "登记王小明的信息"]


def test_every_fact_is_taken_back_but_paper_imports_and_what_other_offices_rest_on() -> None:
    kept = {"issued_document", "import_run", "rule_text", "attendance_statement", "choice"}
    assert {one.name for one in map(table_of, JOURNALED)} - UNDOABLE.keys() == kept


NOBODYS = {"id": "1", "student_id": ""}
WORDS = {
    "王小明的监护人": Guardian(**NOBODYS, name="王母"),
    "王小明的对象类别": SpecialGroup(**NOBODYS, kind="低保"),
    "王小明的学籍标注": Mark(**NOBODYS, kind="辍学", set_on=TODAY, entered_on=TODAY),
    "王小明的请假": Leave(
        **NOBODYS, from_on=TODAY, to_on=TODAY, kind="病假", approver="校长", entered_on=TODAY
    ),
}


@pytest.mark.parametrize("words", WORDS)
def test_what_hangs_on_a_child_is_taken_back_by_its_name_and_the_word_of_the_form(
    school: Program, words: str
) -> None:
    child = school.write(add_student, NewStudent(name="王小明")).value.id
    added = school.write(lambda desk: desk.tx.add(replace(WORDS[words], student_id=child)))
    assert school.write(undo_last, *span(added)).value.what == words


def test_what_hangs_on_a_case_is_taken_back_by_the_name_of_its_child(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明", class_text="五年级1班")).value.id
    case_id = school.write(open_by_hand, child, "其他", TODAY).value.id
    closure = Closure(
        id="1", case_id=case_id, reason="转出", closed_on=TODAY, entered_on=TODAY, by_whom="王老师"
    )
    added = school.write(lambda desk: desk.tx.add(closure))
    assert school.write(undo_last, *span(added)).value.what == "王小明的销号"


def closing_words(program: Program, case_id: str) -> list[str]:
    timeline = program.read(show_case, case_id).timeline
    return [one.what for one in timeline if one.what in {"销号", "恢复"}]


def test_taking_up_a_case_again_is_taken_back_by_its_own_name_and_leaves_no_cards(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明", class_text="五年级1班")).value.id
    case_id = school.write(open_by_hand, child, "其他", TODAY).value.id
    closed = school.write(close_case, case_id, "休学", TODAY)
    opened = school.write(reopen_case, case_id, "材料不实")
    assert closing_words(school, case_id) == ["销号", "恢复"]
    assert school.write(undo_last, *span(opened)).value.what == "王小明的恢复个案"
    assert closing_words(school, case_id) == ["销号"]
    assert school.write(undo_last, *span(closed)).value.what == "王小明的销号"
    assert closing_words(school, case_id) == []
    assert is_open_now(school, case_id)


def is_open_now(program: Program, case_id: str) -> bool:
    return case_id in {one.id for one in program.read(list_cases)}


def test_a_closing_taken_back_never_was_also_on_the_days_it_was_dated_to(school: Program) -> None:
    school.today = date(2026, 11, 10)
    child = school.write(add_student, NewStudent(name="王小明", class_text="五年级1班")).value.id
    case_id = school.write(open_by_hand, child, "其他", school.today).value.id
    school.today = TODAY
    school.write(undo_last, *span(school.write(close_case, case_id, "休学", date(2026, 11, 12))))
    school.today = date(2026, 11, 13)
    assert is_open_now(school, case_id)


def test_the_reason_of_an_undo_is_no_reason_to_take_a_case_up_again(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明", class_text="五年级1班")).value.id
    case_id = school.write(open_by_hand, child, "其他", TODAY).value.id
    school.write(close_case, case_id, "休学", TODAY)
    with pytest.raises(UserError, match="请写明理由"):
        school.write(reopen_case, case_id, "撤销")


def test_a_mark_taken_off_is_taken_back_by_its_own_name(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明")).value.id
    school.write(set_mark, child, "疑似辍学", TODAY)
    cleared = school.write(clear_mark, child, "疑似辍学", TODAY)
    assert school.write(undo_last, *span(cleared)).value.what == "王小明的取消学籍标注"


def test_a_roll_taken_back_lets_go_of_the_calls_its_case_took_in(school: Program) -> None:
    """18 November missed and rung about; the 20th opens the case. Taken back, the call stands alone again."""
    child = school.write(add_student, NewStudent(name="王小明", class_text="五年级1班")).value.id
    away = [AbsenceEntry(child, "旷课")]
    school.write(take_roll, "五年级1班", date(2026, 11, 18), away)
    visit = Visit(day=date(2026, 11, 18), method="电话", outcome="打通", by_whom="王老师")
    school.write(add_contact_to_child, child, visit)
    school.write(take_roll, "五年级1班", date(2026, 11, 19), away)
    opening = school.write(take_roll, "五年级1班", TODAY, away)

    def linked() -> list[bool]:
        alone = school.read(before_case, child)
        return [one not in alone for one in school.read(lambda desk: desk.tx.find(Contact))]

    assert (len(opening.changes.rows["case_file"]), linked()) == (1, [True])
    assert school.write(undo_last, *span(opening)).value.what == "五年级1班11月20日点名"
    assert linked() == [False]
    by_hand = school.write(open_by_hand, child, "其他", TODAY)
    assert linked() == [True]
    assert school.write(undo_last, *span(by_hand)).value.what == "王小明的个案"
    assert linked() == [False]


def test_a_call_taken_back_is_named_by_its_child(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明")).value.id
    visit = Visit(day=TODAY, method="电话", outcome="拒绝", by_whom="王老师")
    done = school.write(add_contact_to_child, child, visit)
    assert school.write(undo_last, *span(done)).value.what == "王小明11月20日的电话记录"
    assert school.read(lambda desk: desk.tx.find(Contact)) == []


def test_paper_and_rosters_are_not_taken_back_this_way(school: Program, tmp_path: Path) -> None:
    write_roster(tmp_path / "roster.xlsx")
    done = school.write(import_roster, tmp_path / "roster.xlsx")
    with pytest.raises(UserError, match="不能这样撤销"):
        school.write(undo_last, *span(done))


def test_the_kept_pages_of_issued_paper_stay(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明")).value.id
    school.write(open_by_hand, child, "其他", TODAY)
    case = school.read(list_cases)[0].id
    blanks = ("联系电话", "乡镇人民政府", "教育行政部门", "年级", "班号", "旷课原因", "村", "家长姓名")
    paper = school.write(issue_paper, "报告单", case, blanks=blanks, force="县里要求").value
    done = school.write(keep_pdf, paper, b"%PDF-1.7")
    with pytest.raises(UserError, match="文书请作废"):
        school.write(undo_last, *span(done))
    assert school.write(paper_in_hand, paper.record.id).value.pdf == b"%PDF-1.7"


def test_a_photo_just_added_goes_back(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明")).value.id
    visit = Visit(day=TODAY, method="电话", outcome="拒绝", by_whom="王老师")
    school.write(add_contact_to_child, child, visit)
    [call] = school.read(lambda desk: desk.tx.find(Contact))
    done = school.write(attach_photo, call.id, Photo("门口.jpg", b"\xff\xd8"))
    school.write(undo_last, *span(done))
    assert school.read(lambda desk: desk.tx.find(Attachment)) == []


def test_a_class_somebody_answers_for_outlives_the_child_it_was_made_for(school: Program) -> None:
    added = school.write(add_student, NewStudent(name="王小明", class_text="五年级1班"))
    school.write(save_staff, "", StaffEntry(name="李老师", charges={"班主任": "五年级1班"}))
    school.write(undo_last, *span(added))
    assert list(school.read(class_names).values()) == ["五年级1班"]


def test_fields_of_a_child_go_back(school: Program) -> None:
    child = school.write(add_student, NewStudent(name="王小明")).value.id
    record = school.read(lambda desk: desk.tx.get(Student, child))
    done = school.write(set_student, child, {"现住址": "石桥村"})
    school.write(undo_last, *span(done))
    assert school.read(lambda desk: desk.tx.get(Student, child)) == record
