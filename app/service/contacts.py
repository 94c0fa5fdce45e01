"""Recording a 劝返 or 动员 visit, with its photos."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.case_ladder import stage_of
from app.domain.contacts import counted, counts, impossible_dates, order_problem
from app.domain.records import Attachment, CaseFile, Contact
from app.domain.vocabulary import LEVELS, METHODS, OUTCOMES, choice
from app.errors import UserError
from app.service.case_facts import CaseReader
from app.service.case_opening import number_of
from app.service.cases import find_case
from app.service.desk import JSON, Desk
from app.service.photos import shrink_photo


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
    photos: tuple[Path, ...] = ()


def add_contact(desk: Desk, no: str, visit: Visit) -> JSON:
    """Record a visit on a case. Returns {id, no, counts, counted_visits, stage}.

    Raises UserError for dates that cannot be, or that are out of order without a reason; the sentence names the
    earlier action.
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


def attach_photo(desk: Desk, contact_id: str, path: Path) -> Attachment:
    """Keep a photo of a visit, scaled to at most 1600 px on its longer side, sealed beside the database."""
    content = shrink_photo(path)
    photo = Attachment(
        id=desk.tx.new_id(),
        owner="contact",
        owner_id=contact_id,
        role="照片",
        file_name=path.with_suffix(".jpg").name,
        sha256=desk.tx.files.put(content),
        size=len(content),
    )
    desk.tx.add(photo)
    return photo


def _check_words(visit: Visit) -> None:
    choice("联系方式", visit.method, METHODS)
    choice("联系结果", visit.outcome, OUTCOMES)
    if not visit.by_whom.strip():
        raise UserError("没有写联系人（家访人）姓名。请补上。")


def _check_dates(desk: Desk, case: CaseFile, level: str, visit: Visit) -> None:
    if problem := impossible_dates(visit.day, visit.promise, desk.today):
        raise UserError(problem)
    report = CaseReader(desk).facts(case).issued("报告单")
    problem = order_problem(
        level,
        visit.day,
        absent_since=case.absent_since,
        opened_on=case.opened_on,
        reported_on=report.issued_on if report else None,
    )
    if problem and not visit.force.strip():
        raise UserError(problem)
