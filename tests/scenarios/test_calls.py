"""A call on the first day missed, before there is a case: recorded, done, and taken into the case that opens later."""

import pytest

from tests.helpers.cli import Cli
from tests.scenarios.conftest import Office
from tests.scenarios.test_absence_opens_cases import AWAY, CHILD, FIRST, MONDAY, SECOND, SUNDAY, miss

ASKED = "联系家长，了解未到校原因"


def ring(cli: Cli, day: str, outcome: str = "打通", *more: str, method: str = "电话") -> dict[str, object]:
    """Record a call for the child, as of that day."""
    fixed = ("--student", CHILD, "--date", day, "--method", method, "--outcome", outcome, "--by", "陈老师")
    answer: dict[str, object] = cli("contact", "add", *fixed, *more)
    return answer


def asked(cli: Cli) -> list[dict[str, str]]:
    """The rows of today that concern the child."""
    return [task for task in cli("today") if task["student"] == CHILD]


@pytest.fixture
def datian(office: Office) -> Cli:
    """A school under the rules of 大田: ring on the first day, a case after more than three 上课日."""
    return office("datian")


def test_a_call_on_the_first_day_does_the_task_and_opens_no_case(datian: Cli) -> None:
    """17 September: one day missed, the father is reached the same day."""
    cli = datian.on(FIRST)
    miss(cli, FIRST)
    answer = ring(cli, FIRST)
    assert (answer["no"], answer["counts"], answer["stage"], answer["student"]) == (None, True, "", CHILD)
    assert asked(cli) == []
    assert cli.cases("--all") == []


def test_nobody_answering_keeps_the_task_and_says_how_often_it_was_tried(datian: Cli) -> None:
    """17 September rung in vain; on the 18th the task is a day late and says so; then the mother answers."""
    miss(datian, FIRST)
    ring(datian.on(FIRST), FIRST, "无人接听")
    (task,) = asked(datian.on(FIRST))
    assert task["what"] == ASKED
    assert "打过1次，没有人接" in task["why"]
    miss(datian, SECOND)
    (task,) = asked(datian.on(SECOND))
    assert (task["state"], task["due_on"]) == ("overdue", FIRST)
    ring(datian.on(SECOND), SECOND, "拒绝")
    assert asked(datian.on(SECOND)) == []


def test_a_call_of_an_earlier_absence_does_not_do_for_a_new_one(datian: Cli) -> None:
    miss(datian, FIRST)
    ring(datian.on(FIRST), FIRST)
    datian.on(SECOND).roll(SECOND)
    miss(datian, SUNDAY)
    (task,) = asked(datian.on(SUNDAY))
    assert (task["what"], task["due_on"]) == (ASKED, SUNDAY)


def test_call_and_warning_of_one_child_are_one_row_and_the_warning_stays_after_the_call(school: Cli) -> None:
    """孟津: 17 and 18 September missed, a third day opens the case; the call of the 17th is late."""
    miss(school, FIRST, SECOND)
    warning = "预警：2026年9月20日再旷课即达到3个上课日"
    (task,) = asked(school.on(SECOND))
    assert (task["what"], task["state"], task["due_on"]) == (f"{ASKED}；{warning}", "overdue", FIRST)
    ring(school.on(SECOND), SECOND)
    (task,) = asked(school.on(SECOND))
    assert (task["what"], task["state"], task["due_on"]) == (warning, "week", SUNDAY)
    assert "已于9月18日电话联系：打通" in task["why"]


def test_the_case_that_opens_takes_in_the_calls_since_the_absence_began(school: Cli) -> None:
    miss(school, FIRST)
    ring(school.on(FIRST), FIRST)
    ring(school.on(FIRST), FIRST, "无人在家", method="家访")
    miss(school, SECOND, SUNDAY)
    case = school.on(SUNDAY).case("2026-001")
    assert [one["method"] for one in case["contacts"]] == ["电话", "家访"]
    assert (case["counted_visits"], case["stage"]) == (1, "学校劝返")
    assert [one["what"] for one in case["timeline"] if "学校" in one["what"]] == ["学校电话", "学校家访"]


def test_a_case_opened_by_hand_takes_in_the_calls_but_not_those_of_an_earlier_absence(datian: Cli) -> None:
    miss(datian, FIRST)
    ring(datian.on(FIRST), FIRST)
    datian.on(SECOND).roll(SECOND)
    miss(datian, SUNDAY)
    ring(datian.on(SUNDAY), SUNDAY, "拒绝")
    datian.on(MONDAY)("case", "open", "--student", CHILD, "--trigger", "其他", "--date", MONDAY)
    case = datian.on(MONDAY).case("2026-001")
    assert [one["date"] for one in case["contacts"]] == [SUNDAY]
    assert [one["date"] for one in case["timeline"] if one["what"] == "学校电话"] == [FIRST, SUNDAY]


def test_days_called_late_bring_the_call_of_the_true_first_day_into_the_case(school: Cli) -> None:
    """The 17th is called last: the case then dates back to it, and so does what belongs to it."""
    ring(school.on(FIRST), FIRST)
    cli = school.on("2026-09-22")
    for day in (SECOND, SUNDAY, MONDAY):
        cli.roll(day, AWAY)
    assert cli.case("2026-001")["contacts"] == []
    cli.roll(FIRST, AWAY)
    assert [one["date"] for one in cli.case("2026-001")["contacts"]] == [FIRST]


def test_a_call_for_a_child_with_a_case_goes_on_the_case(school: Cli) -> None:
    miss(school, FIRST, SECOND, SUNDAY)
    answer = ring(school.on(SUNDAY), SUNDAY)
    assert (answer["no"], answer["counted_visits"], answer["stage"]) == ("2026-001", 1, "学校劝返")
    assert len(school.on(SUNDAY).case("2026-001")["contacts"]) == 1


def test_a_call_before_the_first_day_missed_needs_a_reason(datian: Cli) -> None:
    miss(datian, FIRST)
    early = (
        "contact",
        "add",
        "--student",
        CHILD,
        "--date",
        "2026-09-16",
        "--method",
        "电话",
        "--outcome",
        "拒绝",
    )
    assert "早于开始缺勤日期2026年9月17日" in datian.on(FIRST).refused(*early, "--by", "陈老师")
    ring(datian.on(FIRST), "2026-09-16", "拒绝", "--force", "前一天已经说不来")
    assert len(asked(datian.on(FIRST))) == 1, "a call made before the absence does not do the task"


@pytest.mark.parametrize("level", ["乡镇", "县"])
def test_a_school_records_no_mobilisation_of_others_without_a_case(datian: Cli, level: str) -> None:
    fixed = ("--student", CHILD, "--date", FIRST, "--method", "电话", "--outcome", "拒绝", "--by", "李干事")
    sentence = datian.on(FIRST).refused("contact", "add", *fixed, "--level", level)
    assert sentence == f"{CHILD}没有在办的个案，乡镇、县的动员要记在个案上。请先为该生立案，再记录动员。"


def test_a_township_records_a_visit_on_a_case_only(office: Office) -> None:
    town = office("datian", "township").on(MONDAY)
    town("student", "add", "--name", "吴梓涵")
    fixed = (
        "--student",
        "吴梓涵",
        "--date",
        MONDAY,
        "--method",
        "家访",
        "--outcome",
        "拒绝",
        "--by",
        "李干事",
    )
    assert "请先为该生立案" in town.refused("contact", "add", *fixed)
    town("case", "open", "--student", "吴梓涵", "--trigger", "排查发现", "--date", MONDAY)
    assert town("contact", "add", *fixed)["no"] == "2026-001"


def test_a_contact_names_a_case_or_a_child_and_not_both(datian: Cli) -> None:
    visit = ("--date", FIRST, "--method", "电话", "--outcome", "拒绝", "--by", "陈老师")
    for who in ((), ("--case", "2026-001", "--student", CHILD)):
        assert "--case 和 --student 要写一个" in datian.misused("contact", "add", *who, *visit)


def test_the_history_of_the_child_tells_of_the_call_and_of_the_case_that_took_it_in(school: Cli) -> None:
    miss(school, FIRST)
    call = ring(school.on(FIRST), FIRST)["id"]
    miss(school, SECOND, SUNDAY)
    rows = [row for row in school("student", "history", CHILD) if row["record"] == call]
    assert len(rows) == 1  # nothing was written over it: which case it belongs to is computed
    assert [one["id"] for one in school.case("2026-001")["contacts"]] == [call]
