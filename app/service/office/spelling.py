"""Names on a Latin keyboard: whether one fits what was typed, and how it is spelled to find it and to sort by.

The only file that knows pypinyin.
"""

import os
from functools import cache, lru_cache
from typing import NamedTuple

# Names are read character by character; the dictionary of phrases would cost a fifth of a second at every start.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, lazy_pinyin, pinyin

SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "区": "ou",
    "朴": "piao",
    "覃": "qin",
    "翟": "zhai",
    "盖": "ge",
    "乐": "yue",
}
"""How characters are read as a surname where that differs from their common reading; for sorting names."""


class Spelling(NamedTuple):
    """`letters`: the initials a name may be typed by; `sorted_by`: its pinyin with blanks; `syllables`: its pinyin to
    type, from each syllable on."""

    letters: tuple[str, ...]
    sorted_by: str
    syllables: tuple[str, ...]


@lru_cache(maxsize=1 << 16)  # names repeat
def spelling_of(name: str) -> Spelling:
    """How a name is spelled; 单, 曾 and others as surnames are."""
    common = lazy_pinyin(name)
    read = [SURNAMES.get(name[:1], common[0]), *common[1:]] if common else []
    typed = dict.fromkeys("".join(one[place:]).lower() for one in (read, common) for place in range(len(one)))
    return Spelling(tuple(sorted(initials_of(name))), " ".join(read), tuple(typed))


def initials_of(name: str) -> set[str]:
    """The pinyin initials a name may be typed by. Surnames such as 单 and 曾 read in several ways: all of them."""
    if not name:
        return set()
    tail = "".join(letters[0] for letters in pinyin(name[1:], style=Style.FIRST_LETTER))
    return {letter + tail for letter in pinyin(name[0], style=Style.FIRST_LETTER, heteronym=True)[0]}


def spells(typed: str, name: str) -> bool:
    """Whether `typed` (small letters) spells some run of characters of `name`.

    Each character is typed by its initial or its whole syllable, the last one by any beginning of it. A character
    that is read in several ways fits by all of them: a search should rather find one name too many.
    """
    first = typed[0]
    return any(first in _initials(one) and _from(typed, name[place:]) for place, one in enumerate(name))


def _from(typed: str, name: str) -> bool:
    if not name:
        return False
    return any(
        sound.startswith(typed)
        or (typed.startswith(sound) and _from(typed[len(sound) :], name[1:]))
        or (typed[0] == sound[0] and _from(typed[1:], name[1:]))
        for sound in sounds(name[0])
    )


@cache
def sounds(character: str) -> frozenset[str]:
    """The syllables a character is read by, without tones; any other sign stands for itself, in small letters."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True)
    return frozenset(one.lower() for one in found[0] if one)


@cache
def _initials(character: str) -> frozenset[str]:
    return frozenset(sound[0] for sound in sounds(character))
