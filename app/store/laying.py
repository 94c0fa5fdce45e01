"""Laying what the journal says of a row into its table: the only writer of what other offices wrote.

A row is made once the entry of its birth, every column it must have and every row it must refer to are here; until
then its entries wait in the journal. A cell that refers to a row not here yet waits too: empty where it may be empty,
else as it was. Nothing received is therefore refused for coming too early.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.cells import CellEntry, Levels, Value, state_of
from app.domain.records import JOURNALED
from app.store.engine import Database
from app.store.journal import JournalEntry, select_entries
from app.store.rows import table_of

RowName = tuple[str, str]
"""Table and id."""

_KEY = "_ref"
_ORDER = {table_of(record).name: place for place, record in enumerate(JOURNALED)}


@dataclass(frozen=True)
class _Reference:
    """A column that holds the id of a row in `table`; `optional` if it may be empty."""

    table: str
    optional: bool


@dataclass(frozen=True)
class _Shape:
    """What a table asks of its rows: the columns that have no default, and those that refer to other rows."""

    needed: frozenset[str]
    references: Mapping[str, _Reference]

    @classmethod
    def of(cls, db: Database, table: str) -> "_Shape":
        columns = db.conn.execute('SELECT name, "notnull", dflt_value FROM pragma_table_info(?)', (table,))
        needed = frozenset(name for name, must, default in columns if must and default is None)
        keys = db.conn.execute('SELECT "from", "table" FROM pragma_foreign_key_list(?)', (table,))
        return cls(needed, {_column(key): _Reference(to, key.endswith(_KEY)) for key, to in keys})


def _column(key: str) -> str:
    """The column of a foreign key: one that may be empty has its key on a generated column beside it (see m0001)."""
    return f"{key.removesuffix(_KEY)}_id" if key.endswith(_KEY) else key


def cell_entries(entries: Iterable[JournalEntry]) -> dict[str, list[CellEntry]]:
    """The entries of one row by column."""
    found: dict[str, list[CellEntry]] = {}
    for entry in entries:
        for column, (_old, new) in entry.cells.items():
            pick = frozenset(entry.pick.get(column, ()))
            one = CellEntry(entry.origin, entry.seq, entry.hlc, new, entry.seen.get(column, {}), pick)
            found.setdefault(column, []).append(one)
    return found


def entries_of(db: Database, name: RowName) -> list[JournalEntry]:
    """Everything written to one row."""
    table, row = name
    return [entry for entry in select_entries(db, "row = ?", (row,)) if entry.table == table]


def is_here(db: Database, name: RowName) -> bool:
    """Whether the row is in its table."""
    table, row = name
    return db.conn.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row,)).fetchone() is not None


def lay(db: Database, rows: Iterable[RowName], levels: Levels) -> None:
    """Bring the named rows, and those that waited, to what the journal says; call with the pen at rest.

    Rows that others refer to are laid first; as long as a row was made, those that wait are tried again.
    """
    layer = _Layer(db, levels)
    waited = {(table, row) for table, row in db.conn.execute("SELECT tbl, row FROM journal_waiting")}
    left = set(rows) | waited
    made = True
    while made and left:
        made = False
        for name in sorted(left, key=lambda one: (_ORDER[one[0]], one[1])):
            laid = layer.recompute(name)
            made = made or laid.made
            if laid.whole:
                left.discard(name)
    db.conn.executemany("DELETE FROM journal_waiting WHERE tbl = ? AND row = ?", waited - left)
    db.conn.executemany("INSERT INTO journal_waiting (tbl, row) VALUES (?, ?)", left - waited)


@dataclass(frozen=True)
class _Laid:
    """Whether the row was made just now, and whether nothing of it waits any more."""

    made: bool
    whole: bool


class _Layer:
    """Writes rows by the journal; knows the shapes of the tables it met."""

    def __init__(self, db: Database, levels: Levels) -> None:
        self._db = db
        self._levels = levels
        self._shapes: dict[str, _Shape] = {}

    def recompute(self, name: RowName) -> _Laid:
        """Write the cells of one row as their entries say."""
        table, row = name
        words = cell_entries(entries_of(self._db, name))
        shown = {column: state_of(entries, self._levels).shown for column, entries in words.items()}
        shape = self._shape(table)
        here = is_here(self._db, name)
        missing = self._missing(shape, shown)
        for column in missing:
            if shape.references[column].optional:
                shown[column] = ""
            else:
                del shown[column]
        if here:
            self._change(table, row, shown)
        elif "id" in shown and shape.needed <= shown.keys():
            self._make(table, shown)
        else:
            return _Laid(made=False, whole=False)
        return _Laid(made=not here, whole=not missing)

    def _shape(self, table: str) -> "_Shape":
        if table not in self._shapes:
            self._shapes[table] = _Shape.of(self._db, table)
        return self._shapes[table]

    def _missing(self, shape: "_Shape", shown: Mapping[str, Value]) -> list[str]:
        """The columns that refer to a row that is not here."""
        named = [
            (column, to.table, shown[column]) for column, to in shape.references.items() if shown.get(column)
        ]
        return [column for column, table, row in named if not is_here(self._db, (table, str(row)))]

    def _make(self, table: str, shown: Mapping[str, Value]) -> None:
        places = ", ".join("?" for _ in shown)
        sql = f"INSERT INTO {table} ({', '.join(shown)}) VALUES ({places})"
        self._db.conn.execute(sql, tuple(shown.values()))

    def _change(self, table: str, row: str, shown: Mapping[str, Value]) -> None:
        given = {column: value for column, value in shown.items() if column != "id"}
        if given:
            setters = ", ".join(f"{column} = ?" for column in given)
            self._db.conn.execute(f"UPDATE {table} SET {setters} WHERE id = ?", (*given.values(), row))
