"""The list of cases and one case whole: stage, next action, what is not allowed yet, and the timeline."""

from dataclasses import dataclass
from datetime import date

from app.domain.contacts import counted_for
from app.domain.ladder.differences import differences
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.next_action import NextAction, next_action, not_yet
from app.domain.ladder.walk import is_open, stage_of
from app.domain.records import CaseFile, Contact, IssuedDocument, Unit
from app.domain.timeline import Entry
from app.domain.words import number_of, plain
from app.errors import UserError
from app.service.cases.child_words import ChildWords
from app.service.cases.facts import CaseReader
from app.service.cases.timeline import child_timeline, rule_words
from app.service.office.classes import school_of
from app.service.office.desk import Desk
from app.service.office.unit_names import near_name
from app.service.office.units import unit_above
from app.store.queries.papers import papers_on


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """One row of the list of cases. `school` is the child's, '' in the school itself. `days` is the run of 旷课 as it
    stands, in 上课日; `next_action` is '' and `due_on` None where nothing is left to do, or nothing has a day."""

    id: str
    no: str
    student_id: str
    student: str
    school: str
    class_name: str
    stage: str
    opened_on: date
    evidence: tuple[date, ...]
    days: int | float
    rule: str
    next_action: str
    due_on: date | None


@dataclass(frozen=True)
class Refused:
    """A step that may not be taken yet, and the sentence why."""

    action: str
    why: str


@dataclass(frozen=True, kw_only=True)
class CaseShown:
    """One case whole. `why` is the reason of the next action; `difference` says where the rolls of now differ from what
    a paper of the case said ('' where they do not); `previous` and `followed_by` are numbers of the child's cases next
    to it, '' for none. Papers include voided ones; `timeline` is that of the child, oldest first."""

    row: CaseRow
    case: CaseFile
    why: str
    difference: str
    returned_on: date | None
    previous: str
    followed_by: str
    contacts: tuple[Contact, ...]
    counted_visits: int
    papers: tuple[IssuedDocument, ...]
    timeline: tuple[Entry, ...]
    not_yet: tuple[Refused, ...]


def list_cases(desk: Desk, *, everything: bool = False) -> list[CaseRow]:
    """The open cases, oldest first; `everything` adds those that ended."""
    found = [(facts, stage_of(facts)) for facts in CaseReader(desk).every()]
    listed = [(facts, stage) for facts, stage in found if everything or is_open(facts, stage)]
    words = ChildWords(desk, {facts.case.student_id for facts, _ in listed})
    return [_named_row(facts, stage, words) for facts, stage in listed]


def _named_row(facts: CaseFacts, stage: str, words: ChildWords) -> CaseRow:
    return case_row_of(facts, stage, next_action(facts, stage), words)


def known_case(desk: Desk, case_id: str) -> CaseFile:
    """The case of that id. Raises UserError where it is gone: what opened it may have been taken back meanwhile."""
    found = desk.tx.find(CaseFile, id=case_id)
    if not found:
        raise UserError("这个个案已经不在了，可能刚刚撤销了立案。请到个案列表核对。")
    return found[0]


def unit_name_of(desk: Desk, case: CaseFile) -> str:
    """The office whose number a case bears."""
    return desk.tx.get(Unit, case.unit_id).name


def school_name_of(desk: Desk, case: CaseFile) -> str:
    """The school of a case's child; for a child without one the office that opened the case."""
    school = school_of(desk, case.student_id)
    return school.name if school else unit_name_of(desk, case)


def case_row(desk: Desk, facts: CaseFacts) -> CaseRow:
    """One row of the list of cases."""
    words = ChildWords(desk, [facts.case.student_id])
    return case_row_of(facts, stage_of(facts), next_action(facts), words)


def case_row_of(facts: CaseFacts, stage: str, step: NextAction | None, words: ChildWords) -> CaseRow:
    """The same where the stage, the next action and the words for its child are known."""
    child = facts.case.student_id
    return CaseRow(
        id=facts.case.id,
        no=number_of(facts.case),
        student_id=child,
        student=words.name(child),
        school=words.school_beside(child),
        class_name=words.class_name(child),
        stage=stage,
        opened_on=facts.case.opened_on,
        evidence=facts.case.evidence,
        days=plain(facts.away.days),
        rule=rule_words(facts),
        next_action=step.action if step else "",
        due_on=step.due_on if step else None,
    )


def show_case(desk: Desk, case_id: str) -> CaseShown:
    """One case whole. Raises UserError if it is gone."""
    return case_shown(desk, CaseReader(desk).facts(known_case(desk, case_id)))


def case_shown(desk: Desk, facts: CaseFacts) -> CaseShown:
    """One case whole, from its facts."""
    case = facts.case
    step = next_action(facts)
    papers = papers_on(desk.tx, desk.today, case_id=case.id)
    return CaseShown(
        row=case_row(desk, facts),
        case=case,
        why=step.reason if step else "",
        difference=difference_words(facts),
        returned_on=facts.returned_on,
        previous=_number_or_none(desk, case.previous_case_id),
        followed_by=_number_or_none(desk, facts.followed_by),
        contacts=facts.contacts,
        counted_visits=len(counted_for(facts.contacts, facts.level)),
        papers=tuple(papers),
        timeline=tuple(child_timeline(desk, case.student_id)),
        not_yet=tuple(Refused(action, why) for action, why in not_yet(facts)),
    )


def difference_words(facts: CaseFacts) -> str:
    """Where the rolls of now differ from the days a paper of the case stated; '' where no paper went out, or they
    agree. The paper stays as it is: only a person can say whether it is to be voided."""
    found = differences(facts)
    return f"{'；'.join(one.words for one in found)}。请核对文书。" if found else ""


def school_words(desk: Desk, student_id: str) -> str:
    """The school of a child as its own county calls it; '' in the school itself, where every child is of one."""
    school = None if desk.unit.level == "学校" else school_of(desk, student_id)
    return near_name(school.name, unit_above(desk, "县")) if school else ""


def _number_or_none(desk: Desk, case_id: str) -> str:
    return number_of(desk.tx.get(CaseFile, case_id)) if case_id else ""
