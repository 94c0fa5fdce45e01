"""Files of every kind, whole and broken (issue sections 3 and 9)."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.errors import EnvironmentProblem, UserError
from app.roster import reading
from app.roster.html_table import html_tables
from app.roster.workbook import read_workbook

DATA = Path(__file__).parents[2] / "data" / "rosters"


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "sheets", "rows"),
    [
        ("学籍模板.xlsx", 1, 45),
        ("查询导出.xls", 1, 43),
        ("名单GBK.csv", 1, 37),
        ("名单BOM.csv", 1, 37),
        ("名单UTF16.txt", 1, 37),
        ("学籍导出文本.xls", 1, 37),
        ("网页导出.xls", 1, 38),
        ("分班名册.xlsx", 4, 7),
    ],
)
def test_every_kind_of_file_is_read_by_its_content(name: str, sheets: int, rows: int) -> None:
    read = read_workbook(DATA / name)
    assert (len(read), len(read[0].rows), read[0].first_row) == (sheets, rows, 1)


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("截断.xlsx", "损坏"),
        ("截断.xls", "损坏"),
        ("空.csv", "空的"),
        ("加密.xls", "密码"),
        ("加密.xlsx", "密码"),
        ("没有.xlsx", "找不到"),
        (".", "文件夹"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(name: str, word: str) -> None:
    with pytest.raises(UserError, match=word) as refused:
        read_workbook(DATA / name)
    assert refused.value.sentence.endswith("。")
    assert "\n" not in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (bytes(range(256)) * 4, "不是表格文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "不是表格文件"),
        (b" \r\n ", "空的"),
        (b",,\r\n,,\r\n", "没有内容"),
        (b"<?xml version='1.0'?><Workbook/>", "另存为 .xlsx"),
        (b"PK\x03\x04" + bytes(50), "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "损坏"),
    ],
)
def test_other_content_is_refused_whatever_the_name(tmp_path: Path, content: bytes, word: str) -> None:
    for name in ("a.xlsx", "a.xls", "a.csv"):
        with pytest.raises(UserError, match=word):
            read_workbook(written(tmp_path, name, content))


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UserError, match="不是表格文件"):
        read_workbook(path)


def test_a_cell_at_the_far_end_is_refused_before_it_takes_the_memory(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "姓名"
    book.worksheets[0]["BH1048576"] = " "
    book.save(tmp_path / "远.xlsx")
    with pytest.raises(UserError, match="BH1048576"):
        read_workbook(tmp_path / "远.xlsx")


def test_formatted_empty_cells_at_the_far_end_do_no_harm(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "姓名"
    book.worksheets[0]["Z900000"].number_format = "@"
    book.save(tmp_path / "格式.xlsx")
    assert read_workbook(tmp_path / "格式.xlsx")[0].rows == [["姓名"]]


def test_a_file_that_unpacks_into_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MAX_UNPACKED_BYTES", 1000)
    with pytest.raises(UserError, match="太大"):
        reading.sheets_of(DATA / "坏行.xlsx")
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 1000)
    with pytest.raises(UserError, match="50 MB"):
        reading.sheets_of(DATA / "坏行.xlsx")


def test_a_file_the_disk_does_not_give_is_the_environments_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, "名单.csv", b"x")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(EnvironmentProblem, match="关闭正在打开它的程序"):
        reading.sheets_of(path)


def test_a_merged_cell_counts_for_every_cell_it_covers(tmp_path: Path) -> None:
    book = Workbook()
    page = book.worksheets[0]
    page["A1"] = "题"
    page.merge_cells("A1:C1")
    page["A2"], page["B2"], page["B3"] = "五年级2班", "张三", "李四"
    page.merge_cells("A2:A3")
    book.save(tmp_path / "合并.xlsx")
    rows = read_workbook(tmp_path / "合并.xlsx")[0].rows
    assert rows == [["题", "题", "题"], ["五年级2班", "张三"], ["五年级2班", "李四"]]


def test_hidden_sheets_are_not_read(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "看得见"
    hidden = book.create_sheet("旧名单")
    hidden["A1"] = "看不见"
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "隐藏.xlsx")
    assert [sheet.name for sheet in read_workbook(tmp_path / "隐藏.xlsx")] == ["Sheet"]


def test_dates_and_numbers_keep_their_types(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append([date(2015, 3, 1), datetime(2015, 3, 1, 8), 3, 2.5, True, "007"])  # noqa: DTZ001 -- a sheet has no zones
    book.save(tmp_path / "型.xlsx")
    cells = read_workbook(tmp_path / "型.xlsx")[0].rows[0]
    assert cells[0] == date(2015, 3, 1)
    assert cells[2:] == [3.0, 2.5, True, "007"]


def test_rows_of_a_text_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = written(tmp_path, "名单.csv", '姓名,备注\n\n张三,"两\n行"\n李四,x\n'.encode())
    rows = read_workbook(path)[0].rows
    assert rows[1] == []
    assert rows[2] == ["张三", "两\n行"]
    assert rows[3] == ["李四", "x"]


def test_a_text_with_an_endless_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="损坏"):
        read_workbook(written(tmp_path, "名单.csv", b'a,"' + b"x" * 200_000))


def test_a_semicolon_can_separate_too(tmp_path: Path) -> None:
    path = written(tmp_path, "名单.csv", "姓名;班级\n张三;五年级2班\n".encode())
    assert read_workbook(path)[0].rows[1] == ["张三", "五年级2班"]


def test_html_spans_repeat_their_text() -> None:
    text = (
        "<TABLE><tr><th rowspan=2>姓名<th colspan=2>成员1</tr><tr><td>姓名</td><td>电<br>话</td></tr></TABLE>"
    )
    assert html_tables(text) == [[["姓名", "成员1", "成员1"], ["姓名", "姓名", "电\n话"]]]


def test_broken_html_does_not_stop_the_reader() -> None:
    assert html_tables("<td>x</td><table></table><table><tr><td colspan=99999999>x<tr><td rowspan=x>y") == [
        [["x"] * 200, ["y"]]
    ]
