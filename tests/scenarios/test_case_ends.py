"""How a case goes on and ends: a return that was told, observations, 销号, and taking it up again."""

from pathlib import Path

import pytest

from tests.helpers.cli import Cli
from tests.scenarios.conftest import Office

NO = "2026-001"
ABSENT = ("2026-09-17", "2026-09-18", "2026-09-20")


@pytest.fixture
def school(office: Office) -> Cli:
    """陈小满 missed three 上课日 (达三天 on 20 September); today is the 21st."""
    cli = office("mengjin")
    for day in ABSENT:
        cli.on(day).roll(day, "陈小满=旷课")
    return cli.on("2026-09-21")


def told(cli: Cli, kind: str, day: str, *more: str) -> dict[str, object]:
    """What the township told of the case."""
    said: dict[str, object] = cli(
        "case", "told", NO, "--kind", kind, "--date", day, "--told-by", "李干事", *more
    )
    return said


def next_of(cli: Cli) -> str:
    return str(cli.case(NO)["next_action"])


def test_a_return_that_was_told_holds_until_a_roll_says_otherwise(school: Cli) -> None:
    said = school("return", "add", "--case", NO, "--date", "2026-09-21", "--told-by", "陈父")
    assert said["stage"] == "已复学(观察期)"
    assert "据告知" in school.case(NO)["why"]
    school.on("2026-09-22").roll("2026-09-21", "陈小满=旷课")
    assert school.on("2026-09-22").case(NO)["stage"] == "缺勤预警"


def test_a_township_records_a_return_it_was_told_of(office: Office) -> None:
    town = office("datian", "township").on("2026-09-21")
    town("student", "add", "--name", "吴梓涵", "--gender", "男", "--birth", "2014-09-10")
    town("case", "open", "--student", "吴梓涵", "--trigger", "排查发现", "--date", "2026-09-07")
    town.contact(NO, "2026-09-08", "同意返校", "--level", "乡镇", "--promise", "2026-09-18")
    said = town(
        "return", "add", "--case", NO, "--date", "2026-09-18", "--told-by", "湖美中学", "--level", "学校"
    )
    assert said["stage"] == "已复学(观察期)"
    assert "制发限期复学通知书" not in next_of(town)


def test_a_return_is_told_once_and_not_before_the_absence_or_tomorrow(school: Cli) -> None:
    command = ("return", "add", "--case", NO, "--told-by", "陈父", "--date")
    assert "早于开始缺勤" in school.refused(*command, "2026-09-16")
    assert "还没有到" in school.refused(*command, "2026-09-22")
    assert "没有写告知人" in school.refused(
        "return", "add", "--case", NO, "--told-by", " ", "--date", "2026-09-21"
    )
    school(*command, "2026-09-21")
    assert "已经记录2026年9月21日返校" in school.refused(*command, "2026-09-21")


def test_a_school_alone_goes_through_the_ladder_by_what_it_is_told(school: Cli, tmp_path: Path) -> None:
    school.contact(NO, "2026-09-21", "拒绝")
    school("doc", "issue", "报告单", "--case", NO, *_blanks(school, "报告单"), "--out", str(tmp_path))
    assert next_of(school) == "等乡镇组织动员，学校继续配合劝返"
    later = school.on("2026-09-29")  # a week later nobody has told anything
    assert next_of(later).startswith("向乡镇问明办理情况，记入据告知")
    later.contact(NO, "2026-09-28", "拒绝", "--level", "乡镇", "--told-by", "李干事")
    assert later.case(NO)["stage"] == "乡镇动员"
    told(later, "制发通知书", "2026-09-29")
    assert next_of(later) == "等乡镇送达限期复学通知书，学校继续配合劝返"
    assert told(later, "送达通知书", "2026-09-29")["stage"] == "限期复学(已送达)"
    # 超过7个自然日: 29 September + 7 = 6 October, in the holiday, rolls to the 8th; over on the 9th
    assert later.on("2026-10-08").case(NO)["stage"] == "限期复学(已送达)"
    assert later.on("2026-10-09").case(NO)["stage"] == "逾期未复学"
    assert told(later.on("2026-10-12"), "处理决定", "2026-10-12")["stage"] == "依法处理"


def test_a_child_back_is_observed_three_times_and_then_closed(school: Cli) -> None:
    school.on("2026-09-21").roll("2026-09-21")
    looks = (
        "2026-09-28",
        "2026-10-21",
        "2027-01-22",
    )  # 一周, 一月, the end of the term; ours, no document says
    assert school.case(NO)["due_on"] == looks[0]
    sentence = school.refused("case", "close", NO, "--reason", "已复学", "--date", "2026-09-21")
    assert "观察还差3次" in sentence and "2026年9月28日" in sentence
    for day in looks:
        cli = school.on(day)
        assert (cli.case(NO)["due_on"], "核对是否在校" in next_of(cli)) == (day, True)
        cli("observe", "add", "--case", NO, "--date", day, "--in-school", "yes")
    last = school.on("2027-01-22")
    assert next_of(last) == "观察期满，办理销号"
    assert (
        last("case", "close", NO, "--reason", "已复学", "--date", "2027-01-22")["stage"] == "已销号(已复学)"
    )
    assert [task for task in last("today") if task["case"] == NO] == []
    assert last.cases() == []
    assert [one["stage"] for one in last.cases("--all")] == ["已销号(已复学)"]
    assert school.on("2027-01-21").case(NO)["stage"] == "已复学(观察期)"  # as the day before saw it


def test_a_child_away_at_an_observation_has_a_new_case_linked_to_the_old_one(school: Cli) -> None:
    school.roll("2026-09-21")
    cli = school.on("2026-09-28")
    done = cli("observe", "add", "--case", NO, "--date", "2026-09-28", "--in-school", "no")
    assert (done["stage"], done["opened"]) == ("已并入新个案", "2026-002")
    found = cli.case("2026-002")
    assert (found["previous"], found["stage"]) == (NO, "核实中")


@pytest.mark.parametrize("reason", ["休学", "转出（对方确认）", "延缓入学", "核查后由县里列入专门学校"])
def test_a_case_is_closed_for_any_reason_at_any_stage_and_taken_up_again(school: Cli, reason: str) -> None:
    closed = school("case", "close", NO, "--reason", reason, "--date", "2026-09-21", "--note", "有材料")
    assert closed["stage"] == f"已销号({reason})"
    assert "不能再记录" in school.refused(
        "observe", "add", "--case", NO, "--date", "2026-09-21", "--in-school", "yes"
    )
    later = school.on("2026-10-12")
    assert later("case", "reopen", NO, "--reason", "材料不实")["stage"] == "缺勤预警"
    assert school.case(NO)["stage"] == f"已销号({reason})"  # on 21 September it was closed
    assert [one["no"] for one in later.cases()] == [NO]
    assert "没有销号" in later.refused("case", "reopen", NO, "--reason", "再恢复")


def test_a_reason_that_is_not_listed_is_explained_and_a_part_of_one_is_that_one(school: Cli) -> None:
    """复学 is no way round the observation, and a slip of the hand closes nothing."""
    close = ("case", "close", NO, "--date", "2026-09-21", "--reason")
    assert "还没有返校记录" in school.refused(*close, "复学")
    assert "要在说明里写清" in school.refused(*close, "乱写")
    assert "要在说明里写清" in school.refused(*close, "其他")
    assert school(*close, "转出")["stage"] == "已销号(转出（对方确认）)"


def test_a_return_while_the_case_was_closed_counts_when_it_is_taken_up_again(school: Cli) -> None:
    school("case", "close", NO, "--reason", "转出", "--date", "2026-09-21")
    for day in ("2026-09-21", "2026-09-22"):
        school.on(day).roll(day, *(["陈小满=旷课"] if day == "2026-09-21" else []))
    later = school.on("2026-09-28")
    assert later("case", "reopen", NO, "--reason", "没有转出")["stage"] == "已复学(观察期)"
    assert later.case(NO)["due_on"] == "2026-09-29"  # a week after the return of the 22nd
    assert "才恢复" in later.refused("case", "close", NO, "--reason", "死亡", "--date", "2026-09-25")


def test_a_child_away_again_after_a_told_return_begins_a_count_of_its_own(school: Cli) -> None:
    school.on("2026-09-22")("return", "add", "--case", NO, "--date", "2026-09-22", "--told-by", "陈父")
    cli = school.on("2026-09-30")
    cli("observe", "add", "--case", NO, "--date", "2026-09-29", "--in-school", "yes")
    cli("observe", "add", "--case", NO, "--date", "2026-09-30", "--in-school", "no")
    found = cli.case("2026-002")
    assert (found["absent_since"], found["opened_on"]) == ("2026-09-30", "2026-09-30")
    assert found["days"] == 0 and (found["due_on"] or "2026-09-30") >= "2026-09-30"


def test_a_forced_report_counts_as_reported(school: Cli) -> None:
    school("case", "force", NO, "--step", "报告", "--reason", "用纸质报告单报过")
    assert not [one for one in school.case(NO)["not_yet"] if "还没有报告过" in one["why"]]


def test_a_case_is_not_closed_as_returned_before_a_return(school: Cli) -> None:
    assert "还没有返校记录" in school.refused(
        "case", "close", NO, "--reason", "已复学", "--date", "2026-09-21"
    )


def test_an_early_closing_needs_a_reason_that_stays(school: Cli) -> None:
    school.roll("2026-09-21")
    done = school(
        "case",
        "close",
        NO,
        "--reason",
        "已复学",
        "--date",
        "2026-09-21",
        "--force",
        "随父母迁往外省，已确认在读",
    )
    assert done["stage"] == "已销号(已复学)"
    assert any("已确认在读" in entry["text"] for entry in school.case(NO)["timeline"])


def test_a_step_is_forced_with_a_reason_and_only_from_where_the_case_stands(school: Cli) -> None:
    sentence = school.refused("case", "force", NO, "--step", "依法处理", "--reason", "乡镇电话通知")
    assert "现在是“缺勤预警”" in sentence and "报告" in sentence
    done = school("case", "force", NO, "--step", "报告", "--reason", "用纸质报告单报过")
    assert done["stage"] == "疑似辍学(已报告)"
    assert any("用纸质报告单报过" in entry["text"] for entry in school.case(NO)["timeline"])


@pytest.mark.parametrize(
    ("outcome", "counted"), [("无人接听", 0), ("停机或空号", 0), ("打通", 1), ("拒绝", 1)]
)
def test_a_call_says_what_it_met_with(school: Cli, outcome: str, counted: int) -> None:
    school("contact", "add", "--case", NO, "--date", "2026-09-21", "--method", "电话", "--outcome", outcome,
           "--by", "周老师")  # fmt: skip
    assert school.case(NO)["counted_visits"] == counted


@pytest.mark.parametrize(
    ("method", "outcome"), [("电话", "见到家长"), ("电话", "无人在家"), ("家访", "打通")]
)
def test_a_call_cannot_end_as_a_visit_does_nor_a_visit_as_a_call(
    school: Cli, method: str, outcome: str
) -> None:
    """Issue 9, section 5: 联系结果 of a call are a call's."""
    said = school.refused("contact", "add", "--case", NO, "--date", "2026-09-21", "--method", method,
                          "--outcome", outcome, "--by", "周老师")  # fmt: skip
    rest = "打通、无人接听、停机或空号" if method == "电话" else "见到家长、见到学生、无人在家"
    assert f"{method}的联系结果“{outcome}”" in said and rest in said
    assert school.case(NO)["counted_visits"] == 0


def test_a_visit_of_the_county_or_the_village_is_none_of_the_schools(school: Cli) -> None:
    school.contact(NO, "2026-09-21", "拒绝", "--level", "县")
    assert school.case(NO)["stage"] == "核实中"
    school.contact(NO, "2026-09-21", "拒绝", "--level", "村")
    assert school.case(NO)["stage"] == "核实中"


def test_a_joint_visit_counts_once_for_the_office_that_led_it(school: Cli) -> None:
    school.contact(NO, "2026-09-21", "拒绝", "--level", "乡镇", "--with", "学校,村委会")
    found = school.case(NO)
    assert (found["counted_visits"], found["stage"]) == (1, "乡镇动员")
    assert any("会同学校、村委会" in entry["text"] for entry in found["timeline"])


def _blanks(cli: Cli, kind: str) -> list[str]:
    return [part for name in cli("doc", "missing", kind, "--case", NO) for part in ("--blank", name)]


def test_a_child_away_after_a_return_that_was_only_told_keeps_both_cases(school: Cli) -> None:
    """No roll shows the return of the 22nd; the absence before it is still that of the first case."""
    school.contact(NO, "2026-09-21", "见到家长")
    cli = school.on("2026-09-28")
    cli("return", "add", "--case", NO, "--date", "2026-09-22", "--told-by", "陈父")
    done = cli("observe", "add", "--case", NO, "--date", "2026-09-28", "--in-school", "no")
    assert done["opened"] == "2026-002"
    first, second = cli.cases("--all")
    assert (first["stage"], first["evidence"]) == ("已并入新个案", list(ABSENT))
    assert (second["stage"], second["evidence"], second["opened_on"]) == ("核实中", [], "2026-09-28")
    talks = [one for one in cli.case("2026-002")["timeline"] if one["what"] == "学校家访"]
    assert len(talks) == 1
