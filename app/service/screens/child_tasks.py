"""今日: what is to be found out or confirmed of children and classes beside absence: 休学期满, 毕业, 同一人, and
what cases ask for beside their next action."""

from collections.abc import Iterator

from app.domain.dates import day_words
from app.domain.todo import Task
from app.domain.words import number_of
from app.service.cases.child_words import ChildWords
from app.service.children.graduation import awaiting_classes
from app.service.children.pauses import overdue_pauses
from app.service.office.desk import Desk
from app.service.screens.case_asks import asks_of
from app.service.screens.gathered import Gathered
from app.service.screens.same_child import open_pairs


def child_tasks(gathered: Gathered) -> Iterator[Task]:
    """Each is settled by one answer of the person: a 复学 or another leaving, a confirmation, a mark, a word to
    the township."""
    yield from _pause_tasks(gathered)
    yield from _graduation_tasks(gathered.desk)
    yield from _ask_tasks(gathered)
    yield from _alike_tasks(gathered.desk)


def _pause_tasks(gathered: Gathered) -> Iterator[Task]:
    words = gathered.words
    for pause in overdue_pauses(gathered.desk):
        yield Task(
            "休学期满，核实是否复学",
            f"{day_words(pause.back_on)}休学期满，还没有复学或其他去向的记录",
            pause.back_on,
            form="pause",
            student=pause.name,
            student_id=pause.student_id,
            school=words.school_of_unit(pause.school_id),
        )


def _graduation_tasks(desk: Desk) -> Iterator[Task]:
    for one in awaiting_classes(desk):
        yield Task(
            f"{one.name}毕业待确认",
            f"{one.pupils}人还在册，确认毕业以前不点名；没有结的个案仍然开着",
            one.since,
            form="graduate",
            class_id=one.class_id,
            class_name=one.name,
            school=one.school,
        )


def _alike_tasks(desk: Desk) -> Iterator[Task]:
    """One row for all pairs, with the first of them: to look at each is the work of minutes, to be asked forty times
    at once is none."""
    pairs = open_pairs(desk)
    if not pairs:
        return
    first, rest = pairs[0], len(pairs) - 1
    words = ChildWords(desk, [first.first_id, first.second_id])
    where = (words.school_beside(first.second_id), words.class_name(first.second_id))
    other = " ".join(part for part in where if part) or "没有班级"
    more = f"；另有{rest}对要核对" if rest else ""
    yield Task(
        "同一人？",
        f"与{words.name(first.second_id)}（{other}）{first.reason}，认定以前各算一人{more}",
        form="alike",
        kind=first.second_id,
        student=words.name(first.first_id),
        student_id=first.first_id,
        class_name=words.class_name(first.first_id),
        school=words.school_beside(first.first_id),
    )


def _ask_tasks(gathered: Gathered) -> Iterator[Task]:
    """What cases ask for beside their next action."""
    words = gathered.words
    for seen in gathered.cases:
        facts = seen.facts
        student = facts.case.student_id
        for ask in asks_of(seen, gathered.births.get(student)):
            yield Task(
                ask.what,
                ask.why,
                ask.due_on,
                form=ask.form,
                kind=ask.kind,
                rule=ask.rule,
                case=number_of(facts.case),
                case_id=facts.case.id,
                student=words.name(student),
                student_id=student,
                class_name=words.class_name(student),
                school=words.school_beside(student),
            )
