"""Whose a holiday table and an import are, and rule texts named by what they say (design section 4).

A holiday table typed in and an accepted roster belong to the office that took them; so far a database held one office
only. The id of a rule text becomes the SHA-256 of its text: two offices that froze the same rules then mean one row,
and the column that held the hash is no longer needed. Spelled out as it is now, as m0001 is.

Nothing here is journaled: who owns a row was known before, and a new name of the same text is nobody's word. Instead
the entries that stand are brought in line with the rows, so that what a row says still follows from its entries
(exchange rule 3). That is safe only because no entry has left any database yet: bundles come with a later version.
"""

import hashlib
import json

from app.store.engine import Database, scalar

_TABLES = """
CREATE TABLE national_day_new (
    id TEXT PRIMARY KEY NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    day TEXT NOT NULL,
    workday INTEGER NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE import_run_new (
    id TEXT PRIMARY KEY NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    file_name TEXT NOT NULL DEFAULT '',
    file_sha256 TEXT NOT NULL DEFAULT '',
    imported_on TEXT NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    undone_on TEXT,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE rule_text_new (
    id TEXT PRIMARY KEY NOT NULL,
    rule_set TEXT NOT NULL DEFAULT '',
    text TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;
"""

_KEPT = {
    "national_day": "id, day, workday, name, withdrawn_on, withdrawn_reason",
    "import_run": (
        "id, file_name, file_sha256, imported_on, first_seq, last_seq, undone_on, withdrawn_on, withdrawn_reason"
    ),
}

_INDEX = "CREATE INDEX national_day_unit ON national_day (unit_id, day) WHERE withdrawn_on IS NULL"


def say_whose_it_is(db: Database) -> None:
    """Rebuild the three tables: SQLite cannot add a column that must hold a reference, nor rename a row in place."""
    _drop_triggers(db)
    db.executescript(_TABLES)
    unit = scalar(db, "SELECT value FROM local_setting WHERE key = 'unit_id'")
    for table, columns in _KEPT.items():
        db.conn.execute(
            f"INSERT INTO {table}_new ({columns}, unit_id) SELECT {columns}, ? FROM {table}", (unit,)
        )
        _give_birth_entries_their_unit(db, table, unit)
    for old_id, rule_set, text, withdrawn_on, reason in db.conn.execute(
        "SELECT id, rule_set, text, withdrawn_on, withdrawn_reason FROM rule_text"
    ).fetchall():
        _rename_rule_text(db, old_id, (rule_set, text, withdrawn_on, reason))
    for table in (*_KEPT, "rule_text"):
        db.conn.execute(f"DROP TABLE {table}")
        db.conn.execute(f"ALTER TABLE {table}_new RENAME TO {table}")
    db.conn.execute(_INDEX)


def _drop_triggers(db: Database) -> None:
    """They refuse a new id and any change of the journal, and a rename reads them all, also those that speak of
    columns an earlier step took away. All are put back after the last step."""
    for (name,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.conn.execute(f"DROP TRIGGER {name}")


def _give_birth_entries_their_unit(db: Database, table: str, unit: str | None) -> None:
    """An office that receives such a row needs the unit to make it."""
    db.conn.execute(
        "UPDATE journal SET cells = json_set(cells, '$.unit_id', json_array(NULL, ?))"
        " WHERE tbl = ? AND json_extract(cells, '$.id') IS NOT NULL",
        (unit, table),
    )


def _rename_rule_text(db: Database, old_id: str, kept: tuple[str, str, str | None, str]) -> None:
    """One rule text under its new name, in the row, in the cases opened under it and in the entries of both."""
    rule_set, text, withdrawn_on, reason = kept
    new_id = hashlib.sha256(text.encode()).hexdigest()
    db.conn.execute(
        "INSERT OR IGNORE INTO rule_text_new VALUES (?, ?, ?, ?, ?)",
        (new_id, rule_set, text, withdrawn_on, reason),
    )
    db.conn.execute("UPDATE case_file SET rule_text_id = ? WHERE rule_text_id = ?", (new_id, old_id))
    found = db.conn.execute(
        "SELECT position, tbl, cells FROM journal WHERE (tbl = 'rule_text' AND row = ?)"
        " OR (tbl = 'case_file' AND instr(cells, ?) > 0)",
        (old_id, old_id),
    ).fetchall()
    for position, table, text_of_cells in found:
        cells = json.loads(text_of_cells)
        cells.pop("sha256", None)
        column = "id" if table == "rule_text" else "rule_text_id"
        if column in cells:
            cells[column] = [new_id if value == old_id else value for value in cells[column]]
        said = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
        db.conn.execute("UPDATE journal SET cells = ? WHERE position = ?", (said, position))
    db.conn.execute("UPDATE journal SET row = ? WHERE tbl = 'rule_text' AND row = ?", (new_id, old_id))
