"""一生一案 as a list of cards: painted, so that two hundred of them scroll as well as two."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate

from app.domain.dates import day_words, near_day_words
from app.domain.vocabulary import AWAY, IN_VAIN
from app.service.screens.case_entries import Card
from ui.models.rows import ROW, Column, RowsModel
from ui.theme import colour

BODY_LINES = 3  # of what was said, on a card; the rest is one key away
SIGNS = {
    "contact": ("●", "ink"),
    "paper": ("■", "accent"),
    "voided": ("×", "quiet"),
    "opening": ("▲", "today"),
    "return": ("√", "done"),
    "leave": ("◇", "week"),
    "annulled": ("×", "quiet"),
    "told": ("◇", "accent"),
    "look": ("√", "done"),
    "closing": ("√", "done"),
    "forced": ("■", "today"),
    "mark": ("◇", "today"),
    "right": ("◆", "quiet"),
}
OUTCOME_SIGNS = {
    **dict.fromkeys(IN_VAIN, ("○", "quiet")),
    "拒绝": ("●", "overdue"),
    "同意返校": ("●", "done"),
}
WHAT_SIGNS = {"恢复": ("▲", "today")}
Index = QModelIndex | QPersistentModelIndex


def sign_of(row: Card) -> tuple[str, str]:
    """The shape and the colour's name of an entry."""
    if row.kind == "look" and row.text.startswith(AWAY):
        return ("●", "overdue")
    return OUTCOME_SIGNS.get(row.outcome) or WHAT_SIGNS.get(row.what) or SIGNS[row.kind]


def heading_of(row: Card) -> str:
    """What happened, and with what outcome."""
    return "　".join(part for part in (row.what, row.outcome) if part)


def who_word(row: Card, visitor: str) -> str:
    """What the person of an entry is: `visitor` of a visit, 告知人 of what was told, else 经办人."""
    return {"contact": visitor, "told": "告知人"}.get(row.kind, "经办人")


def late_words(row: Card, today: date) -> str:
    """「11月20日补录，晚1天」 for what was entered after it happened; empty otherwise."""
    late = (row.entered_on - row.on).days
    return f"{near_day_words(row.entered_on, today)}补录，晚{late}天" if late > 0 else ""


def spoken(row: Card, today: date) -> str:
    """An entry as one sentence, for those who hear the page."""
    parts = [day_words(row.on), row.what, row.outcome, row.text]
    parts += [row.who and who_word(row, "记录人") + row.who, late_words(row, today), *row.notes]
    return "，".join(part for part in parts if part)


class Timeline(QListView):
    """The entries of a case, newest first; `today` decides which of them need their year.

    Signals:
        opened(entry): a person wants to see one whole (Enter or a double click).
    """

    opened = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        column = Column("一生一案", words=heading_of, spoken=lambda row: spoken(row, today))
        self._model = RowsModel([column], self)
        self.setModel(self._model)
        self._cards = CardDelegate(self._width, today, self)
        self.setItemDelegate(self._cards)
        self.setProperty("role", "timeline")
        self.setAccessibleName("一生一案")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.verticalScrollBar().setSingleStep(24)
        self.setMouseTracking(True)
        self.activated.connect(self._open)

    @property
    def entries(self) -> list[Card]:
        """What is shown, top to bottom."""
        return self._model.rows

    def current(self) -> Card | None:
        """The card that is current."""
        return self._model.row(self.currentIndex())

    def show_entries(self, entries: Sequence[Card]) -> None:
        """Show other entries; the first is current."""
        self._cards.forget()
        self._model.set_rows(entries)
        self.scrollToTop()
        if entries:
            self.setCurrentIndex(self._model.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Break the lines anew: the list itself lays out again only when its height changes."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _width(self) -> int:
        return self.viewport().width()

    def _open(self, index: QModelIndex) -> None:
        row = self._model.row(index)
        if row is not None:
            self.opened.emit(row)


class CardDelegate(QStyledItemDelegate):
    """Paints an entry: a shape on the line of time, day and what happened, who, what was said, notes.

    `option` is a QStyleOptionViewItem; PySide6's stubs do not know its fields.
    """

    def __init__(self, width: Callable[[], int], today: date, parent: Timeline | None = None) -> None:
        super().__init__(parent)
        self._view_width = width
        self._today = today
        self._lines: dict[tuple[str, int, int], list[str]] = {}

    def forget(self) -> None:
        """Let go of the line breaks of entries that are gone."""
        self._lines.clear()

    def sizeHint(self, option: Any, index: Index) -> QSize:  # noqa: N802 — Qt's name
        """As wide as the list, as high as its lines."""
        row = index.data(ROW)
        metrics = QFontMetrics(option.font)
        width = self._view_width()
        lines = 1 + len(self._body(row, option.font, width)) + len(self._foot(row, option.font, width))
        return QSize(width - 1, lines * _leading(metrics) + metrics.height() + _gap(metrics))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """The card."""
        row = index.data(ROW)
        metrics = QFontMetrics(option.font)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)
        place = QRect(option.rect.topLeft(), self.sizeHint(option, index))
        frame = place.adjusted(_gutter(metrics), _gap(metrics) // 2, -2, -_gap(metrics) // 2)
        _paint_line(painter, place, frame, row, metrics)
        _paint_frame(painter, frame, option)
        self._paint_words(painter, frame, row, option.font)
        painter.restore()

    def _paint_words(self, painter: QPainter, frame: QRect, row: Card, font: QFont) -> None:
        metrics = QFontMetrics(font)
        inside = frame.adjusted(_pad(metrics), metrics.height() // 2, -_pad(metrics), 0)
        line = QRect(inside.topLeft(), QSize(inside.width(), _leading(metrics)))
        _paint_heading(painter, line, row, near_day_words(row.on, self._today), font)
        painter.setFont(font)
        width = self._view_width()
        for words, name in (
            *((one, "ink") for one in self._body(row, font, width)),
            *((one, "quiet") for one in self._foot(row, font, width)),
        ):
            line.translate(0, _leading(metrics))
            painter.setPen(colour(name))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)

    def _body(self, row: Card, font: QFont, width: int) -> list[str]:
        return self._broken(row.key + "b", row.text, font, width, BODY_LINES)

    def _foot(self, row: Card, font: QFont, width: int) -> list[str]:
        notes = " · ".join(part for part in (late_words(row, self._today), *row.notes) if part)
        return self._broken(row.key + "f", notes, font, width, 2)

    def _broken(self, key: str, text: str, font: QFont, width: int, most: int) -> list[str]:
        place = (key, width, font.pixelSize())
        if place not in self._lines:
            metrics = QFontMetrics(font)
            room = width - _gutter(metrics) - 2 * _pad(metrics) - 4
            self._lines[place] = broken(text, font, room, most)
        return self._lines[place]


def broken(text: str, font: QFont, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines of `width` px, the last one ended with … if something is left out."""
    if not text.strip():
        return []
    layout = QTextLayout(" ".join(text.split()), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        start = line.textStart()
        end = start + line.textLength()
        last = len(lines) == most - 1
        words = layout.text()[start:] if last else layout.text()[start:end]
        lines.append(
            QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, width) if last else words
        )
    layout.endLayout()
    return lines


def _leading(metrics: QFontMetrics) -> int:
    return round(metrics.height() * 1.12)


def _gap(metrics: QFontMetrics) -> int:
    return metrics.height() // 2


def _pad(metrics: QFontMetrics) -> int:
    return round(metrics.height() * 0.7)


def _gutter(metrics: QFontMetrics) -> int:
    return metrics.horizontalAdvance("永") * 2


def _paint_line(painter: QPainter, place: QRect, frame: QRect, row: Card, metrics: QFontMetrics) -> None:
    """The line of time in the gutter and the entry's shape on it."""
    shape, name = sign_of(row)
    across = place.left() + (frame.left() - place.left()) // 2
    painter.setPen(QPen(colour("line"), 2))
    painter.drawLine(QPointF(across, place.top()), QPointF(across, place.bottom() + 1))
    size = _leading(metrics)
    box = QRect(across - size // 2, frame.top() + metrics.height() // 2, size, size)
    painter.fillRect(box, colour("ground"))
    painter.setPen(colour(name))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shape)


def _paint_frame(painter: QPainter, frame: QRect, option: Any) -> None:
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    focused = chosen and bool(option.state & QStyle.StateFlag.State_HasFocus)
    painter.setBrush(colour("surface"))
    painter.setPen(QPen(colour("accent" if chosen else "line"), 2 if focused else 1))
    painter.drawRoundedRect(QRectF(frame).adjusted(1, 1, -1, -1), 6, 6)


def _paint_heading(painter: QPainter, line: QRect, row: Card, day: str, font: QFont) -> None:
    """`day`, what, outcome on the left; who on the right."""
    bold = QFont(font)
    bold.setBold(True)
    metrics, strong = QFontMetrics(font), QFontMetrics(bold)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.setPen(colour("quiet"))
    painter.drawText(line, middle, day)
    painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, row.who)
    before = max(metrics.horizontalAdvance(words) for words in ("12月31日　", f"{day}　"))
    left = line.adjusted(before, 0, 0, 0)
    painter.setFont(bold)
    painter.setPen(colour("ink"))
    room = line.right() - left.left() - metrics.horizontalAdvance(row.who) - _pad(metrics)
    outcome = strong.horizontalAdvance("　" + row.outcome) if row.outcome else 0
    what = strong.elidedText(row.what, Qt.TextElideMode.ElideRight, max(room - outcome, 0))
    painter.drawText(left, middle, what)
    left.adjust(strong.horizontalAdvance(what + "　"), 0, 0, 0)
    painter.setPen(colour(sign_of(row)[1]))
    painter.drawText(left, middle, row.outcome)
