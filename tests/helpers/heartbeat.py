"""How long the window's thread was held: a timer that should tick every 10 ms, and its largest gap."""

from time import perf_counter
from types import TracebackType

from PySide6.QtCore import QTimer

BEAT = 10  # ms


class Heartbeat:
    """Use as a context manager around work of the window; `largest` is the longest silence in ms.

    For benchmarks only: a test asserts no times, because the machine it runs on is shared.
    """

    def __init__(self) -> None:
        self.largest = 0.0
        self._last = 0.0
        self._timer = QTimer()
        self._timer.setInterval(BEAT)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = perf_counter()
        self.largest = max(self.largest, (now - self._last) * 1000)
        self._last = now

    def __enter__(self) -> "Heartbeat":
        self.largest, self._last = 0.0, perf_counter()
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beat()
        self._timer.stop()
