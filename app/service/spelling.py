"""Whether a name fits what was typed on a Latin keyboard: initials, whole syllables, or both mixed (zwj, zhouwj)."""

from functools import cache

from pypinyin import Style, pinyin


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
