"""What the register says: who was called, who was missing, who had leave."""

from dataclasses import dataclass
from datetime import date

from app.domain.records.record import Record


@dataclass(frozen=True, kw_only=True)
class Roll(Record):
    """A class was called on a day: who called, how many were expected and present."""

    class_id: str
    day: date
    session: str  # 全天, 上午 or 下午
    by_whom: str
    expected: int
    present: int
    entered_on: date


@dataclass(frozen=True, kw_only=True)
class Absence(Record):
    """A child missed a called roll: 旷课, 病假 or 事假, the whole session or half the day."""

    roll_id: str
    student_id: str
    day: date
    kind: str
    part: str = "全天"


@dataclass(frozen=True, kw_only=True)
class Leave(Record):
    """Approved leave from–to (both included). `ended_on` is 销假: the day the child was back early."""

    student_id: str
    from_on: date
    to_on: date
    kind: str
    approver: str
    proof: str = ""
    entered_on: date
    ended_on: date | None = None
