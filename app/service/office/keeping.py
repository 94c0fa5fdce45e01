"""Backups in words, and what a new password must be."""

from pathlib import Path
from typing import Any

from app.service.office.desk import JSON
from app.store import backup

KINDS = {"daily": "每日", "hand": "手工", "migration": "升级前", "safety": "恢复前保留"}
SHORTEST_PASSWORD = (
    6  # characters; the key behind it is hard to try, a shorter password is still guessed by hand
)


def made_backup(file: Path) -> JSON:
    """{file} of a backup just made."""
    return {"file": str(file)}


def backup_rows(found: list[Any]) -> list[JSON]:
    """[{file, made_on, size, complete, ok, kind}], newest first; size in bytes, kind in words."""
    return [_row(one) for one in found]


def backup_at(file: Path) -> JSON:
    """The row of one backup file, wherever it lies, with `entries` for `settings_view.written_since`.

    Raises EnvironmentProblem when it cannot be read; a file that is no backup, or a damaged one, has ok False.
    """
    one = backup.info(file)
    return _row(one) | {"entries": one.entries}


def password_problem(text: str) -> str:
    """Why `text` cannot be a new password, as a sentence; empty when it can."""
    if len(text) >= SHORTEST_PASSWORD and text == text.strip():
        return ""
    if text != text.strip():
        return "密码的前后不能有空格。请重新写。"
    return f"密码至少要{SHORTEST_PASSWORD}个字，太短容易被人猜到。请写长一点，例如几个词连起来。"


def typed_twice_problem(new: str, again: str) -> str:
    """Why a new password typed twice cannot be taken, as a sentence; empty when it can."""
    return password_problem(new) or ("" if new == again else "两遍密码不一样。请重新写一遍。")


def _row(one: backup.BackupInfo) -> JSON:
    return {
        "file": str(one.file),
        "made_on": one.made_on,
        "size": one.size,
        "complete": one.complete,
        "ok": one.ok,
        "kind": KINDS.get(one.kind, ""),
    }
