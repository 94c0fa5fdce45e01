"""The days of an absence one by one, for 试算 and for a case: what each was, what the rules ask for from it on."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.attendance import DayState
from app.domain.calendar import SchoolCalendar, days_between
from app.domain.ladder.trial import TrialRow, Tried, book_of, trial, tried_states
from app.domain.rules import RuleSet


@dataclass(frozen=True)
class StripDay:
    """A day of the strip. `school` says whether it is a 上课日, `why` the calendar's words for it; `said` is what the
    register says of it, '' where it says nothing; `asked` what the rules ask for from that day on."""

    day: date
    school: bool
    why: str
    said: str = ""
    asked: tuple[TrialRow, ...] = ()


def strip_of(
    states: Iterable[DayState], calendar: SchoolCalendar, asked: Iterable[TrialRow], first: date, last: date
) -> tuple[StripDay, ...]:
    """Every day from `first` to `last`, both included, and to the last day something is asked for."""
    by_day: dict[date, list[TrialRow]] = defaultdict(list)
    for row in asked:
        by_day[row.day].append(row)
    said = {state.day: _words(state) for state in states}

    def shown(day: date) -> StripDay:
        fact = calendar.fact(day)
        return StripDay(day, fact.weight > 0, fact.why, said.get(day, ""), tuple(by_day[day]))

    return tuple(shown(day) for day in days_between(first, max((last, *by_day))))


def trial_days(rules: RuleSet, calendar: SchoolCalendar, tried: Tried) -> tuple[StripDay, ...]:
    """The strip of an assumed absence: to the day in school after it; of one without an end to the last act."""
    book = book_of(calendar, tried)
    states, asked = tried_states(rules, book, tried), trial(rules, calendar, tried)
    return strip_of(states, book, asked, tried.absent_from, _last(states, tried))


def _last(states: Sequence[DayState], tried: Tried) -> date:
    if tried.absent_to is None:
        return tried.absent_from
    return max((tried.absent_to, *(state.day for state in states)))


def _words(state: DayState) -> str:
    return f"{state.kind}（{state.detail}）" if state.detail else state.kind
