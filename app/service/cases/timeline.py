"""一生一案: everything about a child, over all its cases, oldest first."""

from collections.abc import Iterator
from dataclasses import replace

from app.domain.attendance import covers
from app.domain.dates import day_words
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.next_action import fell_away_words
from app.domain.ladder.walk import is_annulled, stage_of
from app.domain.records import Contact, Correction, Leave, RosterLead, Unit
from app.domain.timeline import (
    Entry,
    closure_entries,
    contact_entry,
    correction_entry,
    document_entry,
    forced_entry,
    in_order,
    leave_entry,
    mark_entries,
    observation_entry,
    told_entry,
)
from app.domain.words import evidence_words, number_of
from app.service.cases.facts import CaseReader
from app.service.office.desk import Desk
from app.store.queries.case_ends import marks_by_child
from app.store.queries.cases import contacts_of
from app.store.queries.papers import papers_on
from app.store.queries.same_child import whole_child


def child_timeline(desk: Desk, student_id: str) -> list[Entry]:
    """Leave, cases, visits (those before a case too), papers (voided ones too), returns, 学籍标注, roster leads and
    what was put right of a child."""
    entries = [*_leads(desk, student_id)]
    contacts = {one.id: one for one in before_case(desk, student_id)}
    for facts in CaseReader(desk).of_student(student_id):
        entries += _of_case(desk, facts)
        contacts |= {
            one.id: one for one in facts.contacts
        }  # one on an annulled case stands on the next one too
    entries += map(contact_entry, contacts.values())
    entries += [leave_entry(one) for one in desk.tx.find(Leave, student_id=student_id)]
    child = whole_child(desk.tx, student_id)
    entries += [correction_entry(one) for one in desk.tx.find(Correction, student_id=tuple(child))]
    for marks in marks_by_child(desk.tx, child, desk.today).values():
        entries += [entry for mark in marks for entry in mark_entries(mark)]
    seen = (as_written(desk, entry) for entry in entries if entry.on <= desk.today)
    return list(in_order(seen))


def as_written(desk: Desk, entry: Entry) -> Entry:
    """An entry with the moment it was written and, where the record names nobody, who wrote it."""
    history = desk.tx.history(entry.record) if entry.record else []
    written = [one for one in history if (entry.column in one.cells if entry.column else one.added)]
    if not written:
        return entry
    return replace(entry, stamp=written[-1].hlc, who=entry.who or written[-1].operator)


def before_case(desk: Desk, student_id: str) -> list[Contact]:
    """The contacts of a child that belong to no case, oldest first."""
    of_cases = {one.id for facts in CaseReader(desk).of_student(student_id) for one in facts.contacts}
    every = contacts_of(desk.tx, whole_child(desk.tx, student_id), until=desk.today)
    return [one for one in every if one.id not in of_cases]


def rule_words(facts: CaseFacts) -> str:
    """Which rule the case stands under, in words."""
    rule = next((one for one in facts.rules.rules if one.key == facts.case.rule_key), None)
    return f"{facts.rules.name}：{rule.words()}" if rule else facts.rules.name


def _leads(desk: Desk, student_id: str) -> Iterator[Entry]:
    for lead in desk.tx.find(RosterLead, student_id=student_id):
        yield Entry(lead.found_on, lead.found_on, "名册比对", "新名册中没有该生，待核实去向")
        if lead.settled_on:
            yield Entry(lead.settled_on, lead.settled_on, "名册比对", lead.settlement)


def _of_case(desk: Desk, facts: CaseFacts) -> Iterator[Entry]:
    case = facts.case
    opening = f"旷课{evidence_words(case.evidence)}。{rule_words(facts)}" if case.evidence else case.note
    words = "：".join(part for part in (case.trigger, opening) if part)
    yield Entry(case.opened_on, case.entered_on, "立案", f"{_called(desk, facts)} {words}", record=case.id)
    yield from map(document_entry, papers_on(desk.tx, desk.today, case_id=case.id))
    yield from map(told_entry, facts.told)
    yield from map(observation_entry, facts.observations)
    yield from map(forced_entry, facts.forced)
    for closing in facts.closures:
        yield from closure_entries(closing)
    if is_annulled(stage_of(facts)):
        yield _annulment(desk, facts)
    elif facts.returned_on:
        yield Entry(facts.returned_on, facts.returned_on, "返校", f"{day_words(facts.returned_on)}点名在校")


def _annulment(desk: Desk, facts: CaseFacts) -> Entry:
    """Dated by the newest leave that covers evidence; without one, by the day the case was opened."""
    case = facts.case
    leaves = desk.tx.find(Leave, student_id=case.student_id)
    late = [one.entered_on for one in leaves if any(covers(one, day) for day in case.evidence)]
    on = max(late, default=case.entered_on)
    return Entry(on, on, "撤销", f"{_called(desk, facts)} {fell_away_words(facts)}，不再达到立案条件")


def _called(desk: Desk, facts: CaseFacts) -> str:
    """The number of a case, with the unit whose number it is where that is another office."""
    case = facts.case
    unit = "" if case.unit_id == desk.unit.id else desk.tx.get(Unit, case.unit_id).name
    return f"{unit} {number_of(case)}".strip()
