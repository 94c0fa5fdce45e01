"""Placed things: what the painter draws, in twips. Pure values, no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from ui.printing.model import Border, CharStyle, PageSetup

MM_PER_TWIP = 25.4 / 1440


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one font at x from the column's left; `letter` and `word` are added after each letter and space."""

    x: float
    width: float
    text: str
    style: CharStyle
    east_asian: bool
    letter: float = 0.0
    word: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line."""

    x1: float
    y1: float
    x2: float
    y2: float
    border: Border


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paragraph. `before` is the paragraph's spacing above, `after` that below its last line.

    `index` and `count` place the line in its paragraph; rules (paragraph borders) are relative to the line's top left.
    """

    height: float
    baseline: float
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...] = ()
    before: float = 0.0
    after: float = 0.0
    index: int = 0
    count: int = 1
    new_page: bool = False
    ends_page: bool = False
    keep_next: bool = False
    keep_lines: bool = False
    widow_control: bool = True

    @property
    def text(self) -> str:
        """The words of the line in order."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Placed:
    """A line at its place on the page."""

    x: float
    y: float
    line: Line


@dataclass(frozen=True)
class Page:
    """One finished page."""

    setup: PageSetup
    lines: tuple[Placed, ...]
    rules: tuple[Rule, ...]
