"""What the import wizard needs beside the import itself: headers to choose from, the accepted file, earlier runs."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.apart.process import stop_reading
from app.errors import UserError
from app.roster.alike import SameChildSaid
from app.roster.fields import ADDRESS_PARTS, ALIASES, field_of
from app.roster.guessing import likely_header, words_of
from app.roster.headers import ByHand, find_header, hand_mapping
from app.roster.kinds import KINDS as LIST_KINDS
from app.roster.model import Problem
from app.roster.problems_xlsx import write_problems
from app.roster.roster_file import class_above
from app.roster.workbook import read_workbook
from app.service.children.roster_answers import ImportLine, RosterAnswer, SchoolQuestion, import_line
from app.service.children.roster_reading import ReadFile, Reading, compare, digest_of, read_file
from app.service.children.roster_schools import SchoolNeeded
from app.service.children.roster_writing import SILENT, JoiningDays, Progress
from app.service.children.rosters import answer, import_read
from app.service.office.desk import Desk
from app.store.queries.rosters import run_lines

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
FIELDS = (*ALIASES, *ADDRESS_PARTS, *FAMILY_FIELDS)
"""What a header may be said to mean."""

KINDS = LIST_KINDS
"""What kinds of lists there are."""
LEAST = 2  # headers a file needs before choosing among them makes sense: a name and a class


@dataclass(frozen=True)
class FilePreview:
    """What the window shows of a file before it is accepted.

    `answer` is what importing it would change and `file` what was read, to be handed back when it is accepted; both are
    None where no header was understood, or where `question` has to be answered first. `headers` are all headers of the
    file, `meanings` {header: our field} what each means by itself, `class_known` says whether a title names the class.
    The vanished are there also for a `partial` file, whose person may think otherwise.
    """

    headers: tuple[str, ...]
    meanings: dict[str, str]
    class_known: bool
    answer: RosterAnswer | None = None
    file: ReadFile | None = None
    question: SchoolQuestion | None = None
    mapping: dict[str, str] | None = None
    automatic: dict[str, str] | None = None

    @property
    def recognised(self) -> bool:
        """Whether the columns of the file were understood."""
        return self.mapping is not None


def stop_file() -> None:
    """Give up the file that is being read now: a slow one would hold every other reading up."""
    stop_reading()


def preview_file(
    desk: Desk,
    path: Path,
    mapping: dict[str, str] | None = None,
    ignored: Collection[str] | None = None,
    school: str = "",
    kind: str = "",
    classes: Mapping[str, str] | None = None,
) -> FilePreview:
    """`preview_roster` for the window. Raises UserError for a file that is no list at all, EnvironmentProblem if it
    cannot be read."""
    digest = digest_of(path)
    reading = Reading(
        mapping or {}, ignored, partial=False, school=school, kind=kind, classes=dict(classes or {})
    )
    try:
        file = read_file(desk, path, reading, digest)
    except UserError:
        headers, class_known = file_headers(path, desk.today)
        if len(headers) < LEAST or mapping:
            raise
        return FilePreview(tuple(headers), _meanings(headers), class_known)
    try:
        told = answer(desk, compare(desk, file), JoiningDays(desk, None))
        question = told.question
    except SchoolNeeded as needed:
        told, question = None, needed.question
    roster = file.roster
    return FilePreview(
        headers=tuple(roster.headers),
        meanings=_meanings(roster.headers),
        class_known="班级" not in roster.mapping,  # else the reader would have refused the file
        answer=told,
        file=file if told else None,
        question=question,
        mapping=roster.mapping,
        automatic=roster.automatic,
    )


def preview_said(desk: Desk, shown: FilePreview, said: Collection[SameChildSaid]) -> FilePreview:
    """A preview after a person's words about who is who; the file is not read again."""
    if shown.file is None:
        return shown
    file = replace(shown.file, reading=replace(shown.file.reading, said=tuple(said)))
    return replace(shown, answer=answer(desk, compare(desk, file), JoiningDays(desk, None)), file=file)


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
    desk: Desk, file: ReadFile, *, partial: bool = False, progress: Progress = SILENT
) -> RosterAnswer:
    """Import the file that was previewed, as it was read then. Raises UserError if it was changed since: then what was
    accepted is gone."""
    if digest_of(file.path) != file.sha256:
        raise UserError(f"“{file.path.name}”在预览之后又改过了。请重新选择文件，看过预览再导入。")
    if file.read_on != desk.today:  # past midnight 五年级 may mean another class
        file = read_file(desk, file.path, file.reading, file.sha256)
    return import_read(desk, file, partial=partial, progress=progress)


def import_runs(desk: Desk) -> tuple[ImportLine, ...]:
    """The imports made before, newest first."""
    return tuple(import_line(one.run, one.added, one.changed, one.rolls) for one in run_lines(desk.tx))


def save_problems(
    source: Path,
    problems: Sequence[Problem],
    target: Path,
    mapping: dict[str, str],
    ignored: Collection[str] | None = None,
) -> Path:
    """Write the refused rows of `source` to the .xlsx `target` with the reason beside each; touches no data.

    `problems` are the preview's `rejected`; `mapping` and `ignored` are what it was read with. Raises
    EnvironmentProblem if the disk does not take it.
    """
    write_problems(source, problems, target, by_hand=hand_mapping(mapping, ignored or ()))
    return target
