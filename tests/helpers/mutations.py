"""Damage done to a file, the same for the same seed: bits, cuts, numbers without end, foreign pieces."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Sequence

PIECES = (
    b"\x00", b"\xff" * 8, b"9" * 400, b"-1", b"1e308", b"nan", b"[" * 3000, b"{" * 3000, b"<td" * 2000, b"&a;" * 99,
    b"\xed\xa0\x80", "２０２７".encode(), "²".encode(), b"'''", b"\xef\xbb\xbf", b"A1048576", b"XFD1048576",
    b"1048577", b"{{ (((((", b"{% if 1 in 2 %}", b"../../x", b"2027-02-30", b"0000-00-00", "\u202e".encode(),
)  # fmt: skip
"""What broke readers before, or is like it."""


def mutated(content: bytes, seed: int) -> bytes:
    """`content` damaged in one to four places; inside a zip it is an entry that is damaged, every second time."""
    chance = random.Random(seed)
    if content[:2] == b"PK" and chance.random() < 0.5 and (packed := _repacked(content, chance)):
        return packed
    return _damaged(content, chance)


def _damaged(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(_WAYS)(content, chance) if content else chance.choice(PIECES)
    return content


def _repacked(content: bytes, chance: random.Random) -> bytes:
    """The zip with one entry damaged or gone; empty where it cannot be opened as one."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as source:
            entries = [(name, source.read(name)) for name in source.namelist()]
    except Exception:  # a seed may itself be a damaged file
        return b""
    chosen = chance.randrange(len(entries)) if entries else -1
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, data) in enumerate(entries):
            if number != chosen:
                archive.writestr(name, data)
            elif chance.random() < 0.9:
                archive.writestr(name, _damaged(data, chance))
    return target.getvalue()


def _flip(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes((content[place] ^ 1 << chance.randrange(8),)) + content[place + 1 :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _without_a_middle(content: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(content))
    return content[:first] + content[first + chance.randint(1, 64) :]


def _with_a_piece(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.choice(PIECES) + content[place:]


def _twice(content: bytes, chance: random.Random) -> bytes:
    first = chance.randrange(len(content))
    piece = content[first : first + chance.randint(1, 4096)]
    return content[:first] + piece * chance.randint(2, 20) + content[first:]


def _other_number(content: bytes, chance: random.Random) -> bytes:
    numbers = list(re.finditer(rb"\d+", content[:200_000]))
    if not numbers:
        return _flip(content, chance)
    one = chance.choice(numbers)
    new = chance.choice(
        (b"0", b"-1", b"9" * 30, b"9" * 5000, b"4294967296", b"1e999", b"inf", b"true", b'"x"')
    )
    return content[: one.start()] + new + content[one.end() :]


_WAYS: Sequence[Callable[[bytes, random.Random], bytes]] = (
    _flip,
    _flip,
    _cut,
    _without_a_middle,
    _with_a_piece,
    _twice,
    _other_number,
)
