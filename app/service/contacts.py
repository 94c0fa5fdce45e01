"""Recording a 劝返 or 动员 visit, with its photos."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.case_ladder import stage_of
from app.domain.contacts import counted, counts, impossible_day, impossible_promise, order_problem
from app.domain.records import Attachment, CaseFile, Contact
from app.domain.vocabulary import LEVELS, METHODS, OUTCOMES, choice
from app.errors import ReasonNeeded, UserError
from app.service.case_facts import CaseReader
from app.service.case_opening import number_of
from app.service.cases import find_case
from app.service.desk import JSON, Desk
from app.service.photos import Photo


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What a person records of one 劝返 or 动员. `details` are text fields of `Contact`; `force` is the reason for
    dates out of order; an empty `level` means the unit's own."""

    day: date
    method: str
    outcome: str
    by_whom: str
    level: str = ""
    promise: date | None = None
    force: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()


def add_contact(desk: Desk, no: str, visit: Visit) -> JSON:
    """Record a visit on a case. Returns {id, no, counts, counted_visits, stage}.

    Raises UserError for dates that cannot be, ReasonNeeded for dates out of order without a reason; the sentence names
    the earlier action. `about` is the field of `Contact` that is wrong.
    """
    _check_words(visit)
    case = find_case(desk, no)
    level = choice("层级", visit.level or desk.unit.level, LEVELS)
    _check_dates(desk, case, level, visit)
    contact = _contact(desk, case, level, visit)
    desk.tx.add(contact)
    for photo in visit.photos:
        attach_photo(desk, contact.id, photo)
    facts = CaseReader(desk).facts(case)
    return {
        "id": contact.id,
        "no": number_of(case),
        "counts": counts(contact),
        "counted_visits": len(counted(facts.contacts)),
        "stage": stage_of(facts),
    }


def _contact(desk: Desk, case: CaseFile, level: str, visit: Visit) -> Contact:
    details: dict[str, Any] = {name: text for name, text in visit.details.items() if text}
    return Contact(
        id=desk.tx.new_id(),
        case_id=case.id,
        happened_on=visit.day,
        entered_on=desk.today,
        level=level,
        method=visit.method,
        outcome=visit.outcome,
        by_whom=visit.by_whom.strip(),
        promised_on=visit.promise,
        forced_reason=visit.force,
        **details,
    )


def attach_photo(desk: Desk, contact_id: str, photo: Photo) -> Attachment:
    """Keep a photo of a visit, sealed beside the database."""
    record = Attachment(
        id=desk.tx.new_id(),
        owner="contact",
        owner_id=contact_id,
        role="照片",
        file_name=photo.name,
        sha256=desk.tx.files.put(photo.content),
        size=len(photo.content),
    )
    desk.tx.add(record)
    return record


def _check_words(visit: Visit) -> None:
    choice("联系方式", visit.method, METHODS)
    choice("联系结果", visit.outcome, OUTCOMES)
    if not visit.by_whom.strip():
        raise UserError("没有写联系人（家访人）姓名。请补上。", "by_whom")


def _check_dates(desk: Desk, case: CaseFile, level: str, visit: Visit) -> None:
    if problem := impossible_day(visit.day, desk.today):
        raise UserError(problem, "happened_on")
    if problem := impossible_promise(visit.day, visit.promise):
        raise UserError(problem, "promised_on")
    report = CaseReader(desk).facts(case).issued("报告单")
    problem = order_problem(
        level,
        visit.day,
        absent_since=case.absent_since,
        opened_on=case.opened_on,
        reported_on=report.issued_on if report else None,
    )
    if problem and not visit.force.strip():
        raise ReasonNeeded(problem, "happened_on")
