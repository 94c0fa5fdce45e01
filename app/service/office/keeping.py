"""Backups in words, and what a new password must be."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.settings import DataFolder
from app.store import backup
from app.store.copying import KIND_WORDS

SHORTEST_PASSWORD = (
    8  # letters and digits; a Chinese character counts as two, as there are so many more of them
)
PASSWORD_WORDS = f"密码至少{SHORTEST_PASSWORD}位，一个汉字算两位"


@dataclass(frozen=True)
class Backup:
    """A backup file: its day (None where it is too damaged to say), its size in bytes, whether it is `complete` with
    photos and papers and read through whole (`ok`), and its kind in words.

    `entries` is what it knows of the journal, for telling what was written since; None in a damaged one and in one of
    an older program.
    """

    file: Path
    made_on: date | None
    size: int
    complete: bool
    ok: bool
    kind: str
    entries: dict[str, int] | None


def kept_backups(folder: DataFolder) -> list[Backup]:
    """The backups of a folder, newest first; reads the files through, so it takes a moment."""
    return [_in_words(one) for one in backup.list_backups(folder)]


def backup_at(file: Path) -> Backup:
    """One backup file, wherever it lies.

    Raises EnvironmentProblem when it cannot be read; a file that is no backup, or a damaged one, has ok False.
    """
    return _in_words(backup.info(file))


def password_problem(text: str) -> str:
    """Why `text` cannot be a new password, as a sentence; empty when it can."""
    places = sum(1 if one.isascii() else 2 for one in text)
    if places >= SHORTEST_PASSWORD and text == text.strip():
        return ""
    if text != text.strip():
        return "密码的前后不能有空格。请重新写。"
    return f"{PASSWORD_WORDS}，太短容易被人猜到。请写长一点，例如几个词连起来。"


def typed_twice_problem(new: str, again: str) -> str:
    """Why a new password typed twice cannot be taken, as a sentence; empty when it can."""
    return password_problem(new) or ("" if new == again else "两遍密码不一样。请重新写一遍。")


def _in_words(one: backup.BackupInfo) -> Backup:
    return Backup(**vars(one) | {"kind": KIND_WORDS.get(one.kind, "")})
