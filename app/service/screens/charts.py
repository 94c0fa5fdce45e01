"""Numbers for the pictures of 概况: 旷课 per school week and class, and open cases by stage."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.attendance import covers
from app.domain.calendar import days_between
from app.domain.ladder.walk import is_open, stage_of
from app.domain.records import Leave, Term
from app.domain.school_year import term_label
from app.service.cases.facts import CaseReader
from app.service.office.desk import Desk
from app.service.rolls.register import classes_with_pupils
from app.store.queries.rolls import absences_between, leaves_on, sessions_between

WEEK = timedelta(days=7)
HALF = 0.5  # of a 上课日, for an absence of 上午 or 下午 only


@dataclass(frozen=True)
class WeekCell:
    """One class in one week: 旷课 in 人天, None where nothing was called; `gap` where a 上课日 has no roll.

    None without a gap is a week without a 上课日. None with a gap is a week nobody recorded: not known, not none.
    """

    days: float | None
    gap: bool


@dataclass(frozen=True)
class ClassWeeks:
    """One class over the term: its weeks in order, and the sums of 旷课 and of excused absence in 人天.

    The sums are None for a class that was never called.
    """

    name: str
    weeks: tuple[WeekCell, ...]
    truant: float | None
    excused: float | None


@dataclass(frozen=True)
class Charts:
    """All that 概况 draws: the term's name, the first day of each week so far, the classes, cases by stage."""

    term: str
    mondays: tuple[date, ...]
    classes: tuple[ClassWeeks, ...]
    stages: tuple[tuple[str, int], ...]


def charts(desk: Desk) -> Charts:
    """The pictures of the current term, or in a vacation of the one before it, up to today."""
    term = _term(desk)
    found = [(facts, stage_of(facts)) for facts in CaseReader(desk).every()]
    counted = Counter(stage for facts, stage in found if is_open(facts, stage))
    open_stages = desk.rules.ladder.open_stages
    others = [stage for stage in counted if stage not in open_stages]  # of cases under another rule set
    stages = tuple((stage, counted[stage]) for stage in (*open_stages, *others))
    if term is None:
        return Charts("", (), (), stages)
    last = min(term.last_day, desk.today)
    monday = term.first_day - timedelta(days=term.first_day.weekday())
    mondays = tuple(monday + WEEK * number for number in range((last - monday).days // 7 + 1))
    return Charts(term_label(last), mondays, _classes(desk, term.first_day, last, mondays), stages)


def _term(desk: Desk) -> Term | None:
    newest = desk.calendar.last_school_days(desk.today, 1)
    return desk.calendar.term_of(newest[0]) if newest else None


def _classes(desk: Desk, first: date, last: date, mondays: tuple[date, ...]) -> tuple[ClassWeeks, ...]:
    called: dict[str, set[date]] = defaultdict(set)
    for class_id, day in sessions_between(desk.tx, first, last):
        called[class_id].add(day)
    truant, excused = _absences(desk, first, last)
    school_days = {day for day in days_between(first, last) if desk.calendar.weight(day) > 0}
    return tuple(
        ClassWeeks(
            name,
            tuple(
                _cell(monday, called[class_id], school_days, truant[class_id], desk.today)
                for monday in mondays
            ),
            sum(truant[class_id].values()) if called[class_id] else None,
            excused[class_id] if called[class_id] else None,
        )
        for class_id, name, _ in classes_with_pupils(desk)
    )


def _cell(
    monday: date, called: set[date], school_days: set[date], truant: dict[date, float], today: date
) -> WeekCell:
    """A class's week up to today. Today is not over: without its roll it is a gap only if the week has no other."""
    week = days_between(monday, monday + WEEK - timedelta(days=1))
    held = [day for day in week if day in called]
    missing = [day for day in week if day in school_days and day not in called]
    gap = any(day < today or not held for day in missing)
    return WeekCell(sum(truant.get(day, 0) for day in held) if held else None, gap)


def _absences(desk: Desk, first: date, last: date) -> tuple[dict[str, dict[date, float]], dict[str, float]]:
    """人天 of 旷课 by class and day, and of excused absence by class. Leave granted later excuses a 旷课."""
    leaves: dict[str, list[Leave]] = defaultdict(list)
    for leave in leaves_on(desk.tx, first, last):
        leaves[leave.student_id].append(leave)
    truant: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    excused: dict[str, float] = defaultdict(float)
    for absence in absences_between(desk.tx, first, last):
        weight = 1.0 if absence.part == "全天" else HALF
        if absence.kind == "旷课" and not any(
            covers(leave, absence.day) for leave in leaves[absence.student_id]
        ):
            truant[absence.class_id][absence.day] += weight
        else:
            excused[absence.class_id] += weight
    return truant, excused
