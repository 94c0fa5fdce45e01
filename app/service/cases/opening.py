"""Opening cases: by themselves when a rule is crossed (see `settling`), or by hand for a child found otherwise."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.case_standings import Standing
from app.domain.dates import day_words
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.walk import BACK_IN_SCHOOL, is_open, stage_of
from app.domain.records import CaseFile, RuleText, SpecialGroup, Student
from app.domain.rules import freeze_rules
from app.domain.vocabulary import BY_ATTENDANCE, RELAPSE, TRIGGERS, choice
from app.domain.words import number_of
from app.errors import UserError
from app.service.cases.child_words import ChildWords
from app.service.cases.facts import CaseReader
from app.service.office.classes import school_of
from app.service.office.desk import Desk
from app.store.high_water import CASES, Series


@dataclass(frozen=True)
class OpenedCase:
    """A case that was opened: its id, its number within its unit, and its child with its school ('' in the
    school itself)."""

    id: str
    no: str
    student_id: str
    student: str
    school: str


def open_case(
    desk: Desk, student: Student, trigger: str, day: date, *, absent_since: date | None = None, note: str = ""
) -> OpenedCase:
    """Open a case by hand. Raises UserError if the child has an open case or a date cannot be."""
    choice("立案来源", trigger, TRIGGERS)
    if day > desk.today:
        raise UserError(f"立案日期{day_words(day)}还没有到。请填发现的日期。")
    if absent_since and absent_since > day:
        raise UserError(
            f"开始缺勤日期{day_words(absent_since)}晚于立案日期{day_words(day)}。请核对两个日期。"
        )
    reader = CaseReader(desk)
    if facts := under_way(reader.of_student(student.id)):
        raise UserError(
            f"{student.name}已有未结个案{number_of(facts.case)}（{stage_of(facts)}）。"
            "一名学生同时只立一个个案，请在该个案上继续记录。"
        )
    evidence = _missed_until(desk, reader, student, day)
    if trigger == RELAPSE:  # the days before the return, which may only be told, are those of the case before
        evidence = tuple(one for one in evidence if one >= (absent_since or day))
    since = absent_since or (evidence[0] if evidence else None)
    standing = Standing(case_id=None, opened_on=day, evidence=evidence, absent_since=since)
    return keep_case(desk, student, trigger, standing, note=note)


def under_way(cases: Iterable[CaseFacts]) -> CaseFacts | None:
    """The one case of a child that is neither over nor waiting to see whether the child stays in school."""
    return next(
        (one for one in cases if (stage := stage_of(one)) != BACK_IN_SCHOOL and is_open(one, stage)), None
    )


def keep_case(desk: Desk, child: Student, trigger: str, standing: Standing, *, note: str = "") -> OpenedCase:
    """Write a new case with its number; it says what its opener saw, later reading computes anew."""
    school = (
        school_of(desk, child.id) or desk.unit
    )  # a township keeps the cases of each of its schools by itself
    case = CaseFile(
        id=desk.tx.new_id(),
        unit_id=school.id,
        student_id=child.id,
        year=standing.opened_on.year,
        seq=desk.tx.numbers.next(Series(CASES, school.id, standing.opened_on.year)),
        trigger=trigger,
        opened_on=standing.opened_on,
        entered_on=desk.today,
        rule_text_id=_frozen_rules(desk),
        rule_key=standing.rule_key,
        absent_since=standing.absent_since,
        evidence=standing.evidence,
        suspected_cause=_suspected_cause(desk, child),
        note=note,
        lead_unit_id=desk.unit.id,
    )
    desk.tx.add(case)
    beside = ChildWords(desk, [child.id]).school_beside(child.id)
    return OpenedCase(case.id, number_of(case), child.id, child.name, beside)


def keep_due_case(desk: Desk, child: Student, standing: Standing) -> OpenedCase:
    """Write the case a crossing of a rule asks for."""
    return keep_case(desk, child, BY_ATTENDANCE, standing)


def _missed_until(desk: Desk, reader: CaseReader, student: Student, day: date) -> tuple[date, ...]:
    """The days of the child's current run up to `day`: the evidence a case opened by hand freezes, if any."""
    run = reader.register.streak(student, desk.rules.half_day)
    return tuple(one for one in run.dates if one <= day)


def _frozen_rules(desk: Desk) -> str:
    text = freeze_rules(desk.rules)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if not desk.tx.find(RuleText, id=digest):
        desk.tx.add(RuleText(id=digest, rule_set=desk.rules.id, text=text))
    return digest


def _suspected_cause(desk: Desk, child: Student) -> str:
    """What the record suggests, kept apart from the cause found later: never a score, only plain flags."""
    groups = [one.kind for one in desk.tx.find(SpecialGroup, student_id=child.id)]
    flags = [
        *groups,
        *([child.left_behind] if child.left_behind not in {"", "否", "非留守", "非留守儿童"} else []),
    ]
    return "待查" + (f"（{'、'.join(flags)}）" if flags else "")
