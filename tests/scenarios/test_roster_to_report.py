"""The main job: from the roster file a county sends to the printed 疑似辍学学生报告单."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.helpers import ROOT
from tests.helpers.cli import (
    COUNTY,
    SCHOOL,
    TOWNSHIP,
    Cli,
    cheap_keys,
    child_row,
    paper_words,
    simple_pages,
    usual_rows,
    write_roster,
)
from tests.helpers.offices import own_office

ROSTERS = ROOT / "tests" / "data" / "rosters"
TEMPLATE = str(ROSTERS / "学籍模板.xlsx")


@pytest.fixture(scope="session")
def empty_school(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A school of the rosters' own name, with nobody in it."""
    cli = Cli(tmp_path_factory.mktemp("空校") / "data", "2026-09-01", simple_pages)
    with cheap_keys():
        cli("init", "--level", "school", "--name", f"{COUNTY}{SCHOOL}", "--county", COUNTY,
            "--township", TOWNSHIP, "--rules", "mengjin", "--operator", "陈老师")  # fmt: skip
    return cli


@pytest.fixture
def new_school(empty_school: Cli, tmp_path: Path) -> Cli:
    own_office(empty_school.data, tmp_path / "data")
    return Cli(tmp_path / "data", "2026-09-16", simple_pages)


def test_from_the_county_template_to_the_report_slip(new_school: Cli, tmp_path: Path) -> None:
    cli, out = new_school, tmp_path / "文书"
    preview = cli("roster", "import", TEMPLATE, "--preview")
    assert (preview["run"], preview["added"], preview["rejected"]) == (None, 36, [])
    assert cli("student", "list") == []

    assert cli("roster", "import", TEMPLATE)["added"] == 36
    for day in ("2026-09-17", "2026-09-18", "2026-09-20"):
        cli.roll(day, "陈小满=旷课", group="五年级1班")
    cli = cli.on("2026-09-21")
    assert cli.roll("2026-09-21", "陈小满=旷课", group="五年级1班")["present"] == 11
    (case,) = cli.cases()
    assert case["next_action"] == "填写疑似辍学学生报告单，报告乡镇"
    cli.contact(case["no"], "2026-09-20", "拒绝", "--cause", "厌学")

    missing = cli("doc", "missing", "报告单", "--case", case["no"])
    assert missing == ["村"]
    typed = ("--set", "报告对象=乡镇人民政府、教育行政部门", "--set", "村=上丰村")
    paper = cli("doc", "issue", "报告单", "--case", case["no"], *typed, "--out", str(out), "--pdf")
    assert paper["number"] == "疑辍报〔2026〕1号"
    assert (Path(paper["docx"]).parent, Path(paper["pdf"]).parent) == (out, out)
    words = paper_words(paper["docx"])
    for fact in ("陈小满", "厌学", "上丰村", f"{TOWNSHIP}人民政府", "2026年9月21日", "陈建国"):
        assert fact in words, fact
    assert "{{" not in words

    whole = cli.case(case["no"])
    assert whole["stage"] == "疑似辍学(已报告)"
    assert [one["number"] for one in whole["documents"]] == [paper["number"]]
    steps = [entry["what"] for entry in whole["timeline"]]
    assert [one for one in steps if one in {"立案", "学校家访", "报告单"}] == ["立案", "学校家访", "报告单"]


@pytest.mark.parametrize(
    "name",
    [
        "查询导出.xls",
        "名单GBK.csv",
        "名单BOM.csv",
        "学籍导出文本.xls",
        "名单UTF16.txt",
        "网页导出.xls",
        "分班名册.xlsx",
    ],
)
def test_the_same_children_come_in_from_every_kind_of_file(new_school: Cli, name: str) -> None:
    assert new_school("roster", "import", TEMPLATE)["added"] == 36
    again = new_school("roster", "import", str(ROSTERS / name), "--preview")
    assert (again["added"], again["rejected"], again["vanished"]) == (0, [], [])


@pytest.mark.parametrize(
    "name", ["学籍模板.xlsx", "查询导出.xls", "名单GBK.csv", "分班名册.xlsx", "网页导出.xls"]
)
def test_the_same_file_again_changes_nothing(new_school: Cli, name: str) -> None:
    first = new_school("roster", "import", str(ROSTERS / name))
    again = new_school("roster", "import", str(ROSTERS / name))
    assert (first["added"], again["added"], again["changed"], again["unchanged"]) == (36, 0, 0, 36)


def test_bad_rows_name_sheet_cell_and_reason_and_the_good_ones_come_in(new_school: Cli) -> None:
    found = new_school("roster", "import", str(ROSTERS / "坏行.xlsx"))
    assert found["added"] >= 2
    assert len(found["rejected"]) >= 12
    for row in found["rejected"]:
        assert set(row) == {"sheet", "row", "cell", "reason"}
        assert row["sheet"] == "名单"
        assert row["reason"]
    names = {child["name"] for child in new_school("student", "list")}
    assert {"好一", "好二"} <= names
    assert "校验" not in names


def test_a_preview_writes_nothing(school: Cli, tmp_path: Path) -> None:
    rows = [child_row(n, f"新生{n}", "五年级2班", born="2015-09-01") for n in range(3)]
    file = write_roster(tmp_path / "新.xlsx", rows)
    before = school.position()
    shown = school("roster", "import", str(file), "--preview")
    assert (shown["added"], len(shown["vanished"])) == (3, 6)
    assert school.position() == before
    assert len(school("student", "list")) == 8


def test_a_changed_phone_is_shown_field_by_field_and_written(school: Cli, tmp_path: Path) -> None:
    rows = usual_rows()
    rows[0][8] = "13911112222"
    file = str(write_roster(tmp_path / "改.xlsx", rows))
    shown = school("roster", "import", file, "--preview")
    (change,) = shown["changes"]
    assert change["name"] == "陈小满"
    assert change["fields"]["联系电话"] == ["13900000000", "13911112222"]
    assert (shown["changed"], shown["unchanged"]) == (1, 7)
    school("roster", "import", file)
    history = school("student", "history", "陈小满")
    cells = [pair for entry in history for column, pair in entry["changes"].items() if column == "phone"]
    assert ["13900000000", "13911112222"] in cells


def test_a_vanished_child_is_a_thing_to_do_and_never_deleted(school: Cli, tmp_path: Path) -> None:
    file = str(write_roster(tmp_path / "少一人.xlsx", usual_rows()[1:]))
    found = school("roster", "import", file)
    assert [one["name"] for one in found["vanished"]] == ["陈小满"]
    assert "陈小满" in {child["name"] for child in school("student", "list")}
    (task,) = [task for task in school("today") if task["student"] == "陈小满"]
    assert "新名册中没有该生" in task["what"]
    school("roster", "import", file)
    assert len([task for task in school("today") if task["student"] == "陈小满"]) == 1
    back = school("roster", "import", str(write_roster(tmp_path / "全.xlsx", usual_rows())))
    assert (back["added"], back["vanished"]) == (0, [])
    assert not [task for task in school("today") if task["student"] == "陈小满"]


def test_an_import_is_undone_as_one(school: Cli, tmp_path: Path) -> None:
    before = school("student", "list", "--full")
    rows = usual_rows()[1:]
    rows[0][8] = "13911112222"
    rows.append(child_row(40, "新来的", "四年级1班", born="2016-09-01"))
    run = school("roster", "import", str(write_roster(tmp_path / "改.xlsx", rows)))["run"]
    school("roster", "undo", run)
    assert school("student", "list", "--full") == before
    assert not [task for task in school("today") if "名册" in task["what"]]
    assert (
        school("roster", "import", str(write_roster(tmp_path / "原.xlsx", usual_rows())), "--preview")[
            "changed"
        ]
        == 0
    )
    assert "已经撤销" in school.refused("roster", "undo", run)


def test_the_first_import_is_undone_to_an_empty_school(new_school: Cli) -> None:
    run = new_school("roster", "import", TEMPLATE)["run"]
    new_school("roster", "undo", run)
    assert new_school("student", "list") == []
    assert "没有班级" in new_school.refused("roll", "take", "--class", "五年级1班", "--date", "2026-09-16")
    assert new_school("roster", "import", TEMPLATE)["added"] == 36


def test_an_import_is_not_undone_under_a_case(new_school: Cli) -> None:
    run = new_school("roster", "import", TEMPLATE)["run"]
    new_school("case", "open", "--student", "陈小满", "--trigger", "排查发现", "--date", "2026-09-16")
    assert "陈小满" in new_school.refused("roster", "undo", run)
    assert len(new_school("student", "list")) == 36


def test_a_value_corrected_since_outlives_the_undo(school: Cli, tmp_path: Path) -> None:
    rows = usual_rows()
    rows[0][8] = "13911112222"
    run = school("roster", "import", str(write_roster(tmp_path / "改.xlsx", rows)))["run"]
    school("student", "set", "陈小满", "联系电话=13933334444")
    kept = school("roster", "undo", run)["kept"]
    assert {one["field"] for one in kept} == {"phone"}
    assert school("student", "list", "--search", "13933334444")[0]["name"] == "陈小满"


def test_a_class_that_others_use_outlives_the_undo(new_school: Cli) -> None:
    run = new_school("roster", "import", TEMPLATE)["run"]
    new_school("student", "add", "--name", "手工生", "--class", "五年级1班")
    new_school("roster", "undo", run)
    assert [child["class"] for child in new_school("student", "list")] == ["五年级1班"]
    assert new_school.roll("2026-09-16", group="五年级1班")["expected"] == 1


def test_headers_nobody_knows_are_mapped_by_hand_and_remembered(school: Cli, tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["娃娃称呼", "所属班", "身份证件号"])
    page.append(["新来的", "五年级2班", child_row(40, "新", "")[3]])
    book.save(tmp_path / "怪.xlsx")
    file = str(tmp_path / "怪.xlsx")
    assert "姓名" in school.refused("roster", "import", file)
    mapped = ("--map", "姓名=娃娃称呼", "--map", "班级=所属班")
    assert school("roster", "import", file, *mapped)["added"] == 1
    again = school("roster", "import", file)
    assert (again["added"], again["unchanged"]) == (0, 1)


def test_a_csv_of_a_teacher_in_gbk_comes_in(school: Cli, tmp_path: Path) -> None:
    lines = StringIO()
    writer = csv.writer(lines)
    writer.writerow(["三班点名册"])
    writer.writerow(["学生姓名", "证件号码", "班级名称"])
    writer.writerow(["新来的", "'" + child_row(40, "新", "")[3], "五(2)班"])
    (tmp_path / "名单.csv").write_bytes(lines.getvalue().encode("gb18030"))
    found = school("roster", "import", str(tmp_path / "名单.csv"))
    assert (found["added"], found["rejected"]) == (1, [])
    (child,) = school("student", "list", "--search", "xld")
    assert (child["class"], child["gender"]) == ("五年级2班", "男")
