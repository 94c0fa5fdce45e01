"""Classes by the names people use, and the children in them."""

from datetime import date

from app.domain.records import ClassGroup, Student
from app.domain.school_year import ClassName, class_name, parse_class_name
from app.errors import UserError
from app.service.office.desk import Desk


def name_of(group: ClassGroup, day: date) -> str:
    """The name a class has on `day`, for example 五年级2班."""
    return class_name(group.stage, group.entry_year, group.number, day)


def class_names(desk: Desk) -> dict[str, str]:
    """Class id → name today, in the order of grades."""
    groups = desk.tx.find(ClassGroup)
    groups.sort(key=lambda one: (one.stage != "小学", -one.entry_year, one.number))
    return {group.id: name_of(group, desk.today) for group in groups}


def find_class(desk: Desk, text: str) -> ClassGroup:
    """The class a person means by `text`. Raises UserError listing the classes there are."""
    wanted = parse_class_name(text, desk.today)
    groups = desk.tx.find(ClassGroup)
    found = [one for one in groups if wanted and _key(one) == _key(wanted)]
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
    known = desk.tx.find(ClassGroup, "school_id = ?", [school_id])
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


def group_of(desk: Desk, student: Student) -> ClassGroup | None:
    """The class a child is in, if any."""
    return desk.tx.get(ClassGroup, student.class_id) if student.class_id else None


def pupils(desk: Desk, class_id: str) -> list[Student]:
    """The children of a class, by name."""
    return desk.tx.find(Student, "class_id = ?", [class_id], order="name, id")


def _key(one: ClassGroup | ClassName) -> tuple[str, int, int]:
    return one.stage, one.entry_year, one.number
