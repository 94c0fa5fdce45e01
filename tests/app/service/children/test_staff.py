"""人员: who is here, who left, and who answers for which class, village or child, each with its days."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.domain.records import Responsibility
from app.errors import UserError
from app.service.children.staff import (
    Colleague,
    StaffEntry,
    find_staff,
    list_staff,
    note_departure,
    save_staff,
)
from app.service.children.students import NewStudent, add_student
from app.service.office.desk import Desk
from app.service.office.undoing import undo_last
from app.service.office.units import UnitEntry
from app.service.program import Program
from tests.helpers.township import SCHOOLS, township

TODAY = date(2026, 11, 20)
UNIT = UnitEntry(level="school", name="石桥小学", rules="mengjin")
FIVE = "五年级2班"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Program]:
    with create_program(tmp_path / "data", "old-oak", "王老师", TODAY, UNIT)[0] as program:
        for name in ("陈小满", "林一帆"):
            program.write(add_student, NewStudent(name=name, class_text=FIVE))
        yield program


def put(school: Program, name: str, staff_id: str = "", **charges: str) -> str:
    entry = StaffEntry(name=name, post="班主任", charges=charges)
    return str(school.write(save_staff, staff_id, entry).value.id)


def row(school: Program, name: str) -> Colleague:
    return next(one for one in school.read(list_staff, everybody=True) if one.name == name)


def spans(school: Program) -> list[tuple[str, date, date | None]]:
    def read(desk: Desk) -> list[tuple[str, date, date | None]]:
        found = desk.tx.find(Responsibility, order="from_on, kind, village")
        return [(one.village or one.kind, one.from_on, one.to_on) for one in found]

    return school.read(read)


def test_a_colleague_is_entered_with_what_they_answer_for(school: Program) -> None:
    put(school, "周老师", 班主任=FIVE, 包村="上湾村、下湾村", 包学生="陈小满")
    found = row(school, "周老师")
    assert found.charges == {"班主任": FIVE, "包村": "上湾村、下湾村", "包学生": "陈小满"}
    assert (found.first_day, found.last_day, found.current) == (TODAY, None, True)


def test_a_number_that_cannot_be_one_is_kept_with_a_warning(school: Program) -> None:
    def kept(phone: str) -> tuple[str, tuple[str, ...]]:
        done = school.write(save_staff, "", StaffEntry(name="周老师", phone=phone)).value
        found = next(one for one in school.read(list_staff) if one.id == done.id)
        return found.phone, done.warnings

    assert kept("12345") == ("12345", ("电话“12345”位数不对，请核对",))
    assert kept("139 0000 1234") == ("13900001234", ())
    with pytest.raises(UserError, match="已经有周老师"):
        kept("139-0000-1234")


def test_what_is_no_longer_typed_ends_yesterday_and_what_is_new_begins_today(school: Program) -> None:
    staff_id = put(school, "周老师", 包村="上湾村、下湾村")
    school.today = date(2026, 12, 1)
    put(school, "周老师", staff_id, 包村="下湾村、东岭村")
    assert row(school, "周老师").charges["包村"] == "下湾村、东岭村"
    assert spans(school) == [
        ("上湾村", TODAY, date(2026, 11, 30)),
        ("下湾村", TODAY, None),
        ("东岭村", date(2026, 12, 1), None),
    ]


def test_a_class_has_one_head_teacher(school: Program) -> None:
    first = put(school, "周老师", 班主任=FIVE)
    with pytest.raises(UserError, match="五年级2班的班主任现在是周老师"):
        put(school, "吴老师", 班主任=FIVE)
    put(school, "周老师", first, 班主任="")
    put(school, "吴老师", 班主任=FIVE)
    assert (row(school, "周老师").charges["班主任"], row(school, "吴老师").charges["班主任"]) == ("", FIVE)


def test_who_leaves_stays_on_record_and_answers_for_nothing_any_more(school: Program) -> None:
    staff_id = put(school, "周老师", 班主任=FIVE)
    school.today = date(2026, 12, 31)
    school.write(note_departure, staff_id, date(2026, 12, 30))
    assert school.read(list_staff) == ()
    gone = row(school, "周老师")
    assert (gone.last_day, gone.current, gone.charges["班主任"]) == (date(2026, 12, 30), False, FIVE)
    put(school, "吴老师", 班主任=FIVE)


def test_nobody_leaves_before_they_came(school: Program) -> None:
    with pytest.raises(UserError, match="早于到任日期"):
        school.write(note_departure, put(school, "周老师"), date(2026, 11, 1))


@pytest.mark.parametrize(
    ("name", "charges", "words"),
    [
        ("  ", {}, "姓名是空的"),
        ("周老师", {"班主任": "九年级9班"}, "没有班级"),
        ("周老师", {"包学生": "没有这个人"}, "没有学生"),
    ],
)
def test_what_cannot_be_told_is_refused_and_nothing_is_kept(
    school: Program, name: str, charges: dict[str, str], words: str
) -> None:
    with pytest.raises(UserError, match=words):
        put(school, name, **charges)
    assert school.read(list_staff) == ()


def test_the_same_person_is_not_entered_twice(school: Program) -> None:
    put(school, "周老师")
    with pytest.raises(UserError, match="已经有周老师"):
        put(school, "周老师")
    school.write(save_staff, "", StaffEntry(name="周老师", phone="13900001234"))
    with pytest.raises(UserError, match="有2人叫“周老师”"):
        school.read(find_staff, "周老师")


def child(school: Program, name: str, class_text: str, birth: date | None = None) -> str:
    entry = NewStudent(name=name, class_text=class_text, birth=birth)
    return str(school.write(add_student, entry).value.id)


def test_namesakes_are_told_apart_and_saving_again_ends_nothing(school: Program) -> None:
    for class_text in (FIVE, "三年级1班"):
        child(school, "王伟", class_text)
    both = "王伟（五年级2班）、王伟（三年级1班）"
    staff_id = put(school, "周老师", 包学生=both)
    assert row(school, "周老师").charges["包学生"] == both
    school.today = date(2026, 12, 1)
    put(school, "周老师", staff_id, 包学生=row(school, "周老师").charges["包学生"])
    assert row(school, "周老师").charges["包学生"] == both
    assert spans(school) == [("包学生", TODAY, None)] * 2
    put(school, "周老师", staff_id, 包学生="王伟(三年级1班)")
    assert row(school, "周老师").charges["包学生"] == "王伟（三年级1班）"


def test_namesakes_of_one_class_are_told_apart_by_their_day_of_birth(school: Program) -> None:
    for day in (1, 2):
        child(school, "王伟", FIVE, birth=date(2015, 3, day))
    staff_id = put(school, "周老师", 包学生="王伟（五年级2班·2015-03-02）")
    put(school, "周老师", staff_id, 包学生=row(school, "周老师").charges["包学生"])
    assert row(school, "周老师").charges["包学生"] == "王伟（五年级2班·2015-03-02）"
    assert len(spans(school)) == 1


def test_a_name_that_two_children_have_is_answered_with_how_to_write_each(school: Program) -> None:
    for class_text in (FIVE, "三年级1班"):
        child(school, "王伟", class_text)
    with pytest.raises(UserError, match="“王伟”：王伟（五年级2班）、王伟（三年级1班）。请照这样写其中一个"):
        put(school, "周老师", 包学生="王伟")


def test_classes_of_two_schools_that_have_one_name_are_told_apart(tmp_path: Path) -> None:
    with township(tmp_path) as office:
        both = "、".join(f"{name}七年级1班" for name in SCHOOLS)
        staff_id = put(office, "周老师", 班主任=both)
        put(office, "周老师", staff_id, 班主任=row(office, "周老师").charges["班主任"])
        assert row(office, "周老师").charges["班主任"] == both
        assert len(spans(office)) == 2


def test_who_left_before_a_charge_began_never_had_it(school: Program) -> None:
    staff_id = put(school, "周老师", 包村="上湾村")
    school.today = date(2026, 12, 10)
    put(school, "周老师", staff_id, 包村="上湾村、下湾村")
    school.write(note_departure, staff_id, date(2026, 12, 5))
    assert spans(school) == [("上湾村", TODAY, date(2026, 12, 5))]


def test_what_ended_after_the_last_day_ended_with_it(school: Program) -> None:
    staff_id = put(school, "周老师", 包村="上湾村")
    school.today = date(2026, 12, 10)
    put(school, "周老师", staff_id, 包村="")
    school.write(note_departure, staff_id, date(2026, 12, 5))
    assert spans(school) == [("上湾村", TODAY, date(2026, 12, 5))]


def test_an_entry_is_taken_back_whole(school: Program) -> None:
    done = school.write(save_staff, "", StaffEntry(name="周老师", charges={"包村": "上湾村"}))
    assert done.changes.span is not None
    school.write(undo_last, *done.changes.span)
    assert school.read(list_staff, everybody=True) == ()
    assert spans(school) == []
