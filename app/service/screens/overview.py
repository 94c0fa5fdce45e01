"""What stands around every page: who we are, which week of which term, the last backup."""

from dataclasses import dataclass
from datetime import date

from app.domain.records import Term
from app.domain.school_year import term_label
from app.service.office.desk import Desk
from app.store.copying import day_of_name


@dataclass(frozen=True)
class WindowFacts:
    """Head and status line: `week` is the week of the term, None in a vacation; `notice` is '' or a sentence that has
    to stay in sight until what it says is mended."""

    unit: str
    level: str
    term: str
    week: int | None
    rules: str
    notice: str
    last_backup: date | None


@dataclass(frozen=True)
class WhoWeAre:
    """The unit's name and level."""

    unit: str
    level: str


def window_facts(desk: Desk) -> WindowFacts:
    """What stands in the head and in the status line."""
    return WindowFacts(
        unit=desk.unit.name,
        level=desk.unit.level,
        term=term_label(desk.today),
        week=_week(desk.today, desk.calendar.term_of(desk.today)),
        rules=desk.rules.name,
        notice=desk.rules_problem,
        last_backup=last_backup(desk),
    )


def who_we_are(desk: Desk) -> WhoWeAre:
    """Who we are, cheap enough to wait for before the window is there."""
    return WhoWeAre(desk.unit.name, desk.unit.level)


def last_backup(desk: Desk) -> date | None:
    """The day of the newest backup in the data folder, by its name."""
    folder = desk.folder.backups
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return max((day for name in names if (day := day_of_name(name))), default=None)


def _week(today: date, term: Term | None) -> int | None:
    """Which week of the term `today` lies in, counted from the Monday of its first week."""
    if term is None:
        return None
    return ((today - term.first_day).days + term.first_day.weekday()) // 7 + 1
