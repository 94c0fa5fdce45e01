"""Rosters of many schools in one office, and since when their children belong to them (issue sections 2 and 3)."""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.cli import SCHOOL, Cli, child_row, open_store, write_roster
from tests.helpers.sheets import workbook
from tests.scenarios.conftest import Office

NAMES_ONLY = ("姓名", "班级")


@pytest.fixture
def town(office: Office) -> Cli:
    """A township without children, on 20 October."""
    return office("mengjin", "township").on("2026-10-20")


def titled(path: Path, title: str, *names: str, group: str = "五年级1班", first: int = 0) -> Path:
    """A roster without a 学校 column, under a title."""
    rows = [tuple(child_row(first + n, name, group)) for n, name in enumerate(names)]
    header = ("姓名", "性别", "出生日期", "身份证件号", "班级", "现住址", "所在村", "家长姓名", "联系电话")
    return workbook(path, ((title,), header, *rows))


def take(cli: Cli, path: Path, *more: str) -> Any:
    return cli("roster", "import", str(path), *more)


def rows_of(cli: Cli, sql: str) -> list[dict[str, Any]]:
    with open_store(cli) as store:
        return store.read(lambda tx: tx.rows(sql))


def places(cli: Cli) -> list[tuple[Any, ...]]:
    """Everybody's enrolments: name, school, first day, last day, how it began and ended."""
    found = rows_of(
        cli,
        "SELECT student.name AS name, unit.name AS school, from_on, to_on, began, ended FROM enrolment"
        " JOIN student ON student.id = student_id JOIN unit ON unit.id = school_id"
        " WHERE enrolment.withdrawn_on IS NULL ORDER BY student.name, from_on, enrolment.id",
    )
    return [tuple(row.values()) for row in found]


def test_the_roster_of_a_second_school_makes_nobody_of_the_first_vanish(town: Cli, tmp_path: Path) -> None:
    first = take(town, titled(tmp_path / "甲.xlsx", "甲小学名册", "陈一", "林二"), "--school", "甲小学")
    second = take(town, titled(tmp_path / "乙.xlsx", "乙小学名册", "黄三", first=8), "--school", "乙小学")
    assert (first["added"], second["added"], second["vanished"]) == (2, 1, [])
    assert [task for task in town("today") if "名册" in task["what"]] == []
    again = take(town, titled(tmp_path / "甲2.xlsx", "甲小学名册", "陈一"))
    assert (again["school"], [one["name"] for one in again["vanished"]]) == ("甲小学", ["林二"])


def test_a_roster_that_does_not_say_its_school_is_refused_with_the_option_until_it_is_known(
    town: Cli, tmp_path: Path
) -> None:
    file = titled(tmp_path / "石桥.xlsx", "石桥小学2026年秋季名册", "陈一")
    for more in ((), ("--preview",)):
        sentence = town.refused("roster", "import", str(file), *more)
        assert "石桥小学" in sentence and "--school" in sentence
    assert take(town, file, "--school", "石桥小学")["new_schools"] == ["石桥小学"]
    again = take(town, file)
    assert (again["school"], again["unchanged"], again["new_schools"]) == ("石桥小学", 1, [])
    bare = workbook(tmp_path / "无题.xlsx", (NAMES_ONLY, ("林二", "五年级1班")))
    assert "石桥小学" in town.refused("roster", "import", str(bare))


def test_the_same_child_in_two_schools_is_two_records_and_a_question(town: Cli, tmp_path: Path) -> None:
    take(town, titled(tmp_path / "甲.xlsx", "甲小学", "陈一"), "--school", "甲小学")
    there = town("student", "list")[0]["id"]
    file = titled(tmp_path / "乙.xlsx", "乙小学", "陈一")
    shown = take(town, file, "--school", "乙小学", "--preview")
    assert (shown["added"], shown["unchanged"], shown["changed"], shown["rejected"]) == (1, 0, 0, [])
    (pair,) = shown["same"]
    assert (pair["id"], pair["name"], pair["school"], pair["class"], pair["student_id"]) == (
        there,
        "陈一",
        "甲小学",
        "五年级1班",
        "",
    )
    assert "身份证件号相同" in pair["reason"]
    (pair,) = take(town, file, "--school", "乙小学")["same"]
    assert {one["id"] for one in town("student", "list")} == {there, pair["student_id"]}
    assert take(town, file)["unchanged"] == 1


def test_two_central_schools_of_a_county_file_are_two_by_code(office: Office, tmp_path: Path) -> None:
    cli = office("mengjin", "township").on("2026-10-20")
    header = ("学校名称", "学校标识码", "姓名", "班级")
    rows = (("中心小学", "2135000123", "陈一", "五年级1班"), ("中心小学", "2135000456", "林二", "五年级1班"))
    found = take(cli, workbook(tmp_path / "全县.xlsx", (header, *rows)))
    assert (found["added"], found["new_schools"]) == (2, ["中心小学", "中心小学"])
    units = rows_of(cli, "SELECT code FROM unit WHERE name = '中心小学' ORDER BY code")
    assert [one["code"] for one in units] == ["2135000123", "2135000456"]
    bare = workbook(tmp_path / "一校.xlsx", (("学校名称", "姓名", "班级"), ("中心小学", "黄三", "五年级1班")))
    (problem,) = take(cli, bare)["rejected"]
    assert "标识码" in problem["reason"] and problem["row"] == 2


def test_a_row_without_a_school_and_a_row_of_another_one_are_named(town: Cli, tmp_path: Path) -> None:
    header = ("学校", "姓名", "班级")
    rows = (("甲小学", "陈一", "五年级1班"), ("", "林二", "五年级1班"), ("乙小学", "黄三", "五年级1班"))
    file = workbook(tmp_path / "两校.xlsx", (header, *rows))
    shown = take(town, file, "--preview")
    assert (shown["added"], [one["row"] for one in shown["rejected"]]) == (2, [3])
    chosen = take(town, file, "--school", "甲小学")
    assert (chosen["added"], [one["row"] for one in chosen["rejected"]]) == (2, [4])
    assert "所选的“甲小学”" in chosen["rejected"][0]["reason"]


def test_a_school_takes_no_roster_of_another_school(school: Cli, tmp_path: Path) -> None:
    file = str(write_roster(tmp_path / "名.xlsx", [child_row(40, "新来的", "五年级2班")]))
    assert "桃源小学" in school.refused("roster", "import", file, "--school", "桃源小学")
    assert take(school, Path(file), "--school", "湖美乡中心小学")["added"] == 1


def plain(path: Path, *rows: tuple[str, str]) -> Path:
    return workbook(path, (NAMES_ONLY, *rows))


def test_children_of_a_late_first_roster_belong_since_september_and_later_ones_since_the_import(
    town: Cli, tmp_path: Path
) -> None:
    first = plain(tmp_path / "一.xlsx", ("许小木", "六年级1班"))
    later = plain(tmp_path / "二.xlsx", ("许小木", "六年级1班"), ("许新来", "六年级1班"))
    take(town.on("2026-10-12"), first, "--school", "甲小学")
    take(town, later, "--school", "甲小学")
    take(town, first, "--school", "乙小学")
    assert places(town) == [
        ("许小木", "甲小学", "2026-09-01", None, "在册", ""),
        ("许小木", "乙小学", "2026-09-01", None, "在册", ""),
        ("许新来", "甲小学", "2026-10-20", None, "在册", ""),
    ]
    take(
        town,
        plain(tmp_path / "三.xlsx", ("许又来", "六年级1班")),
        "--school",
        "甲小学",
        "--date",
        "2026-10-08",
    )
    assert ("许又来", "甲小学", "2026-10-08", None, "在册", "") in places(town)
    assert "还没有到" in town.refused(
        "roster", "import", str(later), "--school", "甲小学", "--date", "2026-10-21"
    )


def test_a_child_typed_before_the_first_roster_does_not_make_it_a_later_one(
    town: Cli, tmp_path: Path
) -> None:
    town("student", "add", "--name", "手工生", "--school", "甲小学", "--class", "五年级2班")
    file = plain(tmp_path / "一.xlsx", ("许小木", "六年级1班"))
    assert take(town, file, "--school", "甲小学")["new"][0]["from_on"] == "2026-09-01"


def test_a_first_roster_taken_back_was_none(town: Cli, tmp_path: Path) -> None:
    file = plain(tmp_path / "一.xlsx", ("许小木", "六年级1班"))
    run = take(town, file, "--school", "甲小学")["run"]
    town("roster", "undo", run)
    assert places(town) == []
    assert take(town, file, "--school", "甲小学")["new"][0]["from_on"] == "2026-09-01"


def test_a_class_change_ends_one_row_and_begins_another_and_is_taken_back_whole(
    town: Cli, tmp_path: Path
) -> None:
    september = plain(
        tmp_path / "九月.xlsx", ("谢小舟", "五年级1班"), ("谢小楼", "五年级1班"), ("谢小台", "五年级2班")
    )
    october = plain(
        tmp_path / "十月.xlsx", ("谢小舟", "五年级2班"), ("谢小楼", "五年级1班"), ("谢小台", "五年级2班")
    )
    take(town.on("2026-10-08"), september, "--school", "甲小学")
    before = places(town)
    moved = take(town, october, "--school", "甲小学")
    assert (moved["added"], moved["changed"], moved["vanished"]) == (0, 1, [])
    assert moved["changes"][0]["fields"] == {"班级": ["五年级1班", "五年级2班"]}
    zhou = [row[2:] for row in places(town) if row[0] == "谢小舟"]
    assert zhou == [
        ("2026-09-01", "2026-10-19", "在册", "调班"),
        ("2026-10-20", None, "调班", ""),
    ]
    town("roster", "undo", moved["run"])
    assert places(town) == before


def test_a_class_change_corrected_on_the_day_it_was_entered_leaves_no_row_of_no_day(
    town: Cli, tmp_path: Path
) -> None:
    rows = (("谢小楼", "五年级1班"), ("谢小台", "五年级2班"))
    take(
        town.on("2026-10-08"),
        plain(tmp_path / "1.xlsx", ("谢小舟", "五年级1班"), *rows),
        "--school",
        "甲小学",
    )
    take(town, plain(tmp_path / "2.xlsx", ("谢小舟", "五年级2班"), *rows), "--school", "甲小学")
    take(town, plain(tmp_path / "3.xlsx", ("谢小舟", "五年级3班"), *rows), "--school", "甲小学")
    assert [row[2:] for row in places(town) if row[0] == "谢小舟"] == [
        ("2026-09-01", "2026-10-19", "在册", "调班"),
        ("2026-10-20", None, "调班", ""),
    ]


def test_a_lead_is_settled_by_the_own_schools_roster_only(town: Cli, tmp_path: Path) -> None:
    both = titled(tmp_path / "全.xlsx", "甲小学", "陈一", "林二")
    take(town, both, "--school", "甲小学")
    take(town, titled(tmp_path / "少.xlsx", "甲小学", "陈一"))
    open_leads = "SELECT id FROM roster_lead WHERE settled_on IS NULL"
    assert len(rows_of(town, open_leads)) == 1
    take(town, titled(tmp_path / "乙.xlsx", "乙小学", "林二", first=1), "--school", "乙小学")
    assert len(rows_of(town, open_leads)) == 1
    take(town, both)
    assert rows_of(town, open_leads) == []


def test_a_child_that_changed_class_by_a_roster_of_names_keeps_its_marks_and_its_case(
    office: Office, tmp_path: Path
) -> None:
    """cases/13 without 身份证号: 旷课 on 10-08, 09 and 10 opens a case; on the 12th the roster has 谢小舟 in the other
    class."""
    cli = office("mengjin").on("2026-10-12")
    rest = (("谢小楼", "三年级1班"), ("谢小台", "三年级2班"))
    take(
        cli.on("2026-09-30"),
        plain(tmp_path / "九月.xlsx", ("谢小舟", "三年级1班"), *rest),
        "--date",
        "2026-09-01",
    )
    for day in ("2026-10-08", "2026-10-09", "2026-10-10"):
        cli.on(day).roll(day, "谢小舟=旷课", group="三年级1班")
    (case,) = cli.on("2026-10-10").cases()
    found = take(cli, plain(tmp_path / "十月.xlsx", ("谢小舟", "三年级2班"), *rest))
    assert (found["added"], found["changed"], found["vanished"]) == (0, 1, [])
    assert [(one["no"], one["student"]) for one in cli.cases()] == [(case["no"], "谢小舟")]
    cli.on("2026-10-12").roll("2026-10-09", "谢小舟=旷课", "谢小楼=病假", group="三年级1班")
    assert [(one["no"], one["student"]) for one in cli.cases()] == [(case["no"], "谢小舟")]
    marks = "SELECT count(*) AS n FROM absence WHERE kind = '旷课' AND withdrawn_on IS NULL"
    assert rows_of(cli, marks) == [{"n": 3}]
    run = cli("streak", "--student", "谢小舟")
    assert run["days"] == 3


def test_a_school_named_in_a_roster_takes_its_code_and_outlives_the_undo_of_the_import_that_made_it(
    town: Cli, tmp_path: Path
) -> None:
    made = take(town, plain(tmp_path / "一.xlsx", ("许小木", "六年级1班")), "--school", "甲小学")
    header = ("学校名称", "学校标识码", "姓名", "班级")
    rows = (
        ("甲小学", "2135000123", "许小木", "六年级1班"),
        ("甲小学", "2135000123", "许新来", "六年级1班"),
        ("乙小学", "21350", "陈一", "六年级1班"),
    )
    found = take(town, workbook(tmp_path / "二.xlsx", (header, *rows)))
    assert (found["added"], found["unchanged"], found["new_schools"]) == (2, 1, ["乙小学"])
    assert "10位" in found["warnings"][0]["reason"]
    units = "SELECT name, code FROM unit WHERE level = '学校' AND withdrawn_on IS NULL ORDER BY name"
    both = [{"name": "乙小学", "code": ""}, {"name": "甲小学", "code": "2135000123"}]
    assert rows_of(town, units) == both
    town("roster", "undo", made["run"])
    assert [row[:2] for row in places(town)] == [("许新来", "甲小学"), ("陈一", "乙小学")]
    assert rows_of(town, units) == both
    town("roster", "undo", found["run"])
    assert rows_of(town, units) == [{"name": "甲小学", "code": ""}]


def test_a_run_belongs_to_the_school_it_was_for(town: Cli, tmp_path: Path) -> None:
    take(town, plain(tmp_path / "一.xlsx", ("许小木", "六年级1班")), "--school", "甲小学")
    header = ("学校名称", "姓名", "班级")
    rows = (("甲小学", "许小木", "六年级1班"), ("乙小学", "陈一", "六年级1班"))
    take(town, workbook(tmp_path / "二.xlsx", (header, *rows)))
    sql = "SELECT unit.name AS name FROM import_run JOIN unit ON unit.id = unit_id ORDER BY first_seq"
    assert [row["name"] for row in rows_of(town, sql)] == ["甲小学", "湖美乡"]


def test_a_school_of_five_grades_has_no_sixth_and_graduates_its_fifth(school: Cli, tmp_path: Path) -> None:
    """六年级 of a 五年制 school is 初中; a class of 五年级 of 2026 has finished on 1 September 2027."""
    assert school("class", "years", "5") == {"school": SCHOOL, "years": 5}
    header = ("姓名", "性别", "出生日期", "身份证件号", "班级", "现住址", "所在村", "家长姓名", "联系电话")
    rows = [child_row(80, "周一鸣", "五年级1班"), child_row(81, "吴晓", "六年级3班")]
    take(school, workbook(tmp_path / "名册.xlsx", (header, *rows)))
    later = school.on("2027-09-01")
    states = {row["class"]: row["state"] for row in later("class", "list")}
    assert states["2027届五年级1班"] == "毕业待确认"
    assert states["七年级3班"] == ""


def test_the_years_of_a_school_below_hold_for_its_roster(town: Cli, tmp_path: Path) -> None:
    take(town, titled(tmp_path / "甲.xlsx", "甲小学名册", "陈一"), "--school", "甲小学")
    assert "甲小学" in town.refused("class", "years", "5")
    assert town("class", "years", "5", "--school", "甲小学") == {"school": "甲小学", "years": 5}
    take(
        town, titled(tmp_path / "甲2.xlsx", "名册", "林二", group="六年级1班", first=4), "--school", "甲小学"
    )
    stages = rows_of(town, "SELECT stage, entry_year FROM class_group ORDER BY stage")
    assert [tuple(row.values()) for row in stages] == [("初中", 2026), ("小学", 2022)]
