"""The one door to SQLCipher: every connection is opened here, with the same key form and the same pragmas."""

import sys
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

# sqlite-utils looks for "pysqlite3" while it is imported and takes its exception classes from there. Given the
# plain sqlite3 instead, SQLCipher's errors (no subclasses of sqlite3's) would pass it by.
sys.modules["pysqlite3"] = dbapi2
sys.modules["pysqlite3.dbapi2"] = dbapi2

from sqlite_utils import Database, Migrations  # noqa: E402 - only after the two aliases above

__all__ = ["Database", "DatabaseError", "Migrations", "connect", "damage", "scalar"]

DatabaseError = dbapi2.DatabaseError
"""What SQLCipher raises; carries `sqlite_errorcode`."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_mode = WAL",
    # Only FULL syncs the log at every commit, and a commit that was acknowledged must outlive a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA cell_size_check = ON",
    "PRAGMA busy_timeout = 5000",
    # Every page that is not kept is decrypted again: 64 MB hold what one page of the window asks for in a county.
    "PRAGMA cache_size = -65536",
    # trusted_schema must stay on: the journal triggers call functions of this program, and SQLite has no way to
    # mark a Python function harmless. The schema is ours and lies inside the encrypted file.
)


def connect(
    path: Path,
    key: bytes,
    *,
    create: bool = False,
    wal: bool = True,
    reads_only: bool = False,
    frozen: bool = False,
) -> Database:
    """Open the encrypted database at `path` with the raw 32-byte `key`, in this thread only.

    `create` makes the file; otherwise it must exist. `wal=False` leaves the file in rollback-journal mode,
    one file on its own, for copies that are about to be moved. `reads_only` refuses every write; `frozen` lays
    nothing beside the file either, and holds only while nobody writes it.

    Raises DatabaseError (SQLITE_NOTADB when key and file do not belong together or the file is damaged,
    SQLITE_CANTOPEN when it is not there).
    """
    mode = "rwc" if create else "rw"
    mode = "ro&immutable=1" if frozen else mode
    connection = dbapi2.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    try:
        # SQLCipher would otherwise write its own lines to stderr, where users read one Chinese sentence.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master")
        for pragma in _PRAGMAS:
            if frozen and "journal_mode" in pragma:
                continue
            connection.execute(pragma if wal else pragma.replace("= WAL", "= DELETE"))
        if reads_only:
            connection.execute("PRAGMA query_only = ON")
        return Database(connection, execute_plugins=False)
    except BaseException:
        connection.close()
        raise


def scalar(db: Database, sql: str, *params: object) -> Any:
    """The first column of the first row, or None when there is no row."""
    row = db.conn.execute(sql, params).fetchone()
    return None if row is None else row[0]


def damage(db: Database) -> list[str]:
    """What SQLite and SQLCipher find wrong with the file; empty when it is whole. Reads every page."""
    found = [str(row[0]) for row in db.conn.execute("PRAGMA quick_check(5)") if row[0] != "ok"]
    return found + [str(row[0]) for row in db.conn.execute("PRAGMA cipher_integrity_check")]
