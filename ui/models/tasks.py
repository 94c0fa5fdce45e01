"""The list 今日 as a model: tasks under the headings of their groups; headings cannot be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.todo import State
from app.service.screens.today import TaskRow
from ui.models.rows import ROW
from ui.theme import STATE_SIGNS

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Heading:
    """The heading over the tasks of one state, and how many there are."""

    words: str
    state: State
    count: int


Line = TaskRow | Heading


class TasksModel(QAbstractListModel):
    """Tasks grouped by state, each group under its heading. `ROW` gives a line whole."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Line] = []

    def set_tasks(self, tasks: Sequence[TaskRow]) -> None:
        """Replace all rows; `tasks` come the most urgent first."""
        self.beginResetModel()
        self._rows = []
        for state, found in groupby(tasks, key=lambda task: task.state):
            group = list(found)
            self._rows.append(Heading(STATE_SIGNS[state], state, len(group)))
            self._rows += group
        self.endResetModel()

    @property
    def rows(self) -> list[Line]:
        """Headings and tasks, top to bottom."""
        return self._rows

    def row(self, index: Index) -> TaskRow | None:
        """The task at an index; None for a heading or no row."""
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, TaskRow) else None

    def near(self, key: str, place: int) -> QModelIndex:
        """The task called `key`; if it is gone, the one that now stands at `place`, or the last above it."""
        found = next(
            (at for at, row in enumerate(self._rows) if isinstance(row, TaskRow) and row.key == key), None
        )
        if found is not None:
            return self.index(found)
        tasks = [at for at, row in enumerate(self._rows) if isinstance(row, TaskRow)]
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
            return f"{row.words} {row.count}件" if isinstance(row, Heading) else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return None if isinstance(row, Heading) else row.rule or None
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over by the arrows."""
        if self.row(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


def spoken(row: Line) -> str:
    """A line as it is read aloud."""
    state = STATE_SIGNS[row.state].split(" ")[1]
    if isinstance(row, Heading):
        return f"{state}，{row.count}件"
    due = "" if row.due == state else f"，{row.due}"
    why = f"{row.why}。" if row.why else ""
    return f"{state}{due}：{row.title}。{why}按回车{row.button}"
