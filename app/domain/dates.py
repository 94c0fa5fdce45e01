"""Days as people type them: 1120, 921, 11-20, 11月20日, 昨天, 下周一, 三天后, 2026-11-20; and as a page says them."""

import re
from datetime import date, timedelta

from app.domain.school_year import school_year_of
from app.errors import UserError

WEEKDAYS = "一二三四五六日"
WORDS = {"今天": 0, "昨天": -1, "前天": -2, "大前天": -3, "明天": 1, "后天": 2, "大后天": 3}
_WITH_YEAR = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})日?")
_DIGITS = re.compile(r"(\d{4})?(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d)(\d{2})")
_IN_WEEK = re.compile(r"(上|本|这|下)个?(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
_IN_DAYS = re.compile(r"(\d{1,3}|[一二两三四五六七八九十])天(?:以|之)?(后|前)")
_COUNTS = {sign: number for number, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}
_YEAR_FIRST = re.compile(r"\d{4}\D|\d{8}")
_MONTH_ALONE = re.compile(r"\d{4}(\d{2}|\D+\d{1,2}月?)")
_MONTH_DAY = re.compile(r"(\d{1,2})\D+(\d{1,2})日?")


EVENTS = (date(1990, 1, 1), date(2100, 12, 31))
"""Between these days things happen that the program records; births may lie before."""


def refuse_far(day: date) -> date:
    """`day` itself. Raises UserError for one no event of this program lies on: a slip of the hand."""
    first, last = EVENTS
    if not first <= day <= last:
        raise UserError(f"{day}不在{first.year}年到{last.year}年之间。请核对年份。")
    return day


LONGEST = 10
"""Years a span may last that a person writes: beyond lies a slip of the hand."""
LOOKED_AT = 800
"""Days that are gone through one by one in one answer: a little more than two school years."""


def refuse_long(first: date, last: date) -> None:
    """Raise UserError for a span that ends before it begins, or lasts over ten years."""
    if last < first:
        raise UserError(f"结束日期{last}早于开始日期{first}。请调换或改正。")
    if last.year - first.year > LONGEST or (last - first).days > LONGEST * 366:
        raise UserError(f"{first}到{last}超过{LONGEST}年。请核对年份。")


def parse_day(text: str, today: date) -> date:
    """The day `text` means. A month and day without a year is the nearest such day to `today`.

    Raises UserError, saying how a day may be typed, for anything else, a day that does not exist or one far away.
    """
    return refuse_far(_typed_day(text, today))


def parse_birth(text: str, today: date) -> date:
    """The day of birth `text` means; the year must be written, for a guessed one would make a wrong age.

    Raises UserError as `parse_day` does, and for a day without its year, a month alone or a day after `today`.
    """
    plain = "".join(text.split())
    if _MONTH_ALONE.fullmatch(plain):
        raise UserError(f"出生日期“{text}”只有年月。请补上日，写成2015-03-01这样。")
    if not _YEAR_FIRST.match(plain):
        raise UserError(f"出生日期“{text}”没有写年份。请写成2015-03-01这样。")
    day = _typed_day(text, today)
    if day > today:
        raise UserError(f"出生日期{day}在今天之后。请核对年份。")
    return day


def _typed_day(text: str, today: date) -> date:
    plain = "".join(text.split()).rstrip("。")
    if (said := _said_day(plain, today)) is not None:
        return said
    for pattern in (_WITH_YEAR, _DIGITS):
        if found := pattern.fullmatch(plain):
            year, month, day = found.groups()
            return _day(text, int(year), month, day) if year else _nearest(text, month, day, today)
    for pattern in (_MONTH_DAY, _SHORT):
        if found := pattern.fullmatch(plain):
            return _nearest(text, found[1], found[2], today)
    raise UserError(f"“{text}”不是日期。可以写1120、11-20、2026-11-20、昨天或下周一。")


def _said_day(plain: str, today: date) -> date | None:
    """A day said from today on: 昨天, 下周一, 三天后; None for any other text."""
    if plain in WORDS:
        return today + timedelta(days=WORDS[plain])
    if found := _IN_WEEK.fullmatch(plain):
        monday = today - timedelta(days=today.weekday())
        place = WEEKDAYS.index(found[2].replace("天", "日"))
        return monday + timedelta(weeks=_WEEKS[found[1]], days=place)
    if found := _IN_DAYS.fullmatch(plain):
        days = _COUNTS[found[1]] if found[1] in _COUNTS else int(found[1])
        return today + timedelta(days=days if found[2] == "后" else -days)
    return None


def month_day(day: date) -> str:
    """A day of the year at hand: 9月20日."""
    return f"{day.month}月{day.day}日"


def weekday_words(day: date) -> str:
    """The day of the week: 周五."""
    return f"周{WEEKDAYS[day.weekday()]}"


_DAY_WORDS = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")


def day_in_words(text: str) -> date | None:
    """The first day that a printed text names as 2026年9月28日; None where it names none."""
    found = _DAY_WORDS.search(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def day_words(day: date) -> str:
    """A date as the forms write it: 2026年9月20日."""
    return f"{day.year}年{month_day(day)}"


def near_day_words(day: date, today: date) -> str:
    """11月18日 in the present school year, 2025年3月4日 in any other: a case may span years."""
    return month_day(day) if school_year_of(day) == school_year_of(today) else day_words(day)


def _nearest(text: str, month: str, day: str, today: date) -> date:
    """The occurrence of a month and day closest to `today`; 29 February may fall in another year only."""
    near = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(year, int(month), int(day)))
        except ValueError:
            continue
    if not near:
        raise UserError(f"“{text}”这一天不存在。请核对月份和日子。")
    return min(near, key=lambda one: abs((one - today).days))


def _day(text: str, year: int, month: str, day: str) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError as problem:
        raise UserError(f"“{text}”这一天不存在。请核对月份和日子。") from problem
