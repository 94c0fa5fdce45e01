"""Where certain words stand on laid-out pages, so that the preview can draw a marker under them."""

from __future__ import annotations

from collections.abc import Iterator

from ui.printing import fonts
from ui.printing.boxes import MM_PER_TWIP, Piece
from ui.printing.pages import PageSet

Area = tuple[float, float, float, float]


def marked_areas(pages: PageSet, page: int, opening: str, closing: str) -> list[Area]:
    """x, y, width and height in mm of every stretch of a page (from 0) that runs from `opening` to `closing`.

    A stretch that is broken over lines gives an area for each of them.
    """
    areas: list[Area] = []
    inside = False
    for placed in pages.pages[page].lines:
        for piece in placed.line.pieces:
            stretches, inside = _stretches(piece.text, opening, closing, inside)
            for start, end in stretches:
                left, right = _x(piece, start), _x(piece, end)
                area = (placed.x + left, placed.y, right - left, placed.line.height)
                areas.append(_in_mm(*area))
    return areas


def _in_mm(x: float, y: float, width: float, height: float) -> Area:
    return x * MM_PER_TWIP, y * MM_PER_TWIP, width * MM_PER_TWIP, height * MM_PER_TWIP


def _stretches(text: str, opening: str, closing: str, inside: bool) -> tuple[list[tuple[int, int]], bool]:
    """Start and end of each stretch in `text`, and whether the last one is still open at its end."""
    found = list(_walk(text, opening, closing, inside))
    still = bool(found) and found[-1][1] == len(text) and not text.endswith(closing)
    return found, still


def _walk(text: str, opening: str, closing: str, inside: bool) -> Iterator[tuple[int, int]]:
    start = 0 if inside else text.find(opening)
    while start >= 0 and text:
        end = text.find(closing, start)
        if end < 0:
            yield start, len(text)
            return
        yield start, end + len(closing)
        start = text.find(opening, end)


def _x(piece: Piece, place: int) -> float:
    """How far into its line the letter at `place` of a piece begins, in twips."""
    before = piece.text[:place]
    stretched = len(before) * piece.letter + before.count(" ") * piece.word
    return piece.x + fonts.advance(piece.style, piece.east_asian, before) + stretched
