"""Who is above whom: county, township, 中心学校, school, and offices that are known under two ids."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from app.domain.records import Unit

COUNTY, TOWNSHIP, CENTRAL_SCHOOL, SCHOOL = "县", "乡镇", "中心学校", "学校"
FROM_THE_TOP = (COUNTY, TOWNSHIP, CENTRAL_SCHOOL, SCHOOL)
"""The levels of offices. A school's parent may be any of those above it: a 局直 school has no township."""


def levels_above(level: str) -> tuple[str, ...]:
    """The levels an office of `level` may have above it, the highest first; none for a village."""
    return FROM_THE_TOP[: FROM_THE_TOP.index(level)] if level in FROM_THE_TOP else ()


@dataclass(frozen=True)
class UnitTree:
    """The units of one database, by id.

    `stand_ins` is id → the id that stands for it, for an office that a school named as text before its card arrived:
    then both ids are one office, and no row is rewritten (exchange rule 8). An id that is not in it stands for itself.
    """

    units: Mapping[str, Unit]
    stand_ins: Mapping[str, str] = field(default_factory=dict)

    def stand_in(self, unit_id: str) -> str:
        """The id that stands for a unit."""
        return self.stand_ins.get(unit_id, unit_id)

    def same(self, unit_id: str) -> tuple[str, ...]:
        """Every id of the office, the one that stands for it first."""
        return self._joined.get(self.stand_in(unit_id), (unit_id,))

    def chain(self, unit_id: str) -> tuple[Unit, ...]:
        """The unit and the offices above it, the nearest first. Raises KeyError for an id that is not here.

        An office above is the row that stands for it; one whose row has not arrived ends the chain.
        """
        found, seen = [self.units[unit_id]], {self.stand_in(unit_id)}
        while parent := self._parent(found[-1].id):
            if self.stand_in(parent) in seen:
                break  # offices that name each other: nothing above is certain
            seen.add(self.stand_in(parent))
            found.append(self._row(parent))
        return tuple(found)

    def above(self, unit_id: str, level: str) -> Unit | None:
        """The office of `level` at or above a unit, if it is known."""
        return next((one for one in self.chain(unit_id) if one.level == level), None)

    def below(self, unit_id: str) -> frozenset[str]:
        """Every id of the unit itself and of all below it: the scope of its lists and counts."""
        stands = self.stand_in(unit_id)
        inside = {
            one for one in self.units if stands in {self.stand_in(office.id) for office in self.chain(one)}
        }
        return frozenset(inside | set(self.same(unit_id)))

    @cached_property
    def _joined(self) -> dict[str, tuple[str, ...]]:
        """The id that stands for an office known under several → all of them."""
        return {
            stands: (stands, *sorted(one for one, other in self.stand_ins.items() if other == stands != one))
            for stands in set(self.stand_ins.values())
        }

    def _parent(self, unit_id: str) -> str:
        """The id of the office above, as any row of the unit names it; '' where none does or it is not here."""
        for one in self.same(unit_id):
            parent = self.units[one].parent_id if one in self.units else ""
            if parent and any(other in self.units for other in self.same(parent)):
                return parent
        return ""

    def _row(self, unit_id: str) -> Unit:
        return next(self.units[one] for one in self.same(unit_id) if one in self.units)
