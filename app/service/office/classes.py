"""Classes by the names people use, and the children in them."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from app.domain.class_texts import typed_class
from app.domain.membership import last_enrolment
from app.domain.records import ClassGroup, Enrolment, Student, Unit
from app.domain.school_year import ClassName, class_name
from app.errors import UserError
from app.service.office.desk import Desk
from app.service.office.grades import USUAL_YEARS, name_on, years_by_school
from app.service.office.unit_names import names_in_sight, near_name, squeezed, unit_names
from app.service.office.units import unit_above
from app.store.queries.children import enrolments_of, enrolments_on, pupils_on

LISTED = 24  # classes named in a refusal: in a county there are thousands


def class_names(desk: Desk, classes: Iterable[ClassGroup] | None = None) -> dict[str, str]:
    """Class id → name today, in the order of grades; of those classes where they are at hand, else of all."""
    listed = desk.tx.find(ClassGroup) if classes is None else classes
    groups = sorted(listed, key=lambda one: (one.stage != "小学", -one.entry_year, one.number))
    years = years_by_school(desk)
    return {
        one.id: class_name(
            one.stage, one.entry_year, one.number, desk.today, years.get(one.school_id, USUAL_YEARS)
        )
        for one in groups
    }


def class_labels(desk: Desk, classes: Iterable[ClassGroup] | None = None) -> dict[str, str]:
    """What `class_names` gives, as 桃源小学 五年级2班 where several schools have classes; `find_class` reads it."""
    groups = {one.id: one for one in (desk.tx.find(ClassGroup) if classes is None else classes)}
    schools = names_in_sight(desk, {one.school_id for one in groups.values()})
    names = class_names(desk, groups.values())
    return {one: f"{schools[groups[one].school_id]} {name}".strip() for one, name in names.items()}


def find_class(desk: Desk, text: str, school_id: str = "") -> ClassGroup:
    """The class a person means by `text`: 五年级2班, or 桃源小学 五年级2班 where several schools have one.

    Only of the school `school_id` where that is known. Raises UserError listing the classes there are."""
    groups = desk.tx.find(ClassGroup, school_id=school_id) if school_id else desk.tx.find(ClassGroup)
    found = classes_meant(desk, text, groups, desk.today)
    if len(found) == 1:
        return found[0]
    labels = class_labels(desk)
    if found:
        choices = "、".join(labels[one.id] for one in found)
        raise UserError(f"有{len(found)}所学校都有“{text}”：{choices}。请照这样写其中一个。")
    if not groups:
        raise UserError(f"没有班级“{text}”：还没有导入名册。请先导入名册。")
    names = [labels[one.id] for one in groups]
    more = f"等{len(names)}个班" if len(names) > LISTED else ""
    raise UserError(f"没有班级“{text}”。现有班级：{'、'.join(names[:LISTED])}{more}。请核对班级名称。")


def classes_meant(desk: Desk, text: str, groups: Collection[ClassGroup], day: date) -> list[ClassGroup]:
    """Those of `groups` that `text` means on `day`, with the name of the school before it or without."""
    if found := _called(desk, text, groups, day):
        return found
    typed, county = squeezed(text), unit_above(desk, "县")
    schools = unit_names(desk, {one.school_id for one in groups})
    for school_id, shown in schools.items():
        unit = desk.tx.get(Unit, school_id)
        for name in {squeezed(unit.name), squeezed(near_name(unit.name, county)), squeezed(shown)}:
            if typed.startswith(name):
                own = [one for one in groups if one.school_id == school_id]
                found += _called(desk, typed.removeprefix(name), own, day)
    return list({one.id: one for one in found}.values())


def _called(desk: Desk, text: str, groups: Iterable[ClassGroup], day: date) -> list[ClassGroup]:
    """Those of `groups` that are called `text` on `day`: what a grade is called hangs on the years of its school."""
    years = years_by_school(desk)
    meant = {count: typed_class(text, day, count) for count in {USUAL_YEARS, *years.values()}}
    groups = list(groups)
    numbers = Counter((one.school_id, one.stage, one.entry_year) for one in groups)
    found = []
    for one in groups:
        wanted, assumed = meant[years.get(one.school_id, USUAL_YEARS)]
        parallel = numbers[one.school_id, one.stage, one.entry_year] > 1
        if wanted and _key(one) == _key(wanted) and not (assumed and parallel):
            found.append(one)
    return found


def ensure_class(
    desk: Desk, school_id: str, wanted: ClassName, known: list[ClassGroup] | None = None
) -> ClassGroup:
    """The class of that name in the school, made if it is new; among its `known` classes where they are at hand, which
    a new one joins."""
    if known is None:
        known = desk.tx.find(ClassGroup, school_id=school_id)
    for group in known:
        if _key(group) == _key(wanted):
            return group
    group = ClassGroup(
        id=desk.tx.new_id(),
        school_id=school_id,
        stage=wanted.stage,
        entry_year=wanted.entry_year,
        number=wanted.number,
    )
    desk.tx.add(group)
    known.append(group)
    return group


def enrolment_of(desk: Desk, student_id: str, day: date | None = None) -> Enrolment | None:
    """Where a child belongs on `day` (today if not said); None where it belongs nowhere."""
    day = day or desk.today
    return enrolments_on(desk.tx, day, [student_id]).get(student_id)


def last_enrolment_of(desk: Desk, student_id: str) -> Enrolment | None:
    """Where a child belongs today, else where it belonged last."""
    return last_enrolment(enrolments_of(desk.tx, [student_id]), desk.today)


def group_of(desk: Desk, student_id: str) -> ClassGroup | None:
    """The class a child is in today, if any."""
    found = enrolment_of(desk, student_id)
    return desk.tx.get(ClassGroup, found.class_id) if found and found.class_id else None


def school_of(desk: Desk, student_id: str) -> Unit | None:
    """The school a child goes to, or went to last; None for a child found without one."""
    found = last_enrolment_of(desk, student_id)
    return desk.tx.get(Unit, found.school_id) if found else None


def class_name_of(desk: Desk, student_id: str) -> str:
    """The name of a child's class today; empty for a child without one."""
    group = group_of(desk, student_id)
    return name_on(desk, group, desk.today) if group else ""


def pupils(desk: Desk, class_id: str, day: date | None = None) -> list[Student]:
    """The children of a class on `day` (today if not said), by name."""
    return pupils_on(desk.tx, class_id, day or desk.today)


def _key(one: ClassGroup | ClassName) -> tuple[str, int, int]:
    return one.stage, one.entry_year, one.number
