"""What every page is given: the tasks, the bus, the day, and who is working."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from app.domain.instance import Instance
from ui.bus import Bus
from ui.preferences import Preferences
from ui.reading import WindowReader
from ui.tasks import Tasks

READ_ONLY = "这是演示，只能看，不能改。请关掉演示，建立自己的数据后再记录。"
"""What is said where somebody wants to write and `Context.read_only` holds."""


class KeeperPort(Protocol):
    """Backups and keys of the open data folder; bootstrap's Program is one. Slow calls go through `Tasks.compute`."""

    def backups(self) -> list[dict[str, Any]]:
        """The backups there are, newest first."""

    def make_backup(self) -> dict[str, Any]:
        """A complete backup by hand."""

    def instance(self) -> Instance:
        """Which instance of the unit's data this is, and whether it issues numbers."""

    def name_working_copy(self, last: Sequence[str] = ()) -> Instance:
        """Let this folder issue the unit's numbers; `last` are the last ones of the paper register, where needed."""

    def change_password(self, old: str, new: str) -> None:
        """A new password."""

    def new_recovery_code(self) -> str:
        """A new recovery code to print."""

    def remembered_on_this_pc(self) -> tuple[bool, str]:
        """Whether this PC keeps the key, and a sentence where it has no place to keep one."""

    def remember_on_this_pc(self, wanted: bool) -> str:
        """Keep the key in this PC's credential store, or not; a sentence where it cannot."""


def stay(_backup: Path | None, _password: str) -> None:
    """Where there is no start to go back to, nothing happens."""


def stay_dressed(_percent: int) -> None:
    """Where there is no start to open the window again, it stays as it is."""


@dataclass
class Context:
    """The window's surroundings, made once by the start.

    `restart(None, "")` closes the window and asks for the password anew, for another person; with a backup file and
    its password the backup becomes the data first. `redress(percent)` opens the window again at that type size.
    """

    tasks: Tasks
    bus: Bus
    today: date
    operator: str
    unit: str
    level: str
    preferences: Preferences
    keeper: KeeperPort
    folder: Path
    read_only: bool = False
    demo: bool = False  # no person to change with, no backup to go back to
    restart: Callable[[Path | None, str], None] = stay
    redress: Callable[[int], None] = stay_dressed
    reader: WindowReader = field(init=False)

    def __post_init__(self) -> None:
        """The reading hears of a change before the pages do: it is the first to be made after the bus."""
        self.reader = WindowReader(self.tasks, self.bus)
