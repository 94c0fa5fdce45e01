"""Correcting a child by the words of the forms, its class and its guardian among them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from app.domain.dates import day_words
from app.domain.identity import mask_id
from app.domain.records import ClassGroup, Guardian, SpecialGroup, Student
from app.errors import UserError
from app.roster.groups import group_words
from app.roster.model import STUDENT_FIELDS
from app.service.children.checks import (
    WORDS,
    Checked,
    checked_birth,
    checked_edu_no,
    checked_gender,
    checked_id_no,
    checked_name,
    checked_phone,
    disagreements,
)
from app.service.children.enrolment import change_class
from app.service.children.students import class_for, guardians, refuse_known
from app.service.office.classes import class_names, enrolment_of, find_class, last_enrolment_of, school_of
from app.service.office.desk import Desk
from app.service.office.grades import name_on

FORM_NAMES = {
    "出生年月": "birth",
    "家庭详细住址": "address",
    "家庭住址": "address",
    "所在村": "village",
    "身份证号": "id_no",
    "全国学籍号": "edu_no",
}
GUARDIAN_FORM_NAMES = {
    "家长姓名": "name",
    "监护人": "name",
    "监护人姓名": "name",
    "监护人关系": "relation",
    "家长电话": "phone",
    "监护人电话": "phone",
    "务工地": "workplace",
}
SETTABLE = {label: column for column, label in STUDENT_FIELDS.items()} | FORM_NAMES


@dataclass(frozen=True)
class FieldChange:
    """One thing of a child that was corrected, by the word of the form; numbers of identity are masked."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Corrected:
    """A child that was corrected: what really changed, and what a person should look at."""

    id: str
    changed: tuple[FieldChange, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Set:
    """A field as it was and as it is, and what a person should look at."""

    old: str
    new: str
    warnings: tuple[str, ...] = ()


def set_student(
    desk: Desk,
    student_id: str,
    values: Mapping[str, str],
    *,
    new_class: bool = False,
    moved_on: date | None = None,
) -> Corrected:
    """Correct a child by the forms' own field names.

    联系电话 is the child's own entry, and the first guardian's where that was the same; 对象类别 takes several,
    separated by 、 or a blank; 无 empties a number of identity; a class that is not there yet is made if `new_class`
    says so, and the child is in it from `moved_on` (today if not said). Raises UserError for a field no form has, a
    value that cannot be, or another class for a child that left.
    """
    student = desk.tx.get(Student, student_id)
    done: dict[str, _Set] = {}
    for label, value in values.items():
        text = value.strip()
        if label == "对象类别":
            done[label] = _set_groups(desk, student, text)
        elif label in GUARDIAN_FORM_NAMES:
            done[label] = _set_guardian(desk, student, label, text)
        elif label == "班级":
            done[label] = _set_class(desk, student, text, moved_on or desk.today, new_class=new_class)
        elif label in SETTABLE:
            kind = values.get("身份证件类型", student.id_kind).strip()
            done[label] = _set_column(desk, student, label, text, kind)
        else:
            known = [*SETTABLE, *GUARDIAN_FORM_NAMES, "班级", "对象类别"]
            near = get_close_matches(label, known, n=3, cutoff=0.3) or known
            raise UserError(f"表格上没有“{label}”这一项。可用的有：{'、'.join(near)}。")
    warnings = [one for field in done.values() for one in field.warnings]
    changed = tuple(FieldChange(label, one.old, one.new) for label, one in done.items() if one.old != one.new)
    if {SETTABLE.get(one.field) for one in changed} & {"id_no", "birth", "gender", "edu_no"}:
        warnings += disagreements(desk.tx.get(Student, student_id))
    return Corrected(student_id, changed, tuple(warnings))


def _set_column(desk: Desk, student: Student, label: str, text: str, id_kind: str) -> _Set:
    column = SETTABLE[label]
    checked = _checked(desk, column, text, id_kind)
    old = getattr(student, column)
    if column == "name" and not checked.text:
        raise UserError("姓名不能改成空的。")
    if column in {"id_no", "edu_no"} and checked.value != old:
        refuse_known(desk, column, checked.text)
    desk.tx.change(Student, student.id, **{column: checked.value})
    if column == "phone":
        _follow_phone(desk, student, checked.text)
    before, after = str(old or ""), str(checked.value or "")
    if column in {"id_no", "edu_no"}:
        return _Set(mask_id(before), mask_id(after), checked.warnings)
    return _Set(before, after, checked.warnings)


def _checked(desk: Desk, column: str, text: str, id_kind: str) -> Checked:
    """A cell of a child as it is stored."""
    if column == "birth":
        return checked_birth(text, desk.today, desk.rules)
    if column == "id_no":
        return checked_id_no(text, id_kind)
    simple = {
        "name": checked_name,
        "edu_no": checked_edu_no,
        "phone": checked_phone,
        "gender": checked_gender,
    }
    if column in simple:
        return simple[column](text)
    return Checked(WORDS[column](text) if column in WORDS else text)


def _follow_phone(desk: Desk, student: Student, text: str) -> None:
    """The first guardian's number follows the child's where it was the same; a number of their own stays."""
    for guardian in guardians(desk, student.id)[:1]:
        if guardian.phone in {"", student.phone}:
            desk.tx.change(Guardian, guardian.id, phone=text)


def _set_guardian(desk: Desk, student: Student, label: str, text: str) -> _Set:
    column = GUARDIAN_FORM_NAMES[label]
    checked = Checked(text)
    if column == "name":
        checked = checked_name(text, label)
    elif column == "phone":
        checked = checked_phone(text, label)
    known = guardians(desk, student.id)
    if known:
        desk.tx.change(Guardian, known[0].id, **{column: checked.text})
        return _Set(str(getattr(known[0], column)), checked.text, checked.warnings)
    guardian = Guardian(id=desk.tx.new_id(), student_id=student.id, name="")
    desk.tx.add(guardian)
    desk.tx.change(Guardian, guardian.id, **{column: checked.text})
    return _Set("", checked.text, checked.warnings)


def _set_class(desk: Desk, student: Student, text: str, day: date, *, new_class: bool) -> _Set:
    """The class a child is in from `day` on."""
    if day > desk.today:
        raise UserError(f"{day_words(day)}还没有到，不能提前换班。请在换班当天或之后更正。")
    there, last = enrolment_of(desk, student.id, day), last_enrolment_of(desk, student.id)
    old = (
        name_on(desk, desk.tx.get(ClassGroup, there.class_id), desk.today) if there and there.class_id else ""
    )
    if text == old:
        return _Set(old, old)
    if there is None and last is not None and last.to_on is not None:
        raise UserError(
            f"{student.name}已经离校（{last.ended or '其他'}），不能直接改班级。回来上学请登记转入或复学；"
            "登记错了请先撤回那次离校。"
        )
    school = school_of(desk, student.id) or desk.unit
    class_id = class_for(desk, school, text) if new_class else find_class(desk, text, school.id).id
    change_class(desk, student.id, school.id, class_id, day)
    return _Set(old, class_names(desk).get(class_id, ""))


def _set_groups(desk: Desk, student: Student, text: str) -> _Set:
    known = desk.tx.find(SpecialGroup, student_id=student.id)
    wanted = group_words(text)
    for one in known:
        if one.kind not in wanted:
            desk.tx.withdraw(SpecialGroup, one.id, desk.today, "更正")
    old = [one.kind for one in known]
    for kind in wanted:
        if kind not in old:
            desk.tx.add(
                SpecialGroup(id=desk.tx.new_id(), student_id=student.id, kind=kind, from_on=desk.today)
            )
    return _Set("、".join(old), "、".join(wanted))
