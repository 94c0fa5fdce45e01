"""Any file a county calls a roster, as sheets of cells: xlsx, xls, csv, tab text and HTML under any name.

The content decides, never the file's extension: an .xls is often GBK text or a web page. Every fault is one
sentence that names the file.
"""

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from app.errors import EnvironmentProblem, UserError, os_words
from app.roster.html_table import html_tables
from app.roster.odd_rows import NONE_ODD, OddRows, odd_rows_of

Cell = str | float | int | bool | date | datetime | time | timedelta

MAX_FILE_BYTES = 50_000_000  # a county of 60 000 children is about 20 MB
MAX_UNPACKED_BYTES = 500_000_000
MAX_CELLS = 5_000_000  # calamine holds the whole rectangle up to the last used cell
MAX_MERGE = 200  # a title merged over all 16 384 columns does not make a wide roster

NO_CHARACTER = "\ufffd"
"""Stands in a text file for bytes that are no characters."""
FEW = 3  # of them in a list that was damaged on its way; a file of another type has many

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What a damaged archive raises, by the place where it is damaged."""
PANIC = "PanicException"
"""What the reader of cells raises where it trips over itself; no `Exception`, so that its name has to do."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_CELL_WITH_CONTENT = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>'
    rb"(?:<(?:\w+:)?f\b[^>]*/>|<(?:\w+:)?f\b[^>]*>[^<]*</(?:\w+:)?f>)?(?:<(?:\w+:)?v[^>/]*>[^<]|<(?:\w+:)?is\b)"
)
_FAR_CELL = re.compile(rb'r="(?:[A-Z]{3}|[I-Z][A-Z]|[A-Z]{1,2}(?:[2-9][0-9]{4}|[0-9]{6}))')
"""A cell right of HZ (234 columns) or below row 19999: without one, no sheet has more than MAX_CELLS."""
_ROW_OF_CELL = re.compile(rb'r="[A-Z]{1,3}([0-9]{1,7})"')
_COLUMN_OF_CELL = re.compile(rb'r="([A-Z]{1,3})[0-9]')
_TEXT_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name and its rows of cells; `first_row` is the number (from 1) of the first of them.

    Every cell of a merged range carries the range's value, and empty cells are empty texts. `addresses` are those of
    the columns' cells where a card was turned into one line.
    """

    name: str
    rows: list[list[Cell]]
    first_row: int = 1
    addresses: tuple[str, ...] = ()
    odd: OddRows = NONE_ODD


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of `path` that hold anything, in file order. Called in the reading process.

    UserError if it is missing, a folder, empty, damaged, locked with a password, of another type or far too
    large; EnvironmentProblem if the disk or another program does not let it be read.
    """
    data = _bytes_of(path)
    if not data.strip():
        raise UserError(f"文件“{path.name}”是空的，请重新导出名单后再导入。")
    if data.startswith(_ZIP):
        _check_zip(path.name, data)
        sheets = _from_calamine(path, data, (".xlsx", ".xlsm"))
    elif data.startswith(_OLE):
        sheets = _from_calamine(path, data, (".xls",))
    else:
        sheets = _from_text(path, data)
    filled = [sheet for sheet in sheets if any(cell != "" for row in sheet.rows for cell in row)]
    if not filled:
        raise UserError(f"文件“{path.name}”里没有内容，请选择有学生名单的文件。")
    return filled


def column_letters(index: int) -> str:
    """0 → A, 26 → AA: the letters a spreadsheet shows above a column."""
    letters, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(f"“{path.name}”是文件夹，请选择里面的名单文件(.xlsx、.xls 或 .csv)。")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(f"文件“{path.name}”超过 50 MB，不像名单，请只保留名单所在的工作表另存后再导入。")
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path}”，请检查路径和文件名。") from None
    except OSError as error:
        raise EnvironmentProblem(
            f"读不了文件“{path.name}”({os_words(error)})，请关闭正在打开它的程序或检查U盘后再试。"
        ) from error


def _check_zip(name: str, data: bytes) -> None:
    """Refuse what would not unpack, or unpack into more memory than the PC has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise _too_large(name, "")
            if not any(entry.filename.startswith("xl/") for entry in entries):
                raise _wrong_type(name)
            for entry in entries:
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    _check_extent(name, archive.read(entry))
    except DAMAGED as error:
        raise _damaged(name) from error


def _check_extent(name: str, xml: bytes) -> None:
    """Refuse a sheet with one stray cell at the far end: the reader would fill the rectangle up to it."""
    if _FAR_CELL.search(xml) is None or _at_most(xml) <= MAX_CELLS:
        return
    last_row, last_column, far = 0, 0, ""
    for found in _CELL_WITH_CONTENT.finditer(xml):
        row, column = int(found[2]), _column_number(found[1])
        if row > last_row or column > last_column:
            far = f"{found[1].decode()}{row}"
        last_row, last_column = max(row, last_row), max(column, last_column)
    if last_row * last_column > MAX_CELLS:
        raise _too_large(name, f"(最远的单元格是 {far})")


def _at_most(xml: bytes) -> int:
    """No fewer cells than the rectangle up to the farthest cell has, filled or not: a quarter of the time of
    looking."""
    rows, columns = set(_ROW_OF_CELL.findall(xml)), set(_COLUMN_OF_CELL.findall(xml))
    return max(map(int, rows), default=0) * max(map(_column_number, columns), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _from_calamine(path: Path, data: bytes, extensions: tuple[str, ...]) -> list[Sheet]:
    """The sheets a person sees; hidden ones hold the template's option lists.

    Only with the right extension does calamine tell a locked file from a damaged one.
    """
    if _ENCRYPTED_STREAM in data:
        raise _locked(path.name)
    source = path if path.suffix.lower() in extensions else io.BytesIO(data)
    try:
        with load_workbook(source) as workbook:
            every = workbook.sheets_metadata
            odd = odd_rows_of(data) if data.startswith(_ZIP) else []
            if len(odd) != len(every):
                odd = [NONE_ODD] * len(every)
            return [
                _sheet(path.name, workbook.get_sheet_by_name(meta.name), own)
                for meta, own in zip(every, odd, strict=True)
                if meta.typ == SheetTypeEnum.WorkSheet and meta.visible == SheetVisibleEnum.Visible
            ]
    except PasswordError as error:
        raise _locked(path.name) from error
    except CalamineError as error:
        raise _damaged(path.name) from error
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise _damaged(path.name) from error


def _sheet(name: str, sheet: CalamineSheet, odd: OddRows) -> Sheet:
    rows: list[list[Cell]] = sheet.to_python(skip_empty_area=False)
    merged = sheet.merged_cell_ranges or []
    if sum(_area(*corners, len(rows)) for corners in merged) > MAX_CELLS:
        raise _too_large(name, "(合并的单元格太多)")
    for (top, left), (bottom, right) in merged:
        if top < len(rows) and left < len(rows[top]):
            _fill(rows, top, left, bottom, right)
    return Sheet(sheet.name, rows, odd=odd)


def _area(first: tuple[int, int], last: tuple[int, int], rows: int) -> int:
    """How many cells of a sheet of `rows` rows a merged range fills."""
    return max(0, min(last[0], rows - 1) - first[0] + 1) * (min(last[1] - first[1], MAX_MERGE) + 1)


def _fill(rows: list[list[Cell]], top: int, left: int, bottom: int, right: int) -> None:
    """Give every cell of a merged range its value; columns right of the last used one are added."""
    value = rows[top][left]
    if value == "":
        return
    for row in rows[top : bottom + 1]:
        row.extend([""] * (min(right, left + MAX_MERGE) + 1 - len(row)))
        row[left : right + 1] = [value] * len(row[left : right + 1])


def _from_text(path: Path, data: bytes) -> list[Sheet]:
    text = _decoded(path.name, data)
    if "<table" in text[:20_000].lower():
        tables = html_tables(text)
        return [Sheet(f"表{n}", [list[Cell](row) for row in rows]) for n, rows in enumerate(tables, start=1)]
    if text.lstrip().startswith("<"):
        raise UserError(f"文件“{path.name}”是网页或 XML 格式，请用 WPS 或 Excel 打开后另存为 .xlsx 再导入。")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise _damaged(path.name) from error
    damaged = {at for at, row in enumerate(rows, start=1) if any(NO_CHARACTER in cell for cell in row)}
    return [Sheet(path.stem, [list[Cell](row) for row in rows], odd=OddRows(damaged=frozenset(damaged)))]


def _decoded(name: str, data: bytes) -> str:
    """The text by its byte order mark, else UTF-8, else GB18030 (which contains GBK and GB 2312). A few bytes that are
    no characters become `NO_CHARACTER`."""
    encodings = [encoding for bom, encoding in _TEXT_BOMS if data.startswith(bom)] or ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return _checked(name, data.decode(encoding))
        except UnicodeDecodeError:
            continue
    guesses = [data.decode(encoding, errors="replace") for encoding in encodings]
    return _checked(name, min(guesses, key=lambda text: text.count(NO_CHARACTER)))


def _checked(name: str, text: str) -> str:
    """`text` if it may be a list: only a few signs in it are no characters."""
    text = _CONTROL.sub(NO_CHARACTER, text.rstrip("\x1a"))
    if text.count(NO_CHARACTER) > max(FEW, len(text) // 1000):
        raise _wrong_type(name)
    return text


def _delimiter(text: str) -> str:
    """Tab, comma or semicolon, whichever the first lines hold most of."""
    head = "\n".join(text.splitlines()[:20])
    return max("\t,;", key=head.count)


def _locked(name: str) -> UserError:
    return UserError(f"文件“{name}”设有打开密码，请在 WPS 或 Excel 里取消密码、另存后再导入。")


def _damaged(name: str) -> UserError:
    return UserError(f"文件“{name}”已损坏或不完整，请重新导出，或用 WPS、Excel 打开后另存为 .xlsx 再导入。")


def _wrong_type(name: str) -> UserError:
    return UserError(f"文件“{name}”不是表格文件，请选择 .xlsx、.xls 或 .csv 名单。")


def _too_large(name: str, where: str) -> UserError:
    return UserError(f"文件“{name}”的表格范围太大{where}，请把名单复制到新的工作簿、另存后再导入。")
