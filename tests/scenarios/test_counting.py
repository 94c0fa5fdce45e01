"""What counts towards a rule: missed 上课日 only, no closure and no leave, each school year by itself."""

import pytest

from tests.helpers.cli import Cli
from tests.scenarios.conftest import Office

CHILD = "陈小满"
AWAY = f"{CHILD}=旷课"
OLDER = "四年级2班"  # the class in the school year before
LEAVE = ("--kind", "病假", "--approver", "班主任")


def miss(cli: Cli, *days: str, group: str = "五年级2班") -> list[str]:
    """Call each day as of that day with the child away; the numbers of the cases that opened."""
    return [no for day in days for no in cli.on(day).roll(day, AWAY, group=group)["cases"]]


def warnings(cli: Cli, day: str) -> list[str]:
    return [task["what"] for task in cli.on(day)("today") if "预警" in task["what"]]


def test_one_day_before_the_summer_opens_nothing_in_it_and_nothing_on_1_september(office: Office) -> None:
    cli = office("plan-21", year=2025).on("2026-07-03")
    cli("term", "set", "--from", "2026-02-24", "--to", "2026-07-05")
    assert miss(cli, "2026-07-03", group=OLDER) == []
    for day in ("2026-07-08", "2026-08-31"):
        assert not [task for task in cli.on(day)("today") if "立案" in task["what"]]
        cli.on(day)("student", "add", "--name", f"新生{day[-2:]}", "--birth", "2015-06-01", "--class", OLDER)
    assert miss(cli, "2026-09-01") == []
    assert cli.on("2026-09-01").cases("--all") == []
    assert miss(cli, "2026-09-02", "2026-09-03", "2026-09-04") == ["2026-001"]
    (case,) = cli.on("2026-09-04").cases()
    assert case["evidence"] == ["2026-09-01", "2026-09-02", "2026-09-03", "2026-09-04"]


def test_forty_eight_hours_warn_on_friday_for_monday_and_wait_for_the_monday(office: Office) -> None:
    cli = office("plan-04")
    assert miss(cli, "2026-09-11") == []
    (friday,) = warnings(cli, "2026-09-11")
    assert "2026年9月14日再旷课即达到48个小时" in friday
    cli.on("2026-09-13")("student", "add", "--name", "新生", "--birth", "2015-06-01", "--class", "五年级2班")
    assert cli.on("2026-09-13").cases("--all") == []
    assert miss(cli, "2026-09-14") == ["2026-001"]
    assert cli.on("2026-09-14").cases()[0]["opened_on"] == "2026-09-14"


def test_who_is_back_on_the_monday_has_no_case(office: Office) -> None:
    cli = office("plan-04")
    miss(cli, "2026-09-11")
    assert cli.on("2026-09-14").roll("2026-09-14")["cases"] == []
    assert cli.on("2026-09-14").cases("--all") == []


@pytest.mark.parametrize("rules", ["plan-21", "plan-24"])
def test_a_week_of_closure_after_two_days_counts_in_no_rule(office: Office, rules: str) -> None:
    cli = office(rules).on("2026-09-17")
    for day in range(20, 25):
        cli("calendar", "set", f"2026-09-{day}", "off", "--note", "台风")
    assert miss(cli, "2026-09-17", "2026-09-18", "2026-09-28") == []
    assert cli.on("2026-09-28").cases("--all") == []


def test_leave_inside_a_run_leaves_it_going_on(school: Cli) -> None:
    miss(school, "2026-09-17", "2026-09-18")
    leave = ("leave", "add", "--student", CHILD, "--from", "2026-09-20", "--to", "2026-09-21", *LEAVE)
    school.on("2026-09-20")(*leave)
    for day in ("2026-09-20", "2026-09-21"):
        school.on(day).roll(day)
    later = school.on("2026-09-21")
    assert later("streak", "--student", CHILD)["days"] == 2
    assert miss(school, "2026-09-22") == ["2026-001"]
    (case,) = school.on("2026-09-22").cases()
    assert (case["opened_on"], case["evidence"]) == ("2026-09-22", ["2026-09-17", "2026-09-18", "2026-09-22"])


def test_a_child_excused_since_is_still_on_the_list_and_warned_of_for_the_day_after_the_leave(
    school: Cli,
) -> None:
    miss(school, "2026-09-17", "2026-09-18")
    leave = ("leave", "add", "--student", CHILD, "--from", "2026-09-20", "--to", "2026-09-21", *LEAVE)
    school.on("2026-09-20")(*leave)
    for day in ("2026-09-20", "2026-09-21"):
        school.on(day).roll(day)
    assert warnings(school, "2026-09-18") == []  # the next 上课日 is one of leave
    (monday,) = warnings(school, "2026-09-21")
    assert "2026年9月22日再旷课即达到3个上课日" in monday


def test_a_child_marked_sick_in_the_roll_is_still_in_its_run(school: Cli) -> None:
    miss(school, "2026-09-17", "2026-09-18")
    school.on("2026-09-20").roll("2026-09-20", f"{CHILD}=病假")
    assert "9月21日再旷课" in warnings(school, "2026-09-20")[0]
