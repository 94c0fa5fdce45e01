"""人员: who works here, since when, and who answers for which class, village or child (双线三包)."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.calendar import ONE_DAY
from app.domain.dates import day_words
from app.domain.records import ClassGroup, Responsibility, Staff, Student, Unit
from app.errors import UserError
from app.service.children.checks import checked_phone
from app.service.children.students import find_student
from app.service.office.classes import class_names, find_class
from app.service.office.desk import Desk, plural_choice
from app.store.queries.children import enrolments_on
from app.store.queries.office import children_answered_for, namesakes

HEAD_TEACHER, VILLAGES, CHILDREN = "班主任", "包村", "包学生"
COLUMNS = {HEAD_TEACHER: "class_id", VILLAGES: "village", CHILDREN: "student_id"}
"""What each kind of responsibility is for."""
_BRACKETS = str.maketrans("()", "（）")
_BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True, kw_only=True)
class StaffEntry:
    """What a person types of a colleague; `charges` is kind of responsibility → names with 、 between them."""

    name: str
    post: str = ""
    phone: str = ""
    from_on: date | None = None
    charges: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Colleague:
    """Somebody who works here, or did, in words. `charges` is kind of responsibility → what for, with 、 between;
    for one who left, what they answered for to the end. `current`: works here today."""

    id: str
    name: str
    post: str
    phone: str
    first_day: date
    last_day: date | None
    charges: Mapping[str, str]
    current: bool


@dataclass(frozen=True)
class ColleagueSaved:
    """Who was saved, and what to check about the number that was typed."""

    id: str
    name: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Departure:
    """Who left, and their last day here."""

    name: str
    last_day: date


def list_staff(desk: Desk, *, everybody: bool = False) -> tuple[Colleague, ...]:
    """The colleagues by first day and name; without `everybody` only those who work here today.

    Namesakes they answer for are told apart: 王伟（五年级2班）.
    """
    labels = _labels(desk)
    charges = desk.tx.find(Responsibility, order="from_on, id")
    rows = []
    for one in desk.tx.find(Staff, unit_id=desk.unit.id, order="from_on, name, id"):
        row = _row(one, [charge for charge in charges if charge.staff_id == one.id], labels, desk.today)
        if row.current or everybody:
            rows.append(row)
    return tuple(rows)


def find_staff(desk: Desk, text: str) -> Staff:
    """The colleague called `text` if the name is unique among those here today, or with that id."""
    wanted = text.strip()
    found = [row for row in list_staff(desk) if wanted in (row.id, row.name)]
    if len(found) == 1:
        return desk.tx.get(Staff, found[0].id)
    if found:
        raise plural_choice(
            f"有{len(found)}人叫“{wanted}”", [f"{row.post} {row.name} {row.id}" for row in found]
        )
    raise UserError(f"人员里没有“{wanted}”。请核对姓名，或先在人员里添加。")


def save_staff(desk: Desk, staff_id: str, entry: StaffEntry) -> ColleagueSaved:
    """Add a colleague (empty `staff_id`) or correct one. What is no longer in `charges` ends, what is new begins today.

    Warns of a number that cannot be one. Raises UserError for an empty name, somebody who is there already, a class or
    child that cannot be told, or a class that has another 班主任.
    """
    name = "".join(entry.name.split())
    if not name:
        raise UserError("姓名是空的。请写全名。")
    phoned = checked_phone(entry.phone)
    twins = [row for row in list_staff(desk) if row.name == name and row.id != staff_id]
    if any(row.phone == phoned.text for row in twins):
        raise UserError(f"人员里已经有{name}。请改那一条；真是同名的两个人，请写上不同的电话。")
    cells: dict[str, Any] = {"name": name, "post": entry.post.strip(), "phone": phoned.text}
    if staff_id:
        started = {"from_on": entry.from_on} if entry.from_on else {}
        desk.tx.change(Staff, staff_id, **cells, **started)
    else:
        staff_id = desk.tx.new_id()
        desk.tx.add(Staff(id=staff_id, unit_id=desk.unit.id, from_on=entry.from_on or desk.today, **cells))
    for kind, text in entry.charges.items():
        _charge(desk, staff_id, kind, text)
    return ColleagueSaved(staff_id, name, tuple(phoned.warnings))


def note_departure(desk: Desk, staff_id: str, last_day: date) -> Departure:
    """Note somebody's last day here (离任); what they answered for ends with it. Raises UserError where it lies before
    the first."""
    one = desk.tx.get(Staff, staff_id)
    if last_day < one.from_on:
        raise UserError(
            f"离任日期{day_words(last_day)}早于到任日期{day_words(one.from_on)}。请核对两个日期。"
        )
    desk.tx.change(Staff, staff_id, to_on=last_day)
    for charge in _held(desk, staff_id, last_day):
        _end(desk, charge, last_day, "离任以前没有开始")
    return Departure(one.name, last_day)


def _charge(desk: Desk, staff_id: str, kind: str, text: str) -> None:
    """Bring what somebody answers for in line with the names typed."""
    column, labels = COLUMNS[kind], _labels(desk)
    held = {getattr(one, column): one for one in _held(desk, staff_id, desk.today) if one.kind == kind}
    known = {labels.get(value, value): value for value in held}
    typed = _names(desk, text)
    wanted = dict.fromkeys(known.get(name) or _meant(desk, kind, name) for name in typed)
    for value, one in held.items():
        if value not in wanted:
            _end(desk, one, desk.today - ONE_DAY, "当天改正")
    for value in wanted:
        if value not in held:
            if kind == HEAD_TEACHER:
                _refuse_second_head(desk, value, labels)
            cells: dict[str, Any] = {"staff_id": staff_id, "kind": kind, column: value}
            desk.tx.add(Responsibility(id=desk.tx.new_id(), from_on=desk.today, **cells))


def _names(desk: Desk, text: str) -> list[str]:
    """The names in what was typed; the blank in 桃源小学 五年级1班 parts none."""
    schools, names = {one.name for one in desk.tx.find(Unit)}, list[str]()
    for part in filter(None, _BETWEEN.split(text.strip())):
        if names and names[-1] in schools:
            names[-1] += part
        else:
            names.append(part)
    return names


def _meant(desk: Desk, kind: str, name: str) -> str:
    """The id of the class or child, or the village, that was typed."""
    if kind == VILLAGES:
        return name
    name, heads = name.translate(_BRACKETS), kind == HEAD_TEACHER
    labels = (
        _class_labels(desk) if heads else _child_labels(desk, namesakes(desk.tx, name.partition("（")[0]))
    )
    for value, label in labels.items():
        if name in {label, value}:
            return value
    if not heads and len(labels) > 1:
        choices = "、".join(labels.values())
        raise UserError(f"没有分清是哪一个“{name}”：{choices}。请照这样写其中一个。")
    return find_class(desk, name).id if heads else find_student(desk, name).id


def _refuse_second_head(desk: Desk, class_id: str, labels: dict[str, str]) -> None:
    for one in desk.tx.find(Responsibility, kind=HEAD_TEACHER, class_id=class_id):
        if _is_open(one.to_on, desk.today):
            holder = desk.tx.get(Staff, one.staff_id).name
            raise UserError(
                f"{labels[class_id]}的班主任现在是{holder}。请先把{holder}那一条里的这个班去掉，再填到这里。"
            )


def head_teacher(desk: Desk, class_id: str) -> Staff | None:
    """The 班主任 of a class today, if one was named."""
    for one in desk.tx.find(Responsibility, kind=HEAD_TEACHER, class_id=class_id):
        if one.from_on <= desk.today and (one.to_on is None or desk.today <= one.to_on):
            return desk.tx.get(Staff, one.staff_id)
    return None


def _end(desk: Desk, charge: Responsibility, last: date, reason: str) -> None:
    """`last` was the last day; what had not begun by then is withdrawn with `reason`."""
    if charge.from_on > last:
        desk.tx.withdraw(Responsibility, charge.id, desk.today, reason)
    else:
        desk.tx.change(Responsibility, charge.id, to_on=last)


def _held(desk: Desk, staff_id: str, day: date) -> list[Responsibility]:
    """What somebody answers for on `day` or from a later one on."""
    found = desk.tx.find(Responsibility, staff_id=staff_id, order="from_on, id")
    return [one for one in found if _is_open(one.to_on, day)]


def _is_open(to_on: date | None, today: date) -> bool:
    return to_on is None or to_on >= today


def _labels(desk: Desk) -> dict[str, str]:
    """Class and child ids → names that tell them apart, for those somebody answers for."""
    return _class_labels(desk) | _child_labels(desk, children_answered_for(desk.tx))


def _class_labels(desk: Desk) -> dict[str, str]:
    """Class id → 五年级2班, or 石桥小学五年级2班 where another school has one, too."""
    names = class_names(desk)
    schools = {one.id: one.name for one in desk.tx.find(Unit)}
    whole = {one.id: f"{schools.get(one.school_id, '')}{names[one.id]}" for one in desk.tx.find(ClassGroup)}
    return _told_apart(names, whole)


def _child_labels(desk: Desk, children: Iterable[Student]) -> dict[str, str]:
    """Child id → 王伟, or 王伟（五年级2班） where there are namesakes, if need be with the day of birth."""
    children, classes = list(children), _class_labels(desk)
    there = enrolments_on(desk.tx, desk.today, {one.id for one in children})
    places = {
        one.id: classes.get(there[one.id].class_id, "无班级") if one.id in there else "无班级"
        for one in children
    }
    return _told_apart(
        {one.id: one.name for one in children},
        {one.id: f"{one.name}（{places[one.id]}）" for one in children},
        {one.id: f"{one.name}（{places[one.id]}·{one.birth or '无出生日期'}）" for one in children},
    )


def _told_apart(*ways: dict[str, str]) -> dict[str, str]:
    """Id → the first of its labels, the shortest way first, that no other id has; else the id."""
    counts = [Counter(way.values()) for way in ways]
    return {
        value: next(
            (way[value] for way, count in zip(ways, counts, strict=True) if count[way[value]] == 1), value
        )
        for value in ways[0]
    }


def _row(one: Staff, charges: list[Responsibility], labels: dict[str, str], today: date) -> Colleague:
    until = one.to_on if one.to_on and one.to_on < today else today
    held = {}
    for kind, column in COLUMNS.items():
        values = [
            getattr(charge, column)
            for charge in charges
            if charge.kind == kind and _is_open(charge.to_on, until)
        ]
        held[kind] = "、".join(labels.get(value, value) for value in values)
    current = one.from_on <= today and _is_open(one.to_on, today)
    return Colleague(one.id, one.name, one.post, one.phone, one.from_on, one.to_on, held, current)
