"""A table as a sheet: what its cells hold, and what an office needs to print and hand it in."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.office_table import OfficeTable, TableColumn, Value
from app.reports.workbook import workbook_of

DAY = date(2026, 9, 21)
COLUMNS = (
    TableColumn("姓名", 5),
    TableColumn("天数", 3, centred=True),
    TableColumn("性别", 3, choices=("男", "女")),
)


def table(*rows: tuple[Value, ...], **more: Any) -> OfficeTable:
    fixed: dict[str, Any] = {"title": "学生名单", "unit": "湖美乡中心小学", "day": DAY, "columns": COLUMNS}
    return OfficeTable(**fixed | {"rows": rows} | more)


def sheet(*tables: OfficeTable) -> Worksheet:
    return load_workbook(BytesIO(workbook_of(tables))).worksheets[0]


@pytest.mark.parametrize("text", ["=1+1", "+86 1390000", "-3", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1"])
def test_a_text_like_a_formula_stays_a_text(text: str) -> None:
    cell = sheet(table((text, 1, "")))["A4"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


def test_numbers_and_dates_can_be_reckoned_with() -> None:
    page = sheet(table(("陈小满", 1.5, ""), ("林一帆", 2, ""), columns=COLUMNS))
    assert (page["B4"].value, page["B5"].value) == (1.5, 2)
    page = sheet(table((date(2015, 3, 1), 1, "")))
    assert (page["A4"].value.date(), page["A4"].number_format) == (date(2015, 3, 1), "yyyy-mm-dd")


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    page = sheet(table(("陈\x00小\x1f满" + "长" * 40_000, 1, "")))
    assert page["A4"].value == ("陈小满" + "长" * 40_000)[:32_767]


def test_the_sheet_is_laid_out_as_an_office_hands_it_in() -> None:
    page = sheet(table(("陈小满", 1, "女"), about="五年级2班", notes=("共1行。",)))
    assert page["A1"].value == "五年级2班学生名单"
    assert page["A2"].value == "单位：湖美乡中心小学　　2026年9月21日"
    assert [cell.value for cell in page[3]] == ["姓名", "天数", "性别"]
    assert page["A5"].value == "共1行。"
    assert {str(one) for one in page.merged_cells.ranges} == {"A1:C1", "A2:C2", "A5:C5"}
    boxed = [page.cell(row, column).border.top.style for row in (3, 4) for column in (1, 2, 3)]
    assert boxed == ["thin"] * 6
    assert page.column_dimensions["A"].width == 11


def test_every_page_is_a4_with_the_header_again() -> None:
    page = sheet(table(("陈小满", 1, "女"), notes=("共1行。",)))
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert (page.print_title_rows, page.print_area) == ("$3:$3", "'学生名单'!$A$1:$C$5")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.freeze_panes == "A4"
    assert sheet(table(upright=True)).page_setup.orientation == "portrait"


def test_two_tables_are_two_sheets_with_names_of_their_own() -> None:
    made = [table(about="五年级2班/上午[一]"), table(about="五年级2班/上午[一]"), table(about="长" * 40)]
    names = load_workbook(BytesIO(workbook_of(made))).sheetnames
    assert names == ["五年级2班_上午_一_", "五年级2班_上午_一_(2)", "长" * 31]


def test_an_empty_form_keeps_numbers_as_text_and_offers_the_words() -> None:
    book = load_workbook(BytesIO(workbook_of([table(("", "", ""), guide=("一行填一名学生。",))])))
    page, guide = book.worksheets
    assert (page["A4"].value, page["A4"].number_format) == (None, "@")
    (offered,) = page.data_validations.dataValidation
    assert (str(offered.sqref), offered.formula1) == ("C4", '"男,女"')
    assert (guide.title, guide["A1"].value) == ("填写说明", "一行填一名学生。")
