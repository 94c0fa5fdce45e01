"""Named questions about records that are one child: which stands for which, read wherever children are counted."""

from collections.abc import Iterable

from app.domain.aliases import STUDENT, stand_ins
from app.domain.records import Alias, Student
from app.store.transaction import Transaction


class Joined:
    """Which records are one child: `of` gives the one that stands for a record, `all` the records of some children.

    The smallest id of those joined stands (see `domain.aliases`); a record that was withdrawn joins nothing.
    """

    def __init__(self, tx: Transaction) -> None:
        live = "IN (SELECT id FROM student WHERE withdrawn_on IS NULL)"
        where = f"kind = ? AND joined AND first_id {live} AND second_id {live}"
        self._stands = stand_ins(tx.find(Alias, where, [STUDENT]), STUDENT)
        self._records: dict[str, set[str]] = {}
        for record, stands in self._stands.items():
            self._records.setdefault(stands, set()).add(record)

    @property
    def records(self) -> set[str]:
        """The records that are one child with another."""
        return set(self._stands)

    def of(self, student_id: str) -> str:
        """The record that stands for the child of a record: mostly itself."""
        return self._stands.get(student_id, student_id)

    def all(self, student_ids: Iterable[str]) -> set[str]:
        """Every record that is one of those children."""
        return {record for one in student_ids for record in self._records.get(self.of(one), {one})}


def whole_child(tx: Transaction, student_id: str) -> frozenset[str]:
    """The ids of all records that are this child: its own, and those joined to it."""
    return frozenset(Joined(tx).all([student_id]))


def standing_students(tx: Transaction, found: Iterable[Student]) -> list[Student]:
    """The children of some records, each once and by the record that stands for it, by name."""
    joined = Joined(tx)
    by_id = {one.id: one for one in found}
    missing = {joined.of(one) for one in by_id} - by_id.keys()
    if missing:
        by_id |= {one.id: one for one in tx.find(Student, id=tuple(missing))}
    standing = {joined.of(one) for one in by_id} & by_id.keys()
    return sorted((by_id[one] for one in standing), key=lambda child: (child.name, child.id))
