"""Building blocks of the forms in plain WordprocessingML: a sheet, paragraphs, runs and fixed tables.

Lengths are mm for paper and tables, pt for type and lines. Everything is said on the paragraph, run or cell
itself, so that a person in WPS and the program's own printing read the same thing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from .skeleton import new_document, saved

A4_MM = (210, 297)


@dataclass(frozen=True)
class Type:
    """A typeface as the forms use it: font name, size in pt, exact line height in pt."""

    font: str
    size: float
    line: float
    bold: bool = False


@dataclass(frozen=True)
class Ruled:
    """Text that stands on a rule, as the blanks of a printed form do."""

    text: str


Piece = str | Ruled

# 附件 label 3号黑体, title 小二 小标宋, notes and number 小五/五号, per domain notes on county forms and GB/T 9704.
LABEL = Type("黑体", 16, 24)
TITLE = Type("方正小标宋简体", 18, 30)
LINE = Type("宋体", 12, 20)
TABLE = Type("宋体", 10.5, 15)
NOTE = Type("宋体", 9, 14)


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """A `w:` element with `w:` attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def twips(mm: float) -> int:
    """Twentieths of a point in `mm`."""
    return round(mm / 25.4 * 1440)


def run(text: str, face: Type, *, ruled: bool = False) -> BaseOxmlElement:
    """One run; a newline in `text` is a line break."""
    made = element("r")
    style = element("rPr")
    font = face.font
    style.append(element("rFonts", hint="eastAsia", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    if face.bold:
        style.append(element("b"))
    style.append(element("sz", val=round(face.size * 2)))
    style.append(element("szCs", val=round(face.size * 2)))
    if ruled:
        style.append(element("u", val="single"))
    made.append(style)
    for number, part in enumerate(text.split("\n")):
        if number:
            made.append(element("br"))
        words = element("t")
        words.text = part
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(words)
    return made


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How a paragraph stands: alignment, indents and space in pt, rule below it, page break before it.

    `keep_next`: stays whole and on one page with the paragraph after it.
    """

    align: str = "left"
    first: float = 0
    left: float = 0
    right: float = 0
    before: float = 0
    after: float = 0
    keep_next: bool = False
    rule_below: str = ""
    new_page: bool = False


PLAIN = Shape()
CENTRED = Shape(align="center")


def paragraph(face: Type, *pieces: Piece, shape: Shape = PLAIN) -> BaseOxmlElement:
    """A paragraph of `pieces` in one face; order of the properties is the schema's."""
    made = element("p")
    style = element("pPr")
    if shape.keep_next:
        style.append(element("keepNext"))
        style.append(element("keepLines"))
    if shape.new_page:
        style.append(element("pageBreakBefore"))
    if shape.rule_below:
        edge = element("pBdr")
        edge.append(element("bottom", val=shape.rule_below, sz=6, space=1, color="000000"))
        style.append(edge)
    style.append(element("snapToGrid", val=0))  # the exact lines below are the grid
    style.append(
        element(
            "spacing",
            before=round(shape.before * 20),
            after=round(shape.after * 20),
            line=round(face.line * 20),
            lineRule="exact",
        )
    )
    style.append(
        element(
            "ind",
            left=round(shape.left * 20),
            right=round(shape.right * 20),
            firstLine=round(shape.first * 20),
        )
    )
    style.append(element("jc", val=shape.align))
    made.append(style)
    for piece in pieces:
        ruled = isinstance(piece, Ruled)
        made.append(run(piece.text if isinstance(piece, Ruled) else piece, face, ruled=ruled))
    return made


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: its text, how many grid columns it spans, whether it starts or goes on a merge downwards."""

    text: str = ""
    span: int = 1
    merge: str = ""  # "", "restart" or "continue"
    align: str = "center"
    valign: str = "center"
    face: Type = TABLE
    edges: dict[str, str] = field(default_factory=dict)  # side → border style


def label(text: str, span: int = 1, *, merge: str = "") -> Cell:
    """A printed label of the form."""
    return Cell(text=text, span=span, merge=merge)


def tall(text: str) -> Cell:
    """The label down the left side: one character a line, merged with the rows below it."""
    return Cell(text="\n".join(text), merge="restart")


GOES_ON = Cell(merge="continue")


def value(name: str, span: int = 1, *, align: str = "center") -> Cell:
    """A cell that is filled with the placeholder `name`."""
    return Cell(text=f"{{{{ {name} }}}}", span=span, align=align)


def story(name: str, span: int = 1) -> Cell:
    """A cell for a longer text: it starts at the top left and grows downwards."""
    return Cell(text=f"{{{{ {name} }}}}", span=span, align="both", valign="top")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A table row of at least `height` mm; `grows` rows may split over two pages, `header` rows repeat."""

    height: float
    cells: Sequence[Cell]
    grows: bool = False
    header: bool = False


def _cell(cell: Cell, width: int) -> BaseOxmlElement:
    made = element("tc")
    style = element("tcPr")
    style.append(element("tcW", w=width, type="dxa"))
    if cell.span > 1:
        style.append(element("gridSpan", val=cell.span))
    if cell.merge:
        style.append(element("vMerge", val=cell.merge))
    if cell.edges:
        edges = element("tcBorders")
        for side in ("top", "left", "bottom", "right"):
            if side in cell.edges:
                edges.append(element(side, val=cell.edges[side], sz=4, space=0, color="000000"))
        style.append(edges)
    style.append(element("vAlign", val=cell.valign))
    made.append(style)
    air = 0 if cell.align == "center" else 3  # written text stands a little off the rules
    shape = Shape(align=cell.align, left=air, right=air, before=air if cell.valign == "top" else 0)
    made.append(paragraph(cell.face, *([cell.text] if cell.text else []), shape=shape))
    return made


def _row(row: Row, columns: Sequence[int]) -> BaseOxmlElement:
    spanned = sum(cell.span for cell in row.cells)
    if spanned != len(columns):
        raise ValueError(f"row spans {spanned} of {len(columns)} columns: {[c.text for c in row.cells]}")
    made = element("tr")
    style = element("trPr")
    if not row.grows:
        style.append(element("cantSplit"))
    style.append(element("trHeight", val=twips(row.height), hRule="atLeast"))
    if row.header:
        style.append(element("tblHeader"))
    made.append(style)
    start = 0
    for cell in row.cells:
        made.append(_cell(cell, sum(columns[start : start + cell.span])))
        start += cell.span
    return made


def table(widths: Iterable[float], rows: Sequence[Row]) -> BaseOxmlElement:
    """A centred table with fixed column `widths` in mm, 0.5 pt rules and 1 mm at the sides of each cell."""
    columns = [twips(width) for width in widths]
    made = element("tbl")
    style = element("tblPr")
    style.append(element("tblW", w=sum(columns), type="dxa"))
    style.append(element("jc", val="center"))
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(element(side, val="single", sz=4, space=0, color="000000"))
    style.append(borders)
    style.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side, width in (("top", 0.5), ("left", 1), ("bottom", 0.5), ("right", 1)):
        margins.append(element(side, w=twips(width), type="dxa"))
    style.append(margins)
    made.append(style)
    grid = element("tblGrid")
    for column in columns:
        grid.append(element("gridCol", w=column))
    made.append(grid)
    for row in rows:
        made.append(_row(row, columns))
    return made


class Sheet:
    """An A4 sheet that parts are put on from top to bottom."""

    def __init__(self, *, top: float, right: float, bottom: float, left: float, grid_pt: float = 0) -> None:
        """Margins in mm; `grid_pt` is the line grid of an official letter, 0 for none."""
        self._document: DocumentObject = new_document()
        section = self._document.sections[0]
        section.page_width, section.page_height = (Mm(side) for side in A4_MM)
        section.top_margin, section.right_margin = Mm(top), Mm(right)
        section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
        section.header_distance = section.footer_distance = Mm(15)
        section.gutter = Mm(0)
        if grid_pt:
            pitch = element("docGrid", type="lines", linePitch=round(grid_pt * 20))
            section._sectPr.append(pitch)

    def put(self, *parts: BaseOxmlElement) -> None:
        """Add paragraphs and tables below what is there."""
        body = self._document.element.body
        for part in parts:
            body.insert(len(body) - 1, part)

    def file(self) -> bytes:
        """The finished docx."""
        return saved(self._document)


def form_sheet() -> Sheet:
    """The sheet of the county's record forms: 166 mm wide, 252 mm high."""
    return Sheet(top=24, right=22, bottom=21, left=22)


def form_head(sheet: Sheet, attachment: str, title: str, filled_by: str) -> None:
    """附件 label, centred title, and the line that says who fills the form in and its number."""
    sheet.put(
        paragraph(LABEL, attachment),
        paragraph(TITLE, title, shape=Shape(align="center", before=4, after=6)),
        line_with_two_ends(filled_by, "编号：{{ 文号 }}"),
    )


def line_with_two_ends(left: str, right: str) -> BaseOxmlElement:
    """A line with text at both margins of a form sheet, parted by one right tab at 166 mm."""
    made = paragraph(LINE, left, shape=Shape(after=2))
    stops = element("tabs")
    stops.append(element("tab", val="right", pos=twips(166)))
    spacing = made.find(qn("w:pPr")).find(qn("w:spacing"))
    spacing.addprevious(stops)
    jump = run("", LINE)
    jump.replace(jump.find(qn("w:t")), element("tab"))
    made.append(jump)
    made.append(run(right, TABLE))
    return made


def seam() -> BaseOxmlElement:
    """One point of white: it keeps two tables apart that look like one form."""
    return paragraph(Type("宋体", 1, 1))


def footnote(text: str) -> BaseOxmlElement:
    """说明 below a form."""
    return paragraph(NOTE, "说明：" + text, shape=Shape(before=4, align="both"))
