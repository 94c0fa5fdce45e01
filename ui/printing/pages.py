"""The laid-out pages of one document, and the picture of one of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from ui.printing import fonts
from ui.printing.boxes import MM_PER_TWIP, Page, Piece
from ui.printing.flow import flow
from ui.printing.paint import paint_page
from ui.printing.read import read_docx

_INCH_IN_METRES = 0.0254
_FINE = 180


@dataclass(frozen=True)
class RuledLine:
    """A ruled line in mm from the page's top left corner; `style` is single, double, dashed or dotted."""

    x1: float
    y1: float
    x2: float
    y2: float
    style: str


@dataclass(frozen=True)
class PageSet:
    """Pages ready to be painted; the same set feeds PDF, preview and printer."""

    pages: tuple[Page, ...]

    @property
    def page_count(self) -> int:
        """Number of pages, at least one."""
        return len(self.pages)

    def page_size_mm(self, page: int) -> tuple[float, float]:
        """Width and height of a page (from 0) in mm."""
        setup = self.pages[page].setup
        return setup.width * MM_PER_TWIP, setup.height * MM_PER_TWIP

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page (from 0) at the painter's origin, in the true size for the resolution of its device."""
        paint_page(painter, self.pages[page])

    def texts(self, page: int) -> list[str]:
        """The lines of text of a page, in the order they were set."""
        return [placed.line.text for placed in self.pages[page].lines if placed.line.text.strip()]

    def pieces(self) -> Iterator[Piece]:
        """The pieces of all lines of all pages, in the order they were set."""
        for page in self.pages:
            for placed in page.lines:
                yield from placed.line.pieces

    def lines(self, page: int) -> list[RuledLine]:
        """The ruled lines of a page: borders of tables and paragraphs, no underlines."""
        found = list(self.pages[page].rules)
        result = [_in_mm(rule.x1, rule.y1, rule.x2, rule.y2, rule.border.style) for rule in found]
        for placed in self.pages[page].lines:
            for rule in placed.line.rules:
                x, y = placed.x, placed.y
                result.append(_in_mm(rule.x1 + x, rule.y1 + y, rule.x2 + x, rule.y2 + y, rule.border.style))
        return result


def _in_mm(x1: float, y1: float, x2: float, y2: float, style: str) -> RuledLine:
    return RuledLine(x1 * MM_PER_TWIP, y1 * MM_PER_TWIP, x2 * MM_PER_TWIP, y2 * MM_PER_TWIP, style)


def lay_out(docx: bytes) -> PageSet:
    """Lay a filled .docx out on pages.

    Raises UserError if it is not a .docx, EnvironmentProblem if this PC has no Chinese font.
    """
    document = read_docx(docx)
    fonts.ensure_application()
    return PageSet(flow(document))


def to_image(pages: PageSet, page: int, dpi: int) -> QImage:
    """A page (from 0) as a picture on white paper at `dpi` dots an inch.

    Painted finer and scaled down when `dpi` is that of a screen: Qt puts small letters on whole dots, which would
    pull the words of a line apart.
    """
    fonts.ensure_application()
    times = max(1, math.ceil(_FINE / dpi))
    width, height = (round(side / 25.4 * dpi) for side in pages.page_size_mm(page))
    image = QImage(width * times, height * times, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(dpi * times / _INCH_IN_METRES))
    image.setDotsPerMeterY(round(dpi * times / _INCH_IN_METRES))
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        pages.paint(painter, page)
    finally:
        painter.end()
    if times == 1:
        return image
    small = image.scaled(
        width, height, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    small.setDotsPerMeterX(round(dpi / _INCH_IN_METRES))
    small.setDotsPerMeterY(round(dpi / _INCH_IN_METRES))
    return small
