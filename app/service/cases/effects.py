"""What a late leave, a day or a term would touch: rolls, cases and issued papers, said before it is saved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.attendance import UNEXCUSED, covers
from app.domain.calendar import SchoolCalendar
from app.domain.changes import Changes
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.walk import is_annulled, stage_of
from app.domain.records import Absence, Leave, Student
from app.domain.words import evidence_words, number_of
from app.service.cases.facts import CaseReader
from app.service.cases.settling import due_among, touched_children
from app.service.office.desk import Desk
from app.service.rolls.register import LOOK_BACK
from app.store.queries.rolls import sessions_between

LISTED = 6  # days named one by one
CALENDAR = ("calendar_day", "national_day", "term")


@dataclass(frozen=True)
class Effects:
    """What a write would touch, in sentences: rolls that read otherwise, cases, and papers that went out."""

    rolls: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, rolls first; empty when nothing on record is touched."""
        return (*self.rolls, *self.cases, *self.papers)


def effects_of(desk: Desk, write: Callable[[Desk], object]) -> Effects:
    """What `write`, a use case over a desk, would touch. It is tried and taken back: nothing is kept.

    Raises what `write` raises.
    """
    known = desk.anew().calendar
    with desk.tx.trial():
        write(desk.anew())
        tried = desk.anew()  # the calendar that the write itself read is not that of afterwards
        changes = tried.tx.changes()
        rolls = (*_absences_excused(tried, changes), *_rolls_closed(tried, known, changes))
        touched = touched_children(tried, changes)
        children = {child.id for child in touched}
        due = due_among(tried, touched)
        after = {one.case.id: one for one in CaseReader(tried).every(student_ids=children)}
    before = {one.case.id: one for one in CaseReader(desk.anew()).every(student_ids=children)}
    changed = [
        (one, after[key])
        for key, one in before.items()
        if key in after and _stands(one) != _stands(after[key])
    ]
    opened = [f"{child.name}将立案：{evidence_words(standing.evidence)}旷课" for child, standing in due]
    return Effects(
        rolls,
        (*(_case_words(desk, old, new) for old, new in changed), *opened),
        tuple(_paper_words(new) for _, new in changed if new.documents),
    )


def _stands(facts: CaseFacts) -> tuple[str, tuple[date, ...], tuple[date, ...]]:
    return stage_of(facts), facts.case.evidence, facts.lost


def _case_words(desk: Desk, old: CaseFacts, new: CaseFacts) -> str:
    name = f"{desk.tx.get(Student, old.case.student_id).name}的个案{number_of(old.case)}"
    was, now = stage_of(old), stage_of(new)
    if is_annulled(now) and not is_annulled(was):
        return f"{name}将撤销（{'、'.join(new.annulled_why)}）"
    if is_annulled(was) and not is_annulled(now):
        return f"{name}将恢复，立案依据为{evidence_words(new.case.evidence)}"
    if was != now:
        return f"{name}将由“{was}”变为“{now}”"
    if new.lost:
        return f"{name}的依据中{evidence_words(new.lost)}不再是旷课"
    return f"{name}的立案依据将改为{evidence_words(new.case.evidence)}"


def _paper_words(new: CaseFacts) -> str:
    numbers = "、".join(f"{paper.kind}{paper.number}" for paper in new.documents)
    return f"已出具的{numbers}所写的缺勤日将与点名不同"


def _absences_excused(desk: Desk, changes: Changes) -> Iterator[str]:
    """The 旷课 that a leave turns into 请假."""
    for leave in desk.tx.find(Leave, id=tuple(changes.rows.get("leave", ()))):
        absences = desk.tx.find(Absence, student_id=leave.student_id, kind=UNEXCUSED)
        days = sorted({one.day for one in absences if covers(leave, one.day)})
        if days:
            yield f"{desk.tx.get(Student, leave.student_id).name}{evidence_words(days)}的旷课将改作请假"


def _rolls_closed(desk: Desk, known: SchoolCalendar, changes: Changes) -> Iterator[str]:
    """The rolls on record of days that are less of a 上课日 than the calendar `known` before had them: by a 停课, by a
    day set back, or by a term."""
    if not changes.touches(*CALENDAR):
        return
    calls = sessions_between(desk.tx, desk.today - LOOK_BACK, desk.today)
    closed = {day for day in {day for _, day in calls} if desk.calendar.weight(day) < known.weight(day)}
    called = [day for _, day in calls if day in closed]
    if called:
        yield f"{_days_words(sorted(closed))}已有{len(called)}个班次的点名记录"


def _days_words(days: list[date]) -> str:
    """Each by name, or the first and last of many: a term leaves out half a year of them."""
    if len(days) <= LISTED:
        return evidence_words(days)
    return f"{evidence_words(days[:1])}至{evidence_words(days[-1:])}间的{len(days)}天"
