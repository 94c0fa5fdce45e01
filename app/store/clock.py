"""Wall clock and hybrid logical clock: journal order never depends on a PC's clock being right.

An HLC stamp is the text `ms.count.origin`: milliseconds since 1970 (13 digits), a counter (5 digits), the
instance. Stamps sort as text. The next one is always greater than the last, even when the clock runs back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the wall time, with its zone."""

_COUNTS = 100_000
DAY_MS = 24 * 60 * 60 * 1000


def system_clock() -> datetime:
    """The time of this PC in its own zone."""
    return datetime.now(tz=UTC).astimezone()


def milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, at least 0."""
    return max(0, int(moment.timestamp() * 1000))


@dataclass(frozen=True, order=True)
class Tick:
    """A point of the hybrid clock: milliseconds and a counter within them."""

    ms: int = 0
    count: int = 0

    def next(self, now: datetime) -> "Tick":
        """The tick after this one: the wall time if that is ahead, else this one's successor."""
        return self.after(milliseconds(now))

    def after(self, ms: int) -> "Tick":
        """The same for a wall time in milliseconds."""
        if ms > self.ms:
            return Tick(ms)
        carry, count = divmod(self.count + 1, _COUNTS)
        return Tick(self.ms + carry, count)

    def far_ahead_of(self, now: datetime) -> bool:
        """Whether this tick lies more than a day after the wall time `now`: some PC's clock is wrong."""
        return self.ms > milliseconds(now) + DAY_MS

    def moment(self) -> datetime:
        """The wall time of this tick, in UTC."""
        return datetime.fromtimestamp(self.ms / 1000, tz=UTC)

    def stamp(self, origin: str) -> str:
        """The sortable text of this tick at the instance `origin`."""
        return f"{self.ms:013d}.{self.count:05d}.{origin}"

    @classmethod
    def parse(cls, stamp: str) -> "Tick":
        """The tick of a stamp. Raises ValueError for any other text."""
        ms, count, _origin = stamp.split(".", 2)
        return cls(int(ms), int(count))
