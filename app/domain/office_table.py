"""A table as an office hands it in: title, unit, day, headed columns, rows; for a workbook or for paper."""

from dataclasses import dataclass
from datetime import date

Value = str | int | float | date
"""What a cell holds; texts are texts, whatever they begin with."""
NUMBER = "序号"


@dataclass(frozen=True)
class TableColumn:
    """A column: its heading, its width in Chinese characters, whether it is centred, and the only `choices` there are
    for a cell that is still to be filled (none: anything)."""

    heading: str
    width: float
    centred: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfficeTable:
    """One table. `about` says of what it is (a class, a month, a filter); `notes` stand below it, `guide` on a sheet of
    its own: how it is to be filled. `upright` for paper that is higher than wide."""

    title: str
    unit: str
    day: date
    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    about: str = ""
    notes: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    upright: bool = False

    @property
    def heading(self) -> str:
        """The title with what it is of before it: 五年级2班2026年9月考勤表."""
        return f"{self.about}{self.title}"


def numbered(rows: list[tuple[Value, ...]]) -> tuple[tuple[Value, ...], ...]:
    """The rows with their number, from 1, before each."""
    return tuple((place, *row) for place, row in enumerate(rows, 1))


def text_of(value: Value) -> str:
    """A cell as it is read on paper: 3, 1.5, 2026-09-21."""
    if isinstance(value, float):
        return f"{value:g}"
    return value.isoformat() if isinstance(value, date) else str(value)
