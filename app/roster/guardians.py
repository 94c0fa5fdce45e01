"""Guardians of a roster row compared with those already known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.about import label
from app.domain.records import Guardian
from app.roster.model import GuardianEntry

_SHOWN = {name: label(Guardian, name) for name in ("name", "relation", "phone", "address", "workplace")}


@dataclass(frozen=True)
class GuardianUpdate:
    """A guardian as they will be: `id` of the record to write, or empty for a new one with this `rank`."""

    id: str
    rank: int
    entry: GuardianEntry


def guardian_updates(
    known: Sequence[Guardian], entries: Sequence[GuardianEntry]
) -> tuple[GuardianUpdate, ...]:
    """The guardians that change or are new. One is found by name, or else by a relation that only one person has
    on both sides (父亲 whose name was corrected). Nobody is taken away and no empty text erases a known one."""
    named = {entry.name for entry in entries}
    free = {guardian.id: guardian for guardian in known}
    next_rank = max((guardian.rank for guardian in known), default=0) + 1
    updates: list[GuardianUpdate] = []
    for entry in entries:
        old = _by_name(free.values(), entry) or _by_relation(free.values(), entry, named)
        if old is None:
            updates.append(GuardianUpdate("", next_rank, entry))
            next_rank += 1
            continue
        del free[old.id]
        merged = GuardianEntry(**{name: getattr(entry, name) or getattr(old, name) for name in _SHOWN})
        if merged != _entry(old):
            updates.append(GuardianUpdate(old.id, old.rank, merged))
    return tuple(updates)


def guardian_fields(
    known: Sequence[Guardian], updates: Sequence[GuardianUpdate]
) -> dict[str, tuple[str, str]]:
    """What the updates change, for the eye: 监护人1联系电话 → (old, new)."""
    before = {guardian.id: _entry(guardian) for guardian in known}
    nobody = GuardianEntry(name="")
    return {
        f"监护人{update.rank}{word}": (old, new)
        for update in updates
        for name, word in _SHOWN.items()
        if (old := getattr(before.get(update.id, nobody), name)) != (new := getattr(update.entry, name))
    }


def _by_name(known: Iterable[Guardian], entry: GuardianEntry) -> Guardian | None:
    return next((guardian for guardian in known if guardian.name == entry.name), None)


def _by_relation(known: Iterable[Guardian], entry: GuardianEntry, named: set[str]) -> Guardian | None:
    same = [
        guardian
        for guardian in known
        if entry.relation and guardian.relation == entry.relation and guardian.name not in named
    ]
    return same[0] if len(same) == 1 else None


def _entry(guardian: Guardian) -> GuardianEntry:
    return GuardianEntry(**{name: getattr(guardian, name) for name in _SHOWN})
