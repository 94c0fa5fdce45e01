"""Where a line of Chinese text may end, and which characters are set in which font.

The sets of characters that may not begin or end a line (避头尾) follow GB/T 15834 and what word processors add to it.
"""

from __future__ import annotations

import unicodedata

NOT_AT_START = frozenset(
    "!%),.:;?]}¢¨°·ˇˉ―‖’”‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠々"
)
NOT_AT_END = frozenset("$([{£¥‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥")
#: Punctuation that may hang past the right edge instead of carrying a character over with it.
HANGING = frozenset("!,.:;?、。！，．：；？")
WIDE_SPACE = "\u3000"
# A dash and an ellipsis are two characters wide and never parted (GB/T 15834, 5.1).
_PAIRED = frozenset("—…")
_FIRST_EAST_ASIAN = 0x2E80
_SYMBOLS = range(0x2000, _FIRST_EAST_ASIAN)
_WEAK = frozenset(" \u00a0\t\n\f·×°")


def is_east_asian(char: str) -> bool:
    """Whether the character is surely Chinese: ideographs, full-width forms, CJK punctuation."""
    return ord(char) >= _FIRST_EAST_ASIAN


def is_weak(char: str) -> bool:
    """Whether the character takes the script of its neighbour: spaces, quotes, dashes, boxes, circled numbers."""
    return char in _WEAK or ord(char) in _SYMBOLS


def scripts(text: str) -> list[bool]:
    """For every character whether the East Asian font sets it; weak ones follow what came before, else what comes."""
    strong = next((is_east_asian(char) for char in text if not is_weak(char)), True)
    result: list[bool] = []
    for char in text:
        if not is_weak(char):
            strong = is_east_asian(char)
        elif ord(char) in _SYMBOLS:
            # Quotes, boxes and numbers in circles are full-width in Chinese papers whatever stands before them.
            result.append(True)
            continue
        result.append(strong)
    return result


def may_break(left: str, right: str) -> bool:
    """Whether a line may end between two neighbouring characters."""
    if right == " " or left in NOT_AT_END or right in NOT_AT_START or "\u00a0" in (left, right):
        return False
    if left == right and left in _PAIRED:
        return False
    if left in " -" or left == right == "_":
        return True
    return _stands_alone(left) or _stands_alone(right)


def _stands_alone(char: str) -> bool:
    return is_east_asian(char) or ord(char) in _SYMBOLS


def needs_gap(left: str, right: str) -> bool:
    """Whether Chinese and Latin letters or digits meet here, which sets a narrow space between them."""
    return (is_ideograph(left) and _is_latin(right)) or (_is_latin(left) and is_ideograph(right))


def is_ideograph(char: str) -> bool:
    """Whether the character is a Chinese character proper, not punctuation."""
    code = ord(char)
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or code >= 0x20000


def _is_latin(char: str) -> bool:
    return char.isalnum() and not is_east_asian(char)


def clings(char: str) -> bool:
    """Whether the character belongs to the one before: combining marks, variation selectors, joiners."""
    return char == "\u200d" or unicodedata.category(char) == "Mn"


def letters(text: str) -> list[str]:
    """The text letter by letter, each with what clings to it."""
    found: list[str] = []
    for char in text:
        if found and clings(char):
            found[-1] += char
        else:
            found.append(char)
    return found
