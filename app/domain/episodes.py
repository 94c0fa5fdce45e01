"""Episodes of absence: which stretches of 旷课 a register holds, and what each of them met of the county's rules.

A *run* is a series of 旷课 on 上课日 that follow each other, over leave between them (`attendance.streak`). A day that
nobody called makes what lies before it not countable with what comes after (case 4); so do 1 September and days off the
roll. An *episode* is all runs between two days in school: only a day 在校 is a return. Everything here follows from the
days alone, so it is the same whenever and in whatever order they were typed (design promise 8).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from app.domain.attendance import IN_SCHOOL, ON_LEAVE, UNEXCUSED, Crossing, DayState, Streak, crossing, run_of
from app.domain.calendar import SchoolCalendar
from app.domain.rules import Rule
from app.domain.school_year import school_year_of

OPENS = "开个案"


@dataclass(frozen=True)
class Episode:
    """All 旷课 from one day in school to the next, and the absence rules it met.

    `days` are all its unexcused 上课日, whether they count together or not. `after` is the last day 在校 before it and
    `returned_on` the first one after it (None: none is known). `crossings` holds the first crossing of each rule, the
    earliest first; rules met on one day stand in the order of the source.
    """

    days: tuple[date, ...]
    after: date | None
    returned_on: date | None
    crossings: tuple[Crossing, ...] = ()

    @property
    def opening(self) -> Crossing | None:
        """The first crossing of a rule that opens a case: its evidence, its day, its rule."""
        return next((one for one in self.crossings if OPENS in one.rule.acts), None)

    def holds(self, day: date) -> bool:
        """Whether `day` lies between the two days in school that bound the episode."""
        return (self.after is None or self.after < day) and (
            self.returned_on is None or day < self.returned_on
        )

    def until(self, day: date) -> "Episode":
        """The episode as `day` saw it: what happened later is left out."""
        back = self.returned_on if self.returned_on and self.returned_on <= day else None
        last = max((*self.days, *(one.day for one in self.crossings)), default=day)
        if last <= day and back == self.returned_on:
            return self
        return replace(
            self,
            days=tuple(one for one in self.days if one <= day),
            returned_on=back,
            crossings=tuple(one for one in self.crossings if one.day <= day),
        )


@dataclass(frozen=True)
class Opened:
    """An episode that met a rule which opens a case, and the crossing that opens it."""

    episode: Episode
    opening: Crossing


@dataclass(frozen=True)
class History:
    """A child's 上课日 as one rule set reads them, and the episodes they hold, the oldest first."""

    states: tuple[DayState, ...]
    episodes: tuple[Episode, ...]

    @cached_property
    def opened(self) -> tuple[Opened, ...]:
        """The episodes that want a case, the oldest first: one case an episode."""
        return tuple(Opened(one, met) for one in self.episodes if (met := one.opening))

    @cached_property
    def by_day(self) -> dict[date, DayState]:
        """The state of each 上课日."""
        return {state.day: state for state in self.states}

    def first_in_school(self, later_than: date) -> date | None:
        """The first day 在校 later than a day."""
        return next((one.day for one in self.states if one.day > later_than and one.kind == IN_SCHOOL), None)


def read_history(states: Sequence[DayState], rules: Sequence[Rule], calendar: SchoolCalendar) -> History:
    """The episodes in a child's `states`, judged by the absence `rules` of one rule set.

    `states` are the 上课日 in order since the child became a member, read with the half-day switch of the same rule
    set; `calendar` is that of its school. Asked on any day, `streak` and `crossing` find for the run of that day what
    stands here. One walk over the days.
    """

    def met(run: Streak) -> Iterator[Crossing]:
        return (one for rule in rules if (one := crossing(rule, run, calendar)))

    episodes = []
    for runs, after, returned_on in _stretches(states):
        days = tuple(day for run in runs for day in run.dates)
        # Runs are in order, so the first crossing met of a rule is its earliest one.
        first: dict[str, Crossing] = {}
        for one in (one for run in runs for one in met(run)):
            first.setdefault(one.rule.key, one)
        in_source = [first[rule.key] for rule in rules if rule.key in first]
        episodes.append(Episode(days, after, returned_on, tuple(sorted(in_source, key=lambda one: one.day))))
    return History(tuple(states), tuple(episodes))


def _stretches(states: Sequence[DayState]) -> Iterator[tuple[list[Streak], date | None, date | None]]:
    """The runs between two days in school, with these two days; stretches without 旷课 are left out."""
    after: date | None = None
    stretch: list[DayState] = []
    for state in states:
        if state.kind != IN_SCHOOL:
            stretch.append(state)
            continue
        if stretch:
            if runs := _runs(stretch):
                yield runs, after, state.day
            stretch = []
        after = state.day
    if runs := _runs(stretch):
        yield runs, after, None


def _runs(stretch: Sequence[DayState]) -> list[Streak]:
    """The runs in days without one in school: parted by uncalled days, days off the roll and a new school year."""
    if not any(state.kind == UNEXCUSED for state in stretch):
        return []
    parts: list[list[DayState]] = [[]]
    for state in stretch:
        begun = parts[-1]
        if begun and school_year_of(begun[-1].day) != school_year_of(state.day):
            parts.append([])
        if state.kind == UNEXCUSED or (state.kind == ON_LEAVE and not state.ends_run):
            parts[-1].append(state)
        elif begun:
            parts.append([])
    runs = (
        run_of(
            [one for one in part if one.kind == UNEXCUSED], [one.day for one in part if one.kind == ON_LEAVE]
        )
        for part in parts
    )
    return [run for run in runs if run.dates]
