"""Reads the table of children for its page: all of it once, then only what was changed, and never twice at a time."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.service.screens.students_rows import ChildRow, RowsRead, row_order, rows_after, student_rows
from ui.context import Context


class Reading(QObject):
    """Keeps the rows.

    Signals:
        read(rows, ids): all rows in class order, and the ids that were read anew (a frozenset), None for every one.
    """

    read = Signal(object, object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: dict[str, ChildRow] = {}
        self._loaded = False
        self._everything = True
        self._noted: dict[str, set[str]] = {}
        self._asked = False
        self._again = False

    @property
    def loaded(self) -> bool:
        """Whether the rows are there and nothing newer is awaited."""
        return self._loaded and not self._asked

    def note(self, changes: Changes) -> None:
        """Remember what was written, to be read with the next `start`."""
        for table, ids in changes.rows.items():
            self._noted.setdefault(table, set()).update(ids)

    def start(self) -> None:
        """Read what was noted, or everything where nothing was. While an answer is awaited the next reading waits for
        it, and takes all that was noted until then at once."""
        if self._asked:
            self._again = True
            self._everything |= not self._noted
            return
        self._asked = True
        if self._everything or not self._noted:
            self._ask(student_rows, then=self._take_all)
        else:
            noted = {table: frozenset(ids) for table, ids in self._noted.items()}
            self._ask(rows_after, noted, then=self._take_changed)

    def _ask(self, *asked: Any, then: Any) -> None:
        self._everything, self._noted = False, {}
        self._context.tasks.read(self, *asked, then=then, failed=self._fail)

    def _take_all(self, rows: list[ChildRow]) -> None:
        self._loaded = True
        self._rows = {row.id: row for row in rows}
        self._tell(None)

    def _take_changed(self, answer: RowsRead) -> None:
        ids = answer.ids
        if ids is None:
            self._take_all(answer.rows)
            return
        fresh = {row.id: row for row in answer.rows}
        places = {one: row_order(self._rows[one]) for one in ids & self._rows.keys()}
        if places == {one: row_order(row) for one, row in fresh.items()}:
            self._rows.update(fresh)  # in their places: to lay all anew is felt where there are thousands
        else:
            kept = [row for row in self._rows.values() if row.id not in ids] + answer.rows
            self._rows = {row.id: row for row in sorted(kept, key=row_order)}
        self._tell(ids)

    def _tell(self, ids: frozenset[str] | None) -> None:
        self._asked = False
        if self._again:
            self._again = False
            self.start()
        self.read.emit(list(self._rows.values()), ids)

    def _fail(self, problem: BaseException) -> None:
        self._asked = self._again = False
        self._everything = True
        self._context.tasks.show_problem(problem)
