"""What was recorded is corrected or withdrawn with a reason; what follows from it is computed anew (promise 9)."""

import pytest

from tests.helpers.cli import Cli
from tests.scenarios.conftest import Office

NO, CHILD = "2026-001", "陈小满"
ABSENT = ("2026-09-17", "2026-09-18", "2026-09-20")


@pytest.fixture
def school(office: Office) -> Cli:
    """陈小满 missed three 上课日, so that there is a case; today is the 23rd."""
    cli = office("mengjin")
    for day in ABSENT:
        cli.on(day).roll(day, f"{CHILD}=旷课")
    return cli.on("2026-09-23")


def fix(cli: Cli, group: str, record: str, *values: str) -> str:
    return str(cli(group, "fix", record, *values, "--reason", "记错了")["what"])


def withdraw(cli: Cli, group: str, record: str) -> dict[str, object]:
    done: dict[str, object] = cli(group, "withdraw", record, "--reason", "记到别人头上了")
    return done


def test_withdrawing_the_only_visit_brings_the_stage_back(school: Cli) -> None:
    made = school.contact(NO, "2026-09-21", "拒绝")
    assert school.case(NO)["stage"] == "学校劝返"
    assert made["id"] in [one["id"] for one in school.case(NO)["timeline"]]
    withdraw(school, "contact", made["id"])
    shown = school.case(NO)
    assert shown["stage"] == "缺勤预警"
    assert shown["timeline"][-1]["text"] == "撤回2026年9月21日劝返动员，理由：记到别人头上了"
    assert school.on("2026-09-22").case(NO)["stage"] == "缺勤预警"  # it is wrong on every day


def test_a_corrected_outcome_and_day_count_as_if_typed_so(school: Cli) -> None:
    made = school.contact(NO, "2026-09-21", "拒绝")
    what = fix(school, "contact", made["id"], "结果=无人在家", "劝返时间=2026-09-22")
    assert what == "2026年9月21日劝返动员：结果：拒绝→无人在家；劝返时间：2026年9月21日→2026年9月22日"
    shown = school.case(NO)
    assert (shown["stage"], shown["counted_visits"]) == ("核实中", 0)
    history = school("student", "history", CHILD)
    assert [one["operator"] for one in history if one["table"] == "correction"] == ["陈老师"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (("结果=没去",), "联系结果"),
        (("劝返时间=2026-10-30",), "在今天"),
        (("承诺返校日=2026-09-01",), "早于联系日期"),
        (("天气=晴",), "没有“天气”这一项"),
        (("结果=拒绝",), "没有改动"),
        (("联系人=",), "没有写联系人"),
    ],
)
def test_a_value_that_cannot_be_is_refused(school: Cli, values: tuple[str, ...], words: str) -> None:
    made = school.contact(NO, "2026-09-21", "拒绝")
    assert words in school.refused("contact", "fix", made["id"], *values, "--reason", "记错了")


def test_a_reason_is_asked_for_and_a_record_is_withdrawn_once(school: Cli) -> None:
    made = school.contact(NO, "2026-09-21", "拒绝")
    assert "没有写理由" in school.refused("contact", "withdraw", made["id"], "--reason", " ")
    withdraw(school, "contact", made["id"])
    assert "已经撤回" in school.refused("contact", "fix", made["id"], "结果=同意返校", "--reason", "x")
    assert "没有编号为" in school.refused("leave", "withdraw", made["id"], "--reason", "不是请假")


def test_a_told_return_with_the_wrong_day_is_put_right(school: Cli) -> None:
    school("return", "add", "--case", NO, "--date", "2026-09-22", "--told-by", "村主任")
    (told,) = [one for one in school("student", "history", CHILD) if one["table"] == "told"]
    fix(school, "return", told["record"], "发生日期=2026-09-23")
    assert "2026年9月23日返校" in school.case(NO)["why"]
    withdraw(school, "return", told["record"])
    assert school.case(NO)["stage"] == "缺勤预警"


def test_leave_for_the_wrong_child_is_withdrawn_and_the_case_lives_again(school: Cli) -> None:
    school("leave", "add", "--student", CHILD, "--from", "2026-09-18", "--to", "2026-09-20", "--kind", "病假",
           "--approver", "校长")  # fmt: skip
    assert school.cases() == []
    (leave,) = [one for one in school("student", "history", CHILD) if one["table"] == "leave"]
    withdraw(school, "leave", leave["record"])
    assert [one["no"] for one in school.cases()] == [NO]


def test_a_leave_put_right_may_not_run_into_another(school: Cli) -> None:
    for first, last in (("2026-09-24", "2026-09-24"), ("2026-09-28", "2026-09-28")):
        school("leave", "add", "--student", CHILD, "--from", first, "--to", last, "--kind", "病假", "--approver",
               "校长")  # fmt: skip
    leaves = [one for one in school("student", "history", CHILD) if one["table"] == "leave"]
    first = leaves[0]["record"]
    assert "日期重叠" in school.refused("leave", "fix", first, "截止日期=2026-09-28", "--reason", "还没好")
    assert "2026年9月25日" in fix(school, "leave", first, "截止日期=2026-09-25")


def test_a_mark_with_a_wrong_day_is_put_right_and_one_on_a_wrong_child_taken_off(school: Cli) -> None:
    made = school("mark", "set", "--student", CHILD, "--kind", "疑似辍学", "--date", "2026-09-23")
    assert "还没有到" in school.refused("mark", "fix", made["id"], "标注日期=2026-09-24", "--reason", "x")
    fix(school, "mark", made["id"], "标注日期=2026-09-20")
    withdraw(school, "mark", made["id"])
    again = school("mark", "set", "--student", CHILD, "--kind", "疑似辍学", "--date", "2026-09-18")
    assert again["set_on"] == "2026-09-18"


def test_an_observation_is_put_right_in_its_day_but_not_turned_round(school: Cli) -> None:
    school.on("2026-09-21").roll("2026-09-21")
    cli = school.on("2026-09-28")
    cli("observe", "add", "--case", NO, "--date", "2026-09-28", "--in-school", "yes")
    (look,) = [one for one in cli("student", "history", CHILD) if one["table"] == "observation"]
    assert "要在返校日期" in cli.refused(
        "observe", "fix", look["record"], "观察日期=2026-09-21", "--reason", "x"
    )
    assert "不能互改" in cli.refused("observe", "fix", look["record"], "是否在校=否", "--reason", "x")
    withdraw(cli, "observe", look["record"])
    assert cli.case(NO)["due_on"] == "2026-09-28"


def test_an_enrolment_typed_with_the_wrong_day_moves_the_membership(school: Cli) -> None:
    school("student", "leave", CHILD, "--kind", "转出", "--date", "2026-09-22")
    rows = [one for one in school("student", "history", CHILD) if one["table"] == "enrolment"]
    fix(school, "enrolment", rows[0]["record"], "在册到=2026-09-18")
    (shown,) = [one for one in school("class", "list", "--date", "2026-09-20") if one["class"] == "五年级2班"]
    assert shown["pupils"] == 5
    assert "日期还没有到" in school.refused(
        "enrolment", "fix", rows[0]["record"], "在册到=2026-10-30", "--reason", "x"
    )


def test_every_correction_is_taken_back_by_undo_whole(school: Cli) -> None:
    """The change and the note of it are one write."""
    made = school.contact(NO, "2026-09-21", "拒绝")
    before = school.position()
    fix(school, "contact", made["id"], "结果=同意返校")
    entries = [one for one in school("student", "history", CHILD) if one["seq"] > before]
    assert {one["table"] for one in entries} == {"contact", "correction"}


def test_a_wrong_away_at_an_observation_takes_its_case_along(school: Cli) -> None:
    """Else neither of the two cases could go on."""
    school.on("2026-09-21").roll("2026-09-21")
    cli = school.on("2026-09-28")
    made = cli("observe", "add", "--case", NO, "--date", "2026-09-28", "--in-school", "no")
    assert made["opened"] == "2026-002"
    (look,) = [one for one in cli("student", "history", CHILD) if one["table"] == "observation"]
    done = withdraw(cli, "observe", look["record"])
    assert done["warnings"] == ["由它立的个案2026-002一起撤回，编号不再用"]
    assert [one["no"] for one in cli.cases("--all")] == [NO]
    assert cli.case(NO)["stage"] == "已复学(观察期)"
    cli("observe", "add", "--case", NO, "--date", "2026-09-28", "--in-school", "yes")


def test_a_visit_moved_before_the_absence_says_so(school: Cli) -> None:
    made = school.contact(NO, "2026-09-21", "拒绝")
    done = school("contact", "fix", made["id"], "劝返时间=2026-09-10", "--reason", "日期记错")
    assert any("早于" in one for one in done["warnings"])


def test_the_same_visit_typed_twice_is_asked_about(school: Cli) -> None:
    school.contact(NO, "2026-09-21", "拒绝")
    again = (
        "contact",
        "add",
        "--case",
        NO,
        "--date",
        "2026-09-21",
        "--method",
        "家访",
        "--outcome",
        "拒绝",
        "--by",
    )
    assert "已经记过" in school.refused(*again, "陈老师")
    assert school(*again, "陈老师", "--force", "晚上又去了一次")["counted_visits"] == 2


def test_a_forced_step_is_taken_back(school: Cli) -> None:
    school("case", "force", NO, "--step", "报告", "--reason", "用纸质报告单报过")
    (step,) = [one for one in school.case(NO)["timeline"] if one["what"] == "强制"]
    school("case", "unforce", step["id"], "--reason", "没有报过")
    assert school.case(NO)["stage"] == "缺勤预警"
