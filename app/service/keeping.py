"""Backups in words."""

from pathlib import Path
from typing import Any

from app.service.desk import JSON


def made_backup(file: Path) -> JSON:
    """{file} of a backup just made."""
    return {"file": str(file)}


def backup_rows(found: list[Any]) -> list[JSON]:
    """[{file, made_on, size, complete, ok}], newest first; size in bytes."""
    return [
        {
            "file": str(one.file),
            "made_on": one.made_on,
            "size": one.size,
            "complete": one.complete,
            "ok": one.ok,
        }
        for one in found
    ]
