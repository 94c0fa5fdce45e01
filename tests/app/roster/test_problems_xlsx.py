"""The refused rows written back with their reasons."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from app.errors import EnvironmentProblem
from app.roster.problems_xlsx import write_problems
from app.roster.roster_file import read_roster
from tests.helpers.sheets import workbook

DATA = Path(__file__).parents[2] / "data" / "rosters"
TODAY = date(2026, 11, 22)


def test_every_refused_row_stands_beside_its_reason_with_the_cell_marked(tmp_path: Path) -> None:
    problems = read_roster(DATA / "坏行.xlsx", TODAY).rejected
    write_problems(DATA / "坏行.xlsx", problems, tmp_path / "问题.xlsx")
    page = load_workbook(tmp_path / "问题.xlsx")["名单"]
    assert [cell.value for cell in page[1]][:5] == ["原行号", "原单元格", "原因和办法", "姓名", "性别"]
    assert page.max_row == len(problems) + 1
    assert (page["A2"].value, page["B2"].value) == (4, "D4")
    assert page["G2"].value == "350425201503010018"
    assert page["G2"].comment is not None and "校验位" in page["G2"].comment.text
    assert list(tmp_path.iterdir()) == [tmp_path / "问题.xlsx"]


def test_the_written_rows_can_be_read_again(tmp_path: Path) -> None:
    before = read_roster(DATA / "坏行.xlsx", TODAY).rejected
    write_problems(DATA / "坏行.xlsx", before, tmp_path / "问题.xlsx")
    after = read_roster(tmp_path / "问题.xlsx", TODAY)
    assert len(after.rejected) >= len(before) - 2  # the two that repeat a row of the whole file do so no more
    assert after.partial
    assert "原因和办法" not in (*after.unused_headers, *after.headers)


def test_a_text_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    (tmp_path / "a[b].csv").write_text("姓名,班级,备注\n张三,红星班,=1+1\n", encoding="utf-8")
    problems = read_roster(tmp_path / "a[b].csv", TODAY).rejected
    write_problems(tmp_path / "a[b].csv", problems, tmp_path / "问题.xlsx")
    page = load_workbook(tmp_path / "问题.xlsx")["a_b_"]
    assert (page["F2"].value, page["F2"].data_type) == ("=1+1", "s")


def test_no_problems_make_a_file_that_says_so(tmp_path: Path) -> None:
    write_problems(DATA / "名单GBK.csv", [], tmp_path / "问题.xlsx")
    assert load_workbook(tmp_path / "问题.xlsx").sheetnames == ["没有问题"]


def test_a_disk_that_does_not_take_the_file_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Workbook, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Workbook, "save", full)
    with pytest.raises(EnvironmentProblem, match="换一个能写入的文件夹"):
        write_problems(DATA / "名单GBK.csv", [], tmp_path / "问题.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_rows_whose_class_stood_in_the_title_keep_it(tmp_path: Path) -> None:
    lines = (("五年级2班名册", ""), ("姓名", "出生日期"), ("林一帆", "2015-02-30"))
    workbook(tmp_path / "名册.xlsx", lines)
    write_problems(
        tmp_path / "名册.xlsx", read_roster(tmp_path / "名册.xlsx", TODAY).rejected, tmp_path / "问题.xlsx"
    )
    mended = load_workbook(tmp_path / "问题.xlsx")
    mended.worksheets[0]["E3"] = "2015-02-28"
    mended.save(tmp_path / "问题.xlsx")
    (row,) = read_roster(tmp_path / "问题.xlsx", TODAY).rows
    assert (row.name, row.class_name.number) == ("林一帆", 2)


def test_a_whole_roster_is_no_part() -> None:
    assert not read_roster(DATA / "坏行.xlsx", TODAY).partial
