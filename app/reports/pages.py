"""A table as a docx on A4, for the pages that the program lays out itself, with its header on every page."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from app.domain.dates import day_words
from app.domain.office_table import OfficeTable, TableColumn, Value, text_of

A4 = (11_906, 16_838)  # twips
MARGIN = 680  # twips: 12 mm
CELL_MARGIN = 40  # twips left and right of the words
LARGEST, SMALLEST = 21, 13  # half points
TITLE = 32
_LINE = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def docx_of(tables: Sequence[OfficeTable]) -> bytes:
    """The docx: every table begins on a page of its own."""
    document = Document()
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for table in tables:
        for xml in _blocks(table):
            body.append(parse_xml(xml))
        if table is tables[-1]:
            body.append(parse_xml(_section(table, nsdecls("w"))))
        else:
            body.append(parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{_section(table)}</w:pPr></w:p>"))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _blocks(table: OfficeTable) -> Iterator[str]:
    size = _size(table)
    yield _paragraph(table.heading, TITLE, "center", bold=True)
    yield _paragraph(f"单位：{table.unit}　　{day_words(table.day)}", LARGEST, "left")
    yield _grid(table, size)
    for note in table.notes:
        yield _paragraph(note, size, "left")


def _room(table: OfficeTable) -> int:
    """Twips between the margins."""
    return (A4[0] if table.upright else A4[1]) - 2 * MARGIN


def _size(table: OfficeTable) -> int:
    """Half points: as large as lets every column hold the characters it is meant for."""
    characters = sum(column.width for column in table.columns)
    free = _room(table) - 2 * CELL_MARGIN * len(table.columns)
    return max(min(int(free / characters / 10), LARGEST), SMALLEST)


def _grid(table: OfficeTable, size: int) -> str:
    total = sum(column.width for column in table.columns)
    widths = [round(_room(table) * column.width / total) for column in table.columns]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    borders = "".join(_LINE.format(side=side) for side in _SIDES)
    margins = "".join(f'<w:{side} w:w="{CELL_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
    head = [
        _cell(column.heading, width, size, "center", bold=True) for column, width in _pairs(table, widths)
    ]
    rows = [_row(head, header=True)]
    for row in table.rows:
        cells = [
            _cell(value, width, size, "center" if column.centred else "left")
            for (column, width), value in zip(_pairs(table, widths), row, strict=True)
        ]
        rows.append(_row(cells))
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _pairs(table: OfficeTable, widths: Sequence[int]) -> list[tuple[TableColumn, int]]:
    return list(zip(table.columns, widths, strict=True))


def _row(cells: Sequence[str], *, header: bool = False) -> str:
    again = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(value: Value, width: int, size: int, align: str, *, bold: bool = False) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{_bare_paragraph(text_of(value), size, align, bold)}</w:tc>"
    )


def _paragraph(text: str, size: int, align: str, *, bold: bool = False) -> str:
    return _bare_paragraph(text, size, align, bold).replace("<w:p>", f"<w:p {nsdecls('w')}>", 1)


def _bare_paragraph(text: str, size: int, align: str, bold: bool) -> str:
    weight = "<w:b/>" if bold else ""
    font = '<w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/>'
    look = f'<w:rPr>{font}{weight}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
    lines = [
        f'<w:t xml:space="preserve">{escape(ILLEGAL_CHARACTERS_RE.sub("", line))}</w:t>'
        for line in text.split("\n")
    ]
    return (
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="{align}"/></w:pPr>'
        f"<w:r>{look}{'<w:br/>'.join(lines)}</w:r></w:p>"
    )


def _section(table: OfficeTable, declared: str = "") -> str:
    width, height = A4 if table.upright else A4[::-1]
    turned = "" if table.upright else ' w:orient="landscape"'
    sides = " ".join(f'w:{side}="{MARGIN}"' for side in ("top", "right", "bottom", "left"))
    return (
        f'<w:sectPr {declared}><w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {sides} w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>'
    )
