"""What the page 个案 shows: the list by urgency, one case with its child, its timeline and what may be done on it."""

from datetime import date

from app.documents.catalogue import KINDS
from app.domain.case_ladder import (
    RETURNED,
    CaseFacts,
    NextAction,
    is_open,
    next_action,
    stage_of,
    too_early,
)
from app.domain.contacts import counts
from app.domain.dates import day_words
from app.domain.records import Attachment, CaseFile, Contact, Guardian, IssuedDocument, Student, Unit
from app.domain.todo import ORDER, Task, state_of
from app.domain.words import evidence_words, number_of
from app.service.cases.facts import CaseReader
from app.service.cases.numbers import find_case
from app.service.cases.opening import open_case
from app.service.cases.reading import class_of, show_case, summary
from app.service.cases.timeline import before_case
from app.service.children.students import groups, guardians, list_students
from app.service.office.desk import JSON, Desk
from app.service.office.spelling import initials_of
from app.service.office.unit_names import near_name
from app.service.office.units import unit_above
from app.store.queries.papers import papers_on

VISIT_PAPERS = frozenset({"学校情况记录表", "家访表", "五次动员记录表"})
"""Papers that write down a visit: the thing to do first is the visit itself."""

PLAIN_ENTRIES = {"立案": "opening", "返校": "return", "撤销": "annulled", "请假": "leave", "补假": "leave"}
"""Entries of the timeline that are neither a visit nor a paper, and the kind they are shown as."""

CONTACT_DETAILS = {
    "family": "家庭情况",
    "guardian_attitude": "家长态度",
    "student_attitude": "学生态度",
    "measures": "劝返工作方法及措施",
    "effect": "劝返效果",
    "found_cause": "查明原因",
    "study_place": "学习地",
    "work_place": "务工地",
    "living_place": "居住地",
    "companions": "同行人员",
    "text": "其他说明",
    "people": "在场人",
    "place": "地点",
}
"""The text fields of a visit and their words, in the order of 附件4."""

TELEPHONE = 7  # digits at least: "无" stands in many rosters and makes no family
CHILDREN_AT_MOST = 30  # rows offered while a child is being looked for


def case_rows(desk: Desk) -> list[JSON]:
    """Every case as `list_cases` gives it, the most urgent first, with {open, state, school, initials}.

    `state` is overdue, today, week, waiting or None.
    """
    reader, county = CaseReader(desk), unit_above(desk, "县")
    cases = desk.tx.find(CaseFile, order="opened_on DESC, seq DESC")
    rows = [_row(desk, reader.facts(case), county) for case in cases]
    return sorted(rows, key=lambda row: (not row["open"], _urgency(row), row["due_on"] or date.max))


def case_page(desk: Desk, no: str) -> JSON:
    """One case whole: `show_case` with {state, waiting, document, doing, run, child, linked, entries, papers}.

    `no` is its number or id. `doing` says what the next action's button opens: visit, paper, roll or nothing.
    Raises UserError if there is no such case.
    """
    case = find_case(desk, no)
    facts = CaseReader(desk).facts(case)
    step = next_action(facts, desk.today)
    shown = show_case(desk, case.id)
    return shown | {
        "school": _school(desk, facts),
        "open": is_open(stage_of(facts)),
        "state": _state(step, desk.today),
        "waiting": bool(step and step.waiting),
        "document": step.document if step else "",
        "doing": _doing(facts, step),
        "run": evidence_words(facts.run.dates),
        "child": _child(desk, desk.tx.get(Student, case.student_id)),
        "linked": _linked(desk, facts),
        "entries": _entries(desk, facts, shown),
        "papers": _papers(desk, facts),
    }


def find_children(desk: Desk, text: str) -> list[JSON]:
    """The first children that fit part of a name, pinyin initials or a number, as `list_students` gives them and with
    their school; none for an empty text."""
    rows = list_students(desk, search=text)[:CHILDREN_AT_MOST] if text.strip() else []
    county = unit_above(desk, "县")
    return [row | {"school": _school_of(desk, row["id"], county)} for row in rows]


def open_by_hand(
    desk: Desk, student_id: str, trigger: str, day: date, *, absent_since: date | None = None, note: str = ""
) -> JSON:
    """Open a case for the child of that id; `case_opening.open_case` says what is refused. Returns {no, id}."""
    student = desk.tx.get(Student, student_id)
    return open_case(desk, student, trigger, day, absent_since=absent_since, note=note)


def photos_of(desk: Desk, contact_id: str) -> list[tuple[str, bytes]]:
    """The photos of a visit: file name and JPEG. Raises EnvironmentProblem if a file is lost or damaged."""
    return [(one.file_name, desk.tx.files.get(one.sha256)) for one in _photos(desk, contact_id)]


def _row(desk: Desk, facts: CaseFacts, county: Unit | None) -> JSON:
    row = summary(desk, facts)
    return row | {
        "open": is_open(stage_of(facts)),
        "state": _state(next_action(facts, desk.today), desk.today),
        "school": near_name(_school(desk, facts), county),
        "initials": sorted(initials_of(row["student"])),
    }


def _school(desk: Desk, facts: CaseFacts) -> str:
    return desk.tx.get(Unit, facts.case.school_id).name


def _school_of(desk: Desk, student_id: str, county: Unit | None) -> str:
    school = desk.tx.get(Student, student_id).school_id
    return near_name(desk.tx.get(Unit, school).name, county) if school else ""


def _state(step: NextAction | None, today: date) -> str | None:
    return state_of(Task(step.action, step.why, step.due_on, waiting=step.waiting), today) if step else None


def _urgency(row: JSON) -> int:
    return ORDER.get(row["state"] or "", len(ORDER))


def _doing(facts: CaseFacts, step: NextAction | None) -> str:
    if step is None:
        return ""
    if stage_of(facts) == RETURNED or (step.waiting and facts.contacts and facts.contacts[-1].promised_on):
        return "roll" if facts.unit_level == "学校" else ""
    if step.document in VISIT_PAPERS:
        return "" if step.waiting else "visit"
    return "paper" if step.document and not step.waiting else ""


def _child(desk: Desk, student: Student) -> JSON:
    family = guardians(desk, student.id)
    return {
        "id": student.id,
        "name": student.name,
        "gender": student.gender,
        "birth": student.birth,
        "class": class_of(desk, student),
        "phone": student.phone,
        "address": student.address or student.registered_address,
        "village": student.village,
        "boarding": student.boarding,
        "groups": list(dict.fromkeys([*groups(desk, student.id), *_left_behind(student)])),
        "guardians": [
            {"name": one.name, "relation": one.relation, "phone": one.phone, "workplace": one.workplace}
            for one in family
        ],
        "siblings": _siblings(desk, student, family),
    }


def _linked(desk: Desk, facts: CaseFacts) -> list[JSON]:
    """[{words, no, id}]: the case of the child before this one, and the one after it."""
    found = (("上一次个案", facts.case.previous_case_id), ("后来的个案", facts.followed_by))
    return [
        {"words": words, "no": number_of(desk.tx.get(CaseFile, case_id)), "id": case_id}
        for words, case_id in found
        if case_id
    ]


def _left_behind(student: Student) -> list[str]:
    if student.left_behind in {"", "否", "非留守", "非留守儿童"}:
        return []
    return ["留守儿童" if student.left_behind == "是" else student.left_behind]


def _siblings(desk: Desk, student: Student, family: list[Guardian]) -> list[JSON]:
    """Other children of the family: one telephone, one house, or a guardian of one name in one village."""
    find = desk.tx.find
    numbers = {one for one in (student.phone, *(who.phone for who in family)) if len(one) >= TELEPHONE}
    ids = {one.student_id for number in numbers for one in find(Guardian, "phone = ?", [number])}
    same_name = {
        one.student_id for who in family if who.name for one in find(Guardian, "name = ?", [who.name])
    }
    others = [desk.tx.get(Student, one) for one in ids]
    others += [one for number in numbers for one in find(Student, "phone = ?", [number])]
    others += find(Student, "address = ?", [student.address]) if "号" in student.address else []
    neighbours = (desk.tx.get(Student, one) for one in same_name)
    others += [one for one in neighbours if student.village and one.village == student.village]
    found = {one.id: one for one in others if one.id != student.id and one.withdrawn_on is None}
    return [
        {"id": child.id, "name": child.name, "class": class_of(desk, child)}
        for child in sorted(found.values(), key=lambda one: (one.birth or date.max, one.name))
    ]


def _entries(desk: Desk, facts: CaseFacts, shown: JSON) -> list[JSON]:
    papers = papers_on(desk.tx, desk.today, case_id=facts.case.id)
    plain = [row for row in shown["timeline"] if row["what"] in PLAIN_ENTRIES]
    entries = [
        *(_plain_entry(place, row) for place, row in enumerate(plain)),
        *(_contact_entry(desk, one) for one in facts.contacts),
        *(_contact_entry(desk, one) for one in before_case(desk, facts.case.student_id)),
        *(_paper_entry(one) for one in papers),
    ]
    return sorted(entries, key=lambda one: (one["date"], one["entered_on"], one["key"]), reverse=True)


def _plain_entry(place: int, row: JSON) -> JSON:
    kind = PLAIN_ENTRIES[row["what"]]
    return {**row, "key": f"{place}-{kind}", "kind": kind, "outcome": "", "details": [], "notes": []}


def _contact_entry(desk: Desk, contact: Contact) -> JSON:
    details = [
        (words, getattr(contact, name)) for name, words in CONTACT_DETAILS.items() if getattr(contact, name)
    ]
    if contact.promised_on:
        details.append(("承诺返校日", day_words(contact.promised_on)))
    photos = len(_photos(desk, contact.id))
    notes = [] if contact.case_id else ["当时没有在办的个案"]
    notes += [] if counts(contact) else ["不计入动员次数"]
    notes += [f"照片{photos}张"] if photos else []
    notes += [f"强制录入，理由：{contact.forced_reason}"] if contact.forced_reason else []
    return {
        "key": contact.id,
        "kind": "contact",
        "date": contact.happened_on,
        "entered_on": contact.entered_on,
        "what": _contact_words(desk, contact),
        "outcome": contact.outcome,
        "text": "；".join(f"{words}：{text}" for words, text in details),
        "who": contact.by_whom,
        "details": details,
        "notes": notes,
    }


def _contact_words(desk: Desk, contact: Contact) -> str:
    """家访; with the level before it where another office did it."""
    method = "其他方式" if contact.method == "其他" else contact.method
    return method if contact.level == desk.unit.level else f"{contact.level}{method}"


def _paper_entry(paper: IssuedDocument) -> JSON:
    voided = paper.withdrawn_on is not None
    reason = (
        f"{day_words(paper.withdrawn_on)}作废，理由：{paper.withdrawn_reason}" if paper.withdrawn_on else ""
    )
    forced = f"提前出具，理由：{paper.forced_reason}" if paper.forced_reason else ""
    return {
        "key": paper.id,
        "kind": "voided" if voided else "paper",
        "date": paper.issued_on,
        "entered_on": paper.issued_on,
        "what": KINDS[paper.kind].title,
        "outcome": "已作废" if voided else "已出具",
        "text": paper.number,
        "who": "",
        "details": [],
        "notes": [note for note in (forced, reason) if note],
        "number": paper.number,
    }


def _photos(desk: Desk, contact_id: str) -> list[Attachment]:
    return desk.tx.find(Attachment, "owner = 'contact' AND owner_id = ? AND role = '照片'", [contact_id])


def _papers(desk: Desk, facts: CaseFacts) -> list[JSON]:
    """[{kind, title, why}]: the papers this unit issues; `why` says what stops one today, empty if nothing does."""
    return [
        {"kind": one.kind, "title": one.title, "why": too_early(facts, one.kind, desk.today)}
        for one in KINDS.values()
        if facts.unit_level in one.level
    ]
