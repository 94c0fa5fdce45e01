"""What a person recorded about a child, put right: corrected or withdrawn, with a reason that stays (promise 9).

A record that is wrong is wrong on every day, also in looks at an earlier one: what follows from it is computed anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar, get_type_hints

from app.domain.about import label, labels
from app.domain.dates import day_words, parse_day
from app.domain.records import (
    CaseFile,
    Contact,
    Correction,
    Enrolment,
    ForcedStep,
    Leave,
    Mark,
    Observation,
    Student,
    Told,
)
from app.domain.records.record import Record, table_name
from app.domain.vocabulary import RELAPSE
from app.domain.words import number_of
from app.errors import UserError
from app.service.cases.right_values import CHECKS, CHOICES, RecordChange
from app.service.office.desk import Desk
from app.store.queries.papers import papers_on

R = TypeVar("R", Contact, Leave, Told, Observation, Mark, Enrolment, ForcedStep)
YES_NO = {"是": True, "否": False, "在校": True, "不在校": False}
RECORD_WORDS = frozenset(labels(Record))
"""What withdrawing sets, and no correction."""


@dataclass(frozen=True)
class PutRight:
    """A record that was corrected or withdrawn: its child, what changed in words, what a person should look at."""

    id: str
    student: str
    what: str
    warnings: tuple[str, ...] = ()


def correct(desk: Desk, kind: type[R], record_id: str, typed: Mapping[str, str], reason: str) -> PutRight:
    """Change fields of a record, named by their words on the forms (an empty text empties one).

    Raises UserError for a record there is none of, a word no form has, a value that cannot be, or without a reason.
    """
    record = _found(desk, kind, record_id)
    _refuse_without_reason(reason)
    changes = {field: _value(desk, kind, field, text) for field, text in _fields(kind, typed).items()}
    now = replace(record, **changes)
    changes = {field: value for field, value in changes.items() if value != getattr(record, field)}
    if not changes:
        raise UserError("没有改动：写的和原来的一样。请写要改成什么。")
    student = student_of(desk, record)
    warnings = CHECKS[kind](RecordChange(desk, student, record, now))
    what = "；".join(
        f"{label(kind, field)}：{_said(getattr(record, field))}→{_said(value)}"
        for field, value in changes.items()
    )
    desk.tx.change(kind, record.id, **changes)
    return _kept(desk, record, student, f"{_name(record)}：{what}", reason, warnings)


def withdraw(desk: Desk, kind: type[R], record_id: str, reason: str) -> PutRight:
    """Take back a record that should not be there. Raises UserError where there is none, or without a reason."""
    record = _found(desk, kind, record_id)
    _refuse_without_reason(reason)
    student = student_of(desk, record)
    warnings = CHECKS[kind](RecordChange(desk, student, record, None))
    if isinstance(record, Observation) and not record.in_school:
        warnings += _with_its_case(desk, student, record, reason.strip())
    desk.tx.withdraw(kind, record.id, desk.today, reason.strip())
    return _kept(desk, record, student, f"撤回{_name(record)}", reason, warnings)


def _with_its_case(desk: Desk, student: Student, look: Observation, reason: str) -> tuple[str, ...]:
    """The case a wrong 不在校 opened goes with it, unless something was recorded on it since."""
    opened = desk.tx.find(CaseFile, student_id=student.id, trigger=RELAPSE, opened_on=look.observed_on)
    for case in opened:
        visits, papers = (
            desk.tx.find(Contact, case_id=case.id),
            papers_on(desk.tx, desk.today, case_id=case.id),
        )
        if visits or papers:
            return (f"个案{number_of(case)}是由它立的，已有记录；立错了的，请按“立案有误”销号",)
        desk.tx.withdraw(CaseFile, case.id, desk.today, reason)
    return tuple(f"由它立的个案{number_of(case)}一起撤回，编号不再用" for case in opened)


def fixable(kind: type[R]) -> tuple[str, ...]:
    """The words of the fields that may be corrected."""
    return tuple(
        word for field, word in labels(kind).items() if field not in RECORD_WORDS and word not in FIXED
    )


@dataclass(frozen=True)
class RightField:
    """A field of a record that may be corrected: its word, what stands there, and what it is chosen from ('' of them:
    typed); `is_day` for a date."""

    word: str
    value: str
    choices: tuple[str, ...] = ()
    is_day: bool = False


@dataclass(frozen=True)
class RightForm:
    """A record as a form to put it right: its name with the child's, and its fields in the order of its own form."""

    table: str
    id: str
    title: str
    fields: tuple[RightField, ...]


RIGHTABLE: dict[str, type[Record]] = {table_name(kind): kind for kind in CHECKS}
"""Table → its record class, of all that a person may put right."""


def right_form(desk: Desk, table: str, record_id: str) -> RightForm:
    """The form of a record. Raises UserError where there is none, or it was withdrawn."""
    kind: Any = RIGHTABLE[table]
    record = _found(desk, kind, record_id)
    words = {word: field for field, word in labels(kind).items()}
    fields = tuple(_right_field(kind, record, words[word]) for word in fixable(kind))
    return RightForm(table, record_id, f"{_name(record)}　{student_of(desk, record).name}", fields)


def correct_row(desk: Desk, table: str, record_id: str, typed: Mapping[str, str], reason: str) -> PutRight:
    """`correct` of a record by its table."""
    kind: Any = RIGHTABLE[table]
    return correct(desk, kind, record_id, typed, reason)


def withdraw_row(desk: Desk, table: str, record_id: str, reason: str) -> PutRight:
    """`withdraw` of a record by its table."""
    kind: Any = RIGHTABLE[table]
    return withdraw(desk, kind, record_id, reason)


FIXED = frozenset({"个案", "学校", "班级", "步骤", "例外理由"})
"""What is not corrected in place: whom or what a record is about (it is withdrawn and made anew), why it was forced."""


def student_of(desk: Desk, record: Record) -> Student:
    """The child a record is about, straight or by its case."""
    case = getattr(record, "case_id", "")
    own = getattr(record, "student_id", "") or desk.tx.get(CaseFile, case).student_id
    return desk.tx.get(Student, own)


def _found(desk: Desk, kind: type[R], record_id: str) -> R:
    found = next(iter(desk.tx.find(kind, id=record_id, withdrawn=True)), None)
    word = kind.about.word
    if found is None:
        raise UserError(f"没有编号为“{record_id}”的{word}。请从个案或学生的记录里复制编号。")
    if found.withdrawn_on:
        raise UserError(f"这条{word}已经撤回（{found.withdrawn_reason}），不能再改。")
    return found


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise UserError("没有写理由。请写明为什么更正或撤回。", "reason")


def _fields(kind: type[R], typed: Mapping[str, str]) -> dict[str, str]:
    """Field → what was typed for it, the field found by its word."""
    known = {word: field for field, word in labels(kind).items() if word in fixable(kind)}
    found = {}
    for word, text in typed.items():
        if word not in known:
            near = get_close_matches(word, known, n=3, cutoff=0.3) or list(known)
            raise UserError(f"{kind.about.word}没有“{word}”这一项可以更正。可用的有：{'、'.join(near)}。")
        found[known[word]] = text.strip()
    return found


def _value(desk: Desk, kind: type[R], field: str, text: str) -> Any:
    """What was typed, as the field holds it."""
    hint = get_type_hints(kind)[field]
    if hint is bool:
        if text not in YES_NO:
            raise UserError(f"“{text}”要写成是或否。", field)
        return YES_NO[text]
    if hint is date or hint == date | None:
        if not text and hint is not date:
            return None
        return parse_day(text, desk.today)
    return text


def _right_field(kind: type[R], record: Record, field: str) -> RightField:
    hint, value = get_type_hints(kind)[field], getattr(record, field)
    if hint is bool:
        return RightField(label(kind, field), "是" if value else "否", ("是", "否"))
    is_day = hint is date or hint == date | None
    text = str(value or "")
    return RightField(label(kind, field), text, CHOICES.get((kind, field), ()), is_day)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return day_words(value) if isinstance(value, date) else str(value or "空")


def _name(record: Record) -> str:
    """The record as a person knows it: 9月21日劝返动员."""
    days = (
        getattr(record, name, None)
        for name in ("happened_on", "observed_on", "set_on", "from_on", "forced_on")
    )
    day = next((one for one in days if one), None)
    return f"{day_words(day) if day else ''}{record.about.word}"


def _kept(
    desk: Desk, record: Record, student: Student, what: str, reason: str, warnings: tuple[str, ...]
) -> PutRight:
    desk.tx.add(
        Correction(
            id=desk.tx.new_id(),
            student_id=student.id,
            of_table=table_name(type(record)),
            of_row=record.id,
            corrected_on=desk.today,
            what=what,
            reason=reason.strip(),
            by_whom=desk.operator,
        )
    )
    return PutRight(record.id, student.name, what, warnings)
