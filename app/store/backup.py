"""Backups a user knows of: make, list, one a day by itself, restore."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import EnvironmentProblem
from app.settings import DataFolder
from app.store import archive
from app.store.archive import ENDING, DamagedBackupError, Manifest
from app.store.clock import Clock, system_clock
from app.store.copying import back_up
from app.store.keys import KeySlots
from app.store.problems import disk_in_words
from app.store.restoring import Restored, restore_into
from app.store.thinning import Copy, to_keep

if TYPE_CHECKING:
    from app.store.store import Store

HAND = "hand"
DAILY = "daily"


@dataclass(frozen=True)
class BackupInfo:
    """One backup file. `ok`: read through and whole (of the attachments only the list is read).

    `made_on` is None when the file is too damaged to say. `kind`: daily, hand, migration, safety.
    `entries`: as in the manifest, for telling what was written since.
    """

    file: Path
    made_on: date | None
    size: int  # bytes
    complete: bool
    ok: bool
    kind: str
    entries: dict[str, int] | None = None


def make(store: "Store", today: date, *, complete: bool) -> Path:
    """A backup made by hand, in `backups/`; `complete` packs the attachments too. Never thinned out.

    Raises EnvironmentProblem when the disk refuses or the copy does not pass its integrity check.
    """
    return _make(store, Manifest(store.origin, today, HAND, complete))


def daily(store: "Store", today: date) -> Path | None:
    """The backup of the day without attachments, and thinning of what was made by itself; call once a start.

    Gives the file, or None when this day has one. Raises EnvironmentProblem as `make` does.
    """
    if any(about.kind == DAILY and about.made_on == today for about, _copy in _automatic(store.folder)):
        return None
    file = _make(store, Manifest(store.origin, today, DAILY, complete=False))
    copies = [copy for _about, copy in _automatic(store.folder)]
    kept = to_keep(copies)
    with disk_in_words():
        for copy in copies:
            if copy.file not in kept and copy.file != file:
                copy.file.unlink(missing_ok=True)
    return file


def list_backups(folder: DataFolder) -> list[BackupInfo]:
    """What lies in `backups/`, the one written last first: the day it is of may be another, as somebody looked ahead.
    Files are read through, so this takes a moment."""
    with disk_in_words():
        files = sorted(folder.backups.glob(f"*{ENDING}"), key=lambda file: file.stat().st_mtime_ns)
        return [info(file) for file in reversed(files)]


def restore(
    folder: DataFolder,
    file: Path,
    password: str,
    operator: str,
    today: date,
    clock: Clock = system_clock,
    *,
    other_unit: bool = False,
) -> Restored:
    """Make a backup the data of `folder` (which may be empty or missing), as a new instance.

    `password` is the one the backup was made under. What lies in the folder is packed into a safety copy in
    `backups/` first; journal and records are then those of the backup, while numbers go on after the highest that
    was used. The folder must not be open. Raises OtherUnit without `other_unit` when the folder holds another unit's
    data, UserError (wrong password, damaged or foreign file, newer program) and EnvironmentProblem (folder in
    use, disk full); then nothing was changed.
    """

    def unlock(slots: KeySlots) -> bytes:
        return slots.by_password(password)

    return restore_into(folder, file, unlock, operator, today, clock, other_unit=other_unit)


def restore_by_recovery_code(
    folder: DataFolder,
    file: Path,
    code: str,
    operator: str,
    today: date,
    clock: Clock = system_clock,
    *,
    other_unit: bool = False,
) -> Restored:
    """`restore` with the recovery code that was printed for these data, when the password is lost."""

    def unlock(slots: KeySlots) -> bytes:
        return slots.by_recovery_code(code)

    return restore_into(folder, file, unlock, operator, today, clock, other_unit=other_unit)


def _make(store: "Store", about: Manifest) -> Path:
    return store.on_worker(lambda db, key: back_up(db, key, store.folder, about))


def _automatic(folder: DataFolder) -> list[tuple[Manifest, Copy]]:
    """The whole copies nobody made by hand, with what they say: daily, before an upgrade, before a restore."""
    found = []
    with disk_in_words():
        for file in folder.backups.glob(f"*{ENDING}"):
            manifest = _manifest(file) if file.is_file() else None
            if manifest is not None and manifest.kind != HAND:
                about = file.stat()
                holds = tuple(sorted((manifest.entries or {}).items()))
                copy = Copy(file, manifest.made_on, about.st_mtime_ns, about.st_size, holds)
                found.append((manifest, copy))
    return found


def _manifest(file: Path) -> Manifest | None:
    try:
        with archive.opened(file) as (_bundle, manifest):
            return manifest
    except DamagedBackupError:
        return None


def info(file: Path) -> BackupInfo:
    """What a backup file anywhere says about itself, read through. Raises EnvironmentProblem when it cannot be read."""
    with disk_in_words():
        return _info(file)


def opens(file: Path) -> bool:
    """Whether a backup file says what it is; its files are not read through. False where it cannot be read at all."""
    try:
        return _manifest(file) is not None
    except EnvironmentProblem:
        return False


def _info(file: Path) -> BackupInfo:
    if not file.is_file():
        return BackupInfo(file, None, 0, complete=False, ok=False, kind="")
    size, manifest = file.stat().st_size, _manifest(file)
    if manifest is None:
        return BackupInfo(file, None, size, complete=False, ok=False, kind="")
    try:
        archive.check(file, attachments=False)
        ok = True
    except DamagedBackupError:
        ok = False
    return BackupInfo(file, manifest.made_on, size, manifest.complete, ok, manifest.kind, manifest.entries)
