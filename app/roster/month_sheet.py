"""An attendance sheet of a month: a class by its title, children down, days of the month across."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.domain.school_year import ClassName
from app.domain.spelling import person_name
from app.errors import UserError
from app.roster.cells import cell_text
from app.roster.fields import field_of
from app.roster.headers import HEADER_WITHIN
from app.roster.month_entries import CellEntry, entry_of, number_meanings
from app.roster.reading import Cell, Sheet, column_letters
from app.roster.roster_file import class_above
from app.roster.workbook import read_workbook

LEAST_DAYS = 5  # day columns that make a header; a roster has none
NO_NAMES = frozenset({"合计", "总计", "小计", "人数", "备注", "班主任", "制表"})
_DAY = re.compile(r"([0-9]{1,2})[日号]?\s*[(（]?(?:周|星期)?[一二三四五六日天]?[)）]?")
_MONTH = re.compile(r"(20[0-9]{2})\s*[年./-]\s*(1[0-2]|0?[1-9])(?![0-9])")
_MONTH_ALONE = re.compile(r"(?<![0-9])(1[0-2]|0?[1-9])\s*月")


@dataclass(frozen=True)
class MonthLine:
    """A child of the sheet: its row from 1, its name with the address of the cell, and what each day says, with the
    address and the text of its cell."""

    row: int
    name: str
    cell: str
    days: dict[int, tuple[str, str, CellEntry]]


@dataclass(frozen=True)
class MonthSheet:
    """A sheet as read. `year` and `month` are what its title says (0: nothing), `class_name` likewise; `days` are the
    days it has a column for, `head` the address of their header."""

    sheet: str
    year: int
    month: int
    class_name: ClassName | None
    head_row: int
    days: tuple[int, ...]
    lines: tuple[MonthLine, ...]


def read_month_sheets(path: Path, today: date, primary_years: int) -> list[MonthSheet]:
    """Every attendance sheet of `path`. UserError where it cannot be read or holds none."""
    sheets = read_workbook(path)
    found = [made for sheet in sheets if (made := _read(sheet, today, primary_years))]
    if not found:
        raise UserError(
            f"文件“{path.name}”里没有认出考勤表：要有“姓名”一栏，旁边是1、2、3……日的各栏。"
            "请检查是否选对了文件，或照程序存出的考勤表来填。"
        )
    return found


def _read(sheet: Sheet, today: date, primary_years: int) -> MonthSheet | None:
    for top in range(min(len(sheet.rows), HEADER_WITHIN)):
        name = _name_column(sheet.rows[top])
        if name is None:
            continue
        for head in (top, top + 1):
            days = _day_columns(sheet.rows[head]) if head < len(sheet.rows) else {}
            if len(days) >= LEAST_DAYS:
                return _sheet(sheet, top, head, name, days, today, primary_years)
    return None


def _sheet(
    sheet: Sheet, top: int, head: int, name: int, days: dict[int, int], today: date, primary_years: int
) -> MonthSheet:
    title = [sheet.name, *dict.fromkeys(cell_text(cell) for row in sheet.rows[:top] for cell in row)]
    year, month = _month(title, today)
    as_of = date(year, month, 1) if month else today
    aside = [cell_text(row[0]) for row in sheet.rows[head + 1 :] if _is_note(row)]
    numbers = number_meanings([*title, *aside])
    lines = []
    for offset, row in enumerate(sheet.rows[head + 1 :], start=sheet.first_row + head + 1):
        called = person_name(cell_text(row[name])) if name < len(row) else ""
        if called and not _is_note(row) and called not in NO_NAMES and field_of(called) is None:
            entries = {day: _cell(row, place, offset, numbers) for day, place in days.items()}
            lines.append(MonthLine(offset, called, f"{column_letters(name)}{offset}", entries))
    class_name = class_above(sheet, top, as_of, primary_years)
    return MonthSheet(
        sheet.name, year, month, class_name, sheet.first_row + head, tuple(sorted(days)), tuple(lines)
    )


def _cell(
    row: Sequence[Cell], place: int, number: int, numbers: dict[str, str]
) -> tuple[str, str, CellEntry]:
    text = cell_text(row[place]) if place < len(row) else ""
    return f"{column_letters(place)}{number}", text, entry_of(text, numbers)


def _name_column(row: Sequence[Cell]) -> int | None:
    for place, cell in enumerate(row):
        found = field_of(cell) if isinstance(cell, str) else None
        if found and found[0] == "姓名":
            return place
    return None


def _day_columns(row: Sequence[Cell]) -> dict[int, int]:
    """Day of the month → its column; a second column of the same number is a sum or a serial number, not a day."""
    found: dict[int, int] = {}
    for place, cell in enumerate(row):
        if isinstance(cell, datetime | date):
            found.setdefault(cell.day, place)
        elif (said := _DAY.fullmatch(cell_text(cell))) and 1 <= int(said[1]) <= 31:
            found.setdefault(int(said[1]), place)
    return found


def _is_note(row: Sequence[Cell]) -> bool:
    """Whether a row is one sentence over merged cells: a legend, a signature."""
    return len({cell_text(cell) for cell in row}) == 1 and len(row) > 1 and cell_text(row[0]) != ""


def _month(texts: Sequence[str], today: date) -> tuple[int, int]:
    """Year and month a title names; of a month alone the newest that has begun; (0, 0) for none."""
    for text in texts:
        if found := _MONTH.search(text):
            return int(found[1]), int(found[2])
    for text in texts:
        if found := _MONTH_ALONE.search(text):
            month = int(found[1])
            return (today.year if month <= today.month else today.year - 1), month
    return 0, 0
