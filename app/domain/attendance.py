"""What the register says of a child: day states, the current run of 旷课, and when a rule is crossed.

A day without a roll call is a third state (design promise 2): it never counts as present nor as absent, and a run
that meets one cannot be decided. Leave (请假) inside a run neither counts nor ends it: it is no evidence and no return.
A run ends with a day in school, where the child was off the roll (不在册), and on 1 September.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal, Protocol

from app.domain.calendar import DayFact, SchoolCalendar, days_between
from app.domain.deadlines import add_months
from app.domain.records import Leave
from app.domain.rules import Rule
from app.domain.school_year import school_year_of

DayKind = Literal["在校", "旷课", "请假", "未记录"]
Verdict = Literal["正常", "旷课", "无法判定"]

UNEXCUSED: Final = "旷课"
IN_SCHOOL: Final = "在校"
ON_LEAVE: Final = "请假"
OFF_ROLL: Final = "不在册"
WHEREABOUTS: Final = "核实去向"
WHOLE = frozenset({"上午", "下午"})
BUCKETS: tuple[tuple[str, float, float], ...] = (
    ("1", 0, 1),
    ("2", 1, 2),
    ("3", 2, 3),
    ("4–5", 3, 5),
    ("6–10", 5, 10),
    (">10", 10, float("inf")),
)


class Missed(Protocol):
    """What an absence says: why, and of which part of the day."""

    @property
    def kind(self) -> str:
        """旷课, 病假 or 事假."""

    @property
    def part(self) -> str:
        """全天, 上午 or 下午."""


@dataclass(frozen=True)
class DayState:
    """One 上课日 of one child. `weight` is the 旷课 it counts (1, or 0.5 for half a day); `detail` says more."""

    day: date
    kind: DayKind
    weight: float = 0.0
    detail: str = ""

    @property
    def ends_run(self) -> bool:
        """Whether days before it and days after it are never one run; leave is no such day."""
        return self.kind == IN_SCHOOL or self.detail == OFF_ROLL


@dataclass(frozen=True)
class Streak:
    """The current run of unexcused 上课日: how many, which, and the unrecorded days that make it undecidable.

    `excused` are the days of leave since its first day. `sought` are those of `unrecorded` that no roll can settle,
    because nobody knows where the child was (核实去向).
    """

    days: float
    dates: tuple[date, ...]
    verdict: Verdict
    unrecorded: tuple[date, ...]
    weights: tuple[float, ...] = ()
    excused: tuple[date, ...] = ()
    sought: tuple[date, ...] = ()

    @property
    def not_called(self) -> tuple[date, ...]:
        """The unrecorded days that a roll called later can settle."""
        return tuple(day for day in self.unrecorded if day not in self.sought)

    @property
    def undecided(self) -> bool:
        """Whether there is a run, and days without a roll keep it from being judged. Where the child was seen since,
        the days not called after that belong to no run."""
        return self.verdict == "无法判定" and bool(self.dates)


@dataclass(frozen=True)
class Crossing:
    """A rule was met on `day`, on the evidence of these unexcused days."""

    rule: Rule
    day: date
    evidence: tuple[date, ...]


def day_state(
    school: DayFact,
    sessions: Iterable[str],
    absences: Iterable[Missed],
    leaves: Iterable[Leave],
    half_day: str = "计半天",
) -> DayState:
    """The state of one 上课日 (`school`, whole or half) from what was recorded about it.

    `sessions` are those in which the class was called (全天, 上午, 下午); `absences` the child's absences of that day.

    `half_day` is the rule set's switch: 计半天 counts an unexcused half day as 0.5, 不计 as a day in school (case 12).
    Missing all of a day on which the school itself runs only half a day counts as 1.
    """
    day = school.day
    leave = next((leave for leave in leaves if covers(leave, day)), None)
    if leave:
        return DayState(day, "请假", detail=leave.kind)
    recorded = frozenset().union(*(_parts(session) for session in sessions))
    if not recorded:
        return DayState(day, "未记录")
    listed = list(absences)
    if not listed:
        return DayState(day, "在校")
    missed = frozenset().union(*(_parts(one.part) for one in listed if one.kind == UNEXCUSED)) & recorded
    excused = frozenset().union(*(_parts(one.part) for one in listed if one.kind != UNEXCUSED)) & recorded
    if missed == recorded:
        return _all_missed(day, recorded, half_school_day=school.weight < 1)
    if missed and half_day == "计半天":
        return DayState(day, UNEXCUSED, 0.5, "半天")
    if excused | missed == recorded:
        return DayState(day, "请假", detail=next(one.kind for one in listed if one.kind != UNEXCUSED))
    return DayState(day, "在校", detail="半天缺课")


def covers(leave: Leave, day: date) -> bool:
    """Whether an approved leave excuses `day`: from–to, both included, but not from the day of 销假 on."""
    return leave.from_on <= day <= leave.to_on and (leave.ended_on is None or day < leave.ended_on)


def streak(states: Sequence[DayState], as_of: date) -> Streak:
    """The current run in `states` (上课日 in order, none later than `as_of`).

    `as_of` itself without a roll is a day not over yet and is passed over. Other unrecorded days at the end leave the
    last known run visible but undecided; one inside stops the count (case 4).
    """
    return newest_run(reversed(states), as_of)


def newest_run(states: Iterable[DayState], as_of: date) -> Streak:
    """`streak` of states that come newest first; none is asked for beyond the day that ends the run."""
    year = school_year_of(as_of)
    run: list[DayState] = []
    unrecorded: list[date] = []
    sought: list[date] = []
    excused: list[date] = []
    sealed = False
    for state in states:
        if state.ends_run or school_year_of(state.day) != year:
            break
        if state.kind == "未记录":
            if state.day != as_of:
                unrecorded.append(state.day)
                sought += [state.day] if state.detail == WHEREABOUTS else []
                sealed = bool(run)
        elif state.kind == ON_LEAVE:
            excused.append(state.day)
        elif not sealed:
            run.append(state)
    verdict: Verdict = "无法判定" if unrecorded else "旷课" if run else "正常"
    return run_of(run[::-1], excused[::-1], verdict, unrecorded[::-1], sought[::-1])


def run_of(
    states: Sequence[DayState],
    excused: Sequence[date],
    verdict: Verdict = "旷课",
    unrecorded: Sequence[date] = (),
    sought: Sequence[date] = (),
) -> Streak:
    """The run of these days of 旷课 in order; of the days of leave those count as inside that follow its first."""
    return Streak(
        days=sum(state.weight for state in states),
        dates=tuple(state.day for state in states),
        verdict=verdict,
        unrecorded=tuple(unrecorded),
        weights=tuple(state.weight for state in states),
        excused=tuple(day for day in excused if states and states[0].day < day),
        sought=tuple(sought),
    )


def crossing(rule: Rule, run: Streak, calendar: SchoolCalendar) -> Crossing | None:
    """The first day of `run` on which it meets an absence rule; None if it does not.

    The count of the rule's unit is reached by time, but only a missed 上课日 meets the rule: free days alone never push
    a child over. `calendar` is that of the child's school.
    """
    if not run.dates:
        return None
    if rule.unit == "上课日":
        day = _met_by_school_days(rule, run)
    else:
        met = _counter(rule, run, calendar)
        day = next((day for day in run.dates if met(day)), None)
    return Crossing(rule, day, tuple(one for one in run.dates if one <= day)) if day else None


def crosses_next(rule: Rule, run: Streak, next_school_day: date, calendar: SchoolCalendar) -> bool:
    """Whether missing `next_school_day` too would meet `rule`, which is not met yet: the warning one day before."""
    if not run.dates or school_year_of(run.dates[-1]) != school_year_of(next_school_day):
        return False  # on 1 September a run begins anew
    longer = replace(run, days=run.days + 1, dates=(*run.dates, next_school_day), weights=(*run.weights, 1.0))
    return crossing(rule, longer, calendar) is not None


def bucket(days: float) -> str:
    """The bucket a run of `days` 上课日 falls into, or an empty text for none."""
    return next((name for name, low, high in BUCKETS if low < days <= high), "")


def lately_missed(states: Sequence[DayState]) -> list[DayState]:
    """The 旷课 among the last 10 上课日, in a run or not."""
    return [one for one in states[-10:] if one.kind == UNEXCUSED]


def three_in_ten(states: Sequence[DayState]) -> bool:
    """Whether the child missed 3 or more of the last 10 上课日 without leave, in a run or not."""
    return sum(one.weight for one in lately_missed(states)) >= 3


def _parts(session: str) -> frozenset[str]:
    return WHOLE if session == "全天" else frozenset({session})


def _all_missed(day: date, recorded: frozenset[str], *, half_school_day: bool) -> DayState:
    if recorded == WHOLE or half_school_day:
        return DayState(day, UNEXCUSED, 1.0)
    # Only one half was called and the child missed it: nobody knows about the other half.
    return DayState(day, "未记录", detail=f"只点了{next(iter(recorded))}")


def _met_by_school_days(rule: Rule, run: Streak) -> date | None:
    """The day of the run on which its 上课日 until then meet the rule."""
    count = 0.0
    for day, weight in zip(run.dates, run.weights, strict=True):
        count += weight
        if rule.met(count):
            return day
    return None


def _counter(rule: Rule, run: Streak, calendar: SchoolCalendar) -> Callable[[date], bool]:
    """A test of a day of the run: whether the count from its first day on, that one included, meets the rule."""
    first = run.dates[0]
    shares = _shares(run, calendar)

    def whole_days(day: date) -> float:
        return sum(shares(one) for one in days_between(first, day))

    def workdays(day: date) -> float:
        return sum(shares(one) for one in days_between(first, day) if calendar.is_workday(one))

    if rule.unit == "月":
        full = (add_months(first, round(rule.number)) - first).days
        over = 1 if rule.op == ">" else 0  # days past the day a month is full
        return lambda day: whole_days(day) - 1 - full >= over
    counts: dict[str, Callable[[date], float]] = {
        "工作日": workdays,
        "自然日": whole_days,
        "周": lambda day: whole_days(day) / 7,
        "小时": lambda day: (whole_days(day) - 1) * 24,
    }
    if rule.unit not in counts:
        raise ValueError(f"an absence cannot be counted in {rule.unit}")
    count = counts[rule.unit]
    return lambda day: rule.met(count(day))


def _shares(run: Streak, calendar: SchoolCalendar) -> Callable[[date], float]:
    """How much of a day counts in any unit.

    A day missed by half counts half: a child in school every afternoon never stayed away (case 12). Leave and closures
    set by hand count nothing; a day of rest is whole.
    """
    missed = dict(zip(run.dates, run.weights, strict=True))
    excused = set(run.excused)

    def share(day: date) -> float:
        if day in missed:
            return missed[day]
        return 0.0 if day in excused or calendar.is_closed(day) else 1.0

    return share
