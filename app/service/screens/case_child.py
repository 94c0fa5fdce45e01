"""The child of a case as its card shows it: who it is, whom to ring, where it lives, who else of the family."""

from dataclasses import dataclass
from datetime import date

from app.domain.records import Guardian, Student
from app.service.children.students import groups, guardians
from app.service.office.classes import class_name_of
from app.service.office.desk import Desk
from app.store.queries.children import family_of

TELEPHONE = 7  # digits at least: "无" stands in many rosters and makes no family


@dataclass(frozen=True)
class Sibling:
    """Another child of the family, and its class."""

    id: str
    name: str
    class_name: str


@dataclass(frozen=True)
class ChildCard:
    """Who the child is. `groups` are its 对象类别, 留守 once among them; `guardians` as the forms order them."""

    id: str
    name: str
    gender: str
    birth: date | None
    class_name: str
    phone: str
    address: str
    village: str
    boarding: str
    groups: tuple[str, ...]
    guardians: tuple[Guardian, ...]
    siblings: tuple[Sibling, ...]


def child_card(desk: Desk, student_id: str) -> ChildCard:
    """The card of that child."""
    student = desk.tx.get(Student, student_id)
    family = guardians(desk, student.id)
    return ChildCard(
        id=student.id,
        name=student.name,
        gender=student.gender,
        birth=student.birth,
        class_name=class_name_of(desk, student.id),
        phone=student.phone,
        address=student.address or student.registered_address,
        village=student.village,
        boarding=student.boarding,
        groups=tuple(dict.fromkeys([*groups(desk, student.id), *_left_behind(student)])),
        guardians=tuple(family),
        siblings=_siblings(desk, student, family),
    )


def _left_behind(student: Student) -> list[str]:
    if student.left_behind in {"", "否", "非留守", "非留守儿童"}:
        return []
    return ["留守儿童" if student.left_behind == "是" else student.left_behind]


def _siblings(desk: Desk, student: Student, family: list[Guardian]) -> tuple[Sibling, ...]:
    """Other children of the family: one telephone, one house, or a guardian of one name in one village."""
    numbers = {one for one in (student.phone, *(who.phone for who in family)) if len(one) >= TELEPHONE}
    found = family_of(
        desk.tx,
        student,
        numbers=numbers,
        names={who.name for who in family if who.name},
        address=student.address if "号" in student.address else "",
    )
    found.sort(key=lambda one: (one.birth or date.max, one.name))
    return tuple(Sibling(one.id, one.name, class_name_of(desk, one.id)) for one in found)
