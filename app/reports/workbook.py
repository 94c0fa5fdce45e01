"""A table as a sheet that an office hands in: title, unit and date, header on every page, borders, A4."""

import re
from collections.abc import Sequence
from datetime import date
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app.domain.dates import day_words
from app.domain.office_table import OfficeTable, TableColumn, Value

LONGEST_TEXT = 32_767  # characters a cell of a workbook holds
LONGEST_NAME = 31  # characters of a sheet's name
HEAD = 3  # the row of the header: below the title and the unit
A4, CM = 9, 1 / 2.54
_LINE = Side("thin", "808080")
_BOX = Border(_LINE, _LINE, _LINE, _LINE)
_GREY = PatternFill("solid", fgColor="E8ECEF")
_BEYOND_NAMES = re.compile(r"[\[\]:*?/\\]")


def workbook_of(tables: Sequence[OfficeTable]) -> bytes:
    """The workbook: a sheet a table, and one more for the guide of a form."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        page = book.create_sheet(_sheet_name(table.about or table.title, book.sheetnames))
        _fill(page, table)
        _set_up(page, table)
        if table.guide:
            _guide(book.create_sheet("填写说明"), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Worksheet, table: OfficeTable) -> None:
    width = len(table.columns)
    _put(page.cell(1, 1), table.heading)
    page.cell(1, 1).font = Font(size=16, bold=True)
    page.cell(1, 1).alignment = Alignment("center", "center")
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    page.row_dimensions[1].height = 30
    _put(page.cell(2, 1), f"单位：{table.unit}　　{day_words(table.day)}")
    page.merge_cells(start_row=2, start_column=1, end_row=2, end_column=width)
    for place, column in enumerate(table.columns, 1):
        cell = page.cell(HEAD, place)
        _put(cell, column.heading)
        cell.font, cell.fill, cell.border = Font(bold=True), _GREY, _BOX
        cell.alignment = Alignment("center", "center", wrap_text=True)
        page.column_dimensions[get_column_letter(place)].width = column.width * 2 + 1
    for number, row in enumerate(table.rows, HEAD + 1):
        for place, (column, value) in enumerate(zip(table.columns, row, strict=True), 1):
            _body(page.cell(number, place), column, value)
    for number, note in enumerate(table.notes, HEAD + len(table.rows) + 1):
        _put(page.cell(number, 1), note)
        page.merge_cells(start_row=number, start_column=1, end_row=number, end_column=width)


def _body(cell: Cell | MergedCell, column: TableColumn, value: Value) -> None:
    _put(cell, value)
    cell.border = _BOX
    cell.alignment = Alignment("center" if column.centred else "left", "center", wrap_text=True)


def _put(cell: Cell | MergedCell, value: Value) -> None:
    """A text stays a text, also where it begins like a formula and also once somebody types in its cell."""
    assert isinstance(cell, Cell)  # cells are merged only once they are filled
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_TEXT] or None
        cell.number_format = "@"
        if cell.value:
            cell.data_type = "s"
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"


def _set_up(page: Worksheet, table: OfficeTable) -> None:
    """Whole columns on A4, the header again on every page, numbered pages; the header stays in sight on the screen."""
    last_row = HEAD + len(table.rows) + len(table.notes)
    last = get_column_letter(len(table.columns))
    page.print_area = f"A1:{last}{last_row}"
    page.print_title_rows = f"{HEAD}:{HEAD}"
    page.freeze_panes = f"A{HEAD + 1}"
    page.page_setup.paperSize = A4
    page.page_setup.orientation = "portrait" if table.upright else "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 1.2 * CM
    page.page_margins.top = page.page_margins.bottom = 1.5 * CM
    page.print_options.horizontalCentered = True
    assert page.oddFooter is not None  # every new sheet has one
    page.oddFooter.center.text = "第&P页　共&N页"
    for place, column in enumerate(table.columns, 1):
        if column.choices and table.rows:
            offered = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            letter = get_column_letter(place)
            offered.add(f"{letter}{HEAD + 1}:{letter}{HEAD + len(table.rows)}")
            page.add_data_validation(offered)


def _guide(page: Worksheet, table: OfficeTable) -> None:
    page.column_dimensions["A"].width = 90
    for number, sentence in enumerate(table.guide, 1):
        _put(page.cell(number, 1), sentence)
        page.cell(number, 1).alignment = Alignment(wrap_text=True, vertical="top")


def _sheet_name(wanted: str, taken: Sequence[str]) -> str:
    """A name that a workbook allows and no other sheet has."""
    plain = _BEYOND_NAMES.sub("_", wanted).strip("'") or "表"
    name, again = plain[:LONGEST_NAME], 1
    while name.casefold() in {one.casefold() for one in taken}:
        again += 1
        name = f"{plain[: LONGEST_NAME - 4]}({again})"
    return name
