"""The list 今日 as a model: tasks under the headings of their groups; headings cannot be chosen."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from ui.models.rows import ROW, Row
from ui.theme import STATE_MARKS

Index = QModelIndex | QPersistentModelIndex


class TasksModel(QAbstractListModel):
    """Rows of `today_view` grouped by state. `ROW` gives a row whole; a heading's row is {heading, state, count}."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def set_tasks(self, tasks: Sequence[Row]) -> None:
        """Replace all rows; `tasks` come the most urgent first."""
        self.beginResetModel()
        self._rows = []
        for state, found in groupby(tasks, key=lambda task: str(task["state"])):
            group = list(found)
            self._rows.append({"heading": STATE_MARKS[state], "state": state, "count": len(group)})
            self._rows += group
        self.endResetModel()

    @property
    def rows(self) -> list[Row]:
        """Headings and tasks, top to bottom."""
        return self._rows

    def row(self, index: Index) -> Row | None:
        """The task at an index; None for a heading or no row."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if row is not None and "heading" not in row else None

    def near(self, key: str, place: int) -> QModelIndex:
        """The task called `key`; if it is gone, the one that now stands at `place`, or the last above it."""
        found = next((at for at, row in enumerate(self._rows) if row.get("key") == key), None)
        if found is not None:
            return self.index(found)
        tasks = [at for at, row in enumerate(self._rows) if "heading" not in row]
        after = next((at for at in tasks if at >= place), None)
        if after is not None:
            return self.index(after)
        return self.index(tasks[-1]) if tasks else QModelIndex()

    # -- Qt --

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's name and default
        """Headings and tasks."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A heading's words, or a task's sentence; spoken, also what is seen by colour, shape and place."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row['heading']} {row['count']}件" if "heading" in row else row["title"]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over by the arrows."""
        if self.row(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def spoken(row: Row) -> str:
    """A row as it is read aloud."""
    state = STATE_MARKS[row["state"]].split(" ")[1]
    if "heading" in row:
        return f"{state}，{row['count']}件"
    due = "" if row["due"] == state else f"，{row['due']}"
    return f"{state}{due}：{row['title']}。{row['why']}。按回车{row['button']}"
