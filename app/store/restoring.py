"""Putting a backup in the place of the data so that a power cut leaves the old or the new, never a mixture.

The new files are made ready in `restore.part/`. Renaming that to `restore.ready/` is the moment of decision:
before it nothing was touched, after it every start first carries the swap to its end. Each step of the swap can be
done again, so being killed in it costs nothing.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.errors import OtherUnit, UserError
from app.settings import DataFolder
from app.store import archive, schema
from app.store.archive import ATTACHMENTS, DATABASE, KEYSLOTS, DamagedBackupError, Manifest
from app.store.clock import Clock
from app.store.copying import keep_as_it_lies, safety
from app.store.engine import DatabaseError, connect, damage
from app.store.high_water import HighWaterFile
from app.store.instances import announce_restored, begin_instance, current_origin, unit_name
from app.store.keys import KeySlots, vault_of
from app.store.opening import hold
from app.store.problems import database_in_words, disk_in_words
from app.store.safe_files import flush_file, flush_folder, move

_DAMAGED = "这个备份文件不完整或已损坏，没有恢复，现有数据未动。请换一份备份。"


@dataclass(frozen=True)
class Restored:
    """The id of the new instance, and the safety copy of what was there before (None: nothing was)."""

    origin: str
    safety_copy: Path | None


def _staging(folder: DataFolder) -> Path:
    return folder.root / "restore.part"


def _ready(folder: DataFolder) -> Path:
    return folder.root / "restore.ready"


def is_cut_off(folder: DataFolder) -> bool:
    """Whether a decided restore waits to be carried to its end."""
    return _ready(folder).exists()


def restore_into(
    folder: DataFolder,
    file: Path,
    unlock: Callable[[KeySlots], bytes],
    operator: str,
    today: date,
    clock: Clock,
    *,
    other_unit: bool = False,
) -> Restored:
    """Make `file` the data of `folder`, as a new instance, after keeping what is there. See `backup.restore`."""
    if not file.is_file():
        raise UserError(f"找不到备份文件 {file.name}。请检查路径和U盘是否插好，再试一次。")
    with disk_in_words():
        folder.root.mkdir(parents=True, exist_ok=True)
    lock = hold(folder)
    try:
        finish_restore(folder)
        try:
            restored = _make_ready(folder, file, unlock, operator, today, clock, other_unit=other_unit)
        except BaseException:
            # What cannot be cleared away now is cleared by the next start; the first error is the one to tell.
            shutil.rmtree(_staging(folder), ignore_errors=True)
            raise
        finish_restore(folder)
        return restored
    finally:
        lock.release()


def finish_restore(folder: DataFolder) -> None:
    """Carry a decided restore to its end, clear away an undecided one. Only while holding the folder.

    Raises EnvironmentProblem when the disk refuses; then the next start goes on from there.
    """
    ready = _ready(folder)
    with disk_in_words():
        if _staging(folder).exists():
            shutil.rmtree(_staging(folder))
        if not ready.exists():
            return
        _move_attachments(ready / "attachments", folder.attachments)
        if (ready / DATABASE).exists():
            # The old log must not be played into the new database.
            for ending in ("-wal", "-shm", "-journal"):
                folder.database.with_name(DATABASE + ending).unlink(missing_ok=True)
            if (ready / KEYSLOTS).exists():
                move(ready / KEYSLOTS, folder.keyslots)
            move(ready / DATABASE, folder.database)
        shutil.rmtree(ready)
        flush_folder(folder.root)


def _make_ready(
    folder: DataFolder,
    file: Path,
    unlock: Callable[[KeySlots], bytes],
    operator: str,
    today: date,
    clock: Clock,
    *,
    other_unit: bool,
) -> Restored:
    """Everything up to and including the moment of decision."""
    staging = _staging(folder)
    manifest = _unpack(file, staging)
    slots = KeySlots.load(staging / KEYSLOTS)
    key = unlock(slots)
    before, origin, unit = _adopt(staging / DATABASE, key, f"restored from {file.name} by {operator}", clock)
    if not other_unit:
        _refuse_other_unit(folder, slots.vault, unit)
    # A file of the same name but other bytes is sealed for another database and is about to be replaced.
    complete = any(_differs(folder, name, digest) for name, (_size, digest) in manifest.files.items())
    kept = keep_as_it_lies(folder, safety(before, today, complete=complete))
    with disk_in_words():
        for path in (staging / DATABASE, staging / KEYSLOTS):
            flush_file(path)
        for inner in (staging / "attachments", staging):
            if inner.exists():
                flush_folder(inner)
        announce_restored(folder, slots.vault, origin)
        staging.rename(_ready(folder))
        flush_folder(folder.root)
    return Restored(origin, kept)


def _unpack(file: Path, staging: Path) -> Manifest:
    """The files of a backup under `staging`, each checked. Raises UserError for a damaged or foreign file."""
    try:
        with disk_in_words(), archive.opened(file) as (bundle, manifest):
            if not {DATABASE, KEYSLOTS} <= manifest.files.keys():
                raise DamagedBackupError(file.name)
            (staging / "attachments").mkdir(parents=True)
            for name in manifest.files:
                with (staging / name).open("wb") as target:
                    target.writelines(archive.contents(bundle, manifest, name))
                    target.flush()
                    os.fsync(target.fileno())
            return manifest
    except DamagedBackupError as error:
        raise UserError(_DAMAGED) from error


def _refuse_other_unit(folder: DataFolder, vault: str, unit: str) -> None:
    """Raise OtherUnit, naming both, when the folder holds data that are not those of `vault`."""
    there = vault_of(folder.keyslots)
    if there and there != vault:
        high_water = HighWaterFile(folder, there).read()
        ours = (high_water.unit if high_water else "") or "另一套数据"
        raise OtherUnit(
            f"这份备份是“{unit or '未写单位'}”的，这个文件夹里现在是“{ours}”的数据，没有恢复。"
            "请核对备份文件；确实要换成备份里的那个单位，请确认后再恢复。"
        )


def _adopt(database: Path, key: bytes, reason: str, clock: Clock) -> tuple[str, str, str]:
    """Prove the staged database whole and give it a new instance id; both ids, old and new, and the unit's name.

    Raises UserError when it is damaged or of a newer program.
    """
    with database_in_words():
        try:
            db = connect(database, key, wal=False)
            try:
                schema.refuse_foreign(db)
                if damage(db):
                    raise UserError(_DAMAGED)
                before = current_origin(db)
                with db.atomic():
                    return before, begin_instance(db, clock, reason), unit_name(db)
            finally:
                db.close()
        except DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in {11, 26}:  # SQLITE_CORRUPT, SQLITE_NOTADB
                raise UserError(_DAMAGED) from error
            raise


def _differs(folder: DataFolder, name: str, digest: str) -> bool:
    there = folder.root / name
    return name.startswith(ATTACHMENTS) and there.is_file() and archive.digest_of(there) != digest


def _move_attachments(source: Path, target: Path) -> None:
    if not source.exists():
        return
    target.mkdir(exist_ok=True)
    for path in sorted(source.iterdir()):
        path.replace(target / path.name)
    flush_folder(target)
