"""The one reading that rail, 今日 and 个案 share: asked for once a change, given up while somebody waits to write."""

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject

from app.domain.changes import Changes
from app.service.screens.gathered import Superseded
from app.service.screens.window import WindowReading, window_reading
from ui.bus import Bus
from ui.tasks import Tasks

TABLES = frozenset(
    {
        "absence", "alias", "calendar_day", "case_file", "class_group", "closure", "contact", "enrolment",
        "forced_step", "issued_document", "leave", "local_setting", "mark", "national_day", "observation", "roll",
        "roster_lead", "student", "term", "told", "unit",
    }
)  # fmt: skip
"""The facts the reading is made of."""


class WindowReader(QObject):
    """Keeps the newest reading and tells everybody of each by `Bus.seen`.

    A change asks for one reading, whatever many pages want it. While one is under way or waits in the queue no second
    one is queued: what changes meanwhile is read after it. A write that somebody waits for interrupts a reading that
    is under way; it is then read anew behind the write, and behind what the page that wrote reads next.
    """

    def __init__(
        self, tasks: Tasks, bus: Bus, use_case: Callable[..., WindowReading] = window_reading
    ) -> None:
        super().__init__()
        self._tasks, self._bus, self._use_case = tasks, bus, use_case
        self._newest: WindowReading | None = None
        self._given_up: Event | None = None  # of the reading that is asked for and has not come yet
        self._changed = False  # since that one was asked for
        self._interrupted = False
        bus.changed.connect(self._heard)
        bus.backed_up.connect(self.look_again)
        tasks.write_asked.connect(self._make_way)
        tasks.written.connect(self._resume)

    @property
    def newest(self) -> WindowReading | None:
        """The reading, as long as it is true; None while it is being read anew, or was never asked for."""
        return self._newest

    def want(self) -> None:
        """Have it read, unless it is known or on its way."""
        if self._newest is None and self._given_up is None:
            self._ask()

    def look_again(self) -> None:
        """Something it shows changed: read it anew, once."""
        self._newest = None
        self._changed = True
        self.want()

    def _heard(self, changes: Changes, _initiator: object) -> None:
        if changes.touches(*TABLES):
            self.look_again()

    def _make_way(self) -> None:
        if self._given_up is not None:
            self._given_up.set()

    def _resume(self) -> None:
        """What was written may have been refused, and then nobody says that anything changed."""
        if self._interrupted:
            self.want()

    def _ask(self) -> None:
        given_up = Event()
        self._given_up, self._changed, self._interrupted = given_up, False, False
        self._tasks.read(
            self, self._use_case, lambda: not given_up.is_set(), then=self._read, failed=self._not_read
        )

    def _read(self, reading: WindowReading) -> None:
        self._given_up = None
        if self._changed:
            self._ask()  # what came is what was; it is shown all the same, a list must not stand still for long
        else:
            self._newest = reading
        self._bus.seen.emit(reading)

    def _not_read(self, problem: BaseException) -> None:
        self._given_up = None
        if isinstance(problem, Superseded):
            self._interrupted = True
            if not self._tasks.changing:
                self._resume()
        else:
            self._tasks.show_problem(problem)
