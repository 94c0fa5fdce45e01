"""What stands around every page: who we are, which week of which term, the counts on the rail, the last backup."""

import re
from datetime import date

from app.domain.records import Term
from app.domain.school_year import term_label
from app.service.cases.reading import list_cases
from app.service.office.classes import class_names
from app.service.office.desk import JSON, Desk
from app.service.rolls.register import missing_rolls
from app.service.screens.agenda import today_list

_BACKUP = re.compile(r"guixue-(\d{4}-\d{2}-\d{2})-")


def window_facts(desk: Desk) -> JSON:
    """{unit, level, term, week, rules, notice, counts: {today, roll, cases}, last_backup}; counts are for the rail.

    `notice` is empty, or a sentence that has to stay in sight until what it says is mended.
    """
    tasks = today_list(desk)
    term = desk.calendar.term_of(desk.today)
    return {
        "unit": desk.unit.name,
        "level": desk.unit.level,
        "term": term_label(desk.today),
        "week": _week(desk.today, term),
        "rules": desk.rules.name,
        "notice": desk.rules_problem,
        "counts": {
            "today": sum(task["state"] in {"overdue", "today"} for task in tasks),
            "roll": len(missing_rolls(desk, desk.today, desk.today)),
            "cases": len(list_cases(desk)),
        },
        "last_backup": last_backup(desk),
    }


def who_we_are(desk: Desk) -> dict[str, str]:
    """{unit, level}, cheap enough to wait for before the window is there."""
    return {"unit": desk.unit.name, "level": desk.unit.level}


def last_backup(desk: Desk) -> date | None:
    """The day of the newest backup in the data folder, by its name."""
    folder = desk.folder.backups
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    days = [date.fromisoformat(found[1]) for name in names if (found := _BACKUP.match(name))]
    return max(days, default=None)


def _week(today: date, term: Term | None) -> int | None:
    """Which week of the term `today` lies in, counted from the Monday of its first week."""
    if term is None:
        return None
    return ((today - term.first_day).days + term.first_day.weekday()) // 7 + 1


def classes(desk: Desk) -> list[JSON]:
    """[{id, name}] of every class, in the order of grades."""
    return [{"id": class_id, "name": name} for class_id, name in class_names(desk).items()]
