"""The high-water mark of a database, outside it: the highest numbers used, and which folder on which machine uses them.

A database goes back in time with a backup and is doubled by copying its folder; the high-water mark does neither. It
lies in the user's profile on this PC, or beside the database of a portable folder, one file a database, and holds no
name but the unit's own. Promise 4 of the design: a number is never given out twice.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from filelock import FileLock, Timeout

from app.errors import EnvironmentProblem
from app.settings import DataFolder
from app.store.places import Place
from app.store.problems import disk_in_words
from app.store.safe_files import write_file

CASES = "个案"
"""The kind of the series that numbers cases; every other kind is a kind of paper."""

_FORMAT = 1
_PATIENCE = 10  # seconds for another window or command that writes the same file


@dataclass(frozen=True, order=True)
class Series:
    """What is numbered on its own: the cases of a school and year, or the papers of a kind, unit and year."""

    kind: str
    unit_id: str
    year: int


@dataclass(frozen=True)
class KnownInstance:
    """An instance seen here: where its folder lay, and its newest journal entry.

    `heir`: it was made by a restore in the place of the issuing one and takes the right over when it is first opened.
    """

    place: Place
    position: int = 0
    heir: bool = False


@dataclass(frozen=True)
class HighWater:
    """What is remembered of one database.

    `issuer` is the instance that issues numbers, '' for none. `whole` says that no number can have been issued where
    this does not know of it; otherwise a person types the last one from the 文书登记簿.
    """

    whole: bool = True
    issuer: str = ""
    unit: str = ""  # the name of the office, for the question before another one's backup takes its place
    numbers: Mapping[Series, int] = field(default_factory=dict)
    known: Mapping[str, KnownInstance] = field(default_factory=dict)

    def raised(self, numbers: Mapping[Series, int]) -> Mapping[Series, int]:
        """The highest numbers of this and of `numbers`."""
        both = self.numbers.keys() | numbers.keys()
        return {one: max(self.numbers.get(one, 0), numbers.get(one, 0)) for one in both}


class HighWaterFile:
    """The high-water mark of the database that `vault` names, as it lies on the disk."""

    def __init__(self, folder: DataFolder, vault: str) -> None:
        name = hashlib.sha256(vault.encode()).hexdigest()[
            :32
        ]  # a key slot file from elsewhere names no path here
        self.path = folder.high_water / f"{name}.json"

    def read(self) -> HighWater | None:
        """What lies there; None where there is none, or none that can be read."""
        try:
            return _high_water(json.loads(self.path.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def change(self, change: Callable[[HighWater | None], HighWater]) -> HighWater:
        """Put `change(what lies there)` in its place, safe against a power cut and other processes; returns it.

        Raises EnvironmentProblem when the disk refuses, and whatever `change` raises; then nothing was changed.
        """
        with disk_in_words():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with FileLock(self.path.with_suffix(".lock"), timeout=_PATIENCE):
                    before = self.read()
                    after = change(before)
                    if after != before:
                        write_file(
                            self.path, json.dumps(_document(after), ensure_ascii=False, indent=1).encode()
                        )
                    return after
            except Timeout as error:
                raise EnvironmentProblem("编号记录正被另一个归学窗口或命令使用。请稍后再试。") from error


def _document(high_water: HighWater) -> dict[str, Any]:
    known = {
        origin: {**vars(one.place), "position": one.position, "heir": one.heir}
        for origin, one in sorted(high_water.known.items())
    }
    numbers = [[one.kind, one.unit_id, one.year, last] for one, last in sorted(high_water.numbers.items())]
    head = {
        "format": _FORMAT,
        "whole": high_water.whole,
        "issuer": high_water.issuer,
        "unit": high_water.unit,
    }
    return head | {"numbers": numbers, "known": known}


def _high_water(document: dict[str, Any]) -> HighWater:
    if document["format"] != _FORMAT:
        raise ValueError("the high-water mark of another program")
    known = {
        str(origin): KnownInstance(
            Place(str(one["home"]), str(one["path"]), int(one["device"]), int(one["inode"])),
            int(one["position"]),
            bool(one["heir"]),
        )
        for origin, one in document["known"].items()
    }
    numbers = {
        Series(str(kind), str(unit), int(year)): int(last) for kind, unit, year, last in document["numbers"]
    }
    return HighWater(bool(document["whole"]), str(document["issuer"]), str(document["unit"]), numbers, known)
