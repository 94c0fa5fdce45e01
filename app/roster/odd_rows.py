"""What a spreadsheet shows of a row beside its text: hidden, or struck out. A person may mean that the child is gone.

Read from the parts of an .xlsx, because the reader of cells does not tell it.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden=\"(?:1|true)\"[^>]*>")
_NUMBER = re.compile(rb'\br="([0-9]+)"')
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]+)"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_FONTS = re.compile(rb"<(?:\w+:)?fonts\b.*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT = re.compile(rb"<(?:\w+:)?font\s*/>|<(?:\w+:)?font\b[^>]*>.*?</(?:\w+:)?font>", re.DOTALL)
_STRIKE = re.compile(rb'<(?:\w+:)?strike\s*(?:val="(?:1|true)"\s*)?/>')
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?xf\b[^>]*>")
_FONT_OF = re.compile(rb'\bfontId="([0-9]+)"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_LINK = re.compile(rb"<Relationship\b[^>]*>")


@dataclass(frozen=True)
class OddRows:
    """The hidden rows of a sheet, its struck-out cells such as B5, and the rows of a text file with bytes that are no
    characters; rows count from 1."""

    hidden: frozenset[int] = field(default_factory=frozenset)
    damaged: frozenset[int] = field(default_factory=frozenset)
    struck: frozenset[str] = field(default_factory=frozenset)


NONE_ODD = OddRows()


def odd_rows_of(data: bytes) -> list[OddRows]:
    """The odd rows of every sheet of an .xlsx, in the order of the workbook; empty where its parts are not
    understood."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            struck = _struck_formats(archive)
            return [_odd_rows(archive.read(part), struck) for part in _parts(archive)]
    except (KeyError, ValueError, EOFError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return []


def _parts(archive: zipfile.ZipFile) -> Iterator[str]:
    """The part of every sheet, in the order of the workbook."""
    links = {
        _attribute(link, b"Id"): _attribute(link, b"Target")
        for link in _LINK.findall(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in _SHEET.findall(archive.read("xl/workbook.xml")):
        target = links[_attribute(sheet, rb"\w+:id")]
        yield target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb'="([^"]*)"', tag)
    if found is None:
        raise ValueError(tag)
    return found[1].decode()


def _struck_formats(archive: zipfile.ZipFile) -> frozenset[bytes]:
    """The numbers of the cell formats whose font is struck out."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = archive.read("xl/styles.xml")
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if not fonts or not formats:
        return frozenset()
    struck = {str(at).encode() for at, font in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(font)}
    return frozenset(
        str(at).encode()
        for at, one in enumerate(_FORMAT.findall(formats[0]))
        if (font := _FONT_OF.search(one)) and font[1] in struck
    )


def _odd_rows(xml: bytes, struck: frozenset[bytes]) -> OddRows:
    rows = _ROW.findall(xml) if b"hidden=" in xml else ()
    hidden = {int(number[1]) for row in rows if (number := _NUMBER.search(row))}
    cells = set()
    for cell in _CELL.findall(xml) if struck else ():
        style, place = _STYLE.search(cell), _PLACE.search(cell)
        if style and place and style[1] in struck:
            cells.add((place[1] + place[2]).decode())
    return OddRows(hidden=frozenset(hidden), struck=frozenset(cells))
