"""The list of cases and one case whole: stage, next action, what is not allowed yet, and the timeline."""

from app.domain.case_ladder import CaseFacts, is_open, next_action, not_yet, stage_of
from app.domain.contacts import counted, counts
from app.domain.records import CaseFile, Contact, IssuedDocument, Student, Unit
from app.domain.timeline import Entry
from app.domain.words import number_of, plain
from app.service.cases.facts import CaseReader
from app.service.cases.numbers import find_case
from app.service.cases.timeline import child_timeline, rule_words
from app.service.office.classes import group_of, name_of
from app.service.office.desk import JSON, Desk
from app.service.office.unit_names import near_name
from app.service.office.units import unit_above
from app.store.queries.papers import papers_on


def list_cases(desk: Desk, *, everything: bool = False) -> list[JSON]:
    """The open cases, oldest first; `everything` adds those that ended."""
    reader = CaseReader(desk)
    cases = desk.tx.find(CaseFile, order="opened_on, year, seq")
    rows = [(facts, summary(desk, facts)) for facts in map(reader.facts, cases)]
    return [row for facts, row in rows if everything or is_open(stage_of(facts))]


def summary(desk: Desk, facts: CaseFacts) -> JSON:
    """One row of the list of cases."""
    student = desk.tx.get(Student, facts.case.student_id)
    step = next_action(facts, desk.today)
    return {
        "no": number_of(facts.case),
        "student": student.name,
        "class": class_of(desk, student),
        "stage": stage_of(facts),
        "opened_on": facts.case.opened_on,
        "evidence": list(facts.case.evidence),
        "days": plain(facts.run.days),
        "rule": rule_words(facts),
        "next_action": step.action if step else None,
        "due_on": step.due_on if step else None,
        "id": facts.case.id,
    }


def show_case(desk: Desk, no: str) -> JSON:
    """One case whole, as the contract names its parts."""
    case = find_case(desk, no)
    facts = CaseReader(desk).facts(case)
    step = next_action(facts, desk.today)
    papers = papers_on(desk.tx, desk.today, case_id=case.id)
    return summary(desk, facts) | {
        "trigger": case.trigger,
        "absent_since": case.absent_since,
        "suspected_cause": case.suspected_cause,
        "note": case.note,
        "why": step.why if step else "",
        "returned_on": facts.returned_on,
        "previous": _number_or_none(desk, case.previous_case_id),
        "followed_by": _number_or_none(desk, facts.followed_by),
        "contacts": [_contact_row(contact) for contact in facts.contacts],
        "counted_visits": len(counted(facts.contacts)),
        "documents": [_document_row(paper) for paper in papers],
        "timeline": [_entry_row(entry) for entry in child_timeline(desk, case.student_id)],
        "not_yet": [{"action": action, "why": why} for action, why in not_yet(facts, desk.today)],
    }


def class_of(desk: Desk, student: Student) -> str:
    """The name of a child's class today; empty for a child without one."""
    group = group_of(desk, student)
    return name_of(group, desk.today) if group else ""


def school_of(desk: Desk, student: Student) -> str:
    """The school of a child as its own county calls it; '' in the school itself, where every child is of one."""
    if desk.unit.level == "学校" or not student.school_id:
        return ""
    return near_name(desk.tx.get(Unit, student.school_id).name, unit_above(desk, "县"))


def _number_or_none(desk: Desk, case_id: str) -> str | None:
    return number_of(desk.tx.get(CaseFile, case_id)) if case_id else None


def _contact_row(contact: Contact) -> JSON:
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


def _document_row(paper: IssuedDocument) -> JSON:
    return {
        "number": paper.number,
        "kind": paper.kind,
        "issued_on": paper.issued_on,
        "voided": bool(paper.withdrawn_on),
        "reason": paper.withdrawn_reason,
    }


def _entry_row(entry: Entry) -> JSON:
    return {
        "date": entry.on,
        "entered_on": entry.entered_on,
        "what": entry.what,
        "text": entry.text,
        "who": entry.who,
    }
