"""No command that reads writes a fact (design promise 8)."""

import pytest

from tests.helpers.cli import Cli, open_store
from tests.scenarios.conftest import Office

CHILD = "陈小满"
READING = (
    ("today",),
    ("case", "list"),
    ("case", "list", "--all"),
    ("student", "list"),
    ("student", "history", CHILD),
    ("streak", "--student", CHILD),
    ("roll", "missing", "--from", "2026-06-29", "--to", "2026-07-03"),
    ("doc", "list"),
    ("rules", "list"),
    ("calendar", "show", "--from", "2026-07-01", "--to", "2026-07-20"),
    ("term", "list"),
    ("staff", "list", "--all"),
)


@pytest.fixture
def last_day(office: Office) -> Cli:
    """A child missing on 3 July 2026, the last 上课日 before the summer, under plan 21 (自然日)."""
    cli = office("plan-21", year=2025).on("2026-07-03")
    cli("term", "set", "--from", "2026-02-24", "--to", "2026-07-05")
    cli.roll("2026-07-03", f"{CHILD}=旷课", group="四年级2班")
    return cli


def test_a_look_ahead_opens_no_case_and_uses_no_number(last_day: Cli) -> None:
    ahead = last_day.on("2026-07-20")
    ahead("today")
    ahead("case", "list")
    assert ahead.cases("--all") == []
    assert last_day.cases("--all") == []


def test_reading_leaves_the_journal_as_it_was(last_day: Cli) -> None:
    def position() -> int:
        with open_store(last_day) as store:
            return store.read(lambda tx: tx.position())

    before = position()
    for day in ("2026-07-03", "2026-07-20"):
        for command in READING:
            last_day.on(day)(*command)
    assert position() == before
