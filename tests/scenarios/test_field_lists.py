"""The field's lists (tests/data/cases) taken in from the command line, in 道义小学 under the rules of 大田."""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.cli import Cli, cheap_keys

CASES = Path(__file__).parent.parent / "data" / "cases"


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "data", "2026-10-20")
    with cheap_keys():
        cli("init", "--level", "school", "--name", "道义小学", "--rules", "datian", "--operator", "陈老师")
    return cli


def imported(desk: Cli, case: str, name: str = "名单.xlsx", *options: str) -> Any:
    return desk("roster", "import", str(next(CASES.glob(f"{case}-*")) / name), *options)


def test_case_24_a_list_of_left_behind_children_makes_nobody_vanish(desk: Cli) -> None:
    imported(desk, "24", "名册.xlsx")
    found = imported(desk, "24", "留守儿童花名册.xlsx")
    assert (found["list"], found["added"], found["changed"], found["vanished"]) == ("专项", 0, 1, [])
    (change,) = found["changes"]
    assert change["name"] == "温小春" and change["fields"]["对象类别"] == ["", "留守"]
    assert "按“专项”名单读的" in found["warnings"][0]["reason"]


def test_case_24_a_list_said_to_be_the_whole_school_is(desk: Cli) -> None:
    imported(desk, "24", "名册.xlsx")
    found = imported(desk, "24", "留守儿童花名册.xlsx", "--list", "全校", "--preview")
    assert {one["name"] for one in found["vanished"]} == {"温小夏", "温小秋", "温小冬"}
    assert "对象类别" not in found["changes"][0]["fields"]
    assert not any("按“" in one["reason"] for one in found["warnings"])  # nothing was guessed


def test_case_24_a_part_and_a_card_make_nobody_vanish(desk: Cli) -> None:
    imported(desk, "24", "名册.xlsx")
    part = imported(desk, "24", "留守儿童花名册.xlsx", "--list", "部分", "--preview")
    assert (part["list"], part["vanished"]) == ("部分", [])
    card = imported(desk, "08", "信息表.xlsx")
    assert (card["list"], card["added"], card["vanished"]) == ("单人", 1, [])


def test_a_special_list_puts_nobody_on_the_roll(desk: Cli) -> None:
    found = imported(desk, "24", "留守儿童花名册.xlsx")
    assert (found["added"], found["changed"]) == (0, 0)
    (problem,) = found["rejected"]
    assert "“温小春”不在学生名册里" in problem["reason"]


def test_case_09_an_unknown_class_is_asked_for_once_and_remembered(desk: Cli) -> None:
    found = imported(desk, "09", "名单班级列.xlsx")
    assert (found["added"], found["unknown_classes"]) == (3, ["一二年级复式班"])
    told = imported(desk, "09", "名单班级列.xlsx", "--class", "一二年级复式班=二年级1班")
    assert [(one["name"], one["class"]) for one in told["new"]] == [("项小四", "二年级1班")]
    again = imported(desk, "09", "名单班级列.xlsx")
    assert (again["unchanged"], again["rejected"], again["unknown_classes"]) == (4, [], [])


def test_case_10_next_month_nobody_is_new(desk: Cli) -> None:
    assert imported(desk, "10")["added"] == 5
    found = imported(desk, "10", "下月名单.xlsx")
    assert (found["added"], found["unchanged"]) == (0, 2)


def test_case_17_namesakes_keep_the_note_as_a_remark_and_the_name_stays_clean(desk: Cli) -> None:
    imported(desk, "17")
    again = imported(desk, "17")
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 5)


def test_another_name_on_a_known_number_is_asked_about_and_never_an_ordinary_change(
    desk: Cli, tmp_path: Path
) -> None:
    imported(desk, "24", "名册.xlsx")
    path = tmp_path / "下月.csv"
    path.write_text("姓名,班级,身份证号\n温大春,五年级1班,350425201503018203", encoding="utf-8")
    found = desk("roster", "import", str(path), "--list", "部分")
    assert (found["added"], found["changed"], found["vanished"]) == (0, 0, [])
    (warning,) = found["warnings"]
    assert warning["reason"].startswith("改名？“温大春”") and "“温小春”" in warning["reason"]
    assert "温小春" in {one["name"] for one in desk("student", "list")}


def test_case_01_days_of_a_year_without_a_table_are_named_and_not_entered(desk: Cli) -> None:
    notice = next(CASES.glob("01-*")) / "2028.txt"
    done = desk("calendar", "holidays", "2028", str(notice))
    assert (done["year"], done["days"]) == (2028, 4)
    assert "2027-12-26上班、2027-12-31放假没有录入" in done["left_out"]


def test_a_nameless_row_with_a_known_number_is_a_problem_and_nobody_vanishes(
    desk: Cli, tmp_path: Path
) -> None:
    imported(desk, "24", "名册.xlsx")
    path = tmp_path / "下月.csv"
    path.write_text(
        "姓名,班级,身份证号\n,五年级1班,350425201503018203\n温小夏,五年级1班,350425201503018211\n"
        "温小秋,五年级1班,35042520150301822X\n温小冬,五年级1班,350425201503018238",
        encoding="utf-8",
    )
    found = desk("roster", "import", str(path))
    assert (found["unchanged"], found["vanished"]) == (3, [])
    assert "没有姓名" in found["rejected"][0]["reason"]


def test_a_list_of_few_children_is_guessed_a_part_by_its_numbers_and_said_so(
    desk: Cli, tmp_path: Path
) -> None:
    imported(desk, "24", "名册.xlsx")
    path = tmp_path / "下月.csv"
    path.write_text("姓名,班级,身份证号\n温小春,五年级1班,350425201503018203", encoding="utf-8")
    found = desk("roster", "import", str(path), "--preview")
    assert (found["list"], found["unchanged"], found["vanished"]) == ("部分", 1, [])
    (warning,) = found["warnings"]
    assert warning["reason"].startswith("名单上只有1名，系统里这些班有4名，按“部分”名单读的")
    whole = desk("roster", "import", str(path), "--list", "全校", "--preview")
    assert (whole["list"], whole["warnings"]) == ("全校", [])
    assert {one["name"] for one in whole["vanished"]} == {"温小夏", "温小秋", "温小冬"}


def test_half_of_the_children_is_still_a_whole_roster(desk: Cli, tmp_path: Path) -> None:
    imported(desk, "24", "名册.xlsx")
    path = tmp_path / "下月.csv"
    path.write_text("姓名,班级\n温小春,五年级1班\n温小夏,五年级1班", encoding="utf-8")
    found = desk("roster", "import", str(path), "--preview")
    assert (found["list"], len(found["vanished"])) == ("全校", 2)
