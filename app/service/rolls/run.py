"""The run of a child as of today, as one answer."""

from dataclasses import dataclass
from datetime import date

from app.domain.attendance import bucket, streak, three_in_ten
from app.domain.records import Student
from app.domain.words import plain
from app.service.office.desk import Desk
from app.service.rolls.register import Register, over


@dataclass(frozen=True)
class RunShown:
    """The run of a child as of today, in 上课日; `bucket` is its class of length in the 月报."""

    days: float
    dates: tuple[date, ...]
    verdict: str
    unrecorded: tuple[date, ...]
    bucket: str
    three_in_ten: bool


def show_streak(desk: Desk, student: Student) -> RunShown:
    """The run of a child as of today. A child whose class was never called cannot be judged either."""
    register = Register(desk, desk.today, [student.id])
    states = register.states(student, desk.rules.half_day)
    run = streak(states, desk.today)
    return RunShown(
        plain(run.days),
        run.dates,
        run.verdict if states else "无法判定",
        run.unrecorded,
        bucket(run.days),
        three_in_ten(over(states, desk.today)),
    )
