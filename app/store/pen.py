"""The pen of the journal: who writes, at which time, and whether what is written is journaled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from app.store.clock import Clock, Tick, milliseconds
from app.store.engine import Database


class Pen:
    """What the triggers ask for: instance, operator, time. One per connection, used on its thread."""

    def __init__(self, origin: str, operator: str, clock: Clock, last: Tick) -> None:
        self.origin = origin
        self.operator = operator
        self.journaling = True
        self._clock = clock
        self._last = last
        self.take_up()

    def take_up(self) -> None:
        """Read the clock for a new transaction; all its entries carry this wall time."""
        self.now = self._clock()
        self._now_ms, self._written_at = milliseconds(self.now), self.now.isoformat(timespec="seconds")

    def stamp(self) -> str:
        """The next HLC stamp, greater than every one before it."""
        self._last = self._last.after(self._now_ms)
        return self._last.stamp(self.origin)

    def adopt(self, stamp: str) -> None:
        """Go on after a stamp of another instance, unless it lies more than a day ahead of this PC's clock."""
        tick = Tick.parse(stamp)
        if not tick.far_ahead_of(self.now):
            self._last = max(self._last, tick)

    def written_at(self) -> str:
        """The wall time of this transaction as ISO text with its zone."""
        return self._written_at

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Writes in here are not journaled: for replaying entries that another instance journaled."""
        before, self.journaling = self.journaling, False
        try:
            yield
        finally:
            self.journaling = before

    def hand_to(self, db: Database) -> None:
        """Install the functions of the triggers; without them every write to a journaled table fails."""
        functions: dict[str, Callable[[], str | int]] = {
            "gx_journaling": lambda: self.journaling,
            "gx_origin": lambda: self.origin,
            "gx_operator": lambda: self.operator,
            "gx_now": self.written_at,
            "gx_hlc": self.stamp,
        }
        for name, function in functions.items():
            db.conn.create_function(name, 0, function)
