"""Files that are either the old or the new ones after a power cut: written aside, flushed, then renamed."""

import os
from contextlib import suppress
from pathlib import Path

from app.store.problems import disk_in_words

PART = ".part"
"""Ending of a file that is not finished; whoever reads a folder passes over it."""


PRIVATE = 0o600
"""For the eyes of this user of the PC alone."""


def write_file(path: Path, content: bytes, *, private: bool = False) -> None:
    """Put `content` at `path`, whole or not at all; with `private` no other user of this PC may read it. Raises
    EnvironmentProblem when the disk refuses."""
    part = path.with_name(path.name + PART)
    with disk_in_words():
        try:
            with open(part, "wb", opener=_private if private else None) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            move(part, path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _private(path: str, flags: int) -> int:
    """Opens a file that nobody else may read, from its first byte on."""
    descriptor = os.open(path, flags, PRIVATE)
    if os.name != "nt":
        with suppress(OSError):  # FAT knows no owners
            os.fchmod(descriptor, PRIVATE)  # one left by a power cut may be open to all
    return descriptor


def move(source: Path, target: Path) -> None:
    """Rename a file within one disk, replacing `target`, so that the rename itself outlives a power cut."""
    source.replace(target)
    flush_folder(target.parent)


def flush_folder(folder: Path) -> None:
    """Make renames inside `folder` lasting. Windows cannot flush a folder; NTFS journals renames itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_file(path: Path) -> None:
    """Make the content of a closed file lasting."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
