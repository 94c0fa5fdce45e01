"""One table model for every list: plain rows, columns as data, words for everything that is shown by colour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QFont

from ui.theme import colour

Index = QModelIndex | QPersistentModelIndex
Row = Any
"""A frozen dataclass of a use case; pages that are not typed yet hand in dicts."""
ROW = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Column:
    """A column: its heading, the words it shows of a row, what it sorts by, its width in characters, its colour and
    that of its ground (names of the theme, or an empty text), and what is said aloud where the words alone are not
    enough."""

    heading: str
    words: Callable[[Row], str]
    sort: Callable[[Row], Any] | None = None
    width: int = 10
    tint: Callable[[Row], str] | None = None
    spoken: Callable[[Row], str] | None = None
    bold: Callable[[Row], bool] | None = None
    centred: bool = False
    ground: Callable[[Row], str] | None = None


class RowsModel(QAbstractTableModel):
    """Shows rows through columns; `show` filters, clicking a heading sorts. `ROW` gives a row whole."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._all: list[Row] = []
        self._shown: list[Row] = []
        self._wanted: Callable[[Row], bool] | None = None
        self._order: tuple[int, Qt.SortOrder] | None = None
        self._bold = QFont()
        self._bold.setBold(True)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, left to right."""
        return self._columns

    @property
    def rows(self) -> list[Row]:
        """The rows shown now, top to bottom."""
        return self._shown

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows; filter and order stay."""
        self._all = list(rows)
        self._arrange()

    def show(self, wanted: Callable[[Row], bool] | None) -> None:
        """Show only the rows that `wanted` accepts; None shows all."""
        self._wanted = wanted
        self._arrange()

    def row(self, index: Index) -> Row | None:
        """The row at an index, if it is one."""
        return self._shown[index.row()] if index.isValid() and index.row() < len(self._shown) else None

    def position(self, key: str, value: object) -> int:
        """Where the row whose `key` is `value` stands, −1 if it is not shown."""
        return next((place for place, row in enumerate(self._shown) if value_of(row, key) == value), -1)

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = self._all if self._wanted is None else [row for row in self._all if self._wanted(row)]
        if self._order is not None:
            column, order = self._order
            key = self._columns[column].sort or self._columns[column].words
            rows = sorted(rows, key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self._shown = list(rows)
        self.endResetModel()

    # -- Qt --

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's name and default
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's name and default
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, says and looks like."""
        row = self.row(index)
        if row is None:
            return None
        column = self._columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return column.words(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading} {(column.spoken or column.words)(row)}"
        if role == Qt.ItemDataRole.ForegroundRole and column.tint and (name := column.tint(row)):
            return QBrush(colour(name))
        if role == Qt.ItemDataRole.BackgroundRole and column.ground and (name := column.ground(row)):
            return QBrush(colour(name))
        if role == Qt.ItemDataRole.FontRole and column.bold and column.bold(row):
            return self._bold
        if role == Qt.ItemDataRole.TextAlignmentRole and column.centred:
            return Qt.AlignmentFlag.AlignCenter
        return row if role == ROW else None

    def headerData(  # noqa: N802 — Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings; rows have no numbers."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._columns[section].heading
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; a column below 0 gives back the order they came in."""
        self._order = (column, order) if column >= 0 else None
        self._arrange()


def value_of(row: Row, key: str) -> object:
    """What a row has under a name; None where it has no such thing."""
    return row.get(key) if isinstance(row, dict) else getattr(row, key, None)
