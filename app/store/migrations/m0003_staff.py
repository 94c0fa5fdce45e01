"""Who works in the office, and who answers for which class, village or child (双线三包)."""

from app.store.engine import Database

_TABLES = """
CREATE TABLE staff (
    id TEXT PRIMARY KEY NOT NULL,
    unit_id TEXT NOT NULL REFERENCES unit (id),
    name TEXT NOT NULL DEFAULT '',
    post TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    from_on TEXT NOT NULL,
    to_on TEXT,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE responsibility (
    id TEXT PRIMARY KEY NOT NULL,
    staff_id TEXT NOT NULL REFERENCES staff (id),
    kind TEXT NOT NULL DEFAULT '',
    class_id TEXT NOT NULL DEFAULT '',
    village TEXT NOT NULL DEFAULT '',
    student_id TEXT NOT NULL DEFAULT '',
    from_on TEXT NOT NULL,
    to_on TEXT,
    withdrawn_on TEXT,
    withdrawn_reason TEXT NOT NULL DEFAULT '',
    class_ref TEXT AS (nullif(class_id, '')) REFERENCES class_group (id),
    student_ref TEXT AS (nullif(student_id, '')) REFERENCES student (id)
) STRICT;

CREATE INDEX responsibility_staff ON responsibility (staff_id);
"""


def add_staff(db: Database) -> None:
    """Make the two tables."""
    db.executescript(_TABLES)
