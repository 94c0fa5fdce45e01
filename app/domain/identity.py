"""身份证件号 and 学籍号: what they say, whether they can be right, and how they are shown masked.

Sources: GB 11643 (18-digit 公民身份号码, check digit modulo 11); national 学籍号 of 19 characters: G + 身份证号,
J + a number built by the same rules for a child without one, L + 6 digits region + 8 birth + 4 for a provisional one.
"""

import re
from datetime import date
from functools import lru_cache

from app.domain.spelling import half_width

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
OLDEST_YEAR = 1900

REGION_SUCCESSORS = {"410322": "410308"}
"""County codes that were replaced: numbers already given keep the old one (孟津县 became 孟津区 in 2021)."""

_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_QUOTES = "'‘’`′"

DAMAGED = "身份证号被 Excel 改坏了(显示成科学计数或末几位变成 0)，原数已丢失，请把这一列设为文本格式后按原件重新录入"


def normalise_id_no(text: str) -> str:
    """`text` as the number is stored: no spaces, full-width made half-width, x made X, a leading ' removed."""
    if text.isascii() and text.isalnum():
        return text.upper()
    plain = "".join(half_width(text).split())
    return plain.lstrip(_QUOTES).upper()


def check_digit(first17: str) -> str:
    """The 18th character (0–9 or X) that GB 11643 gives to the first 17 digits, else ValueError."""
    if len(first17) != 17 or not first17.isascii() or not first17.isdigit():
        raise ValueError(f"17 digits expected, not {first17!r}")
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True))
    return CHECK_DIGITS[total % 11]


@lru_cache(maxsize=16)  # a row of a roster asks four times about one number
def id_no_problem(text: str) -> str | None:
    """Why `text` cannot be an 18-character 身份证号, in Chinese with what to do, or None if it can be one."""
    number = normalise_id_no(text)
    if looks_damaged_by_excel(number):
        return DAMAGED
    if len(number) != 18:
        return f"身份证号应为 18 位，这里是 {len(number)} 位，请核对原件"
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return "身份证号前 17 位应为数字、末位为数字或 X，请核对原件"
    if _date_of(number[6:14]) is None:
        return f"身份证号中的出生日期 {number[6:14]} 不存在，请核对原件"
    if check_digit(number[:17]) != number[17]:
        return "身份证号校验位不对，其中有数字录错，请核对原件"
    return None


def is_provisional(text: str) -> bool:
    """Whether `text` is a number that a list gives to a child without an 身份证号: 999 and then 15 digits."""
    return re.fullmatch(r"999[0-9]{14}[0-9X]", normalise_id_no(text)) is not None


def looks_damaged_by_excel(text: str) -> bool:
    """Whether a spreadsheet rounded the number to 15 digits: 3.50425E+17, or 18 digits that end in 000.

    A number that ends in 000 and still has the right check digit is taken as genuine: sequence numbers
    such as 100 exist. (A cell that holds a *number* of that length is always damaged; the reader knows that.)
    """
    number = normalise_id_no(text)
    if _SCIENTIFIC.fullmatch(number):
        return True
    return bool(re.fullmatch(r"[0-9]{15}000", number)) and check_digit(number[:17]) != number[17]


def birth_of(id_no: str) -> date | None:
    """The day of birth inside an 18-character 身份证号, or None if `id_no` is not a possible one."""
    return None if id_no_problem(id_no) else _date_of(normalise_id_no(id_no)[6:14])


def gender_of(id_no: str) -> str:
    """男 or 女 by the 17th digit (odd is male), or an empty string if `id_no` is not a possible 身份证号."""
    if id_no_problem(id_no):
        return ""
    return "男" if int(normalise_id_no(id_no)[16]) % 2 else "女"


def region_of(id_no: str) -> str:
    """The six-digit county code in a 身份证号 as it is called today, or an empty string if there is none."""
    return "" if id_no_problem(id_no) else current_region(normalise_id_no(id_no)[:6])


def current_region(code: str) -> str:
    """The county code in force today for `code`, which may be one that was replaced."""
    return REGION_SUCCESSORS.get(code, code)


def normalise_edu_no(text: str) -> str:
    """`text` as a 学籍号 is stored: like a 身份证号, its first letter in capitals."""
    return normalise_id_no(text)


def edu_no_problem(text: str) -> str | None:
    """Why `text` cannot be a national 学籍号, in Chinese with what to do, or None if it can be one."""
    number = normalise_edu_no(text)
    if not re.fullmatch(r"[GJL][0-9]{17}[0-9X]", number):
        return "学籍号应为 19 位，以 G、J 或 L 开头，请到学籍系统核对"
    if _date_of(number[7:15]) is None:
        return f"学籍号中的出生日期 {number[7:15]} 不存在，请到学籍系统核对"
    if number[0] != "L" and check_digit(number[1:18]) != number[18]:
        return "学籍号校验位不对，其中有数字录错，请到学籍系统核对"
    return None


def edu_no_kind(text: str) -> str:
    """正式 for a G or J number, 临时 for an L number, an empty string if `text` is no possible 学籍号."""
    if edu_no_problem(text):
        return ""
    return "临时" if normalise_edu_no(text)[0] == "L" else "正式"


def edu_no_warning(edu_no: str, id_no: str) -> str | None:
    """A sentence if a G number differs from the 身份证号, else None.

    Never a refusal: after an 身份证号 is corrected the 学籍号 stays as it was given (domain case 16).
    """
    number = normalise_edu_no(edu_no)
    own = normalise_id_no(id_no)
    if number.startswith("G") and own and number[1:] != own:
        return "学籍号 G 后面的号码与身份证件号不同，如证件号更正过则属正常，否则请核对"
    return None


def mask_id(id_no: str) -> str:
    """A 身份证件号 or 学籍号 for the screen: first 6 and last 4 characters, the rest as *.

    A number of ten characters or fewer (a passport) shows only its last two.
    """
    if len(id_no) <= 10:
        return "*" * max(len(id_no) - 2, 0) + id_no[-2:]
    return id_no[:6] + "*" * (len(id_no) - 10) + id_no[-4:]


def mask_phone(phone: str) -> str:
    """A telephone number for the screen: first 3 and last 4 digits, the rest as *; a short one shows its last two."""
    if len(phone) <= 7:
        return "*" * max(len(phone) - 2, 0) + phone[-2:]
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]


def _date_of(eight_digits: str) -> date | None:
    try:
        day = date(int(eight_digits[:4]), int(eight_digits[4:6]), int(eight_digits[6:]))
    except ValueError:
        return None
    return day if day.year >= OLDEST_YEAR else None
