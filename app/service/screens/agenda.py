"""今日: gathers the tasks from cases, the register, the roster and the calendar."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypedDict

from app.domain.attendance import Streak, crosses_next, crossing
from app.domain.calendar import ONE_DAY
from app.domain.contacts import counted, promised_return, unanswered_words
from app.domain.dates import day_words
from app.domain.ladder.facts import CaseFacts
from app.domain.records import Contact, Student
from app.domain.rules import Act, Rule
from app.domain.todo import State, Task, agenda
from app.domain.words import evidence_words, number_of, plain
from app.service.cases.facts import crossings
from app.service.office.desk import Desk
from app.service.office.odd_files import file_tasks
from app.service.office.setup_tasks import setup_tasks
from app.service.screens.case_asks import mark_said_with
from app.service.screens.child_tasks import child_tasks
from app.service.screens.doing import settled_by
from app.service.screens.gathered import Gathered
from app.service.screens.hints import HINT, NO_RULE
from app.service.screens.roll_tasks import LISTED, roll_tasks
from app.store.queries.cases import contacts_of

HOLIDAYS_ASKED_FROM = (12, 1)  # next year's table is published in autumn; ask once December is there


BY_A_CASE: frozenset[Act] = frozenset({"更新学籍", "疑似辍学", "报告", "辍学"})
"""What a rule may still ask for once a case is open."""


@dataclass(frozen=True)
class DueTask:
    """A task of today: what, for whom, on which case, by when and why, and how urgent it is. `student` and `case` are
    '' where it is about neither; `school` is the child's or class's, '' in the school itself."""

    due_on: date | None
    state: State
    what: str
    student: str
    school: str
    case: str
    why: str


def today_list(desk: Desk) -> list[DueTask]:
    """What is to be done, the most urgent first; empty when nothing is."""
    return [
        DueTask(task.due_on, state, task.what, task.student, task.school, task.case, task.reason)
        for state, task in agenda(all_tasks(Gathered(desk)), desk.today)
    ]


def all_tasks(gathered: Gathered) -> list[Task]:
    """Every task there is, those due after this week included, in no order."""
    desk = gathered.desk
    return [
        *_case_tasks(gathered),
        *_absence_tasks(gathered),
        *_hint_tasks(gathered),
        *roll_tasks(gathered),
        *_lead_tasks(gathered),
        *child_tasks(gathered),
        *_calendar_tasks(desk),
        *setup_tasks(desk),
        *_rules_tasks(desk),
        *file_tasks(desk),
    ]


class _Child(TypedDict):
    """Whom a task is about, as `Task` has it."""

    student: str
    student_id: str
    class_name: str
    school: str


def _child(gathered: Gathered, student_id: str) -> _Child:
    words = gathered.words
    return {
        "student": words.name(student_id),
        "student_id": student_id,
        "class_name": words.class_name(student_id),
        "school": words.school_beside(student_id),
    }


def _case_tasks(gathered: Gathered) -> Iterator[Task]:
    for one in gathered.open_cases:
        facts, step = one.facts, one.step
        if step:
            mark = mark_said_with(one)
            also = f"；在学籍系统标注{mark}" if mark else ""
            yield Task(
                step.action + also + _further_threshold(gathered, facts),
                step.why,
                step.due_on,
                case=number_of(facts.case),
                waiting=step.waiting,
                document=step.document,
                settled_by=settled_by(facts, step),
                case_id=facts.case.id,
                so_far=_run_words(facts.run),
                rule=step.rule,
                undecided=facts.run.undecided,
                **_child(gathered, facts.case.student_id),
            )


def _run_words(run: Streak) -> str:
    """The run of 旷课 as it stands, or nothing when there is none or it cannot be judged."""
    if run.undecided or not run.dates:
        return ""
    days = f"{evidence_words([run.dates[0]])}起" if len(run.dates) > LISTED else evidence_words(run.dates)
    return f"连续旷课{plain(run.days)}个上课日（{days}）"


def _absence_tasks(gathered: Gathered) -> Iterator[Task]:
    """For children without a case: whom to ring today, who is one day short of a rule."""
    calls = _calls(gathered, {child.id for child, _ in gathered.runs})
    for student, run in gathered.runs:
        yield from _contact_task(gathered, student, run, calls[student.id])
        yield from _record_task(gathered, student, run)
        yield from _promise_task(gathered, student, run, calls[student.id])


class _Cause(NamedTuple):
    """Why a child without a case is to be rung: what to do, by when, and the rule that asks for it in words."""

    what: str
    due_on: date
    rule: str


def _contact_task(gathered: Gathered, student: Student, run: Streak, calls: list[Contact]) -> Iterator[Task]:
    """At most one row a child: the call a rule asks for until somebody was reached, and the warning beside it.

    Calls made since the child began to be missing count, on a case that was annulled too.
    """
    desk = gathered.desk
    calls = [one for one in calls if one.happened_on >= run.dates[0]]
    reached = counted(calls)
    causes = [
        *(() if reached else _alert(gathered, student, run)),
        *_warning(gathered, student, run),
    ]
    if not causes:
        return
    days = f"连续旷课{plain(run.days)}个上课日（{evidence_words(run.dates)}）"
    said = _reached_words(reached[-1]) if reached else unanswered_words(calls)
    often = gathered.often_missed.get(student.id)
    hint = f"{HINT}：{often.words}" if often and often.days > run.days else ""
    rules = "；".join(dict.fromkeys(cause.rule for cause in causes))
    yield Task(
        "；".join(cause.what for cause in causes),
        "；".join(part for part in (days, said, hint) if part),
        min(cause.due_on for cause in causes),
        rule=f"{desk.rules.name}：{rules}",
        form="contact",
        **_child(gathered, student.id),
    )


def _hint_tasks(gathered: Gathered) -> Iterator[Task]:
    """Our own hint on children back in school that missed 3 days of 10, until somebody was reached about it."""
    in_run = {student.id for student, _ in gathered.runs}
    hints = {child: hint for child, hint in gathered.often_missed.items() if child not in in_run}
    calls = _calls(gathered, hints.keys())
    for child, hint in hints.items():
        since = [one for one in calls[child] if one.happened_on >= hint.dates[-1]]
        if counted(since):
            continue
        missed = f"{evidence_words(hint.dates)}旷课"
        yield Task(
            f"{HINT}：{hint.words}，可联系家长了解原因",
            "；".join(part for part in (missed, unanswered_words(since)) if part),
            rule=f"文件没有规定这种提醒，{NO_RULE}",
            form="contact",
            **_child(gathered, child),
        )


def _calls(gathered: Gathered, children: Collection[str]) -> dict[str, list[Contact]]:
    found: dict[str, list[Contact]] = defaultdict(list)
    for one in contacts_of(gathered.desk.tx, children, until=gathered.desk.today):
        found[one.student_id].append(one)
    return found


def _reached_words(contact: Contact) -> str:
    return f"已于{evidence_words([contact.happened_on])}{contact.method}联系：{contact.outcome}"


def _alert(gathered: Gathered, student: Student, run: Streak) -> Iterator[_Cause]:
    for met in crossings(gathered.desk.rules, run, gathered.register.calendar(student)):
        if "联系家长" in met.rule.acts:
            yield _Cause("联系家长，了解未到校原因", met.day, met.rule.brief())
            return


def _record_task(gathered: Gathered, student: Student, run: Streak) -> Iterator[Task]:
    """The 学籍 record is to be brought up to date before a case opens (方案24 三（二）); whoever was reached."""
    for met in crossings(gathered.desk.rules, run, gathered.register.calendar(student)):
        if "更新学籍" in met.rule.acts:
            days = f"连续旷课{plain(run.days)}个上课日（{evidence_words(run.dates)}）"
            rule = gathered.desk.rules.sentence(met.rule)
            child = _child(gathered, student.id)
            yield Task("报学校学籍管理人员更新学籍信息", days, met.day, form="record", rule=rule, **child)


def _promise_task(
    gathered: Gathered, student: Student, run: Streak, calls: Iterable[Contact]
) -> Iterator[Task]:
    """A return that was promised for a child without a case: waited for, and a task the morning after its day."""
    today, calls = gathered.desk.today, [one for one in calls if one.happened_on >= run.dates[0]]
    promise = promised_return(calls)
    if promise is None or promise.promised_on is None:
        return
    day, child = promise.promised_on, _child(gathered, student.id)
    said = f"{day_words(promise.happened_on)}{promise.method}时的承诺"
    if day >= today:
        words = f"等学生返校：家长承诺{day_words(day)}返校，到日核对点名"
        yield Task(words, said, day, waiting=True, settled_by="roll", **child)
    elif not any(one.happened_on > day for one in calls):
        missed = "没有到校" if any(one >= day for one in run.dates) else "核实是否到校"
        words = f"承诺{day.month}月{day.day}日返校，{missed}：再联系家长"
        yield Task(words, said, day + ONE_DAY, form="contact", **child)


def _warning(gathered: Gathered, student: Student, run: Streak) -> Iterator[_Cause]:
    """On the eve of the 上课日 on which a rule that opens a case, or asks for the 学籍 record, would be met, in the
    rule's own unit."""
    for act in ("开个案", "更新学籍"):
        rules = [rule for rule in gathered.desk.rules.absence_rules() if act in rule.acts]
        for upcoming, rule in _met_next(gathered, student, run, rules):
            yield _Cause(_eve_words(upcoming, rule), upcoming, rule.brief())
            break


def _further_threshold(gathered: Gathered, facts: CaseFacts) -> str:
    """The same warning on a case, of a rule not met yet that asks for more (方案23: the report to the township)."""
    met = {one.rule.key for one in facts.crossings}
    ahead = [
        rule for rule in facts.rules.absence_rules() if rule.key not in met and set(rule.acts) & BY_A_CASE
    ]
    if not ahead or facts.back_on or facts.run.undecided:
        return ""
    student = gathered.desk.tx.get(Student, facts.case.student_id)
    found = _met_next(gathered, student, facts.run, ahead)
    return next((f"；{_eve_words(upcoming, rule)}" for upcoming, rule in found), "")


def _eve_words(upcoming: date, rule: Rule) -> str:
    return f"预警：{day_words(upcoming)}再旷课即{rule.amount()}"


def _met_next(
    gathered: Gathered, student: Student, run: Streak, rules: Iterable[Rule]
) -> Iterator[tuple[date, Rule]]:
    """Those of `rules` that the next 上课日 would meet if it is missed too, with that day; on its eve only."""
    register = gathered.register
    calendar = register.calendar(student)
    upcoming = calendar.next_school_day(max((*run.dates, *run.excused))) if run.dates else None
    if upcoming is None or upcoming < gathered.desk.today or register.on_leave(student, upcoming):
        return
    for rule in rules:
        if crossing(rule, run, calendar) is None and crosses_next(rule, run, upcoming, calendar):
            yield upcoming, rule


def _lead_tasks(gathered: Gathered) -> Iterator[Task]:
    """Only the answer where the child is settles its days since: they are asked of nobody as rolls not called."""
    unsure = {student.id for student, run in gathered.runs if run.undecided and run.sought}
    for lead in gathered.leads:
        undecided = lead.student_id in unsure
        yield Task(
            "核实去向：新名册中没有该生",
            f"{day_words(lead.found_on)}导入的名册里没有该生"
            + ("，问清以前连续旷课无法判定" if undecided else ""),
            lead.found_on,
            form="lead",
            undecided=undecided,
            **_child(gathered, lead.student_id),
        )


def _calendar_tasks(desk: Desk) -> Iterator[Task]:
    """The holiday tables that are needed and not there: of the years of this term, and of the next one in December."""
    term, year = desk.calendar.term_of(desk.today), desk.today.year
    first = min(year, term.first_day.year) if term else year
    last = year + ((desk.today.month, desk.today.day) >= HOLIDAYS_ASKED_FROM)
    for missing in desk.calendar.missing_years(date(one, 1, 1) for one in range(first, last + 1)):
        why = "没有放假安排，期限算不准，限期文书不能打印"
        if missing <= year:
            why += "；现在只按周末推算，放假的日子会当作没有点名"
        yield Task(f"录入{missing}年节假日安排", why, date(missing - 1, 12, 31), form="calendar")


def _rules_tasks(desk: Desk) -> Iterator[Task]:
    """Rules that stand in for a broken file, or whose document ran out, may not be the county's: said every day."""
    if desk.rules_problem:
        yield Task("改好正在用的规则文件", desk.rules_problem, desk.today, form="rules")
    end = desk.rules.in_force_to
    if end and end < desk.today:
        what = f"本县规则已于{day_words(end)}到期，请核对有没有新文件"
        yield Task(what, f"{desk.rules.name}的有效期到{day_words(end)}", form="rules")
