"""Where things lie: the files of a data folder, and what is shipped beside the code."""

import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

_HOME = Path(__file__).resolve().parent.parent

RESOURCES = _HOME / "resources"
"""Rules, calendars, law table, help: read only, shipped with the program."""

TEMPLATES_DOCX = _HOME / "templates_docx"
"""The shipped document templates; a county's own ones lie in `DataFolder.templates`."""

PROFILE = "GUIXUE_PROFILE"
"""The environment variable that puts the folder of `profile_folder` elsewhere."""


def profile_folder() -> Path:
    """What this program keeps in the user's profile on this PC, beside and never inside a data folder.

    Nothing is created. Where GUIXUE_PROFILE is set it names the folder.
    """
    return Path(os.environ.get(PROFILE) or user_data_path("guixue-profile", appauthor=False))


@dataclass(frozen=True)
class DataFolder:
    """The paths inside one office's data folder. Names are ASCII so that a FAT stick keeps them."""

    root: Path

    @classmethod
    def default(cls) -> "DataFolder":
        """The folder of this user on this PC, as the operating system wants it. Nothing is created."""
        return cls(user_data_path("guixue", appauthor=False))

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.root / "guixue.db"

    @property
    def keyslots(self) -> Path:
        """The wrapped database key; without it the database cannot be opened."""
        return self.root / "keyslots.json"

    @property
    def attachments(self) -> Path:
        """Sealed files, named by the SHA-256 of their plain content."""
        return self.root / "attachments"

    @property
    def backups(self) -> Path:
        """Backups made by this program (`*.gxbak`)."""
        return self.root / "backups"

    @property
    def templates(self) -> Path:
        """The county's own document templates."""
        return self.root / "templates"

    @property
    def rules(self) -> Path:
        """The county's own rule sets."""
        return self.root / "rules"

    @property
    def portable(self) -> bool:
        """Whether the folder lives on a stick and goes from PC to PC: a file `portable.txt` lies in it."""
        return self.portable_sign.exists()

    @property
    def portable_sign(self) -> Path:
        """The file that makes a folder portable."""
        return self.root / "portable.txt"

    @property
    def high_water(self) -> Path:
        """Where the high-water mark of numbers lies: beside the database of a portable folder, else in the user's
        profile."""
        return (self.root if self.portable else profile_folder()) / "marks"

    @property
    def lock(self) -> Path:
        """Held by the one process that has this folder open."""
        return self.root / "guixue.lock"
