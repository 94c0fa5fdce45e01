"""So that words copied out of the PDF, or searched in it, are the words that were typed.

Open fonts draw 生 and the radical ⽣ (U+2F63) with one glyph, and Qt notes the radical for both. The notes stand
uncompressed in the file as four hexadecimal digits, so the right character takes exactly the wrong one's place.
"""

from __future__ import annotations

import re

from PySide6.QtGui import QRawFont

from ui.printing import fonts
from ui.printing.boxes import Piece
from ui.printing.pages import PageSet

_RADICALS = [chr(code) for code in range(0x2E80, 0x2FE0)]
# A space shares its glyph with the tab, the wide space with the em space.
_ALWAYS = {"\t": " ", "\u2003": "\u3000"}
_CMAP = re.compile(rb"beginbfrange\n.*?endbfrange", re.DOTALL)
# A glyph between two gaps stands alone, outside of [ ].
_LIST = re.compile(rb"\[[^\]]*\]|(?<=> )<[0-9A-F]{4}>(?=\n)")
_CODE = re.compile(rb"<([0-9A-F]{4})>")


def with_typed_characters(pdf: bytes, pages: PageSet) -> bytes:
    """The PDF with every radical that stands for a typed character replaced by that character, length unchanged."""
    typed = {**_ALWAYS, **_typed_for_radicals(pages)}

    def character(match: re.Match[bytes]) -> bytes:
        char = chr(int(match[1], 16))
        return b"<%04X>" % ord(typed.get(char, char))

    def in_lists(match: re.Match[bytes]) -> bytes:
        return _LIST.sub(lambda found: _CODE.sub(character, found[0]), match[0])

    return _CMAP.sub(in_lists, pdf)


def _typed_for_radicals(pages: PageSet) -> dict[str, str]:
    found: dict[str, str] = {}
    used: dict[str, tuple[Piece, set[str]]] = {}
    for piece in pages.pieces():
        font = fonts.font(piece.style, piece.east_asian)
        used.setdefault(f"{font.family()}/{font.bold()}", (piece, set()))[1].update(piece.text)
    for piece, characters in used.values():
        raw = QRawFont.fromFont(fonts.font(piece.style, piece.east_asian))
        radicals = {glyph: radical for radical in _RADICALS if (glyph := _glyph(raw, radical))}
        for char in sorted(characters):
            radical = radicals.get(_glyph(raw, char))
            if radical and "\u3400" <= char <= "\u9fff":
                found[radical] = char
    return found


def _glyph(raw: QRawFont, char: str) -> int:
    glyphs = raw.glyphIndexesForString(char)
    return int(glyphs[0]) if glyphs else 0
