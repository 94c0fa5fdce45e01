"""Which daily backups stay: 7 days, 8 weeks and 12 months back, counted in backups there are, not in today.

Counting what exists instead of looking at the clock means that a PC left off over the summer, or one with a
wrong date, does not throw its history away.
"""

from collections.abc import Callable, Hashable, Iterable
from datetime import date

DAYS = 7
WEEKS = 8
MONTHS = 12


def to_keep(made_on: Iterable[date]) -> frozenset[date]:
    """Of the days with a backup, those whose backup stays: the newest of each of the last 7 days, 8 weeks
    (Monday to Sunday) and 12 months that have one. The newest of all always stays."""
    newest_first = sorted(set(made_on), reverse=True)
    return (
        _newest_of_each(newest_first, lambda day: day, DAYS)
        | _newest_of_each(newest_first, lambda day: day.isocalendar()[:2], WEEKS)
        | _newest_of_each(newest_first, lambda day: (day.year, day.month), MONTHS)
    )


def _newest_of_each(
    newest_first: list[date], span: Callable[[date], Hashable], count: int
) -> frozenset[date]:
    newest: dict[Hashable, date] = {}
    for day in newest_first:
        newest.setdefault(span(day), day)
    return frozenset(list(newest.values())[:count])
