"""What lets a case go on and end: what was told of it, observations after the return, closing, forced steps."""

from app.store.engine import Database

_TABLES = """
CREATE TABLE told (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    kind TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    told_by TEXT NOT NULL DEFAULT '',
    level TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE observation (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    observed_on TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    in_school INTEGER NOT NULL DEFAULT 1,
    by_whom TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE closure (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    reason TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    by_whom TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE forced_step (
    id TEXT PRIMARY KEY NOT NULL,
    case_id TEXT NOT NULL REFERENCES case_file (id),
    step TEXT NOT NULL,
    forced_on TEXT NOT NULL,
    entered_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_whom TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX told_of_case ON told (case_id);
CREATE INDEX observation_of_case ON observation (case_id);
CREATE INDEX closure_of_case ON closure (case_id);
CREATE INDEX forced_step_of_case ON forced_step (case_id);
"""


def let_cases_end(db: Database) -> None:
    """The four tables, and of a visit who went along and who told it ('' for every one before this step)."""
    db.executescript(_TABLES)
    for column in ("with_units", "told_by"):
        db.conn.execute(f"ALTER TABLE contact ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
