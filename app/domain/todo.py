"""The list 今日: what is overdue, due today, due this week, and what waits for others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

State = Literal["overdue", "today", "week", "waiting"]
Form = Literal[
    "case",
    "contact",
    "roll",
    "lead",
    "pause",
    "mark",
    "unmark",
    "pass_on",
    "differs",
    "age",
    "record",
    "alike",
    "graduate",
    "calendar",
    "rules",
    "files",
    "password",
    "term",
]
WEEK = timedelta(days=6)  # 自然日 after today that still count as this week
ORDER: dict[str, int] = {"overdue": 0, "today": 1, "week": 2, "waiting": 3}


@dataclass(frozen=True)
class Task:
    """One thing to do: what, for whom, on which case, by when, and why.

    `case` is the number a person reads; two schools may use the same one. The rest is what its form needs to open
    filled: which `form`, the `document` to issue, `case_id`, the child and class, the `day` a roll is for, and what the
    register says `so_far`. `school` is empty in the school itself. `kind` is the 学籍标注
    asked for, what is to be told on, or the id of the child beside `student` in a question of 同一人. `settled_by`
    names the form of the case that ends its next action. `undecided` marks a run that cannot be judged. `rule`
    is the sentence of the rule that asks for it, or that none does: it is too long for every row.
    """

    what: str
    why: str
    due_on: date | None = None
    student: str = ""
    case: str = ""
    waiting: bool = False
    form: Form = "case"
    document: str = ""
    case_id: str = ""
    student_id: str = ""
    class_id: str = ""
    class_name: str = ""
    kind: str = ""
    settled_by: str = ""
    school: str = ""
    day: date | None = None
    so_far: str = ""
    undecided: bool = False
    rule: str = ""

    @property
    def reason(self) -> str:
        """Why, with the rule."""
        return "；".join(part for part in (self.why, self.rule) if part)


def state_of(task: Task, today: date) -> State | None:
    """Where a task stands today; None for one that is due later than this week. A task without a day is 本周."""
    if task.due_on and task.due_on < today:
        return "overdue"
    if task.waiting:
        return "waiting"
    if task.due_on is None:
        return "week"
    if task.due_on == today:
        return "today"
    return "week" if task.due_on <= today + WEEK else None


def agenda(tasks: Iterable[Task], today: date) -> list[tuple[State, Task]]:
    """The tasks to show today, the most urgent first."""
    placed = [(state_of(task, today), task) for task in tasks]
    shown = [(state, task) for state, task in placed if state is not None]
    return sorted(shown, key=lambda pair: (ORDER[pair[0]], pair[1].due_on or date.max))
