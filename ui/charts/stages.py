"""Open cases by stage, in the order of the ladder: a bar and its number a stage."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter

from ui.charts.chart import Chart, bold, widest
from ui.theme import colour

GAP = 12  # px between the words and the bars
NUMBER = 3  # Chinese characters kept free for the number behind a bar


class StageChart(Chart):
    """Horizontal bars, one for each stage of the ladder, none left out."""

    def __init__(self) -> None:
        super().__init__("在办个案各阶段（件）")
        self._stages: tuple[tuple[str, int], ...] = ()

    def show_stages(self, stages: Sequence[tuple[str, int]]) -> None:
        """Draw these counts, in this order."""
        self._stages = tuple(stages)
        found = "，".join(f"{stage}{count}件" for stage, count in self._stages if count)
        total = sum(count for _, count in self._stages)
        self.say(f"在办个案共{total}件{'：' + found if found else ''}。")

    def wanted(self) -> QSize:
        """Room for every stage's words and a bar worth reading."""
        em = self.fontMetrics().horizontalAdvance("永")
        return QSize(self._left() + em * (8 + NUMBER), self._row() * len(self._stages))

    def draw(self, painter: QPainter, room: QRect) -> None:
        """A line a stage."""
        left, row = self._left(), self._row()
        em = self.fontMetrics().horizontalAdvance("永")
        most = max((count for _, count in self._stages), default=0)
        unit = min((room.width() - left - em * NUMBER) / max(most, 1), em * 6)
        for place, (stage, count) in enumerate(self._stages):
            top = room.top() + place * row
            painter.setFont(self.font())
            painter.setPen(colour("ink" if count else "quiet"))
            words = QRect(room.left(), top, left - GAP, row)
            painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, stage)
            bar = QRect(room.left() + left, top + row // 4, round(unit * count), row // 2)
            painter.fillRect(bar, colour("accent"))
            painter.setFont(bold(self.font()) if count else self.font())
            behind = QRect(bar.left() + bar.width() + (GAP // 2 if count else 0), top, em * NUMBER, row)
            painter.drawText(behind, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(count))

    def _left(self) -> int:
        return widest(self.font(), [stage for stage, _ in self._stages]) + GAP

    def _row(self) -> int:
        return round(self.fontMetrics().height() * 1.7)
