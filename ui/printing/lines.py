"""Paragraphs of one column into lines with heights, alignment and borders: the rules of spacing live here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ui.printing import fonts
from ui.printing.boxes import Line, Piece, Rule
from ui.printing.breaking import letters
from ui.printing.inline import Filler, Part, RawLine
from ui.printing.model import Border, Paragraph, ParagraphStyle

# In lines of exact height the baseline lies at four fifths, as LibreOffice places it and Word nearly does.
_EXACT_BASELINE = 0.8


@dataclass(frozen=True)
class ColumnRules:
    """What a column imposes on its paragraphs: width, grid pitch (0 = none) and default tab distance in twips.

    `hanging` lets punctuation stand outside the column; in a table's cell it would stand on the rule.
    """

    width: float
    grid: float = 0.0
    default_tab: float = 720.0
    hanging: bool = True


def set_column(paragraphs: Sequence[Paragraph], rules: ColumnRules) -> list[Line]:
    """The lines of paragraphs that follow each other; equal borders of neighbours are joined into one box."""
    lines: list[Line] = []
    for index, paragraph in enumerate(paragraphs):
        above = paragraphs[index - 1] if index else None
        below = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        lines += set_paragraph(paragraph, rules, above, below)
    return lines


def set_paragraph(
    paragraph: Paragraph, rules: ColumnRules, above: Paragraph | None = None, below: Paragraph | None = None
) -> list[Line]:
    """The lines of one paragraph between its neighbours in the same column."""
    style = paragraph.style
    raw = Filler(style, rules.width, rules.default_tab, rules.hanging).fill(paragraph.runs)
    starts = bool(raw) and raw[0].end == "before"
    raw = raw[1:] if starts else raw
    lines: list[Line] = []
    for index, filled in enumerate(raw):
        height, baseline = _height(*_extent(filled, paragraph), style, rules.grid)
        lines.append(
            Line(
                height=height,
                baseline=baseline,
                pieces=_align(filled, style.align),
                before=0.0 if _hugs(style, above) else style.before,
                after=style.after if index == len(raw) - 1 and not _hugs(style, below) else 0.0,
                index=index,
                count=len(raw),
                new_page=(index == 0 and (starts or style.page_break_before)),
                ends_page=filled.end == "page",
                keep_next=style.keep_next,
                keep_lines=style.keep_lines,
                widow_control=style.widow_control,
            )
        )
    return _with_borders(lines, style, rules.width, _joined(style, above), _joined(style, below))


def gap(previous: Line | None, line: Line, sum_spacing: bool) -> float:
    """White space above a line: of two neighbouring spacings the larger, or both where the document says so.

    At the top of a column (`previous` is None) a paragraph's spacing counts even for its later lines: what goes on
    over the page keeps its distance from the rule above.
    """
    if previous is None:
        return line.before
    if line.index:
        return 0.0
    return previous.after + line.before if sum_spacing else max(previous.after, line.before)


def stack_height(lines: Sequence[Line], sum_spacing: bool) -> float:
    """Height of lines set one under the other, the last spacing included."""
    total, previous = 0.0, None
    for line in lines:
        total += gap(previous, line, sum_spacing) + line.height
        previous = line
    return total + (previous.after if previous else 0.0)


def _hugs(style: ParagraphStyle, neighbour: Paragraph | None) -> bool:
    """Contextual spacing: none between paragraphs of one style."""
    return style.contextual and neighbour is not None and neighbour.style.name == style.name


def _joined(style: ParagraphStyle, neighbour: Paragraph | None) -> bool:
    """Neighbours with the same borders and indents share one box."""
    if neighbour is None:
        return False
    other = neighbour.style
    return (style.borders, style.left, style.right) == (other.borders, other.left, other.right)


def _extent(line: RawLine, paragraph: Paragraph) -> tuple[float, float]:
    """Natural height above and below the baseline: that of the tallest font in the line."""
    used = {(part.style, part.east_asian) for part in line.parts} or {(paragraph.mark, False)}
    extents = [fonts.ascent_descent(style, east_asian) for style, east_asian in used]
    return max(above for above, _ in extents), max(below for _, below in extents)


def _height(above: float, below: float, style: ParagraphStyle, grid: float) -> tuple[float, float]:
    """Line height and baseline in twips, by the paragraph's rule and the page's grid (ECMA-376 17.3.1.33, 17.6.5)."""
    natural = above + below
    if style.line_rule == "exact":
        return style.line, style.line * _EXACT_BASELINE
    if grid and style.snap_to_grid:
        snapped = math.ceil(natural / grid - 0.01) * grid
        height = snapped * style.line if style.line_rule == "auto" else max(snapped, style.line)
        return height, (snapped - natural) / 2 + above
    if style.line_rule == "atLeast":
        height = max(natural, style.line)
        return height, height - below
    height = natural * style.line
    return height, min(above, height - below)


def _align(line: RawLine, align: str) -> tuple[Piece, ...]:
    free = line.room - line.width
    parts = _trimmed(line) if align in ("both", "distribute") else line.parts
    stretch = 0.0
    start = line.start
    if align == "center":
        start += free / 2
    elif align == "right":
        start += free
    elif not line.has_tab and (align == "distribute" or (align == "both" and line.end == "wrap")):
        slots = _slots(parts)
        stretch = free / slots if slots else 0.0
    return tuple(_pieces(parts, start, stretch))


def _trimmed(line: RawLine) -> list[Part]:
    """Parts without the spaces at the end, which would take their share of the stretch."""
    parts = list(line.parts)
    while line.end == "wrap" and parts and parts[-1].text.isspace() and parts[-1].text != "\u3000":
        parts.pop()
    return parts


def _slots(parts: list[Part]) -> int:
    """Places where white space may grow: after Chinese characters and in spaces, but not at the very end."""
    count = sum(len(letters(part.text)) if part.east_asian else part.text.count(" ") for part in parts)
    return count - 1 if parts and parts[-1].east_asian else count


def _pieces(parts: list[Part], x: float, stretch: float) -> list[Piece]:
    pieces: list[Piece] = []
    after_tab = False
    for part in parts:
        x += part.gap
        text = part.text
        letter, word = (stretch, 0.0) if part.east_asian else (0.0, stretch)
        width = part.width + letter * len(letters(text)) + word * text.count(" ")
        last = pieces[-1] if pieces else None
        alike = last and (last.style, last.east_asian) == (part.style, part.east_asian)
        if last and alike and not (part.gap or after_tab or part.is_tab):
            pieces[-1] = replace(last, text=last.text + text, width=last.width + width)
        elif text:
            pieces.append(Piece(x, width, text, part.style, part.east_asian, letter, word))
        after_tab = part.is_tab
        x += width
    return pieces


def _with_borders(
    lines: list[Line], style: ParagraphStyle, width: float, above: bool, below: bool
) -> list[Line]:
    """The paragraph's borders as rules of its first and last line, which grow by them."""
    borders = style.borders
    x1, x2 = style.left + min(0.0, style.first), width - style.right
    top = borders.inside_h if above else borders.top
    bottom = None if below else borders.bottom
    if top and top.visible:
        lines[0] = _push_down(lines[0], top, x1, x2)
    if bottom and bottom.visible:
        last = lines[-1]
        y = last.height + bottom.space + bottom.width / 2
        rule = Rule(x1, y, x2, y, bottom)
        lines[-1] = replace(last, height=y + bottom.width / 2, rules=(*last.rules, rule))
    for border, x in ((borders.left, x1), (borders.right, x2)):
        if border and border.visible:
            at = x - border.space if x == x1 else x + border.space
            lines = [
                replace(line, rules=(*line.rules, Rule(at, 0.0, at, line.height, border))) for line in lines
            ]
    return lines


def _push_down(line: Line, border: Border, x1: float, x2: float) -> Line:
    extra = border.space + border.width
    rule = Rule(x1, border.width / 2, x2, border.width / 2, border)
    return replace(line, height=line.height + extra, baseline=line.baseline + extra, rules=(rule,))
