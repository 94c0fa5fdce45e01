"""Offices of every size for the benches: a school of 1,000, one of 12,000 after a term and a year, a county."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from app.bootstrap import create_program
from app.demo.school import GIVEN, SURNAMES
from app.domain.calendar import days_between
from app.domain.changes import Changes
from app.domain.records import Absence, ClassGroup, Enrolment, Roll, Student, Unit
from app.service.cases.opening import keep_due_case
from app.service.cases.settling import due_among, touched_children
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.store.transaction import Transaction

CLASS_SIZE = 40
STAYS_AWAY = 40  # one child in so many stays away for one week of the time, and gets a case


@dataclass(frozen=True)
class Size:
    """How many children in how many schools, called from `first` on until `today`; how long the imported roster is."""

    children: int
    first: date
    today: date
    schools: int = 1
    roster: int = 10_000

    @property
    def weeks(self) -> int:
        """How many weeks the rolls reach over."""
        return (self.today - self.first).days // 7 + 1

    @property
    def is_school(self) -> bool:
        """Whether the office is the school itself."""
        return self.schools == 1


SIZES = {
    "1k": Size(1_000, date(2026, 9, 1), date(2026, 11, 20)),
    "12k-term": Size(12_000, date(2026, 9, 1), date(2026, 11, 20)),
    "12k-year": Size(12_000, date(2025, 9, 1), date(2026, 6, 26)),
    "county": Size(120_000, date(2026, 9, 1), date(2026, 11, 20), schools=200),
}


def build(folder: Path, size: Size) -> Program:
    """The office in a new `folder`, with its rolls called and its cases opened."""
    level = "school" if size.is_school else "county"
    unit = UnitEntry(level=level, name="石桥小学" if size.is_school else "青石县", rules="mengjin")
    program = create_program(folder / "data", "bench-2026", "陈老师", size.today, unit, portable=True)[0]
    program.store.write(lambda tx: populate(desk_of(program, tx), size))
    program.store.write(lambda tx: open_cases(desk_of(program, tx)))
    return program


def desk_of(program: Program, tx: Transaction) -> Desk:
    """The desk of a use case, for work that is to settle nothing."""
    return program._desk(tx)


def school_name(number: int) -> str:
    """The name of a county's school."""
    return f"青石县第{number + 1}小学"


def populate(desk: Desk, size: Size) -> None:
    """Schools, classes, children and their rolls, written past the journal: it is never read here."""
    random, new, year = Random(1), desk.tx.new_id, size.first.year
    units = [desk.unit] if size.is_school else _schools(desk, size.schools)
    # The numbers of classes go through the whole county, so that a name means one class.
    groups = [
        ClassGroup(
            id=new(),
            school_id=units[n % len(units)].id,
            stage="小学",
            entry_year=year - n % 5,
            number=n // 5 + 1,
        )
        for n in range(size.children // CLASS_SIZE)
    ]
    children = [
        Student(
            id=new(),
            name=random.choice(SURNAMES) + random.choice(GIVEN),
            unit_id=groups[n % len(groups)].school_id,
        )
        for n in range(size.children)
    ]
    with desk.tx.replaying():
        desk.tx.add_all([] if size.is_school else units)
        desk.tx.add_all([*groups, *children, *_enrolments(desk, groups, children, size)])
        for day in days_between(size.first, size.today):
            if desk.calendar.weight(day) and day < size.today:
                week = (day - size.first).days // 7
                away = set(range(week, size.children, STAYS_AWAY * size.weeks))
                desk.tx.add_all(_day(desk, groups, children, day, away, random))


def _schools(desk: Desk, count: int) -> list[Unit]:
    return [
        Unit(id=desk.tx.new_id(), level="学校", name=school_name(n), parent_id=desk.unit.id)
        for n in range(count)
    ]


def _enrolments(
    desk: Desk, groups: list[ClassGroup], children: list[Student], size: Size
) -> Iterator[Enrolment]:
    for place, child in enumerate(children):
        group = groups[place % len(groups)]
        yield Enrolment(
            id=desk.tx.new_id(),
            student_id=child.id,
            school_id=group.school_id,
            class_id=group.id,
            from_on=size.first,
            entered_on=size.first,
        )


def _day(
    desk: Desk, groups: list[ClassGroup], children: list[Student], day: date, away: set[int], random: Random
) -> list[Roll | Absence]:
    """The rolls of a day: one child in two hundred is missing by chance, and those at the places `away`."""
    rolls = [
        Roll(
            id=desk.tx.new_id(),
            class_id=group.id,
            day=day,
            session="全天",
            by_whom="王老师",
            expected=CLASS_SIZE,
            present=CLASS_SIZE,
            entered_on=day,
        )
        for group in groups
    ]
    missing = {random.randrange(len(children)) for _ in range(len(children) // 200)}
    missing |= away
    absences = [
        Absence(
            id=desk.tx.new_id(),
            roll_id=rolls[place % len(groups)].id,
            student_id=children[place].id,
            day=day,
            kind="旷课",
        )
        for place in sorted(missing)
    ]
    return [*rolls, *absences]


def open_cases(desk: Desk) -> None:
    """The cases the rolls ask for."""
    everybody = Changes({"term": frozenset({"all"})})
    for child, standing in due_among(desk, touched_children(desk, everybody)):
        keep_due_case(desk, child, standing)
