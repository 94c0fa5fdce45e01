"""The dated attendance cases of the field, from roll call to case, under the rules of three counties."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from tests.helpers.cli import Cli
from tests.scenarios.conftest import Office

CHILD = "陈小满"
AWAY = f"{CHILD}=旷课"
FIRST, SECOND, SUNDAY, MONDAY = "2026-09-17", "2026-09-18", "2026-09-20", "2026-09-21"
RUN = [FIRST, SECOND, SUNDAY, MONDAY]


def miss(cli: Cli, *days: str) -> list[str]:
    """Call each day as of that day with the child away; the numbers of the cases that opened."""
    return [no for day in days for no in cli.on(day).roll(day, AWAY)["cases"]]


def run_of(cli: Cli) -> tuple[float, str]:
    """The length of the current run and its verdict."""
    found = cli("streak", "--student", CHILD)
    return found["days"], found["verdict"]


def test_reaching_three_days_opens_a_case_on_the_makeup_sunday(school: Cli) -> None:
    assert miss(school, *RUN) == ["2026-001"]
    (case,) = school.cases()
    assert case["opened_on"] == SUNDAY
    assert case["evidence"] == [FIRST, SECOND, SUNDAY]
    assert "达到3个上课日" in case["rule"]
    assert run_of(school) == (4, "旷课")


def test_more_than_three_days_opens_a_case_one_school_day_later(office: Office) -> None:
    datian = office("datian")
    assert miss(datian, *RUN) == ["2026-001"]
    (case,) = datian.cases()
    assert case["opened_on"] == MONDAY
    assert case["evidence"] == RUN


@pytest.mark.parametrize(("rules", "opened"), [("mengjin", [MONDAY]), ("datian", [])])
def test_a_closed_makeup_sunday_does_not_count(office: Office, rules: str, opened: list[str]) -> None:
    cli = office(rules)
    cli("calendar", "set", SUNDAY, "off", "--note", "补课取消")
    miss(cli, FIRST, SECOND, MONDAY)
    assert run_of(cli) == (3, "旷课")
    assert [case["opened_on"] for case in cli.cases()] == opened


def test_a_day_in_school_starts_the_count_again(school: Cli) -> None:
    miss(school, FIRST, SECOND)
    school.on(SUNDAY).roll(SUNDAY)
    miss(school, MONDAY)
    assert run_of(school) == (1, "旷课")
    assert school.cases() == []


def test_a_day_without_a_roll_is_counted_neither_way(school: Cli) -> None:
    miss(school, SECOND, MONDAY)
    found = school("streak", "--student", CHILD)
    assert (found["verdict"], found["unrecorded"], found["dates"]) == ("无法判定", [SUNDAY], [MONDAY])
    assert school.cases() == []
    (task,) = [task for task in school("today") if task["what"] == "补记9月20日点名"]
    assert (task["student"], task["state"]) == (CHILD, "overdue")


def test_a_holiday_inside_the_run_is_no_absence(office: Office) -> None:
    days = ["2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]
    datian = office("datian").on("2026-10-10")
    miss(datian, *days)
    assert run_of(datian) == (4, "旷课")
    (case,) = datian.cases()
    assert (case["opened_on"], case["evidence"]) == ("2026-10-10", days)


def test_reaching_three_days_across_the_holiday_opens_on_9_october(school: Cli) -> None:
    miss(school, "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10")
    assert [case["opened_on"] for case in school.on("2026-10-10").cases()] == ["2026-10-09"]


def test_more_than_five_working_days_opens_on_the_sixth(office: Office) -> None:
    plan = office("plan-24")
    days = ["2026-09-28", "2026-09-29", "2026-09-30", "2026-10-08", "2026-10-09", "2026-10-10"]
    assert miss(plan, *days[:5]) == []
    assert plan.on("2026-10-09").cases() == []
    assert miss(plan, days[5]) == ["2026-001"]
    assert plan.on("2026-10-10").cases()[0]["opened_on"] == "2026-10-10"


def test_days_on_approved_leave_are_left_out(school: Cli) -> None:
    fixed = ("--from", FIRST, "--to", SECOND, "--kind", "病假", "--approver", "班主任")
    school.on(FIRST)("leave", "add", "--student", CHILD, *fixed)
    school.on(FIRST).roll(FIRST)
    school.on(SECOND).roll(SECOND)
    miss(school, SUNDAY, MONDAY)
    assert run_of(school) == (2, "旷课")
    assert school.cases() == []
    miss(school, "2026-09-22")
    assert school.on("2026-09-22").cases()[0]["opened_on"] == "2026-09-22"


def test_half_days_do_not_open_a_case_silently(school: Cli) -> None:
    for day in (FIRST, SECOND, SUNDAY):
        school.on(day).roll(day, f"{CHILD}=旷课:上午")
    assert run_of(school) == (1.5, "旷课")
    assert school.cases() == []


@pytest.fixture
def both_stages(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """The school with a 初三 besides: one child under 14 and one over it on 1 June 2026."""
    cli = office("mengjin", year=2025).on("2026-06-02")
    cli("term", "set", "--from", "2026-02-24", "--to", "2026-07-05")
    cli("student", "add", "--name", "唐果儿", "--birth", "2011-06-01", "--class", "九年级1班")
    cli("student", "add", "--name", "许多多", "--birth", "2012-06-02", "--class", "九年级1班")
    return cli


def test_on_childrens_day_only_those_of_14_and_over_have_school(both_stages: Cli) -> None:
    cli = both_stages
    for day in ("2026-05-29", "2026-06-01", "2026-06-02"):
        cli.roll(day, "唐果儿=旷课", "许多多=旷课", group="九年级1班")
        if day != "2026-06-01":
            cli.roll(day, AWAY, group="四年级2班")
    runs = {name: cli("streak", "--student", name)["days"] for name in ("唐果儿", "许多多", CHILD)}
    assert runs == {"唐果儿": 3, "许多多": 2, CHILD: 2}
    missing = cli("roll", "missing", "--from", "2026-06-01", "--to", "2026-06-01")
    assert "四年级2班" not in [row["class"] for row in missing]


def test_the_day_before_it_happens_there_is_a_warning(school: Cli) -> None:
    miss(school, FIRST, SECOND)
    (friday,) = [task for task in school.on(SECOND)("today") if "预警" in task["what"]]
    assert (friday["student"], friday["due_on"]) == (CHILD, FIRST)  # the call of the first day is still owed
    assert friday["what"] == "联系家长，了解未到校原因；预警：2026年9月20日再旷课即达到3个上课日"
    miss(school, SUNDAY)
    assert not [task for task in school.on(SUNDAY)("today") if "预警" in task["what"]]


def test_no_warning_two_days_before(school: Cli) -> None:
    miss(school, FIRST)
    assert not [task for task in school.on(FIRST)("today") if "预警" in task["what"]]


def test_the_first_day_asks_for_a_call_where_the_county_says_so(office: Office) -> None:
    datian = office("datian")
    miss(datian, FIRST)
    (task,) = [task for task in datian.on(FIRST)("today") if task["student"] == CHILD]
    assert (task["what"], task["due_on"]) == ("联系家长，了解未到校原因", FIRST)


def test_a_longer_run_does_not_open_a_second_case(school: Cli) -> None:
    assert miss(school, *RUN, "2026-09-22", "2026-09-23") == ["2026-001"]
    cli = school.on("2026-09-23")
    assert len(cli.cases("--all")) == 1
    cli("today")
    assert len(cli.cases("--all")) == 1


@pytest.mark.parametrize("order", list(permutations(RUN)), ids="-".join)
def test_backfilling_in_any_order_ends_in_the_same_case(school: Cli, order: tuple[str, ...]) -> None:
    for day in order:
        school.roll(day, AWAY)
    (case,) = school.cases("--all")
    assert (case["no"], case["opened_on"]) == ("2026-001", SUNDAY)
    assert case["evidence"] == [FIRST, SECOND, SUNDAY]
    assert school.case("2026-001")["absent_since"] == FIRST


def test_leave_proved_later_annuls_the_case_and_leaves_a_trace(school: Cli) -> None:
    miss(school, *RUN[:3])
    fixed = ("--from", FIRST, "--to", SECOND, "--kind", "病假", "--approver", "班主任", "--proof", "病历")
    school("leave", "add", "--student", CHILD, *fixed)
    assert school.cases() == []
    (case,) = school.cases("--all")
    assert case["stage"] == "已撤销(补假)"
    line = [(entry["date"], entry["what"]) for entry in school.case(case["no"])["timeline"]]
    assert (SUNDAY, "立案") in line
    assert (MONDAY, "补假") in line
    assert (MONDAY, "撤销") in line
    assert run_of(school) == (1, "旷课")


def test_a_case_annulled_by_a_leave_lives_again_when_the_run_is_long_enough(school: Cli) -> None:
    miss(school, *RUN[:3])
    school(
        "leave",
        "add",
        "--student",
        CHILD,
        "--from",
        FIRST,
        "--to",
        FIRST,
        "--kind",
        "事假",
        "--approver",
        "班主任",
    )
    assert school.cases() == []
    assert miss(school, MONDAY) == []
    (case,) = school.cases("--all")
    assert (case["no"], case["evidence"]) == ("2026-001", [SECOND, SUNDAY, MONDAY])


def test_missing_again_after_the_return_opens_a_linked_case(school: Cli) -> None:
    miss(school, *RUN[:3])
    school.on(MONDAY).roll(MONDAY)
    (back,) = school.cases()
    assert back["stage"] == "已复学(观察期)"
    assert school.case("2026-001")["returned_on"] == MONDAY
    assert miss(school, "2026-09-22", "2026-09-23", "2026-09-24") == ["2026-002"]
    later = school.on("2026-09-24")
    again = later.case("2026-002")
    assert again["previous"] == "2026-001"
    assert again["evidence"] == ["2026-09-22", "2026-09-23", "2026-09-24"]
    first = later.case("2026-001")
    assert (first["followed_by"], first["stage"]) == ("2026-002", "已并入新个案")
    assert [case["no"] for case in later.cases()] == ["2026-002"]


def test_a_roll_taken_again_corrects_the_first(school: Cli) -> None:
    school.roll(MONDAY, AWAY)
    again = school.roll(MONDAY, "林一帆=病假")
    assert (again["expected"], again["present"]) == (6, 5)
    assert run_of(school) == (0, "正常")
    assert school("streak", "--student", "林一帆")["verdict"] == "正常"


def test_a_corrected_roll_takes_the_ground_from_a_case(school: Cli) -> None:
    miss(school, *RUN[:3])
    school.roll(SECOND)
    assert school.cases() == []
    assert school.cases("--all")[0]["stage"].startswith("已撤销")
    assert any("已更正" in entry["text"] for entry in school.case("2026-001")["timeline"])


def test_two_half_rolls_make_a_whole_day(school: Cli) -> None:
    fixed = ("roll", "take", "--class", "五年级2班", "--date", MONDAY, "--absent", AWAY)
    school(*fixed, "--session", "上午")
    later = school.on("2026-09-22")
    assert later("streak", "--student", CHILD)["verdict"] == "无法判定"
    later(*fixed, "--session", "下午")
    assert later("streak", "--student", CHILD)["days"] == 1


@pytest.mark.parametrize(("visited", "last"), [("2026-09-23", "2026-09-29"), ("2026-02-12", "2026-02-24")])
def test_three_working_days_after_the_visit_the_report_is_due(
    office: Office, visited: str, last: str
) -> None:
    """大田 三（四）: for a child whose days no roll counts only the clock of the body runs."""
    cli = office("datian", year=2025 if last < "2026-09" else 2026).on(visited)
    no = cli("case", "open", "--student", "陈小满", "--trigger", "排查发现", "--date", visited)["no"]
    assert any("还没有见到人的劝返记录" in one["why"] for one in cli.case(no)["not_yet"])
    cli.contact(no, visited, "见到家长")
    first = (date.fromisoformat(last) + timedelta(days=1)).isoformat()
    for day, asked in ((last, last), (first, first)):  # on the first day it is allowed it is not late
        tasks = [task for task in cli.on(day)("today") if task["case"] == no]
        assert [(task["state"], task["due_on"]) for task in tasks] == [("today", asked)]
        assert "报告" in tasks[0]["what"]
    assert "期限到" in cli.on(last).case(no)["not_yet"][0]["why"]


def test_more_than_three_days_are_reported_on_the_day_the_family_was_tried(office: Office) -> None:
    """大田 附件4: 无故旷课超过3天，经劝返仍不返校的; of its two clocks the earlier one binds."""
    cli = office("datian")
    for day in ("2026-09-17", "2026-09-18", "2026-09-20", "2026-09-21"):
        cli.on(day).roll(day, AWAY)
    cli = cli.on("2026-09-22")
    no = cli.cases()[0]["no"]
    cli.contact(no, "2026-09-22", "无人在家")
    (task,) = [one for one in cli("today") if one["case"] == no and "报告单" in one["what"]]
    assert (task["state"], task["due_on"]) == ("today", "2026-09-22")


def test_a_case_opened_by_hand_on_the_first_day_freezes_that_day(office: Office) -> None:
    """大田 asks for a call on day one; the case that records it stands on the day that was missed."""
    datian = office("datian")
    miss(datian, FIRST)
    cli = datian.on(FIRST)
    cli("case", "open", "--student", CHILD, "--trigger", "其他", "--date", FIRST)
    case = cli.case("2026-001")
    assert (case["absent_since"], case["evidence"]) == (FIRST, [FIRST])
    cli.on(SECOND).roll(SECOND)
    assert cli.on(SECOND).case("2026-001")["stage"] == "已复学(观察期)"
