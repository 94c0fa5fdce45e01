"""Two records that are one child or one unit, and facts that cannot both hold: what a person said of them.

Both are sayings that can be taken back; no row is rewritten or withdrawn for them (exchange rules 7 and 8).
"""

import json
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from uuid import UUID, uuid5

from app.domain.records import Alias, Choice

STUDENT = "student"
UNIT = "unit"

_NAMES = UUID("5b1f5c58-6f0e-4c0b-9d55-0d0b8a3f6f5e")


def fixed_id(*parts: str) -> str:
    """The id that every office gives to the record these words name, so that two of them write the same row."""
    return str(uuid5(_NAMES, json.dumps(parts, ensure_ascii=False)))


def alias_id(kind: str, one: str, other: str) -> str:
    """The id of the alias of two records, in whatever order they are named."""
    return fixed_id("alias", kind, *sorted((one, other)))


def choice_id(kind: str, key: Iterable[str]) -> str:
    """The id of the choice between facts of `kind` (their table) that share the natural key `key`."""
    return fixed_id("choice", kind, *key)


def stand_ins(aliases: Iterable[Alias], kind: str) -> dict[str, str]:
    """Each id joined to another of its `kind` → the smallest id of all that are joined to it, which stands for them.

    An id that is not named stands for itself. Aliases that were taken back or withdrawn join nothing.
    """
    joined: dict[str, set[str]] = {}
    for alias in aliases:
        if alias.kind == kind and alias.joined and alias.withdrawn_on is None:
            group = joined.get(alias.first_id, {alias.first_id}) | joined.get(
                alias.second_id, {alias.second_id}
            )
            joined |= dict.fromkeys(group, group)
    return {id_: min(group) for id_, group in joined.items()}


def settled(group: AbstractSet[str], choice: Choice | None, *, visible: bool) -> bool:
    """Whether `choice` still settles the `group` of live rows that cannot all hold.

    It does when all of them were considered and the chosen row is live, or not `visible`: not in this office at all,
    which then cannot judge it. Withdrawing the chosen row, or one row more, opens the group again.
    """
    if choice is None or choice.withdrawn_on is not None:
        return False
    return group <= choice.considered and (choice.chosen in group or not visible)
