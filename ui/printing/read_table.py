"""A w:tbl into a `model.Table`: grid, spans, merges, heights, margins and borders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ui.printing.model import Cell, Margins, Paragraph, Row, Table
from ui.printing.properties import Props, W, bag, local, merge, number, on, unwrap, value
from ui.printing.read_paragraph import ParagraphReader, read_borders

_V_ALIGN = {"center": "center", "bottom": "bottom"}
_TABLE_ALIGN = {"center": "center", "right": "right", "end": "right"}
# Word before 2013 (and every file without a compatibility mode) hangs the first cell's margin out of the column.
_FLUSH_SINCE = 15


def read_table(element: Any, reader: ParagraphReader, compatibility: int) -> Table:
    """A table as values; a table nested in a cell is read as the paragraphs it holds."""
    own = bag(element.find(f"{W}tblPr"))
    style_id = value(own, "tblStyle") or reader.styles.default("table")
    props = merge([reader.styles.props(style_id, "tblPr"), own])
    outer = reader.styles.props(style_id, "pPr")
    margins = _margins(props, "tblCellMar", Margins())
    rows = tuple(_row(row, reader, outer, margins) for row in unwrap(element) if local(row.tag) == "tr")
    align = _TABLE_ALIGN.get(value(props, "jc"), "left")
    indent = number(value(props, "tblInd", "w"))
    if align == "left" and compatibility < _FLUSH_SINCE:
        indent -= margins.left
    return Table(_columns(element, rows), rows, align, indent, read_borders(props, "tblBorders"))


def _columns(element: Any, rows: tuple[Row, ...]) -> tuple[float, ...]:
    """Grid columns in twips; widths said by the cells replace a grid that is missing or says otherwise."""
    grid = [number(column.get(f"{W}w")) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
    count = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
    grid += [0.0] * (count - len(grid))
    for row in element.iterfind(f"{W}tr"):
        widths = [number(value(bag(cell.find(f"{W}tcPr")), "tcW", "w")) for cell in row.iterfind(f"{W}tc")]
        if len(widths) == len(grid) and all(width > 0 for width in widths):
            return tuple(widths)
    return tuple(width or 1440.0 for width in grid[:count])


def _margins(props: Props, group: str, default: Margins) -> Margins:
    def side(fallback: float, *names: str) -> float:
        return next(
            (number(value(props, f"{group}/{n}", "w")) for n in names if f"{group}/{n}" in props), fallback
        )

    return Margins(
        side(default.top, "top"),
        side(default.left, "left", "start"),
        side(default.bottom, "bottom"),
        side(default.right, "right", "end"),
    )


def _row(element: Any, reader: ParagraphReader, outer: Props, margins: Margins) -> Row:
    props = bag(element.find(f"{W}trPr"))
    height = number(value(props, "trHeight"))
    rule = value(props, "trHeight", "hRule", "atLeast")
    cells = tuple(_cells(element, reader, outer, margins, int(number(value(props, "gridBefore")))))
    return Row(cells, height, rule if height else "auto", on(props, "tblHeader"), on(props, "cantSplit"))


def _cells(
    element: Any, reader: ParagraphReader, outer: Props, margins: Margins, column: int
) -> Iterator[Cell]:
    for child in unwrap(element):
        if local(child.tag) != "tc":
            continue
        props = bag(child.find(f"{W}tcPr"))
        span = max(1, int(number(value(props, "gridSpan"), 1.0)))
        yield Cell(
            column=column,
            span=span,
            blocks=tuple(_paragraphs(child, reader, outer)),
            merge=(value(props, "vMerge") or "continue") if "vMerge" in props else "",
            v_align=_V_ALIGN.get(value(props, "vAlign"), "top"),
            margins=_margins(props, "tcMar", margins),
            borders=read_borders(props, "tcBorders"),
        )
        column += span


def _paragraphs(cell: Any, reader: ParagraphReader, outer: Props) -> Iterator[Paragraph]:
    for child in unwrap(cell):
        name = local(child.tag)
        if name == "p":
            yield reader.read(child, outer)
        elif name == "tbl":
            for paragraph in child.iter(f"{W}p"):
                yield reader.read(paragraph, outer)
