"""Tables that leave out their lesser columns where there is no room for all of them (large type, small screens)."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QTableView

from ui.widgets.parts import column_width


class ColumnsThatFit(QObject):
    """Hides columns of a table while it is narrower than they need; `least` is column → width in characters."""

    def __init__(self, table: QTableView, least: Mapping[int, int]) -> None:
        super().__init__(table)
        self._table = table
        self._least = dict(least)
        table.installEventFilter(self)

    def widen(self, column: int, characters: int, least: int) -> None:
        """Give a column room for so many Chinese characters, and hide it while the table is narrower than `least`."""
        self._table.setColumnWidth(column, column_width(self._table, characters))
        self._least[column] = least
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Look again when the table's width changes."""
        if watched is self._table and event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        room = self._table.width() / self._table.fontMetrics().horizontalAdvance("永")
        for column, least in self._least.items():
            self._table.setColumnHidden(column, room < least)
