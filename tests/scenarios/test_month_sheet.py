"""Attendance from a month sheet in Excel: what is recorded, what is asked about, what is left out, and the undo.

14 to 18 September 2026 are Monday to Friday; the 19th is a Saturday without school, the 20th is taught by the notice
of the State Council for 2026.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers.cli import NAMES, Cli
from tests.helpers.sheets import workbook

DAYS = (14, 15, 16, 17, 18)
TITLE = "五年级2班2026年9月考勤表"


def sheet(
    path: Path,
    marks: Mapping[str, Sequence[object]],
    *,
    title: str = TITLE,
    days: Sequence[object] = DAYS,
    names: Sequence[str] = NAMES,
    rest: object = "√",
) -> Path:
    """An attendance sheet of five days: `marks` by name, everybody else `rest` on each of them."""
    rows = [[n, name, *marks.get(name, [rest] * len(days))] for n, name in enumerate(names, 1)]
    return workbook(path, [[title], ["序号", "姓名", *days], *rows])


def imported(cli: Cli, file: Path, *more: str) -> Any:
    return cli.on("2026-09-21")("roll", "import", str(file), *more)


def missed(cli: Cli, name: str) -> Any:
    return cli.on("2026-09-18")("streak", "--student", name)["dates"]


def test_a_sheet_is_previewed_and_then_recorded_day_by_day(school: Cli, tmp_path: Path) -> None:
    file = sheet(tmp_path / "9月.xlsx", {"陈小满": ["旷", "旷", "√", "病", "上旷"]})
    before = school.position()
    preview = imported(school, file, "--preview")
    assert school.position() == before
    assert (preview["run"], preview["month"], preview["classes"]) == (None, "2026年9月", ["五年级2班"])
    assert (preview["added"], preview["changed"], preview["unchanged"]) == (5, 0, 0)
    assert [(one["date"], one["marks"]) for one in preview["days"]] == [
        ("2026-09-14", ["陈小满旷课"]),
        ("2026-09-15", ["陈小满旷课"]),
        ("2026-09-16", []),
        ("2026-09-17", ["陈小满病假"]),
        ("2026-09-18", ["陈小满上午旷课"]),
    ]
    done = imported(school, file)
    assert done["run"]
    assert done["rejected"] == []
    assert school.on("2026-09-18")("roll", "missing", "--from", "2026-09-14", "--to", "2026-09-18") == [
        {"class": "六年级1班", "date": f"2026-09-{day}"} for day in DAYS
    ]
    assert missed(school, "陈小满") == ["2026-09-18"]


def test_three_days_of_absence_open_the_case_and_the_undo_takes_it_back(school: Cli, tmp_path: Path) -> None:
    file = sheet(tmp_path / "9月.xlsx", {"陈小满": ["√", "√", "旷", "旷", "旷"]})
    done = imported(school, file)
    (no,) = done["cases"]
    assert school.on("2026-09-21").cases()[0]["no"] == no
    office = school.on("2026-09-21")
    undone = office("roll", "undo", done["run"])
    assert undone["kept"] == []
    assert missed(school, "陈小满") == []
    left = office("roll", "missing", "--from", "2026-09-14", "--to", "2026-09-18")
    assert [one["date"] for one in left if one["class"] == "五年级2班"] == [f"2026-09-{day}" for day in DAYS]
    assert "已经撤销过" in office.refused("roll", "undo", done["run"])


def test_the_same_sheet_again_changes_nothing_and_a_mended_one_only_its_day(
    school: Cli, tmp_path: Path
) -> None:
    imported(school, sheet(tmp_path / "a.xlsx", {"陈小满": ["旷", "√", "√", "√", "√"]}))
    before = school.position()
    again = imported(school, sheet(tmp_path / "b.xlsx", {"陈小满": ["旷", "√", "√", "√", "√"]}))
    assert (again["run"], again["unchanged"], again["days"]) == (None, 5, [])
    assert school.position() == before
    mended = imported(school, sheet(tmp_path / "c.xlsx", {"陈小满": ["病假", "√", "√", "√", "√"]}))
    assert (mended["added"], mended["changed"], mended["unchanged"]) == (0, 1, 4)
    assert mended["days"] == [
        {"class": "五年级2班", "date": "2026-09-14", "marks": ["陈小满病假"], "was": ["陈小满旷课"]}
    ]
    office = school.on("2026-09-21")
    office("roll", "undo", mended["run"])
    assert imported(school, tmp_path / "a.xlsx", "--preview")["unchanged"] == 5  # the first sheet holds again


def test_an_import_called_again_by_hand_is_not_undone(school: Cli, tmp_path: Path) -> None:
    done = imported(school, sheet(tmp_path / "a.xlsx", {"陈小满": ["旷", "√", "√", "√", "√"]}))
    school.roll("2026-09-14", "林一帆=旷课")
    assert "9月14日" in school.on("2026-09-21").refused("roll", "undo", done["run"])


def test_an_empty_day_is_no_roll(school: Cli, tmp_path: Path) -> None:
    """Nobody in the column: whether all were there, or nobody looked, is not known."""
    marks = {name: ["√", "", "√", "○", "√"] for name in NAMES}
    preview = imported(school, sheet(tmp_path / "a.xlsx", marks), "--preview")
    assert preview["added"] == 3
    assert preview["not_called"] == ["2026-09-15", "2026-09-17"]
    school.roll("2026-09-15")
    assert imported(school, tmp_path / "a.xlsx", "--preview")["not_called"] == ["2026-09-17"]


def test_where_only_absences_are_written_a_blank_is_in_school(school: Cli, tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", {"陈小满": ["旷", "", "", "", ""]}, rest="")
    preview = imported(school, file, "--preview")
    assert [(one["date"], one["marks"]) for one in preview["days"]] == [("2026-09-14", ["陈小满旷课"])]
    assert len(preview["not_called"]) == 4
    assert preview["rejected"] == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("×", "看不出"),
        ("旷半天", "上午还是下午"),
        (1, "数字"),
        ("上旷下病", "两种"),
        ("", "没有填"),
        ("假", "看不出"),
    ],
)
def test_a_cell_that_cannot_be_told_leaves_out_its_day_and_is_named(
    school: Cli, tmp_path: Path, cell: object, said: str
) -> None:
    file = sheet(tmp_path / "a.xlsx", {"林一帆": ["√", cell, "√", "√", "√"]})
    done = imported(school, file)
    assert [one["date"] for one in done["days"]] == [f"2026-09-{day}" for day in (14, 16, 17, 18)]
    (problem,) = done["rejected"]
    assert (problem["cell"], problem["row"]) == ("D4", 4)
    assert said in problem["reason"]


def test_numbers_mean_what_the_sheet_says(school: Cli, tmp_path: Path) -> None:
    marks = {name: [0, 0, 0, 0, 0] for name in NAMES} | {"陈小满": [1, 2, 3, 0, 0]}
    file = sheet(tmp_path / "a.xlsx", marks, title=f"{TITLE}（0到校 1旷课 2病假 3事假）")
    preview = imported(school, file, "--preview")
    assert [one["marks"] for one in preview["days"]] == [
        ["陈小满旷课"],
        ["陈小满病假"],
        ["陈小满事假"],
        [],
        [],
    ]
    unsaid = imported(school, sheet(tmp_path / "b.xlsx", marks), "--preview")
    assert unsaid["days"] == []
    assert "0到校 1旷课" in unsaid["rejected"][0]["reason"]


def test_a_wrong_name_and_the_child_it_hides_are_both_named(school: Cli, tmp_path: Path) -> None:
    """Whoever has no line would otherwise count as in school."""
    names = ["陈小满", "林一凡", *NAMES[2:]]
    done = imported(school, sheet(tmp_path / "a.xlsx", {"林一凡": ["旷"] * 5}, names=names))
    assert (done["run"], done["days"]) == (None, [])
    wrong, lacking = done["rejected"]
    assert (wrong["cell"], "是不是“林一帆”" in wrong["reason"]) == ("B4", True)
    assert "没有“林一帆”" in lacking["reason"]


def test_a_line_of_somebody_else_is_named_and_the_days_are_recorded(school: Cli, tmp_path: Path) -> None:
    done = imported(school, sheet(tmp_path / "a.xlsx", {}, names=[*NAMES, "高山青"]))
    assert done["added"] == 5
    assert "没有学生“高山青”" in done["rejected"][0]["reason"]


def test_days_without_school_and_days_to_come_are_not_recorded(school: Cli, tmp_path: Path) -> None:
    days = (18, 19, 20, 21, 22)
    file = sheet(tmp_path / "a.xlsx", {}, days=days)
    done = imported(school, file)
    assert [one["date"] for one in done["days"]] == ["2026-09-18", "2026-09-20", "2026-09-21"]
    reasons = [one["reason"] for one in done["rejected"]]
    assert "9月19日不是上课日" in reasons[0]
    assert "9月22日还没有到" in reasons[1]
    empty = sheet(tmp_path / "b.xlsx", {name: ["√", "休", "√", "√", ""] for name in NAMES}, days=days)
    assert imported(school, empty, "--preview")["rejected"] == []


def test_leave_that_is_recorded_is_not_said_twice(school: Cli, tmp_path: Path) -> None:
    office = school.on("2026-09-18")
    office("leave", "add", "--student", "林一帆", "--from", "2026-09-14", "--to", "2026-09-15", "--kind", "病假",
           "--approver", "班主任")  # fmt: skip
    file = sheet(tmp_path / "a.xlsx", {"林一帆": ["病", "旷", "√", "√", "√"]})
    preview = imported(school, file, "--preview")
    assert [one["marks"] for one in preview["days"]][:2] == [[], ["林一帆旷课"]]
    (doubt,) = preview["warnings"]
    assert "9月15日请了病假" in doubt["reason"]


def test_class_and_month_are_asked_for_where_no_title_says_them(school: Cli, tmp_path: Path) -> None:
    file = sheet(tmp_path / "a.xlsx", {}, title="考勤表")
    office = school.on("2026-09-21")
    assert "--class" in office.refused("roll", "import", str(file))
    assert "--month" in office.refused("roll", "import", str(file), "--class", "五年级2班")
    done = imported(school, file, "--class", "五年级2班", "--month", "2026-09", "--preview")
    assert done["added"] == 5
    assert "没有认出考勤表" in office.refused(
        "roll", "import", str(workbook(tmp_path / "b.xlsx", [["姓名", "班级"]]))
    )
    assert "名册里没有" in office.refused(
        "roll", "import", str(sheet(tmp_path / "c.xlsx", {}, title="四年级3班2026年9月"))
    )
    assert "找不到" in office.refused("roll", "import", str(tmp_path / "没有.xlsx"))


def test_the_month_that_was_written_out_comes_back_unchanged(school: Cli, tmp_path: Path) -> None:
    """The sheet of another PC of the school, or of last week: nothing is recorded twice."""
    school.roll("2026-09-14", "陈小满=旷课", "周晓航=事假")
    school.roll("2026-09-15", "陈小满=旷课:上午")
    school.roll("2026-09-16")
    office = school.on("2026-09-21")
    file = tmp_path / "9月.xlsx"
    office("export", "roll", "--class", "五年级2班", "--month", "2026-09", "--out", str(file))
    preview = imported(school, file, "--preview")
    assert (preview["unchanged"], preview["days"], preview["rejected"]) == (3, [], [])
    book = load_workbook(file)
    page = book.worksheets[0]
    column = next(cell.column for cell in page[3] if str(cell.value).startswith("17"))
    for row in range(4, 10):
        page.cell(row, column).value = "√"
    book.save(file)
    assert [one["date"] for one in imported(school, file)["days"]] == ["2026-09-17"]
