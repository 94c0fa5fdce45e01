"""Finished pages onto any QPainter; the painter's device says how many dots an inch has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.printing import fonts
from ui.printing.boxes import Page, Piece, Placed, Rule
from ui.printing.breaking import letters
from ui.printing.model import Border

TWIPS_PER_INCH = 1440
# Underline and strike-through as shares of the type's height, drawn by us so that blanks are underlined too.
_UNDERLINE_AT, _STRIKE_AT, _STROKE = 0.12, -0.30, 0.05
_WORDS = re.compile(r" +|[^ ]+")
_DASHES = {"dashed": (4.0, 3.0), "dotted": (1.0, 1.5)}


def paint_page(painter: QPainter, page: Page) -> None:
    """Paint a page with its top left corner at the painter's origin; the painter is left as it was."""
    device = painter.device()
    painter.save()
    painter.scale(device.logicalDpiX() / TWIPS_PER_INCH, device.logicalDpiY() / TWIPS_PER_INCH)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    for placed in page.lines:
        _line(painter, placed)
    for rule in page.rules:
        _rule(painter, rule)
    painter.restore()


def _line(painter: QPainter, placed: Placed) -> None:
    painter.save()
    painter.translate(placed.x, placed.y)
    for piece in placed.line.pieces:
        _piece(painter, piece, placed.line.baseline)
    for rule in placed.line.rules:
        _rule(painter, rule)
    painter.restore()


def _piece(painter: QPainter, piece: Piece, baseline: float) -> None:
    painter.setPen(QColor(piece.style.colour))
    painter.setFont(fonts.font(piece.style, piece.east_asian))
    for x, text in _spread(piece):
        painter.drawText(QPointF(x, baseline), text)
    em = piece.style.size * 10
    if piece.style.underline:
        _stroke(painter, piece, baseline + em * _UNDERLINE_AT)
    if piece.style.strike:
        _stroke(painter, piece, baseline + em * _STRIKE_AT)


def _spread(piece: Piece) -> Iterator[tuple[float, str]]:
    """What to draw where. Stretched or spaced text goes letter by letter (Latin: word by word) to its own place.

    Not by QFont's letter spacing: a PDF writer multiplies it by its resolution.
    """
    by_letter = piece.letter or piece.style.spacing
    if not by_letter and not piece.word:
        if not piece.text.isspace():
            yield piece.x, piece.text
        return
    x = piece.x
    for part in letters(piece.text) if by_letter else _WORDS.findall(piece.text):
        if not part.isspace():
            yield x, part
        x += fonts.advance(piece.style, piece.east_asian, part) + (
            piece.letter or piece.word * part.count(" ")
        )


def _stroke(painter: QPainter, piece: Piece, y: float) -> None:
    painter.setPen(QPen(QColor(piece.style.colour), piece.style.size * 10 * _STROKE))
    painter.drawLine(QLineF(piece.x, y, piece.x + piece.width, y))


def _rule(painter: QPainter, rule: Rule) -> None:
    if rule.border.style == "double":
        for offset in (-rule.border.width, rule.border.width):
            _stroke_rule(painter, rule, offset)
    else:
        _stroke_rule(painter, rule, 0.0)


def _stroke_rule(painter: QPainter, rule: Rule, offset: float) -> None:
    painter.setPen(_pen(rule.border))
    dx, dy = (offset, 0.0) if rule.x1 == rule.x2 else (0.0, offset)
    painter.drawLine(QLineF(rule.x1 + dx, rule.y1 + dy, rule.x2 + dx, rule.y2 + dy))


def _pen(border: Border) -> QPen:
    pen = QPen(QColor(border.colour), border.width)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap if border.style == "single" else Qt.PenCapStyle.FlatCap)
    if border.style in _DASHES:
        pen.setDashPattern(list(_DASHES[border.style]))
    return pen
