"""A data folder that cannot be written, on a full or a read-only disk: it is opened for looking alone."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from filelock import FileLock

from app.errors import EnvironmentProblem
from app.settings import DataFolder
from app.store import journal, opening, schema
from app.store.clock import Clock
from app.store.engine import Database, connect
from app.store.high_water import HighWaterFile
from app.store.instances import current_origin
from app.store.keys import vault_of
from app.store.opening import Opened
from app.store.problems import database_in_words, disk_in_words

ROOM: Final = 256 * 1024
"""Bytes that must be free: what SQLite lays beside the database, and the smallest write."""
READ_ONLY: Final = (
    "数据文件夹只能读，现在只能看，不能记录。请打开写保护开关、改文件夹权限，或把数据放到能写的地方。"
)
FULL: Final = "磁盘满了，现在只能看，不能记录。请清理出一些空间，再重新打开。"


def unwritable(folder: DataFolder) -> str:
    """A sentence why nothing can be written into a folder that was set up; empty where it can."""
    if not folder.database.exists():
        return ""
    if not (os.access(folder.root, os.W_OK) and os.access(folder.database, os.W_OK)):
        return READ_ONLY
    with disk_in_words():
        return FULL if shutil.disk_usage(folder.root).free < ROOM else ""


class Looking:
    """The database of such a folder, as it stands. What a program that was killed left in its log is not in the
    database yet: then both are read from a copy, encrypted as they are. Close it."""

    def __init__(self, folder: DataFolder, key: bytes) -> None:
        self._folder, self._key = folder, key
        self._lock = FileLock(folder.lock, thread_local=False)
        self._aside: TemporaryDirectory[str] | None = None
        with suppress(OSError, RuntimeError):  # where not even a lock can be laid, nobody writes
            self._lock.acquire(timeout=0)
        self._path = folder.database
        log = folder.database.with_name(f"{folder.database.name}-wal")
        if log.exists() and log.stat().st_size:
            self._aside = TemporaryDirectory(prefix="guixue-", ignore_cleanup_errors=True)
            with disk_in_words(), database_in_words():
                for file in (folder.database, log):
                    shutil.copy(file, self._aside.name)
                self._path = Path(self._aside.name) / folder.database.name
                self._path.chmod(0o600)
                connect(self._path, key).close()  # which takes the log into the copy

    def connection(self) -> Database:
        """A connection on this thread that writes nothing, not even beside the database."""
        with database_in_words():
            return connect(self._path, self._key, reads_only=True, frozen=True)

    def opened(self, operator: str, clock: Clock, why: str) -> Opened:
        """What `opening.open_database` finds out, without a write. Raises EnvironmentProblem for an older database."""
        with database_in_words():
            db = self.connection()
            try:
                schema.refuse_foreign(db)
                if schema.pending(db):
                    raise EnvironmentProblem(f"数据是旧版本的，要先升级才能看。{why}")
                vault, newest = vault_of(self._folder.keyslots), journal.newest_tick(db, clock())
                who, high_water = operator or opening.named_operator(db), HighWaterFile(self._folder, vault)
                return Opened(db, current_origin(db), who, opening.files_key(db), newest, (why,), high_water)
            except BaseException:
                db.close()
                raise

    def close(self) -> None:
        """Let go of the folder and clear the copy away."""
        self._lock.release()
        if self._aside is not None:
            self._aside.cleanup()
