"""Which copies the program made by itself stay: at most 8, at most 1 GB, never fewer than the newest three.

Close together lately and further apart before: the newest three, the newest of each of three more weeks, of each of two
more months, then whatever is newest. Counting what exists instead of looking at the clock means that a PC left off
over the summer, or one with a wrong date, does not throw its history away. Newest is what was written last.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ALWAYS = 3
WEEKS = 3
MONTHS = 2
MOST = 8
MOST_BYTES = 2**30


@dataclass(frozen=True)
class Copy:
    """One backup file: the day it is of, when it was written (ns), its size in bytes, and the newest journal entry it
    holds of each origin (empty: not known)."""

    file: Path
    made_on: date
    written: int
    size: int
    holds: tuple[tuple[str, int], ...] = ()


def to_keep(copies: Iterable[Copy]) -> frozenset[Path]:
    """The files of those `copies` that stay. The newest three stay whatever their size; of copies that hold the same
    the others go first, so that looks at days far ahead push no other copy out."""
    newest_first = sorted(copies, key=lambda one: (one.written, one.made_on, one.file), reverse=True)
    seen: set[object] = set()
    single: list[Copy] = []
    doubled: list[Copy] = []
    for one in newest_first:
        (doubled if one.holds and one.holds in seen else single).append(one)
        seen.add(one.holds)
    kept, left = single[:ALWAYS], single[ALWAYS:]
    for one in (*_by_worth(kept, left), *doubled):
        if len(kept) < MOST and sum(copy.size for copy in kept) + one.size <= MOST_BYTES:
            kept.append(one)
    return frozenset(one.file for one in kept)


def _by_worth(kept: list[Copy], left: list[Copy]) -> list[Copy]:
    """`left` (newest first) with those in front that reach further back."""
    weekly = _first_of_each(kept, left, lambda day: day.isocalendar()[:2], WEEKS)
    monthly = _first_of_each([*kept, *weekly], left, lambda day: (day.year, day.month), MONTHS)
    return list(dict.fromkeys([*weekly, *monthly, *left]))


def _first_of_each(
    kept: list[Copy], left: list[Copy], span: Callable[[date], Hashable], count: int
) -> list[Copy]:
    newest: dict[Hashable, Copy] = {}
    there = {span(one.made_on) for one in kept}
    for one in left:
        if span(one.made_on) not in there:
            newest.setdefault(span(one.made_on), one)
    return list(newest.values())[:count]
