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
DIED: Final = "死亡"
BACK: Final = "复学"
LEAVING: Final = ("转出", SUSPENDED, GRADUATED, "超龄", DIED, "出国境", "其他")
"""How a child leaves its school."""
FROM_ELSEWHERE: Final = "转入"
NEW_PUPIL: Final = "入学"
JOINING: Final = (FROM_ELSEWHERE, BACK, NEW_PUPIL)
"""How a child comes to a school after its first roster."""
BEGAN: Final = (ON_ROSTER, *JOINING, CLASS_CHANGE)
ENDED: Final = (*LEAVING, CLASS_CHANGE)


def holds(row: Enrolment, day: date) -> bool:
    """Whether the child belongs to the school and class of `row` on `day`."""
    return row.from_on <= day and (row.to_on is None or day <= row.to_on)


def enrolment_on(rows: Iterable[Enrolment], day: date) -> Enrolment | None:
    """The row that holds on `day`; None where the child belongs nowhere.

    Where two do, because two records are one child, one in a class comes before one without, then the one begun last.
    """
    held = [row for row in rows if holds(row, day)]
    if len(held) < 2:  # as of nearly everybody
        return held[0] if held else None
    return max(held, key=lambda row: (bool(row.class_id), row.from_on, row.id))


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


def rows_after(rows: Iterable[Enrolment], day: date) -> list[Enrolment]:
    """The rows that begin later than `day`, in the order of their days."""
    return sorted((row for row in rows if row.from_on > day), key=lambda row: (row.from_on, row.id))


def is_over(row: Enrolment, day: date) -> bool:
    """Whether the child belonged there and on `day` no longer does."""
    return row.to_on is not None and row.to_on < day


def left_on(row: Enrolment) -> date | None:
    """The first day off the roll of a row that ended with leaving the school; None while it has not."""
    return row.to_on + ONE_DAY if row.to_on is not None and row.ended != CLASS_CHANGE else None


def overdue_back(rows: Iterable[Enrolment], day: date) -> Enrolment | None:
    """The 休学 that was over by `day` while the child belongs nowhere: whether it came back must be found out."""
    listed = list(rows)
    last = last_enrolment(listed, day)
    if last is None or holds(last, day) or last.ended != SUSPENDED:
        return None
    return last if last.back_on is not None and last.back_on <= day else None
