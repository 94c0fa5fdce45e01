"""What the register says of a child: day states, the current run of 旷课, and when a rule is crossed.

A day without a roll call is a third state (design promise 2): it never counts as present nor as absent, and a run
that meets one cannot be decided. An excused day (请假) ends a run as a present day does: the school knew why.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.domain.calendar import ONE_DAY, DayFact, NationalTable, days_between
from app.domain.deadlines import add_months, workdays_between
from app.domain.records import Absence, Leave
from app.domain.rules import Rule

Mark = Literal["在校", "旷课", "请假", "未记录"]
Verdict = Literal["正常", "旷课", "无法判定"]

UNEXCUSED: Final = "旷课"
WHOLE = frozenset({"上午", "下午"})
BUCKETS: tuple[tuple[str, float, float], ...] = (
    ("1", 0, 1),
    ("2", 1, 2),
    ("3", 2, 3),
    ("4–5", 3, 5),
    ("6–10", 5, 10),
    (">10", 10, float("inf")),
)


@dataclass(frozen=True)
class DayState:
    """One 上课日 of one child. `weight` is the 旷课 it counts (1, or 0.5 for half a day); `detail` says more."""

    day: date
    mark: Mark
    weight: float = 0.0
    detail: str = ""


@dataclass(frozen=True)
class Streak:
    """The current run of unexcused 上课日: how many, which, and the unrecorded days that make it undecidable."""

    days: float
    dates: tuple[date, ...]
    verdict: Verdict
    unrecorded: tuple[date, ...]
    weights: tuple[float, ...] = ()

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
    absences: Iterable[Absence],
    leaves: Iterable[Leave],
    half_day: str = "计半天",
) -> DayState:
    """The state of one 上课日 (`school`, whole or half) from what was recorded about it.

    `sessions` are those in which the class was called (全天, 上午, 下午); `absences` the child's marks of that day.

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
    missed = frozenset().union(*(_parts(one.part) for one in listed if one.kind == UNEXCUSED)) & recorded
    excused = frozenset().union(*(_parts(one.part) for one in listed if one.kind != UNEXCUSED)) & recorded
    if missed == recorded:
        return _all_missed(day, recorded, half_school_day=school.weight < 1)
    if missed and half_day == "计半天":
        return DayState(day, UNEXCUSED, 0.5, "半天")
    if excused | missed == recorded:
        return DayState(day, "请假", detail=next(one.kind for one in listed if one.kind != UNEXCUSED))
    return DayState(day, "在校", detail="半天缺课" if listed else "")


def covers(leave: Leave, day: date) -> bool:
    """Whether an approved leave excuses `day`: from–to, both included, but not from the day of 销假 on."""
    return leave.from_on <= day <= leave.to_on and (leave.ended_on is None or day < leave.ended_on)


def streak(states: Sequence[DayState], as_of: date) -> Streak:
    """The current run in `states` (上课日 in order, none later than `as_of`).

    `as_of` itself without a roll is a day not over yet and is passed over. Other unrecorded days at the end leave the
    last known run visible but undecided; one inside stops the count (case 4).
    """
    walk = list(states)
    if walk and walk[-1].day == as_of and walk[-1].mark == "未记录":
        walk.pop()
    run: list[DayState] = []
    unrecorded: list[date] = []
    sealed = False
    for state in reversed(walk):
        if state.mark == "未记录":
            unrecorded.append(state.day)
            sealed = bool(run)
        elif state.mark != UNEXCUSED:
            break
        elif not sealed:
            run.append(state)
    run.reverse()
    verdict: Verdict = "无法判定" if unrecorded else "旷课" if run else "正常"
    return Streak(
        days=sum(state.weight for state in run),
        dates=tuple(state.day for state in run),
        verdict=verdict,
        unrecorded=tuple(sorted(unrecorded)),
        weights=tuple(state.weight for state in run),
    )


def crossing(rule: Rule, run: Streak, until: date, national: NationalTable) -> Crossing | None:
    """The first day, not later than `until`, on which `run` meets an absence rule; None if it does not.

    `until` is the last day the child is known not to have been in school (see `unexcused_until`).
    """
    if not run.dates:
        return None
    met = _by_school_days(rule, run) if rule.unit == "上课日" else _by_calendar(rule, run, until, national)
    if met is None:
        return None
    return Crossing(rule, met, tuple(day for day in run.dates if day <= met))


def unexcused_until(run: Streak, as_of: date, next_school_day: date | None) -> date:
    """The last 自然日 the absence is known to have lasted: up to the day before the next 上课日, or `as_of`."""
    last = run.dates[-1]
    return as_of if next_school_day is None else max(last, min(as_of, next_school_day - ONE_DAY))


def crosses_next(rule: Rule, run: Streak, next_school_day: date, national: NationalTable) -> bool:
    """Whether missing `next_school_day` too would meet `rule`, which is not met yet: the warning one day before."""
    if not run.dates:
        return False
    longer = Streak(
        run.days + 1, (*run.dates, next_school_day), run.verdict, run.unrecorded, (*run.weights, 1.0)
    )
    return crossing(rule, longer, next_school_day, national) is not None


def bucket(days: float) -> str:
    """The bucket a run of `days` 上课日 falls into, or an empty text for none."""
    return next((name for name, low, high in BUCKETS if low < days <= high), "")


def three_in_ten(states: Sequence[DayState]) -> bool:
    """Whether the child missed 3 or more of the last 10 上课日 without leave, in a run or not."""
    return sum(state.weight for state in states[-10:]) >= 3


def _parts(session: str) -> frozenset[str]:
    return WHOLE if session == "全天" else frozenset({session})


def _all_missed(day: date, recorded: frozenset[str], *, half_school_day: bool) -> DayState:
    if recorded == WHOLE or half_school_day:
        return DayState(day, UNEXCUSED, 1.0)
    # Only one half was called and the child missed it: nobody knows about the other half.
    return DayState(day, "未记录", detail=f"只点了{next(iter(recorded))}")


def _by_school_days(rule: Rule, run: Streak) -> date | None:
    total = 0.0
    for day, weight in zip(run.dates, run.weights, strict=True):
        total += weight
        if rule.met(total):
            return day
    return None


def _by_calendar(rule: Rule, run: Streak, until: date, national: NationalTable) -> date | None:
    counted = _counter(rule, run, national)
    return next((day for day in days_between(run.dates[0], until) if counted(day)), None)


def _counter(rule: Rule, run: Streak, national: NationalTable) -> Callable[[date], bool]:
    """A test of a day for units other than 上课日; the first day of absence is the first counted.

    A day missed only by half counts half here too: a child in school every afternoon never stayed away (case 12).
    """
    first = run.dates[0]

    def in_school(day: date) -> float:
        return sum(1 - weight for one, weight in zip(run.dates, run.weights, strict=True) if one <= day)

    if rule.unit == "工作日":
        return lambda day: rule.met(workdays_between(first, day, national) - in_school(day))
    if rule.unit == "自然日":
        return lambda day: rule.met((day - first).days + 1 - in_school(day))
    if rule.unit == "周":
        return lambda day: rule.met(((day - first).days + 1 - in_school(day)) / 7)
    if rule.unit == "小时":
        return lambda day: rule.met(((day - first).days - in_school(day)) * 24)
    if rule.unit == "月":
        limit = add_months(first, round(rule.number))
        over = 1 if rule.op == ">" else 0  # days past the day a month is full
        return lambda day: (day - limit).days - in_school(day) >= over
    raise ValueError(f"an absence cannot be counted in {rule.unit}")
