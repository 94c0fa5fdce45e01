"""Settling: after every write the cases that became due are opened, in the same transaction (design promise 8).

No use case below need know of it, and no reading writes: whatever completed a run of 旷课 (a roll, a leave taken back,
a day of the calendar, an enrolment, an import, an undo), the case is there when the write is. All that was recorded is
looked at, not only the run of today, so that the order in which days are typed makes no difference.
"""

from collections.abc import Iterable
from datetime import date

from app.domain.case_standings import Standing, standings
from app.domain.changes import Changes
from app.domain.episodes import read_history
from app.domain.membership import first_day_of_year
from app.domain.records import CaseFile, Student
from app.domain.words import number_of
from app.service.cases.child_words import ChildWords
from app.service.cases.facts import CaseReader
from app.service.cases.opening import OpenedCase, keep_due_case
from app.service.office.desk import Desk
from app.service.rolls.register import Register
from app.store.queries import cases as queries
from app.store.queries.rolls import children_absent

FOR_ALL = frozenset({"calendar_day", "national_day", "term", "class_group"})
"""Tables whose writes may complete the run of anybody."""


def settle(desk: Desk, changes: Changes) -> list[OpenedCase]:
    """Open the cases that the facts ask for after a write of `changes`, and say which."""
    if (
        not desk.tx.numbers.issued_here
    ):  # a copied folder opens none until it is named the office's working copy
        return []
    due = due_among(desk, touched_children(desk, changes))
    return [keep_due_case(desk, child, standing) for child, standing in due]


def opened_cases(desk: Desk, changes: Changes) -> list[OpenedCase]:
    """The cases a write opened, by their numbers."""
    cases = desk.tx.find(CaseFile, id=tuple(changes.rows.get("case_file", ())), order="year, seq")
    words = ChildWords(desk, {case.student_id for case in cases})
    return [
        OpenedCase(case.id, number_of(case), child, words.name(child), words.school_beside(child))
        for case in cases
        for child in [case.student_id]
    ]


def touched_children(desk: Desk, changes: Changes) -> list[Student]:
    """The children with 旷课 on record whose days the write may have changed."""
    if changes.touches(*FOR_ALL):
        return _all_absent(desk)
    touched: set[str] = set()
    for table, ids in changes.rows.items():
        touched |= queries.children_touched(desk.tx, table, ids)
    return children_absent(desk.tx, _since(desk), _horizon(desk), touched) if touched else []


def _all_absent(desk: Desk) -> list[Student]:
    return children_absent(desk.tx, _since(desk), _horizon(desk))


def due_among(desk: Desk, children: Iterable[Student]) -> list[tuple[Student, Standing]]:
    """Each child with the case it lacks, in the order in which they became due."""
    listed = [one for one in children if one.withdrawn_on is None]
    reader, horizon = CaseReader(desk), _horizon(desk)
    register = Register(desk, horizon, [one.id for one in listed], since=_since(desk))
    rules, half_day = desk.rules.absence_rules(), desk.rules.half_day
    histories = [
        (child, read_history(register.states(child, half_day), rules, register.calendar(child)))
        for child in listed
    ]
    opened = [(child, history) for child, history in histories if history.opened]
    kept = reader.kept_cases(child.id for child, _ in opened)
    found = [
        (child, one)
        for child, history in opened
        for one in standings(history, kept[child.id])
        if one.case_id is None
    ]
    return sorted(found, key=lambda pair: (pair[1].opened_on, pair[0].id))


def _since(desk: Desk) -> date:
    """Runs are looked for from the school year before this one on: older ones were settled when they were written."""
    return first_day_of_year(first_day_of_year(desk.today).replace(month=8, day=31))


def _horizon(desk: Desk) -> date:
    return max(desk.today, queries.newest_roll(desk.tx) or desk.today)
