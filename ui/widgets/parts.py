"""Labels, buttons, cards and tables made the same way everywhere."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.models.rows import Column, RowsModel


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label; `role` is a style of guixue.qss (title, subtitle, quiet, overdue …)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def centred(words: QLabel) -> QLabel:
    """The label, its words in the middle: for what is said in an empty place."""
    words.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return words


class Button(QPushButton):
    """A button that Enter presses as the space bar does, wherever it stands; Qt does that in dialogs only."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Press it by Enter; held down it is pressed once."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, on_click: Callable[[], object], role: str = "", *, hint: str = "") -> QPushButton:
    """A button; `role` primary is the one thing to do next, link is quiet."""
    made = Button(text)
    made.setProperty("role", role)
    made.setToolTip(hint)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked: on_click())
    return made


def row(*widgets: QWidget | None, spacing: int = 8) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    for one in widgets:
        if one is None:
            layout.addStretch(1)
        else:
            layout.addWidget(one)
    return layout


def column(*widgets: QWidget | None, spacing: int = 8, margin: int = 0) -> QVBoxLayout:
    """Widgets one under another; None is a stretch."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margin, margin, margin, margin)
    for one in widgets:
        if one is None:
            layout.addStretch(1)
        else:
            layout.addWidget(one)
    return layout


def card(*widgets: QWidget | None, role: str = "card") -> QFrame:
    """A framed surface holding widgets one under another."""
    frame = QFrame()
    frame.setProperty("role", role)
    frame.setLayout(column(*widgets, margin=12))
    return frame


def scrolled(content: QWidget | None = None, name: str = "") -> QScrollArea:
    """`content` in an area that scrolls up and down. With a `name` it is a stop for the keyboard, so that what is only
    read can be scrolled; a form needs none, its fields are the stops."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name else Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setProperty("role", "read")
    if content is not None:
        area.setWidget(content)
    return area


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property it depends on changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def say(words: QLabel, text: str, role: str) -> None:
    """Let `words` say `text` in the style of `role`."""
    words.setText(text)
    words.setProperty("role", role)
    restyle(words)


def clear(layout: QVBoxLayout | QHBoxLayout | QGridLayout) -> None:
    """Take everything out of a layout and let it go."""
    while item := layout.takeAt(0):
        if inner := item.widget():
            inner.setParent(None)
            inner.deleteLater()
        elif isinstance(nested := item.layout(), QVBoxLayout | QHBoxLayout):
            clear(nested)


class TintDelegate(QStyledItemDelegate):
    """Cells keep the colour of their state while their row is chosen.

    `option` is a QStyleOptionViewItem; PySide6's stubs do not know its fields.
    """

    def initStyleOption(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:  # noqa: N802 — Qt's name
        """Chosen words take the model's colour too, not only the others."""
        super().initStyleOption(option, index)
        if tint := index.data(Qt.ItemDataRole.ForegroundRole):
            option.palette.setBrush(QPalette.ColorRole.HighlightedText, tint)


def table(model: RowsModel, name: str, *, sortable: bool = True) -> QTableView:
    """A table over `model`: whole rows chosen, 34-px rows, widths from the columns, Tab leaves it."""
    view = QTableView()
    view.setModel(model)
    view.setItemDelegate(TintDelegate(view))
    view.setAccessibleName(name)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.verticalHeader().setVisible(False)
    view.verticalHeader().setDefaultSectionSize(round(view.fontMetrics().height() * 1.75))
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    set_widths(view, [one.width for one in model.columns])
    if sortable:
        view.setSortingEnabled(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    return view


def set_widths(view: QTableView, characters: Sequence[int]) -> None:
    """Column widths in Chinese characters; a width of 0 takes the room that is left."""
    header = view.horizontalHeader()
    for place, count in enumerate(characters):
        if count == 0:
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        else:
            view.setColumnWidth(place, column_width(view, count))


def column_width(view: QTableView, characters: int) -> int:
    """How many px a column for that many Chinese characters takes."""
    return view.fontMetrics().horizontalAdvance("永") * characters + 20


def give_way(view: QTableView, columns: Sequence[Column], headings: Sequence[str], least: int) -> None:
    """Hide `headings` one after another until the column of width 0 has room for `least` characters."""
    spare = view.width() - sum(column_width(view, one.width) for one in columns if one.width)
    for heading in headings:
        place = next((at for at, one in enumerate(columns) if one.heading == heading), None)
        if place is None:
            continue
        narrow = spare < column_width(view, least)
        view.setColumnHidden(place, narrow)
        spare += column_width(view, columns[place].width) if narrow else 0


def strip(*widgets: QWidget | None) -> QWidget:
    """Widgets side by side as one widget without margins; None is a stretch."""
    made = QWidget()
    layout = row(*widgets)
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made
