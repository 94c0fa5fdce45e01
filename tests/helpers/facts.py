"""Small builders of facts for the domain's tests: a calendar, a child's register, a case and what is on it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from app.domain.attendance import Crossing, DayState, Streak, crossing, day_state, streak
from app.domain.calendar import SchoolCalendar, days_between
from app.domain.ladder.facts import CaseFacts
from app.domain.records import (
    Absence,
    CalendarDay,
    CaseFile,
    Contact,
    IssuedDocument,
    Leave,
    Observation,
    Term,
)
from app.domain.rules import Rule, RuleSet
from app.domain.vocabulary import BY_ATTENDANCE
from app.reference.national_days import national_table
from app.reference.rule_sets import load_rule_set
from app.settings import RESOURCES

NATIONAL = national_table()
LATE = date(2026, 12, 31)
"""A day later than anything in the dated cases."""


def on(month: int, day: int, year: int = 2026) -> date:
    """A day of 2026, the year of the dated cases."""
    return date(year, month, day)


@cache
def rules(rule_set_id: str) -> RuleSet:
    """A shipped rule set."""
    return load_rule_set(rule_set_id, RESOURCES / "rules", None)


def opening(rule_set_id: str) -> Rule:
    """The rule of a shipped set that opens a case."""
    return rules(rule_set_id).doing("开个案")[0]


def make_rule(op: str = ">=", number: float = 3, unit: str = "上课日", **more: Any) -> Rule:
    """A rule that counts a run of absence."""
    row: dict[str, Any] = {
        "key": "开个案",
        "event": "连续无故缺勤",
        "start": "首日缺勤",
        "acts": ("开个案",),
        "effect": "建立个案",
    }
    return Rule(**row | {"op": op, "number": number, "unit": unit} | more)


def make_term(first: date, last: date, cycle: str = "") -> Term:
    """A term the school set."""
    return Term(id=f"term-{first}", unit_id="school", first_day=first, last_day=last, cycle=cycle)


def make_calendar(days: Mapping[date, str] | None = None, terms: Iterable[Term] = ()) -> SchoolCalendar:
    """The national table, the `terms` the school set, and its own `days`: 上课, 停课 or 半天."""
    own = {
        day: CalendarDay(id=f"day-{day}", unit_id="school", day=day, kind=kind)
        for day, kind in (days or {}).items()
    }
    return SchoolCalendar(NATIONAL, tuple(terms), own)


def make_absence(day: date, kind: str = "旷课", part: str = "全天") -> Absence:
    """An absence in a called roll."""
    return Absence(
        id=f"absence-{day}-{part}", roll_id="roll", student_id="child", day=day, kind=kind, part=part
    )


def make_leave(first: date, last: date, kind: str = "事假", **more: Any) -> Leave:
    """An approved leave, entered on its first day unless `entered_on` says otherwise."""
    row: dict[str, Any] = {"approver": "班主任", "entered_on": first}
    return Leave(id=f"leave-{first}", student_id="child", from_on=first, to_on=last, kind=kind, **row | more)


def register(
    first: date,
    last: date,
    *,
    absent: Collection[date] = (),
    mornings: Collection[date] = (),
    uncalled: Collection[date] = (),
    leaves: Collection[Leave] = (),
    calendar: SchoolCalendar | None = None,
    half_day: str = "计半天",
) -> list[DayState]:
    """A child's 上课日 from `first` to `last`: 旷课 on the `absent` days and the `mornings`, else in school.

    The class was called every day but the `uncalled` ones.
    """
    book = calendar or make_calendar()

    def state(day: date) -> DayState:
        missed = [make_absence(day)] if day in absent else []
        missed += [make_absence(day, part="上午")] if day in mornings else []
        return day_state(book.fact(day), () if day in uncalled else ("全天",), missed, leaves, half_day)

    return [state(day) for day in days_between(first, last) if book.weight(day)]


def run_of(states: list[DayState]) -> Streak:
    """The run at the end of a register, seen in the evening of its last 上课日."""
    return streak(states, states[-1].day)


def fires_on(
    rule: Rule, states: list[DayState], as_of: date | None = None, calendar: SchoolCalendar | None = None
) -> date | None:
    """The day on which `rule` is met by the register as it stands on `as_of` (its last 上课日), or None."""
    until = as_of or states[-1].day
    run = streak([state for state in states if state.day <= until], until)
    met = crossing(rule, run, calendar or make_calendar())
    return met.day if met else None


def make_case(opened_on: date, trigger: str = BY_ATTENDANCE, **more: Any) -> CaseFile:
    """A case; `more` as the fields of the record."""
    row: dict[str, Any] = {
        "id": "case",
        "unit_id": "school",
        "student_id": "child",
        "year": opened_on.year,
        "seq": 1,
        "entered_on": opened_on,
        "rule_text_id": "rules",
    }
    return CaseFile(trigger=trigger, opened_on=opened_on, **row | more)


def make_contact(day: date, outcome: str = "拒绝", level: str = "学校", **more: Any) -> Contact:
    """A home visit, entered the day it was made."""
    row: dict[str, Any] = {
        "id": f"contact-{day}",
        "student_id": "child",
        "case_id": "case",
        "entered_on": day,
        "method": "家访",
    }
    return Contact(happened_on=day, outcome=outcome, level=level, **{"by_whom": "周老师"} | row | more)


def make_look(day: date, *, in_school: bool = True) -> Observation:
    """An observation after the return."""
    return Observation(
        id=f"look-{day}",
        case_id="case",
        observed_on=day,
        entered_on=day,
        in_school=in_school,
        by_whom="周老师",
    )


def make_document(day: date, kind: str = "报告单", **more: Any) -> IssuedDocument:
    """A paper issued on `day`."""
    row: dict[str, Any] = {
        "id": f"paper-{kind}-{day}",
        "unit_id": "school",
        "year": day.year,
        "seq": 1,
        "number": f"〔{day.year}〕1号",
        "case_id": "case",
        "student_id": "child",
        "template_sha256": "",
        "sha256": "",
    }
    return IssuedDocument(kind=kind, issued_on=day, **row | more)


def absence_case(rule_set_id: str, absent: Collection[date], **more: Any) -> CaseFacts:
    """The case that `absent` days opened by themselves under a shipped rule set; `more` as in `CaseFacts`."""
    own = rules(rule_set_id)
    book = make_calendar()
    run = run_of(register(min(absent), max(absent), absent=absent))
    met = [one for rule in own.absence_rules() if (one := crossing(rule, run, book))]
    opened = next(one for one in met if "开个案" in one.rule.acts)
    case = make_case(
        opened.day, rule_key=opened.rule.key, absent_since=opened.evidence[0], evidence=opened.evidence
    )
    known: dict[str, Any] = {"run": run, "crossings": _by_day(met)}
    row: dict[str, Any] = {"as_of": LATE, "case": case, "rules": own, "calendar": book}
    return CaseFacts(**row | known | more)


def found_case(rule_set_id: str, opened_on: date, **more: Any) -> CaseFacts:
    """A case opened by hand, for a child no register knows; `more` as in `CaseFacts`."""
    case = make_case(opened_on, "排查发现")
    row: dict[str, Any] = {
        "as_of": LATE,
        "case": case,
        "rules": rules(rule_set_id),
        "calendar": make_calendar(),
    }
    return CaseFacts(**row | more)


def _by_day(met: Iterable[Crossing]) -> tuple[Crossing, ...]:
    return tuple(sorted(met, key=lambda one: one.day))
