"""Classes by the names people use, and the children in them."""

from collections.abc import Iterable
from datetime import date

from app.domain.membership import last_enrolment
from app.domain.records import ClassGroup, Enrolment, Student, Unit
from app.domain.school_year import ClassName, class_name, parse_class_name
from app.errors import UserError
from app.service.office.desk import Desk
from app.service.office.grades import USUAL_YEARS, name_on, years_by_school
from app.store.queries.children import enrolments_of, enrolments_on, pupils_on


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


def find_class(desk: Desk, text: str) -> ClassGroup:
    """The class a person means by `text`. Raises UserError listing the classes there are."""
    groups, years = desk.tx.find(ClassGroup), years_by_school(desk)
    # What a grade is called hangs on the years of its school.
    meant = {
        count: parse_class_name(text, desk.today, primary_years=count)
        for count in {USUAL_YEARS, *years.values()}
    }
    found = [
        one
        for one in groups
        if (wanted := meant[years.get(one.school_id, USUAL_YEARS)]) and _key(one) == _key(wanted)
    ]
    if len(found) == 1:
        return found[0]
    names = "、".join(class_names(desk).values())
    if found:
        raise UserError(f"有{len(found)}所学校都有“{text}”。请在该校自己的数据中操作。")
    if not names:
        raise UserError(f"没有班级“{text}”：还没有导入名册。请先导入名册。")
    raise UserError(f"没有班级“{text}”。现有班级：{names}。请核对班级名称。")


def ensure_class(desk: Desk, school_id: str, wanted: ClassName) -> ClassGroup:
    """The class of that name in the school, made if it is new."""
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
