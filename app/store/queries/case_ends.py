"""Named questions about what lets cases go on and end."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from app.domain.records import Closure, ForcedStep, Mark, Observation, Told
from app.store.transaction import Transaction

_CASES = "case_id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class CaseEnds:
    """By case id: what was told of it, the observations, its closings (those taken back too), the forced steps."""

    told: dict[str, tuple[Told, ...]] = field(default_factory=dict)
    observations: dict[str, tuple[Observation, ...]] = field(default_factory=dict)
    closures: dict[str, tuple[Closure, ...]] = field(default_factory=dict)
    forced: dict[str, tuple[ForcedStep, ...]] = field(default_factory=dict)


def case_ends(tx: Transaction, case_ids: Collection[str], until: date) -> CaseEnds:
    """What happened by a day; a closing taken back later than that day still stands."""
    ids, day = json.dumps(sorted(case_ids)), until.isoformat()
    closures = tx.find(Closure, f"{_CASES} AND closed_on <= ?", [ids, day], withdrawn=True)
    return CaseEnds(
        _by_case(tx.find(Told, f"{_CASES} AND happened_on <= ?", [ids, day], order="happened_on, id")),
        _by_case(tx.find(Observation, f"{_CASES} AND observed_on <= ?", [ids, day], order="observed_on, id")),
        _by_case(closures),
        _by_case(tx.find(ForcedStep, f"{_CASES} AND forced_on <= ?", [ids, day], order="forced_on, id")),
    )


def marks_by_child(tx: Transaction, student_ids: Collection[str], until: date) -> dict[str, tuple[Mark, ...]]:
    """The 学籍标注 of those children set by a day."""
    where = "student_id IN (SELECT value FROM json_each(?)) AND set_on <= ?"
    found: dict[str, list[Mark]] = defaultdict(list)
    for mark in tx.find(Mark, where, [json.dumps(sorted(student_ids)), until.isoformat()]):
        found[mark.student_id].append(mark)
    return {child: tuple(marks) for child, marks in found.items()}


R = TypeVar("R", Told, Observation, Closure, ForcedStep)


def _by_case(rows: Iterable[R]) -> dict[str, tuple[R, ...]]:
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return {case: tuple(own) for case, own in found.items()}
