"""Children: finding, listing, adding and correcting them by the words of the forms."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pypinyin import Style, pinyin

from app.domain.identity import birth_of, gender_of, id_no_problem, mask_id, normalise_id_no
from app.domain.records import Guardian, SpecialGroup, Student, Unit
from app.domain.school_year import parse_class_name
from app.errors import UserError
from app.roster.model import STUDENT_FIELDS
from app.service.classes import class_names, ensure_class, find_class
from app.service.desk import JSON, Desk, plural_choice
from app.service.units import school_named

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
    found = desk.tx.find(Student, "id = ? OR name = ?", [wanted, wanted])
    if len(found) == 1:
        return found[0]
    classes = class_names(desk)
    if found:
        options = [f"{classes.get(one.class_id, '无班级')} {one.name} {one.id}" for one in found]
        raise plural_choice(f"有{len(found)}名学生叫“{wanted}”", options)
    names = [
        row["name"] for row in desk.tx.rows("SELECT DISTINCT name FROM student WHERE withdrawn_on IS NULL")
    ]
    near = get_close_matches(wanted, names, n=3, cutoff=0.4)
    hint = f"是不是{'、'.join(near)}？" if near else ""
    raise UserError(f"没有学生“{wanted}”。{hint}请核对姓名，或先在学生里查找。")


def list_students(desk: Desk, *, search: str = "", class_text: str = "", full: bool = False) -> list[JSON]:
    """[{id, name, gender, birth, class, id_no}], in class order. 身份证件号 is masked; `full` shows it and logs that.

    `search` fits part of the name, the pinyin initials, or part of a number.
    """
    where, params = ("class_id = ?", [find_class(desk, class_text).id]) if class_text else ("", [])
    classes = class_names(desk)
    place = {class_id: index for index, class_id in enumerate(classes)}
    children = [child for child in desk.tx.find(Student, where, params) if matches(child, search)]
    children.sort(key=lambda child: (place.get(child.class_id, len(place)), child.name, child.id))
    if full:
        for child in children:
            desk.tx.log_access(child.id, "查看完整证件号", "student list --full")
    return [
        {
            "id": child.id,
            "name": child.name,
            "gender": child.gender,
            "birth": child.birth,
            "class": classes.get(child.class_id, ""),
            "id_no": child.id_no if full else mask_id(child.id_no),
        }
        for child in children
    ]


def matches(child: Student, search: str) -> bool:
    """Whether a child fits what was typed: part of the name, pinyin initials, or part of a number."""
    wanted = "".join(search.split()).lower()
    if not wanted or wanted in child.name.lower():
        return True
    if wanted.isascii() and wanted.isalpha():
        return any(wanted in initials for initials in initials_of(child.name))
    return wanted.upper() in child.id_no or wanted in child.phone or wanted.upper() in child.edu_no


def initials_of(name: str) -> set[str]:
    """The pinyin initials a name may be typed by. Surnames such as 单 and 曾 read in several ways: all of them."""
    first, rest = name[:1], name[1:]
    tail = "".join(letters[0] for letters in pinyin(rest, style=Style.FIRST_LETTER))
    return (
        {letter + tail for letter in pinyin(first, style=Style.FIRST_LETTER, heteronym=True)[0]}
        if first
        else set()
    )


@dataclass(frozen=True, kw_only=True)
class NewStudent:
    """What a person types of a child that came by no roster. `school` only where a township enters it."""

    name: str
    gender: str = ""
    birth: date | None = None
    id_no: str = ""
    class_text: str = ""
    school: str = ""
    guardian: str = ""
    phone: str = ""
    village: str = ""


def add_student(desk: Desk, entry: NewStudent) -> JSON:
    """Enter a child by hand. Returns {id, warnings}. A class that does not exist yet is made.

    Raises UserError for a number that cannot be, a class name that cannot be read, or a child already there.
    """
    name = "".join(entry.name.split())
    if not name:
        raise UserError("姓名是空的。请填学生姓名。")
    number = _checked_number(desk, entry.id_no)
    unit = school_named(desk, entry.school)
    child = Student(
        id=desk.tx.new_id(),
        name=name,
        school_id=unit.id if unit.level == "学校" else "",
        class_id=_class_for(desk, unit, entry.class_text),
        gender=entry.gender or gender_of(number),
        birth=entry.birth or birth_of(number),
        id_no=number,
        village=entry.village,
        phone=entry.phone,
    )
    warnings = _disagreements(child) + _namesakes(desk, child)
    desk.tx.add(child)
    if entry.guardian:
        guardian = Guardian(id=desk.tx.new_id(), student_id=child.id, name=entry.guardian, phone=entry.phone)
        desk.tx.add(guardian)
    return {"id": child.id, "warnings": warnings}


def _class_for(desk: Desk, unit: Unit, text: str) -> str:
    if not text:
        return ""
    wanted = parse_class_name(text, desk.today)
    if wanted is None:
        raise UserError(f"看不懂班级“{text}”。请写成“五年级2班”这样的名称。")
    return ensure_class(desk, unit.id, wanted).id


def set_student(desk: Desk, student: Student, values: dict[str, str]) -> JSON:
    """Correct a child by the forms' own field names. Returns {id, changed: {field: [old, new]}}.

    联系电话 is the child's own entry, and the first guardian's where that was the same; 对象类别 takes several,
    separated by 、. Numbers of identity come back masked. Raises UserError for a field no form has or a value that
    cannot be.
    """
    changed: JSON = {}
    for label, value in values.items():
        text = value.strip()
        if label == "对象类别":
            changed[label] = _set_groups(desk, student, text)
        elif label in GUARDIAN_FORM_NAMES:
            changed[label] = _set_guardian(desk, student, GUARDIAN_FORM_NAMES[label], text)
        elif label == "班级":
            changed[label] = _set_class(desk, student, text)
        elif label in SETTABLE:
            changed[label] = _set_column(desk, student, label, text)
        else:
            known = [*SETTABLE, *GUARDIAN_FORM_NAMES, "班级", "对象类别"]
            near = get_close_matches(label, known, n=3, cutoff=0.3) or known
            raise UserError(f"表格上没有“{label}”这一项。可用的有：{'、'.join(near)}。")
    return {"id": student.id, "changed": {key: pair for key, pair in changed.items() if pair[0] != pair[1]}}


def guardians(desk: Desk, student_id: str) -> list[Guardian]:
    """A child's guardians, the one the forms name first first."""
    return desk.tx.find(Guardian, "student_id = ?", [student_id], order="rank, id")


def groups(desk: Desk, student_id: str) -> list[str]:
    """The 对象类别 a child belongs to."""
    return [one.kind for one in desk.tx.find(SpecialGroup, "student_id = ?", [student_id])]


def _checked_number(desk: Desk, id_no: str) -> str:
    number = normalise_id_no(id_no)
    if number and (problem := id_no_problem(number)):
        raise UserError(f"{problem}。")
    same = desk.tx.find(Student, "id_no = ? AND id_no <> ''", [number])
    if same:
        raise UserError(f"身份证件号与已登记的{same[0].name}相同。请核对，不要重复登记。")
    return number


def _disagreements(child: Student) -> list[str]:
    found = []
    if child.id_no and child.birth != birth_of(child.id_no):
        found.append("出生日期与身份证件号不一致，请核对")
    if child.id_no and child.gender != gender_of(child.id_no):
        found.append("性别与身份证件号不一致，请核对")
    return found


def _namesakes(desk: Desk, child: Student) -> list[str]:
    same = [one for one in desk.tx.find(Student, "name = ?", [child.name]) if one.birth == child.birth]
    return [f"已有同名同生日的{child.name}（{one.id}），请核对是否重复" for one in same]


def _set_column(desk: Desk, student: Student, label: str, text: str) -> list[str]:
    column = SETTABLE[label]
    value: str | date | None = text
    if column == "birth":
        value = _day(text)
    elif column == "id_no":
        value = _checked_number(desk, text) if normalise_id_no(text) != student.id_no else student.id_no
    elif column == "name" and not text:
        raise UserError("姓名不能改成空的。")
    old = getattr(student, column)
    desk.tx.change(Student, student.id, **{column: value})
    if column == "phone":
        _follow_phone(desk, student, text)
    pair = [str(old or ""), str(value or "")]
    return [mask_id(one) for one in pair] if column in {"id_no", "edu_no"} else pair


def _follow_phone(desk: Desk, student: Student, text: str) -> None:
    """The first guardian's number follows the child's where it was the same; a number of their own stays."""
    for guardian in guardians(desk, student.id)[:1]:
        if guardian.phone in {"", student.phone}:
            desk.tx.change(Guardian, guardian.id, phone=text)


def _set_guardian(desk: Desk, student: Student, column: str, text: str) -> list[str]:
    known = guardians(desk, student.id)
    if known:
        desk.tx.change(Guardian, known[0].id, **{column: text})
        return [str(getattr(known[0], column)), text]
    guardian = Guardian(id=desk.tx.new_id(), student_id=student.id, name="")
    desk.tx.add(guardian)
    desk.tx.change(Guardian, guardian.id, **{column: text})
    return ["", text]


def _set_class(desk: Desk, student: Student, text: str) -> list[str]:
    old = class_names(desk).get(student.class_id, "")
    group = find_class(desk, text)
    desk.tx.change(Student, student.id, class_id=group.id)
    return [old, class_names(desk)[group.id]]


def _set_groups(desk: Desk, student: Student, text: str) -> list[str]:
    known = desk.tx.find(SpecialGroup, "student_id = ?", [student.id])
    wanted = [part for part in text.replace("，", "、").replace(",", "、").split("、") if part]
    for one in known:
        if one.kind not in wanted:
            desk.tx.withdraw(SpecialGroup, one.id, desk.today, "更正")
    old = [one.kind for one in known]
    for kind in dict.fromkeys(wanted):
        if kind not in old:
            desk.tx.add(
                SpecialGroup(id=desk.tx.new_id(), student_id=student.id, kind=kind, from_on=desk.today)
            )
    return ["、".join(old), "、".join(wanted)]


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise UserError(f"“{text}”不是日期。请写成2015-03-01这样。") from problem
