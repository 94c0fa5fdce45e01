"""核实去向: a child that a new roster no longer has, until a person says where it is."""

from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.records import RosterLead, Student
from app.errors import UserError
from app.service.office.desk import Desk
from app.store.queries.children import leads_of
from app.store.queries.same_child import whole_child

STILL_HERE = "还在本校"


@dataclass(frozen=True)
class Settled:
    """The leads of a child that an answer settled, and since when its days count again."""

    student_id: str
    name: str
    leads: tuple[str, ...]
    settlement: str
    on: date


def still_here(desk: Desk, student_id: str, day: date, note: str = "") -> Settled:
    """A vanished child was found in its school on `day`: the days since it was missed in the roster count as called.

    Raises UserError where nothing is to be found out, for a day to come, and for one before the roster.
    """
    child = desk.tx.get(Student, student_id)
    if day > desk.today:
        raise UserError(f"{day_words(day)}还没有到。请填核实到该生在校的那一天。")
    found = leads_of(desk.tx, whole_child(desk.tx, student_id), desk.today)
    if not found:
        raise UserError(f"{child.name}没有要核实的去向。名册里没有的学生才需要核实，请核对姓名。")
    newest = max(lead.found_on for lead in found)
    if day < newest:
        raise UserError(
            f"{day_words(newest)}的名册里没有{child.name}，核实日期不能早于这一天。请填名册之后核实的日期。"
        )
    said = "：".join(part for part in (STILL_HERE, note.strip()) if part)
    return Settled(student_id, child.name, settle_leads(desk, student_id, day, said), said, day)


def settle_leads(desk: Desk, student_id: str, day: date, settlement: str) -> tuple[str, ...]:
    """Settle what is open of a child with an answer of `day`; returns the ids. None before it was found."""
    found = leads_of(desk.tx, whole_child(desk.tx, student_id), desk.today)
    for lead in found:
        desk.tx.change(RosterLead, lead.id, settled_on=max(day, lead.found_on), settlement=settlement)
    return tuple(lead.id for lead in found)


def reopen_leads(desk: Desk, student_id: str, day: date, settlement: str) -> None:
    """Open again what an answer of `day` had settled, because that answer was taken back."""
    for one in whole_child(desk.tx, student_id):
        for lead in desk.tx.find(RosterLead, student_id=one, settlement=settlement):
            if lead.settled_on == max(day, lead.found_on):
                desk.tx.change(RosterLead, lead.id, settled_on=None, settlement="")
