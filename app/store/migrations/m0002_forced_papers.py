"""A paper that was issued although it was too early keeps the reason (design section 5: a forced step)."""

from app.store.engine import Database


def add_forced_reason(db: Database) -> None:
    """The reason; '' for every paper issued before this step."""
    db.conn.execute("ALTER TABLE issued_document ADD COLUMN forced_reason TEXT NOT NULL DEFAULT ''")
