"""Single cells: what a county's spreadsheet holds, as clean text and dates.

A date that is not there raises `ImpossibleDateError`; everything else that cannot be understood is kept as text.
"""

import math
import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from app.domain.spelling import half_width, visible
from app.domain.typed_text import without_control
from app.roster.reading import Cell

PLACEHOLDERS = frozenset(
    {
        "",
        "无",
        "-",
        "--",
        "---",
        "—",
        "——",
        "/",
        "//",
        "\\",
        "空",
        "N/A",
        "n/a",
        "#N/A",
        "NULL",
        "null",
        "None",
        "暂无",
    }
    | {"不详", "未知", "(空)", "无电话", "×", "*"}
)
LONGEST_PLACEHOLDER = 12  # characters, with blanks between them
LARGEST_EXACT_NUMBER = 10**15  # a spreadsheet keeps 15 digits of a number, the rest is lost
EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_SERIALS = range(29_221, 73_051)  # 1980-01-01 to 2100-01-01

_DATE = re.compile(
    r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:[T ]?[0-9]{1,2}:[0-9]{2}(?::[0-9.]+)?)?"
)
_INSIDE_PHONE = re.compile(r"[\s-]")
_MOBILE = re.compile(r"(\+?86)?1[0-9]{10}")
_PHONE_DIGITS = range(7, 13)
_CODE_BEFORE = re.compile(r"^[0-9A-Z]{1,3}\s*[-－—–_.．、:：]\s*(?=[^\W0-9])")
_MONTH = re.compile(r"((?:19|20)[0-9]{2})(?:[-/.年]([0-9]{1,2})月?|(0[1-9]|1[0-2]))")


class ImpossibleDateError(ValueError):
    """A cell that should hold a date holds something else; the text is the cell's."""


def cell_text(cell: Cell) -> str:
    """The cell as text: trimmed, line breaks made spaces, a whole number without .0, without a leading ' or =\"…\".

    A date is written 2015-03-01. A number too long to be exact is written as 3.50425E+17, so that whoever
    checks it sees that it is damaged.
    """
    if not isinstance(cell, str):
        return _typed_text(cell)  # rare: nearly every one of a roster's million cells is a text
    text = " ".join(without_control(visible(cell)).split())
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    return text.lstrip("'‘’`").strip() if text else ""


def value_text(cell: Cell) -> str:
    """Like `cell_text`, but a placeholder for nothing (无, -, /) is empty."""
    text = cell_text(cell)
    if text.isdecimal():
        return text
    return "" if len(text) <= LONGEST_PLACEHOLDER and _is_placeholder(text) else text


def day_of(cell: Cell) -> date | None:
    """The date in a cell in any of the usual ways to write one, None if it is empty or only names a month.

    20150301, 2015-03-01, 2015/3/1, 2015.3.1, 2015年3月1日, a serial number, a date cell, with spaces or a time.
    Raises ImpossibleDateError for anything else.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return _written_day(value_text(cell))


@lru_cache(maxsize=8192)  # the births of a school lie within 3,000 days
def _written_day(written: str) -> date | None:
    """The same of a clean text."""
    text = re.sub(r"\s*([-/.年月日])\s*", r"\1", half_width(written)).strip()
    if not text or is_month_only(text):
        return None
    found = _DATE.fullmatch(text) or re.fullmatch(r"([0-9]{4})([0-9]{2})([0-9]{2})", text)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise ImpossibleDateError(text) from None
    if re.fullmatch(r"[0-9]{5}", text) and int(text) in EXCEL_SERIALS:
        return EXCEL_EPOCH + timedelta(days=int(text))
    raise ImpossibleDateError(text)


def is_month_only(text: str) -> bool:
    """Whether `text` names a month and no day: 201503, 2015-03, 2015年3月."""
    found = _MONTH.fullmatch("".join(half_width(text).split()))
    return found is not None and 1 <= int(found[2] or found[3]) <= 12


def phone_number(text: str) -> str:
    """A telephone number as it is stored: half-width, a mobile number without spaces and dashes inside."""
    half = half_width(text)
    if half.isdecimal():
        return half
    joined = _INSIDE_PHONE.sub("", half)
    return joined if _MOBILE.fullmatch(joined) else half


def may_be_phones(text: str) -> bool:
    """Whether every part is a number of 7 to 12 digits (an area code included)."""
    if len(text) in _PHONE_DIGITS and text.isdecimal():
        return True
    parts = [re.sub(r"[()\-+\s]", "", part) for part in re.split(r"[、,，;；/]|\s{1,}(?=1)", text)]
    return all(re.fullmatch(r"(?:86)?[0-9]{7,12}", part) for part in parts if part)


@lru_cache(maxsize=1024)
def gender_word(text: str) -> str | None:
    """男 or 女 for any way to write it (1, 男性, 男生, M …; GB/T 2261.1), empty for empty, None if it is neither."""
    plain = re.sub(r"^[12]?[-.、]", "", "".join(half_width(text).split())).upper()
    if plain in {"", "0", "9"}:
        return ""
    if plain in {"男", "男性", "男生", "男孩", "1", "01", "M"}:
        return "男"
    return "女" if plain in {"女", "女性", "女生", "女孩", "2", "02", "F"} else None


@lru_cache(maxsize=4096)
def uncoded(text: str) -> str:
    """A word of a code list without its code: 2-住校 → 住校, Z-其他 → 其他."""
    return _CODE_BEFORE.sub("", text)


@lru_cache(maxsize=4096)  # a roster says 是, 否 and 健康 in a million cells
def yes_no(text: str) -> bool | None:
    """True for 是 and marks such as √, False for 否 and 非…, None for anything else."""
    if not text:
        return None
    plain = uncoded("".join(half_width(text).split()).upper())
    if plain in {"是", "Y", "YES", "√", "✓", "✔", "1", "有", "TRUE"}:
        return True
    if plain in {"否", "N", "NO", "0", "不是", "FALSE", "X", "2"} or plain.startswith("非"):
        return False
    return None


def _typed_text(cell: Cell) -> str:
    """The text of a cell that the spreadsheet keeps as a date, a yes or no, or a number."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, int | float):
        return _number_text(cell)
    return cell_text(str(cell))


def _number_text(number: float) -> str:
    if not math.isfinite(number):
        return ""
    if abs(number) >= LARGEST_EXACT_NUMBER:
        return f"{number:.5E}"
    return str(int(number)) if number == int(number) else repr(number)


def _is_placeholder(text: str) -> bool:
    return half_width(text).replace(" ", "") in PLACEHOLDERS
