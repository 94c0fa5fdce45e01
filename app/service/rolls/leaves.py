"""请假 and 销假. Leave proved later turns 旷课 into leave by itself: day states are computed, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.leaves import joined_span, may_approve, required_approver
from app.domain.records import Leave, Student
from app.domain.vocabulary import LEAVE_KINDS, choice
from app.domain.words import plain
from app.errors import UserError
from app.service.office.desk import Desk

SCHOOL_YEAR = 366
"""Days: no leave lasts longer than a school year; whoever is away for longer is 休学."""


@dataclass(frozen=True)
class LeaveKept:
    """A leave as it was saved, and the 上课日 it covers."""

    id: str
    days: int | float


def add_leave(
    desk: Desk, student: Student, first: date, last: date, kind: str, approver: str, *, proof: str = ""
) -> LeaveKept:
    """Record an approved leave from `first` to `last`, both included.

    Raises UserError if the dates cross, another leave overlaps, or the rule
    set wants a higher office to approve a leave of this length, counted with those it runs on from.
    """
    leave = Leave(
        id=desk.tx.new_id(),
        student_id=student.id,
        from_on=first,
        to_on=last,
        kind=kind,
        approver=approver.strip(),
        proof=proof,
        entered_on=desk.today,
    )
    days = check_leave(desk, student, leave)
    desk.tx.add(leave)
    return LeaveKept(leave.id, plain(days))


def check_leave(desk: Desk, student: Student, leave: Leave) -> float:
    """The 上课日 of a leave that is entered or corrected, held against the others of the child.

    Raises UserError as `add_leave` does.
    """
    choice("请假种类", leave.kind, LEAVE_KINDS)
    first, last = leave.from_on, leave.to_on
    if last < first:
        raise UserError(f"请假结束日期{last}早于开始日期{first}。请调换或改正。")
    if (last - first).days > SCHOOL_YEAR:
        raise UserError(f"{first}到{last}超过一学年，不能作为请假。请核对日期；长期不来的办休学。")
    if not leave.approver:
        raise UserError("没有写批准人职务。请写明由谁批准，例如班主任。")
    others = [one for one in desk.tx.find(Leave, student_id=student.id) if one.id != leave.id]
    _refuse_overlap(others, student, first, last)
    days = _school_days(desk, first, last)
    whole = _school_days(desk, *joined_span(others, first, last, desk.calendar))
    _refuse_low_office(desk, whole, leave.approver, runs_on=whole > days)
    return days


def _school_days(desk: Desk, first: date, last: date) -> float:
    return sum(desk.calendar.weight(day) for day in desk.calendar.school_days(first, last))


def end_leave(desk: Desk, student: Student, back_on: date) -> str:
    """销假: the child is back on `back_on`, earlier than the leave said; that day is no longer excused.

    Returns the id of the leave. Raises UserError where no leave covers the day.
    """
    for leave in desk.tx.find(Leave, student_id=student.id):
        if leave.from_on <= back_on <= leave.to_on and leave.ended_on is None:
            desk.tx.change(Leave, leave.id, ended_on=back_on)
            return leave.id
    raise UserError(f"{student.name}在{day_words(back_on)}没有在假期内，不用销假。请核对日期。")


def _refuse_low_office(desk: Desk, days: float, approver: str, *, runs_on: bool) -> None:
    required = required_approver(desk.rules, days)
    if required and not may_approve(approver, required[0]):
        office, _rule = required
        length = f"连同前后的假一共{plain(days)}个上课日" if runs_on else f"请假{plain(days)}个上课日"
        raise UserError(
            f"{length}，按{desk.rules.name}要由{office}批准，{approver}批的不够。请补{office}批准后再录入。"
        )


def _refuse_overlap(others: Iterable[Leave], student: Student, first: date, last: date) -> None:
    for leave in others:
        end = leave.ended_on or leave.to_on
        if leave.from_on <= last and first <= end:
            raise UserError(
                f"{student.name}在{day_words(leave.from_on)}至{day_words(leave.to_on)}已有{leave.kind}，日期重叠。"
                "请先销假或改日期。"
            )
