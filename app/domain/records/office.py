"""An office: the unit, who works there and for whom they answer, and the calendar it keeps."""

from dataclasses import dataclass
from datetime import date

from app.domain.records.record import Record


@dataclass(frozen=True, kw_only=True)
class Unit(Record):
    """An office: 学校, 乡镇, 县 or 村. `short_mark` is its 发文代字, as in 〔湖政〕."""

    level: str
    name: str
    code: str = ""
    parent_id: str = ""
    short_mark: str = ""


@dataclass(frozen=True, kw_only=True)
class Staff(Record):
    """Somebody who works in the office. `to_on` is the last day there."""

    unit_id: str
    name: str
    post: str = ""  # 职务
    phone: str = ""
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Responsibility(Record):
    """双线三包: somebody answers for one class (班主任), village (包村) or child (包学生); `to_on` is the last day."""

    staff_id: str
    kind: str
    class_id: str = ""
    village: str = ""
    student_id: str = ""
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """A term of a unit. `cycle` (empty: the working week) is a row of 1, h and 0 that repeats from
    `first_day`'s Monday, for 大小周 and boarding schools: 11111110000000 is a fortnight."""

    unit_id: str
    first_day: date
    last_day: date
    cycle: str = ""


@dataclass(frozen=True, kw_only=True)
class CalendarDay(Record):
    """One day the county or school set by hand: 上课 (school), 停课 (off) or 半天 (half)."""

    unit_id: str
    day: date
    kind: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class NationalDay(Record):
    """A day of a national holiday table that a unit typed in for a year the program does not know yet."""

    unit_id: str
    day: date
    workday: bool
    name: str
