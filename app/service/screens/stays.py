"""Where a child was, is and is said to be: its enrolments in order, its 学籍标注, and coming by the name of a class."""

from dataclasses import dataclass
from datetime import date

from app.domain.membership import left_on
from app.domain.records import ClassGroup, Enrolment, Unit
from app.service.children.joining import Joined, Joining, join_school
from app.service.children.students import class_for
from app.service.office.classes import find_class, school_of
from app.service.office.desk import Desk
from app.service.office.grades import name_on
from app.store.queries.children import enrolments_of, marks_of
from app.store.queries.same_child import whole_child


@dataclass(frozen=True)
class Stay:
    """An enrolment as a page shows it: `where` is the school (not in a school itself) and the class of its last day,
    `detail` what was written with it. `to_on` is the last day there, `left_on` the day that was typed of a leaving: the
    first one off the roll."""

    id: str
    from_on: date
    to_on: date | None
    left_on: date | None
    where: str
    began: str
    ended: str
    detail: str


@dataclass(frozen=True)
class MarkLine:
    """A 学籍标注 as a page shows it."""

    id: str
    kind: str
    set_on: date
    cleared_on: date | None


def stays_of(desk: Desk, student_id: str) -> tuple[Stay, ...]:
    """The enrolments of a child, oldest first; those that ended before they began were taken over and are left out."""
    rows = enrolments_of(desk.tx, whole_child(desk.tx, student_id))
    schools = (
        {} if desk.unit.level == "学校" else {one.id: one.name for one in desk.tx.find(Unit, withdrawn=True)}
    )
    groups = {one.id: one for one in desk.tx.find(ClassGroup, withdrawn=True)}
    return tuple(
        Stay(
            row.id,
            row.from_on,
            row.to_on,
            left_on(row),
            " ".join(
                part for part in (schools.get(row.school_id, ""), _class_name(desk, groups, row)) if part
            ),
            row.began,
            row.ended,
            _detail(row),
        )
        for row in sorted(rows, key=lambda one: (one.from_on, one.id))
    )


def marks_of_child(desk: Desk, student_id: str) -> tuple[MarkLine, ...]:
    """The 学籍标注 of a child, oldest first."""
    marks = marks_of(desk.tx, whole_child(desk.tx, student_id))
    return tuple(MarkLine(one.id, one.kind, one.set_on, one.cleared_on) for one in marks)


def join_class(desk: Desk, student_id: str, class_text: str, joining: Joining) -> Joined:
    """`join_school` with the class by its name, made if the school has none of that name.

    Raises UserError for a name that cannot be read.
    """
    school = school_of(desk, student_id) or desk.unit
    class_id = (
        class_for(desk, school, class_text) if desk.unit.level == "学校" else find_class(desk, class_text).id
    )
    return join_school(desk, student_id, Joining(**{**vars(joining), "class_id": class_id}))


def _class_name(desk: Desk, groups: dict[str, ClassGroup], row: Enrolment) -> str:
    day = min(row.to_on or desk.today, desk.today)
    return name_on(desk, groups[row.class_id], max(day, row.from_on)) if row.class_id else "班级不详"


def _detail(row: Enrolment) -> str:
    parts = (
        f"来自{row.other_school}" if row.other_school else "",
        row.proof,
        f"去往{row.next_school}" if row.next_school else "",
        row.leaving_proof,
        f"休学期满{row.back_on}" if row.back_on else "",
        row.note,
    )
    return "；".join(part for part in parts if part)
