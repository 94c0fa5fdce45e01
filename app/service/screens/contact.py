"""What the form of a call shows of a child without a case: whom to ring, and what is wrong with a date."""

from datetime import date

from app.domain.records import Student
from app.service.cases.contacts import Visit, add_contact_to_child, child_dates, visit_dates
from app.service.cases.facts import CaseReader
from app.service.cases.opening import under_way
from app.service.children.students import guardians
from app.service.office.desk import JSON, Desk


def child_to_ring(desk: Desk, student_id: str) -> JSON:
    """{id, name, phones, case}: `phones` are (who, number) pairs, the first guardian first, each number once; `case`
    is the id of the case that is under way by now, if any.

    Raises LookupError if there is no such child.
    """
    student = desk.tx.get(Student, student_id)
    family = guardians(desk, student.id)
    numbers: dict[str, str] = {}
    for who, number in [
        *((f"{one.relation or '监护人'}　{one.name}", one.phone) for one in family),
        ("联系电话", student.phone),
    ]:
        if number:
            numbers.setdefault(number, who)
    phones = [(who, number) for number, who in numbers.items()]
    facts = under_way(CaseReader(desk).of_student(student.id))
    return {
        "id": student.id,
        "name": student.name,
        "phones": phones,
        "case": facts.case.id if facts else "",
    }


def call_dates(desk: Desk, student_id: str, day: date, promise: date | None) -> JSON:
    """As `contacts.visit_dates`, for the child of that id: by its case, should one be under way by now."""
    student = desk.tx.get(Student, student_id)
    if facts := under_way(CaseReader(desk).of_student(student.id)):
        return visit_dates(desk, facts.case.id, day, promise)
    return child_dates(desk, student, day, promise)


def record_call(desk: Desk, student_id: str, visit: Visit) -> JSON:
    """Record what was said for the child of that id; see `contacts.add_contact_to_child`."""
    return add_contact_to_child(desk, desk.tx.get(Student, student_id), visit)
