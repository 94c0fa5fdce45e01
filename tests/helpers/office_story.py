"""A story played in a school through the command line, for what only the list 今日 can say."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from app.domain.vocabulary import BY_PHONE, OUTCOMES
from tests.helpers.cli import Cli, set_up
from tests.helpers.facts import make_calendar
from tests.helpers.stories import Story, days_of

CHILD = "陈小满"


def tasks_of(story: Story, today: date, folder: Path) -> list[str]:
    """What 今日 shows of the story's child in the evening of `today`, a line a task."""
    folder.mkdir()
    cli = set_up(folder, story.rule_set)
    facts = story.facts
    for day in days_of(facts.get("closed", ())):
        cli("calendar", "set", f"{day}", "off", "--note", "停课")
    for span in facts.get("leave", ()):
        first, _, last = str(span).partition("..")
        more = ("--from", first, "--to", last or first, "--kind", "病假", "--approver", "校长")
        cli.on(first)("leave", "add", "--student", CHILD, *more)
    absent = days_of(facts.get("absent", ()))
    closed = dict.fromkeys(days_of(facts.get("closed", ())), "停课")
    for day in make_calendar(closed).school_days(min(absent), today):
        cli.roll(f"{day}", *([f"{CHILD}=旷课"] if day in absent else []))
        for row in facts.get("contacts", ()):
            if row["on"] == day:
                _contact(cli.on(f"{day}"), row)
    shown = cli.on(f"{today}")("today")
    return [f"{task['what']}（{task['why']}）" for task in shown if task["student"] == CHILD]


def _contact(cli: Cli, row: Mapping[str, Any]) -> None:
    open_ones = [one["no"] for one in cli.cases() if one["student"] == CHILD]
    whose = ("--case", open_ones[0]) if open_ones else ("--student", CHILD)
    method = "家访" if row["outcome"] in OUTCOMES else BY_PHONE
    promise = ("--promise", f"{row['promised']}") if "promised" in row else ()
    told = ("--level", row.get("level", "学校"))
    fixed = ("--date", f"{row['on']}", "--method", method, "--outcome", row["outcome"], "--by", "陈老师")
    cli("contact", "add", *whose, *fixed, *told, *promise)
