"""How a roll is painted: five days as word, shape and colour, and the four states of a child as buttons in its row."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.models.roll_sheet import PRESENT, SHAPES, SOUGHT, SOUGHT_SHAPE, TINTS, state_of, state_words
from ui.models.rows import ROW
from ui.theme import colour

Index = QModelIndex | QPersistentModelIndex
Look = Any  # a QStyleOptionViewItem; PySide6's stubs leave out its fields
LETTERS = {"旷课": "旷", "病假": "病", "事假": "事"}
STATES = tuple(SHAPES)
GAP = 3  # px between squares and between buttons
EDGE = 8  # px beside the squares
MARGIN = 4  # px beside the buttons
WIDE, NARROW = 4, 3  # characters of an absence with room for its shape, and without


class StripDelegate(QStyledItemDelegate):
    """Paints the last five 上课日: 在校 a small square, 旷 filled, 病 and 事 outlined, not called hatched, sought ◇."""

    def paint(self, painter: QPainter, option: Look, index: Index) -> None:
        """Paint one child's strip."""
        _ground(painter, option)
        row = index.data(ROW)
        side = _side(option.fontMetrics.horizontalAdvance("永"))
        left = option.rect.left() + EDGE
        painter.save()
        painter.setFont(_smaller(option.font))
        for one in row.strip:
            top = option.rect.center().y() - side // 2
            _square(painter, QRect(left, top, side, side), one.kind, half=one.half)
            left += side + GAP
        painter.restore()


class StateDelegate(QStyledItemDelegate):
    """Paints the state; the row worked on, or pointed at, shows all four to click.

    Signals:
        picked(place, kind, half): a state was clicked, an empty kind for 在校; `half` with Shift held.
    """

    picked = Signal(int, str, bool)

    def paint(self, painter: QPainter, option: Look, index: Index) -> None:
        """Paint one child's state."""
        _ground(painter, option)
        row = index.data(ROW)
        painter.save()
        if row.leave:
            painter.setPen(colour("today"))
            painter.drawText(
                option.rect.adjusted(12, 0, 0, 0),
                Qt.AlignmentFlag.AlignVCenter,
                f"{state_words(row)}（已请假）",
            )
        elif state_of(row) == SOUGHT and not option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(colour("quiet"))
            painter.drawText(
                option.rect.adjusted(12, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, state_words(row)
            )
        else:
            flags = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver
            active = bool(option.state & flags)
            for state, place in zip(STATES, chip_rects(option), strict=True):
                if state == state_of(row):
                    _chosen(painter, place, state, row.part)
                elif active:
                    _offered(painter, place, state)
        painter.restore()

    def editorEvent(  # noqa: N802 — Qt's name
        self, event: QEvent, model: QAbstractItemModel, option: Look, index: Index
    ) -> bool:
        """A click on a state chooses it."""
        if _is_click(event):
            assert isinstance(event, QMouseEvent)  # a click is one
            for state, place in zip(STATES, chip_rects(option), strict=True):
                if place.contains(event.position().toPoint()):
                    half = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                    self.picked.emit(index.row(), "" if state == PRESENT else state, half)
                    return True
        return super().editorEvent(event, model, option, index)


def _is_click(event: QEvent) -> bool:
    released = event.type() == QEvent.Type.MouseButtonRelease
    return released and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton


def chip_rects(option: Look) -> list[QRect]:
    """Where the four states stand in a cell; the absences are wide enough for a shape where the cell is."""
    em = option.fontMetrics.horizontalAdvance("永")
    absence = WIDE if option.rect.width() >= states_width(em, WIDE) else NARROW
    height = option.fontMetrics.height() + 6
    top = option.rect.center().y() - height // 2
    left = option.rect.left() + MARGIN
    places = []
    for state in STATES:
        width = em * 5 // 2 if state == PRESENT else em * absence
        places.append(QRect(left, top, width, height))
        left += width + GAP
    return places


def strip_width(em: int, days: int) -> int:
    """How wide a cell of that many days is."""
    return days * (_side(em) + GAP) + 2 * EDGE


def _side(em: int) -> int:
    return em + 3


def states_width(em: int, absence: int) -> int:
    """How wide a cell of four states is, with absences of that many characters."""
    return em * 5 // 2 + (em * absence + GAP) * (len(STATES) - 1) + 2 * MARGIN


def _ground(painter: QPainter, option: Look) -> None:
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, colour("chosen"))
    elif option.features & QStyleOptionViewItem.ViewItemFeature.Alternate:
        painter.fillRect(option.rect, colour("ground"))


def _square(painter: QPainter, place: QRect, kind: str, *, half: bool) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if kind == "未记录":
        painter.setPen(QPen(colour("unknown")))
        painter.setBrush(QBrush(colour("unknown"), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(place.adjusted(1, 1, -2, -2))
    elif kind == SOUGHT:
        painter.setPen(QPen(colour("unknown")))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, SOUGHT_SHAPE)
    elif kind in LETTERS:
        ink = colour(TINTS[kind])
        filled = kind == "旷课" and not half
        _lettered(painter, place, "半" if half else LETTERS[kind], ink, filled=filled)
    else:
        quarter = place.width() // 3
        painter.fillRect(place.adjusted(quarter, quarter, -quarter, -quarter), colour("quiet"))


def _lettered(painter: QPainter, place: QRect, letter: str, ink: QColor, *, filled: bool) -> None:
    painter.setPen(QPen(ink))
    if filled:
        painter.setBrush(QBrush(ink))
    painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), 2, 2)
    painter.setPen(QPen(colour("surface") if filled else ink))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letter)


def _chosen(painter: QPainter, place: QRect, state: str, part: str) -> None:
    painter.save()
    ink = colour(TINTS[state])
    narrow = place.width() < painter.fontMetrics().horizontalAdvance("永") * WIDE
    words = _chosen_words(state, part, narrow=narrow and state != PRESENT)
    painter.setPen(QPen(ink))
    if state == "旷课":
        painter.setBrush(QBrush(ink))
        painter.drawRoundedRect(place, 4, 4)
        painter.setPen(QPen(colour("surface")))
    elif state != PRESENT:
        painter.setBrush(QBrush(colour("today_ground")))
        painter.drawRoundedRect(place, 4, 4)
    if part != "全天" or (narrow and state != PRESENT):
        painter.setFont(_smaller(painter.font()))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def _chosen_words(state: str, part: str, *, narrow: bool) -> str:
    if part != "全天":
        return f"{LETTERS[state] if narrow else state}{part}"
    return f"{SHAPES[state]}{'' if narrow else ' '}{state}".strip()


def _offered(painter: QPainter, place: QRect, state: str) -> None:
    painter.setPen(QPen(colour("line")))
    painter.setBrush(QBrush(colour("surface")))
    painter.drawRoundedRect(place, 4, 4)
    painter.setPen(QPen(colour("quiet")))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, state)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _smaller(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(max(font.pixelSize() - 2, 10))
    return small
