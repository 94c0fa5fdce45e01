"""Hints of the program's own: 3 days of 旷课 in 10 上课日, and the class of length of a run. No county's rule.

They are shown beside what the rules say, in words that tell them apart, and open no case.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.attendance import OFF_ROLL, DayState, Streak, bucket, lately_missed, three_in_ten
from app.domain.words import plain
from app.service.office.desk import Desk
from app.service.rolls.register import Register, over
from app.store.queries.rolls import children_absent_on

HINT = "本程序提示"
NO_RULE = "不作立案条件"
TEN = 10  # 上课日 looked at
REACH = timedelta(days=14)  # 自然日 before them, for schools that were closed more often than this office


@dataclass(frozen=True)
class OftenMissed:
    """3 or more of a child's last 10 上课日 were missed without leave: how many, and which."""

    days: float
    dates: tuple[date, ...]

    @property
    def words(self) -> str:
        """近10个上课日内旷课3天."""
        return f"近10个上课日内旷课{plain(self.days)}天"


def often_missed(states: Sequence[DayState]) -> OftenMissed | None:
    """What the last 10 上课日 of a child show, if it is 3 days or more; nothing for a child off the roll."""
    if not three_in_ten(states) or states[-1].detail == OFF_ROLL:
        return None
    missed = lately_missed(states)
    return OftenMissed(sum(one.weight for one in missed), tuple(one.day for one in missed))


def children_often_missed(desk: Desk, without: Collection[str] = ()) -> dict[str, OftenMissed]:
    """Child → what its last 10 上课日 show, for the children with 3 days or more, those of `without` left out."""
    lately = desk.calendar.last_school_days(desk.today, TEN)
    if not lately:
        return {}
    absent = children_absent_on(desk.tx, lately[0] - REACH, desk.today, days=3)
    children = [one for one in absent if one.id not in without]
    register = Register(desk, desk.today, [one.id for one in children], since=lately[0] - REACH - REACH)
    found = {
        child.id: often_missed(over(register.states(child, desk.rules.half_day), desk.today))
        for child in children
    }
    return {child: hint for child, hint in found.items() if hint}


def bucket_words(runs: Iterable[Streak]) -> str:
    """How many children stand in each class of length: 1天2人、4–5天1人; empty for none."""
    counts: dict[str, int] = {}
    for run in sorted(runs, key=lambda one: one.days):
        if name := bucket(run.days):
            counts[name] = counts.get(name, 0) + 1
    return "、".join(f"{name}天{count}人" for name, count in counts.items())


def child_hint(states: Sequence[DayState], run: Streak) -> str:
    """The hints on one child as a sentence; empty where there is none."""
    often = often_missed(states)
    parts = [
        f"连续旷课{plain(run.days)}个上课日，属{bucket(run.days)}天一档" if run.days else "",
        often.words if often else "",
    ]
    said = "；".join(part for part in parts if part)
    return f"{HINT}：{said}（{NO_RULE}）" if said else ""
