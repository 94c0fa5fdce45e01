"""What a filled .docx says, as plain values: every inherited property already resolved.

All lengths are twips (1/20 pt, 1/1440 inch), the unit WordprocessingML itself uses, so nothing is rounded on the
way in. Sizes of type are half-points (`w:sz`), so that a size times ten is the font's height in twips.
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: Characters standing for breaks inside `Run.text`.
LINE_BREAK, PAGE_BREAK, TAB = "\n", "\f", "\t"
#: Characters standing for the fields PAGE and NUMPAGES in the `Run.text` of a header or footer.
PAGE_NUMBER, PAGE_COUNT = "\ufdd0", "\ufdd1"


@dataclass(frozen=True)
class Border:
    """One ruled edge: `style` is none, single, double, dashed or dotted; `width` and `space` in twips."""

    style: str = "none"
    width: float = 0.0
    colour: str = "#000000"
    space: float = 0.0

    @property
    def visible(self) -> bool:
        """Whether anything is drawn."""
        return self.style != "none"


@dataclass(frozen=True)
class Borders:
    """The four edges of a paragraph, cell or table, and the inner ones (`between` for paragraphs)."""

    top: Border | None = None
    left: Border | None = None
    bottom: Border | None = None
    right: Border | None = None
    inside_h: Border | None = None
    inside_v: Border | None = None


@dataclass(frozen=True)
class CharStyle:
    """How a run looks: family names as the document says them, `size` in half-points.

    `spacing` is added after every letter, in twips; below zero the letters stand closer.
    """

    latin: str = "宋体"
    east_asia: str = "宋体"
    size: int = 21
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    colour: str = "#000000"
    spacing: float = 0.0


@dataclass(frozen=True)
class Run:
    """Text of one style; breaks and page numbers are the characters LINE_BREAK … PAGE_COUNT."""

    text: str
    style: CharStyle


@dataclass(frozen=True)
class TabStop:
    """A tab stop: `position` in twips from the column's left, `kind` left|center|right, `leader` a character or ''."""

    position: float
    kind: str = "left"
    leader: str = ""


@dataclass(frozen=True)
class ParagraphStyle:
    """Alignment, indents, spacing and breaks of a paragraph; lengths in twips.

    `line` is twips for the rules exact and atLeast, and a factor (1.0 = single) for auto. `first` is the first line's
    indent relative to `left`, negative when hanging.
    """

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 1.0
    line_rule: str = "auto"
    snap_to_grid: bool = True
    keep_next: bool = False
    keep_lines: bool = False
    page_break_before: bool = False
    widow_control: bool = True
    contextual: bool = False
    auto_space: bool = True
    overflow_punctuation: bool = True
    name: str = ""
    borders: Borders = Borders()
    tabs: tuple[TabStop, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Runs in order; `mark` is the style of the paragraph mark, which gives an empty paragraph its height."""

    runs: tuple[Run, ...]
    style: ParagraphStyle
    mark: CharStyle


@dataclass(frozen=True)
class Margins:
    """Inner margins of a cell in twips."""

    top: float = 0.0
    left: float = 108.0
    bottom: float = 0.0
    right: float = 108.0


@dataclass(frozen=True)
class Cell:
    """A cell at grid column `column` covering `span` columns; `merge` is '', 'restart' or 'continue' (w:vMerge).

    A None in `borders` means the cell says nothing and the table's own border holds.
    """

    column: int
    span: int
    blocks: tuple[Paragraph, ...]
    merge: str = ""
    v_align: str = "top"
    margins: Margins = Margins()
    borders: Borders = Borders()


@dataclass(frozen=True)
class Row:
    """One row: `height` in twips with rule auto|atLeast|exact; a `header` is repeated on every page."""

    cells: tuple[Cell, ...]
    height: float = 0.0
    height_rule: str = "auto"
    header: bool = False
    cant_split: bool = False


@dataclass(frozen=True)
class Table:
    """Column widths in twips, rows, and where the table stands in its column (left|center|right + indent)."""

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    align: str = "left"
    indent: float = 0.0
    borders: Borders = Borders()


Block = Paragraph | Table


@dataclass(frozen=True)
class PageSetup:
    """Paper and margins in twips (A4 is 11906 × 16838); `grid` is the pitch of w:docGrid lines, 0 for none.

    `header` is the distance from the paper's top edge to the header, `footer` from its bottom edge to the footer.
    """

    width: float = 11906.0
    height: float = 16838.0
    top: float = 1440.0
    bottom: float = 1440.0
    left: float = 1800.0
    right: float = 1800.0
    grid: float = 0.0
    header: float = 720.0
    footer: float = 720.0

    @property
    def column_width(self) -> float:
        """Width between the side margins."""
        return self.width - self.left - self.right


@dataclass(frozen=True)
class Running:
    """The header and the footer of a page, outside its text area."""

    header: tuple[Paragraph, ...] = ()
    footer: tuple[Paragraph, ...] = ()


@dataclass(frozen=True)
class Section:
    """Blocks sharing one page setup; `continuous` sections go on where the last one ended.

    `running` stands on every page; on the section's first page `first` stands in its place, unless it is None.
    `number` is that of the first page, None to count on.
    """

    setup: PageSetup
    blocks: tuple[Block, ...]
    continuous: bool = False
    running: Running = Running()
    first: Running | None = None
    number: int | None = None


@dataclass(frozen=True)
class Settings:
    """The settings of the whole document that move ink on paper."""

    default_tab: float = 720.0
    sum_spacing: bool = False
    grid_in_tables: bool = False
    compatibility: int = 12


@dataclass(frozen=True)
class Document:
    """A whole filled document."""

    sections: tuple[Section, ...]
    settings: Settings = field(default_factory=Settings)
