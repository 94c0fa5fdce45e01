"""Pages on the screen as they will print: scrolled, zoomed, drawn beside the window's thread."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.context import Context
from ui.printing.marks import marked_areas
from ui.printing.pages import PageSet, to_image
from ui.theme import colour

GAP = 16  # px between pages and around them
FIT = 0  # the zoom that fits the width
ZOOMS = (50, 75, 100, 125, 150, 200)  # % of the true size
SCREEN_DPI = 96  # the true size of a page on screen
PAUSE = 80  # ms the size must be at rest before pages are drawn anew
HIGHLIGHTED = ("【请填", "】")


@dataclass(frozen=True)
class Picture:
    """A page drawn at some resolution, and the areas to highlight on it, as shares of its sides."""

    image: QImage
    highlights: tuple[QRectF, ...]


def draw(pages: PageSet, dpi: int) -> list[Picture]:
    """Draw all pages at `dpi`; slow, so not for the window's thread."""
    return [Picture(to_image(pages, page, dpi), _highlights(pages, page)) for page in range(pages.page_count)]


def _highlights(pages: PageSet, page: int) -> tuple[QRectF, ...]:
    width, height = pages.page_size_mm(page)
    areas = marked_areas(pages, page, *HIGHLIGHTED)
    return tuple(QRectF(x / width, y / height, w / width, h / height) for x, y, w, h in areas)


class PageView(QScrollArea):
    """Shows a document's pages one under another. Arrows and Page keys scroll, Ctrl+加减 zooms, Ctrl+0 fits."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._pages: PageSet | None = None
        self._zoom = FIT
        self._asked = 0
        self._sheets = _Sheets()
        self.setWidget(self._sheets)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("role", "read")
        self.setAccessibleName("文书页面")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE)
        self._rest.timeout.connect(self._draw)

    @property
    def pages(self) -> PageSet | None:
        """The pages shown, if any."""
        return self._pages

    @property
    def zoom(self) -> int:
        """Percent of the true size, or `FIT`."""
        return self._zoom

    @property
    def pictures(self) -> Sequence[Picture]:
        """What is drawn now, for tests."""
        return self._sheets.pictures

    def show_pages(self, pages: PageSet, stamp: str = "") -> None:
        """Show `pages`; `stamp` is written across each of them (已作废). The place scrolled to is kept."""
        self._pages = pages
        self._sheets.stamp = stamp
        words = [f"第{page + 1}页：{' '.join(pages.texts(page))}" for page in range(pages.page_count)]
        self.setAccessibleDescription(" ".join([stamp, f"共{pages.page_count}页。", *words]).strip())
        self._draw()

    def clear(self) -> None:
        """Show nothing."""
        self._pages = None
        self._asked += 1
        self.setAccessibleDescription("")
        self._sheets.show_pictures([], 1.0)

    def set_zoom(self, percent: int) -> None:
        """Show pages at `percent` of their true size, or `FIT` for the width of the view."""
        self._zoom = percent
        self._draw()

    def zoom_by(self, steps: int) -> None:
        """Go `steps` up (or down) the list of zooms, from what is seen now."""
        now = round(self._dpi() / SCREEN_DPI * 100)
        if steps > 0:
            self.set_zoom(next((one for one in ZOOMS if one > now), ZOOMS[-1]))
        else:
            self.set_zoom(next((one for one in reversed(ZOOMS) if one < now), ZOOMS[0]))

    def _dpi(self) -> float:
        if self._zoom or self._pages is None:
            return SCREEN_DPI * (self._zoom or 100) / 100
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - 2 * self.frameWidth() - bar - 2 * GAP
        widest = max(self._pages.page_size_mm(page)[0] for page in range(self._pages.page_count))
        return max(room, 120) / widest * 25.4

    def _draw(self) -> None:
        if self._pages is None or not self.isVisible():
            return
        self._asked += 1
        ratio = self.devicePixelRatioF()
        work = partial(draw, self._pages, math.floor(self._dpi() * ratio))
        self._context.tasks.compute(self, work, then=partial(self._show, self._asked, ratio))

    def _show(self, asked: int, ratio: float, pictures: list[Picture]) -> None:
        if asked == self._asked:  # else the size or the document changed; a newer answer is on its way
            self._sheets.show_pictures(pictures, ratio)

    # -- Qt --

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Fit the width again once the size is at rest."""
        super().resizeEvent(event)
        self._rest.start()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Draw what was set while the view was hidden."""
        super().showEvent(event)
        self._rest.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Ctrl with +, − and 0 zooms; Home and End go to the first and the last page."""
        bar = self.verticalScrollBar()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom_by(1)
        elif control and event.key() == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif control and event.key() == Qt.Key.Key_0:
            self.set_zoom(FIT)
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 — Qt's name
        """With Ctrl the wheel zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)


class _Sheets(QWidget):
    """The drawn pages, on the ground colour."""

    def __init__(self) -> None:
        super().__init__()
        self.stamp = ""
        self.pictures: list[Picture] = []
        self._ratio = 1.0

    def show_pictures(self, pictures: list[Picture], ratio: float) -> None:
        """Replace what is drawn; `ratio` is how many dots of a picture a pixel of the window has."""
        self.pictures, self._ratio = pictures, ratio
        sizes = [self._size(one) for one in pictures]
        width = max((size.width() for size in sizes), default=0) + 2 * GAP
        height = sum(size.height() + GAP for size in sizes) + GAP
        self.resize(width, height)
        self.update()

    def _size(self, picture: Picture) -> QSize:
        return QSize(round(picture.image.width() / self._ratio), round(picture.image.height() / self._ratio))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 — Qt's name
        """Paint each page with a thin edge, its highlights and its stamp."""
        painter = QPainter(self)
        top = GAP
        for one in self.pictures:
            size = self._size(one)
            sheet = QRectF((self.width() - size.width()) / 2, top, size.width(), size.height())
            painter.drawImage(sheet, one.image)
            painter.setPen(colour("line"))
            painter.drawRect(sheet)
            for area in one.highlights:
                _paint_highlight(painter, sheet, area)
            if self.stamp:
                _paint_stamp(painter, sheet, self.stamp)
            top += size.height() + GAP
        painter.end()


def _paint_highlight(painter: QPainter, sheet: QRectF, share: QRectF) -> None:
    """A marker pen over what is still missing: the letters stay readable, the word 请填 says the same."""
    area = QRectF(
        sheet.x() + share.x() * sheet.width(),
        sheet.y() + share.y() * sheet.height(),
        share.width() * sheet.width(),
        share.height() * sheet.height(),
    )
    ink = QColor(colour("today"))
    ink.setAlpha(56)
    painter.fillRect(area, ink)


def _paint_stamp(painter: QPainter, sheet: QRectF, words: str) -> None:
    painter.save()
    ink = QColor(colour("overdue"))
    ink.setAlpha(150)
    painter.setPen(ink)
    font = painter.font()
    font.setPixelSize(max(round(sheet.width() / 7), 12))
    font.setBold(True)
    painter.setFont(font)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(sheet.center())
    painter.rotate(-30)
    painter.drawText(
        QRectF(QPointF(-sheet.width(), -sheet.width() / 6), QPointF(sheet.width(), sheet.width() / 6)),
        Qt.AlignmentFlag.AlignCenter,
        words,
    )
    painter.restore()
