"""The list of cases and one case whole: stage, next action, what is not allowed yet, and the timeline."""

from collections import Counter
from collections.abc import Sequence

from app.domain.case_ladder import CaseFacts, is_open, next_action, not_yet, stage_of
from app.domain.contacts import counted, counts
from app.domain.records import CaseFile, Contact, IssuedDocument, Student, Unit
from app.domain.timeline import Entry
from app.domain.words import number_of, plain
from app.errors import UserError
from app.service.cases.facts import CaseReader
from app.service.cases.timeline import child_timeline, rule_words
from app.service.office.classes import class_name_of, school_of
from app.service.office.desk import JSON, Desk, plural_choice
from app.service.office.units import unit_above


def list_cases(desk: Desk, *, everything: bool = False) -> list[JSON]:
    """The open cases, oldest first; `everything` adds those that ended."""
    return [
        summary(desk, facts) for facts in CaseReader(desk).every() if everything or is_open(stage_of(facts))
    ]


def find_case(desk: Desk, no: str) -> CaseFile:
    """The case of that number or id: 2026-003, or where several schools have it, 校名 2026-003."""
    return find_cases(desk, [no])[0]


def find_cases(desk: Desk, numbers: Sequence[str]) -> list[CaseFile]:
    """What `find_case` gives for each of `numbers`; only the cases named are read."""
    return [_named(desk, no) for no in numbers]


def _named(desk: Desk, no: str) -> CaseFile:
    """By id, else by number, else by 校名 and number: the unit whose number it is, or the school of the child."""
    name, _, number = no.strip().rpartition(" ")
    year, _, seq = number.partition("-")
    found = desk.tx.find(CaseFile, id=number) if not name else []
    if not found and year.isdecimal() and seq.isdecimal():
        found = desk.tx.find(CaseFile, year=int(year), seq=int(seq))
    if name:
        found = [case for case in found if name in {unit_name_of(desk, case), school_name_of(desk, case)}]
    if len(found) > 1:
        names = [f"{school_name_of(desk, case)} {number_of(case)}" for case in found]
        raise plural_choice(f"有{len(found)}个个案编号是{number}", names)
    if not found:
        raise UserError(f"没有编号为“{no}”的个案。请到个案列表核对编号。")
    return found[0]


def unit_name_of(desk: Desk, case: CaseFile) -> str:
    """The office whose number a case bears."""
    return desk.tx.get(Unit, case.unit_id).name


def school_name_of(desk: Desk, case: CaseFile) -> str:
    """The school of a case's child; for a child without one the office that opened the case."""
    school = school_of(desk, case.student_id)
    return school.name if school else unit_name_of(desk, case)


def summary(desk: Desk, facts: CaseFacts) -> JSON:
    """One row of the list of cases."""
    student = desk.tx.get(Student, facts.case.student_id)
    step = next_action(facts, desk.today)
    return {
        "no": number_of(facts.case),
        "student": student.name,
        "class": class_name_of(desk, student.id),
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
    case = facts.case
    step = next_action(facts, desk.today)
    papers = desk.tx.find(IssuedDocument, case_id=case.id, order="issued_on, seq", withdrawn=True)
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


def school_words(desk: Desk, student_id: str) -> str:
    """The school of a child as its own county calls it; '' in the school itself, where every child is of one."""
    school = None if desk.unit.level == "学校" else school_of(desk, student_id)
    return near_name(school.name, unit_above(desk, "县")) if school else ""


def tell_apart(rows: Sequence[JSON]) -> None:
    """Give children of one name their school, then their class, then the number of their case: whatever differs."""
    for words in ("school", "class", "no"):
        often = Counter(one["who"] for one in rows)
        alike = [one for one in rows if often[one["who"]] > 1]
        kinds = {(one["who"], one[words]) for one in alike}
        differs = Counter(who for who, _ in kinds)
        for one in alike:
            if differs[one["who"]] > 1 and one[words]:
                one["who"] = f"{one['who']}（{one[words]}）"


def near_name(school: str, county: Unit | None) -> str:
    """A school as its own county calls it: a column has no room for what every name begins with."""
    return (school.removeprefix(county.name) if county else "") or school


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
