"""The triggers of the journal: every write to a journaled table leaves an entry, and nothing is ever deleted."""

from collections.abc import Iterable, Mapping, Sequence
from json import dumps

from app.store.engine import Database
from app.store.rows import Cell, journaled_tables

# What is known of each changed cell from other instances: the highest number of each, what they had seen included.
# The first look, at the index alone, is all it costs where a row was written by this instance only.
_SEEN = """
iif(EXISTS (SELECT 1 FROM journal WHERE row = {row} AND origin <> gx_origin()),
    (SELECT json_group_object(name, json(known)) FROM (
        SELECT name, json_group_object(origin, seq) AS known FROM (
            SELECT name, origin, max(seq) AS seq FROM (
                SELECT cell.key AS name, journal.origin AS origin, journal.seq AS seq
                FROM journal, json_each(journal.cells) AS cell WHERE journal.row = {row} AND journal.tbl = '{table}'
                UNION ALL
                SELECT cell.key, before.key, before.value
                FROM journal, json_each(journal.seen) AS cell, json_each(cell.value) AS before
                WHERE journal.row = {row} AND journal.tbl = '{table}')
            WHERE origin <> gx_origin() AND name IN (SELECT key FROM json_each(written.cells))
            GROUP BY name, origin)
        GROUP BY name)), '{{}}')
"""

_ENTRY = """
INSERT INTO journal (origin, seq, hlc, tbl, row, cells, seen, pick, operator, written_at)
SELECT gx_origin(), coalesce((SELECT max(seq) FROM journal WHERE origin = gx_origin()), 0) + 1,
    gx_hlc(), '{table}', {row}, written.cells, {seen}, {pick}, gx_operator(), gx_now()
FROM (SELECT {cells} AS cells) AS written;
"""
_APPEND_ONLY = ("journal", "access_log")


def _entry(table: str, row: str, cells: str, pick: str = "'{}'") -> str:
    seen = _SEEN.format(table=table, row=row)
    return _ENTRY.format(table=table, row=row, cells=cells, seen=seen, pick=pick)


def write_pick(
    db: Database,
    table: str,
    row: str,
    cells: Mapping[str, tuple[Cell, Cell]],
    pick: Mapping[str, Sequence[Cell]],
) -> None:
    """Journal a change that settles conflicts: `pick` is per column what it was chosen from.

    Directly, because a trigger says nothing where the value stays (exchange rule 4). The change itself is made with
    the pen at rest.
    """
    sql = _entry(table, ":row", ":cells", ":pick")
    params = {"row": row, "cells": _compact(cells), "pick": _compact(pick)}
    db.conn.execute(sql, params)


def _compact(value: Mapping[str, Sequence[Cell]]) -> str:
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


def _insert_trigger(table: str, columns: Iterable[str]) -> str:
    cells = " || ".join(
        f"iif(NEW.{c} IS NULL OR NEW.{c} = '', '', ',\"{c}\":' || json_array(NULL, NEW.{c}))" for c in columns
    )
    entry = _entry(table, "NEW.id", _braced(cells))
    return f"CREATE TRIGGER {table}_added AFTER INSERT ON {table} WHEN gx_journaling() BEGIN {entry} END"


def _update_trigger(table: str, columns: Iterable[str]) -> str:
    columns = tuple(columns)
    changed = " OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in columns)
    cells = " || ".join(
        f"iif(NEW.{c} IS OLD.{c}, '', ',\"{c}\":' || json_array(OLD.{c}, NEW.{c}))" for c in columns
    )
    entry = _entry(table, "NEW.id", _braced(cells))
    return (
        f"CREATE TRIGGER {table}_changed AFTER UPDATE ON {table} WHEN gx_journaling() AND ({changed}) "
        f"BEGIN {entry} END"
    )


def _braced(cells: str) -> str:
    return f"'{{' || substr({cells}, 2) || '}}'"


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
