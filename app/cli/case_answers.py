"""Cases, visits and tasks as the contract of the command line names their parts."""

from dataclasses import asdict
from typing import Any

from app.domain.contacts import counts
from app.domain.records import Contact, IssuedDocument
from app.domain.timeline import Entry
from app.service.cases.contacts import ContactKept
from app.service.cases.reading import CaseRow, CaseShown
from app.service.screens.agenda import DueTask

JSON = dict[str, Any]


def case_line(row: CaseRow) -> JSON:
    """A case in the list."""
    return {
        "no": row.no,
        "student": row.student,
        "school": row.school,
        "class": row.class_name,
        "stage": row.stage,
        "opened_on": row.opened_on,
        "evidence": list(row.evidence),
        "days": row.days,
        "rule": row.rule,
        "next_action": row.next_action or None,
        "due_on": row.due_on,
        "id": row.id,
    }


def case_whole(shown: CaseShown) -> JSON:
    """A case whole."""
    case = shown.case
    return case_line(shown.row) | {
        "trigger": case.trigger,
        "absent_since": case.absent_since,
        "suspected_cause": case.suspected_cause,
        "note": case.note,
        "why": shown.why,
        "difference": shown.difference,
        "returned_on": shown.returned_on,
        "previous": shown.previous or None,
        "followed_by": shown.followed_by or None,
        "contacts": [_contact_line(contact) for contact in shown.contacts],
        "counted_visits": shown.counted_visits,
        "documents": [_paper_line(paper) for paper in shown.papers],
        "timeline": [_entry_line(entry) for entry in shown.timeline],
        "not_yet": [asdict(one) for one in shown.not_yet],
    }


def contact_line(kept: ContactKept) -> JSON:
    """A visit or call as it was recorded."""
    return {
        "id": kept.id,
        "no": kept.case_no or None,
        "student": kept.student,
        "school": kept.school,
        "counts": kept.counts,
        "counted_visits": kept.counted_visits,
        "stage": kept.stage,
    }


def task_line(task: DueTask) -> JSON:
    """A task of today."""
    return {
        "due_on": task.due_on,
        "state": task.state,
        "what": task.what,
        "student": task.student or None,
        "school": task.school or None,
        "case": task.case or None,
        "why": task.why,
    }


def _contact_line(contact: Contact) -> JSON:
    return {
        "id": contact.id,
        "date": contact.happened_on,
        "entered_on": contact.entered_on,
        "level": contact.level,
        "method": contact.method,
        "outcome": contact.outcome,
        "counts": counts(contact),
        "by": contact.by_whom,
        "text": contact.text,
        "promise": contact.promised_on,
        "forced": contact.forced_reason,
    }


def _paper_line(paper: IssuedDocument) -> JSON:
    return {
        "number": paper.number,
        "kind": paper.kind,
        "issued_on": paper.issued_on,
        "voided": bool(paper.withdrawn_on),
        "reason": paper.withdrawn_reason,
    }


def _entry_line(entry: Entry) -> JSON:
    return {
        "date": entry.on,
        "entered_on": entry.entered_on,
        "what": entry.what,
        "text": entry.text,
        "who": entry.who,
        "id": entry.record,
    }
