"""The same facts entered in another order are the same cases (design promise 8).

Rolls, leave, the calendar, a change of class, calls and returns, with no paper and no case opened by hand between. Case
numbers, and cases that are annulled, are traces of the order.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.bootstrap import create_program, open_program
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.next_action import next_action
from app.domain.ladder.walk import is_open, stage_of
from app.domain.records import Student
from app.domain.school_year import ClassName
from app.errors import UserError
from app.service.cases.contacts import Visit, add_contact_to_child
from app.service.cases.facts import CaseReader
from app.service.children.enrolment import change_class, new_enrolment
from app.service.office.calendars import set_day
from app.service.office.classes import ensure_class
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.rolls.leaves import add_leave
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from tests.helpers.cli import cheap_keys
from tests.helpers.offices import own_office

TODAY = date(2026, 11, 6)
DAYS = tuple(
    date(2026, 10, day) for day in (8, 9, 10, 12, 13, 14, 15, 16, 19)
)  # 上课日 in a row, 10-10 made up
NAMES = ("林一帆", "陈小满")
FIRST, SECOND = ClassName("小学", 2022, 1), ClassName("小学", 2022, 2)
UNIT = UnitEntry(level="school", name="石桥小学", rules="mengjin")
PASSWORD = "石桥2026"
Entry = Callable[[Desk], object]


def _populate(desk: Desk) -> None:
    for name in NAMES:
        child = Student(id=f"child-{name}", name=name, unit_id=desk.unit.id)
        group = ensure_class(desk, desk.unit.id, FIRST)
        ensure_class(desk, desk.unit.id, SECOND)
        desk.tx.add(child)
        desk.tx.add(new_enrolment(desk, child.id, desk.unit.id, group.id, date(2026, 9, 1)))


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("school") / "data"
    with cheap_keys(), create_program(folder, PASSWORD, "陈老师", TODAY, UNIT)[0] as program:
        program.write(_populate)
    return folder


@dataclass(frozen=True)
class Fact:
    """One thing a person enters."""

    words: str
    enter: Entry

    def __repr__(self) -> str:
        return self.words


def roll(day: date, missing: Sequence[str]) -> Fact:
    entries = [AbsenceEntry(name, "旷课") for name in missing]
    return Fact(f"{day:%m-%d} 旷课 {missing}", lambda desk: take_roll(desk, "五年级1班", day, entries))


def leave(name: str, first: date, last: date) -> Fact:
    def enter(desk: Desk) -> object:
        return add_leave(desk, desk.tx.get(Student, f"child-{name}"), first, last, "病假", "校长")

    return Fact(f"{name} leave {first:%m-%d}..{last:%m-%d}", enter)


def day_off(day: date) -> Fact:
    return Fact(f"{day:%m-%d} off", lambda desk: set_day(desk, day, "off"))


def call(name: str, day: date, outcome: str) -> Fact:
    visit = Visit(day=day, method="电话", outcome=outcome, by_whom="王老师", force="补记")

    def enter(desk: Desk) -> object:
        return add_contact_to_child(desk, f"child-{name}", visit)

    return Fact(f"{name} called {day:%m-%d} {outcome}", enter)


def move(name: str, on: date) -> Fact:
    def enter(desk: Desk) -> object:
        group = ensure_class(desk, desk.unit.id, SECOND)
        return change_class(desk, f"child-{name}", desk.unit.id, group.id, on)

    return Fact(f"{name} to 2班 on {on:%m-%d}", enter)


names, days = st.sampled_from(NAMES), st.sampled_from(DAYS)
rolls = st.lists(st.sets(names), min_size=len(DAYS), max_size=len(DAYS)).flatmap(
    lambda missing: st.sets(st.integers(0, len(DAYS) - 1), min_size=4).map(
        lambda called: [roll(DAYS[place], sorted(missing[place])) for place in sorted(called)]
    )
)
others = st.lists(
    st.one_of(
        st.builds(leave, names, days, days),
        st.builds(day_off, days),
        st.builds(call, names, days, st.sampled_from(("打通", "无人接听", "拒绝"))),
        st.builds(move, names, days),
    ),
    max_size=3,
)


def entered(school: Path, facts: Sequence[Fact]) -> tuple[list[str], bool]:
    """The standing cases after `facts` in that order, and whether each of them was accepted."""
    with TemporaryDirectory() as folder:
        own_office(school, Path(folder) / "data")
        with open_program(Path(folder) / "data", PASSWORD, TODAY) as program:
            refused = [fact for fact in facts if not _accepts(program, fact)]
            cases = program.read(lambda desk: CaseReader(desk).every())
    standing = (one for one in cases if is_open(one) or one.followed_by)
    return sorted(_said(one) for one in standing), not refused


def _accepts(program: Program, fact: Fact) -> bool:
    try:
        program.write(fact.enter)
    except UserError:
        return False
    return True


def _said(facts: CaseFacts) -> str:
    case, step = facts.case, next_action(facts)
    evidence = "、".join(day.isoformat() for day in case.evidence)
    said = (case.student_id.removeprefix("child-"), evidence, stage_of(facts), case.opened_on)
    return " ".join(map(str, (*said, step.action if step else "", step.due_on if step else "")))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(rolls, others, st.randoms(use_true_random=False))
def test_any_order_of_entry_gives_the_same_cases(
    school: Path, rolls: list[Fact], others: list[Fact], random: Random
) -> None:
    facts = [*rolls, *others]
    first, accepted = entered(school, facts)
    assume(accepted)
    shuffled = facts[:]
    random.shuffle(shuffled)
    second, accepted = entered(school, shuffled)
    assume(accepted)
    assert second == first


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 0, 2)])
def test_three_absences_and_a_return_are_one_case_in_every_order(
    school: Path, order: tuple[int, ...]
) -> None:
    facts = [*(roll(day, ["林一帆"]) for day in DAYS[:3]), roll(DAYS[3], [])]
    (case,), _ = entered(school, [facts[place] for place in order])
    assert case.startswith("林一帆 2026-10-08、2026-10-09、2026-10-10 已复学(观察期) 2026-10-10 ")
