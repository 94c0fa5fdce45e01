"""Lets go of what nobody holds any more on the window's thread only, and a little at a time.

Left to itself Python collects cyclic garbage on whichever thread allocates next, so the data worker may meet a closed
dialog: Qt then destroys a widget beside the window's thread, which stops its timers with a warning, and waits for ever
where the window's thread is waiting for the worker (at the end). And it goes through everything at once: 340 ms were
measured while 12,000 children were imported.
"""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 250  # ms between two looks; what a worker makes in that time is gone through in a few ms
BUSY = 20_000  # objects made since the last look: work is under way, older ones can wait


class Collector(QObject):
    """Takes the collecting over from Python until `stop`. What lives already is taken as lasting."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds; the youngest only during work."""
        counts = gc.get_count()
        due = [age for age, most in enumerate(gc.get_threshold()) if counts[age] > most]
        if due:
            gc.collect(0 if counts[0] > BUSY else due[-1])

    def stop(self) -> None:
        """Leave the collecting to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
