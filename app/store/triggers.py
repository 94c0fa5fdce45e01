"""The triggers of the journal: every write to a journaled table leaves an entry, and nothing is ever deleted."""

from collections.abc import Iterable

from app.store.engine import Database
from app.store.rows import journaled_tables

_ENTRY = """
INSERT INTO journal (origin, seq, hlc, tbl, row, cells, operator, written_at)
SELECT gx_origin(), coalesce((SELECT max(seq) FROM journal WHERE origin = gx_origin()), 0) + 1,
    gx_hlc(), '{table}', NEW.id, '{{' || substr({cells}, 2) || '}}', gx_operator(), gx_now();
"""
_APPEND_ONLY = ("journal", "access_log")


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
