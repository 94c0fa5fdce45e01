"""Runs a slow step of the start beside the window's thread and hands its answer back."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.errors import Refusal

Then = Callable[[Any], object]
Refused = Callable[[str], object]


class Opener(QObject):
    """Steps one after another.

    Signals:
        busy(working): a step began, or the last one ended.
    """

    busy = Signal(bool)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="guixue-start")
        self._steps = 0
        # Queued also where the step was done at once: an answer never comes inside the call that asked for it.
        self._finished.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def working(self) -> bool:
        """Whether a step is under way."""
        return self._steps > 0

    def run(self, step: Callable[[], Any], then: Then, refused: Refused) -> None:
        """Run `step`; `then` gets its value, `refused` the sentence of a refusal. A bug is raised here, whole."""
        self._steps += 1
        self.busy.emit(True)
        started = self._worker.submit(step)
        started.add_done_callback(lambda done: self._finished.emit(done, then, refused))

    @Slot(object, object, object)
    def _hand_over(self, future: Future[Any], then: Then, refused: Refused) -> None:
        self._steps -= 1
        if not self._steps:
            self.busy.emit(False)
        problem = future.exception()
        if problem is None:
            then(future.result())
        elif isinstance(problem, Refusal):
            refused(problem.sentence)
        else:
            raise problem

    def close(self) -> None:
        """Finish the step that runs."""
        self._worker.shutdown(wait=True)
