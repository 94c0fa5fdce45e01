"""What has to hold of a record that is put right: the same as when it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.dates import day_words
from app.domain.ladder.facts import CaseFacts
from app.domain.marks import MARK_KINDS
from app.domain.membership import BEGAN, ENDED
from app.domain.records import (
    CaseFile,
    Contact,
    Enrolment,
    ForcedStep,
    Leave,
    Mark,
    Observation,
    Record,
    Student,
    Told,
)
from app.domain.vocabulary import (
    CALL_OUTCOMES,
    LEAVE_KINDS,
    LEVELS,
    METHODS,
    OUTCOMES,
    TOLD,
    choice,
)
from app.errors import UserError
from app.service.cases.contacts import (
    child_dates,
    refuse_impossible,
    refuse_wrong_outcome,
    refuse_wrong_words,
    visit_dates,
)
from app.service.cases.ends import refuse_day
from app.service.cases.facts import CaseReader
from app.service.office.desk import Desk
from app.service.rolls.leaves import check_leave
from app.store.queries.children import marks_of
from app.store.queries.same_child import whole_child


@dataclass(frozen=True)
class RecordChange:
    """A record of a child as it was and as it will be (None: withdrawn)."""

    desk: Desk
    student: Student
    was: Any
    now: Any


Check = Callable[[RecordChange], tuple[str, ...]]
"""Gives what a person should look at. Raises UserError for a value that cannot be."""


def _contact(kept: RecordChange) -> tuple[str, ...]:
    now: Contact | None = kept.now
    if now is None:
        return ()
    choice("层级", now.level, LEVELS)
    if (now.method, now.outcome) != (kept.was.method, kept.was.outcome):
        # Earlier versions took a visit's outcome for a call: what nobody touches stays.
        refuse_wrong_outcome(now.method, now.outcome)
    refuse_wrong_words(now.outcome, now.by_whom, now.promised_on)
    day, promise = now.happened_on, now.promised_on
    if not now.case_id:
        refuse_impossible(child_dates(kept.desk, now.student_id, day, promise))
        return ()
    found = visit_dates(kept.desk, now.case_id, day, promise, level=now.level)
    refuse_impossible(found)  # what a day contradicts is allowed by the reason of the correction, and said
    return (found.disorder.removesuffix("。"),) if found.disorder else ()


def _leave(kept: RecordChange) -> tuple[str, ...]:
    now: Leave | None = kept.now
    if now is None:
        return ()
    check_leave(kept.desk, kept.student, now)
    if now.ended_on and not now.from_on <= now.ended_on <= now.to_on:
        raise UserError(f"销假日期{day_words(now.ended_on)}不在假期里。请核对。")
    return ()


def _told(kept: RecordChange) -> tuple[str, ...]:
    now: Told | None = kept.now
    if now is None:
        return ()
    choice("告知的事", now.kind, TOLD)
    choice("层级", now.level, LEVELS)
    if not now.told_by:
        raise UserError("没有写告知人。请写是谁告知的。", "told_by")
    refuse_day(_facts(kept, now.case_id), now.happened_on, "发生的日期")
    return ()


def _observation(kept: RecordChange) -> tuple[str, ...]:
    was: Observation = kept.was
    now: Observation | None = kept.now
    if now is None:
        return ()
    if now.in_school != was.in_school:
        raise UserError("在校、不在校不能互改。请撤回这次观察，再记一次。")
    facts = _facts(kept, now.case_id)
    refuse_day(facts, now.observed_on, "观察日期")
    back = facts.back_on
    if back and now.observed_on <= back:
        raise UserError(f"观察日期{day_words(now.observed_on)}要在返校日期{day_words(back)}之后。请核对。")
    return ()


def _mark(kept: RecordChange) -> tuple[str, ...]:
    now: Mark | None = kept.now
    if now is None:
        return ()
    choice("学籍标注", now.kind, MARK_KINDS)
    if max(now.set_on, now.cleared_on or now.set_on) > kept.desk.today:
        raise UserError("标注、取消的日期还没有到。请填学籍系统里的日期。")
    if now.cleared_on and now.cleared_on < now.set_on:
        raise UserError(f"取消日期{now.cleared_on}早于标注日期{now.set_on}。请核对日期。")
    for one in marks_of(kept.desk.tx, whole_child(kept.desk.tx, kept.student.id)):
        same = one.id != now.id and one.kind == now.kind
        if same and one.set_on < (now.cleared_on or date.max) and now.set_on < (one.cleared_on or date.max):
            raise UserError(
                f"{kept.student.name}{day_words(one.set_on)}起另有一次{one.kind}标注，日期重叠。请核对。"
            )
    return ()


def _enrolment(kept: RecordChange) -> tuple[str, ...]:
    now: Enrolment | None = kept.now
    rows = [one for one in kept.desk.tx.find(Enrolment, student_id=kept.student.id) if one.id != kept.was.id]
    if now is None:
        return () if rows else (f"{kept.student.name}现在不属于任何学校，请登记转入或入学",)
    choice("怎样来的", now.began, BEGAN)
    if now.ended:
        choice("怎样离开的", now.ended, ENDED)
    if bool(now.ended) != (now.to_on is not None):
        raise UserError("到哪天和怎样离开的要一起写，或一起空着。请核对。")
    if max(now.from_on, now.to_on or now.from_on) > kept.desk.today:
        raise UserError("日期还没有到，不能提前登记。请填实际的日期。")
    last = now.to_on or date.max
    for one in rows:
        if one.from_on <= last and now.from_on <= (one.to_on or date.max):
            raise UserError(
                f"{kept.student.name}从{day_words(one.from_on)}起另有一条就读记录，日期重叠。请先改那一条。"
            )
    return ()


def _forced(kept: RecordChange) -> tuple[str, ...]:
    if kept.now is not None and kept.now.forced_on > kept.desk.today:
        raise UserError("日期还没有到。请填实际的日期。")
    return ()


def _facts(kept: RecordChange, case_id: str) -> CaseFacts:
    return CaseReader(kept.desk).facts(kept.desk.tx.get(CaseFile, case_id))


CHECKS: Mapping[type[Record], Check] = {
    Contact: _contact,
    Leave: _leave,
    Told: _told,
    Observation: _observation,
    Mark: _mark,
    Enrolment: _enrolment,
    ForcedStep: _forced,
}
CHOICES: Mapping[tuple[type[Record], str], tuple[str, ...]] = {
    (Contact, "method"): METHODS,
    (Contact, "outcome"): tuple(dict.fromkeys((*OUTCOMES, *CALL_OUTCOMES))),
    (Contact, "level"): LEVELS,
    (Leave, "kind"): LEAVE_KINDS,
    (Told, "kind"): TOLD,
    (Told, "level"): LEVELS,
    (Mark, "kind"): MARK_KINDS,
    (Enrolment, "began"): BEGAN,
    (Enrolment, "ended"): ("", *ENDED),
}
"""What a field is chosen from; the rest is typed."""
