"""Deadlines in 工作日, 自然日, 上课日, 周 and 月. The day something happens is never counted.

Source of the counting: 民事诉讼法 第八十五条 (the first day is not counted; a last day on a statutory rest day moves
to the first day after it); 行政处罚法 第八十五条 and 行政强制法 第六十九条 (short 期限 are 工作日).
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.calendar import ONE_DAY, NationalTable, SchoolCalendar
from app.errors import UserError

FAR = 3660  # 自然日 a search may look ahead before a count is plainly wrong


@dataclass(frozen=True)
class Deadline:
    """The last day, and the years whose holiday table was needed but is missing (then it is provisional)."""

    day: date
    missing_years: tuple[int, ...] = ()


def add_workdays(start: date, count: int, national: NationalTable) -> date:
    """The `count`-th 工作日 after `start`."""
    return _nth(start, count, lambda day: national(day).workday)


def add_school_days(start: date, count: int, calendar: SchoolCalendar) -> date:
    """The `count`-th 上课日 after `start`."""
    return _nth(start, count, lambda day: calendar.weight(day) > 0)


def add_natural_days(start: date, count: int, national: NationalTable) -> date:
    """`count` 自然日 after `start`; a last day of rest moves to the next 工作日."""
    return roll_forward(start + timedelta(days=count), national)


def add_months(start: date, count: int) -> date:
    """The same day `count` months later, or that month's last day if it has no such day."""
    month = start.month - 1 + count
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def roll_forward(day: date, national: NationalTable) -> date:
    """`day` itself if it is a 工作日, otherwise the next one."""
    while not national(day).workday:
        day += ONE_DAY
    return day


def deadline(start: date, count: float, unit: str, calendar: SchoolCalendar) -> Deadline:
    """`count` of `unit` after `start`, with the holiday tables that were missing on the way."""
    whole = round(count)
    national = calendar.national
    if unit == "工作日":
        last = add_workdays(start, whole, national)
    elif unit == "上课日":
        last = add_school_days(start, whole, calendar)
    elif unit == "自然日":
        last = add_natural_days(start, whole, national)
    elif unit == "周":
        last = add_natural_days(start, 7 * whole, national)
    elif unit == "小时":
        last = start + timedelta(days=-(-whole // 24))
    elif unit == "月":
        last = roll_forward(add_months(start, whole), national)
    else:
        raise ValueError(f"no deadline can be counted in {unit}")
    years = (date(year, 1, 1) for year in range(start.year, last.year + 1))  # a table holds a whole year
    return Deadline(last, tuple(calendar.missing_years(years)))


def refuse_provisional(due: Deadline) -> None:
    """Stop a deadline from being printed when a holiday table is missing (case 14)."""
    if due.missing_years:
        years = "、".join(f"{year}年" for year in due.missing_years)
        raise UserError(f"程序里没有{years}的节假日安排，期限算不准，不能打印。请先录入{years}放假安排。")


def _nth(start: date, count: int, counts: Callable[[date], bool]) -> date:
    day = start
    for _ in range(FAR):
        if count <= 0:
            return day
        day += ONE_DAY
        count -= counts(day)
    raise UserError("十年内都数不到这么多天，请检查学期起止和校历。")
