"""One reading for the whole window after a change: the page 今日, the list of 个案, the counts on the rail."""

from dataclasses import dataclass

from app.service.office.desk import Desk
from app.service.screens.case_rows import CaseLine, lines_of
from app.service.screens.gathered import Gathered, Wanted, always
from app.service.screens.overview import WindowFacts, window_facts
from app.service.screens.today import TodayView, today_of


@dataclass(frozen=True)
class Counts:
    """How many things wait on a page: tasks overdue or due today, classes not called today, open cases."""

    today: int
    roll: int
    cases: int


@dataclass(frozen=True)
class WindowReading:
    """What every page shows of it at one moment. Nothing of it is read twice."""

    facts: WindowFacts
    today: TodayView
    cases: tuple[CaseLine, ...]
    counts: Counts


def window_reading(desk: Desk, wanted: Wanted = always) -> WindowReading:
    """Tasks, cases and counts of the desk's day. Raises Superseded when it is not `wanted` any more half way."""
    gathered = Gathered(desk, wanted)
    gathered.go_on()  # it may have waited in the queue
    today, cases = today_of(gathered), tuple(lines_of(gathered))
    counts = Counts(
        today=sum(task.state in {"overdue", "today"} for task in today.tasks),
        roll=gathered.missing_today,
        cases=len(gathered.open_cases),
    )
    return WindowReading(window_facts(desk), today, cases, counts)
