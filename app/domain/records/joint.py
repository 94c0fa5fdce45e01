"""Facts about facts: two records that are one child or one unit, and which of several that cannot all hold stands."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from app.domain.records.record import INNER, About, Record


@dataclass(frozen=True, kw_only=True)
class Alias(Record):
    """These two records are one child (`student`) or one unit (`unit`). `joined` false takes it back.

    The pair is sorted and `id` follows from it (`aliases.alias_id`): two offices that say the same write one row.
    """

    about: ClassVar = About("同一人认定", owner="first_id", kind="kind")

    kind: Annotated[str, "种类", INNER]
    first_id: Annotated[str, "一条记录", INNER]
    second_id: Annotated[str, "另一条记录", INNER]
    said_on: Annotated[date, "认定日期"]
    reason: Annotated[str, "理由"]
    joined: Annotated[bool, "是同一个"]


@dataclass(frozen=True, kw_only=True)
class Choice(Record):
    """Which of several facts that cannot all hold stands; `id` follows from kind and key (`aliases.choice_id`).

    What was chosen and what it was chosen from are one cell: two offices' choices must never mix to a third.
    """

    about: ClassVar = About("取舍认定", owner="stands", kind="kind")

    kind: Annotated[str, "种类", INNER]  # table of the facts
    stands: Annotated[
        tuple[str, ...], "以此为准", INNER
    ]  # the chosen row, then the others that were considered

    @property
    def chosen(self) -> str:
        """The id of the row that stands."""
        return self.stands[0]

    @property
    def considered(self) -> frozenset[str]:
        """The ids of all rows that were looked at, the chosen one among them."""
        return frozenset(self.stands)
