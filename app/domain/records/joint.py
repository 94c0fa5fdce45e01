"""Facts about facts: two records that are one child or one unit, and which of several that cannot all hold stands."""

from dataclasses import dataclass
from datetime import date

from app.domain.records.record import Record


@dataclass(frozen=True, kw_only=True)
class Alias(Record):
    """These two records are one child (`student`) or one unit (`unit`). `joined` false takes it back.

    The pair is sorted and `id` follows from it (`aliases.alias_id`): two offices that say the same write one row.
    """

    kind: str
    first_id: str
    second_id: str
    said_on: date
    reason: str
    joined: bool


@dataclass(frozen=True, kw_only=True)
class Choice(Record):
    """Which of several facts that cannot all hold stands; `id` follows from kind and key (`aliases.choice_id`).

    What was chosen and what it was chosen from are one cell: two offices' choices must never mix to a third.
    """

    kind: str  # table of the facts
    stands: tuple[str, ...]  # the chosen row, then the others that were considered

    @property
    def chosen(self) -> str:
        """The id of the row that stands."""
        return self.stands[0]

    @property
    def considered(self) -> frozenset[str]:
        """The ids of all rows that were looked at, the chosen one among them."""
        return frozenset(self.stands)
