"""The journal: triggers on every journaled table write who changed which cells, from what to what.

`cells` is JSON {column: [old, new]}. An insert names `id` and every column that is neither NULL nor empty
(old is null); an update names only the columns that really changed, and none means no entry. Deleting
a row, and touching the journal itself, is refused by the database.

`seen` is JSON {column: {origin: seq}}: per other instance the newest entry on that cell that the writer knew. `pick` is
JSON {column: [values]}: the values in conflict between which the writer chose. An entry of another instance may lie
here in several parts, each with other columns, as they arrived.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from app.domain.changes import Changes
from app.store.clock import DAY_MS, Tick, milliseconds
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
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    pick: dict[str, tuple[Cell, ...]] = field(default_factory=dict)

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
        return {
            column: table.value(column, pair[side])
            for column, pair in self.cells.items()
            if column in table.columns  # an entry of an earlier schema may name one that is gone
        }


def newest_tick(db: Database, now: datetime) -> Tick:
    """The tick that new entries must come after: of the newest entry of this database's own instances, and of the
    newest of others that is not more than a day ahead of the wall time `now` (exchange rule 21)."""
    own = "SELECT hlc FROM journal WHERE origin = ? ORDER BY seq DESC LIMIT 1"
    origins = [origin for (origin,) in db.conn.execute("SELECT origin FROM instance").fetchall()]
    stamps = [scalar(db, own, origin) for origin in origins]
    stamps.append(
        scalar(db, "SELECT max(hlc) FROM journal WHERE hlc < ?", f"{milliseconds(now) + DAY_MS:013d}/")
    )
    return max((Tick.parse(stamp) for stamp in stamps if stamp is not None), default=Tick())


def last_position(db: Database) -> int:
    """The place of the newest entry in this file, of whatever origin; 0 when there is none."""
    return int(scalar(db, "SELECT coalesce(max(position), 0) FROM journal"))


def last_seq(db: Database, origin: str) -> int:
    """The number of the newest entry of `origin`; 0 when there is none."""
    return int(scalar(db, "SELECT coalesce(max(seq), 0) FROM journal WHERE origin = ?", origin))


def newest_by_origin(db: Database) -> dict[str, int]:
    """For every origin in this file the number of its newest entry."""
    return dict(db.conn.execute("SELECT origin, max(seq) FROM journal GROUP BY origin").fetchall())


def changes_since(db: Database, position: int, origin: str) -> Changes:
    """The rows written by the entries after `position`; the span counts the entries of `origin` only."""
    rows: dict[str, set[str]] = {}
    numbers: list[int] = []
    for writer, seq, table, row in db.conn.execute(
        "SELECT origin, seq, tbl, row FROM journal WHERE position > ?", (position,)
    ):
        rows.setdefault(table, set()).add(row)
        if writer == origin:
            numbers.append(seq)
    span = (min(numbers), max(numbers)) if numbers else None
    return Changes({table: frozenset(ids) for table, ids in rows.items()}, span)


def select_entries(db: Database, where: str, params: tuple[object, ...]) -> list[JournalEntry]:
    """Entries for a condition of this package's own, in the order of the hybrid clock; parts are put together."""
    found = db.conn.execute(
        "SELECT origin, seq, hlc, tbl, row, cells, operator, written_at, seen, pick FROM journal "
        f"WHERE {where} ORDER BY hlc, position",
        params,
    )
    return _whole(
        JournalEntry(
            origin, seq, hlc, table, row, _pairs(cells), operator, datetime.fromisoformat(at),
            json.loads(seen), {column: tuple(values) for column, values in json.loads(pick).items()},
        )
        for origin, seq, hlc, table, row, cells, operator, at, seen, pick in found
    )  # fmt: skip


def _whole(parts: Iterable[JournalEntry]) -> list[JournalEntry]:
    """The parts of one entry as one; they stand next to each other, for its stamp is its own."""
    entries: list[JournalEntry] = []
    for part in parts:
        if entries and (entries[-1].origin, entries[-1].seq) == (part.origin, part.seq):
            entries[-1] = _united(entries[-1], part)
        else:
            entries.append(part)
    return entries


def _united(one: JournalEntry, other: JournalEntry) -> JournalEntry:
    cells, seen, pick = one.cells | other.cells, one.seen | other.seen, one.pick | other.pick
    return replace(one, cells=cells, seen=seen, pick=pick)


def _pairs(cells: str) -> dict[str, tuple[Cell, Cell]]:
    return {column: (old, new) for column, (old, new) in json.loads(cells).items()}
