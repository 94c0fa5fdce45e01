"""Cells on which offices disagree: computed from the journal, never stored (exchange rule 4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.cells import CellEntry, CellState, Levels, state_of
from app.store.engine import Database
from app.store.journal import JournalEntry, select_entries
from app.store.laying import cell_entries, entries_of, is_here
from app.store.rows import Cell, journaled_tables


@dataclass(frozen=True)
class Claim:
    """What one office's entry says of the cell, as a value of the record's field, and who wrote it when."""

    value: object
    origin: str
    operator: str
    written_at: datetime


@dataclass(frozen=True)
class Conflict:
    """A cell of one row on which several values stand; the first claim's is shown until a person picks."""

    table: str
    row: str
    column: str
    claims: tuple[Claim, ...]


def conflicts(db: Database, levels: Levels) -> list[Conflict]:
    """Every cell in conflict, by table, row and column; rows that are not here yet are left out.

    Reads the entries of those rows only that several instances wrote.
    """
    shared = "SELECT row FROM journal GROUP BY row HAVING min(origin) <> max(origin)"
    by_row: dict[tuple[str, str], list[JournalEntry]] = {}
    for entry in select_entries(db, f"row IN ({shared})", ()):
        by_row.setdefault((entry.table, entry.row), []).append(entry)
    return [
        _conflict(name, column, state, entries)
        for name, entries in sorted(by_row.items())
        for column, state in _contested(cell_entries(entries), levels).items()
        if is_here(db, name)
    ]


def contested_values(
    db: Database, table: str, row: str, columns: Iterable[str], origin: str, levels: Levels
) -> dict[str, tuple[Cell, ...]]:
    """Of the named cells those in conflict, with the values that stand; `origin` is this instance."""
    others = "SELECT 1 FROM journal WHERE row = ? AND origin <> ? LIMIT 1"
    if db.conn.execute(others, (row, origin)).fetchone() is None:
        return {}  # nearly always: nobody else ever wrote to this row
    written = cell_entries(entries_of(db, (table, row)))
    asked = {column: written[column] for column in columns if column in written}
    return {column: state.values for column, state in _contested(asked, levels).items()}


def _contested(cells: Mapping[str, list[CellEntry]], levels: Levels) -> dict[str, CellState]:
    """The cells in conflict; one that a single instance wrote is none and is not looked at."""
    shared = [(name, said) for name, said in sorted(cells.items()) if len({one.origin for one in said}) > 1]
    states = {name: state_of(said, levels) for name, said in shared}
    return {name: state for name, state in states.items() if state.in_conflict}


def _conflict(name: tuple[str, str], column: str, state: CellState, entries: list[JournalEntry]) -> Conflict:
    table, row = name
    writers = {(entry.origin, entry.seq): entry for entry in entries}
    claims = [
        Claim(
            journaled_tables()[table].value(column, one.value),
            one.origin,
            writers[one.origin, one.seq].operator,
            writers[one.origin, one.seq].written_at,
        )
        for one in state.standing
    ]
    return Conflict(table, row, column, tuple(claims))
