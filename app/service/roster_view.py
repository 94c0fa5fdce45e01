"""What the import wizard needs beside the import itself: headers to choose from, the accepted file, earlier runs."""

import hashlib
from pathlib import Path

from app.domain.records import ImportRun, Student
from app.errors import EnvironmentProblem, UserError, os_words
from app.roster.cells import cell_text
from app.roster.fields import ALIASES
from app.roster.headers import find_header
from app.roster.model import Problem
from app.roster.problems_xlsx import write_problems
from app.roster.reading import Sheet, read_workbook
from app.service.classes import class_names
from app.service.desk import JSON, Desk
from app.service.rosters import import_roster, preview_roster

FAMILY_FIELDS = (
    "监护人1姓名",
    "监护人1关系",
    "监护人1联系电话",
    "监护人1现住址",
    "监护人1工作单位",
    "监护人2姓名",
    "监护人2关系",
    "监护人2联系电话",
)
FIELDS = (*ALIASES, *FAMILY_FIELDS)
"""What a header may be said to mean."""

SEARCHED = 40  # rows from the top in which a header is looked for, as the reader does
LEAST = 2  # headers a file needs before choosing among them makes sense: a name and a class


def preview_file(desk: Desk, path: Path, mapping: dict[str, str] | None = None) -> JSON:
    """`preview_roster` for the window: with the class beside every vanished child and the file's `sha256`.

    `recognised` is False where no header was understood; then `headers` alone is given, to be chosen from.
    """
    digest = _digest(path)
    headers = file_headers(path)
    try:
        shown = preview_roster(desk, path, mapping)
    except UserError:
        if len(headers) < LEAST or mapping:
            raise
        return {"recognised": False, "headers": headers, "sha256": digest}
    classes = class_names(desk)
    for one in shown["vanished"]:
        one["class"] = classes.get(desk.tx.get(Student, one["id"]).class_id, "")
    return shown | {"recognised": True, "headers": headers, "sha256": digest}


def file_headers(path: Path) -> list[str]:
    """The headers of a file, recognised or not: of its recognised sheets, else of each sheet's fullest row of words."""
    found: list[str] = []
    for sheet in read_workbook(path):
        header = find_header(sheet, {})
        if header:
            found += [one.header for one in header.columns.values()] + header.unused
        else:
            found += _fullest(sheet)
    return list(dict.fromkeys(found))


def import_accepted(desk: Desk, path: Path, mapping: dict[str, str], sha256: str) -> JSON:
    """Import the file that was previewed. Raises UserError if it was changed since: then what was accepted is gone."""
    if _digest(path) != sha256:
        raise UserError(f"“{path.name}”在预览之后又改过了。请重新选择文件，看过预览再导入。")
    return import_roster(desk, path, mapping)


def import_runs(desk: Desk) -> list[JSON]:
    """[{run, file_name, imported_on, undone_on}], newest first."""
    return [
        {
            "run": one.id,
            "file_name": one.file_name,
            "imported_on": one.imported_on,
            "undone_on": one.undone_on,
        }
        for one in desk.tx.find(ImportRun, order="imported_on DESC, first_seq DESC")
    ]


def save_problems(source: Path, problems: list[JSON], target: Path, mapping: dict[str, str]) -> Path:
    """Write the refused rows of `source` to the .xlsx `target` with the reason beside each; touches no data.

    `problems` are rows of the preview's `rejected`. Raises EnvironmentProblem if the disk does not take it.
    """
    given = [Problem(one["sheet"], one["row"], one["cell"], one["reason"]) for one in problems]
    write_problems(source, given, target, mapping=mapping)
    return target


def _fullest(sheet: Sheet) -> list[str]:
    """The texts of the row near the top with most different words: the likeliest header."""
    rows = [[cell_text(cell) for cell in row if isinstance(cell, str)] for row in sheet.rows[:SEARCHED]]
    words = [list(dict.fromkeys(text for text in row if text)) for row in rows]
    return max(words, key=len, default=[])


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as problem:
        raise EnvironmentProblem(
            f"读不出文件“{path.name}”（{os_words(problem)}）。请关闭正在打开它的程序，或换一个位置再试。"
        ) from problem
