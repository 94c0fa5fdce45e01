"""The field's cases 13, 14 and 15: who is in a class on a day is read as of that day, from the command line.

10-08, 10-09, 10-12, 10-13 … are 上课日 of 2026 (10-01 to 10-07 is the holiday, 10-10 a make-up Saturday); the rules of
大田 and 孟津 open a case at three days of 旷课.
"""

from pathlib import Path

import pytest

from tests.helpers.cli import HEADER, Cli, cheap_keys, child_row
from tests.helpers.sheets import workbook

CASES = Path(__file__).parent.parent / "data" / "cases"


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    """石桥小学 under the rules of 孟津 on 1 September."""
    cli = Cli(tmp_path / "data", "2026-09-01")
    with cheap_keys():
        cli("init", "--level", "school", "--name", "石桥小学", "--rules", "mengjin", "--operator", "陈老师")
    cli("term", "set", "--from", "2026-09-01", "--to", "2027-01-22")
    return cli


def imported(cli: Cli, case: str, month: str, on: str) -> Cli:
    """The school on that day with the roster of that month in."""
    here = cli.on(on)
    here("roster", "import", str(next(CASES.glob(f"{case}-*")) / f"{month}名册.xlsx"))
    return here


def take(cli: Cli, group: str, day: str, *absences: str) -> dict[str, object]:
    absent = [part for one in absences for part in ("--absent", one)]
    taken: dict[str, object] = cli("roll", "take", "--class", group, "--date", day, *absent)
    return taken


def test_case_13_a_class_change_mid_streak_keeps_marks_and_case(desk: Cli) -> None:
    imported(desk, "13", "九月", "2026-09-01")
    here = desk.on("2026-10-20")
    for day in ("2026-10-08", "2026-10-09", "2026-10-10"):
        take(here, "五年级1班", day, "谢小舟=旷课")
    (case,) = here.cases()
    assert case["evidence"] == ["2026-10-08", "2026-10-09", "2026-10-10"]

    here = imported(desk, "13", "十月", "2026-10-20")
    assert here("class", "list", "--date", "2026-10-09")[0]["pupils"] == 2
    assert [(row["class"], row["pupils"]) for row in here("class", "list")] == [
        ("五年级1班", 1),
        ("五年级2班", 2),
    ]
    # The old roll shows who was in the class that day: he can be named in it, and his case stays.
    assert take(here, "五年级1班", "2026-10-09", "谢小舟=旷课", "谢小楼=病假")["expected"] == 2
    assert here.case(case["no"])["evidence"] == case["evidence"]
    assert [one["no"] for one in here.cases()] == [case["no"]]


def test_case_13_a_backdated_change_leaves_the_old_marks_to_the_child(desk: Cli) -> None:
    """He really moved on 10-09: the roll of 五年级1班 of that day does not show him, and saving it touches no
    absence."""
    imported(desk, "13", "九月", "2026-09-01")
    here = desk.on("2026-10-20")
    for day in ("2026-10-08", "2026-10-09", "2026-10-10"):
        take(here, "五年级1班", day, "谢小舟=旷课")
    here("student", "set", "谢小舟", "班级=五年级2班", "--date", "2026-10-09")
    (case,) = here.cases()
    assert take(here, "五年级1班", "2026-10-09", "谢小楼=旷课")["expected"] == 1
    assert "谢小舟" in here.refused(
        "roll", "take", "--class", "五年级1班", "--date", "2026-10-09", "--absent", "谢小舟=旷课"
    )
    assert here.case(case["no"])["evidence"] == ["2026-10-08", "2026-10-09", "2026-10-10"]


def test_case_14_a_child_counts_from_the_day_it_joined(desk: Cli) -> None:
    imported(desk, "14", "九月", "2026-09-01")
    for day in ("2026-10-08", "2026-10-09"):
        take(desk.on(day), "六年级1班", day)
    here = imported(desk, "14", "十月", "2026-10-10")
    assert "许新来" in here.refused(
        "roll", "take", "--class", "六年级1班", "--date", "2026-10-09", "--absent", "许新来=旷课"
    )
    late = desk.on("2026-10-20")
    for day in ("2026-10-10", "2026-10-12"):
        take(late, "六年级1班", day, "许新来=旷课")
    assert late("streak", "--student", "许新来")["dates"] == ["2026-10-10", "2026-10-12"]
    assert late.cases() == []
    assert [row["pupils"] for row in late("class", "list", "--date", "2026-10-09")] == [1]
    assert [row["pupils"] for row in late("class", "list", "--date", "2026-10-10")] == [2]


def vanished(desk: Cli) -> Cli:
    """宋小南 is missing in the roster of 10-12; the class was called on the three days before and nobody was
    missing."""
    imported(desk, "15", "九月", "2026-09-01")
    for day in ("2026-10-08", "2026-10-09", "2026-10-10"):
        take(desk.on(day), "四年级1班", day)
    return imported(desk, "15", "十月", "2026-10-12")


def test_case_15_a_vanished_child_is_not_present_until_somebody_says_where_it_is(desk: Cli) -> None:
    vanished(desk)
    here = desk.on("2026-10-14")
    for day in ("2026-10-12", "2026-10-13", "2026-10-14"):
        taken = take(here, "四年级1班", day)
        assert (taken["expected"], taken["present"]) == (2, 2)
    run = here("streak", "--student", "宋小南")
    assert (run["verdict"], run["unrecorded"]) == ("无法判定", ["2026-10-12", "2026-10-13"])
    assert any("核实去向" in task["what"] for task in here("today"))

    answer = here("student", "still-here", "宋小南", "--date", "2026-10-14", "--note", "名册漏写")
    assert answer["settlement"] == "还在本校：名册漏写"
    assert here("streak", "--student", "宋小南")["verdict"] == "正常"
    assert not any("核实去向" in task["what"] for task in here("today"))
    taken = take(here, "四年级1班", "2026-10-14")
    assert (taken["expected"], taken["present"]) == (3, 3)


def test_case_15_truancy_before_and_after_cannot_be_counted_across_days_nobody_knows_of(desk: Cli) -> None:
    """旷课 on 10-09, no roster entry from 10-12 on, 旷课 on 10-14 and 10-15: at most two days are certain in a row."""
    imported(desk, "15", "九月", "2026-09-01")
    late = desk.on("2026-10-15")
    take(late, "四年级1班", "2026-10-09", "宋小南=旷课")
    imported(desk, "15", "十月", "2026-10-12")
    take(late, "四年级1班", "2026-10-10", "宋小南=旷课")
    for day in ("2026-10-12", "2026-10-13"):
        take(late, "四年级1班", day)
    for day in ("2026-10-14", "2026-10-15"):
        take(late, "四年级1班", day, "宋小南=旷课")
    run = late("streak", "--student", "宋小南")
    assert run["dates"] == ["2026-10-14", "2026-10-15"]
    assert run["unrecorded"] == ["2026-10-12", "2026-10-13"]
    assert late.cases() == []
    # She was there on the two days between: two runs of two days, no case.
    late("student", "still-here", "宋小南", "--date", "2026-10-15")
    run = late("streak", "--student", "宋小南")
    assert (run["verdict"], run["dates"]) == ("旷课", ["2026-10-14", "2026-10-15"])


def test_case_15_days_nobody_knows_of_ask_where_the_child_is_and_for_no_roll(desk: Cli) -> None:
    """旷课 on 10-10, missing in the roster of 10-12; of the days since only 10-13 was not called at all."""
    imported(desk, "15", "九月", "2026-09-01")
    for day in ("2026-10-08", "2026-10-09"):
        take(desk.on(day), "四年级1班", day)
    take(desk.on("2026-10-10"), "四年级1班", "2026-10-10", "宋小南=旷课")
    imported(desk, "15", "十月", "2026-10-12")
    take(desk.on("2026-10-12"), "四年级1班", "2026-10-12")
    here = desk.on("2026-10-14")
    take(here, "四年级1班", "2026-10-14")
    of_child = [task for task in here("today") if task["student"] == "宋小南"]
    assert not [task for task in of_child if "点名" in task["what"]]
    (asked,) = [task for task in of_child if "核实去向" in task["what"]]
    assert asked["why"] == "2026年10月12日导入的名册里没有该生，问清以前连续旷课无法判定"
    (of_class,) = [task for task in here("today") if "补记点名" in task["what"]]
    assert of_class["why"].startswith("10月13日没有点名")


def test_case_15_a_class_whose_children_all_vanished_is_asked_for_no_roll(desk: Cli, tmp_path: Path) -> None:
    """The roster of 10-12 has one new child in 三年级1班 instead of 陈小满; that one leaves again on 10-13."""
    groups = (("陈小满", "三年级1班"), ("周晓航", "四年级1班"), ("林一帆", "三年级1班"))
    rows = [child_row(n, name, group) for n, (name, group) in enumerate(groups)]
    desk.on("2026-09-01")("roster", "import", str(workbook(tmp_path / "九月.xlsx", [HEADER, *rows[:2]])))
    for group in ("三年级1班", "四年级1班"):
        take(desk.on("2026-10-09"), group, "2026-10-09")
    second = workbook(tmp_path / "十月.xlsx", [HEADER, *rows[1:]])
    assert len(desk.on("2026-10-12")("roster", "import", str(second))["vanished"]) == 1
    here = desk.on("2026-10-13")
    here("student", "leave", "林一帆", "--kind", "转出", "--date", "2026-10-13")
    missing = here("roll", "missing", "--from", "2026-10-12", "--to", "2026-10-13")
    assert [(row["class"], row["date"]) for row in missing] == [
        ("三年级1班", "2026-10-12"),
        ("四年级1班", "2026-10-12"),
        ("四年级1班", "2026-10-13"),
    ]
    assert "三年级1班点名" not in [task["what"] for task in here("today")]
    here("student", "still-here", "陈小满", "--date", "2026-10-13")
    assert "三年级1班点名" in [task["what"] for task in here("today")]


def test_case_15_is_settled_by_any_leaving_and_stands_again_when_that_is_taken_back(desk: Cli) -> None:
    vanished(desk)
    here = desk.on("2026-10-14")
    here("student", "leave", "宋小南", "--kind", "转出", "--date", "2026-10-12", "--school", "城关小学")
    assert not any("核实去向" in task["what"] for task in here("today"))
    assert take(here, "四年级1班", "2026-10-13")["expected"] == 2
    here("student", "undo-leave", "宋小南", "--reason", "弄错人了")
    assert any("核实去向" in task["what"] for task in here("today"))


def test_case_15_asks_again_only_for_a_child_that_is_sought(desk: Cli) -> None:
    here = vanished(desk)
    assert "没有要核实" in here.refused("student", "still-here", "宋小东", "--date", "2026-10-12")
    assert "不能早于" in here.refused("student", "still-here", "宋小南", "--date", "2026-10-09")
    assert "还没有到" in here.refused("student", "still-here", "宋小南", "--date", "2026-10-30")
