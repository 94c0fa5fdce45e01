"""A file somebody brings, as sheets of cells: read in a process of its own and handed over as plain values."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.apart.process import read_apart
from app.errors import UserError
from app.roster.odd_rows import OddRows
from app.roster.reading import Cell, Sheet, sheets_of

MOST_ROWS = 200_000  # of a roster; a county has 120,000 children
MOST_COLUMNS = 1_000


def read_workbook(path: Path, cancelled: Callable[[], bool] = lambda: False) -> list[Sheet]:
    """The sheets of `path` that hold anything, in file order.

    UserError if it is missing, a folder, empty, damaged, locked with a password, of another type or too large, or a
    person stopped it; EnvironmentProblem if the disk or another program does not let it be read.
    """
    target = f"{plain_sheets.__module__}:{plain_sheets.__name__}"
    found = read_apart(target, str(path.absolute()), name=path.name, cancelled=cancelled)
    return [_sheet(one) for one in found]


def plain_sheets(path: str) -> list[dict[str, Any]]:
    """The sheets of a file as plain values. Called in the reading process."""
    return [_plain(_within_bounds(Path(path).name, one)) for one in sheets_of(Path(path))]


def _within_bounds(name: str, sheet: Sheet) -> Sheet:
    if len(sheet.rows) > MOST_ROWS:
        raise UserError(f"文件“{name}”的“{sheet.name}”超过{MOST_ROWS}行，不像名单。请分成几个文件再导入。")
    if max(map(len, sheet.rows), default=0) > MOST_COLUMNS:
        raise UserError(
            f"文件“{name}”的“{sheet.name}”超过{MOST_COLUMNS}列，不像名单。请只留名单的各列，另存后再导入。"
        )
    return sheet


def _plain(sheet: Sheet) -> dict[str, Any]:
    odd = sheet.odd
    return {
        "name": sheet.name,
        "rows": [[one if type(one) in PLAIN else _tagged(one) for one in row] for row in sheet.rows],
        "hidden": sorted(odd.hidden),
        "damaged": sorted(odd.damaged),
        "struck": sorted(odd.struck),
    }


PLAIN = frozenset({str, float, int, bool})


def _tagged(cell: Cell) -> list[str | float]:
    """A day or time as its kind and words: the message knows neither."""
    if isinstance(cell, timedelta):
        return ["timedelta", cell.total_seconds()]
    return [type(cell).__name__, cell.isoformat() if isinstance(cell, (date, time)) else str(cell)]


def _sheet(plain: dict[str, Any]) -> Sheet:
    odd = OddRows(
        hidden=frozenset(plain["hidden"]),
        damaged=frozenset(plain["damaged"]),
        struck=frozenset(plain["struck"]),
    )
    rows: list[list[Any]] = plain["rows"]
    for row in rows:
        for at, cell in enumerate(row):
            if type(cell) is list:
                row[at] = _cell(*cell)
    return Sheet(plain["name"], rows, odd=odd)


def _cell(kind: str, words: str | float) -> Cell:
    if kind == "timedelta":
        return timedelta(seconds=float(words))
    if kind == "time":
        return time.fromisoformat(str(words))
    return date.fromisoformat(str(words)) if kind == "date" else datetime.fromisoformat(str(words))
