"""Headers and footers on finished pages, with the number of the page and of all pages put in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ui.printing.boxes import Line, Page, Placed
from ui.printing.lines import ColumnRules, gap, set_column, stack_height
from ui.printing.model import PAGE_COUNT, PAGE_NUMBER, Paragraph, Running, Settings


@dataclass(frozen=True)
class Heading:
    """What stands above and below a page, and the number the page has."""

    running: Running
    number: int


def with_running(pages: Sequence[Page], headings: Sequence[Heading], settings: Settings) -> tuple[Page, ...]:
    """The pages with their headers and footers; the text area stays where the margins put it."""
    return tuple(
        _with_running(page, heading, len(pages), settings)
        for page, heading in zip(pages, headings, strict=True)
    )


def _with_running(page: Page, heading: Heading, count: int, settings: Settings) -> Page:
    setup = page.setup
    rules = ColumnRules(setup.column_width, 0.0, settings.default_tab)
    header = set_column(_numbered(heading.running.header, heading.number, count), rules)
    footer = set_column(_numbered(heading.running.footer, heading.number, count), rules)
    foot = setup.height - setup.footer - stack_height(footer, settings.sum_spacing)
    above = tuple(_stacked(header, setup.left, setup.header, settings))
    below = tuple(_stacked(footer, setup.left, foot, settings))
    return replace(page, lines=above + page.lines + below)


def _stacked(lines: Sequence[Line], x: float, y: float, settings: Settings) -> Iterator[Placed]:
    previous: Line | None = None
    for line in lines:
        y += gap(previous, line, settings.sum_spacing)
        yield Placed(x, y, line)
        y += line.height
        previous = line


def _numbered(paragraphs: tuple[Paragraph, ...], number: int, count: int) -> list[Paragraph]:
    """The paragraphs with the numbers of this page in place of the fields."""
    words = {ord(PAGE_NUMBER): str(number), ord(PAGE_COUNT): str(count)}
    return [
        replace(one, runs=tuple(replace(run, text=run.text.translate(words)) for run in one.runs))
        for one in paragraphs
    ]
