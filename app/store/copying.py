"""Making the one-file copies: a clean one of an open database, a raw one of files as they lie."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.errors import EnvironmentProblem
from app.settings import DataFolder
from app.store import archive, journal
from app.store.archive import ATTACHMENTS, DATABASE, ENDING, KEYSLOTS, SAFETY, Manifest
from app.store.engine import Database, connect, damage
from app.store.instances import unit_name
from app.store.problems import database_in_words, disk_in_words
from app.store.safe_files import PART
from app.store.sealed_files import SEALED

PREFIX = "归学备份"
LONGEST_NAME = 40  # characters of a unit's name in a file name
KIND_WORDS = {"daily": "每日", "hand": "手工", "migration": "升级前", "safety": "恢复前保留"}
"""Why a copy was made → the word for it in its name and in lists."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f_.]')  # by the file systems of PCs and sticks, and our own sign
_NAMED = re.compile(rf"{PREFIX}_(?:[^_]{{1,{LONGEST_NAME}}}_)?(\d{{4}})年(\d{{2}})月(\d{{2}})日")
_NAMED_EARLIER = re.compile(r"guixue-(\d{4})-(\d{2})-(\d{2})-")


def back_up(db: Database, key: bytes, folder: DataFolder, about: Manifest) -> Path:
    """Copy the open database, prove the copy whole, and pack it with its key slots (and the attachments when
    `about.complete`). Call outside a transaction, on the connection's thread.

    Gives the backup file. Raises EnvironmentProblem when the disk refuses or the copy is not whole.
    """
    target = _free_name(folder, about, _unit_of(db))
    copy = target.with_name(f"{target.stem}.db{PART}")
    try:
        with database_in_words():
            newest = journal.newest_by_origin(db)  # on the only thread that writes: nothing comes in between
            db.conn.execute("VACUUM INTO ?", (str(copy),))
            _prove(copy, key)
        sources = {DATABASE: copy, KEYSLOTS: folder.keyslots}
        about = replace(about, entries=newest)
        archive.write(target, sources | (_attachments(folder) if about.complete else {}), about)
    finally:
        with disk_in_words():
            copy.unlink(missing_ok=True)
    return target


def keep_as_it_lies(folder: DataFolder, about: Manifest) -> Path | None:
    """Pack the closed database files byte for byte, damaged or not, before something else takes their place.

    Gives the safety copy, or None when there is nothing to keep. Raises EnvironmentProblem.
    """
    wal = folder.database.with_name(folder.database.name + "-wal")
    there = {path.name: path for path in (folder.database, wal, folder.keyslots) if path.is_file()}
    if not there:
        return None
    target = _free_name(folder, about)
    archive.write(target, there | (_attachments(folder) if about.complete else {}), about)
    return target


def _unit_of(db: Database) -> str:
    """The unit's name; '' before it is set up, and in a database of before there was one."""
    return unit_name(db) if {"unit", "local_setting"} <= set(db.table_names()) else ""


def stem_of(about: Manifest, unit: str) -> str:
    """What a backup is called, without its ending: 归学备份_石桥小学_2026年11月20日_每日."""
    day = about.made_on
    name = _FORBIDDEN.sub("", unit)[:LONGEST_NAME]
    parts = (PREFIX, name, f"{day.year}年{day.month:02d}月{day.day:02d}日", KIND_WORDS.get(about.kind, ""))
    return "_".join(part for part in parts if part)


def day_of_name(name: str) -> date | None:
    """The day in the name of a backup, as this program or an earlier one called it; None in any other name."""
    found = _NAMED.match(name) or _NAMED_EARLIER.match(name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _free_name(folder: DataFolder, about: Manifest, unit: str = "") -> Path:
    """A file name not yet taken; left-overs of a copy that was cut off are cleared away on the way."""
    with disk_in_words():
        folder.backups.mkdir(parents=True, exist_ok=True)
        for left_over in folder.backups.glob(f"*{PART}"):
            left_over.unlink()
        stem = stem_of(about, unit)
        target, number = folder.backups / (stem + ENDING), 1
        while target.exists():
            number += 1
            target = folder.backups / f"{stem}_{number}{ENDING}"
    return target


def _attachments(folder: DataFolder) -> dict[str, Path]:
    return {ATTACHMENTS + path.name: path for path in sorted(folder.attachments.glob(f"*{SEALED}"))}


def _prove(copy: Path, key: bytes) -> None:
    checked = connect(copy, key, wal=False)
    try:
        found = damage(checked)
    finally:
        checked.close()
    if found:
        raise EnvironmentProblem("备份的数据库没有通过完整性检查。请检查磁盘，并恢复最近一份完好的备份。")


def safety(origin: str, made_on: date, *, complete: bool) -> Manifest:
    """What the copy before a restore says about itself."""
    return Manifest(origin, made_on, SAFETY, complete)
