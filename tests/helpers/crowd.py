"""A very large school for benchmarks and pictures: thousands of invented children, hundreds of open cases."""

import csv
from datetime import date
from pathlib import Path

from app.bootstrap import create_program
from app.demo.school import GIVEN, SURNAMES, TODAY
from app.domain.records import Student
from app.domain.vocabulary import TRIGGERS
from app.service.cases.opening import open_case
from app.service.cases.reading import list_cases
from app.service.children.rosters import import_roster
from app.service.office.calendars import set_term
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry
from app.service.papers.issuing import issue_paper
from app.service.program import Program, Renderer
from tests.helpers.cli import HEADER, child_row

PUPILS, CASES, SIZE = 12_000, 300, 50
UNIT = UnitEntry(
    level="school",
    name="青石县柳河镇九年一贯制中心学校",
    county="青石县",
    township="柳河镇",
    rules="mengjin",
)


def crowded(
    folder: Path,
    *,
    pupils: int = PUPILS,
    cases: int = CASES,
    papers: int = 0,
    renderer: Renderer | None = None,
) -> Program:
    """The school in `folder` (which must be new), open on the demo's day; its password is `demo`."""
    program, _, _ = create_program(folder / "data", "demo", "陈老师", TODAY, UNIT, renderer)
    program.write(set_term, date(2026, 9, 1), date(2027, 1, 22))
    roster = folder / "roster.csv"
    with roster.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(roster_row(n) for n in range(pupils))
    program.write(import_roster, roster)
    program.write(_open_cases, cases)
    for case in program.read(list_cases)[:papers]:
        program.write(issue_paper, "家访表", case.id, {"旷课原因": "正在查明"})
    return program


def roster_row(n: int) -> list[str]:
    """The line of child number `n` in the roster."""
    grade = n // SIZE % 6
    group = f"{'一二三四五六'[grade]}年级{n // SIZE // 6 + 1}班"
    born = f"{2019 - grade}-{n // 190 % 12 + 1:02d}-{n // 2280 % 28 + 1:02d}"
    name = SURNAMES[n % len(SURNAMES)] + GIVEN[n // 7 % len(GIVEN)]
    return child_row(n % 190, name, group, born=born, phone=f"139{n:08d}")


def _open_cases(desk: Desk, count: int) -> None:
    children = desk.tx.find(Student)
    step = max(1, len(children) // max(1, count))
    for place, child in enumerate(children[::step][:count]):
        day = date(2026, 11, 2 + place % 18)
        open_case(desk, child, TRIGGERS[place % len(TRIGGERS)], day, absent_since=day)
