"""Recording a 劝返 or 动员 visit, or a call before there is a case, with its photos."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.domain.contacts import counted_for, counts, impossible_day, impossible_promise, order_problem
from app.domain.dates import day_words
from app.domain.ladder.walk import stage_of
from app.domain.records import Attachment, CaseFile, Contact, Student
from app.domain.vocabulary import IN_VAIN, LEVELS, METHODS, SPEAKS_AS, choice, outcomes_of
from app.domain.words import number_of
from app.errors import ReasonNeeded, UserError
from app.service.cases.child_words import ChildWords
from app.service.cases.facts import CaseReader
from app.service.cases.opening import under_way
from app.service.cases.photos import Photo
from app.service.cases.reading import known_case
from app.service.office.desk import Desk


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What a person records of one 劝返 or 动员.

    `details` are text fields of `Contact`; `force` is the reason for dates out of order; `with_units` says who went
    along and `told_by` who told it, where another office made it; an empty `level` means the unit's own.
    """

    day: date
    method: str
    outcome: str
    by_whom: str
    level: str = ""
    promise: date | None = None
    force: str = ""
    with_units: str = ""
    told_by: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()


@dataclass(frozen=True)
class ContactKept:
    """A visit or call as it was recorded: whether it counts, and where its case then stands. Without a case `case_no`
    and `stage` are empty and `counted_visits` is 0."""

    id: str
    student: str
    counts: bool
    school: str = ""
    case_no: str = ""
    counted_visits: int = 0
    stage: str = ""


@dataclass(frozen=True)
class DateProblems:
    """Sentences, each empty where nothing is wrong: why the day of a visit or the promised day cannot be, and what the
    day contradicts but a reason allows."""

    day: str
    promise: str
    disorder: str


def add_contact(desk: Desk, case_id: str, visit: Visit) -> ContactKept:
    """Record a visit on a case.

    Raises UserError for dates that cannot be, ReasonNeeded for dates out of order without a reason; the sentence names
    the earlier action. `about` is the field of `Contact` that is wrong.
    """
    _check_words(visit)
    return _on_case(desk, known_case(desk, case_id), visit)


def add_contact_to_child(desk: Desk, student_id: str, visit: Visit) -> ContactKept:
    """Record a call or visit for a child: on its case if one is under way, else on the child alone.

    Raises as `add_contact` does, and UserError for a 动员 of township or county without a case.
    """
    _check_words(visit)
    student = desk.tx.get(Student, student_id)
    level = _level(desk, visit)
    if facts := under_way(CaseReader(desk).of_student(student.id)):
        # A call is about the absence of its day, whichever case that turns out to be on (see `facts.CaseReader`).
        return _on_case(desk, facts.case, visit, named=level in {"乡镇", "县"})
    _refuse_without_case(desk, student, level)
    _check_dates(child_dates(desk, student_id, visit.day, visit.promise), visit)
    contact = _keep(desk, student.id, "", level, visit)
    school = ChildWords(desk, [student.id]).school_beside(student.id)
    return ContactKept(contact.id, student.name, counts(contact), school)


def visit_dates(
    desk: Desk, case_id: str, day: date, promise: date | None, *, level: str = ""
) -> DateProblems:
    """What is wrong with the day of a visit on a case or with the promised one. An empty `level` means the unit's
    own."""
    return _case_dates(desk, known_case(desk, case_id), day, promise, level or _own_level(desk))


def _case_dates(desk: Desk, case: CaseFile, day: date, promise: date | None, level: str) -> DateProblems:
    facts = CaseReader(desk).facts(case)
    report = facts.issued("报告单")
    disorder = order_problem(
        level,
        day,
        absent_since=facts.case.absent_since,
        opened_on=facts.case.opened_on,
        reported_on=report.issued_on if report else None,
    )
    return _date_problems(desk, day, promise, disorder)


def child_dates(desk: Desk, student_id: str, day: date, promise: date | None) -> DateProblems:
    """As `visit_dates`, for a child without a case: a call belongs to the days the child is missing now, if any."""
    run = CaseReader(desk).register.streak(desk.tx.get(Student, student_id), desk.rules.half_day)
    since = run.dates[0] if run.dates else None
    return _date_problems(desk, day, promise, order_problem("", day, absent_since=since))


def _date_problems(desk: Desk, day: date, promise: date | None, disorder: str) -> DateProblems:
    return DateProblems(impossible_day(day, desk.today), impossible_promise(day, promise), disorder)


def _on_case(desk: Desk, case: CaseFile, visit: Visit, *, named: bool = True) -> ContactKept:
    level = _level(desk, visit)
    _check_dates(_case_dates(desk, case, visit.day, visit.promise, level), visit)
    contact = _keep(desk, case.student_id, case.id if named else "", level, visit)
    facts = CaseReader(desk).facts(case)
    return ContactKept(
        contact.id,
        desk.tx.get(Student, case.student_id).name,
        contact.id in {one.id for one in counted_for(facts.contacts, facts.level)},
        ChildWords(desk, [case.student_id]).school_beside(case.student_id),
        number_of(case),
        len(counted_for(facts.contacts, facts.level)),
        stage_of(facts),
    )


def _level(desk: Desk, visit: Visit) -> str:
    return choice("层级", visit.level or _own_level(desk), LEVELS)


def _own_level(desk: Desk) -> str:
    return SPEAKS_AS.get(desk.unit.level, desk.unit.level)


def _refuse_without_case(desk: Desk, student: Student, level: str) -> None:
    """A 动员 is a step of a case; only the school and its village ring before there is one."""
    if desk.unit.level != "学校" or level in {"乡镇", "县"}:
        raise UserError(
            f"{student.name}没有在办的个案，乡镇、县的动员要记在个案上。请先为该生立案，再记录动员。", "level"
        )


def _refuse_double(desk: Desk, student_id: str, level: str, visit: Visit) -> None:
    """The same visit typed twice would count twice; whoever went twice on a day says so."""
    same = desk.tx.find(
        Contact,
        student_id=student_id,
        happened_on=visit.day,
        level=level,
        method=visit.method,
        outcome=visit.outcome,
        by_whom=visit.by_whom.strip(),
    )
    if same and not visit.force.strip():
        raise ReasonNeeded(
            f"{day_words(visit.day)}{visit.by_whom.strip()}的{visit.method}（{visit.outcome}）已经记过。"
            "确实又联系过一次的，请写明理由。",
            "happened_on",
        )


def _keep(desk: Desk, student_id: str, case_id: str, level: str, visit: Visit) -> Contact:
    """The record and its photos."""
    _refuse_double(desk, student_id, level, visit)
    details: dict[str, Any] = {name: text for name, text in visit.details.items() if text}
    contact = Contact(
        id=desk.tx.new_id(),
        student_id=student_id,
        case_id=case_id,
        happened_on=visit.day,
        entered_on=desk.today,
        level=level,
        method=visit.method,
        outcome=visit.outcome,
        by_whom=visit.by_whom.strip(),
        promised_on=visit.promise,
        forced_reason=visit.force,
        with_units=visit.with_units.strip(),
        told_by=visit.told_by.strip(),
        **details,
    )
    desk.tx.add(contact)
    for photo in visit.photos:
        attach_photo(desk, contact.id, photo)
    return contact


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
    refuse_wrong_outcome(visit.method, visit.outcome)
    refuse_wrong_words(visit.outcome, visit.by_whom.strip(), visit.promise)


def refuse_wrong_outcome(method: str, outcome: str) -> None:
    """Raises UserError for a way that is none, or an outcome that way cannot have."""
    choice("联系方式", method, METHODS)
    choice(f"{method}的联系结果", outcome, outcomes_of(method))


def refuse_wrong_words(outcome: str, by_whom: str, promise: date | None) -> None:
    """Raises UserError for a promise of nobody, or a contact without a name."""
    if promise and outcome in IN_VAIN:
        raise UserError(f"{outcome}，没有人能承诺返校。请改结果，或删去承诺返校日。", "promised_on")
    if not by_whom:
        raise UserError("没有写联系人（家访人）姓名。请补上。", "by_whom")


def refuse_impossible(found: DateProblems) -> None:
    """Raises UserError for a day that cannot be, whatever the reason."""
    if found.day:
        raise UserError(found.day, "happened_on")
    if found.promise:
        raise UserError(found.promise, "promised_on")


def _check_dates(found: DateProblems, visit: Visit) -> None:
    refuse_impossible(found)
    if found.disorder and not visit.force.strip():
        raise ReasonNeeded(found.disorder, "happened_on")
