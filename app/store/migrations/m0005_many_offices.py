"""Many offices write into one database: what an entry had seen, sayings about records, no index that refuses a fact.

The journal is rebuilt, because SQLite cannot loosen its UNIQUE in place: an entry of another office may arrive in
several parts with other columns each (exchange rule 2). Each part is a row of its own, so the journal stays
append-only, and the position of a part is the moment this database came to know it.
"""

import json

from app.store.engine import Database, scalar

_KEPT = "position, origin, seq, hlc, tbl, row, cells, operator, written_at"

_JOURNAL = f"""
CREATE TABLE journal_new (
    position INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL DEFAULT 0,
    hlc TEXT NOT NULL,
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    cells TEXT NOT NULL,
    seen TEXT NOT NULL DEFAULT '{{}}',
    pick TEXT NOT NULL DEFAULT '{{}}',
    operator TEXT NOT NULL,
    written_at TEXT NOT NULL,
    UNIQUE (origin, seq, part)
) STRICT;

INSERT INTO journal_new ({_KEPT}) SELECT {_KEPT} FROM journal;

DROP TABLE journal;

ALTER TABLE journal_new RENAME TO journal;

CREATE INDEX journal_row ON journal (row, origin);

CREATE INDEX journal_hlc ON journal (hlc);
"""

# A row whose entries cannot all be laid into its table yet, because others that it needs have not arrived.
_TABLES = """
CREATE TABLE journal_waiting (
    tbl TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (tbl, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE alias (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    first_id TEXT NOT NULL DEFAULT '',
    second_id TEXT NOT NULL DEFAULT '',
    said_on TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '',
    joined INTEGER NOT NULL,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE choice (
    id TEXT PRIMARY KEY NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    stands TEXT NOT NULL,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;
"""

_INDEXES = """
DROP INDEX one_roll;
DROP INDEX one_calendar_day;
DROP INDEX one_national_day;
DROP INDEX one_case_number;
DROP INDEX one_document_place;
DROP INDEX one_document_number;
CREATE INDEX roll_class ON roll (class_id, day, session) WHERE withdrawn_on IS NULL;
CREATE INDEX calendar_day_unit ON calendar_day (unit_id, day) WHERE withdrawn_on IS NULL;
CREATE INDEX national_day_day ON national_day (day) WHERE withdrawn_on IS NULL;
CREATE INDEX case_file_number ON case_file (school_id, year, seq);
CREATE INDEX issued_document_place ON issued_document (kind, unit_id, year, seq);
CREATE INDEX issued_document_number ON issued_document (number);
"""


def open_to_many_offices(db: Database) -> None:
    """Rebuild the journal, add the two kinds of sayings, turn the unique indexes on facts into plain ones."""
    # Renaming a table makes SQLite read every trigger, and theirs speak of a journal that is gone just then.
    for (name,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.conn.execute(f"DROP TRIGGER {name}")
    db.executescript(_JOURNAL + _TABLES + _INDEXES)
    if scalar(db, "SELECT count(DISTINCT origin) FROM journal") > 1:
        _say_what_was_seen(db)


def _say_what_was_seen(db: Database) -> None:
    """Fill `seen` of the entries since a restore: nothing was ever received, so each had seen all before it."""
    newest: dict[tuple[str, str, str], dict[str, int]] = {}
    found = db.conn.execute("SELECT position, origin, seq, tbl, row, cells FROM journal ORDER BY position")
    for position, origin, seq, table, row, cells in found.fetchall():
        seen: dict[str, dict[str, int]] = {}
        for column in json.loads(cells):
            known = newest.setdefault((table, row, column), {})
            if others := {other: number for other, number in known.items() if other != origin}:
                seen[column] = others
            known[origin] = seq
        if seen:
            db.conn.execute("UPDATE journal SET seen = ? WHERE position = ?", (json.dumps(seen), position))
