"""One reading for rail, 今日 and 个案: everything in it agrees, each part is read once, and it can be given up."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from app.demo.school import TODAY
from app.domain.records import Absence, Roll, Student
from app.service.cases.facts import CaseReader
from app.service.cases.reading import list_cases
from app.service.children.enrolment import change_class
from app.service.office.calendars import set_day
from app.service.office.classes import find_class, pupils
from app.service.office.desk import Desk
from app.service.program import Program
from app.service.rolls.register import Register
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.screens import gathered
from app.service.screens.agenda import today_list
from app.service.screens.case_rows import case_rows
from app.service.screens.gathered import SWEEP, Gathered, Superseded
from app.service.screens.today import today_view
from app.service.screens.window import window_reading
from app.store.queries.rolls import children_absent, children_perhaps_in_a_run

LATER = [TODAY, date(2026, 11, 23), date(2026, 11, 25), date(2026, 12, 28)]


@pytest.fixture
def school(demo_school: Program) -> Program:
    return demo_school


@pytest.mark.parametrize("day", LATER)
def test_what_the_pages_would_read_for_themselves_is_what_they_are_handed(school: Program, day: date) -> None:
    school.today = day
    reading = school.read(window_reading)
    assert reading.today == school.read(today_view)
    assert list(reading.cases) == school.read(case_rows)
    urgent = [task for task in school.read(today_list) if task.state in {"overdue", "today"}]
    assert reading.counts.today == len(urgent)
    assert reading.counts.cases == len(school.read(list_cases))


def test_the_facts_of_each_child_are_gathered_once_and_the_rolls_missing_too(
    school: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()
    every, missing = CaseReader.every, gathered.missing_rolls

    def counted_every(self: CaseReader, *, student_ids: Any = None) -> Any:
        asked.update(student_ids)
        return every(self, student_ids=student_ids)

    def counted_missing(desk: Desk, first: date, last: date) -> Any:
        asked["missing"] += 1
        return missing(desk, first, last)

    monkeypatch.setattr(CaseReader, "every", counted_every)
    monkeypatch.setattr(gathered, "missing_rolls", counted_missing)
    reading = school.read(window_reading)
    assert asked == dict.fromkeys([*{one.student_id for one in reading.cases}, "missing"], 1)


def test_a_reading_nobody_waits_for_any_more_is_given_up(
    school: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five children with cases, read two at a time: after the second pair nobody wants the rest."""
    monkeypatch.setattr(gathered, "AT_A_TIME", 2)
    answers = iter([True, True, True, False])
    with pytest.raises(Superseded):
        school.read(window_reading, lambda: next(answers))
    assert list(answers) == []


def runs(desk: Desk, children: list[Student]) -> dict[str, tuple[date, ...]]:
    register = Register(desk, desk.today, [one.id for one in children])
    found = {one.id: register.streak(one, desk.rules.half_day).dates for one in children}
    return {child: days for child, days in found.items() if days}


def both(desk: Desk) -> tuple[dict[str, tuple[date, ...]], dict[str, tuple[date, ...]]]:
    """The runs among all who were ever absent, and among those the filter leaves."""
    first, last = desk.today - SWEEP, desk.today
    every = children_absent(desk.tx, first, last)
    return runs(desk, every), runs(desk, children_perhaps_in_a_run(desk.tx, first, last))


@pytest.mark.parametrize("ahead", range(-20, 40, 3))
def test_the_filter_of_runs_leaves_nobody_out_who_is_in_one(school: Program, ahead: int) -> None:
    school.today = TODAY + timedelta(days=ahead)
    every, filtered = school.read(both)
    assert filtered == every


def test_a_closure_set_after_the_roll_hides_no_run(school: Program) -> None:
    """四年级1班 was called on the 20th; that day is closed afterwards, so who missed the 19th is still in a run."""
    child = school.read(_first_of, "四年级1班")
    school.write(take_roll, "四年级1班", date(2026, 11, 19), [AbsenceEntry(child, "旷课")])
    school.write(take_roll, "四年级1班", TODAY)
    assert child not in school.read(both)[1]
    school.write(set_day, TODAY, "off")
    every, filtered = school.read(both)
    assert filtered == every
    assert filtered[child] == (date(2026, 11, 19),)


def test_a_roll_called_before_the_child_came_ends_no_run_of_its(school: Program) -> None:
    """A child of 四年级1班 missed the 19th and goes to 五年级1班 on the 21st, a Saturday; 五年级1班 was called on the
    20th, when the child did not belong to it, and 四年级1班 was not."""
    child = school.read(_first_of, "四年级1班")
    school.write(take_roll, "四年级1班", date(2026, 11, 19), [AbsenceEntry(child, "旷课")])
    school.write(_forget_the_roll, "四年级1班", TODAY)
    school.today = date(2026, 11, 21)
    school.write(_move, child, "五年级1班")
    every, filtered = school.read(both)
    assert filtered == every
    assert filtered[child] == (date(2026, 11, 19),)


def _first_of(desk: Desk, group: str) -> str:
    in_case = {row.student_id for row in list_cases(desk)}
    return next(one.id for one in pupils(desk, find_class(desk, group).id) if one.id not in in_case)


def _forget_the_roll(desk: Desk, group: str, day: date) -> None:
    for roll in desk.tx.find(Roll, class_id=find_class(desk, group).id, day=day):
        for absence in desk.tx.find(Absence, roll_id=roll.id):
            desk.tx.withdraw(Absence, absence.id, day, "误记")
        desk.tx.withdraw(Roll, roll.id, day, "误记")


def _move(desk: Desk, child: str, group: str) -> None:
    there = find_class(desk, group)
    change_class(desk, child, there.school_id, there.id, desk.today)


def test_children_without_a_run_are_no_part_of_the_gathered_runs(school: Program) -> None:
    assert all(run.dates for _, run in school.read(lambda desk: Gathered(desk).runs))
