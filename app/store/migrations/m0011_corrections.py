"""What a person recorded is corrected or withdrawn with a reason, and both stay to be read."""

from app.store.engine import Database

_TABLE = """
CREATE TABLE correction (
    id TEXT PRIMARY KEY NOT NULL,
    student_id TEXT NOT NULL REFERENCES student (id),
    of_table TEXT NOT NULL,
    of_row TEXT NOT NULL,
    corrected_on TEXT NOT NULL,
    what TEXT NOT NULL,
    reason TEXT NOT NULL,
    by_whom TEXT NOT NULL DEFAULT '',
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX correction_of_child ON correction (student_id);
"""


def keep_corrections(db: Database) -> None:
    """The table; earlier corrections stand in the journal alone."""
    db.executescript(_TABLE)
