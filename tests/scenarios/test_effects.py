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
