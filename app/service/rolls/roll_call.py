"""点名: the whole class present, exceptions noted; a second roll for the same time replaces the first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from app.domain.attendance import covers
from app.domain.dates import day_words
from app.domain.records import Absence, ClassGroup, Roll, Student
from app.domain.spelling import person_name
from app.domain.vocabulary import ABSENCE_KINDS, SESSIONS, choice
from app.errors import UserError
from app.service.office.classes import find_class, pupils
from app.service.office.desk import Desk
from app.service.office.grades import name_on
from app.store.queries.children import missed_on
from app.store.queries.rolls import leaves_on


class AbsenceEntry(NamedTuple):
    """A child not simply present: name or id, 旷课/病假/事假, and the part of the day."""

    student: str
    kind: str
    part: str = "全天"


@dataclass(frozen=True)
class RollTaken:
    """A roll as it was saved; `halves` are the children who were there half of it."""

    id: str
    class_name: str
    day: date
    expected: int
    present: int
    halves: int


def take_roll(
    desk: Desk,
    class_text: str,
    day: date,
    entries: Sequence[AbsenceEntry] = (),
    *,
    session: str = "全天",
    by_whom: str = "",
) -> RollTaken:
    """Record the roll of a class. Everyone not in `entries` is present; approved leave is taken into account.

    The children are those who belonged to the class on `day`. Absences of others, in a roll of this class saved
    earlier, stay: a roll says nothing of a child it does not show. Raises UserError for an unknown class or name, a day
    to come, or a day that is no 上课日.
    """
    group = find_class(desk, class_text)
    choice("点名时段", session, SESSIONS)
    _refuse_wrong_day(desk, day)
    children = pupils(desk, group.id, day)
    name = name_on(desk, group, day)
    noted = [_entry(children, one, name) for one in entries]
    if len({child.id for child, _ in noted}) < len(noted):
        raise UserError("同一名学生写了两次。每名学生一次点名只写一种情况，请删去一处。")
    kept = _replace(desk, group, day, session, children)
    roll = _roll(desk, group, day, session, by_whom, children, noted)
    desk.tx.add(roll)
    for absence in kept:
        desk.tx.change(Absence, absence.id, roll_id=roll.id)
    desk.tx.add_all(_absence(desk, roll, child, one) for child, one in noted)
    return RollTaken(
        roll.id,
        name_on(desk, group, desk.today),
        day,
        roll.expected,
        roll.present,
        sum(one.part not in {"全天", session} for _, one in noted),
    )


def _roll(
    desk: Desk,
    group: ClassGroup,
    day: date,
    session: str,
    by_whom: str,
    children: Sequence[Student],
    entries: Sequence[tuple[Student, AbsenceEntry]],
) -> Roll:
    """实到 leaves out who missed all of the session and who is on approved leave.

    A child whose whereabouts are not known (核实去向) is neither expected nor present, unless it is noted.
    """
    on_leave, noted = _on_leave(desk, children, day), {child.id for child, _ in entries}
    missed = missed_on(desk.tx, day, desk.today).keys() - noted - on_leave
    children = [child for child in children if child.id not in missed]
    away = on_leave | {child.id for child, one in entries if one.part in {"全天", session}}
    return Roll(
        id=desk.tx.new_id(),
        class_id=group.id,
        day=day,
        session=session,
        by_whom=by_whom or desk.operator,
        expected=len(children),
        present=len(children) - len(away),
        entered_on=desk.today,
    )


def _refuse_wrong_day(desk: Desk, day: date) -> None:
    if day > desk.today:
        raise UserError(f"{day_words(day)}还没有到，不能提前点名。请核对日期。")
    fact = desk.calendar.fact(day)
    if not fact.weight:
        raise UserError(
            f"{day_words(day)}不是上课日（{fact.why}），不用点名。学校当天补课的，请先在校历里设为上课。"
        )


def _entry(children: Sequence[Student], one: AbsenceEntry, name: str) -> tuple[Student, AbsenceEntry]:
    choice("缺勤情况", one.kind, ABSENCE_KINDS)
    choice("缺勤时段", one.part, SESSIONS)
    wanted = person_name(one.student)
    found = [child for child in children if wanted in {child.id, child.name}]
    if len(found) > 1:
        ids = "；".join(f"{child.name} {child.id}" for child in found)
        raise UserError(f"{name}有{len(found)}名学生都叫“{wanted}”，请改用编号：{ids}。")
    if not found:
        near = get_close_matches(wanted, [child.name for child in children], n=3, cutoff=0.3)
        hint = f"是不是{'、'.join(near)}？" if near else ""
        raise UserError(f"{name}没有学生“{wanted}”。{hint}请核对姓名，整次点名没有保存。")
    return found[0], one


def _on_leave(desk: Desk, children: Sequence[Student], day: date) -> set[str]:
    leaves = leaves_on(desk.tx, day, day, {child.id for child in children})
    return {leave.student_id for leave in leaves if covers(leave, day)}


def _replace(
    desk: Desk, group: ClassGroup, day: date, session: str, children: Sequence[Student]
) -> list[Absence]:
    """Withdraw what an earlier roll said about the same time: the same session, or a whole day against a half.

    Returns the absences of children the new roll does not show (they are in another class now): they stay as they are.
    """
    shown, kept = {child.id for child in children}, []
    for old in desk.tx.find(Roll, class_id=group.id, day=day):
        if "全天" in {session, old.session} or session == old.session:
            for absence in desk.tx.find(Absence, roll_id=old.id):
                if absence.student_id in shown:
                    desk.tx.withdraw(Absence, absence.id, desk.today, "重新点名")
                else:
                    kept.append(absence)
            desk.tx.withdraw(Roll, old.id, desk.today, "重新点名")
    return kept


def _absence(desk: Desk, roll: Roll, child: Student, one: AbsenceEntry) -> Absence:
    part = one.part if roll.session == "全天" else roll.session
    return Absence(
        id=desk.tx.new_id(), roll_id=roll.id, student_id=child.id, day=roll.day, kind=one.kind, part=part
    )
