"""The recovery code printed at set-up: 130 random bits a person can copy from paper.

26 characters of Crockford's base 32 (no I, L, O, U) and 2 check characters, in 7 groups of 4. The check is
the number modulo the prime 1021: every single wrong character and every two swapped neighbours show, so a
slip of the pen is told apart from the code of another folder.
"""

import secrets
import unicodedata

from app.errors import UserError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans("OIL", "011")
_BITS = 130
_LENGTH = 28
_PRIME = 1021


def new_code() -> str:
    """A fresh code, grouped for reading: `XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX`."""
    number = secrets.randbits(_BITS)
    text = _spell(number, 26) + _spell(number % _PRIME, 2)
    return "-".join(text[start : start + 4] for start in range(0, _LENGTH, 4))


def plain(typed: str) -> str:
    """The 28 characters of a typed code: case, spaces, dashes, full width and O/0, I/L/1 do not matter.

    Raises UserError when it cannot be a code: wrong length, foreign characters, or the check does not fit.
    """
    text = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if not _separates(c))
    text = text.translate(_LOOK_ALIKE)
    if len(text) != _LENGTH:
        raise UserError(f"恢复码应有 {_LENGTH} 个字符，现在是 {len(text)} 个。请对照打印的恢复码重新输入。")
    if not set(text) <= set(_ALPHABET) or _number(text[:26]) % _PRIME != _number(text[26:]):
        raise UserError("恢复码里有输错的字符。请对照打印的恢复码逐个核对后重新输入。")
    return text


def _separates(character: str) -> bool:
    return unicodedata.category(character) in {"Zs", "Pd", "Cc", "Cf"} or character in "_.·"


def _spell(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(text: str) -> int:
    value = 0
    for character in text:
        value = value * 32 + _ALPHABET.index(character)
    return value
