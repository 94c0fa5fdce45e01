"""An office: the unit, who works there and for whom they answer, and the calendar it keeps."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from app.domain.records.record import INNER, STORY, About, Down, Record


@dataclass(frozen=True, kw_only=True)
class Unit(Record):
    """An office: 学校, 乡镇, 县 or 村. `short_mark` is its 发文代字, as in 〔湖政〕."""

    about: ClassVar = About("单位", owner="id", down=Down.ALL)

    level: Annotated[str, "层级"]
    name: Annotated[str, "单位名称"]
    code: Annotated[str, "学校标识码"] = ""
    parent_id: Annotated[str, "上级单位", INNER] = ""
    short_mark: Annotated[str, "发文代字"] = ""


@dataclass(frozen=True, kw_only=True)
class Staff(Record):
    """Somebody who works in the office. `to_on` is the last day there."""

    about: ClassVar = About("人员", owner="unit_id")

    unit_id: Annotated[str, "单位", INNER]
    name: Annotated[str, "姓名"]
    post: Annotated[str, "职务"] = ""
    phone: Annotated[str, "联系电话"] = ""
    from_on: Annotated[date, "到任日期"]
    to_on: Annotated[date | None, "最后一天"] = None


@dataclass(frozen=True, kw_only=True)
class Responsibility(Record):
    """双线三包: somebody answers for one class (班主任), village (包村) or child (包学生); `to_on` is the last day."""

    about: ClassVar = About("包保责任", owner="staff_id", missed="人员")

    staff_id: Annotated[str, "人员", INNER]
    kind: Annotated[str, "种类"]
    class_id: Annotated[str, "班级"] = ""
    village: Annotated[str, "村"] = ""
    student_id: Annotated[str, "学生", INNER] = ""
    from_on: Annotated[date, "起始日期"]
    to_on: Annotated[date | None, "截止日期"] = None


@dataclass(frozen=True, kw_only=True)
class Term(Record):
    """A term of a unit. `cycle` (empty: the working week) is a row of 1, h and 0 that repeats from
    `first_day`'s Monday, for 大小周 and boarding schools: 11111110000000 is a fortnight."""

    about: ClassVar = About("学期", owner="unit_id", down=Down.BELOW)

    unit_id: Annotated[str, "单位", INNER]
    first_day: Annotated[date, "起始日期"]
    last_day: Annotated[date, "截止日期"]
    cycle: Annotated[str, "大小周"] = ""


@dataclass(frozen=True, kw_only=True)
class CalendarDay(Record):
    """One day the county or school set by hand: 上课 (school), 停课 (off) or 半天 (half)."""

    about: ClassVar = About("校历", owner="unit_id", down=Down.BELOW)

    unit_id: Annotated[str, "单位", INNER]
    day: Annotated[date, "日期"]
    kind: Annotated[str, "种类"]
    note: Annotated[str, "说明", STORY] = ""


@dataclass(frozen=True, kw_only=True)
class NationalDay(Record):
    """A day of a national holiday table that a unit typed in for a year the program does not know yet."""

    about: ClassVar = About("放假安排", owner="unit_id", down=Down.BELOW)

    unit_id: Annotated[str, "单位", INNER]
    day: Annotated[date, "日期"]
    workday: Annotated[bool, "上班"]
    name: Annotated[str, "名称"]
