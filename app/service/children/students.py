"""Children: finding, listing, adding and correcting them by the words of the forms."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from app.domain.identity import birth_of, gender_of, mask_id
from app.domain.membership import first_day_of_year
from app.domain.records import Guardian, SpecialGroup, Student, Unit
from app.domain.school_year import parse_class_name
from app.errors import UserError
from app.roster.groups import group_words
from app.roster.model import STUDENT_FIELDS
from app.service.children.checks import (
    WORDS,
    Checked,
    age_warnings,
    checked_birth,
    checked_edu_no,
    checked_gender,
    checked_id_no,
    checked_name,
    checked_phone,
    disagreements,
)
from app.service.children.enrolment import change_class, new_enrolment
from app.service.office.classes import class_name_of, class_names, ensure_class, find_class, pupils, school_of
from app.service.office.desk import JSON, Desk, plural_choice
from app.service.office.spelling import spells
from app.service.office.units import school_named
from app.store.queries.children import enrolments_on, names_of_children

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


def find_student(desk: Desk, text: str) -> Student:
    """The child called `text` if the name is unique, or with that id. Raises UserError naming who was meant."""
    wanted = "".join(text.split())
    found = desk.tx.find(Student, id=wanted) or desk.tx.find(Student, name=wanted)
    if len(found) == 1:
        return found[0]
    classes = class_names(desk)
    if found:
        places = enrolments_on(desk.tx, desk.today, {one.id for one in found})
        options = [
            f"{classes.get(places[one.id].class_id, '无班级') if one.id in places else '无班级'} {one.name} {one.id}"
            for one in found
        ]
        raise plural_choice(f"有{len(found)}名学生叫“{wanted}”", options)
    near = get_close_matches(wanted, names_of_children(desk.tx), n=3, cutoff=0.4)
    hint = f"是不是{'、'.join(near)}？" if near else ""
    raise UserError(f"没有学生“{wanted}”。{hint}请核对姓名，或先在学生里查找。")


def list_students(desk: Desk, *, search: str = "", class_text: str = "", full: bool = False) -> list[JSON]:
    """[{id, name, gender, birth, class, id_no}], in class order. 身份证件号 is masked; `full` shows it and logs that.

    `search` fits part of the name, its pinyin (initials or syllables), or part of a number.
    """
    listed = pupils(desk, find_class(desk, class_text).id) if class_text else desk.tx.find(Student)
    classes = class_names(desk)
    place = {class_id: index for index, class_id in enumerate(classes)}
    children = [child for child in listed if matches(child, search)]
    class_of = {one: row.class_id for one, row in enrolments_on(desk.tx, desk.today).items()}
    children.sort(key=lambda child: (place.get(class_of.get(child.id, ""), len(place)), child.name, child.id))
    if full:
        for child in children:
            desk.tx.log_access(child.id, "查看完整证件号", "student list --full")
    return [
        {
            "id": child.id,
            "name": child.name,
            "gender": child.gender,
            "birth": child.birth,
            "class": classes.get(class_of.get(child.id, ""), ""),
            "id_no": child.id_no if full else mask_id(child.id_no),
        }
        for child in children
    ]


def matches(child: Student, search: str) -> bool:
    """Whether a child fits what was typed: part of the name, its pinyin, or part of a number."""
    wanted = "".join(search.split()).lower()
    if not wanted or wanted in child.name.lower():
        return True
    if wanted.isascii() and wanted.isalpha():
        return spells(wanted, child.name)
    return wanted.upper() in child.id_no or wanted in child.phone or wanted.upper() in child.edu_no


@dataclass(frozen=True, kw_only=True)
class NewStudent:
    """What a person types of a child that came by no roster. `school` only where a township enters it."""

    name: str
    gender: str = ""
    birth: date | None = None
    id_no: str = ""
    class_text: str = ""
    from_on: date | None = (
        None  # since when it belongs to the class; 1 September of this school year if not said
    )
    school: str = ""
    guardian: str = ""
    phone: str = ""
    village: str = ""


def add_student(desk: Desk, entry: NewStudent) -> JSON:
    """Enter a child by hand. Returns {id, warnings}. A class that does not exist yet is made.

    Raises UserError for a number that cannot be, a class name that cannot be read, or a child already there.
    """
    named, phoned = checked_name(entry.name), checked_phone(entry.phone)
    if not named.text:
        raise UserError("姓名是空的。请填学生姓名。")
    number = checked_id_no(entry.id_no, "").text
    _refuse_known(desk, "id_no", number)
    birth = entry.birth or birth_of(number)
    kin = checked_name(entry.guardian, "监护人姓名")
    unit = school_named(desk, entry.school)
    child = Student(
        id=desk.tx.new_id(),
        name=named.text,
        unit_id=unit.id,
        gender=checked_gender(entry.gender).text or gender_of(number),
        birth=birth,
        id_no=number,
        village=entry.village,
        phone=phoned.text,
    )
    warnings = [*named.warnings, *kin.warnings, *phoned.warnings]
    warnings += age_warnings(birth, desk.today) if birth else []
    warnings += disagreements(child) + _namesakes(desk, child)
    desk.tx.add(child)
    if unit.level == "学校":
        class_id = _class_for(desk, unit, entry.class_text)
        since = entry.from_on or first_day_of_year(desk.today)
        desk.tx.add(new_enrolment(desk, child.id, unit.id, class_id, since))
    if kin.text:
        guardian = Guardian(id=desk.tx.new_id(), student_id=child.id, name=kin.text, phone=phoned.text)
        desk.tx.add(guardian)
    return {"id": child.id, "warnings": warnings}


def _class_for(desk: Desk, unit: Unit, text: str) -> str:
    if not text:
        return ""
    wanted = parse_class_name(text, desk.today)
    if wanted is None:
        raise UserError(f"看不懂班级“{text}”。请写成“五年级2班”这样的名称。")
    return ensure_class(desk, unit.id, wanted).id


def set_student(desk: Desk, student: Student, values: dict[str, str], *, new_class: bool = False) -> JSON:
    """Correct a child by the forms' own field names. Returns {id, changed: {field: [old, new]}, warnings}.

    联系电话 is the child's own entry, and the first guardian's where that was the same; 对象类别 takes several,
    separated by 、 or a blank; 无 empties a number of identity; a class that is not there yet is made if `new_class`
    says so. Numbers of identity come back masked. Raises UserError for a field no form has or a value that cannot be.
    """
    changed: JSON = {}
    warnings: list[str] = []
    for label, value in values.items():
        text = value.strip()
        if label == "对象类别":
            changed[label] = _set_groups(desk, student, text)
        elif label in GUARDIAN_FORM_NAMES:
            changed[label], found = _set_guardian(desk, student, label, text)
            warnings += found
        elif label == "班级":
            changed[label] = _set_class(desk, student, text, new_class=new_class)
        elif label in SETTABLE:
            kind = values.get("身份证件类型", student.id_kind).strip()
            changed[label], found = _set_column(desk, student, label, text, kind)
            warnings += found
        else:
            known = [*SETTABLE, *GUARDIAN_FORM_NAMES, "班级", "对象类别"]
            near = get_close_matches(label, known, n=3, cutoff=0.3) or known
            raise UserError(f"表格上没有“{label}”这一项。可用的有：{'、'.join(near)}。")
    changed = {key: pair for key, pair in changed.items() if pair[0] != pair[1]}
    if {SETTABLE.get(label) for label in changed} & {"id_no", "birth", "gender", "edu_no"}:
        warnings += disagreements(desk.tx.get(Student, student.id))
    return {"id": student.id, "changed": changed, "warnings": warnings}


def guardians(desk: Desk, student_id: str) -> list[Guardian]:
    """A child's guardians, the one the forms name first first."""
    return desk.tx.find(Guardian, student_id=student_id, order="rank, id")


def groups(desk: Desk, student_id: str) -> list[str]:
    """The 对象类别 a child belongs to."""
    return [one.kind for one in desk.tx.find(SpecialGroup, student_id=student_id)]


def _refuse_known(desk: Desk, column: str, number: str) -> None:
    """Raise UserError if another child has that 身份证件号 or 学籍号."""
    equal: JSON = {column: number}
    same = desk.tx.find(Student, **equal) if number else []
    if same:
        raise UserError(
            f"{STUDENT_FIELDS[column]}与已登记的{_with_class(desk, same[0])}相同。请核对，不要重复登记。"
        )


def _namesakes(desk: Desk, child: Student) -> list[str]:
    same = [one for one in desk.tx.find(Student, name=child.name) if one.birth == child.birth]
    words = "同名同生日" if child.birth else "同名"
    return [f"已有{words}的{_with_class(desk, one)}，请核对是否重复" for one in same]


def _with_class(desk: Desk, child: Student) -> str:
    return f"{child.name}（{class_name_of(desk, child.id) or '没有班级'}）"


def _set_column(
    desk: Desk, student: Student, label: str, text: str, id_kind: str
) -> tuple[list[str], tuple[str, ...]]:
    column = SETTABLE[label]
    checked = _checked(column, text, desk.today, id_kind)
    old = getattr(student, column)
    if column == "name" and not checked.text:
        raise UserError("姓名不能改成空的。")
    if column in {"id_no", "edu_no"} and checked.value != old:
        _refuse_known(desk, column, checked.text)
    desk.tx.change(Student, student.id, **{column: checked.value})
    if column == "phone":
        _follow_phone(desk, student, checked.text)
    pair = [str(old or ""), str(checked.value or "")]
    return [mask_id(one) for one in pair] if column in {"id_no", "edu_no"} else pair, checked.warnings


def _checked(column: str, text: str, today: date, id_kind: str) -> Checked:
    """A cell of a child as it is stored."""
    if column == "birth":
        return checked_birth(text, today)
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


def _set_guardian(desk: Desk, student: Student, label: str, text: str) -> tuple[list[str], tuple[str, ...]]:
    column = GUARDIAN_FORM_NAMES[label]
    checked = Checked(text)
    if column == "name":
        checked = checked_name(text, label)
    elif column == "phone":
        checked = checked_phone(text, label)
    known = guardians(desk, student.id)
    if known:
        desk.tx.change(Guardian, known[0].id, **{column: checked.text})
        return [str(getattr(known[0], column)), checked.text], checked.warnings
    guardian = Guardian(id=desk.tx.new_id(), student_id=student.id, name="")
    desk.tx.add(guardian)
    desk.tx.change(Guardian, guardian.id, **{column: checked.text})
    return ["", checked.text], checked.warnings


def _set_class(desk: Desk, student: Student, text: str, *, new_class: bool) -> list[str]:
    old = class_name_of(desk, student.id)
    if text == old:
        return [old, old]
    school = school_of(desk, student.id) or desk.unit
    class_id = _class_for(desk, school, text) if new_class else find_class(desk, text).id
    change_class(desk, student.id, school.id, class_id, desk.today)
    return [old, class_names(desk).get(class_id, "")]


def _set_groups(desk: Desk, student: Student, text: str) -> list[str]:
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
    return ["、".join(old), "、".join(wanted)]
