"""Blocks onto pages: sections, page breaks, widows and orphans; tables are handed to `tables`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ui.printing.boxes import Line, Page, Placed, Rule
from ui.printing.lines import ColumnRules, gap, set_column, stack_height
from ui.printing.model import Block, Document, PageSetup, Paragraph, Running, Section, Settings, Table
from ui.printing.running import Heading, with_running
from ui.printing.tables import TableSetter

# Half a twip of rounding never costs a line its page.
_SLACK = 0.5


def flow(document: Document) -> tuple[Page, ...]:
    """The finished pages of a document, at least one."""
    pager = Pager(document.settings)
    for section in document.sections:
        pager.begin(section)
        for block in _grouped(section.blocks):
            if isinstance(block, Table):
                TableSetter(block, pager).place()
            else:
                pager.place_paragraphs(block)
    return pager.finish()


def _grouped(blocks: tuple[Block, ...]) -> Iterator[Table | list[Paragraph]]:
    """Tables one by one, and paragraphs between them together."""
    for is_table, group in groupby(blocks, key=lambda block: isinstance(block, Table)):
        members = list(group)
        if is_table:
            yield from (block for block in members if isinstance(block, Table))
        else:
            yield [block for block in members if isinstance(block, Paragraph)]


class Pager:
    """The pages being filled. `y` is the next free height on the current page, in twips from its top edge."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.setup = PageSetup()
        self.pages: list[Page] = []
        self.y = 0.0
        self._section = Section(self.setup, ())
        self._headings: list[Heading] = []
        self._lines: list[Placed] = []
        self._rules: list[Rule] = []
        self._last: Line | None = None
        self._started = False
        self._turn = False
        self._automatic = False

    def begin(self, section: Section) -> None:
        """Start a section: on a new page, or on this one when it is continuous on the same paper."""
        paper = (section.setup.width, section.setup.height)
        if self._started and section.continuous and paper == (self.setup.width, self.setup.height):
            self.setup, self._section = section.setup, section
            return
        if self._started:
            self._close_page()
        self.setup, self._section = section.setup, section
        self._open_page(section.first, section.number)

    def finish(self) -> tuple[Page, ...]:
        """The pages, the current one closed."""
        if not self._started:
            self._open_page()
        self._close_page()
        return with_running(self.pages, self._headings, self.settings)

    @property
    def bottom(self) -> float:
        """Where the page's text area ends."""
        return self.setup.height - self.setup.bottom

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the current page yet."""
        return not self._lines and not self._rules and self._last is None

    def new_page(self) -> None:
        """Turn the page."""
        self._close_page()
        self._open_page()
        self._automatic = True

    def turn_if_asked(self) -> None:
        """Turn the page if a page break stood before."""
        if self._turn:
            self.new_page()
            self._automatic = False

    def put(self, x: float, y: float, line: Line) -> None:
        """Place a line of a table's cell."""
        self._lines.append(Placed(x, y, line))

    def rule(self, rule: Rule) -> None:
        """Place a ruled line of a table."""
        self._rules.append(rule)

    def end_block(self, y: float) -> None:
        """Go on below a table that ends at `y`."""
        self.y = y
        self._last = Line(0.0, 0.0, ())

    def start_block(self) -> None:
        """Leave the last paragraph's spacing above a table."""
        self.turn_if_asked()
        if self._last is not None:
            self.y += self._last.after

    def place_paragraphs(self, paragraphs: list[Paragraph]) -> None:
        """Set paragraphs in the column of the page, turning pages as needed."""
        rules = ColumnRules(self.setup.column_width, self.setup.grid, self.settings.default_tab)
        lines = set_column(paragraphs, rules)
        first = index = 0
        while index < len(lines):
            line = lines[index]
            if self._turn or (line.new_page and not self.fresh):
                self.new_page()
                self._automatic = False
                first = index
            space = self._space_above(line)
            if self.y + space + line.height > self.bottom + _SLACK and not self.fresh:
                index = self._retreat(lines, index, first)
                first = index
                self.new_page()
                continue
            self._place(line, space)
            index += 1

    def _space_above(self, line: Line) -> float:
        """Spacing above a line; none where a page was turned for want of room or within a paragraph."""
        if self.fresh and (self._automatic or line.index):
            return 0.0
        return gap(self._last, line, self.settings.sum_spacing)

    def _place(self, line: Line, space: float) -> None:
        self.y += space
        self._lines.append(Placed(self.setup.left, self.y, line))
        self.y += line.height
        self._last = line
        self._turn = line.ends_page

    def _retreat(self, lines: list[Line], index: int, first: int) -> int:
        """The line to begin the next page with, the lines from there on taken off this page again."""
        start = break_before(lines, index, self.bottom - self.setup.top)
        if start <= first:
            start = index
        for _ in range(index - start):
            self._lines.pop()
        return start

    def _open_page(self, running: Running | None = None, number: int | None = None) -> None:
        """Begin a page; `running` and `number` are given where they are not the usual and the next."""
        self._started = True
        following = self._headings[-1].number + 1 if self._headings else 1
        usual = self._section.running
        heading = Heading(usual if running is None else running, following if number is None else number)
        self._headings.append(heading)
        self._lines, self._rules, self._last = [], [], None
        self._turn = self._automatic = False
        self.y = self.setup.top

    def _close_page(self) -> None:
        self.pages.append(Page(self.setup, tuple(self._lines), tuple(self._rules)))


def break_before(lines: list[Line], index: int, room: float) -> int:
    """Where to break when `lines[index]` does not fit: no single line left behind or carried over, kept ones kept.

    What is to be kept together but is higher than a page's `room` is broken like anything else.
    """
    plain = _without_widow(lines, index)
    start = index - lines[index].index if lines[index].keep_lines else plain
    while start > 0 and lines[start].index == 0 and lines[start - 1].keep_next:
        start -= lines[start - 1].count
    start = max(start, 0)
    return (
        start if stack_height(lines[start : _kept_until(lines, start)], sum_spacing=True) <= room else plain
    )


def _without_widow(lines: list[Line], index: int) -> int:
    line = lines[index]
    start = index
    if line.widow_control and line.index:
        if line.index == line.count - 1:
            start -= 1
        if lines[start].index == 1:
            start -= 1
    return start


def _kept_until(lines: list[Line], start: int) -> int:
    """The end of what hangs together from `start` on."""
    end = start
    while end < len(lines):
        line = lines[end]
        following = end + line.count - line.index
        if not line.keep_next:
            return following if line.keep_lines else end + 1
        end = following
    return len(lines)
