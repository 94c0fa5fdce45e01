"""Where things lie: the files of a data folder, and what is shipped beside the code."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

_HOME = Path(__file__).resolve().parent.parent

RESOURCES = _HOME / "resources"
"""Rules, calendars, law table, help: read only, shipped with the program."""

TEMPLATES_DOCX = _HOME / "templates_docx"
"""The shipped document templates; a county's own ones lie in `DataFolder.templates`."""


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
    def lock(self) -> Path:
        """Held by the one process that has this folder open."""
        return self.root / "guixue.lock"
