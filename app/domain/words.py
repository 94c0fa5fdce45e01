"""Words that several subjects say alike: the number of a case, days in a row, a count."""

from collections.abc import Iterable
from datetime import date

from app.domain.records import CaseFile

DIGITS = "零一二三四五六七八九"


def number_of(case: CaseFile) -> str:
    """A case's number within its school: 2026-003."""
    return case_number(case.year, case.seq)


def case_number(year: int, seq: int) -> str:
    """The number of the case that is `seq`-th in `year` within its school: 2026-003."""
    return f"{year}-{seq:03d}"


def evidence_words(days: Iterable[date]) -> str:
    """Days as a teacher writes them: 9月17、18、20日、10月8日."""
    by_month: dict[int, list[int]] = {}
    for day in sorted(days):
        by_month.setdefault(day.month, []).append(day.day)
    return "、".join(f"{month}月{'、'.join(map(str, found))}日" for month, found in by_month.items())


def plain(number: float) -> int | float:
    """3 for 3.0, 1.5 for 1.5."""
    return int(number) if number == int(number) else number


def numeral(number: int) -> str:
    """`number` (0–999) in Chinese as articles and visits are numbered: 十三, 一百零八. Raises ValueError beyond."""
    if not 0 <= number <= 999:
        raise ValueError(f"{number} is not counted in words")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (DIGITS[ones] if ones or not number else "")
