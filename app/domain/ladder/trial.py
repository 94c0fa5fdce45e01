"""试算: which act a rule set asks for on which day, for a child absent from one day to another.

Days and runs are read as the register reads them, and the acts are those the ladder asks for; nothing is counted here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.attendance import UNEXCUSED, DayState, day_state
from app.domain.calendar import SchoolCalendar
from app.domain.episodes import Episode, read_history
from app.domain.ladder.acts import SUSPECTED, DueAct, due_acts
from app.domain.records import Absence, CalendarDay, Contact, Leave, Mark
from app.domain.rules import RuleSet
from app.domain.school_year import school_year_of


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What is assumed of one child. It misses every 上课日 from `absent_from` to `absent_to` (None: to the end of the
    school year) but those `closed`, on leave (pairs of first and last day) or named in `present`."""

    absent_from: date
    absent_to: date | None = None
    leaves: tuple[tuple[date, date], ...] = ()
    closed: tuple[date, ...] = ()
    present: tuple[date, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True)
class TrialRow:
    """An act asked for from `day` on: `rule` is the key of the row that says so, `to` whom it goes to ('' where the
    rule names nobody), `why` the row in words."""

    day: date
    rule: str
    act: str
    to: str
    why: str


def trial(rules: RuleSet, calendar: SchoolCalendar, tried: Tried) -> list[TrialRow]:
    """What `rules` ask for day by day; one row an act and addressee for each stretch of absence, the earliest; a
    stretch without a case begins anew on 1 September.

    疑似辍学 is taken as marked in the 学籍 system on the day it is asked for.
    """
    book = book_of(calendar, tried)
    states = tried_states(rules, book, tried)
    episodes = read_history(states, rules.absence_rules(), book).episodes
    parts = (part for one in episodes for part in _by_year(rules, book, states, one))
    rows = (row for part in parts for row in _rows(rules, book, part, tried.contacts))
    return sorted(rows, key=lambda row: row.day)


def _by_year(
    rules: RuleSet, calendar: SchoolCalendar, states: Sequence[DayState], episode: Episode
) -> Iterator[Episode]:
    """The parts of an absence before and after 1 September, on which a run begins anew, until one opens the case."""
    for year in sorted({school_year_of(day) for day in episode.days}):
        own = [one for one in states if episode.holds(one.day) and school_year_of(one.day) == year]
        (part,) = read_history(own, rules.absence_rules(), calendar).episodes
        days = tuple(day for day in episode.days if day >= part.days[0])
        yield replace(part, days=days, after=episode.after, returned_on=episode.returned_on)
        if part.opening:
            return


def _rows(
    rules: RuleSet, calendar: SchoolCalendar, episode: Episode, contacts: Sequence[Contact]
) -> list[TrialRow]:
    first, back = episode.days[0], episode.returned_on
    own = [one for one in contacts if first <= one.happened_on and (back is None or one.happened_on < back)]
    said_later = back is None and any(one.happened_on > episode.days[-1] for one in own)
    missed = None if said_later else episode.days  # nothing is said of the days after: the child stays away

    def asked(marks: Iterable[Mark]) -> list[DueAct]:
        return due_acts(rules, episode.crossings, own, marks, calendar, returned_on=back, missed=missed)

    marked = next((one.day for one in asked(()) if one.act == SUSPECTED), None)
    mark = [Mark(id="", student_id="", kind=SUSPECTED, set_on=marked, entered_on=marked)] if marked else []
    return earliest(asked(mark))


def earliest(acts: Iterable[DueAct]) -> list[TrialRow]:
    """Acts in order as rows: each act and addressee once, on the first day it is asked for."""
    first: dict[tuple[str, str], DueAct] = {}
    for one in acts:
        first.setdefault((one.act, one.to), one)
    return [TrialRow(one.day, one.rule.key, one.act, one.to, one.rule.words()) for one in first.values()]


def book_of(calendar: SchoolCalendar, tried: Tried) -> SchoolCalendar:
    """The calendar with the days off that are assumed."""
    own = {day: CalendarDay(id="", unit_id="", day=day, kind="停课") for day in tried.closed}
    return replace(calendar, overrides={**calendar.overrides, **own})


def tried_states(rules: RuleSet, calendar: SchoolCalendar, tried: Tried) -> list[DayState]:
    """The 上课日 of the child by that calendar, as the register would hold them."""
    last = tried.absent_to or date(school_year_of(tried.absent_from) + 1, 8, 31)
    back = _days_back(calendar, tried, last)
    leaves = [_leave(first, until) for first, until in tried.leaves]
    days = calendar.school_days(tried.absent_from, max((last, *back, *(one.to_on for one in leaves))))

    def state(day: date) -> DayState:
        absent = [_absence(day)] if day <= last and day not in back else []
        called = ("全天",) if absent or day in back else ()
        return day_state(calendar.fact(day), called, absent, leaves, rules.half_day)

    return [state(day) for day in days]


def _days_back(calendar: SchoolCalendar, tried: Tried, last: date) -> set[date]:
    """The days in school: those named, and the first 上课日 after the absence, unless something is said of later days.

    A family that is still talked to after the last day of absence has not sent its child back by then.
    """
    told = [*tried.present, *(one.happened_on for one in tried.contacts), *(end for _, end in tried.leaves)]
    following = calendar.next_school_day(last)
    if tried.absent_to is None or following is None or any(day > last for day in told):
        return set(tried.present)
    return {*tried.present, following}


def _leave(first: date, last: date) -> Leave:
    return Leave(id="", student_id="", from_on=first, to_on=last, kind="", approver="", entered_on=first)


def _absence(day: date) -> Absence:
    return Absence(id="", roll_id="", student_id="", day=day, kind=UNEXCUSED)
