"""Whether a file is still the one that was read: by its size and the moment it was last written, without reading it."""

import time
from dataclasses import dataclass
from pathlib import Path

YOUNG_NS = 3_000_000_000
"""A file written a moment ago may change again within one tick of a clock that counts in steps of two seconds, as that
of a stick does (FAT): nothing is kept of it until it is older."""


@dataclass(frozen=True)
class FileStamp:
    """A file as it was when it was read; another stamp means that it has to be read again."""

    path: Path
    size: int
    written_ns: int


def stamp_of(path: Path) -> FileStamp | None:
    """The stamp of a file; None where it cannot be looked at or is so young that its stamp proves nothing."""
    try:
        found = path.stat()
    except OSError:
        return None
    if abs(time.time_ns() - found.st_mtime_ns) < YOUNG_NS:
        return None
    return FileStamp(path, found.st_size, found.st_mtime_ns)
