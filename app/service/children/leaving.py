"""Leaving a school: 转出, 休学, 毕业, 超龄, 死亡, 出国境, 其他, from a day on, and taking a wrong leaving back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.membership import (
    CLASS_CHANGE,
    LEAVING,
    SUSPENDED,
    day_before,
    enrolment_on,
    is_over,
    left_on,
    rows_after,
)
from app.domain.records import Enrolment, Student
from app.domain.vocabulary import choice
from app.domain.words import evidence_words
from app.errors import UserError
from app.service.children.leads import reopen_leads, settle_leads
from app.service.office.desk import Desk
from app.store.queries.children import enrolments_of
from app.store.queries.rolls import absences_since, rolls_on
from app.store.queries.same_child import whole_child

TOO_EARLY = "离校在调班之前"
"""Why a change of class is withdrawn: the child had left before it."""


@dataclass(frozen=True)
class Leaving:
    """What a person says of a child that leaves. `day` is the first one off the roll; `back_on` when a 休学 is over."""

    kind: str
    day: date
    back_on: date | None = None
    next_school: str = ""
    proof: str = ""
    note: str = ""


@dataclass(frozen=True)
class Left:
    """A leaving as it was saved. `last_day` is the child's last one on the roll (before `from_on`: it had none).

    `rolls` says which saved rolls no longer count the child, `notices` what else a person should read: a 休学 without
    an end.
    """

    student_id: str
    enrolment_id: str
    name: str
    kind: str
    last_day: date
    back_on: date | None
    rolls: tuple[str, ...]
    notices: tuple[str, ...]


def leave_school(desk: Desk, student_id: str, leaving: Leaving) -> Left:
    """Take a child off the roll from a day on; its absences and open cases stay with it. Settles its open leads.

    A change of class entered for a later day is withdrawn: the child had left by then. Raises UserError for a day to
    come, a child that is not on the roll that day, a 休学 that is over before it begins, or words no form has.
    """
    child = desk.tx.get(Student, student_id)
    _refuse_wrong(desk, leaving)
    rows = enrolments_of(desk.tx, whole_child(desk.tx, student_id))
    row = _row_to_end(rows, child, leaving.day)
    for later in rows_after(rows, row.from_on):
        desk.tx.withdraw(Enrolment, later.id, desk.today, TOO_EARLY)
    last_day = day_before(leaving.day)
    desk.tx.change(
        Enrolment,
        row.id,
        to_on=last_day,
        ended=leaving.kind,
        next_school=leaving.next_school.strip(),
        leaving_proof=leaving.proof.strip(),
        back_on=leaving.back_on,
        note="；".join(part for part in (row.note, leaving.note.strip()) if part),
    )
    settle_leads(desk, student_id, leaving.day, leaving.kind)
    return Left(
        student_id,
        row.id,
        child.name,
        leaving.kind,
        last_day,
        leaving.back_on,
        _about_rolls(desk, child, row, leaving.day),
        _about_back(leaving),
    )


def undo_leaving(desk: Desk, student_id: str, reason: str) -> str:
    """Take back a wrong leaving: the child belongs to the class it left as if it never had. Returns the enrolment's id.

    A change of class that the leaving overtook stands again, and so does a lead that it settled. Raises UserError
    without a reason, or where there is no leaving to take back.
    """
    child = desk.tx.get(Student, student_id)
    if not reason.strip():
        raise UserError("没有写撤回的理由。请写明为什么撤回，例如日期写错。")
    rows = enrolments_of(desk.tx, whole_child(desk.tx, student_id))
    row = max(rows, key=lambda one: (one.from_on, one.id), default=None)
    if row is None or (left := left_on(row)) is None:
        raise UserError(f"{child.name}没有登记离校，不用撤回。请核对姓名。")
    overtaken = [
        one
        for one in desk.tx.find(Enrolment, student_id=row.student_id, withdrawn=True, order="from_on, id")
        if one.withdrawn_reason == TOO_EARLY and one.from_on > row.from_on
    ]
    again = overtaken[0] if overtaken else None
    desk.tx.change(
        Enrolment,
        row.id,
        to_on=day_before(again.from_on) if again else None,
        ended=CLASS_CHANGE if again else "",
        next_school="",
        leaving_proof="",
        back_on=None,
        note="；".join(part for part in (row.note, f"撤回{row.ended}：{reason.strip()}") if part),
    )
    for one in overtaken:
        desk.tx.change(Enrolment, one.id, withdrawn_on=None, withdrawn_reason="")
    reopen_leads(desk, student_id, left, row.ended)
    return row.id


def _refuse_wrong(desk: Desk, leaving: Leaving) -> None:
    choice("离校情况", leaving.kind, LEAVING)
    if leaving.day > desk.today:
        raise UserError(f"{day_words(leaving.day)}还没有到，不能提前登记离校。请在离校当天或之后登记。")
    if leaving.back_on and leaving.kind != SUSPENDED:
        raise UserError(f"{leaving.kind}没有期满日期。请去掉期满日期，或改为休学。")
    if leaving.back_on and leaving.back_on <= leaving.day:
        raise UserError(f"休学期满日期{leaving.back_on}不在开始日期{leaving.day}之后。请核对两个日期。")


def _row_to_end(rows: Sequence[Enrolment], child: Student, day: date) -> Enrolment:
    """The row that holds `day` and may end there. Raises UserError where the child was not on the roll."""
    row = enrolment_on(rows, day)
    if row is None:
        raise UserError(_why_not_there(rows, child, day))
    later = rows_after(rows, row.from_on)
    if ended := next((left for one in (row, *later) if (left := left_on(one))), None):
        raise UserError(
            f"{child.name}已登记{day_words(ended)}离校。要改日期或情况，请先撤回那次离校，再重新登记。"
        )
    return row


def _why_not_there(rows: Sequence[Enrolment], child: Student, day: date) -> str:
    last = max((row for row in rows if is_over(row, day)), key=lambda row: row.to_on or day, default=None)
    if last is not None and (left := left_on(last)):
        return f"{child.name}{day_words(left)}已经{_how(last)}，不能再登记离校。登记错了请先撤回那次离校。"
    if rows:
        first = min(row.from_on for row in rows)
        return f"{child.name}从{day_words(first)}起才在册，不能在{day_words(day)}离校。请核对日期。"
    return f"{child.name}不在任何学校的册上，不用登记离校。请核对姓名。"


def _how(row: Enrolment) -> str:
    return "离校" if row.ended in {"", "其他"} else row.ended


def _about_rolls(desk: Desk, child: Student, row: Enrolment, day: date) -> tuple[str, ...]:
    """Rolls already saved for days the child is off the roll now, and what they say of it."""
    missed = absences_since(desk.tx, {row.student_id}, day)
    called = (
        {roll.day for roll in rolls_on(desk.tx, {row.class_id}, day, desk.today)} if row.class_id else set()
    )
    notices = []
    if called:
        those = "这天" if len(called) == 1 else "这些天"
        notices.append(f"{evidence_words(sorted(called))}已经点过名，{those}不再算{child.name}在册")
    if missed:
        days = evidence_words(sorted({one.day for one in missed}))
        notices.append(f"{child.name}{days}记了缺勤，仍然保留；记错了请先撤回离校，改好那几天的点名再登记")
    return tuple(notices)


def _about_back(leaving: Leaving) -> tuple[str, ...]:
    asked = leaving.kind == SUSPENDED and leaving.back_on is None
    return ("没有写休学期满日期，到期不会提醒核实复学；知道后请撤回重新登记",) if asked else ()
