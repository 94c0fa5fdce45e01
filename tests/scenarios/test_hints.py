"""Hints of the program's own: 3 days of 旷课 in 10 上课日, and the class of length of a run. They open no case."""

import pytest

from tests.helpers.cli import Cli
from tests.scenarios.conftest import Office
from tests.scenarios.test_counting import AWAY, CHILD

TEN = ("09-14", "09-15", "09-16", "09-17", "09-18", "09-20", "09-21", "09-22", "09-23", "09-24")
"""Ten 上课日 of 2026 in a row; the 20th is a Sunday on which all work."""


def called(cli: Cli, absent: set[str], *, until: str = "09-24") -> Cli:
    """The class called on each of the ten days, the child away on some."""
    for day in TEN:
        if day <= until:
            cli.on(f"2026-{day}").roll(f"2026-{day}", *([AWAY] if day in absent else []))
    return cli.on(f"2026-{until}")


def hints(cli: Cli) -> list[dict[str, str]]:
    return [task for task in cli("today") if "本程序提示" in task["what"] + task["why"]]


def ring(cli: Cli, day: str, outcome: str) -> None:
    said = ("--method", "电话", "--outcome", outcome, "--by", "陈老师")
    cli("contact", "add", "--student", CHILD, "--date", f"2026-{day}", *said)


@pytest.fixture
def scattered(school: Cli) -> Cli:
    """Away on the 14th, 17th and 22nd, in school on all days between."""
    return called(school, {"09-14", "09-17", "09-22"})


def test_three_days_in_ten_are_a_hint_of_ours_and_no_case(scattered: Cli) -> None:
    (task,) = hints(scattered)
    assert (task["what"], task["student"]) == ("本程序提示：近10个上课日内旷课3天，可联系家长了解原因", CHILD)
    assert task["why"] == "9月14、17、22日旷课；文件没有规定这种提醒，不作立案条件"
    assert scattered.cases("--all") == []


def test_two_days_in_ten_are_none(school: Cli) -> None:
    assert hints(called(school, {"09-14", "09-22"})) == []


def test_the_eleventh_day_moves_the_first_one_out(scattered: Cli) -> None:
    later = scattered.on("2026-09-28")
    later.roll("2026-09-28")
    assert hints(later) == []


def test_a_family_reached_since_settles_the_hint_and_one_that_was_not_does_not(scattered: Cli) -> None:
    ring(scattered, "09-21", "打通")  # before the newest missed day
    assert len(hints(scattered)) == 1
    ring(scattered, "09-23", "无人接听")
    assert "打过1次，没有人接" in hints(scattered)[0]["why"]
    ring(scattered, "09-24", "打通")
    assert hints(scattered) == []


def test_beside_what_a_rule_asks_the_hint_is_part_of_its_reason(office: Office) -> None:
    """大田 asks for a call on the first day: the child has one row, and the hint stands in it."""
    cli = called(office("datian"), {"09-14", "09-16", "09-22"}, until="09-22")
    (task,) = hints(cli)
    assert task["what"] == "联系家长，了解未到校原因"
    assert "；本程序提示：近10个上课日内旷课3天；" in task["why"]


def test_a_child_with_a_case_has_no_hint_beside_it(school: Cli) -> None:
    cli = called(school, {"09-14", "09-22", "09-23", "09-24"})
    assert len(cli.cases()) == 1
    assert hints(cli) == []
