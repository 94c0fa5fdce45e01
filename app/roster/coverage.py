"""Which children a file speaks of, and whether it names so few of them that it is only a part of a roster.

A file speaks of each of its schools apart: if all the school's rows are of one class, of that class; otherwise of all
classes of the grades (same stage and entry year) that occur.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.school_year import ClassName
from app.roster.matching import KnownChild, same_grade
from app.roster.model import RosterRow

MANY_MISSING = 10  # children; fewer may well have left a large school between two rosters
SchoolOf = Callable[[RosterRow], str]
"""The id of the school a row belongs to."""


class Spoken:
    """The classes a file speaks of, school by school."""

    def __init__(self, rows: Sequence[RosterRow], schools: Sequence[str]) -> None:
        found: dict[str, set[ClassName]] = defaultdict(set)
        for row, school in zip(rows, schools, strict=True):
            found[school].add(row.class_name)
        self._classes = {school: frozenset(classes) for school, classes in found.items()}

    def of(self, known: KnownChild) -> bool:
        """Whether the file would name the child if it still belonged to its class."""
        name, spoken = known.class_name, self._classes.get(known.school_id, frozenset())
        if name is None:
            return False
        return name in spoken if len(spoken) == 1 else any(same_grade(name, one) for one in spoken)


@dataclass(frozen=True)
class Coverage:
    """How many children a file names, refused rows too, and how many belong to the classes it speaks of."""

    named: int
    known: int

    @property
    def is_part(self) -> bool:
        """Whether that is clearly not the whole roster: fewer than half, or many missing of a large number."""
        missing = self.known - self.named
        return self.named * 2 < self.known or (missing >= MANY_MISSING and missing * 5 > self.known)


def coverage_of(
    rows: Sequence[RosterRow], refused: int, existing: Sequence[KnownChild], school_of: SchoolOf
) -> Coverage:
    """What a file with those rows, and so many refused ones, names of the children there are."""
    spoken = Spoken(rows, [school_of(row) for row in rows])
    return Coverage(len(rows) + refused, sum(map(spoken.of, existing)))
