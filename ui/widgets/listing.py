"""A table that says in words when it is empty, and opens its row with Enter or a double click."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedLayout, QTableView, QWidget

from ui.models.rows import Column, Row, RowsModel
from ui.widgets.parts import column, label, table

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Listing(QWidget):
    """Rows under headings, or a sentence where there are none. `whole` gives a row's text in full, shown below the
    table where a column is too narrow for it.

    Signals:
        opened(row): Enter or a double click on a row (a dict).
        chosen(row): another row became the current one, or None.
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(
        self, name: str, columns: Sequence[Column], empty: str, whole: Callable[[Row], str] | None = None
    ) -> None:
        super().__init__()
        self._whole = whole
        self.model = RowsModel(columns, self)
        self.view: QTableView = table(self.model, name)
        self._empty = label(empty, "empty", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(24)
        self._words = label("", wrap=True)
        self._words.setMargin(8)
        self._filled = QWidget()
        self._filled.setLayout(column(self.view, self._words, spacing=0))
        self._words.setVisible(whole is not None)  # only now: without a parent it would be a window
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self._empty)
        self._layout.addWidget(self._filled)
        self.view.doubleClicked.connect(self._open)
        self.view.selectionModel().currentChanged.connect(lambda now, _before: self._choose(now))
        self.view.installEventFilter(self)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show `rows`, the first one chosen."""
        self.model.set_rows(rows)
        self._layout.setCurrentWidget(self._filled if rows else self._empty)
        if rows:
            self.view.selectRow(0)
        else:
            self.chosen.emit(None)

    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.model.row(self.view.currentIndex())

    def _choose(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if self._whole is not None and row is not None:
            self._words.setText(self._whole(row))
        self.chosen.emit(row)

    def _open(self, index: QModelIndex) -> None:
        if (row := self.model.row(index)) is not None:
            self.opened.emit(row)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Enter opens the row under the cursor."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            self._open(self.view.currentIndex())
            return True
        return False
