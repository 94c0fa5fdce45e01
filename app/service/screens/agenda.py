"""今日: gathers the tasks from cases, the register, the roster and the calendar."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from app.domain.attendance import Streak, crosses_next, crossing
from app.domain.case_ladder import CaseFacts, is_open, next_action, stage_of
from app.domain.contacts import counted, unanswered_words
from app.domain.dates import day_words
from app.domain.records import Contact, Student
from app.domain.todo import Task, agenda
from app.domain.words import evidence_words, number_of, plain
from app.service.cases.facts import CaseReader, crossings
from app.service.cases.reading import school_words
from app.service.cases.settling import due_cases
from app.service.office.classes import class_name_of
from app.service.office.desk import JSON, Desk
from app.service.office.setup_tasks import setup_tasks
from app.service.rolls.register import classes_with_pupils, missing_rolls, students_absent_since
from app.store.queries.cases import contacts_of
from app.store.queries.children import open_leads
from app.store.queries.rolls import first_rolls

SWEEP = timedelta(days=90)  # 自然日: longer than any vacation a run of absence may reach across
LISTED = 6  # days of a run named one by one; a longer run is given by its first day
HOLIDAYS_ASKED_FROM = (12, 1)  # next year's table is published in autumn; ask once December is there


def today_list(desk: Desk) -> list[JSON]:
    """[{due_on, state, what, student, case, why}], the most urgent first; empty when nothing is to be done."""
    return [
        {
            "due_on": task.due_on,
            "state": state,
            "what": task.what,
            "student": task.student or None,
            "case": task.case or None,
            "why": task.why,
        }
        for state, task in agenda(all_tasks(desk), desk.today)
    ]


def all_tasks(desk: Desk) -> list[Task]:
    """Every task there is, those due after this week included, in no order."""
    reader = CaseReader(desk)
    cases = reader.every()
    in_case = {facts.case.student_id for facts in cases if is_open(stage_of(facts))}
    return [
        *_case_tasks(desk, cases),
        *_due_tasks(desk),
        *_absence_tasks(desk, reader, in_case),
        *_roll_tasks(desk),
        *_lead_tasks(desk),
        *_calendar_tasks(desk),
        *setup_tasks(desk),
        *_rules_tasks(desk),
    ]


def _case_tasks(desk: Desk, cases: list[CaseFacts]) -> Iterator[Task]:
    for facts in cases:
        step = next_action(facts, desk.today)
        if step:
            student = desk.tx.get(Student, facts.case.student_id)
            yield Task(
                step.action,
                step.why,
                step.due_on,
                student.name,
                number_of(facts.case),
                step.waiting,
                document=step.document,
                case_id=facts.case.id,
                student_id=student.id,
                class_name=class_name_of(desk, student.id),
                school=school_words(desk, student.id),
                so_far=_run_words(facts.run),
                undecided=facts.run.undecided,
            )


def _due_tasks(desk: Desk) -> Iterator[Task]:
    """A rule that time alone met: the case is opened with the next entry, because looking opens none."""
    for student, standing in due_cases(desk):
        rule = next(one for one in desk.rules.rules if one.key == standing.rule_key)
        why = f"{evidence_words(standing.evidence)}旷课，{desk.rules.name}：{rule.brief()}"
        yield Task(
            "已达到立案条件，下次记录时立案；先联系家长",
            why,
            standing.opened_on,
            student.name,
            form="contact",
            student_id=student.id,
            class_name=class_name_of(desk, student.id),
            school=school_words(desk, student.id),
        )


def _run_words(run: Streak) -> str:
    """The run of 旷课 as it stands, or nothing when there is none or it cannot be judged."""
    if run.undecided or not run.dates:
        return ""
    days = f"{evidence_words([run.dates[0]])}起" if len(run.dates) > LISTED else evidence_words(run.dates)
    return f"连续旷课{plain(run.days)}个上课日（{days}）"


def _absence_tasks(desk: Desk, reader: CaseReader, in_case: set[str]) -> Iterator[Task]:
    """For children without a case: whom to ring today, who is one day short of a rule, who cannot be judged."""
    for student in students_absent_since(desk, desk.today - SWEEP):
        run = reader.register.streak(student, desk.rules.half_day)
        if student.id in in_case:
            continue
        yield from _contact_task(desk, student, run)
        if run.undecided:
            days = evidence_words(run.unrecorded)
            yield Task(
                f"补记{days}点名",
                f"{student.name}这些天没有点名记录，连续旷课无法判定",
                run.unrecorded[0],
                student.name,
                form="roll",
                student_id=student.id,
                class_name=class_name_of(desk, student.id),
                school=school_words(desk, student.id),
                day=run.unrecorded[0],
                undecided=True,
            )


class _Cause(NamedTuple):
    """Why a child without a case is to be rung: what to do, by when, and the rule that asks for it in words."""

    what: str
    due_on: date
    rule: str


def _contact_task(desk: Desk, student: Student, run: Streak) -> Iterator[Task]:
    """At most one row a child: the call a rule asks for until somebody was reached, and the warning beside it."""
    if not run.dates:
        return
    calls = _calls(desk, student, run.dates[0])
    reached = counted(calls)
    causes = [*(() if reached else _alert(desk, run)), *_warning(desk, run)]
    if not causes:
        return
    days = f"连续旷课{plain(run.days)}个上课日（{evidence_words(run.dates)}）"
    said = _reached_words(reached[-1]) if reached else unanswered_words(calls)
    rules = "；".join(dict.fromkeys(cause.rule for cause in causes))
    yield Task(
        "；".join(cause.what for cause in causes),
        "；".join(part for part in (days, said, f"{desk.rules.name}：{rules}") if part),
        min(cause.due_on for cause in causes),
        student.name,
        form="contact",
        student_id=student.id,
        class_name=class_name_of(desk, student.id),
        school=school_words(desk, student.id),
    )


def _calls(desk: Desk, student: Student, since: date) -> list[Contact]:
    """Those made since the child began to be missing, on a case that was annulled too."""
    every = contacts_of(desk.tx, {student.id}, until=desk.today)
    return [one for one in every if one.happened_on >= since]


def _reached_words(contact: Contact) -> str:
    return f"已于{evidence_words([contact.happened_on])}{contact.method}联系：{contact.outcome}"


def _alert(desk: Desk, run: Streak) -> Iterator[_Cause]:
    for met in crossings(desk, desk.rules, run):
        if "联系家长" in met.rule.acts:
            yield _Cause("联系家长，了解未到校原因", met.day, met.rule.brief())
            return


def _warning(desk: Desk, run: Streak) -> Iterator[_Cause]:
    """One day before a rule that opens a case is crossed."""
    upcoming = desk.calendar.next_school_day(run.dates[-1])
    if upcoming is None or upcoming < desk.today:
        return
    for rule in desk.rules.doing("开个案"):
        met = crossing(rule, run, run.dates[-1], desk.national)
        if (
            met is None
            and rule in desk.rules.absence_rules()
            and crosses_next(rule, run, upcoming, desk.national)
        ):
            what = f"预警：{day_words(upcoming)}再旷课即{rule.amount()}"
            yield _Cause(what, upcoming, rule.brief())
            return


def _roll_tasks(desk: Desk) -> Iterator[Task]:
    """Classes not called: one row a class, from its first roll call on; before, the register was not in use."""
    first = first_rolls(desk.tx)
    since = desk.today - timedelta(days=30)
    open_days: dict[str, list[date]] = defaultdict(list)
    for row in missing_rolls(desk, since, desk.today):
        open_days[row.class_id].append(row.day)
    for class_id, name, _ in classes_with_pupils(desk):
        begun = first.get(class_id)
        days = [day for day in open_days[class_id] if begun and day >= begun]
        past = [day for day in days if day < desk.today]
        if past:
            why = f"{evidence_words(past)}没有点名，当月不能上报"
            yield Task(f"{name}补记点名", why, past[0], form="roll", class_name=name, day=past[0])
        if desk.today in open_days[class_id]:
            what = f"{name}点名"
            yield Task(what, "今天还没有点名", desk.today, form="roll", class_name=name, day=desk.today)


def _lead_tasks(desk: Desk) -> Iterator[Task]:
    for lead in open_leads(desk.tx, desk.today):
        student = desk.tx.get(Student, lead.student_id)
        why = f"{day_words(lead.found_on)}导入的名册里没有该生"
        yield Task(
            "核实去向：新名册中没有该生",
            why,
            lead.found_on,
            student.name,
            form="lead",
            student_id=student.id,
            class_name=class_name_of(desk, student.id),
            school=school_words(desk, student.id),
        )


def _calendar_tasks(desk: Desk) -> Iterator[Task]:
    following = date(desk.today.year + 1, 1, 1)
    if (desk.today.month, desk.today.day) >= HOLIDAYS_ASKED_FROM and desk.calendar.missing_years([following]):
        why = "没有放假安排，期限算不准，限期文书不能打印"
        what = f"录入{following.year}年节假日安排"
        yield Task(what, why, date(desk.today.year, 12, 31), form="calendar")


def _rules_tasks(desk: Desk) -> Iterator[Task]:
    """Rules that stand in for a broken file may not be the county's: said every day until it is mended."""
    if desk.rules_problem:
        yield Task("改好正在用的规则文件", desk.rules_problem, desk.today, form="rules")
