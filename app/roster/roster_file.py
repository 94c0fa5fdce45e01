"""A roster file read whole: `read_roster` is what the import uses."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from app.domain.school_year import ClassName, parse_class_name
from app.domain.spelling import half_width
from app.roster.cards import card_as_list
from app.roster.cells import cell_text
from app.roster.duplicates import RowsSeen
from app.roster.fields import CLASS, GRADE, SCHOOL, plain_header
from app.roster.headers import ByHand, Header, find_header, hand_mapping, nothing_recognised
from app.roster.kinds import CARD, PART, WHOLE, kind_by_title
from app.roster.line import SheetContext
from app.roster.missing_numbers import settle_numbers
from app.roster.model import PROBLEM_COLUMNS, Problem, RosterFile
from app.roster.reading import Sheet
from app.roster.schools import school_in
from app.roster.sheet_rows import read_sheet
from app.roster.workbook import read_workbook

_CLASS_IN_TITLE = re.compile(
    r"(?:20[0-9]{2}级|[一二三四五六七八九]年级|初[一二三])[(（]?[0-9一二三四五六七八九十]{1,3}[)）]?班"
    r"|[一二三四五六七八九][(（][0-9一二三四五六七八九十]{1,3}[)）]班"
)
_GRADE_IN_TITLE = re.compile(r"(?<![一二三四五六七八九、和至到—-])(?:[一二三四五六七八九]年级|初[一二三])")
_LIST_WIDTH = 4  # filled cells in a row: below that an unrecognised sheet is a note, not a list


class Years(NamedTuple):
    """How many grades a 小学 has: `usual`, or by the name of the school."""

    usual: int
    of_school: Mapping[str, int]


def read_roster(
    path: Path,
    today: date,
    *,
    mapping: Mapping[str, str] | None = None,
    ignored: Collection[str] = (),
    own_school: str = "",
    primary_years: int = 6,
    years_of: Mapping[str, int] | None = None,
    classes: Mapping[str, str] | None = None,
) -> RosterFile:
    """Every child in `path`, whatever its layout.

    `mapping` is {our field: header text} by hand and comes before every recognised name; headers in `ignored` are not
    read. With `own_school` a child of another school is refused. `today` fixes which entry year 五年级 means; a 五四制
    school passes `primary_years` 5, a file of several schools `years_of` {name: years} of those that are not usual.
    `classes` is {text of a class nobody can read: the class a person says it is}.
    UserError if the file cannot be read or no sheet has a header with at least 姓名 and 班级.
    """
    by_hand = hand_mapping(mapping or {}, ignored)
    years = Years(primary_years, years_of or {})
    sheets = [card_as_list(sheet) for sheet in read_workbook(path)]
    read = [(_context(sheet, by_hand, today, own_school, years, classes or {}), sheet) for sheet in sheets]
    usable = [(context, sheet) for context, sheet in read if context]
    headers = [context.header for context, _ in usable]
    missing = _missing_by_hand(mapping or {}, headers)
    if not usable or missing:
        raise nothing_recognised(path.name, sheets, missing)
    alone = [find_header(sheet, ByHand()) for _, sheet in usable] if by_hand != ByHand() else headers
    guesses = [one.school_hint for one, _ in usable if SCHOOL not in one.header.columns]
    roster = _empty(headers, _mapping([one for one in alone if one]), guesses)
    roster = replace(roster, **_kind(path, usable, partial=roster.partial))
    seen = RowsSeen()
    for context, sheet in usable:
        read_sheet(context, sheet, seen, roster)
    settle_numbers([context for context, _ in usable], roster)
    roster.warnings.extend(_unread(sheet) for context, sheet in read if not context and _is_list(sheet))
    return roster


def _empty(headers: list[Header], automatic: dict[str, str], guesses: list[str]) -> RosterFile:
    """A roster of which only the headers are read."""
    return RosterFile(
        rows=[],
        rejected=[],
        warnings=[],
        mapping=_mapping(headers),
        unused_headers=_of_file(header.unused for header in headers),
        headers=_of_file(header.texts for header in headers),
        automatic=automatic,
        partial=all(map(_is_part, headers)),
        school_guesses=guesses,
    )


def _context(
    sheet: Sheet, by_hand: ByHand, today: date, own_school: str, years: Years, classes: Mapping[str, str]
) -> SheetContext | None:
    """The sheet's header and the class its name or title gives; None if it lacks the name or any class."""
    header = find_header(sheet, by_hand)
    if header is None:
        return None
    school = school_in(sheet.name) or school_in(_title(sheet, header.top))
    title = _title(sheet, header.top)
    pupils_of = years.of_school.get(school, years.usual)
    hint = class_above(sheet, header.top, today, pupils_of)
    grade = _grade_in(sheet.name) or _grade_in(title)
    assumed = hint is None and CLASS not in header.columns
    if assumed:
        hint = parse_class_name("1班", today, grade, primary_years=pupils_of) if grade else None
    if hint is None and not {CLASS, GRADE} & set(header.columns):
        return None
    return SheetContext(
        sheet.name,
        header,
        today,
        own_school,
        hint,
        grade,
        years.usual,
        years.of_school,
        school,
        classes,
        assumed,
        sheet.addresses,
        sheet.odd,
    )


def _grade_in(text: str) -> str:
    """The one grade named in a sheet's name or title; empty if there is none or several."""
    found = set(_GRADE_IN_TITLE.findall(text))
    return found.pop() if len(found) == 1 else ""


def _kind(path: Path, usable: list[tuple[SheetContext, Sheet]], *, partial: bool) -> dict[str, Any]:
    """What kind of list the file seems to be."""
    if partial:
        return {"kind": PART}
    if all(sheet.addresses for _, sheet in usable):
        return {"kind": CARD}
    titles = [[sheet.name, *_title(sheet, context.header.top).splitlines()] for context, sheet in usable]
    kind, special, title = kind_by_title(titles, path.stem)
    why = f"标题写着“{title}”" if title else ""
    return {"kind": kind, "special": special, "kind_why": why, "partial": kind != WHOLE}


def class_above(sheet: Sheet, rows: int, today: date, primary_years: int = 6) -> ClassName | None:
    """The one class of a sheet's children, by its name or else its first `rows` rows; None if neither names one."""
    title = _title(sheet, rows)
    return _class_in(sheet.name, today, primary_years) or _class_in(title, today, primary_years)


def _title(sheet: Sheet, rows: int) -> str:
    return "\n".join(dict.fromkeys(cell_text(cell) for row in sheet.rows[:rows] for cell in row))


def _class_in(text: str, today: date, primary_years: int) -> ClassName | None:
    """The one class named in a sheet's name or the lines above its header, None if there are none or several."""
    names = [text, *_CLASS_IN_TITLE.findall(half_width(text))]
    found = {parse_class_name(name, today, primary_years=primary_years) for name in names} - {None}
    return found.pop() if len(found) == 1 else None


def _missing_by_hand(mapping: Mapping[str, str], headers: list[Header]) -> list[str]:
    """Headers a person named that are on no sheet."""
    present = {plain_header(column.header) for header in headers for column in header.columns.values()}
    return [text for text in mapping.values() if plain_header(text) not in present]


def _mapping(headers: list[Header]) -> dict[str, str]:
    """Our field → header text, as the first sheet that has it writes it."""
    mapping: dict[str, str] = {}
    for header in headers:
        for name, column in sorted(header.columns.items(), key=lambda item: item[1].index):
            mapping.setdefault(name, column.header)
    return mapping


def _of_file(texts: Iterable[list[str]]) -> list[str]:
    """The headers of all sheets, each once and in the order of the file, without those put before refused rows."""
    return [text for text in dict.fromkeys(chain.from_iterable(texts)) if text not in PROBLEM_COLUMNS]


def _is_part(header: Header) -> bool:
    """Whether a sheet holds refused rows of another roster."""
    return set(PROBLEM_COLUMNS) <= set(header.unused)


def _is_list(sheet: Sheet) -> bool:
    """Whether an unrecognised sheet looks like a list, so that leaving it out is worth a word."""
    return any(len({cell_text(cell) for cell in row} - {""}) >= _LIST_WIDTH for row in sheet.rows)


def _unread(sheet: Sheet) -> Problem:
    return Problem(
        sheet.name,
        sheet.first_row,
        f"A{sheet.first_row}",
        f"工作表“{sheet.name}”没有认出表头(姓名和班级)，没有读，如有学生请指定对应关系后再导入",
    )
