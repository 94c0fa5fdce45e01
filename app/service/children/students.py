"""Children: finding, listing and adding them by the words of the forms."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from app.domain.class_texts import typed_class
from app.domain.identity import birth_of, gender_of, mask_id
from app.domain.membership import FROM_ELSEWHERE, NEW_PUPIL, first_day_of_year
from app.domain.records import ClassGroup, Guardian, SpecialGroup, Student, Unit
from app.domain.school_year import ClassName
from app.domain.spelling import person_name, visible
from app.domain.units import SCHOOL
from app.domain.vocabulary import choice
from app.errors import UserError
from app.roster.model import STUDENT_FIELDS
from app.service.children.checks import (
    age_warnings,
    checked_gender,
    checked_id_no,
    checked_name,
    checked_phone,
    disagreements,
)
from app.service.children.enrolment import new_enrolment, refuse_day_to_come
from app.service.children.joining import Joining, join_school, rolls_that_count
from app.service.office.classes import (
    class_labels,
    class_names,
    enrolment_of,
    ensure_class,
    find_class,
    pupils,
)
from app.service.office.desk import Desk, plural_choice
from app.service.office.grades import primary_years
from app.service.office.spelling import spells
from app.service.office.unit_names import school_beside
from app.service.office.units import TEACHING, school_named
from app.store.queries.children import NOWHERE, last_places, names_of_children
from app.store.queries.same_child import standing_students

HERE_ALREADY = "原来就在本班"
NO_SCHOOL = "没有上学"
HOW = (FROM_ELSEWHERE, NEW_PUPIL, HERE_ALREADY, NO_SCHOOL)
"""How a child that is entered by hand comes to its class, or that it goes to no school."""


def find_student(desk: Desk, text: str) -> Student:
    """The child called `text` if the name is unique, or the record with that id. Raises UserError naming who was meant.

    Records that are one child have one name, and the one that stands for them is meant.
    """
    wanted = person_name(text)
    found = desk.tx.find(Student, id=wanted) or standing_students(desk.tx, desk.tx.find(Student, name=wanted))
    if len(found) == 1:
        return found[0]
    classes = class_labels(desk)
    if found:
        places = last_places(desk.tx, desk.today, {one.id for one in found})
        options = [
            f"{classes.get(places.get(one.id, NOWHERE).class_id, '无班级')} {one.name} {one.id}"
            for one in found
        ]
        raise plural_choice(f"有{len(found)}名学生叫“{wanted}”", options)
    near = get_close_matches(wanted, names_of_children(desk.tx), n=3, cutoff=0.4)
    hint = f"是不是{'、'.join(near)}？" if near else ""
    raise UserError(f"没有学生“{wanted}”。{hint}请核对姓名，或先在学生里查找。")


@dataclass(frozen=True)
class StudentLine:
    """A child in a list. `school` is '' in the school itself, `id_no` masked unless all of it was asked for."""

    id: str
    name: str
    gender: str
    birth: date | None
    school: str
    class_name: str
    id_no: str


def list_students(
    desk: Desk, *, search: str = "", class_text: str = "", full: bool = False
) -> list[StudentLine]:
    """The children in class order, each once. 身份证件号 is masked; `full` shows it and logs that.

    `search` fits part of the name, its pinyin (initials or syllables), or part of a number.
    """
    found = pupils(desk, find_class(desk, class_text).id) if class_text else desk.tx.find(Student)
    classes = class_names(desk)
    place = {class_id: index for index, class_id in enumerate(classes)}
    children = standing_students(desk.tx, (child for child in found if matches(child, search)))
    places = last_places(desk.tx, desk.today)
    class_of = {child.id: places.get(child.id, NOWHERE).class_id for child in children}
    school_ids = {one.school_id for one in places.values()} | {""}
    schools = {one: school_beside(desk, one) for one in school_ids}
    children.sort(key=lambda child: (place.get(class_of[child.id], len(place)), child.name, child.id))
    if full:
        for child in children:
            desk.tx.log_access(child.id, "查看完整证件号", "student list --full")
    return [
        StudentLine(
            child.id,
            child.name,
            child.gender,
            child.birth,
            schools[places.get(child.id, NOWHERE).school_id],
            classes.get(class_of[child.id], ""),
            child.id_no if full else mask_id(child.id_no),
        )
        for child in children
    ]


def matches(child: Student, search: str) -> bool:
    """Whether a child fits what was typed: part of the name, its pinyin, or part of a number."""
    wanted = "".join(visible(search).split()).lower()
    if not wanted or wanted in child.name.lower():
        return True
    if wanted.isascii() and wanted.isalpha():
        return spells(wanted, child.name)
    return wanted.upper() in child.id_no or wanted in child.phone or wanted.upper() in child.edu_no


@dataclass(frozen=True, kw_only=True)
class NewStudent:
    """What a person types of a child that came by no roster. `school` only where a township enters it.

    `kind` is one of `HOW`. Without one the child was there already, as the members of a roster were. `from_on` is its
    first day in the class; if not said, today for a child that comes and 1 September for one that was there already.
    """

    name: str
    gender: str = ""
    birth: date | None = None
    id_no: str = ""
    class_text: str = ""
    from_on: date | None = None
    kind: str = ""
    other_school: str = ""
    school: str = ""
    guardian: str = ""
    phone: str = ""
    village: str = ""


@dataclass(frozen=True)
class AddedStudent:
    """A child entered by hand: which saved rolls count it as in school now, and what else a person should look at."""

    id: str
    rolls: tuple[str, ...]
    warnings: tuple[str, ...]


def add_student(desk: Desk, entry: NewStudent) -> AddedStudent:
    """Enter a child by hand. A class that does not exist yet is made.

    Raises UserError for a number that cannot be, a class name that cannot be read, a child already there, a day to
    come, or one who comes to no class.
    """
    if entry.kind:
        choice("怎样来", entry.kind, HOW)
    named, phoned = checked_name(entry.name), checked_phone(entry.phone)
    if not named.text:
        raise UserError("姓名是空的。请填学生姓名。")
    number = checked_id_no(entry.id_no, "").text
    refuse_known(desk, "id_no", number)
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
    warnings += age_warnings(birth, desk.today, desk.rules) if birth else []
    warnings += disagreements(child) + _namesakes(desk, child)
    desk.tx.add(child)
    rolls = _enrol(desk, child.id, unit, entry)
    if kin.text:
        guardian = Guardian(id=desk.tx.new_id(), student_id=child.id, name=kin.text, phone=phoned.text)
        desk.tx.add(guardian)
    return AddedStudent(child.id, rolls, tuple(warnings))


def _enrol(desk: Desk, student_id: str, unit: Unit, entry: NewStudent) -> tuple[str, ...]:
    """Put a new child into its class; returns which rolls count it now. Without a school it is no member of any."""
    if entry.kind == NO_SCHOOL or not (entry.kind or entry.class_text or unit.level == SCHOOL):
        return ()
    if unit.level not in TEACHING:
        raise UserError(f"没有填就读学校。请填学校名称；孩子没有上学的，请选“{NO_SCHOOL}”。")
    if entry.kind in {FROM_ELSEWHERE, NEW_PUPIL}:
        if not entry.class_text:
            raise UserError(f"没有填班级。请写班级，如“五年级2班”；孩子没有上学的，请选“{NO_SCHOOL}”。")
        class_id, day = class_for(desk, unit, entry.class_text), entry.from_on or desk.today
        joining = Joining(entry.kind, class_id, day, other_school=entry.other_school)
        return join_school(desk, student_id, joining).rolls
    since = entry.from_on or first_day_of_year(desk.today)
    refuse_day_to_come(desk, since)
    class_id = class_for(desk, unit, entry.class_text)
    desk.tx.add(new_enrolment(desk, student_id, unit.id, class_id, since))
    return rolls_that_count(desk, desk.tx.get(ClassGroup, class_id), since) if class_id else ()


def class_for(desk: Desk, unit: Unit, text: str) -> str:
    """The id of the class people call `text`, made if it is new; empty for an empty text.

    Raises UserError for a name that cannot be read.
    """
    if not text:
        return ""
    named = "".join(text.split()).removeprefix(unit.name)  # the school's own name before it says nothing new
    wanted, assumed = typed_class(named, desk.today, primary_years(desk, unit.id))
    if wanted and assumed and _has_parallel(desk, unit.id, wanted):
        raise UserError(f"“{text}”没有写班号，这个年级不止一个班。请写成“五年级2班”这样的名称。")
    if wanted is None:
        raise UserError(f"看不懂班级“{text}”。请写成“五年级2班”这样的名称。")
    return ensure_class(desk, unit.id, wanted).id


def _has_parallel(desk: Desk, school_id: str, name: ClassName) -> bool:
    """Whether the grade has another class beside class 1."""
    grade = desk.tx.find(ClassGroup, school_id=school_id, stage=name.stage, entry_year=name.entry_year)
    return any(one.number != name.number for one in grade)


def guardians(desk: Desk, student_id: str) -> list[Guardian]:
    """A child's guardians, the one the forms name first first."""
    return desk.tx.find(Guardian, student_id=student_id, order="rank, id")


def groups(desk: Desk, student_id: str) -> list[str]:
    """The 对象类别 a child belongs to."""
    return [one.kind for one in desk.tx.find(SpecialGroup, student_id=student_id)]


def refuse_known(desk: Desk, column: str, number: str) -> None:
    """Raise UserError if another child has that 身份证件号 or 学籍号."""
    if not number:
        return
    same = desk.tx.find(Student, id_no=number) if column == "id_no" else desk.tx.find(Student, edu_no=number)
    if same:
        raise UserError(
            f"{STUDENT_FIELDS[column]}与已登记的{_with_class(desk, same[0])}相同。请核对，不要重复登记。"
        )


def _namesakes(desk: Desk, child: Student) -> list[str]:
    same = [one for one in desk.tx.find(Student, name=child.name) if one.birth == child.birth]
    words = "同名同生日" if child.birth else "同名"
    return [f"已有{words}的{_with_class(desk, one)}，请核对是否重复" for one in same]


def _with_class(desk: Desk, child: Student) -> str:
    there = enrolment_of(desk, child.id)
    return f"{child.name}（{class_labels(desk).get(there.class_id if there else '', '没有班级')}）"
