"""What the form of a call shows of a child without a case: whom to ring, and what is wrong with a date."""

from dataclasses import dataclass
from datetime import date

from app.domain.records import Student
from app.service.cases.contacts import DateProblems, child_dates, visit_dates
from app.service.cases.facts import CaseReader
from app.service.cases.opening import under_way
from app.service.children.students import guardians
from app.service.office.desk import Desk


@dataclass(frozen=True)
class ChildToRing:
    """A child and the numbers to dial, the first guardian's first, each once: (who, number). `case_id` is the id of the
    case that is under way by now, '' for none."""

    id: str
    name: str
    phones: tuple[tuple[str, str], ...]
    case_id: str


def child_to_ring(desk: Desk, student_id: str) -> ChildToRing:
    """Whom to ring for the child of that id. Raises LookupError if there is no such child."""
    student = desk.tx.get(Student, student_id)
    family = guardians(desk, student.id)
    numbers: dict[str, str] = {}
    for who, number in [
        *((f"{one.relation or '监护人'}　{one.name}", one.phone) for one in family),
        ("联系电话", student.phone),
    ]:
        if number:
            numbers.setdefault(number, who)
    facts = under_way(CaseReader(desk).of_student(student.id))
    phones = tuple((who, number) for number, who in numbers.items())
    return ChildToRing(student.id, student.name, phones, facts.case.id if facts else "")


def call_dates(desk: Desk, student_id: str, day: date, promise: date | None) -> DateProblems:
    """As `contacts.visit_dates`, for the child of that id: by its case, should one be under way by now."""
    if facts := under_way(CaseReader(desk).of_student(student_id)):
        return visit_dates(desk, facts.case.id, day, promise)
    return child_dates(desk, student_id, day, promise)
