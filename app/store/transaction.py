"""What a use case may do with the stored facts while it holds the database."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from uuid6 import uuid7

from app.domain.cells import NO_LEVELS, Levels
from app.domain.changes import Changes
from app.domain.records import Record
from app.store import journal, receiving
from app.store.conflicts import Conflict, conflicts, contested_values
from app.store.engine import Database, scalar
from app.store.journal import JournalEntry
from app.store.numbers import Numbering, NumbersOf
from app.store.pen import Pen
from app.store.receiving import Received
from app.store.rows import Cell, Table, table_of
from app.store.sealed_files import SealedFiles
from app.store.triggers import write_pick
from app.store.twins import Twins, twins

R = TypeVar("R", bound=Record)


class TrialElsewhere(Exception):
    """A trial was begun on the connection that only reads; the whole reading is to be made on the one that writes."""


class Transaction:
    """One consistent view of the facts; writes become lasting together, or not at all.

    Lives only inside the `work` handed to `Store.read` or `Store.write`. `where` and `order` are SQL of the
    program's own, never text from outside; values go through `params`. A foreign key that is violated, or an
    id that is there, raises the database's IntegrityError: the caller should have looked first, so it is a bug.
    `levels` says how high the office of each instance stands; `tries` whether a read may make trials, too.
    """

    def __init__(
        self,
        db: Database,
        pen: Pen,
        files: SealedFiles,
        numbering: Numbering,
        levels: Levels = NO_LEVELS,
        *,
        writable: bool,
        tries: bool = False,
    ) -> None:
        self.files = files
        self._db = db
        self._pen = pen
        self._levels = levels
        self.numbers = NumbersOf(numbering, db)
        self._writable = writable
        self._tries = tries or writable
        self._began = journal.last_position(db) if writable else 0

    # -- writing ----------------------------------------------------------------------------------

    def new_id(self) -> str:
        """A fresh id: a UUIDv7 as text, so that ids sort roughly by birth."""
        return str(uuid7())

    def add(self, record: Record) -> None:
        """Insert one record. Raises TypeError when a value has not the type its field says."""
        self.add_all([record])

    def add_all(self, records: Iterable[Record]) -> None:
        """Insert records in the given order; rows that others refer to come first."""
        self._must_write()
        for kind, group in groupby(records, type):
            table: Table[Any] = table_of(kind)
            self._db.conn.executemany(table.insert, (table.cells(record) for record in group))

    def change(self, table: type[R], id: str, **cells: object) -> None:  # noqa: A002 - the column's name
        """Set the named columns of one row. A row that already reads so is not journaled, unless offices disagree
        on a named cell: then whoever writes it picks, and the pick is journaled also where the value stays.

        Raises LookupError when there is no such row, KeyError for an unknown column, ValueError for `id`
        as a column, TypeError for a value of a wrong type.
        """
        self._must_write()
        kept = table_of(table)
        if "id" in cells or not cells:
            raise ValueError("name at least one column to change, and never the id")
        values = {column: kept.cell(column, value) for column, value in cells.items()}
        contested: dict[str, tuple[Cell, ...]] = {}
        if self._pen.journaling:
            contested = contested_values(self._db, kept.name, id, values, self._pen.origin, self._levels)
        if contested:
            self._pick(kept.name, id, values, contested)
        else:
            self._set(kept.name, id, values)

    def _set(self, table: str, row: str, values: Mapping[str, Cell]) -> None:
        setters = ", ".join(f"{column} = ?" for column in values)
        done = self._db.conn.execute(f"UPDATE {table} SET {setters} WHERE id = ?", (*values.values(), row))
        if done.rowcount == 0:
            raise LookupError(f"no {table} {row}")

    def _pick(
        self, table: str, row: str, values: Mapping[str, Cell], contested: Mapping[str, tuple[Cell, ...]]
    ) -> None:
        sql = f"SELECT {', '.join(values)} FROM {table} WHERE id = ?"
        before = self._db.conn.execute(sql, (row,)).fetchone()
        with self._pen.resting():
            self._set(table, row, values)
        pairs = {column: (old, new) for (column, new), old in zip(values.items(), before, strict=True)}
        written = {
            column: (old, new) for column, (old, new) in pairs.items() if old != new or column in contested
        }
        write_pick(self._db, table, row, written, contested)

    def withdraw(self, table: type[R], id: str, on: date, reason: str) -> None:  # noqa: A002 - as above
        """Take a row out of every list from `on`, with the reason; it stays stored and readable by `get`.

        Raises ValueError without a reason or when it was withdrawn already, LookupError when not there.
        """
        if not reason.strip():
            raise ValueError("a withdrawal needs its reason")
        if self.get(table, id).withdrawn_on is not None:
            raise ValueError(f"{table.__name__} {id} was withdrawn before")
        self.change(table, id, withdrawn_on=on, withdrawn_reason=reason)

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting of this PC; not journaled, never sent."""
        self._must_write()
        self._db.conn.execute(
            "INSERT INTO local_setting (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    def log_access(self, row_id: str, what: str, why: str) -> None:
        """Note in this PC's access log who saw or took out what of a row (证件号 shown, export, print)."""
        self._must_write()
        self._db.conn.execute(
            "INSERT INTO access_log (at, operator, row_id, what, why) VALUES (?, ?, ?, ?, ?)",
            (self._pen.written_at(), self._pen.operator, row_id, what, why),
        )

    @contextmanager
    def replaying(self) -> Iterator[None]:
        """Writes in here make no journal entries: for entries that another instance already journaled."""
        self._must_write()
        with self._pen.resting():
            yield

    def receive(self, entries: Iterable[JournalEntry]) -> Received:
        """Take in entries of other instances, as `decoding.decoded` gives them; again changes nothing.

        Raises ClashingEntry when one has the number of another that is here.
        """
        self._must_write()
        return receiving.receive(self._db, self._pen, entries, self._levels)

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Writes in here are seen by what is read in here and taken back at its end: to say what they would do.

        Also inside a read, which is then begun anew where writes are made.
        """
        if not self._tries:
            raise TrialElsewhere
        was, began = self._writable, self._began
        self._pen.take_up()
        self._writable, self._began = True, journal.last_position(self._db)
        self._db.conn.execute("SAVEPOINT trial")
        try:
            yield
        finally:
            self._db.conn.execute("ROLLBACK TO trial")
            self._db.conn.execute("RELEASE trial")
            self._writable, self._began = was, began

    # -- reading ----------------------------------------------------------------------------------

    def get(self, table: type[R], id: str) -> R:  # noqa: A002 - as above
        """One record by its id, withdrawn or not. Raises LookupError when there is none."""
        kept = table_of(table)
        row = self._db.conn.execute(f"{kept.select} WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise LookupError(f"no {kept.name} {id}")
        return kept.record(row)

    def find(
        self,
        table: type[R],
        where: str = "",
        params: Sequence[object] = (),
        *,
        order: str = "",
        withdrawn: bool = False,
        **equal: object,
    ) -> list[R]:
        """The records whose columns equal the named values (a set or tuple: one of them), by `order`, else by id;
        withdrawn ones only on request.

        `where` with `params` (dates as ISO text) is for the named queries of app/store/queries alone. Raises KeyError
        for an unknown column, TypeError for a value of a wrong type.
        """
        kept = table_of(table)
        wanted = [f"({where})"] if where else []
        params = list(params)
        for column, value in equal.items():
            if isinstance(value, (set, frozenset, tuple, list)):
                wanted.append(f"{column} IN (SELECT value FROM json_each(?))")
                params.append(json.dumps([kept.cell(column, one) for one in value]))
            else:
                wanted.append(f"{column} IS ?")
                params.append(kept.cell(column, value))
        wanted += [] if withdrawn else ["withdrawn_on IS NULL"]
        condition = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        found = self._db.conn.execute(f"{kept.select}{condition} ORDER BY {order or 'id'}", tuple(params))
        return [kept.record(row) for row in found]

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Plain rows of a SELECT over several tables. Raises RuntimeError when the SQL wrote anything."""
        before = self._db.conn.total_changes
        cursor = self._db.conn.execute(sql, tuple(params))
        names = [column[0] for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor]
        if self._db.conn.total_changes != before:
            raise RuntimeError("rows() only reads")
        return found

    def setting(self, key: str) -> str | None:
        """A setting of this PC, or None when it was never set."""
        value = scalar(self._db, "SELECT value FROM local_setting WHERE key = ?", key)
        return None if value is None else str(value)

    def changes(self) -> Changes:
        """What was written in this transaction so far."""
        self._must_write()
        return journal.changes_since(self._db, self._began, self._pen.origin)

    def position(self) -> int:
        """The number of this instance's newest journal entry; 0 before the first."""
        return journal.last_seq(self._db, self._pen.origin)

    def history(self, row_id: str) -> list[JournalEntry]:
        """Everything written to one row by anyone, oldest first."""
        return journal.select_entries(self._db, "row = ?", (row_id,))

    def entries(self, first: int, last: int) -> list[JournalEntry]:
        """This instance's journal entries numbered `first` to `last`, both included, oldest first."""
        condition = "origin = ? AND seq BETWEEN ? AND ?"
        return journal.select_entries(self._db, condition, (self._pen.origin, first, last))

    def conflicts(self) -> list[Conflict]:
        """The cells on which offices disagree; `change` of such a cell picks."""
        return conflicts(self._db, self._levels)

    def twins(self) -> list[Twins]:
        """The groups of rows that cannot all hold, settled or not."""
        return twins(self._db)

    def _must_write(self) -> None:
        if not self._writable:
            raise RuntimeError("this is a read; write inside Store.write")
