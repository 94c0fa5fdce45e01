"""What every page is given: the tasks, the bus, the day, and who is working."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.service.program import Program
from ui.bus import Bus
from ui.preferences import Preferences
from ui.reading import WindowReader
from ui.tasks import Tasks


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
    keeper: Program
    folder: Path
    read_only: bool = False
    demo: bool = False  # no person to change with, no backup to go back to
    restart: Callable[[Path | None, str], None] = stay
    redress: Callable[[int], None] = stay_dressed
    reader: WindowReader = field(init=False)

    def __post_init__(self) -> None:
        """The reading hears of a change before the pages do: it is the first to be made after the bus."""
        self.reader = WindowReader(self.tasks, self.bus)
