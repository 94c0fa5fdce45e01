"""人员: who works here, since when, and who answers for which class, village or child (双线三包)."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.calendar import ONE_DAY
from app.domain.contacts import day_words
from app.domain.records import Responsibility, Staff, Student
from app.errors import UserError
from app.service.classes import class_names, find_class
from app.service.desk import JSON, Desk, plural_choice
from app.service.students import find_student

HEAD_TEACHER, VILLAGES, CHILDREN = "班主任", "包村", "包学生"
COLUMNS = {HEAD_TEACHER: "class_id", VILLAGES: "village", CHILDREN: "student_id"}
"""What each kind of responsibility is for."""
_BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, kw_only=True)
class StaffEntry:
    """What a person types of a colleague; `charges` is kind of responsibility → names with 、 between them."""

    name: str
    post: str = ""
    phone: str = ""
    from_on: date | None = None
    charges: dict[str, str] | None = None


def list_staff(desk: Desk, *, everybody: bool = False) -> list[JSON]:
    """[{id, name, post, phone, from, to, current, 班主任, 包村, 包学生}] by post and name.

    Without `everybody` only those who work here today.
    """
    labels = _labels(desk)
    charges = desk.tx.find(Responsibility, order="from_on, id")
    rows = []
    for one in desk.tx.find(Staff, "unit_id = ?", [desk.unit.id], order="from_on, name, id"):
        current = one.from_on <= desk.today and _is_open(one.to_on, desk.today)
        if current or everybody:
            own = [charge for charge in charges if charge.staff_id == one.id]
            rows.append(_row(one, own, labels, desk.today) | {"current": current})
    return rows


def staff_names(desk: Desk) -> list[str]:
    """The names of those who work here today, for choosing an operator or completing a name."""
    return list(dict.fromkeys(row["name"] for row in list_staff(desk)))


def find_staff(desk: Desk, text: str) -> Staff:
    """The colleague called `text` if the name is unique among those here today, or with that id."""
    wanted = text.strip()
    found = [row for row in list_staff(desk) if wanted in (row["id"], row["name"])]
    if len(found) == 1:
        return desk.tx.get(Staff, found[0]["id"])
    if found:
        raise plural_choice(
            f"有{len(found)}人叫“{wanted}”", [f"{row['post']} {row['name']} {row['id']}" for row in found]
        )
    raise UserError(f"人员里没有“{wanted}”。请核对姓名，或先在人员里添加。")


def save_staff(desk: Desk, staff_id: str, entry: StaffEntry) -> JSON:
    """Add a colleague (empty `staff_id`) or correct one. What is no longer in `charges` ends, what is new begins today.

    Returns {id, name}. Raises UserError for an empty name, somebody who is there already, a class or child that cannot
    be told, or a class that has another 班主任.
    """
    name = "".join(entry.name.split())
    if not name:
        raise UserError("姓名是空的。请写全名。")
    twins = [row for row in list_staff(desk) if row["name"] == name and row["id"] != staff_id]
    if any(row["phone"] == entry.phone.strip() for row in twins):
        raise UserError(f"人员里已经有{name}。请改那一条；真是同名的两个人，请写上不同的电话。")
    cells: dict[str, Any] = {"name": name, "post": entry.post.strip(), "phone": entry.phone.strip()}
    if staff_id:
        started = {"from_on": entry.from_on} if entry.from_on else {}
        desk.tx.change(Staff, staff_id, **cells, **started)
    else:
        staff_id = desk.tx.new_id()
        desk.tx.add(Staff(id=staff_id, unit_id=desk.unit.id, from_on=entry.from_on or desk.today, **cells))
    for kind, text in (entry.charges or {}).items():
        _charge(desk, staff_id, kind, text)
    return {"id": staff_id, "name": name}


def leave_staff(desk: Desk, staff_id: str, day: date) -> JSON:
    """Note that `day` was somebody's last day here; what they answered for ends with it. Returns {name, to}."""
    one = desk.tx.get(Staff, staff_id)
    if day < one.from_on:
        raise UserError(f"离任日期{day_words(day)}早于到任日期{day_words(one.from_on)}。请核对两个日期。")
    desk.tx.change(Staff, staff_id, to_on=day)
    for charge in _held(desk, staff_id):
        desk.tx.change(Responsibility, charge.id, to_on=max(day, charge.from_on))
    return {"name": one.name, "to": day}


def _charge(desk: Desk, staff_id: str, kind: str, text: str) -> None:
    """Bring what somebody answers for in line with the names typed."""
    column, labels = COLUMNS[kind], _labels(desk)
    held = {getattr(one, column): one for one in _held(desk, staff_id) if one.kind == kind}
    known = {labels.get(value, value): value for value in held}
    wanted = dict.fromkeys(
        known.get(name) or _meant(desk, kind, name) for name in _BETWEEN.split(text.strip()) if name
    )
    for value, one in held.items():
        if value not in wanted:
            _end(desk, one)
    for value in wanted:
        if value not in held:
            if kind == HEAD_TEACHER:
                _refuse_second_head(desk, value, labels)
            fact = Responsibility(id=desk.tx.new_id(), staff_id=staff_id, kind=kind, from_on=desk.today)
            desk.tx.add(replace(fact, **{column: value}))  # type: ignore[arg-type]  # a column of text, by its name


def _meant(desk: Desk, kind: str, name: str) -> str:
    """The id of the class or child, or the village, that was typed."""
    if kind == HEAD_TEACHER:
        return find_class(desk, name).id
    return find_student(desk, name).id if kind == CHILDREN else name


def _refuse_second_head(desk: Desk, class_id: str, labels: dict[str, str]) -> None:
    for one in desk.tx.find(Responsibility, "kind = ? AND class_id = ?", [HEAD_TEACHER, class_id]):
        if _is_open(one.to_on, desk.today):
            holder = desk.tx.get(Staff, one.staff_id).name
            raise UserError(
                f"{labels[class_id]}的班主任现在是{holder}。请先把{holder}那一条里的这个班去掉，再填到这里。"
            )


def _end(desk: Desk, charge: Responsibility) -> None:
    """Yesterday was the last day; what began only today was a mistake."""
    if charge.from_on >= desk.today:
        desk.tx.withdraw(Responsibility, charge.id, desk.today, "当天改正")
    else:
        desk.tx.change(Responsibility, charge.id, to_on=desk.today - ONE_DAY)


def _held(desk: Desk, staff_id: str) -> list[Responsibility]:
    found = desk.tx.find(Responsibility, "staff_id = ?", [staff_id], order="from_on, id")
    return [one for one in found if _is_open(one.to_on, desk.today)]


def _is_open(to_on: date | None, today: date) -> bool:
    return to_on is None or to_on >= today


def _labels(desk: Desk) -> dict[str, str]:
    """Class and child ids → names, for those somebody answers for."""
    children = desk.tx.find(
        Student, "id IN (SELECT student_id FROM responsibility WHERE student_id <> '')", withdrawn=True
    )
    return class_names(desk) | {one.id: one.name for one in children}


def _row(one: Staff, charges: list[Responsibility], labels: dict[str, str], today: date) -> JSON:
    """A colleague in words; for one who left, what they answered for to the end."""
    until = one.to_on if one.to_on and one.to_on < today else today
    found: JSON = {
        "id": one.id,
        "name": one.name,
        "post": one.post,
        "phone": one.phone,
        "from": one.from_on,
        "to": one.to_on,
    }
    for kind, column in COLUMNS.items():
        values = [
            getattr(charge, column)
            for charge in charges
            if charge.kind == kind and _is_open(charge.to_on, until)
        ]
        found[kind] = "、".join(labels.get(value, value) for value in values)
    return found
