"""The backup file `.gxbak`: a plain zip of the (still encrypted) database, its key slots and a manifest.

    manifest.json       who, when, of what kind, and every other file with size and SHA-256
    guixue.db           made by VACUUM INTO; in a safety copy the files as they lay, with their -wal
    keyslots.json
    attachments/*.sealed    in a complete backup only

Names are checked against this list before anything is unpacked.
"""

import errno
import hashlib
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import IO

import msgspec

from app.errors import EnvironmentProblem
from app.store.problems import disk_in_words
from app.store.safe_files import PART, move

ENDING = ".gxbak"
_MANIFEST = "manifest.json"
_MOST_MANIFEST = 64 * 2**20
_CHUNK = 2**20
_NAMES = re.compile(r"guixue\.db(-wal)?|keyslots\.json|attachments/[0-9a-f]{64}\.sealed")

DATABASE = "guixue.db"
KEYSLOTS = "keyslots.json"
ATTACHMENTS = "attachments/"
SAFETY = "safety"


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself: `files` maps name to (size in bytes, SHA-256 in hex).

    `entries` maps each origin to the number of its newest journal entry in the backup; None where that is not known, in
    a copy of closed files and in backups of older programs.
    """

    origin: str
    made_on: date
    kind: str  # daily, hand, migration, safety
    complete: bool
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    entries: dict[str, int] | None = None


class DamagedBackupError(Exception):
    """A file is no backup, or not whole."""


def write(target: Path, sources: dict[str, Path], about: Manifest) -> None:
    """Pack `sources` (name in the backup → file) into `target`, whole or not at all; `about.files` is filled in.

    Every byte is read back and compared before the rename. Raises EnvironmentProblem when the disk refuses.
    """
    part = target.with_name(target.name + PART)
    with disk_in_words():
        try:
            files = {name: (path.stat().st_size, digest_of(path)) for name, path in sources.items()}
            with part.open("wb") as file:
                _pack(file, sources, replace(about, files=files))
                file.flush()
                os.fsync(file.fileno())
            check(part)
            move(part, target)
        except DamagedBackupError as error:
            raise EnvironmentProblem(
                "备份写到磁盘后与原文不符。请检查磁盘，换一块好的磁盘后重试。"
            ) from error
        finally:
            part.unlink(missing_ok=True)


def _pack(file: IO[bytes], sources: dict[str, Path], manifest: Manifest) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
        about = asdict(manifest) | {"format": 1, "made_on": manifest.made_on.isoformat()}
        # Fixed zip times: the date of a backup is what the manifest says, not what the clock said.
        bundle.writestr(zipfile.ZipInfo(_MANIFEST), msgspec.json.format(msgspec.json.encode(about), indent=1))
        for name, path in sources.items():
            with (
                path.open("rb") as source,
                bundle.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry,
            ):
                shutil.copyfileobj(source, entry, _CHUNK)


def check(file: Path, *, attachments: bool = True) -> Manifest:
    """Read a backup through and compare every size and SHA-256; without `attachments` only the names of those.

    Raises DamagedBackupError; EnvironmentProblem when it cannot be read at all.
    """
    with opened(file) as (bundle, manifest):
        for name in manifest.files:
            if attachments or not name.startswith(ATTACHMENTS):
                for _chunk in contents(bundle, manifest, name):
                    pass
    if not {DATABASE, KEYSLOTS} <= manifest.files.keys() and manifest.kind != SAFETY:
        raise DamagedBackupError("no database or no key slots")
    return manifest


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The zip and its manifest, with the names in both checked against each other and against the list.

    Raises DamagedBackupError; EnvironmentProblem when the file cannot be read at all.
    """
    with disk_in_words():
        try:
            with zipfile.ZipFile(file) as bundle:
                yield bundle, _manifest(bundle)
        except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError) as error:
            raise DamagedBackupError(file.name) from error
        except OSError as error:
            if error.errno == errno.EINVAL:  # the zip says that an entry lies before its first byte
                raise DamagedBackupError(file.name) from error
            raise


def contents(bundle: zipfile.ZipFile, manifest: Manifest, name: str) -> Iterator[bytes]:
    """The bytes of one file, piece by piece. Raises DamagedBackupError at the end when they are not the ones
    that were packed, and as soon as there are too many."""
    size, digest = manifest.files[name]
    seen, left = sha256(), size
    with bundle.open(name) as entry:
        while chunk := entry.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                break
            seen.update(chunk)
            yield chunk
    if left != 0 or seen.hexdigest() != digest:
        raise DamagedBackupError(name)


def _manifest(bundle: zipfile.ZipFile) -> Manifest:
    if any(info.compress_type != zipfile.ZIP_STORED or info.flag_bits & 1 for info in bundle.infolist()):
        raise DamagedBackupError("compressed or encrypted by somebody else")
    names = sorted(info.filename for info in bundle.infolist())
    try:
        info = bundle.getinfo(_MANIFEST)
        if info.file_size > _MOST_MANIFEST:
            raise DamagedBackupError("manifest too large")
        manifest = _parsed(bundle.read(info))
    except (KeyError, ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise DamagedBackupError("manifest unreadable") from error
    listed = sorted([_MANIFEST, *manifest.files])
    if names != listed:
        raise DamagedBackupError("files and manifest disagree")
    if any(not _NAMES.fullmatch(name) for name in manifest.files):
        raise DamagedBackupError("a file that has no place in a backup")
    return manifest


def _parsed(content: bytes) -> Manifest:
    """The manifest in a backup, every value of its own type. Raises MsgspecError or ValueError."""
    manifest = msgspec.json.decode(content, type=Manifest)
    if any(size < 0 for size, _digest in manifest.files.values()):
        raise ValueError("a file of less than nothing")
    return manifest


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
