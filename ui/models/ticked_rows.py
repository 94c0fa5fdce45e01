"""Rows with a box to tick in the first column: for choosing several at once by Space or mouse."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from ui.models.rows import Column, Index, Row, RowsModel, value_of


class TickedRows(RowsModel):
    """A `RowsModel` that remembers which rows are ticked, by their `key`; a filter does not untick what it hides.

    Signals:
        ticks_changed(): what is ticked changed.
    """

    ticks_changed = Signal()

    def __init__(self, columns: Sequence[Column], key: str, parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._key = key
        self._ticked: set[object] = set()

    @property
    def ticked(self) -> list[Row]:
        """The ticked rows, in the order they came."""
        return [row for row in self._all if value_of(row, self._key) in self._ticked]

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; ticks stay on those that are still there."""
        super().set_rows(rows)
        self._ticked &= {value_of(row, self._key) for row in rows}
        self.ticks_changed.emit()

    def is_ticked(self, row: Row) -> bool:
        """Whether `row` is ticked."""
        return value_of(row, self._key) in self._ticked

    def tick(self, rows: Sequence[Row], wanted: bool = True) -> None:
        """Tick or untick `rows`."""
        keys = {value_of(row, self._key) for row in rows}
        self._ticked = self._ticked | keys if wanted else self._ticked - keys
        if self.rowCount():
            roles = [Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.AccessibleTextRole]
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0), roles)
        self.ticks_changed.emit()

    # -- Qt --

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() and index.column() == 0 else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The box of the first column, in the eye and in words; all else as in `RowsModel`."""
        row = self.row(index)
        if row is not None and index.column() == 0:
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if self.is_ticked(row) else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return f"{'已勾选' if self.is_ticked(row) else '未勾选'} {super().data(index, role)}"
        return super().data(index, role)

    def setData(  # noqa: N802 — Qt's name
        self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tick by mouse or by the view's own key."""
        row = self.row(index)
        if row is None or index.column() != 0 or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick([row], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True
