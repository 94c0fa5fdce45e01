"""The journal: triggers on every journaled table write who changed which cells, from what to what.

`cells` is JSON {column: [old, new]}. An insert names `id` and every column that is neither NULL nor empty
(old is null); an update names only the columns that really changed, and none means no entry. Deleting
a row, and touching the journal itself, is refused by the database.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from app.domain.changes import Changes
from app.store.clock import Clock, Tick
from app.store.engine import Database, scalar
from app.store.rows import Cell, journaled_tables

_ENTRY = """
INSERT INTO journal (origin, seq, hlc, tbl, row, cells, operator, written_at)
SELECT gx_origin(), coalesce((SELECT max(seq) FROM journal WHERE origin = gx_origin()), 0) + 1,
    gx_hlc(), '{table}', NEW.id, '{{' || substr({cells}, 2) || '}}', gx_operator(), gx_now();
"""
_APPEND_ONLY = ("journal", "access_log")


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


class Pen:
    """What the triggers ask for: instance, operator, time. One per connection, used on its thread."""

    def __init__(self, origin: str, operator: str, clock: Clock, last: Tick) -> None:
        self.origin = origin
        self.operator = operator
        self.journaling = True
        self._clock = clock
        self._last = last
        self.now = clock()

    def take_up(self) -> None:
        """Read the clock for a new transaction; all its entries carry this wall time."""
        self.now = self._clock()

    def stamp(self) -> str:
        """The next HLC stamp, greater than every one before it."""
        self._last = self._last.next(self.now)
        return self._last.stamp(self.origin)

    def written_at(self) -> str:
        """The wall time of this transaction as ISO text with its zone."""
        return self.now.isoformat(timespec="seconds")

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Writes in here are not journaled: for replaying entries that another instance journaled."""
        self.journaling = False
        try:
            yield
        finally:
            self.journaling = True

    def hand_to(self, db: Database) -> None:
        """Register the functions of the triggers; without them every write to a journaled table fails."""
        functions: dict[str, Callable[[], str | int]] = {
            "gx_journaling": lambda: self.journaling,
            "gx_origin": lambda: self.origin,
            "gx_operator": lambda: self.operator,
            "gx_now": self.written_at,
            "gx_hlc": self.stamp,
        }
        for name, function in functions.items():
            db.conn.create_function(name, 0, function)


def newest_tick(db: Database) -> Tick:
    """The tick of the newest entry of any origin; new entries must come after it."""
    stamp = scalar(db, "SELECT max(hlc) FROM journal")
    return Tick() if stamp is None else Tick.parse(stamp)


def _insert_trigger(table: str, columns: Iterable[str]) -> str:
    cells = " || ".join(
        f"iif(NEW.{c} IS NULL OR NEW.{c} = '', '', ',\"{c}\":' || json_array(NULL, NEW.{c}))" for c in columns
    )
    entry = _ENTRY.format(table=table, cells=cells)
    return f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} WHEN gx_journaling() BEGIN {entry} END"


def _update_trigger(table: str, columns: Iterable[str]) -> str:
    columns = tuple(columns)
    changed = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in columns)
    cells = " || ".join(
        f"iif(NEW.{c} IS OLD.{c}, '', ',\"{c}\":' || json_array(OLD.{c}, NEW.{c}))" for c in columns
    )
    return (
        f"CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} WHEN gx_journaling() AND ({changed}) "
        f"BEGIN {_ENTRY.format(table=table, cells=cells)} END"
    )


def _refusal(table: str, event: str) -> tuple[str, str]:
    name = f"{table}_no_{event.split(maxsplit=1)[0].lower()}"
    body = f"SELECT RAISE(ABORT, 'no {event} on {table}');"
    return name, f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN {body} END"


def triggers() -> dict[str, str]:
    """Every trigger the database must have: name → the exact SQL."""
    found: dict[str, str] = {}
    for name, table in journaled_tables().items():
        found[f"{name}_added"] = _insert_trigger(name, table.columns)
        found[f"{name}_changed"] = _update_trigger(name, table.columns)
        found.update([_refusal(name, "DELETE"), _refusal(name, "UPDATE OF id")])
    for name in _APPEND_ONLY:
        found.update([_refusal(name, "DELETE"), _refusal(name, "UPDATE")])
    return found


def install(db: Database) -> None:
    """Put every trigger in place anew; call inside the transaction of the migrations."""
    for name, sql in triggers().items():
        db.conn.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.conn.execute(sql)


def wrong_triggers(db: Database) -> list[str]:
    """The names of triggers that are missing or read differently."""
    there = dict(db.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return [name for name, sql in triggers().items() if there.get(name) != sql]


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
