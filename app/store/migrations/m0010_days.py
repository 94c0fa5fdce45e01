"""Rolls and absences are looked for by their day, too: the newest roll, the children missing of late."""

from app.store.engine import Database

_INDEXES = """
CREATE INDEX roll_day ON roll (day) WHERE withdrawn_on IS NULL;
CREATE INDEX absence_day ON absence (day, kind, student_id) WHERE withdrawn_on IS NULL;
"""


def find_by_day(db: Database) -> None:
    """Two indexes; no fact changes."""
    db.executescript(_INDEXES)
