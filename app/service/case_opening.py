"""Opening cases: by themselves when a rule is crossed, or by hand for a child found otherwise."""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta

from app.domain.attendance import Crossing
from app.domain.case_ladder import ANNULLED, FOLLOWED, RETURNED, CaseFacts, stage_of
from app.domain.dates import day_words
from app.domain.records import CaseFile, Contact, RuleText, SpecialGroup, Student
from app.domain.rules import Rule, freeze_rules
from app.domain.vocabulary import BY_ATTENDANCE, TRIGGERS, choice
from app.errors import UserError
from app.service.case_facts import CaseReader, crossings
from app.service.desk import JSON, Desk
from app.service.register import students_absent_since
from app.store.marks import CASES, Series

SWEEP = timedelta(days=90)  # 自然日: longer than any vacation a run of absence may reach across


def open_due_cases(desk: Desk, children: Iterable[Student]) -> list[str]:
    """Open a case for each child whose current run has crossed an opening rule; returns their numbers.

    It fires once a run: a run that already lies in a case which still stands opens no other. A child that came back
    and is missing again gets a new case, linked to the old one.
    """
    reader = CaseReader(desk)
    opened = []
    for child in children:
        met = _opening(desk, reader, child)
        if met is None:
            continue
        cases = reader.of_student(child.id)
        if (
            _may_open(cases, met) and desk.tx.issues_numbers
        ):  # a copied folder opens none, and says so at its start
            opened.append(number_of(_open_by_rule(desk, reader, child, met)))
        for facts in cases:
            _date_back(desk, facts)
    return opened


def sweep(desk: Desk) -> list[str]:
    """Open what became due without a new roll: rules that count 自然日 or hours run on through a holiday."""
    return open_due_cases(desk, students_absent_since(desk, desk.today - SWEEP))


def open_case(
    desk: Desk, student: Student, trigger: str, day: date, *, absent_since: date | None = None, note: str = ""
) -> JSON:
    """Open a case by hand. Returns {no, id}. Raises UserError if the child has an open case or a date cannot be."""
    choice("立案来源", trigger, TRIGGERS)
    if day > desk.today:
        raise UserError(f"立案日期{day_words(day)}还没有到。请填发现的日期。")
    if absent_since and absent_since > day:
        raise UserError(
            f"开始缺勤日期{day_words(absent_since)}晚于立案日期{day_words(day)}。请核对两个日期。"
        )
    reader = CaseReader(desk)
    earlier = reader.of_student(student.id)
    if facts := under_way(earlier):
        raise UserError(
            f"{student.name}已有未结个案{number_of(facts.case)}（{stage_of(facts)}）。"
            "一名学生同时只立一个个案，请在该个案上继续记录。"
        )
    evidence = _missed_until(desk, reader, student, day)
    since = absent_since or (evidence[0] if evidence else None)
    case = _new_case(desk, student, trigger, day, earlier, absent_since=since, note=note, evidence=evidence)
    desk.tx.add(case)
    _take_in_contacts(desk, case)
    return {"no": number_of(case), "id": case.id}


def under_way(cases: Iterable[CaseFacts]) -> CaseFacts | None:
    """The one case of a child that is neither over nor waiting to see whether the child stays in school."""
    return next((one for one in cases if stage_of(one) not in {ANNULLED, FOLLOWED, RETURNED}), None)


def _missed_until(desk: Desk, reader: CaseReader, student: Student, day: date) -> tuple[date, ...]:
    """The days of the child's current run up to `day`: the evidence a case opened by hand freezes, if any."""
    run = reader.register.streak(student, desk.rules.half_day)
    return tuple(one for one in run.dates if one <= day)


def number_of(case: CaseFile) -> str:
    """A case's number within its school: 2026-003."""
    return f"{case.year}-{case.seq:03d}"


def _opening(desk: Desk, reader: CaseReader, child: Student) -> Crossing | None:
    run = reader.register.streak(child, desk.rules.half_day)
    return next((one for one in crossings(desk, desk.rules, run) if "开个案" in one.rule.acts), None)


def _may_open(cases: list[CaseFacts], met: Crossing) -> bool:
    standing = [facts for facts in cases if stage_of(facts) not in {ANNULLED, FOLLOWED}]
    if any(stage_of(facts) != RETURNED for facts in standing):
        return False
    return not any(set(facts.case.evidence) & set(met.evidence) for facts in standing)


def _date_back(desk: Desk, facts: CaseFacts) -> None:
    """Days called late may show that the run began earlier: the case says so, until paper went out on it.

    So the case is the same in whatever order the days are entered; the journal keeps what it said before.
    """
    case = facts.case
    met = next((one for one in facts.crossings if "开个案" in one.rule.acts), None)
    by_itself = case.trigger == BY_ATTENDANCE and not facts.documents
    if met is None or not by_itself or stage_of(facts) == ANNULLED:
        return
    if set(case.evidence) <= set(facts.run.dates) and met.evidence[0] < case.evidence[0]:
        desk.tx.change(
            CaseFile,
            case.id,
            opened_on=met.day,
            absent_since=met.evidence[0],
            evidence=met.evidence,
            rule_key=met.rule.key,
        )
        _take_in_contacts(desk, desk.tx.get(CaseFile, case.id))


def _open_by_rule(desk: Desk, reader: CaseReader, child: Student, met: Crossing) -> CaseFile:
    case = _new_case(
        desk,
        child,
        BY_ATTENDANCE,
        met.day,
        reader.of_student(child.id),
        absent_since=met.evidence[0],
        evidence=met.evidence,
        rule=met.rule,
    )
    desk.tx.add(case)
    _take_in_contacts(desk, case)
    return case


def _take_in_contacts(desk: Desk, case: CaseFile) -> None:
    """Calls made since the absence began, before there was a case, belong to it from now on."""
    since = min(day for day in (case.absent_since, *case.evidence, case.opened_on) if day)
    where = "student_id = ? AND case_id = '' AND happened_on >= ?"
    for one in desk.tx.find(Contact, where, [case.student_id, since.isoformat()]):
        desk.tx.change(Contact, one.id, case_id=case.id)


def _new_case(
    desk: Desk,
    child: Student,
    trigger: str,
    day: date,
    earlier: list[CaseFacts],
    *,
    absent_since: date | None,
    note: str = "",
    evidence: tuple[date, ...] = (),
    rule: Rule | None = None,
) -> CaseFile:
    school = child.school_id or desk.unit.id
    linked = [facts.case.id for facts in earlier if stage_of(facts) not in {ANNULLED, FOLLOWED}]
    return CaseFile(
        id=desk.tx.new_id(),
        school_id=school,
        student_id=child.id,
        year=day.year,
        seq=_next_seq(desk, school, day.year),
        trigger=trigger,
        opened_on=day,
        entered_on=desk.today,
        rule_text_id=_frozen_rules(desk),
        rule_key=rule.key if rule else "",
        absent_since=absent_since,
        evidence=evidence,
        suspected_cause=_suspected_cause(desk, child),
        note=note,
        previous_case_id=linked[-1] if linked else "",
        lead_unit_id=desk.unit.id,
    )


def _next_seq(desk: Desk, school: str, year: int) -> int:
    return desk.tx.next_number(Series(CASES, school, year))


def _frozen_rules(desk: Desk) -> str:
    text = freeze_rules(desk.rules)
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = desk.tx.find(RuleText, "sha256 = ?", [digest])
    if known:
        return known[0].id
    record = RuleText(id=desk.tx.new_id(), rule_set=desk.rules.id, sha256=digest, text=text)
    desk.tx.add(record)
    return record.id


def _suspected_cause(desk: Desk, child: Student) -> str:
    """What the record suggests, kept apart from the cause found later: never a score, only plain flags."""
    groups = [one.kind for one in desk.tx.find(SpecialGroup, "student_id = ?", [child.id])]
    flags = [
        *groups,
        *([child.left_behind] if child.left_behind not in {"", "否", "非留守", "非留守儿童"} else []),
    ]
    return "待查" + (f"（{'、'.join(flags)}）" if flags else "")


def evidence_words(days: Iterable[date]) -> str:
    """Days as a teacher writes them: 9月17、18、20日、10月8日."""
    by_month: dict[int, list[int]] = {}
    for day in sorted(days):
        by_month.setdefault(day.month, []).append(day.day)
    return "、".join(f"{month}月{'、'.join(map(str, found))}日" for month, found in by_month.items())
