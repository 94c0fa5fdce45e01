"""Coming to a school: 转入, 复学, 入学. Each begins an enrolment of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.dates import day_words
from app.domain.membership import BACK, DIED, JOINING, SUSPENDED, holds, is_over, left_on
from app.domain.records import ClassGroup, Enrolment, Student, Unit
from app.domain.vocabulary import choice
from app.domain.words import evidence_words
from app.errors import UserError
from app.service.children.enrolment import new_enrolment, refuse_day_to_come
from app.service.children.leads import settle_leads
from app.service.office.desk import Desk
from app.service.office.grades import name_on
from app.service.office.unit_names import school_beside
from app.store.queries.children import enrolments_of
from app.store.queries.rolls import absences_since, rolls_on
from app.store.queries.same_child import whole_child


@dataclass(frozen=True)
class Joining:
    """What a person says of a child that comes; `day` is its first one on the roll of the class."""

    kind: str
    class_id: str
    day: date
    other_school: str = ""
    proof: str = ""
    note: str = ""


@dataclass(frozen=True)
class Joined:
    """A coming as it was saved; `rolls` says which saved rolls count the child as in school now."""

    student_id: str
    enrolment_id: str
    name: str
    kind: str
    school: str
    class_name: str
    day: date
    rolls: tuple[str, ...]


def join_school(desk: Desk, student_id: str, joining: Joining) -> Joined:
    """Put a child on the roll of a class from a day on. Its office is that of the class from then on.

    Raises UserError for a day to come, a child that is on a roll that day or later, a 复学 of a child that never left,
    or words no form has.
    """
    child = desk.tx.get(Student, student_id)
    choice("入校情况", joining.kind, JOINING)
    refuse_day_to_come(desk, joining.day)
    rows = enrolments_of(desk.tx, whole_child(desk.tx, student_id))
    _refuse_member(desk, rows, child, joining.day)
    _refuse_kind(rows, child, joining)
    group = desk.tx.get(ClassGroup, joining.class_id)
    row = replace(
        new_enrolment(desk, student_id, group.school_id, group.id, joining.day, joining.kind),
        other_school=joining.other_school.strip(),
        proof=joining.proof.strip(),
        note=joining.note.strip(),
    )
    desk.tx.add(row)
    desk.tx.change(Student, student_id, unit_id=group.school_id)
    settle_leads(desk, student_id, joining.day, joining.kind)
    name = name_on(desk, group, desk.today)
    return Joined(
        student_id,
        row.id,
        child.name,
        joining.kind,
        school_beside(desk, group.school_id),
        name,
        joining.day,
        rolls_that_count(desk, group, joining.day),
    )


def undo_joining(desk: Desk, student_id: str, reason: str) -> str:
    """Take back a wrong coming: the newest enrolment, if it began with one. Returns its id.

    Raises UserError without a reason, or where there is none to take back.
    """
    child = desk.tx.get(Student, student_id)
    if not reason.strip():
        raise UserError("没有写撤回的理由。请写明为什么撤回，例如日期写错。")
    rows = enrolments_of(desk.tx, whole_child(desk.tx, student_id))
    row = max(rows, key=lambda one: (one.from_on, one.id), default=None)
    if row is None or row.began not in JOINING:
        raise UserError(f"{child.name}最近没有登记转入、复学或入学，不能撤回。请核对姓名。")
    if row.ended:
        left = day_words(left_on(row) or row.from_on)
        raise UserError(f"{child.name}{left}又登记了{row.ended}，撤回到校会连它一起丢掉。请先撤回那次离校。")
    if missed := absences_since(desk.tx, {student_id}, row.from_on):
        days = evidence_words(sorted({one.day for one in missed}))
        raise UserError(f"{child.name}到校以后{days}记了缺勤。请先改好那几天的点名，再撤回到校。")
    desk.tx.withdraw(Enrolment, row.id, desk.today, reason.strip())
    return row.id


def _refuse_member(desk: Desk, rows: Sequence[Enrolment], child: Student, day: date) -> None:
    """A child belongs to one class at a time, and what comes later was entered already."""
    there = next((row for row in rows if holds(row, day)), None) or next(
        (row for row in rows if row.from_on > day), None
    )
    if there is None:
        return
    where = desk.tx.get(Unit, there.school_id).name
    if there.class_id:
        where += name_on(desk, desk.tx.get(ClassGroup, there.class_id), desk.today)
    raise UserError(
        f"{child.name}从{day_words(there.from_on)}起在{where}，不能再登记到校。换班请改班级，转学请先登记转出。"
    )


def _refuse_kind(rows: Sequence[Enrolment], child: Student, joining: Joining) -> None:
    last = max((row for row in rows if is_over(row, joining.day)), key=lambda row: row.from_on, default=None)
    if last is not None and last.ended == DIED:
        raise UserError(f"{child.name}登记的离校情况是死亡。登记错了请先撤回那次离校。")
    if joining.kind == BACK and last is None:
        raise UserError(f"{child.name}没有休学或离校记录，不能登记复学。请改为转入或入学。")
    if joining.kind == BACK and last is not None and last.ended != SUSPENDED and left_on(last):
        raise UserError(f"{child.name}上次离校是{last.ended or '其他'}，不是休学。请改为转入或入学。")


def rolls_that_count(desk: Desk, group: ClassGroup, day: date) -> tuple[str, ...]:
    """Rolls already saved for days the child is on the roll now: they count it as in school."""
    called = sorted({roll.day for roll in rolls_on(desk.tx, {group.id}, day, desk.today)})
    if not called:
        return ()
    days = evidence_words(called)
    if len(called) == 1:
        return (f"{days}该班已经点过名，这天算作在校；没有到校的请补记这天的点名",)
    return (f"{days}该班已经点过名，这些天算作在校；没有到校的请补记那几天的点名",)
