"""Where a child belongs on a day: the enrolment row that holds that day."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from app.domain.calendar import ONE_DAY
from app.domain.records import Enrolment
from app.domain.school_year import ROLLOVER_MONTH, school_year_of

ON_ROSTER: Final = "在册"
CLASS_CHANGE: Final = "调班"
GRADUATED: Final = "毕业"
SUSPENDED: Final = "休学"
BEGAN: Final = (ON_ROSTER, "入学", "转入", "复学", CLASS_CHANGE)
ENDED: Final = ("转出", SUSPENDED, GRADUATED, "超龄", "死亡", "出国境", "其他", CLASS_CHANGE)


def holds(row: Enrolment, day: date) -> bool:
    """Whether the child belongs to the school and class of `row` on `day`."""
    return row.from_on <= day and (row.to_on is None or day <= row.to_on)


def enrolment_on(rows: Iterable[Enrolment], day: date) -> Enrolment | None:
    """The row that holds on `day`, the one begun last where two do; None where the child belongs nowhere."""
    return max((row for row in rows if holds(row, day)), key=lambda row: (row.from_on, row.id), default=None)


def last_enrolment(rows: Iterable[Enrolment], day: date) -> Enrolment | None:
    """The row that holds on `day`, else the newest that ended before it: where a child that left belonged last."""
    listed = [row for row in rows if row.from_on <= day]
    return enrolment_on(listed, day) or max(listed, key=lambda row: (row.from_on, row.id), default=None)


def first_day_of_year(day: date) -> date:
    """1 September of the school year `day` lies in: members of a school's first roster belong there since then."""
    return date(school_year_of(day), ROLLOVER_MONTH, 1)


def day_before(day: date) -> date:
    """The last day of what ends because something else begins on `day`."""
    return day - ONE_DAY
