"""The refused rows as a workbook: the reason beside the row, the faulty cell coloured, ready to be mended.

The mended workbook can be imported as it is: the columns put in front have headers that no field uses, and by them the
reader knows that it holds only a part of the children.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from app.errors import EnvironmentProblem, os_words
from app.roster.fields import CLASS
from app.roster.headers import ByHand, Header, find_header
from app.roster.model import PROBLEM_COLUMNS, Problem
from app.roster.reading import Cell, Sheet
from app.roster.workbook import read_workbook

_FAULTY = PatternFill("solid", fgColor="FFF2CC")


def write_problems(
    source: Path, problems: Sequence[Problem], target: Path, *, by_hand: ByHand | None = None
) -> None:
    """Write the rows of the roster `source` that `problems` name to the .xlsx `target`, sheet by sheet.

    `by_hand` is what the roster was read with. The file is written beside its place and moved there, so that
    a failure leaves nothing half done. EnvironmentProblem if the disk does not take it.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in read_workbook(source):
        own = [problem for problem in problems if problem.sheet == sheet.name]
        if own:
            header = find_header(sheet, by_hand or ByHand())
            _write_sheet(book.create_sheet(_title(sheet.name)), header, sheet, own)
    if not book.worksheets:
        book.create_sheet("没有问题")
    _save(book, target)


def _title(name: str) -> str:
    """A sheet name that a workbook allows; the name of a csv file may hold more."""
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31]


def _write_sheet(page: Worksheet, header: Header | None, sheet: Sheet, problems: Iterable[Problem]) -> None:
    if header and CLASS not in header.columns:
        for line in sheet.rows[: header.top]:  # the class stands in the title
            _append(page, ["", "", "", *line])
    for line in sheet.rows[header.top : header.below] if header else [[]]:
        _append(page, [*PROBLEM_COLUMNS, *line])
    for problem in problems:
        row = sheet.rows[problem.row - sheet.first_row]
        _append(page, [problem.row, problem.cell, problem.reason, *row])
        letters = problem.cell.rstrip("0123456789")
        index = sum(26**place * (ord(letter) - 64) for place, letter in enumerate(reversed(letters)))
        faulty = page.cell(page.max_row, len(PROBLEM_COLUMNS) + index)
        faulty.fill = _FAULTY
        faulty.comment = Comment(problem.reason, "归学")
    page.column_dimensions["C"].width = 60


def _append(page: Worksheet, values: Iterable[Cell]) -> None:
    """Add a row; texts stay texts, also those that begin like a formula."""
    row = page.max_row + 1 if page.cell(1, 1).value is not None else 1
    for column, value in enumerate(values, start=1):
        cell = page.cell(row, column)
        if isinstance(value, str):
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
            cell.data_type = "s"
            cell.number_format = "@"
        else:
            cell.value = str(value) if isinstance(value, timedelta) else value


def _save(book: Workbook, target: Path) -> None:
    partial = target.with_name(target.name + ".part")
    try:
        book.save(partial)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise EnvironmentProblem(
            f"写不了文件“{target.name}”({os_words(error)})，请关闭正在打开它的程序，或换一个能写入的文件夹再试。"
        ) from error
