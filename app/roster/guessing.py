"""Which row of a sheet nobody understood is likeliest its header, so that a person can say what its words mean."""

import re
from datetime import date, datetime

from app.roster.cells import cell_text
from app.roster.headers import HEADER_WITHIN
from app.roster.reading import Cell, Sheet

LEAST = 2  # words of a header: a name and a class
LONGEST = 16  # characters; a header is a word, a note above it a sentence
MOST = 0.6  # of its columns must be filled in the row below


def words_of(row: list[Cell]) -> list[str]:
    """The different texts of a row, left to right."""
    return list(dict.fromkeys(text for cell in row if isinstance(cell, str) and (text := cell_text(cell))))


def likely_header(sheet: Sheet) -> int:
    """The place of the likeliest header: the first row of words that has rows filled like it below, with numbers in
    them if any row has; without such a row, the one with most words."""
    rows = sheet.rows[:HEADER_WITHIN]
    likely = [place for place in range(len(rows)) if _may_be_header(sheet, place)]
    above_numbers = [place for place in likely if _has_number(_below(sheet, place))]
    fullest = max(range(len(rows)), key=lambda place: len(words_of(rows[place])), default=0)
    return next(iter([*above_numbers, *likely, fullest]))


def _may_be_header(sheet: Sheet, place: int) -> bool:
    row = sheet.rows[place]
    words = words_of(row)
    if len(words) < LEAST or any(len(word) > LONGEST or _says_something(word) for word in words):
        return False
    if any(_is_value(cell) for cell in row):
        return False
    columns = [index for index, cell in enumerate(row) if cell_text(cell)]
    below = _below(sheet, place)
    filled = [index for index in columns if index < len(below) and cell_text(below[index])]
    return len(filled) >= MOST * len(columns)


def _below(sheet: Sheet, place: int) -> list[Cell]:
    """The next row that is not blank."""
    return next((row for row in sheet.rows[place + 1 :] if any(cell_text(cell) for cell in row)), [])


def _says_something(word: str) -> bool:
    """填表人：王老师 and the like are no headers."""
    return any(sign in word.rstrip(":：") for sign in ":：，。；")


def _is_value(cell: Cell) -> bool:
    """Whether a cell holds a number or a date; a header may well have a digit: 监护人1姓名."""
    if isinstance(cell, int | float | date | datetime):
        return True
    return re.search(r"[0-9]{4}", cell_text(cell)) is not None


def _has_number(row: list[Cell]) -> bool:
    return any(
        isinstance(cell, int | float | date | datetime) or any(sign.isdigit() for sign in cell_text(cell))
        for cell in row
    )
