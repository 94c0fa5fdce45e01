"""A late leave or closure says before it is saved what it touches (cases/22)."""

import pytest

from tests.helpers.cli import Cli

CHILD = "陈小满"
DAYS = ("2026-10-08", "2026-10-09", "2026-10-10")  # a Thursday, a Friday, and a Saturday on which all work


@pytest.fixture
def away(school: Cli) -> Cli:
    """Three days of 旷课 under 孟津 (达三天): a case."""
    for day in DAYS:
        school.on(day).roll(day, f"{CHILD}=旷课")
    return school.on("2026-10-12")


LEAVE = (
    "leave",
    "add",
    "--student",
    CHILD,
    "--from",
    DAYS[0],
    "--to",
    DAYS[2],
    "--kind",
    "病假",
    "--approver",
    "校长",
)


def test_a_late_leave_names_the_rolls_the_case_and_the_paper_before_it_is_saved(
    away: Cli, tmp_path: object
) -> None:
    away(
        "contact",
        "add",
        "--case",
        "2026-001",
        "--date",
        "2026-10-10",
        "--method",
        "家访",
        "--outcome",
        "拒绝",
        "--by",
        "王老师",
    )
    paper = away("doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path))
    said = away(*LEAVE, "--preview")["touches"]
    assert said[0] == f"{CHILD}10月8、9、10日的旷课将改作请假"
    assert said[1].startswith(f"{CHILD}的个案2026-001的依据中10月8、9、10日不再是旷课")
    assert str(paper["number"]) in said[2]
    assert away("streak", "--student", CHILD)["days"] == 3  # nothing was saved
    assert away(*LEAVE)["touches"] == said
    assert away("streak", "--student", CHILD)["days"] == 0


def test_a_case_annulled_by_leave_says_so_and_its_paper_wants_a_reason(away: Cli, tmp_path: object) -> None:
    assert f"{CHILD}的个案2026-001将撤销（补假）" in away(*LEAVE)["touches"]
    (case,) = away.cases("--all")
    assert case["stage"] == "已撤销(补假)"
    out = ("doc", "issue", "报告单", "--case", "2026-001", "--out", str(tmp_path))
    assert "补办请假" in away.refused(*out)
    assert away(*out, "--force", "乡镇要求存档")["number"]


def test_a_day_off_declared_later_annuls_and_a_third_day_makes_the_case_live_again(away: Cli) -> None:
    """cases/22: 10-09 becomes 停课; 10-12 makes it three again: 10-08, 10-10, 10-12."""
    away("calendar", "set", "2026-10-09", "off", "--note", "台风")
    (case,) = away.cases("--all")
    assert case["stage"] == "已撤销(停课)"
    assert away.cases() == []
    away.roll("2026-10-12", f"{CHILD}=旷课")
    (case,) = away.cases()
    assert (case["no"], case["evidence"]) == ("2026-001", ["2026-10-08", "2026-10-10", "2026-10-12"])
    assert "补假" not in case["next_action"]


def test_a_closure_of_several_days_names_the_case_it_annuls(away: Cli) -> None:
    said = away("calendar", "set", DAYS[0], "off", "--to", DAYS[2], "--preview")["touches"]
    assert said == ["10月8、9、10日已有3个班次的点名记录", f"{CHILD}的个案2026-001将撤销（停课）"]


def test_taking_a_closure_back_says_that_the_case_lives_again(away: Cli) -> None:
    """The days of 旷课 count again: what was annulled by the closure stands on them again."""
    away("calendar", "set", DAYS[1], "off", "--note", "台风")
    (case,) = away.cases("--all")
    said = away("calendar", "reset", DAYS[1], "--preview")
    assert said == {"touches": [f"{CHILD}的个案2026-001将恢复，立案依据为10月8、9、10日"]}
    assert away.cases("--all") == [case]  # nothing was saved
    assert away("calendar", "reset", DAYS[1])["touches"] == said["touches"]
    assert len(away.cases()) == 1


def test_a_make_up_day_taken_back_names_the_rolls_called_on_it(school: Cli) -> None:
    """17 October 2026 is a Saturday that the school made a 上课日."""
    here = school.on("2026-10-19")
    here("calendar", "set", "2026-10-17", "school", "--note", "补课")
    here.roll("2026-10-17")
    assert here("calendar", "reset", "2026-10-17", "--preview")["touches"] == [
        "10月17日已有1个班次的点名记录"
    ]


def test_a_term_says_which_rolls_and_cases_it_leaves_out(away: Cli) -> None:
    """A term that begins on 12 October has none of the three days of 旷课 in it."""
    term = ("term", "set", "--from", "2026-10-12", "--to", "2027-01-22")
    said = away(*term, "--preview")["touches"]
    assert said[0] == "10月8、9、10日已有3个班次的点名记录"
    assert said[1].startswith(f"{CHILD}的个案2026-001将撤销")
    assert len(away.cases()) == 1
    assert away(*term)["touches"] == said
    assert away.cases() == []
    back = away("term", "remove", "--from", "2026-10-12", "--preview")["touches"]
    assert back == [f"{CHILD}的个案2026-001将恢复，立案依据为10月8、9、10日"]


def test_a_term_to_come_touches_nothing(away: Cli) -> None:
    assert away("term", "set", "--from", "2027-03-01", "--to", "2027-07-09", "--preview") == {"touches": []}
