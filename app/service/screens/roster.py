"""What the import wizard needs beside the import itself: headers to choose from, the accepted file, earlier runs."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path

from app.domain.records import ImportRun
from app.errors import EnvironmentProblem, UserError, os_words
from app.roster.fields import ALIASES, field_of
from app.roster.guessing import likely_header, words_of
from app.roster.headers import ByHand, find_header, hand_mapping
from app.roster.model import Problem
from app.roster.problems_xlsx import write_problems
from app.roster.reading import read_workbook
from app.roster.roster_file import class_above
from app.service.children.rosters import SILENT, Progress, import_roster, preview_roster
from app.service.office.classes import class_name_of
from app.service.office.desk import JSON, Desk

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

LEAST = 2  # headers a file needs before choosing among them makes sense: a name and a class


def preview_file(
    desk: Desk, path: Path, mapping: dict[str, str] | None = None, ignored: Collection[str] | None = None
) -> JSON:
    """`preview_roster` for the window: with the class beside every vanished child and the file's `sha256`.

    `headers` are all headers of the file and `meanings` {header: our field} what each means by itself. `recognised` is
    False where no header was understood; then there is nothing else but `class_known`, whether a title names the
    class. The vanished are there also for a `partial` file, whose person may think otherwise.
    """
    digest = _digest(path)
    try:
        shown = preview_roster(desk, path, mapping, ignored, partial=False)
    except UserError:
        headers, class_known = file_headers(path, desk.today)
        if len(headers) < LEAST or mapping:
            raise
        return {
            "recognised": False,
            "headers": headers,
            "meanings": _meanings(headers),
            "class_known": class_known,
            "sha256": digest,
        }
    for one in shown["vanished"]:
        one["class"] = class_name_of(desk, one["id"])
    class_known = "班级" not in shown["mapping"]  # else the reader would have refused the file
    return shown | {
        "recognised": True,
        "meanings": _meanings(shown["headers"]),
        "class_known": class_known,
        "sha256": digest,
    }


def _meanings(headers: Iterable[str]) -> dict[str, str]:
    return {header: found[0] for header in headers if (found := field_of(header))}


def file_headers(path: Path, today: date) -> tuple[list[str], bool]:
    """The likeliest headers of a file that was not understood, sheet by sheet, and whether a sheet's name or title
    gives the class."""
    found: list[str] = []
    class_known = False
    for sheet in read_workbook(path):
        header = find_header(sheet, ByHand())
        place = header.top if header else likely_header(sheet)
        found += header.texts if header else words_of(sheet.rows[place])
        class_known = class_known or class_above(sheet, place, today) is not None
    return list(dict.fromkeys(found)), class_known


def import_accepted(
    desk: Desk,
    path: Path,
    mapping: dict[str, str],
    ignored: Collection[str] | None,
    sha256: str,
    *,
    partial: bool = False,
    progress: Progress = SILENT,
) -> JSON:
    """Import the file that was previewed. Raises UserError if it was changed since: then what was accepted is gone."""
    if _digest(path) != sha256:
        raise UserError(f"“{path.name}”在预览之后又改过了。请重新选择文件，看过预览再导入。")
    return import_roster(desk, path, mapping, ignored, partial=partial, progress=progress)


def import_runs(desk: Desk) -> list[JSON]:
    """[{run, file_name, imported_on, undone_on, added, changed}], newest first; the last two count children."""
    return [
        {
            "run": one.id,
            "file_name": one.file_name,
            "imported_on": one.imported_on,
            "undone_on": one.undone_on,
        }
        | _children_of(desk, one)
        for one in desk.tx.find(ImportRun, order="imported_on DESC, first_seq DESC")
    ]


def _children_of(desk: Desk, run: ImportRun) -> JSON:
    """How many children a run added and changed, by the journal of the instance that made it."""
    (counted,) = desk.tx.rows(
        "SELECT count(DISTINCT CASE WHEN born THEN row END) AS added,"
        " count(DISTINCT row) - count(DISTINCT CASE WHEN born THEN row END) AS changed"
        " FROM (SELECT row, cells LIKE '{\"id\":%' AS born FROM journal WHERE tbl = 'student'"
        " AND seq BETWEEN ? AND ? AND origin = (SELECT origin FROM journal WHERE row = ? ORDER BY position LIMIT 1))",
        [run.first_seq, run.last_seq, run.id],
    )
    return counted


def save_problems(
    source: Path,
    problems: list[JSON],
    target: Path,
    mapping: dict[str, str],
    ignored: Collection[str] | None = None,
) -> Path:
    """Write the refused rows of `source` to the .xlsx `target` with the reason beside each; touches no data.

    `problems` are rows of the preview's `rejected`; `mapping` and `ignored` are what it was read with. Raises
    EnvironmentProblem if the disk does not take it.
    """
    given = [Problem(one["sheet"], one["row"], one["cell"], one["reason"]) for one in problems]
    write_problems(source, given, target, by_hand=hand_mapping(mapping, ignored or ()))
    return target


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as problem:
        raise EnvironmentProblem(
            f"读不出文件“{path.name}”（{os_words(problem)}）。请关闭正在打开它的程序，或换一个位置再试。"
        ) from problem
