"""A table onto pages: row heights, vertical merges, rows that go on over the page, headers that come again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ui.printing.boxes import Line, Rule
from ui.printing.edges import Slice, bottom_width, cell_at, column_edges, rules_of, side_width, top_width
from ui.printing.lines import ColumnRules, gap, set_column, stack_height
from ui.printing.model import Cell, PageSetup, Row, Settings, Table

_SLACK = 0.5
_SHARE_ABOVE = {"top": 0.0, "center": 0.5, "bottom": 1.0}


class Paper(Protocol):
    """What a table needs of the pages it is set on."""

    settings: Settings
    setup: PageSetup
    y: float

    @property
    def bottom(self) -> float:
        """Where the text area ends."""

    @property
    def fresh(self) -> bool:
        """Whether the page is still empty."""

    def new_page(self) -> None:
        """Turn the page."""

    def put(self, x: float, y: float, line: Line) -> None:
        """Place a line."""

    def rule(self, rule: Rule) -> None:
        """Place a ruled line."""

    def start_block(self) -> None:
        """Leave room below the paragraph before."""

    def end_block(self, y: float) -> None:
        """Go on below the table."""


@dataclass(slots=True)
class Content:
    """A cell's lines on their way to paper: those before `done` are placed, `top` is where it begins on this page."""

    cell: Cell
    first_row: int
    last_row: int
    x: float
    lines: list[Line]
    done: int = 0
    top: float | None = None

    def needs(self, sum_spacing: bool) -> float:
        """Height still needed with the margins, in twips."""
        margins = self.cell.margins
        return stack_height(self.lines[self.done :], sum_spacing) + margins.top + margins.bottom

    def first_line(self) -> float:
        """The least height that places anything of what is left."""
        margins = self.cell.margins
        rest = self.lines[self.done :]
        return (rest[0].height if rest else 0.0) + margins.top + margins.bottom


class TableSetter:
    """Sets one table on paper, row by row."""

    def __init__(self, table: Table, paper: Paper) -> None:
        self.table = table
        self.paper = paper
        self.edges = column_edges(table)
        self.left = self._left()
        self.sum_spacing = paper.settings.sum_spacing
        self.headers = _leading_headers(table.rows)
        self.contents: list[Content] = []
        self.slices: list[Slice] = []
        self.fresh_part = False

    def place(self) -> None:
        """Set the whole table, from the paper's current height on."""
        self.paper.start_block()
        if self._heading_would_stand_alone():
            self.paper.new_page()
        for index in range(len(self.table.rows)):
            self._open_row(index)
            self._place_row(index)
        self._finish_part()
        self.paper.end_block(self.paper.y + bottom_width(self.table))

    def _heading_would_stand_alone(self) -> bool:
        """Whether the header fits on this page and nothing of the first row below it does."""
        if not self.headers or self.paper.fresh:
            return False
        heights = []
        for index in range(self.headers + 1):
            self._open_row(index)
            heights.append(self._height(index, self.table.rows[index].height))
            least = max(
                (content.first_line() for content in self.contents if content.first_row == index), default=0.0
            )
        self.contents = []
        whole = self.paper.bottom - self.paper.setup.top
        if not self.table.rows[self.headers].cant_split or sum(heights) > whole:
            heights[-1] = least
        return sum(heights) > self.paper.bottom - self.paper.y + _SLACK

    def _left(self) -> float:
        setup = self.paper.setup
        free = setup.column_width - self.edges[-1]
        share = {"left": 0.0, "center": 0.5, "right": 1.0}[self.table.align]
        return setup.left + free * share + (self.table.indent if self.table.align == "left" else 0.0)

    def _open_row(self, index: int) -> None:
        for cell in self.table.rows[index].cells:
            if cell.merge != "continue" or not self._above(index, cell):
                self.contents.append(self._content(index, cell))

    def _above(self, index: int, cell: Cell) -> bool:
        """Whether an open merged cell continues here."""
        return any(
            content.cell.column == cell.column and content.first_row < index <= content.last_row
            for content in self.contents
        )

    def _content(self, index: int, cell: Cell) -> Content:
        last = index
        while cell.merge == "restart" and last + 1 < len(self.table.rows):
            below = cell_at(self.table.rows[last + 1], cell.column)
            if below is None or below.merge != "continue" or below.column != cell.column:
                break
            last += 1
        x1, x2 = self.edges[cell.column], self.edges[cell.column + cell.span]
        left, right = (side_width(self.table, index, cell, side) / 2 for side in ("left", "right"))
        width = x2 - x1 - cell.margins.left - cell.margins.right - left - right
        grid = self.paper.setup.grid
        rules = ColumnRules(max(width, 1.0), grid, self.paper.settings.default_tab, hanging=False)
        return Content(
            cell, index, last, self.left + x1 + left + cell.margins.left, set_column(cell.blocks, rules)
        )

    def _place_row(self, index: int) -> None:
        row = self.table.rows[index]
        least = row.height
        while True:
            height = self._height(index, least)
            room = self.paper.bottom - self.paper.y
            if height <= room + _SLACK:
                self._slice(index, height, closes=True)
                return
            if self._moves(index, room):
                self._turn(index)
            else:
                part = min(room, max(least, self._fitting(index, room)))
                self._slice(index, part, closes=False)
                least = max(0.0, least - part)
                self._turn(index)

    def _height(self, index: int, least: float) -> float:
        """The larger of the row's minimum and what the cells ending here still need."""
        band = top_width(self.table, index)
        height = least
        for content in self.contents:
            if content.last_row == index:
                above = 0.0 if content.top is None else self.paper.y - content.top
                height = max(height, content.needs(self.sum_spacing) + band - above)
        return height

    def _fitting(self, index: int, room: float) -> float:
        """How much of `room` the lines fill that stay on this page when the row is split: it ends below the last."""
        height = 0.0
        for content in self.contents:
            if content.last_row != index:
                continue
            top = self.paper.y if content.top is None else content.top
            limit = self.paper.y + room - content.cell.margins.bottom + _SLACK
            ends = [y + line.height for y, line in self._stacked(content, top) if y + line.height <= limit]
            height = max(height, ends[-1] + content.cell.margins.bottom - self.paper.y if ends else 0.0)
        return height

    def _stacked(self, content: Content, top: float) -> Iterator[tuple[float, Line]]:
        """The lines still to be placed with their heights on the page, the cell beginning at `top`."""
        y = top + content.cell.margins.top + top_width(self.table, content.first_row)
        previous: Line | None = None
        for line in content.lines[content.done :]:
            y += gap(previous, line, self.sum_spacing)
            yield y, line
            y += line.height
            previous = line

    def _moves(self, index: int, room: float) -> bool:
        """Whether a row that does not fit goes to the next page whole."""
        if self.paper.fresh and not self.slices:
            return False
        if self.fresh_part and self.slices[-1].row < self.headers <= index:
            return False
        row = self.table.rows[index]
        starting = [content for content in self.contents if content.first_row == index and content.done == 0]
        tall = max((content.first_line() for content in starting), default=0.0)
        words_fit = self._height(index, 0.0) <= room  # only the row's minimum does not: nothing to carry over
        return row.cant_split or row.header or row.height_rule == "exact" or words_fit or tall > room

    def _slice(self, index: int, height: float, closes: bool) -> None:
        top = self.paper.y
        self.slices.append(Slice(index, top, top + height))
        for content in self.contents:
            if content.first_row <= index <= content.last_row and content.top is None:
                content.top = top
        self.paper.y += height
        if closes:
            for content in [content for content in self.contents if content.last_row == index]:
                self._put(content, self.paper.y, everything=True)
                self.contents.remove(content)

    def _turn(self, index: int) -> None:
        """Turn the page inside the table and set its header again."""
        for content in self.contents:
            if content.top is not None:
                self._put(content, self.paper.y, everything=False)
                content.top = None
        self._finish_part()
        self.paper.new_page()
        self.fresh_part = True
        if self.headers <= index:
            self._repeat_headers()
        for content in self.contents:
            content.top = None if content.first_row == index and content.done == 0 else self.paper.y

    def _repeat_headers(self) -> None:
        waiting, self.contents = self.contents, []
        for index in range(self.headers):
            self._open_row(index)
            self._slice(index, self._height(index, self.table.rows[index].height), closes=True)
        self.contents = waiting

    def _put(self, content: Content, bottom: float, everything: bool) -> None:
        """Place the lines of a cell that fit above `bottom` (all of them if it ends here).

        Where the page parts a row, what its part takes whole is aligned within that part: a label stands alike in
        whole and parted rows. A label of merged rows waits for a part that takes it whole.
        """
        assert content.top is not None
        limit = bottom - content.cell.margins.bottom + _SLACK
        stacked = list(self._stacked(content, content.top))
        shift = 0.0
        if content.done == 0 and stacked:
            end = stacked[-1][0] + stacked[-1][1].height + stacked[-1][1].after
            shift = max(0.0, limit - end) * _SHARE_ABOVE[content.cell.v_align]
        if not everything and self._waits(content, stacked, limit):
            return
        for y, line in stacked:
            if not everything and y + line.height > limit:
                return
            self.paper.put(content.x, y + shift, line)
            content.done += 1

    def _waits(self, content: Content, stacked: list[tuple[float, Line]], limit: float) -> bool:
        """Whether a label in the middle of merged rows does not stand whole above `limit`, but does on a page."""
        if content.first_row == content.last_row or content.cell.v_align != "center" or not stacked:
            return False
        page = self.paper.bottom - self.paper.setup.top
        ends = stacked[-1][0] + stacked[-1][1].height
        return content.done == 0 and ends > limit and content.needs(self.sum_spacing) <= page / 2

    def _finish_part(self) -> None:
        """Rule the part of the table that stands on this page."""
        for rule in rules_of(self.table, self.edges, self.left, self.slices):
            self.paper.rule(rule)
        self.slices = []


def _leading_headers(rows: tuple[Row, ...]) -> int:
    count = 0
    while count < len(rows) and rows[count].header:
        count += 1
    return count if count < len(rows) else 0
