"""From a folder and its key to a connection that is safe to write with."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from app.errors import EnvironmentProblem, UserError
from app.settings import DataFolder
from app.store import journal, keys, schema
from app.store.archive import Manifest
from app.store.clock import DAY_MS, Clock, Tick, milliseconds
from app.store.copying import back_up
from app.store.engine import Database, connect, scalar
from app.store.high_water import HighWaterFile
from app.store.instances import begin_instance, current_origin, recognise
from app.store.keys import KeySlots, vault_of
from app.store.problems import database_in_words, disk_in_words
from app.store.safe_files import PART, flush_file, move

OPERATOR = "operator"
"""The local setting that keeps the operator named at set-up."""

FILES = "files"


@dataclass(frozen=True)
class Opened:
    """An open connection, who this instance is, and what must be said at the start."""

    db: Database
    origin: str
    operator: str
    files_key: bytes
    newest: Tick
    notices: tuple[str, ...]
    high_water: HighWaterFile


def hold(folder: DataFolder) -> FileLock:
    """Take the folder for this process; the system itself lets go of it when a process is killed.

    Raises EnvironmentProblem when another process has it.
    """
    lock = FileLock(folder.lock, thread_local=False)
    try:
        with disk_in_words():
            lock.acquire(timeout=0)
    except Timeout as error:
        raise EnvironmentProblem(
            "这个数据文件夹正被另一个归学窗口或命令使用。请先关闭那一个，再重新打开。"
        ) from error
    return lock


def create_database(folder: DataFolder, key: bytes, slots: KeySlots, operator: str, clock: Clock) -> None:
    """Make the database beside its place, then the key slots, and move the database there last.

    Before that move there is no data here. As long as the unfinished database lies there, everything else is
    known to be a trace of this set-up; so it is the first file to come and, in clearing up, the last to go.
    """
    part = _unfinished(folder)
    with database_in_words(), disk_in_words():
        for trace in (folder.keyslots, *_side_files(folder), part):
            trace.unlink(missing_ok=True)
        db = connect(part, key, create=True, wal=False)
        try:
            schema.migrate(db)
            with db.atomic():
                begin_instance(db, clock, "created")
                db.conn.execute("INSERT INTO local_key VALUES (?, ?)", (FILES, keys.new_key()))
                db.conn.execute("INSERT INTO local_setting VALUES (?, ?)", (OPERATOR, operator))
        finally:
            db.close()
        flush_file(part)
        slots.save(folder.keyslots)
        move(part, folder.database)


def _side_files(folder: DataFolder) -> tuple[Path, Path]:
    """What a set-up that was cut off may leave beside the unfinished database and the key slots."""
    part = _unfinished(folder)
    return part.with_name(f"{part.name}-journal"), folder.keyslots.with_name(folder.keyslots.name + PART)


def refuse_if_used(folder: DataFolder) -> None:
    """Raise UserError when anything lies in the folder but the traces of a set-up that was cut off."""
    with disk_in_words():
        names = {path.name for path in folder.root.iterdir()} if folder.root.exists() else set()
    names -= {folder.lock.name, folder.portable_sign.name}
    part = _unfinished(folder).name
    traces = {part, folder.keyslots.name, *(path.name for path in _side_files(folder))}
    if names and (part not in names or not names <= traces):
        raise UserError("这个文件夹不是空的。请选一个空文件夹来建立数据；已有归学数据的文件夹请直接打开。")


def holds_data(folder: DataFolder) -> bool:
    """Whether the folder was set up; a set-up that was cut off does not count."""
    return folder.database.exists() or (folder.keyslots.exists() and not _unfinished(folder).exists())


def open_database(folder: DataFolder, key: bytes, operator: str, today: date, clock: Clock) -> Opened:
    """Connect on this thread; refuse a newer database; back up and migrate an older one; check the triggers.

    An empty `operator` means the one named at set-up. Raises UserError and EnvironmentProblem.
    """
    with database_in_words(), disk_in_words():
        db = connect(folder.database, key)
        try:
            schema.refuse_foreign(db)
            notices = _brought_up_to_date(db, key, folder, today)
            schema.verify(db)
            vault = vault_of(folder.keyslots)
            notices += recognise(db, folder, vault, clock)
            newest = journal.newest_tick(db, clock())
            notices += _clock_notice(newest, clock)
            who, high_water = operator or named_operator(db), HighWaterFile(folder, vault)
            return Opened(db, current_origin(db), who, files_key(db), newest, notices, high_water)
        except BaseException:
            db.close()
            raise


def open_for_reading(folder: DataFolder, key: bytes) -> Database:
    """A second connection on this thread, once the first is open: it sees what is committed and cannot write.

    Raises EnvironmentProblem.
    """
    with database_in_words():
        return connect(folder.database, key, reads_only=True)


def files_key(db: Database) -> bytes:
    """The key that seals the attachments."""
    return bytes(scalar(db, "SELECT value FROM local_key WHERE name = ?", FILES))


def named_operator(db: Database) -> str:
    """The operator named at set-up; empty for none."""
    return str(scalar(db, "SELECT value FROM local_setting WHERE key = ?", OPERATOR) or "")


def _unfinished(folder: DataFolder) -> Path:
    return folder.database.with_name(folder.database.name + PART)


def _brought_up_to_date(db: Database, key: bytes, folder: DataFolder, today: date) -> tuple[str, ...]:
    if not schema.pending(db):
        return ()
    about = Manifest(current_origin(db), today, "migration", complete=False)
    kept = back_up(db, key, folder, about)
    schema.migrate(db)
    return (f"数据库已升级到本版本的格式；升级前的数据备份在 {kept.name}，不必再做什么。",)


def _clock_notice(newest: Tick, clock: Clock) -> tuple[str, ...]:
    now = clock()
    if newest.ms - milliseconds(now) <= DAY_MS:
        return ()
    then = newest.moment().astimezone(now.tzinfo)
    return (
        f"本机时钟是 {now:%Y-%m-%d %H:%M}，比最近一次记录（{then:%Y-%m-%d %H:%M}）早了一天以上。"
        "请先校准电脑的日期和时间，否则期限会算错。",
    )


def clear_leftovers(folder: DataFolder) -> None:
    """Remove what a write that was cut off left unfinished: no name of a finished file ends so."""
    for place in (folder.root, folder.backups, folder.attachments):
        for one in place.glob(f"*{PART}") if place.is_dir() else ():
            with suppress(OSError):  # it is tried again at the next start
                one.unlink()
