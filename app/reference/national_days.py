"""The national 工作日 and holidays: the years shipped in `resources/calendars` (2004 on) and those an office typed in.

The State Council announces a year's table only in the autumn before it, so a year without data is normal: its days
are then told by the week alone and marked `known=False`, and nothing with a deadline in it is printed (domain 7,
case 14).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from app.domain.calendar import NationalFact, NationalTable
from app.domain.records import NationalDay
from app.errors import UserError
from app.settings import RESOURCES

SATURDAY = 5
CALENDARS = RESOURCES / "calendars"
KINDS = {"休": False, "休息": False, "放假": False, "班": True, "上班": True}
UNNAMED = {False: "放假", True: "调休"}
_FIRST = r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?"
_LAST = r"(?:(?:(\d{4})[-/.年])?(\d{1,2})[-/.月])?(\d{1,2})日?"
_LINE = re.compile(
    rf"{_FIRST}(?:\s*[至到~—]+\s*{_LAST})?[\s,;]+({'|'.join(KINDS)})(?:[\s,;]+(.*))?",
    re.ASCII,
)
# A sentence of the notice is days and, after them, what these days are; what stands in brackets is left aside.
_NOTICE_PART = re.compile(
    r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\s*[至到~—-]+\s*(?:(?:(\d{4})年)?(\d{1,2})月)?(\d{1,2})日)?"
    r"|(放假|休息|补休|公休|上班)",
    re.ASCII,
)
_HEADING = re.compile(r"(?:[一二三四五六七八九十\d]+[、.]\s*)?([^\d:。,]{2,12}):")
_ASIDE = re.compile(r"\([^()]*\)")
_ISSUED = re.compile(r"(\d{4})年\d{1,2}月\d{1,2}日", re.ASCII)
_TALK = ("国务院", "通知", "各地区", "各部门", "鼓励", "值班")
_SAMPLE = "请写成“2027-01-01至2027-01-03 休 元旦”或“2027-02-06 班 春节调休”的样子。"


def national_table(typed_in: Iterable[NationalDay] = ()) -> NationalTable:
    """What the nation does on any day: the shipped table, overruled day by day by the rows `typed_in`.

    A year not shipped counts as known as soon as one row of it is given; the days of it that have no row are
    ordinary ones. Withdrawn rows are passed over. Asking for a day twice costs a look-up.
    """
    return _table(tuple(row for row in typed_in if row.withdrawn_on is None))


@lru_cache(maxsize=8)
def _table(typed_in: tuple[NationalDay, ...]) -> NationalTable:
    """The table for the same rows is one table: what it was asked before, by whatever use case, is a look-up."""
    rows = {row.day: row for row in typed_in}
    years, shipped = {day.year for day in rows}, _shipped()

    @lru_cache(maxsize=4096)
    def table(day: date) -> NationalFact:
        row = rows.get(day)
        if row is not None:
            return NationalFact(workday=row.workday, name=row.name)
        if day.year in shipped_years():
            return shipped.get(day) or NationalFact(workday=day.weekday() < SATURDAY)
        return NationalFact(workday=day.weekday() < SATURDAY, known=day.year in years)

    return table


def parse_holiday_table(text: str, year: int) -> list[tuple[date, bool, str]]:
    """The days of a pasted or imported holiday table of `year`, in order: (day, whether it is a 工作日, name).

    A line is a day or a span, 休 or 班, and a name: 2027-01-01至2027-01-03 休 元旦; the year may be left out. Or it is
    a sentence of the State Council's notice: 一、元旦：1月1日（周五）至3日（周日）放假调休，1月10日（周日）上班。
    Empty lines, lines that begin with #, and what else the notice says without a day of that kind are passed over.

    A sentence may name days of the year before and after, as at New Year. Raises UserError naming the line that cannot
    be read, lies outside `year` or repeats a day, and when there is no
    line at all.
    """
    found: dict[date, tuple[date, bool, str]] = {}
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = unicodedata.normalize("NFKC", raw).strip()  # full-width digits, commas and spaces of an IME
        if not line or line.startswith("#") or _is_talk(line, year):
            continue
        for row in _parse_line(line, number, year):
            if row[0] in found:
                raise UserError(f"第{number}行：{row[0]}前面已经写过。请删去重复的一行。")
            found[row[0]] = row
    if not found:
        raise UserError(f"放假安排里一天也没有。{_SAMPLE}")
    return [found[day] for day in sorted(found)]


@cache
def shipped_years() -> frozenset[int]:
    """The years whose table lies in `resources/calendars`; a year's notice dropped in there is one of them."""
    return frozenset(int(file.stem) for file in CALENDARS.glob("[0-9][0-9][0-9][0-9].txt"))


@cache
def _shipped() -> Mapping[date, NationalFact]:
    """The days of the shipped tables that are not what the week says."""
    return {
        day: NationalFact(workday=workday, name=name)
        for year in sorted(shipped_years())
        for day, workday, name in parse_holiday_table((CALENDARS / f"{year}.txt").read_text("utf-8"), year)
    }


def _parse_line(line: str, number: int, year: int) -> list[tuple[date, bool, str]]:
    match = _LINE.fullmatch(line)
    if match is None:
        if rows := _parse_notice(line, number, year):
            return rows
        raise UserError(f"第{number}行“{line}”看不懂。{_SAMPLE}")
    workday = KINDS[match.group(7)]
    name = (match.group(8) or "").strip() or UNNAMED[workday]
    return [(day, workday, name) for day in _span(match.group(1, 2, 3, 4, 5, 6), number, year)]


def _span(parts: tuple[str | None, ...], number: int, year: int, beside: int = 0) -> list[date]:
    """The days of a span given as year, month and day of its first and of its last day; they may lie `beside` years
    before or after `year`."""
    first = _day(parts[:3], number, year, beside)
    year_of_last, month_of_last, day_of_last = parts[3:]
    last = first
    if day_of_last:
        over = beside and month_of_last is not None and int(month_of_last) < first.month
        named = (year_of_last or str(first.year + bool(over)), month_of_last or str(first.month), day_of_last)
        last = _day(named, number, year, beside)
    if last < first:
        raise UserError(f"第{number}行：结束日期{last}早于开始日期{first}。请调换或改正。")
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _parse_notice(line: str, number: int, year: int) -> list[tuple[date, bool, str]]:
    """The days of one sentence of the notice; none where it names no day, or a day without saying what it is."""
    plain = _ASIDE.sub("", line)
    heading = _HEADING.match(plain)
    name = heading[1].strip() if heading else ""
    found: list[tuple[date, bool, str]] = []
    waiting: list[date] = []
    for part in _NOTICE_PART.finditer(plain):
        if part[7]:
            workday = part[7] == "上班"
            words = (f"{name}{UNNAMED[True]}" if workday else name) if name else UNNAMED[workday]
            found += [(day, workday, words) for day in waiting]
            waiting = []
        else:
            waiting += _notice_span(part, waiting, number, year)
    return [] if waiting else found


def _notice_span(part: re.Match[str], before: list[date], number: int, year: int) -> list[date]:
    """The days of a part of a sentence. A bare 23日 is in the month of the day before it: 4月22日、23日上班."""
    given, month, *rest = part.group(1, 2, 3, 4, 5, 6)
    if month is None:
        if not before:
            raise UserError(f"第{number}行：“{part[0]}”没有写是几月。{_SAMPLE}")
        given, month = str(before[-1].year), str(before[-1].month)
    return _span((given, month, *rest), number, year, beside=1)


def _is_talk(line: str, year: int) -> bool:
    """Whether a line is what stands around the table in the notice: its heading, its appeals, its date of issue."""
    issued = _ISSUED.fullmatch(line)
    if issued:
        return int(issued[1]) < year
    named = _NOTICE_PART.search(_ASIDE.sub("", line))
    return not (named and named[2]) and any(word in line for word in _TALK)


def _day(parts: tuple[str | None, ...], number: int, year: int, beside: int) -> date:
    given, month, day = (int(part) if part else year for part in parts)
    try:
        found = date(given, month, day)
    except ValueError as problem:
        raise UserError(f"第{number}行：没有{given}年{month}月{day}日这一天。请改正日期。") from problem
    if abs(found.year - year) > beside:
        raise UserError(f"第{number}行：{found}不在{year}年。请改正年份，一次只录入一年的安排。")
    return found
