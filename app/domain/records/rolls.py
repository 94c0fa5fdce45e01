"""What the register says: who was called, who was missing, who had leave."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from app.domain.records.record import INNER, About, Record


@dataclass(frozen=True, kw_only=True)
class Roll(Record):
    """A class was called on a day: who called, how many were expected and present."""

    about: ClassVar = About("点名", owner="class_id", below_county=True)

    class_id: Annotated[str, "班级"]
    day: Annotated[date, "日期"]
    session: Annotated[str, "时段"]  # 全天, 上午 or 下午
    by_whom: Annotated[str, "点名人"]
    expected: Annotated[int, "应到"]
    present: Annotated[int, "实到"]
    entered_on: Annotated[date, "录入日期", INNER]


@dataclass(frozen=True, kw_only=True)
class Absence(Record):
    """A child missed a called roll: 旷课, 病假 or 事假, the whole session or half the day."""

    about: ClassVar = About("缺勤", owner="student_id", missed="点名", below_county=True)

    roll_id: Annotated[str, "点名", INNER]
    student_id: Annotated[str, "学生", INNER]
    day: Annotated[date, "日期"]
    kind: Annotated[str, "种类"]
    part: Annotated[str, "时段"] = "全天"


@dataclass(frozen=True, kw_only=True)
class Leave(Record):
    """Approved leave from–to (both included). `ended_on` is 销假: the day the child was back early."""

    about: ClassVar = About("请假", owner="student_id")

    student_id: Annotated[str, "学生", INNER]
    from_on: Annotated[date, "起始日期"]
    to_on: Annotated[date, "截止日期"]
    kind: Annotated[str, "种类"]
    approver: Annotated[str, "批准人"]
    proof: Annotated[str, "证明材料"] = ""
    entered_on: Annotated[date, "录入日期", INNER]
    ended_on: Annotated[date | None, "销假日期"] = None
