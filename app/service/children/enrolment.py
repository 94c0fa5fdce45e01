"""Where a child goes to school, as dated facts: joining, changing class, leaving."""

from datetime import date

from app.domain.membership import CLASS_CHANGE, ON_ROSTER, day_before, first_day_of_year
from app.domain.records import Enrolment
from app.service.office.classes import enrolment_of
from app.service.office.desk import Desk


def new_enrolment(
    desk: Desk, student_id: str, school_id: str, class_id: str, on: date, began: str = ON_ROSTER
) -> Enrolment:
    """A row to be added: the child belongs to that school and class from `on`."""
    return Enrolment(
        id=desk.tx.new_id(),
        student_id=student_id,
        school_id=school_id,
        class_id=class_id,
        from_on=on,
        began=began,
        entered_on=desk.today,
    )


def joins_on(desk: Desk, school_id: str) -> date:
    """Since when the children of a roster imported today belong to the school.

    Those of a school's first roster since 1 September of this school year, so that rolls can be filled in after a late
    import; a child that is new in a later roster from today on.
    """
    is_first = not desk.tx.find(Enrolment, school_id=school_id)
    return first_day_of_year(desk.today) if is_first else desk.today


def change_class(desk: Desk, student_id: str, school_id: str, class_id: str, on: date) -> None:
    """The child belongs to another class from `on`; a child without a class gets its first one.

    What was entered on the same day is corrected instead of being ended after no day at all.
    """
    present = enrolment_of(desk, student_id, on)
    if present is None:
        desk.tx.add(new_enrolment(desk, student_id, school_id, class_id, on))
    elif present.class_id == class_id:
        return
    elif present.from_on == on or not present.class_id:
        desk.tx.change(Enrolment, present.id, class_id=class_id)
    else:
        desk.tx.change(Enrolment, present.id, to_on=day_before(on), ended=CLASS_CHANGE)
        desk.tx.add(new_enrolment(desk, student_id, present.school_id, class_id, on, CLASS_CHANGE))
