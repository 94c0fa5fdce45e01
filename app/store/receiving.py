"""Taking in entries that other instances journaled: kept once a cell, then laid into the tables."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.cells import Levels
from app.errors import UserError
from app.store.engine import Database, scalar
from app.store.journal import JournalEntry, select_entries
from app.store.laying import RowName, lay
from app.store.pen import Pen


class ClashingEntry(UserError):
    """An entry has the number of one that is here and says something else: two copies of one office's folder write."""

    def __init__(self, origin: str, seq: int) -> None:
        super().__init__(
            "送来的记录和这里已有的同号记录内容不同，这一份一条也没有采用：对方单位可能有两份数据在同时使用。"
            "请联系对方，只留一份继续使用，再重新导出。"
        )
        self.origin = origin
        self.seq = seq


@dataclass(frozen=True)
class Received:
    """How many cells were new here, and how many rows of the journal wait for others before they can be shown."""

    new_cells: int
    waiting: int


def receive(db: Database, pen: Pen, entries: Iterable[JournalEntry], levels: Levels) -> Received:
    """Keep `entries` and bring every row they speak of up to date; again changes nothing. Inside a transaction.

    Raises ClashingEntry; the caller then rolls back, so that all is taken or nothing.
    """
    rows: set[RowName] = set()
    new_cells = 0
    for entry in entries:
        fresh = _unknown_part(db, entry)
        if fresh:
            _keep(db, entry, fresh)
            pen.adopt(entry.hlc)
            rows.add((entry.table, entry.row))
            new_cells += len(fresh)
    with pen.resting():
        lay(db, rows, levels)
    return Received(new_cells, int(scalar(db, "SELECT count(*) FROM journal_waiting")))


def _unknown_part(db: Database, entry: JournalEntry) -> list[str]:
    """The columns of the entry that are not here yet. Raises ClashingEntry when what is here reads differently."""
    known = select_entries(db, "origin = ? AND seq = ?", (entry.origin, entry.seq))
    if not known:
        return list(entry.cells)
    (here,) = known
    shared = entry.cells.keys() & here.cells.keys()
    if _name(here) != _name(entry) or any(_word(here, name) != _word(entry, name) for name in shared):
        raise ClashingEntry(entry.origin, entry.seq)
    return [name for name in entry.cells if name not in shared]


def _name(entry: JournalEntry) -> tuple[str, str, str]:
    return entry.hlc, entry.table, entry.row


def _word(entry: JournalEntry, column: str) -> tuple[object, ...]:
    return entry.cells[column], entry.seen.get(column), frozenset(entry.pick.get(column, ()))


def _keep(db: Database, entry: JournalEntry, columns: list[str]) -> None:
    """Add the named columns of the entry to the journal, as its next part."""
    db.conn.execute(
        "INSERT INTO journal (origin, seq, part, hlc, tbl, row, cells, seen, pick, operator, written_at) VALUES "
        "(:origin, :seq, (SELECT count(*) FROM journal WHERE origin = :origin AND seq = :seq), "
        ":hlc, :tbl, :row, :cells, :seen, :pick, :operator, :written_at)",
        {
            "origin": entry.origin,
            "seq": entry.seq,
            "hlc": entry.hlc,
            "tbl": entry.table,
            "row": entry.row,
            "cells": _json({name: entry.cells[name] for name in columns}),
            "seen": _json({name: entry.seen[name] for name in columns if name in entry.seen}),
            "pick": _json({name: entry.pick[name] for name in columns if name in entry.pick}),
            "operator": entry.operator,
            "written_at": entry.written_at.isoformat(timespec="seconds"),
        },
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
