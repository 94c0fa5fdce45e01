"""Where a child goes to school, as dated facts: joining, changing class, leaving."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from app.domain.dates import day_words
from app.domain.membership import (
    CLASS_CHANGE,
    ON_ROSTER,
    day_before,
    enrolment_on,
    first_day_of_year,
    rows_after,
)
from app.domain.records import Enrolment, Student
from app.errors import UserError
from app.service.office.desk import Desk
from app.store.queries.children import enrolments_of


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


def refuse_day_to_come(desk: Desk, day: date) -> None:
    """Raise UserError for a first day in a class that is not there yet."""
    if day > desk.today:
        raise UserError(f"{day_words(day)}还没有到，不能提前登记。请在到校当天或之后登记。")


def joins_on(desk: Desk, school_id: str) -> date:
    """Since when the children of a roster imported today belong to the school.

    Those of a school's first roster since 1 September of this school year, so that rolls can be filled in after a late
    import; a child that is new in a later roster from today on.
    """
    is_first = not desk.tx.find(Enrolment, school_id=school_id)
    return first_day_of_year(desk.today) if is_first else desk.today


def change_class(desk: Desk, student_id: str, school_id: str, class_id: str, on: date) -> None:
    """The child belongs to another class from `on`; a child without a class gets its first one.

    What was entered on the same day is corrected instead of being ended after no day at all, and a move to the same
    class entered for a later day only moves to `on`. Raises UserError where the child came later than `on`.
    """
    rows = enrolments_of(desk.tx, [student_id])
    present = enrolment_on(rows, on)
    if present is None:
        _refuse_before_coming(desk, student_id, rows, on)
        desk.tx.add(new_enrolment(desk, student_id, school_id, class_id, on))
    elif present.class_id == class_id:
        return
    elif present.from_on == on or not present.class_id:
        desk.tx.change(Enrolment, present.id, class_id=class_id)
    else:
        _move(desk, present, class_id, on, rows)


def _refuse_before_coming(desk: Desk, student_id: str, rows: Sequence[Enrolment], on: date) -> None:
    if later := rows_after(rows, on):
        name = desk.tx.get(Student, student_id).name
        raise UserError(
            f"{name}从{day_words(later[0].from_on)}起才在册，不能在{day_words(on)}换班。请核对日期。"
        )


def _move(desk: Desk, present: Enrolment, class_id: str, on: date, rows: Sequence[Enrolment]) -> None:
    """Split `present` at `on`: what ended it now ends the part after the move."""
    desk.tx.change(
        Enrolment,
        present.id,
        to_on=day_before(on),
        ended=CLASS_CHANGE,
        next_school="",
        leaving_proof="",
        back_on=None,
    )
    following = next(iter(rows_after(rows, present.from_on)), None)
    if present.ended == CLASS_CHANGE and following and following.class_id == class_id:
        desk.tx.change(Enrolment, following.id, from_on=on)
        return
    moved = replace(
        new_enrolment(desk, present.student_id, present.school_id, class_id, on, CLASS_CHANGE),
        to_on=present.to_on,
        ended=present.ended,
        next_school=present.next_school,
        leaving_proof=present.leaving_proof,
        back_on=present.back_on,
    )
    desk.tx.add(moved)
