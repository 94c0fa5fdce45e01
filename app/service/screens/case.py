"""One case on the page 个案: its child, its timeline, what is to be done next and what may be done on it."""

from dataclasses import dataclass
from datetime import date

from app.documents.catalogue import KINDS
from app.domain.dates import day_words
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.next_action import next_action
from app.domain.ladder.readiness import looks, readiness
from app.domain.ladder.walk import is_closed, is_open
from app.domain.records import CaseFile, Student
from app.domain.todo import State
from app.domain.words import evidence_words, number_of
from app.service.cases.ends import forcible_steps
from app.service.cases.facts import CaseReader
from app.service.cases.opening import OpenedCase, open_case
from app.service.cases.reading import (
    CaseRow,
    Refused,
    case_shown,
    known_case,
    school_name_of,
    school_words,
)
from app.service.office.desk import GENERAL, Desk
from app.service.papers.reasons import why_not
from app.service.screens.case_asks import Ask, asks_of
from app.service.screens.case_child import ChildCard, child_card
from app.service.screens.case_entries import Card, cards
from app.service.screens.case_rows import urgency_of
from app.service.screens.doing import Doing, doing_of, told_of
from app.service.screens.gathered import SeenCase


@dataclass(frozen=True)
class LinkedCase:
    """The case of the child before this one, or the one after it: which of them in words, number, id."""

    words: str
    no: str
    id: str


@dataclass(frozen=True)
class PaperChoice:
    """A paper this unit issues; `why` says what stops it today, '' if nothing does."""

    kind: str
    title: str
    why: str


@dataclass(frozen=True)
class LookLine:
    """One observation that is asked for after the return: by when, the day it was made (None: not yet), and whether
    its day is `ours`, because the county's document says none."""

    due_on: date
    made_on: date | None
    ours: bool


@dataclass(frozen=True)
class StepChoice:
    """A step that leads on from where the case stands; `why` says what stops it today, '' if nothing does."""

    key: str
    why: str


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """One case whole. `called` is its number, with the school where several are in sight; `why` the reason of the next
    action; `difference` where the rolls of now differ from what a paper said. `doing` says what the next action's
    button opens, and `document` which paper. `run` names the days of 旷课 as they stand; `looks` are the observations
    after a return, `told` what the next action waits to be told ('' for nothing), `steps` those that may be forced
    with a reason, `closed` whether a person closed the case, `closing_reasons` those its rule set lists, `asks` what is
    to be done beside the next action, `no_look_yet` the sentence why no observation can be recorded today ('' if one
    can)."""

    row: CaseRow
    called: str
    school: str
    open: bool
    state: State | None
    why: str
    difference: str
    waiting: bool
    document: str
    doing: Doing
    run: str
    child: ChildCard
    linked: tuple[LinkedCase, ...]
    entries: tuple[Card, ...]
    papers: tuple[PaperChoice, ...]
    not_yet: tuple[Refused, ...]
    looks: tuple[LookLine, ...]
    told: str
    steps: tuple[StepChoice, ...]
    closed: bool
    closing_reasons: tuple[str, ...]
    asks: tuple[Ask, ...]
    no_look_yet: str


def case_page(desk: Desk, case_id: str) -> CasePage:
    """The case of that id. Raises UserError if it is gone."""
    facts = CaseReader(desk).facts(known_case(desk, case_id))
    case, step, shown = facts.case, next_action(facts), case_shown(desk, facts)
    child = child_card(desk, case.student_id)
    return CasePage(
        row=shown.row,
        called=f"{school_words(desk, case.student_id)} {shown.row.no}".strip(),
        school=school_name_of(desk, case),
        open=is_open(facts, shown.row.stage),
        state=urgency_of(step, desk.today),
        why=shown.why,
        difference=shown.difference,
        waiting=bool(step and step.waiting),
        document=step.document if step else "",
        doing=doing_of(facts, step),
        run=evidence_words(facts.run.dates),
        child=child,
        linked=_linked(desk, facts),
        entries=cards(desk, shown),
        papers=_papers(desk, facts),
        not_yet=shown.not_yet,
        looks=_looks(facts),
        told=told_of(facts, step),
        steps=_steps(facts),
        closed=is_closed(shown.row.stage),
        closing_reasons=facts.rules.closing_reasons,
        no_look_yet=_no_look_yet(facts),
        asks=asks_of(SeenCase(facts, shown.row.stage, step), child.birth),
    )


def open_by_hand(
    desk: Desk, student_id: str, trigger: str, day: date, *, absent_since: date | None = None, note: str = ""
) -> OpenedCase:
    """Open a case for the child of that id; `open_case` says what is refused."""
    student = desk.tx.get(Student, student_id)
    return open_case(desk, student, trigger, day, absent_since=absent_since, note=note)


def _looks(facts: CaseFacts) -> tuple[LookLine, ...]:
    general = facts.rules.id == GENERAL
    return tuple(
        LookLine(
            one.day, one.made.observed_on if one.made else None, general or bool(one.rule.inherited_from)
        )
        for one in looks(facts)
    )


def _no_look_yet(facts: CaseFacts) -> str:
    back = facts.back_on
    if back is None or back < facts.as_of:
        return ""
    first = looks(facts)
    due = f"，第1次应在{day_words(first[0].day)}" if first else ""
    return f"今天才返校，明天起可以记观察{due}"


def _steps(facts: CaseFacts) -> tuple[StepChoice, ...]:
    if not is_open(facts):
        return ()
    return tuple(StepChoice(one.key, readiness(facts, one).why_not) for one in forcible_steps(facts))


def _linked(desk: Desk, facts: CaseFacts) -> tuple[LinkedCase, ...]:
    found = (("上一次个案", facts.case.previous_case_id), ("后来的个案", facts.followed_by))
    return tuple(
        LinkedCase(words, number_of(desk.tx.get(CaseFile, case_id)), case_id)
        for words, case_id in found
        if case_id
    )


def _papers(desk: Desk, facts: CaseFacts) -> tuple[PaperChoice, ...]:
    return tuple(
        PaperChoice(one.kind, one.offered, why_not(facts, one.kind))
        for one in KINDS.values()
        if facts.unit_level in one.levels and one.subject == "个案"
    )
