"""The journal: triggers on every journaled table write who changed which cells, from what to what.

`cells` is JSON {column: [old, new]}. An insert names `id` and every column that is neither NULL nor empty
(old is null); an update names only the columns that really changed, and none means no entry. Deleting
a row, and touching the journal itself, is refused by the database.
"""

import json
from dataclasses import dataclass
from datetime import datetime

from app.domain.changes import Changes
from app.store.clock import Tick
from app.store.engine import Database, scalar
from app.store.rows import Cell, journaled_tables


@dataclass(frozen=True)
class JournalEntry:
    """One write to one row: cells are as kept (dates are ISO text, yes/no is 1/0, lists are JSON text)."""

    origin: str
    seq: int  # 1, 2, 3 … without gaps within an origin
    hlc: str
    table: str
    row: str
    cells: dict[str, tuple[Cell, Cell]]
    operator: str
    written_at: datetime

    @property
    def added(self) -> bool:
        """Whether this entry is the birth of its row."""
        return "id" in self.cells

    def old(self) -> dict[str, object]:
        """The changed columns as they were before, as `Transaction.change` takes them. Not for `added`."""
        return self._values(0)

    def new(self) -> dict[str, object]:
        """The changed columns as they were after, as values of the record's fields."""
        return self._values(1)

    def _values(self, side: int) -> dict[str, object]:
        table = journaled_tables()[self.table]
        return {column: table.value(column, pair[side]) for column, pair in self.cells.items()}


def newest_tick(db: Database) -> Tick:
    """The tick of the newest entry of any origin; new entries must come after it."""
    stamp = scalar(db, "SELECT max(hlc) FROM journal")
    return Tick() if stamp is None else Tick.parse(stamp)


def last_position(db: Database) -> int:
    """The place of the newest entry in this file, of whatever origin; 0 when there is none."""
    return int(scalar(db, "SELECT coalesce(max(position), 0) FROM journal"))


def last_seq(db: Database, origin: str) -> int:
    """The number of the newest entry of `origin`; 0 when there is none."""
    return int(scalar(db, "SELECT coalesce(max(seq), 0) FROM journal WHERE origin = ?", origin))


def newest_by_origin(db: Database) -> dict[str, int]:
    """For every origin in this file the number of its newest entry."""
    return dict(db.conn.execute("SELECT origin, max(seq) FROM journal GROUP BY origin").fetchall())


def changes_since(db: Database, position: int) -> Changes:
    """The rows written by the entries after `position`."""
    rows: dict[str, set[str]] = {}
    numbers: list[int] = []
    for table, row, seq in db.conn.execute(
        "SELECT tbl, row, seq FROM journal WHERE position > ?", (position,)
    ):
        rows.setdefault(table, set()).add(row)
        numbers.append(seq)
    span = (min(numbers), max(numbers)) if numbers else None
    return Changes({table: frozenset(ids) for table, ids in rows.items()}, span)


def select_entries(db: Database, where: str, params: tuple[object, ...]) -> list[JournalEntry]:
    """Entries for a condition of this package's own, in the order of the hybrid clock."""
    found = db.conn.execute(
        "SELECT origin, seq, hlc, tbl, row, cells, operator, written_at FROM journal "
        f"WHERE {where} ORDER BY hlc, position",
        params,
    )
    return [
        JournalEntry(origin, seq, hlc, table, row, _pairs(cells), operator, datetime.fromisoformat(at))
        for origin, seq, hlc, table, row, cells, operator, at in found
    ]


def _pairs(cells: str) -> dict[str, tuple[Cell, Cell]]:
    return {column: (old, new) for column, (old, new) in json.loads(cells).items()}
