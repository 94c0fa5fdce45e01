"""Workbooks as an office would bring them."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook


def workbook(path: Path, lines: Iterable[Sequence[object]]) -> Path:
    """A plain workbook of `lines` at `path`."""
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    book.save(path)
    return path
