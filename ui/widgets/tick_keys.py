"""Keys of a table whose rows can be ticked."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

from ui.models.ticked_rows import TickedRows


class TickKeys(QObject):
    """Space ticks the row wherever the cursor stands in it, Enter does `entered`."""

    def __init__(self, table: QTableView, model: TickedRows, entered: Callable[[], None]) -> None:
        super().__init__(table)
        self._table, self._model, self._entered = table, model, entered
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Take the two keys before the table does."""
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            now = self._model.row(self._table.currentIndex())
            plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
            if event.key() == Qt.Key.Key_Space and now:
                self._model.tick([now], not self._model.is_ticked(now))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
                self._entered()
                return True
        return False
