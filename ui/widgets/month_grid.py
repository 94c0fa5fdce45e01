"""A month as a grid of days: school or not, why, what the office set by hand. Words and shapes, not colour alone."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QBrush, QFont

from app.domain.dates import WEEKDAYS, month_day
from app.service.screens.settings import MonthDay
from ui.models.rows import Index
from ui.theme import colour

WORDS = {0.0: "休", 0.5: "半天", 1.0: "课"}


class MonthModel(QAbstractTableModel):
    """Weeks down, weekdays across; each cell is a day of the month."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._weeks: list[list[MonthDay | None]] = []

    def set_days(self, days: Sequence[MonthDay]) -> None:
        """Show the days of one month."""
        self.beginResetModel()
        cells: list[MonthDay | None] = [None] * days[0].day.weekday() if days else []
        cells += days
        cells += [None] * (-len(cells) % 7)
        self._weeks = [cells[start : start + 7] for start in range(0, len(cells), 7)]
        self.endResetModel()

    def day(self, index: Index) -> MonthDay | None:
        """The day at a cell, None outside the month."""
        return self._weeks[index.row()][index.column()] if index.isValid() else None

    def place(self, day: date) -> QModelIndex:
        """The cell of a day; an invalid index if it is not in the month."""
        for row, week in enumerate(self._weeks):
            for column, one in enumerate(week):
                if one and one.day == day:
                    return self.index(row, column)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's name and default
        """Weeks."""
        return 0 if parent.isValid() else len(self._weeks)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's name and default
        """Weekdays."""
        return 0 if parent.isValid() else len(WEEKDAYS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The number of the day, its word, and why."""
        day = self.day(index)
        if day is None:
            return None
        word = WORDS[day.weight]
        if role == Qt.ItemDataRole.DisplayRole:
            # The sign stands first and the reason last: in a narrow cell the end is left out.
            words = f"{day.day.day}　{word}"
            return f"✎{words} {day.note}".strip() if day.set else f"{words} {_named(day)}".strip()
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            school = "上课日" if day.school_day else "不上课"
            return f"{month_day(day.day)} {school}：{day.why}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return _look(day, role)

    def headerData(  # noqa: N802 — Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Weekdays across."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return f"周{WEEKDAYS[section]}"
        return None


def _named(day: MonthDay) -> str:
    """What the national table calls a day: 国庆节; a Saturday or Sunday at work is 调休. '' for a day like others."""
    if "调休上班" in day.why:
        return "调休"
    return day.why.partition("（")[2].partition("）")[0] if day.why.startswith("法定节假日（") else ""


def _look(day: MonthDay, role: int) -> Any:
    if role == Qt.ItemDataRole.ForegroundRole:
        return QBrush(colour("ink" if day.school_day else "quiet"))
    if role == Qt.ItemDataRole.BackgroundRole:
        ground = "today_ground" if day.set else "done_ground" if day.school_day else "ground"
        return QBrush(colour(ground))
    if role == Qt.ItemDataRole.FontRole:
        font = QFont()
        font.setBold(bool(day.set))
        return font
    return None
