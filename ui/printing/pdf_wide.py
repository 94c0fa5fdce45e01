"""So that rare characters of names (𠮷, 𡋾 …), which lie beyond U+FFFF, can be searched in the PDF and copied from it.

Qt draws them but leaves them out of a font's ToUnicode list. It numbers the glyphs of a font in the order they are
first drawn, so the numbers missing in the list are, in order, the wide characters in the order they first appear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QFont, QRawFont

from ui.printing import fonts
from ui.printing.pages import PageSet
from ui.printing.pdf_offsets import table_of_offsets, with_body

_WIDE = 0xFFFF
_SHARED = frozenset(["", *"\x00\t \u2003\u3000"])  # given already, .notdef, spaces: of any font
_LIST = re.compile(rb"/ToUnicode (\d+) 0 R")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\[([^\]]*)\])")
_WIDE_ENTRY = re.compile(rb"<([0-9A-F]{4})> <[0-9A-F]{8}>")
_LENGTH = re.compile(rb"/Length (\d+)")


@dataclass(frozen=True)
class _Drawn:
    """What was drawn with one font: its wide characters in the order they first appear, and all others."""

    wide: tuple[str, ...]
    others: frozenset[str]

    def gaps(self, mapped: dict[int, str]) -> list[int]:
        """The glyphs of a font's list that would be these wide characters; none if the list is of another font."""
        if not {*mapped.values()} <= self.others | _SHARED:
            return []
        found = [glyph for glyph in range(1, len(mapped) + len(self.wide)) if glyph not in mapped]
        return found if len(found) == len(self.wide) else []

    def distance(self, mapped: dict[int, str]) -> int:
        """How many characters the list and what was drawn do not have in common."""
        return len(self.others ^ ({*mapped.values()} - _SHARED))


def with_wide_characters(pdf: bytes, pages: PageSet) -> bytes:
    """The PDF with the wide characters in its ToUnicode lists; unchanged where no character is wide."""
    for drawn in _drawn(pages):
        places = [_object(pdf, int(number)) for number in _LIST.findall(pdf)]
        lists = [(place, _mapped(pdf[slice(*place)])) for place in places]
        fits = [(place, mapped) for place, mapped in lists if drawn.gaps(mapped)]
        if fits:
            (start, end), mapped = min(fits, key=lambda fit: drawn.distance(fit[1]))
            pdf = _replaced(pdf, start, end, _with_entries(pdf[start:end], drawn.gaps(mapped), drawn.wide))
    return pdf


def _drawn(pages: PageSet) -> Iterator[_Drawn]:
    """By font; the characters a font lacks come from another one, which Qt chooses and draws in the same order."""
    texts: dict[str, tuple[QFont, dict[str, None]]] = {}
    for piece in pages.pieces():
        font = fonts.font(piece.style, piece.east_asian)
        key = f"{font.family()}/{font.bold()}/{font.italic()}"
        texts.setdefault(key, (font, {}))[1].update(dict.fromkeys(piece.text))
    for font, characters in texts.values():
        raw = QRawFont.fromFont(font)
        for own in (True, False):
            part = [one for one in characters if any(raw.glyphIndexesForString(one)) == own]
            if wide := tuple(one for one in part if ord(one) > _WIDE):
                yield _Drawn(wide, frozenset(part) - {*wide, *_SHARED})


def _object(pdf: bytes, number: int) -> tuple[int, int]:
    start = pdf.index(b"\n%d 0 obj\n" % number) + 1
    return start, pdf.index(b"endobj", start)


def _mapped(cmap: bytes) -> dict[int, str]:
    found = {}
    for first, last, one, several in _RANGE.findall(cmap):
        begin, end = int(first, 16), int(last, 16)
        if one:
            codes = [int(one, 16) + step for step in range(end - begin + 1)]
        else:
            codes = [int(code.strip(b"<>"), 16) for code in several.split()]
        found.update({begin + step: chr(code) for step, code in enumerate(codes)})
    found.update({int(glyph, 16): "" for glyph in _WIDE_ENTRY.findall(cmap)})
    return found


def _with_entries(cmap: bytes, glyphs: list[int], characters: tuple[str, ...]) -> bytes:
    pairs = zip(glyphs, characters, strict=True)
    lines = [b"<%04X> <%s>" % (glyph, one.encode("utf-16-be").hex().upper().encode()) for glyph, one in pairs]
    entries = b"%d beginbfchar\n%s\nendbfchar\n" % (len(lines), b"\n".join(lines))
    longer = cmap.replace(b"endcmap", entries + b"endcmap", 1)
    return _LENGTH.sub(lambda found: b"/Length %d" % (int(found[1]) + len(entries)), longer, count=1)


def _replaced(pdf: bytes, start: int, end: int, new: bytes) -> bytes:
    """The PDF with other bytes for those from `start` to `end`, and its table of offsets moved by the difference."""
    return with_body(pdf, pdf[:start] + new + pdf[end : table_of_offsets(pdf)], start)
