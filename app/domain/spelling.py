"""The one normal form of what people type or paste: no invisible marks, one dot in names, half-width numbers.

It is applied before anything is compared, stored or printed.
"""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufe00-\ufe0f]"
)
"""Zero-width signs, marks of writing direction and variants, byte order marks."""
_OF_GBK = range(0xE815, 0xE865)
"""Private-use places that old Windows gives to GBK FE50 to FEA0; GB 18030 has real characters for most."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_DOT_SIGNS = ".．•‧・∙⋅･●｡。﹒ㆍ᛫⸱˙"
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]"
_HAN = re.compile(r"[\u4e00-\u9fff]+")
"""Chinese characters alone, as nearly every name is: already in every normal form there is."""
_DOTS = re.compile(rf"(?<=\w)[{re.escape(_DOT_SIGNS)}](?=\w)")
_SPACE_BESIDE_CJK = re.compile(rf"(?<={_CJK})\s+|\s+(?={_CJK})")
_LIKE_A_DOT = re.compile(rf"(?<={_CJK})[丶\-—–‐`'’,，_](?={_CJK})")
_NOTE = re.compile(
    rf"(?P<name>{_CJK}{{2,}})\s*(?:[(（\[【](?P<note>[^()（）\[\]【】]+)[)）\]】]|(?P<letter>[A-Za-z]))"
)


def visible(text: str) -> str:
    """`text` without signs nobody sees, and with the real character for a private-use one where it is known."""
    if text.isascii():
        return text
    return _PRIVATE.sub(_mapped, _INVISIBLE.sub("", text))


def half_width(text: str) -> str:
    """`visible` text with letters, digits and punctuation in half width."""
    if text.isascii() or _HAN.fullmatch(text):
        return text
    return unicodedata.normalize("NFKC", visible(text))


def person_name(text: str) -> str:
    """A name as it is stored: 张 三 → 张三, one kind of dot in 阿依古丽•买买提, single spaces in Latin names."""
    if _HAN.fullmatch(text):
        return text
    spaced = " ".join(visible(text).split())
    joined = _SPACE_BESIDE_CJK.sub("", spaced)
    return _DOTS.sub("·", joined.replace(" ·", "·").replace("· ", "·"))


def name_and_note(name: str) -> tuple[str, str]:
    """A name and the note a school put behind it to tell two children apart: 宋玉(大) → 宋玉, 大; 宋玉A → 宋玉, A."""
    found = _NOTE.fullmatch(name)
    return (found["name"], found["note"] or found["letter"]) if found else (name, "")


def is_han(text: str) -> bool:
    """Whether `text` is Chinese characters alone, at least one."""
    return _HAN.fullmatch(text) is not None


def odd_sign(name: str) -> str:
    """A sign in a name that stands for another: a missing character, or something like the dot between its parts;
    empty for none."""
    found = _PRIVATE.search(name) or _LIKE_A_DOT.search(name)
    return found[0] if found else ""


def is_private(sign: str) -> bool:
    """Whether a sign is one only its maker's fonts show."""
    return _PRIVATE.fullmatch(sign) is not None


def _mapped(found: re.Match[str]) -> str:
    sign = found[0]
    if ord(sign) not in _OF_GBK:
        return sign
    place = ord(sign) - _OF_GBK.start
    trail = 0x50 + place + (place >= 0x7F - 0x50)  # GBK leaves 7F out
    return bytes((0xFE, trail)).decode("gb18030")
