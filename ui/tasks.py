"""Use cases off the window's thread; answers come back by signal. One worker reads data, one writes them, one lays
pages out, one runs jobs of many steps.

No page starts a thread itself, and no page can forget a failure: without a handler of its own a refusal is shown as
its sentence and anything else as a crash.
"""

import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import PureWindowsPath
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from app.domain.changes import Changes, Done
from app.errors import Refusal
from app.service.program import Program
from ui.bus import Bus

Then = Callable[[Any], None]
Teller = Callable[[int, int, str], None]
"""How far a job is: steps done, steps in all, what is worked on."""
Failed = Callable[[BaseException], None]


class Recorder:
    """A job of many steps (a batch of papers) beside the window's thread; it keeps what its `program` changed.

    `leaving` is set once a person wants to close the window: a job then stops after the step in hand.
    """

    def __init__(self, program: Program, leaving: Event) -> None:
        self.program = program.noting(self._keep)
        self.leaving = leaving
        self._rows: dict[str, frozenset[str]] = {}
        self._span: tuple[int, int] | None = None

    def _keep(self, done: Done[Any]) -> None:
        for table, ids in done.changes.rows.items():
            self._rows[table] = self._rows.get(table, frozenset()) | ids
        if span := done.changes.span:
            self._span = (self._span[0] if self._span else span[0], span[1])

    def should_stop(self, halt: Event) -> bool:
        """Whether a person halted this job, or wants to close the window."""
        return halt.is_set() or self.leaving.is_set()

    def changes(self) -> Changes:
        """All that was changed so far."""
        return Changes(dict(self._rows), self._span)


@dataclass(frozen=True)
class _Asked:
    """Who waits for an answer. A reading has a way to be asked `again`, and knows how many writes were answered before
    it was asked for."""

    owner: QObject
    then: Then
    failed: Failed | None
    again: Callable[[], Future[Any]] | None = None
    after: int = 0


class Tasks(QObject):
    """Runs use cases for the window and hands their answers to its thread.

    Signals:
        busy(running): how many pieces of work are under way.
        idle(): the last answer was handed over and led to nothing more.
        written(): nothing writes data or files any more.
        write_asked(): a person waits for something to be written; what is only being read may give way.
    """

    busy = Signal(int)
    idle = Signal()
    written = Signal()
    write_asked = Signal()
    _finished = Signal(int, object)
    _told = Signal(object, int, int, str)

    def __init__(self, program: Program, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._program = program
        self._bus = bus
        self._pages = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guixue-pages")
        # Pages do not wait for jobs.
        self._jobs = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guixue-jobs")
        self._leaving = Event()
        self._closed = False
        self._numbers = count()
        self._waiting: dict[int, _Asked] = {}
        self._changing: set[int] = set()
        self._written = 0  # answers that may have changed something
        # Queued also where the work was done at once: an answer never comes inside the call that asked for it.
        self._finished.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> int:
        """How many pieces of work are under way."""
        return len(self._waiting)

    @property
    def changing(self) -> int:
        """How many of them write data or files; a list being read anew is no reason to keep a person waiting."""
        return len(self._changing)

    def read(
        self,
        owner: QObject,
        use_case: Callable[..., Any],
        *args: Any,
        then: Then,
        failed: Failed | None = None,
        **kwargs: Any,
    ) -> None:
        """Run a reading use case; `then` gets its answer in the window's thread, unless `owner` is gone by then.

        Writes do not wait for it. Where one was answered meanwhile it is asked anew: no page shows what was before a
        write that it has been told of. After `close` nothing is asked: a timer of a page may still ring.
        """
        if self._closed:
            return
        again = partial(self._program.submit_read, use_case, *args, **kwargs)
        self._listen(next(self._numbers), again(), _Asked(owner, then, failed, again, self._written))

    def write(
        self,
        owner: QObject,
        use_case: Callable[..., Any],
        *args: Any,
        then: Then | None = None,
        failed: Failed | None = None,
        changed: Callable[[Changes], None] | None = None,
        **kwargs: Any,
    ) -> None:
        """Run a writing use case, tell everyone what changed, and give `then` its value; `changed` gets the changes."""

        def told(done: Done[Any]) -> None:
            if then is not None:
                then(done.value)
            if changed is not None:
                changed(done.changes)
            self._bus.changed.emit(done.changes, owner)

        self.write_asked.emit()
        self._wait(self._program.submit_write(use_case, *args, **kwargs), owner, told, failed, changing=True)

    def compute(
        self, owner: QObject, work: Callable[[], Any], *, then: Then, failed: Failed | None = None
    ) -> None:
        """Run work that touches no data (page layout, reading a picture) beside the data worker."""
        self._wait(self._pages.submit(work), owner, then, failed)

    def keep(
        self, owner: QObject, work: Callable[[], Any], *, then: Then, failed: Failed | None = None
    ) -> None:
        """Run work that writes files or keys (a backup, a copy on a stick); the window is not closed over it."""
        self._wait(self._jobs.submit(work), owner, then, failed, changing=True)

    def work(
        self,
        owner: QObject,
        job: Callable[[Recorder], Any],
        *,
        then: Then,
        failed: Failed | None = None,
    ) -> None:
        """Run a job of many use cases and files (a batch of papers); `teller` tells how far it is.

        What it changed is told to everyone at its end, also when it was stopped half way by a refusal.
        """
        recorder = Recorder(self._program, self._leaving)

        def told(value: Any) -> None:
            self._bus.changed.emit(recorder.changes(), owner)
            then(value)

        def stopped(problem: BaseException) -> None:
            self._written += 1
            self._bus.changed.emit(recorder.changes(), owner)
            (failed or self.show_problem)(problem)

        self._wait(self._jobs.submit(job, recorder), owner, told, stopped, changing=True)

    def teller(self, owner: QObject, show: Teller) -> Teller:
        """A function that work may call from its own thread; `show` gets it in the window's, while `owner` is there."""
        return lambda done, total, name: self._told.emit((owner, show), done, total, name)

    @Slot(object, int, int, str)
    def _pass_on(self, listener: tuple[QObject, Teller], done: int, total: int, name: str) -> None:
        owner, show = listener
        if isValid(owner):
            show(done, total, name)

    def leave(self) -> None:
        """The window is to be closed: jobs of many steps stop after the step in hand; `written` says when."""
        self._leaving.set()

    def close(self) -> None:
        """Finish what is running; answers that come later are dropped."""
        self._closed = True
        self._leaving.set()
        self._waiting.clear()
        self._changing.clear()
        for executor in (self._jobs, self._pages):
            executor.shutdown(wait=True, cancel_futures=True)

    def _wait(
        self,
        future: Future[Any],
        owner: QObject,
        then: Then,
        failed: Failed | None,
        *,
        changing: bool = False,
    ) -> None:
        number = next(self._numbers)
        if changing:
            self._changing.add(number)
        self._listen(number, future, _Asked(owner, then, failed))

    def _listen(self, number: int, future: Future[Any], asked: _Asked) -> None:
        self._waiting[number] = asked
        self.busy.emit(len(self._waiting))
        future.add_done_callback(lambda done: self._finished.emit(number, done))

    @Slot(int, object)
    def _hand_over(self, number: int, future: Future[Any]) -> None:
        asked = self._waiting.pop(number, None)
        wanted = asked is not None and isValid(asked.owner) and not future.cancelled()
        done = wanted and future.exception() is None
        if asked and done and asked.again and asked.after < self._written:
            self._listen(number, asked.again(), replace(asked, after=self._written))
            return
        self._written += done and number in self._changing
        self.busy.emit(len(self._waiting))
        try:
            if asked and wanted:
                self._answer(future, asked.then, asked.failed)
        finally:
            self._settle(number)
            if not self._waiting:
                self.idle.emit()

    def _settle(self, number: int) -> None:
        """Only after the answer: what it led to has begun by now, and may write, too."""
        if number in self._changing:
            self._changing.discard(number)
            if not self._changing:
                self.written.emit()

    def _answer(self, future: Future[Any], then: Then, failed: Failed | None) -> None:
        problem = future.exception()
        if problem is None:
            then(future.result())
        elif failed is not None:
            failed(problem)
        else:
            self.show_problem(problem)

    def show_problem(self, problem: BaseException) -> None:
        """A refusal as its sentence; anything else as a crash."""
        if isinstance(problem, Refusal):
            self._bus.refused.emit(problem.sentence)
        else:
            self._bus.crashed.emit(crash_words(problem))


def crash_words(problem: BaseException) -> str:
    """Where a bug happened, without the values that were handled: those may be a child's."""
    frames = traceback.extract_tb(problem.__traceback__)
    # PureWindowsPath cuts at both kinds of slashes: a path names the person who works here.
    lines = [f"{PureWindowsPath(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([type(problem).__name__, *lines])
