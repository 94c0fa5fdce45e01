"""今日: the rolls that were not called. A missing roll is one task, many classes are one row that opens their list."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.attendance import Streak
from app.domain.dates import month_day
from app.domain.records import Student
from app.domain.todo import Task
from app.domain.words import evidence_words
from app.service.office.desk import Desk
from app.service.screens.gathered import Gathered
from app.store.queries.rolls import first_rolls

LISTED = 6  # days or classes named one by one; of more the first and how many there are
Unsure = tuple[Student, Streak]
"""A child without a case, and its run that days without a roll leave open."""


@dataclass(frozen=True)
class _Open:
    """A class with the days before today that nobody called, and the children whom that leaves open."""

    name: str
    days: tuple[date, ...]
    unsure: tuple[Unsure, ...]


def roll_tasks(gathered: Gathered) -> Iterator[Task]:
    """From the first roll of a class on; before, the register was not in use."""
    today, first = gathered.desk.today, first_rolls(gathered.desk.tx)
    missed: dict[str, list[date]] = defaultdict(list)
    for row in gathered.missing:
        missed[row.class_id].append(row.day)
    unsure = _unsure(gathered)
    past: list[_Open] = []
    for class_id, name, _ in gathered.classes:
        begun = first.get(class_id)
        days = tuple(day for day in missed[class_id] if begun and begun <= day < today)
        if days:
            past.append(_Open(name, days, tuple(unsure.pop(name, ()))))
    yield from _past_tasks(gathered, past)
    for children in unsure.values():  # of a class that has no roll of its own to be called
        yield from (_child_task(gathered, one) for one in children)
    yield from _today_tasks(
        today, [name for class_id, name, _ in gathered.classes if today in missed[class_id]]
    )


def _unsure(gathered: Gathered) -> dict[str, list[Unsure]]:
    """Class → the children whose run cannot be judged for want of a roll."""
    found: dict[str, list[Unsure]] = defaultdict(list)
    for student, run in gathered.runs:
        if run.undecided and run.not_called:
            found[gathered.words.class_name(student.id)].append((student, run))
    return found


def _past_tasks(gathered: Gathered, classes: Sequence[_Open]) -> Iterator[Task]:
    if len(classes) > LISTED:
        yield _many(gathered.desk, classes)
        return
    for one in classes:
        alone = one.unsure[0] if len(one.unsure) == 1 else None
        if alone and set(one.days) == set(alone[1].not_called):
            yield _child_task(gathered, alone)  # the child is what makes it urgent
            continue
        why = (
            f"{_days_words(one.days)}没有点名{_left_open(one.unsure)}{_unsure_days(gathered.desk, one.days)}"
        )
        first = one.days[0]
        yield Task(f"{one.name}补记点名", why, first, form="roll", class_name=one.name, day=first)


def _child_task(gathered: Gathered, unsure: Unsure) -> Task:
    (student, run), words = unsure, gathered.words
    days = run.not_called
    many = len(days) > LISTED
    span = f"{month_day(days[0])}到{month_day(days[-1])}" if many else evidence_words(days)
    return Task(
        f"补记{span}点名",
        f"{f'{len(days)}个上课日' if many else '这些天'}没有点名，连续旷课无法判定",
        run.not_called[0],
        form="roll",
        day=run.not_called[0],
        undecided=True,
        student=words.name(student.id),
        student_id=student.id,
        class_name=words.class_name(student.id),
        school=words.school_beside(student.id),
    )


def _many(desk: Desk, classes: Sequence[_Open]) -> Task:
    """All classes that have days to be called later, opened on the first of these days."""
    days = sorted({day for one in classes for day in one.days})
    unsure = [child for one in classes for child in one.unsure]
    why = f"{_days_words(days)}有班没有点名：{_names(classes)}{_left_open(unsure)}{_unsure_days(desk, days)}"
    return Task(f"{len(classes)}个班补记点名", why, days[0], form="roll", day=days[0])


def _today_tasks(today: date, names: Sequence[str]) -> Iterator[Task]:
    if len(names) > LISTED:
        shown = "、".join(names[:LISTED])
        why = f"今天还没有点名：{shown}等，打开后左边列着各班"
        yield Task(f"{len(names)}个班点名", why, today, form="roll", day=today)
        return
    for name in names:
        yield Task(f"{name}点名", "今天还没有点名", today, form="roll", class_name=name, day=today)


def _names(classes: Sequence[_Open]) -> str:
    return "、".join(one.name for one in classes[:LISTED]) + "等"


def _left_open(unsure: Sequence[Unsure]) -> str:
    """Whose run cannot be judged because of that."""
    if not unsure:
        return ""
    names = "、".join(student.name for student, _ in unsure[:LISTED])
    return f"，{names}{'等' if len(unsure) > LISTED else ''}{len(unsure)}人连续旷课无法判定"


def _days_words(days: Sequence[date]) -> str:
    """A few days one by one; of more the first, the last and how many there are."""
    if len(days) <= LISTED:
        return evidence_words(days)
    return f"{month_day(days[0])}到{month_day(days[-1])}有{len(days)}个上课日"


def _unsure_days(desk: Desk, days: Sequence[date]) -> str:
    """Days of a year without a holiday table may be holidays, New Year's Day first of all."""
    missing = desk.calendar.missing_years(days)
    years = "、".join(f"{year}年" for year in missing)
    return f"；程序里没有{years}放假安排，其中放假的不用补，先录入放假安排" if missing else ""
