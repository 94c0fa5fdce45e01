"""One cell that several offices wrote: which entries stand, whether they agree, which value is shown meanwhile.

The state of a cell is a pure function of its entries, in whatever order and how often they came. An entry gives way to
one whose writer had seen it, never to one that is merely later by some PC's clock (exchange rules 3 to 5).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

Value = str | int | None
"""What a cell holds: text, whole number or nothing."""

Levels = Mapping[str, int]
"""Instance → level of its office, higher above; an instance that is not named has level 0."""


NO_LEVELS: Levels = MappingProxyType({})


@dataclass(frozen=True)
class CellEntry:
    """What one journal entry says of one cell.

    `seen` is per other instance the highest number of an entry on this cell that the writer knew. `pick` holds the
    values between which the writer chose; empty where nothing was in conflict.
    """

    origin: str
    seq: int
    hlc: str
    value: Value
    seen: Mapping[str, int] = field(default_factory=dict)
    pick: frozenset[Value] = frozenset()


@dataclass(frozen=True)
class CellState:
    """The value shown, and the entries that stand, the one shown first."""

    shown: Value
    standing: tuple[CellEntry, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        """The distinct values that stand, in an order that is the same everywhere."""
        return sorted_values(entry.value for entry in self.standing)

    @property
    def in_conflict(self) -> bool:
        """Whether a person must choose between several values."""
        return len(self.values) > 1


def sorted_values(values: Iterable[Value]) -> tuple[Value, ...]:
    """The distinct values, in an order that is the same everywhere."""
    return tuple(sorted(set(values), key=json.dumps))


def heads(entries: Iterable[CellEntry]) -> tuple[CellEntry, ...]:
    """The entries that no other one had seen, one an instance at most.

    A ring of entries that claim to have seen each other cannot be honest; then the newest of each instance stand, so
    that a person is asked.
    """
    known = tuple(entries)
    if len(known) == 1:
        return known  # nearly every cell: nothing to weigh
    newest: dict[str, CellEntry] = {}
    seen: dict[str, int] = {}
    for entry in known:
        if entry.origin not in newest or entry.seq > newest[entry.origin].seq:
            newest[entry.origin] = entry
        for origin, seq in entry.seen.items():
            if origin != entry.origin:
                seen[origin] = max(seq, seen.get(origin, 0))
    unseen = tuple(entry for entry in newest.values() if entry.seq > seen.get(entry.origin, 0))
    return unseen or tuple(newest.values())


def state_of(entries: Iterable[CellEntry], levels: Levels) -> CellState:
    """The state of a cell with at least one entry; `entries` are the valid ones. Raises ValueError without any.

    Of several that picked from the same values the highest stands and the others are history (rule 5).
    """

    def rank(entry: CellEntry) -> tuple[int, str, str]:
        return levels.get(entry.origin, 0), entry.hlc, entry.origin

    standing: list[CellEntry] = []
    picked: set[frozenset[Value]] = set()
    for entry in sorted(heads(entries), key=rank, reverse=True):
        if entry.pick in picked:
            continue
        if entry.pick:
            picked.add(entry.pick)
        standing.append(entry)
    if not standing:
        raise ValueError("a cell without entries has no state")
    return CellState(standing[0].value, tuple(standing))
