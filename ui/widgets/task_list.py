"""The list 今日: a row is a sentence with its reason and one button; arrows walk, Enter opens, a click does both."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QWidget,
)

from app.service.screens.today import TaskRow
from ui.models.rows import ROW
from ui.models.tasks import Heading, TasksModel
from ui.theme import STATE_COLOURS, STATE_SIGNS, colour

Index = QModelIndex | QPersistentModelIndex
Option = Any  # QStyleOptionViewItem: the stubs of PySide6 leave out its rect, font, state and widget
PAD = 10  # px above and below a row's words
BETWEEN = 4  # px between title and reason
GAP = 16  # px between the columns of a row
DUE_WIDTH, BUTTON_WIDTH = 8, 6  # Chinese characters
WRAP = Qt.TextFlag.TextWordWrap  # which also keeps ：and 。off the start of a line
SMALL = 0.93  # size of the reason against the title


class RowLayout:
    """Where the parts of a row lie in a rectangle, for painting and for the mouse."""

    def __init__(self, rect: QRect, font: QFont) -> None:
        em = QFontMetrics(font).horizontalAdvance("永")
        self.bold = QFont(font)
        self.bold.setBold(True)
        self.small = QFont(font)
        self.small.setPixelSize(max(round(font.pixelSize() * SMALL), 12))
        inner = rect.adjusted(GAP, PAD, -GAP, -PAD)
        height = QFontMetrics(font).height() + PAD
        top = rect.top() + (rect.height() - height) // 2
        self.button = QRect(inner.right() - em * BUTTON_WIDTH, top, em * BUTTON_WIDTH, height)
        self.due = QRect(inner.left(), inner.top(), em * DUE_WIDTH, inner.height())
        left = self.due.right() + GAP
        self.words = QRect(left, inner.top(), self.button.left() - GAP - left, inner.height())

    def title_height(self, title: str) -> int:
        """Px the title takes, wrapped to its column."""
        return _height(self.bold, self.words.width(), title)

    def height(self, title: str, why: str) -> int:
        """Px a row needs for its title, its reason and its button."""
        words = self.title_height(title) + BETWEEN + _height(self.small, self.words.width(), why)
        return max(words, self.button.height()) + 2 * PAD


class TaskDelegate(QStyledItemDelegate):
    """Paints headings and tasks; the chosen row's button is the one to press."""

    def sizeHint(self, option: Option, index: Index) -> QSize:  # noqa: N802 — Qt's name
        """As high as title and reason need at the view's width."""
        row = index.data(ROW)
        view = option.widget
        width = view.row_width if isinstance(view, TaskList) else option.rect.width()
        if not isinstance(row, TaskRow):
            return QSize(width, QFontMetrics(option.font).height() + PAD)
        families, size = tuple(option.font.families()), option.font.pixelSize()
        return QSize(width, _row_height(families, size, width, row.title, row.why))

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        """Draw one row."""
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, Heading):
            _paint_heading(painter, option, row)
        else:
            _paint_task(painter, option, row)
        painter.restore()


class TaskList(QListView):
    """The list itself.

    Signals:
        opened(row): the button of a task was pressed, by Enter, double click or a click on it.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tasks = TasksModel()
        self.setModel(self.tasks)
        self.setItemDelegate(TaskDelegate(self))
        self.setAccessibleName("今天要办的事")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(24)

    @property
    def row_width(self) -> int:
        """Px a row is measured for: beside the scroll bar, shown or not, so that hundreds are not measured twice."""
        return self.width() - self.verticalScrollBar().sizeHint().width() - 2 * self.frameWidth()

    def show_tasks(self, rows: Sequence[TaskRow]) -> None:
        """Show these tasks; what was chosen stays chosen, or its neighbour if it is done."""
        old = self.tasks.row(self.currentIndex())
        place = max(self.currentIndex().row(), 0)
        self.tasks.set_tasks(rows)
        self.setCurrentIndex(self.tasks.near(old.key if old else "", place))

    def moveCursor(  # noqa: N802 — Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key leads; one that would end on a heading ends on the task under it."""
        target = super().moveCursor(action, modifiers)
        on_heading = target.isValid() and self.tasks.row(target) is None
        return self.tasks.near("", target.row()) if on_heading else target

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 — Qt's name
        """The first heading comes into view with its first task."""
        super().currentChanged(current, previous)
        if current.row() == 1:
            self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Enter and the space bar press the chosen row's button."""
        keys = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
        row = self.tasks.row(self.currentIndex())
        if event.key() in keys and row is not None:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's name
        """A click on a button presses it."""
        super().mouseReleaseEvent(event)
        row = self._row_of_button(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.opened.emit(row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's name
        """A double click beside the button presses it too; on it, the two clicks already did."""
        super().mouseDoubleClickEvent(event)
        point = event.position().toPoint()
        row = self.tasks.row(self.indexAt(point))
        if row is not None and self._row_of_button(point) is None:
            self.opened.emit(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 — Qt's name
        """A hand over the buttons."""
        over = self._row_of_button(event.position().toPoint()) is not None
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Words wrap anew when the width changes."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Rows grow with the type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def _row_of_button(self, point: QPoint) -> TaskRow | None:
        index = self.indexAt(point)
        row = self.tasks.row(index)
        if row is None:
            return None
        button = RowLayout(self.visualRect(index), self.font()).button
        return row if button.contains(point) else None


@lru_cache(maxsize=4096)  # the view asks for every row several times, and hundreds may wait
def _row_height(families: tuple[str, ...], size: int, width: int, title: str, why: str) -> int:
    return _measuring(families, size, width).height(title, why)


@lru_cache(maxsize=4)
def _measuring(families: tuple[str, ...], size: int, width: int) -> RowLayout:
    font = QFont(list(families))  # all of them: the first is missing on some PCs, and the next one is higher
    font.setPixelSize(size)
    return RowLayout(QRect(0, 0, width, 100), font)


def _height(font: QFont, width: int, text: str) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), 10_000), WRAP, text).height()


def _paint_heading(painter: QPainter, option: Option, row: Heading) -> None:
    layout = RowLayout(option.rect, option.font)
    painter.fillRect(option.rect.adjusted(1, 0, 0, 0), colour("ground"))  # beside the focus frame
    painter.setFont(layout.bold)
    painter.setPen(colour(STATE_COLOURS[row.state]))
    words = f"{row.words}　{row.count}件"
    painter.drawText(
        option.rect.adjusted(GAP, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words
    )


def _paint_task(painter: QPainter, option: Option, row: TaskRow) -> None:
    layout = RowLayout(option.rect, option.font)
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen:
        painter.fillRect(option.rect.adjusted(1, 0, 0, 0), colour("chosen"))
        painter.fillRect(QRect(option.rect.topLeft(), QSize(4, option.rect.height())), colour("accent"))
    painter.setPen(colour("line"))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
    top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
    painter.setFont(layout.bold if row.state in {"overdue", "today"} else option.font)
    painter.setPen(colour(STATE_COLOURS[row.state]))
    painter.drawText(layout.due, top, f"{STATE_SIGNS[row.state][0]} {row.due}")
    painter.setFont(layout.bold)
    painter.setPen(colour("ink"))
    painter.drawText(layout.words, top | WRAP, row.title)
    painter.setFont(layout.small)
    painter.setPen(colour("quiet"))
    below = QRect(layout.words)
    below.setTop(below.top() + layout.title_height(row.title) + BETWEEN)
    painter.drawText(below, top | WRAP, row.why)
    _paint_button(painter, layout, row.button, chosen)


def _paint_button(painter: QPainter, layout: RowLayout, words: str, chosen: bool) -> None:
    painter.setFont(layout.bold)
    painter.setPen(QPen(colour("accent" if chosen else "line")))
    painter.setBrush(colour("accent" if chosen else "surface"))
    painter.drawRoundedRect(layout.button, 4, 4)
    painter.setPen(colour("surface" if chosen else "accent"))
    painter.drawText(layout.button, Qt.AlignmentFlag.AlignCenter, words)
