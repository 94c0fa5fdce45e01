"""What the queries about rosters find: whom a file may mean, whether a school had a roster, what a run wrote."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.domain.aliases import STUDENT, alias_id
from app.domain.records import Alias, Student
from app.service.children.roster_reading import Reading
from app.service.children.roster_writing import SILENT
from app.service.children.rosters import import_roster, undo_import
from app.service.children.students import NewStudent, add_student
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.store.queries.rosters import alike_pairs, children_of_roster, had_roster, run_lines
from tests.helpers.sheets import workbook

TODAY = date(2026, 10, 20)
HEADER = ("姓名", "班级", "身份证件号")


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """A township."""
    unit = UnitEntry(level="township", name="湖美乡", county="大田县", rules="mengjin")
    with create_program(tmp_path / "data", "石桥2026", "陈老师", TODAY, unit)[0] as made:
        yield made


def take(program: Program, folder: Path, school: str, *rows: tuple[str, ...]) -> str:
    """Import a roster of those rows; gives the run."""
    file = workbook(folder / f"{school}.xlsx", (HEADER, *rows))
    run = program.write(import_roster, file, Reading(school=school), progress=SILENT).value.run
    assert run is not None
    return run


def school_id(program: Program, name: str) -> str:
    return str(program.read(lambda desk: desk.tx.rows("SELECT id FROM unit WHERE name = ?", [name]))[0]["id"])


def test_a_file_may_mean_its_schools_children_and_who_elsewhere_has_a_name_or_a_number_in_it(
    program: Program, tmp_path: Path
) -> None:
    take(program, tmp_path, "甲小学", ("陈一", "五年级1班", ""), ("林二", "五年级1班", "350425201503010017"))
    take(program, tmp_path, "乙小学", ("黄三", "五年级1班", ""), ("周四", "五年级1班", ""))

    def names(names: set[str], numbers: set[str]) -> set[str]:
        own = {school_id(program, "乙小学")}
        found: list[Student] = program.read(lambda desk: children_of_roster(desk.tx, own, names, numbers))
        return {one.name for one in found}

    assert names(set(), set()) == {"黄三", "周四"}
    assert names({"陈一"}, {"350425201503010017"}) == {"黄三", "周四", "陈一", "林二"}


def test_a_school_had_a_roster_once_a_child_of_it_came_in_by_one_that_stands(
    program: Program, tmp_path: Path
) -> None:
    entry = NewStudent(name="手工生", school="甲小学", class_text="五年级1班")
    program.write(add_student, entry)
    there = school_id(program, "甲小学")

    def had() -> bool:
        return program.read(lambda desk: had_roster(desk.tx, there))

    take(program, tmp_path, "乙小学", ("黄三", "五年级1班", ""))
    assert not had()
    run = take(program, tmp_path, "甲小学", ("陈一", "五年级1班", ""))
    assert had()
    program.write(undo_import, run)
    assert not had()


def test_a_run_counts_whom_it_added_and_whom_it_changed_once(program: Program, tmp_path: Path) -> None:
    take(
        program,
        tmp_path,
        "甲小学",
        ("陈一", "五年级1班", ""),
        ("林二", "五年级1班", ""),
        ("黄三", "五年级2班", ""),
    )
    second = (
        ("陈一", "五年级2班", "350425201503010017"),
        ("林二", "五年级2班", ""),
        ("周四", "五年级1班", ""),
    )
    take(program, tmp_path, "甲小学", *second, ("黄三", "五年级2班", ""))
    newest, oldest = program.read(lambda desk: run_lines(desk.tx))
    assert (oldest.added, oldest.changed) == (3, 0)
    assert (newest.added, newest.changed) == (1, 2)


def test_pairs_that_may_be_one_child_are_asked_about_until_somebody_has_said(
    program: Program, tmp_path: Path
) -> None:
    header = ("姓名", "班级", "身份证件号", "出生日期")
    number, other = "350425201503010017", "35042520150301005X"

    def school(name: str, *rows: tuple[str, str, str, str]) -> None:
        file = workbook(tmp_path / f"{name}.xlsx", (header, *rows))
        program.write(import_roster, file, Reading(school=name))

    school("甲小学", ("陈一", "五年级1班", number, ""), ("林二", "五年级1班", "", "2015-04-01"))
    school("乙小学", ("陈壹", "五年级1班", number, ""), ("林二", "五年级1班", "", "2015-04-01"))
    school("丙小学", ("陈一", "五年级1班", other, ""), ("林二", "五年级1班", "", "2015-04-02"))

    def asked() -> list[str]:
        return [one.reason for one in program.read(lambda desk: alike_pairs(desk.tx))]

    assert sorted(asked()) == ["姓名、出生日期相同", "身份证件号相同"]
    pair = next(one for one in program.read(lambda desk: alike_pairs(desk.tx)) if "身份证" in one.reason)
    said = Alias(
        id=alias_id(STUDENT, pair.first_id, pair.second_id),
        kind=STUDENT,
        first_id=pair.first_id,
        second_id=pair.second_id,
        said_on=TODAY,
        reason="同一人",
        joined=True,
    )
    program.write(lambda desk: desk.tx.add(said))
    assert asked() == ["姓名、出生日期相同"]
