"""What this PC's window remembers: type size, last page, geometry, printer. Typed, with defaults and bounds."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ui.theme import SCALES


class Preferences:
    """The window's settings over a QSettings; a bad stored value falls back to its default."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def scale(self) -> int:
        """Type size in percent, one of `theme.SCALES`."""
        return self._choice("scale", SCALES, 100)

    @scale.setter
    def scale(self, percent: int) -> None:
        self._settings.setValue("scale", percent)

    @property
    def page(self) -> str:
        """The key of the page shown last."""
        return str(self._settings.value("page", "today"))

    @page.setter
    def page(self, key: str) -> None:
        self._settings.setValue("page", key)

    @property
    def page_on(self) -> str:
        """The day that page was shown on, as ISO text; empty at the first start."""
        return str(self._settings.value("page_on", ""))

    @page_on.setter
    def page_on(self, day: str) -> None:
        self._settings.setValue("page_on", day)

    @property
    def geometry(self) -> QByteArray:
        """The window's place and size; empty at the first start."""
        stored = self._settings.value("geometry", QByteArray())
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, place: QByteArray) -> None:
        self._settings.setValue("geometry", place)

    def operator(self, folder: Path) -> str:
        """Who worked on this data folder last; empty at the first start."""
        return str(self._settings.value(_of_folder("operator", folder), ""))

    def keep_operator(self, folder: Path, name: str) -> None:
        """Remember who works on a data folder: another school's clerk has another name."""
        self._settings.setValue(_of_folder("operator", folder), name)

    @property
    def printer(self) -> str:
        """The name of the printer chosen last."""
        return str(self._settings.value("printer", ""))

    @printer.setter
    def printer(self, name: str) -> None:
        self._settings.setValue("printer", name)

    def copies(self, part: str, usual: int) -> int:
        """How often a part of a paper was printed last, 0 for not at all; `usual` at first."""
        return max(self._number(f"copies/{part}", usual), 0)

    def keep_copies(self, part: str, count: int) -> None:
        """Remember how often a part of a paper is printed."""
        self._settings.setValue(f"copies/{part}", count)

    @property
    def folder(self) -> str:
        """The folder papers were saved to last."""
        return str(self._settings.value("folder", ""))

    @folder.setter
    def folder(self, path: str) -> None:
        self._settings.setValue("folder", path)

    @property
    def first_run(self) -> dict[str, str]:
        """What was typed in the first steps before anything was made, by name; never a password."""
        try:
            kept = json.loads(str(self._settings.value("first_run", "{}")))
        except ValueError:
            return {}
        return {str(name): str(text) for name, text in kept.items()} if isinstance(kept, dict) else {}

    @first_run.setter
    def first_run(self, typed: dict[str, str]) -> None:
        self._settings.setValue("first_run", json.dumps(typed, ensure_ascii=False))
        self._settings.sync()

    def _choice(self, key: str, allowed: Sequence[int], default: int) -> int:
        value = self._number(key, default)
        return value if value in allowed else default

    def _number(self, key: str, default: int) -> int:
        try:
            return int(str(self._settings.value(key, default)))
        except ValueError:
            return default


def _of_folder(key: str, folder: Path) -> str:
    """A key for one data folder; its path stays out of the file, and no sign of it cuts the key."""
    return f"{key}/{sha256(str(folder.resolve()).encode()).hexdigest()[:16]}"
