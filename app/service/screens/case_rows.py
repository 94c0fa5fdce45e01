"""The list on the page 个案: every case, the most urgent first; and the children found for a new one."""

from dataclasses import dataclass
from datetime import date

from app.domain.ladder.next_action import NextAction
from app.domain.todo import ORDER, State, Task, state_of
from app.service.cases.child_words import ChildWords
from app.service.cases.reading import CaseRow, case_row_of
from app.service.children.students import list_students
from app.service.office.desk import Desk
from app.service.office.spelling import spelling_of
from app.service.screens.gathered import Gathered, SeenCase

CHILDREN_AT_MOST = 30  # rows offered while a child is being looked for


@dataclass(frozen=True, kw_only=True)
class CaseLine(CaseRow):
    """A row of the list: whether the case is `open`, how urgent it is (None: nothing is due this week), the school as
    its own county calls it, and the initials the child is found by."""

    open: bool
    state: State | None
    school: str
    initials: tuple[str, ...]


@dataclass(frozen=True)
class FoundChild:
    """A child that fits what was typed."""

    id: str
    name: str
    school: str
    class_name: str
    birth: date | None


def case_rows(desk: Desk) -> list[CaseLine]:
    """Every case, the most urgent first, read for itself."""
    return lines_of(Gathered(desk))


def lines_of(gathered: Gathered) -> list[CaseLine]:
    """Every case from what was gathered: open ones first, the most urgent on top, then the newest."""
    newest_first = [_line(gathered, one) for one in reversed(gathered.cases)]
    return sorted(newest_first, key=lambda one: (not one.open, _urgency(one), one.due_on or date.max))


def urgency_of(step: NextAction | None, today: date) -> State | None:
    """Where the next action of a case stands today; None where nothing is due this week."""
    return (
        state_of(Task(step.action, step.reason, step.due_on, waiting=step.waiting), today) if step else None
    )


def find_children(desk: Desk, text: str) -> list[FoundChild]:
    """The first children that fit part of a name, pinyin initials or a number; none for an empty text."""
    rows = list_students(desk, search=text)[:CHILDREN_AT_MOST] if text.strip() else []
    words = ChildWords(desk, [row.id for row in rows])
    return [FoundChild(row.id, row.name, words.school(row.id), row.class_name, row.birth) for row in rows]


def _line(gathered: Gathered, one: SeenCase) -> CaseLine:
    case, words = one.facts.case, gathered.words
    name = words.name(case.student_id)
    row = case_row_of(one.facts, one.stage, one.step, words)
    school = words.school(case.student_id, otherwise=case.unit_id)
    return CaseLine(
        **(vars(row) | {"school": school}),
        open=one.open,
        state=urgency_of(one.step, gathered.desk.today),
        initials=spelling_of(name).letters,
    )


def _urgency(one: CaseLine) -> int:
    return ORDER.get(one.state or "", len(ORDER))
