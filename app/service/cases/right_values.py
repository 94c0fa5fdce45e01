"""What has to hold of a record that is put right: the same as when it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.contacts import impossible_day, impossible_promise, order_problem
from app.domain.dates import day_words
from app.domain.ladder.facts import REPORT
from app.domain.leaves import may_approve, required_approver
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
    IN_VAIN,
    LEAVE_KINDS,
    LEVELS,
    METHODS,
    OUTCOMES,
    TOLD,
    choice,
    outcomes_of,
)
from app.domain.words import plain
from app.errors import UserError
from app.service.cases.facts import CaseReader
from app.service.office.desk import Desk
from app.store.queries.children import marks_of
from app.store.queries.same_child import whole_child


@dataclass(frozen=True)
class Kept:
    """A record of a child as it was and as it will be (None: withdrawn)."""

    desk: Desk
    student: Student
    was: Any
    now: Any


Check = Callable[[Kept], tuple[str, ...]]
"""Gives what a person should look at. Raises UserError for a value that cannot be."""


def _contact(kept: Kept) -> tuple[str, ...]:
    now: Contact | None = kept.now
    if now is None:
        return ()
    choice("联系方式", now.method, METHODS)
    choice("联系结果", now.outcome, outcomes_of(now.method))
    choice("层级", now.level, LEVELS)
    if not now.by_whom:
        raise UserError("没有写联系人（家访人）姓名。请补上。", "by_whom")
    if now.promised_on and now.outcome in IN_VAIN:
        raise UserError(f"{now.outcome}，没有人能承诺返校。请改结果，或删去承诺返校日。", "promised_on")
    for sentence in (
        impossible_day(now.happened_on, kept.desk.today),
        impossible_promise(now.happened_on, now.promised_on),
    ):
        if sentence:
            raise UserError(sentence)
    disorder = _disorder(kept, now)
    return (disorder.removesuffix("。"),) if disorder else ()


def _disorder(kept: Kept, now: Contact) -> str:
    """The earlier action the day of a visit contradicts; the reason of the correction lets it stand, and it is said."""
    if not now.case_id:
        return ""
    facts = CaseReader(kept.desk).facts(kept.desk.tx.get(CaseFile, now.case_id))
    report = facts.issued(REPORT)
    return order_problem(
        now.level,
        now.happened_on,
        absent_since=facts.case.absent_since,
        opened_on=facts.case.opened_on,
        reported_on=report.issued_on if report else None,
    )


def _leave(kept: Kept) -> tuple[str, ...]:
    now: Leave | None = kept.now
    if now is None:
        return ()
    choice("请假种类", now.kind, LEAVE_KINDS)
    if now.to_on < now.from_on:
        raise UserError(f"请假结束日期{now.to_on}早于开始日期{now.from_on}。请调换或改正。")
    if now.ended_on and not now.from_on <= now.ended_on <= now.to_on:
        raise UserError(f"销假日期{day_words(now.ended_on)}不在假期里。请核对。")
    for one in kept.desk.tx.find(Leave, student_id=kept.student.id):
        if one.id != now.id and one.from_on <= now.to_on and now.from_on <= (one.ended_on or one.to_on):
            until = day_words(one.ended_on or one.to_on)
            raise UserError(
                f"{kept.student.name}{day_words(one.from_on)}至{until}另有请假，日期重叠。请核对日期。"
            )
    days = sum(
        kept.desk.calendar.weight(day) for day in kept.desk.calendar.school_days(now.from_on, now.to_on)
    )
    required = required_approver(kept.desk.rules, days)
    if required and not may_approve(now.approver, required[0]):
        raise UserError(f"请假{plain(days)}个上课日，要由{required[0]}批准。请补批准后再更正。", "approver")
    return ()


def _told(kept: Kept) -> tuple[str, ...]:
    now: Told | None = kept.now
    if now is None:
        return ()
    choice("告知的事", now.kind, TOLD)
    choice("层级", now.level, LEVELS)
    if not now.told_by:
        raise UserError("没有写告知人。请写是谁告知的。", "told_by")
    _refuse_day(kept, now.case_id, now.happened_on, "发生的日期")
    return ()


def _observation(kept: Kept) -> tuple[str, ...]:
    was: Observation = kept.was
    now: Observation | None = kept.now
    if now is None:
        return ()
    if now.in_school != was.in_school:
        raise UserError("在校、不在校不能互改。请撤回这次观察，再记一次。")
    _refuse_day(kept, now.case_id, now.observed_on, "观察日期")
    back = CaseReader(kept.desk).facts(kept.desk.tx.get(CaseFile, now.case_id)).back_on
    if back and now.observed_on <= back:
        raise UserError(f"观察日期{day_words(now.observed_on)}要在返校日期{day_words(back)}之后。请核对。")
    return ()


def _mark(kept: Kept) -> tuple[str, ...]:
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


def _enrolment(kept: Kept) -> tuple[str, ...]:
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


def _forced(kept: Kept) -> tuple[str, ...]:
    if kept.now is not None and kept.now.forced_on > kept.desk.today:
        raise UserError("日期还没有到。请填实际的日期。")
    return ()


def _refuse_day(kept: Kept, case_id: str, day: date, what: str) -> None:
    if day > kept.desk.today:
        raise UserError(f"{what}{day_words(day)}还没有到。请填实际发生的日期。")
    facts = CaseReader(kept.desk).facts(kept.desk.tx.get(CaseFile, case_id))
    if day < facts.absent_from:
        raise UserError(f"{what}{day_words(day)}早于开始缺勤的{day_words(facts.absent_from)}。请核对。")


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
