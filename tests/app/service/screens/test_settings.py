"""What 设置 reads and writes: the unit and those above it, terms, a month, the rules in use, what a backup lacks."""

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_program
from app.errors import UserError
from app.service.children.staff import StaffEntry, save_staff
from app.service.children.students import NewStudent, add_student
from app.service.office.calendars import set_day, set_term
from app.service.office.keeping import backup_at, password_problem
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.screens.settings import (
    choose_rules,
    month,
    rules_in_use,
    save_unit_form,
    terms,
    written_since,
)
from tests.helpers.unit_lines import unit_lines

TODAY = date(2026, 11, 20)


def made(folder: Path, level: str = "school", **more: Any) -> Program:
    unit = UnitEntry(**{"level": level, "name": "石桥小学", "rules": "mengjin"} | more)
    return create_program(folder / level, "old-oak", "王老师", TODAY, unit)[0]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Program]:
    with made(tmp_path) as program:
        yield program


def test_a_form_comes_back_as_it_was_saved(school: Program) -> None:
    values = unit_lines(school)
    assert values["单位名称"] == "石桥小学"
    typed = {name: f"{name}甲" for name in values} | {"学校标识码": "3604000012", "小学学制": "五年制"}
    school.write(save_unit_form, typed)
    assert unit_lines(school) == typed


def test_only_what_is_given_is_written(school: Program) -> None:
    school.write(save_unit_form, {"学校联系电话": "13900001234"})
    assert unit_lines(school)["单位名称"] == "石桥小学"
    assert unit_lines(school)["学校联系电话"] == "13900001234"


def test_a_unit_without_a_name_is_refused(school: Program) -> None:
    with pytest.raises(UserError, match="单位名称不能是空的"):
        school.write(save_unit_form, {"单位名称": "  "})


@pytest.mark.parametrize("code", ["abc", "360400001", "36040000123", "３６０４００００１２"])
def test_a_school_code_that_is_not_ten_digits_is_refused(school: Program, tmp_path: Path, code: str) -> None:
    with pytest.raises(UserError, match="应是10位数字"):
        school.write(save_unit_form, {"学校标识码": code})
    with pytest.raises(UserError, match="应是10位数字"):
        made(tmp_path / "other", code=code)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("level", "asked"),
    [
        ("school", {"所在县（市、区）", "所在乡镇", "所在中心学校"}),
        ("central-school", {"所在县（市、区）", "所在乡镇"}),
        ("township", {"所在县（市、区）"}),
        ("county", set()),
    ],
)
def test_each_level_is_asked_for_those_above_it(tmp_path: Path, level: str, asked: set[str]) -> None:
    with made(tmp_path, level) as program:
        assert {name for name in unit_lines(program) if name.startswith("所在")} == asked


@pytest.mark.parametrize("order", list(permutations(("所在县（市、区）", "所在乡镇", "所在中心学校"))))
def test_the_chain_above_is_right_in_whatever_order_it_is_named(
    school: Program, order: tuple[str, ...]
) -> None:
    names = {"所在县（市、区）": "青石县", "所在乡镇": "柳河镇", "所在中心学校": "柳河镇中心学校"}
    for field in order:
        school.write(save_unit_form, {field: names[field]})
    found = unit_lines(school)
    assert {field: found[field] for field in names} == names
    chain = school.read(lambda desk: [one.name for one in desk.units.chain(desk.unit.id)])
    assert chain == ["石桥小学", "柳河镇中心学校", "柳河镇", "青石县"]


def test_usual_terms_are_said_to_be_assumed_until_one_is_set(school: Program) -> None:
    assert all(row.usual for row in school.read(terms))
    school.write(set_term, date(2026, 9, 1), date(2027, 1, 22))
    found = {row.first: row.usual for row in school.read(terms)}
    assert found[date(2026, 9, 1)] is False
    assert list(found) == sorted(found)


def test_a_month_says_of_every_day_what_it_is_and_whether_that_is_known(school: Program) -> None:
    school.write(set_day, date(2026, 11, 20), "half")
    days = school.read(month, 2026, 11)
    assert [day.day.day for day in days] == list(range(1, 31))
    assert {day.day.day: day.set for day in days if day.set} == {20: "半天"}
    assert all(day.known for day in days)
    assert not any(day.known for day in school.read(month, 2027, 2) if day.day.weekday() < 5)


def test_other_rules_hold_from_now_on(school: Program) -> None:
    assert school.read(rules_in_use).shown.id == "mengjin"
    school.write(choose_rules, "xiayi")
    assert school.read(rules_in_use).shown.id == "xiayi"
    with pytest.raises(UserError):
        school.write(choose_rules, "nowhere")


def test_what_a_backup_of_an_older_program_lacks_is_counted_from_its_day(school: Program) -> None:
    for day in (9, 10):
        school.write(set_day, date(2026, 11, day), "off")
    school.write(set_term, date(2026, 9, 1), date(2027, 1, 22))
    assert school.read(written_since, date(2000, 1, 1), None) == [
        ("校历", 2),
        ("学期", 1),
        ("单位", 1),
    ]
    assert school.read(written_since, date(9999, 1, 1), None) == []


def test_what_a_backup_lacks_is_counted_from_its_last_entry_and_not_from_its_day(school: Program) -> None:
    school.write(set_day, date(2026, 11, 9), "off")
    backup = backup_at(school.make_backup())
    assert (backup.ok, backup.kind) == (True, "手工")
    assert school.read(written_since, backup.made_on, backup.entries) == []
    school.write(set_day, date(2026, 11, 10), "off")
    assert school.read(written_since, backup.made_on, backup.entries) == [("校历", 1)]


def test_everything_here_is_missing_in_the_backup_of_another_office(school: Program, tmp_path: Path) -> None:
    school.write(set_day, date(2026, 11, 9), "off")
    with made(tmp_path / "other") as other:
        backup = backup_at(other.make_backup())
    assert school.read(written_since, backup.made_on, backup.entries) == [("校历", 1), ("单位", 1)]


def test_what_belongs_together_is_counted_under_one_word(school: Program) -> None:
    backup = backup_at(school.make_backup())
    school.write(add_student, NewStudent(name="陈小满", guardian="陈父", class_text="五年级2班"))
    school.write(save_staff, "", StaffEntry(name="周老师", charges={"包学生": "陈小满"}))
    assert school.read(written_since, backup.made_on, backup.entries) == [
        ("学生信息", 2),
        ("就读", 1),
        ("人员", 2),
        ("班级", 1),
    ]


def test_a_file_that_is_no_backup_is_not_ok(tmp_path: Path) -> None:
    (tmp_path / "x.gxbak").write_bytes(b"no backup")
    assert backup_at(tmp_path / "x.gxbak").ok is False


@pytest.mark.parametrize(
    ("text", "problem"),
    [("1", "至少8位"), ("12345", "至少8位"), (" 123456", "空格"), ("石桥2026", "")],
)
def test_a_new_password_is_long_enough_to_keep_a_neighbour_out(text: str, problem: str) -> None:
    assert problem in password_problem(text)
    assert bool(problem) is bool(password_problem(text))
