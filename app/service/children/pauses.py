"""休学期满: pauses that are over while the child is not back, to be found out."""

from dataclasses import dataclass
from datetime import date

from app.domain.membership import overdue_back
from app.domain.records import Enrolment, Student
from app.service.office.desk import Desk
from app.store.queries.children import enrolments_of, paused_until
from app.store.queries.same_child import Joined


@dataclass(frozen=True)
class OverduePause:
    """A 休学 that was over on `back_on`; nobody entered that the child came back, or went elsewhere."""

    student_id: str
    name: str
    back_on: date
    school_id: str


def overdue_pauses(desk: Desk) -> list[OverduePause]:
    """The children whose 休学 is over by today and who belong nowhere since, by the day they were due back."""
    joined, found = Joined(desk.tx), []
    children = {joined.of(one) for one in paused_until(desk.tx, desk.today)}
    rows: dict[str, list[Enrolment]] = {}
    for row in enrolments_of(desk.tx, joined.all(children)) if children else ():
        rows.setdefault(joined.of(row.student_id), []).append(row)
    for child, stays in rows.items():
        pause = overdue_back(stays, desk.today)
        student = desk.tx.get(Student, child)
        if pause is not None and pause.back_on is not None and student.withdrawn_on is None:
            found.append(OverduePause(child, student.name, pause.back_on, pause.school_id))
    return sorted(found, key=lambda one: (one.back_on, one.student_id))
