"""A child that came by no roster: since which day it belongs to its class, and that it may belong to none.

`school` has 五年级2班 with six children since 1 September 2026, on 2026-09-21 (a Monday).
"""

from tests.helpers.cli import Cli

CALLED = ("2026-09-16", "2026-09-17", "2026-09-18")


def add(cli: Cli, name: str, *more: str) -> dict[str, object]:
    answer: dict[str, object] = cli("student", "add", "--name", name, *more)
    return answer


def members(cli: Cli, day: str) -> int:
    rows = cli("class", "list", "--date", day)
    return int(next(row["pupils"] for row in rows if row["class"] == "五年级2班"))


def call(cli: Cli) -> None:
    for day in CALLED:
        cli.roll(day)


def test_a_child_that_comes_today_was_not_there_on_the_days_before(school: Cli) -> None:
    call(school)
    added = add(school, "赖小芳", "--class", "五年级2班", "--kind", "转入", "--from-school", "城关小学")
    assert added["warnings"] == []
    assert (members(school, "2026-09-18"), members(school, "2026-09-21")) == (6, 7)
    assert school.roll("2026-09-18")["expected"] == 6


def test_a_child_that_came_on_a_day_already_called_is_said_to_be_counted_there(school: Cli) -> None:
    call(school)
    added = add(school, "赖小芳", "--class", "五年级2班", "--kind", "入学", "--from", "2026-09-17")
    assert added["warnings"] == ["9月17、18日该班已经点过名，这些天算作在校；没有到校的请补记那几天的点名"]
    assert (members(school, "2026-09-16"), members(school, "2026-09-17")) == (6, 7)


def test_without_a_new_word_a_child_was_there_since_the_first_of_september(school: Cli) -> None:
    add(school, "赖小芳", "--class", "五年级2班")
    assert members(school, "2026-09-01") == 7


def test_a_day_alone_is_the_first_in_the_class(school: Cli) -> None:
    add(school, "赖小芳", "--class", "五年级2班", "--from", "2026-09-14")
    assert (members(school, "2026-09-13"), members(school, "2026-09-14")) == (6, 7)


def test_a_child_without_a_school_belongs_to_none_until_it_joins_one(school: Cli) -> None:
    add(school, "赖小芳", "--kind", "没有上学")
    joined = school.on("2026-09-22")(
        *("student", "join", "赖小芳", "--kind", "入学", "--class", "五年级2班", "--date", "2026-09-22")
    )
    assert joined["class"] == "五年级2班"
    after = school.on("2026-09-22")
    assert (members(after, "2026-09-21"), members(after, "2026-09-22")) == (6, 7)


def test_who_comes_comes_to_a_class_and_not_tomorrow(school: Cli) -> None:
    assert "班级" in school.refused("student", "add", "--name", "赖小芳", "--kind", "转入")
    late = ("--class", "五年级2班", "--from", "2026-09-22")
    assert "还没有到" in school.refused("student", "add", "--name", "赖小芳", "--kind", "转入", *late)
    assert "还没有到" in school.refused("student", "add", "--name", "赖小芳", *late)
