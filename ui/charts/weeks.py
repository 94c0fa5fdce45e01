"""旷课 by school week, one line of bars a class: every line on the same scale, an unknown day never drawn as none."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from app.domain.dates import month_day
from app.service.screens.charts import ClassWeeks, WeekCell
from ui.charts.chart import INSET, Chart, bold, number, small, widest
from ui.theme import colour

GAP = 12  # px between columns
LEGEND = "柱上的数是旷课人天 · 横线：没有旷课 · 横线上有斜线：有的上课日没点名"
UNKNOWN_LEGEND = "虚线框：整周没有点名记录，不知道有没有旷课 · 空白：没有上课"
HEADINGS = ("旷课", "请假")


class WeekChart(Chart):
    """Small multiples: a row a class, a column a week, on the right the sums of 旷课 and 请假 (人天)."""

    def __init__(self) -> None:
        super().__init__("各班每周旷课（人天）")
        self._mondays: tuple[date, ...] = ()
        self._classes: tuple[ClassWeeks, ...] = ()

    def show_weeks(self, mondays: Sequence[date], classes: Sequence[ClassWeeks]) -> None:
        """Draw these classes over these weeks."""
        self._mondays, self._classes = tuple(mondays), tuple(classes)
        self.say(_described(self._classes))

    def wanted(self) -> QSize:
        """Room for every class and week at a readable size."""
        left, cell, sums, row = self._columns(0)
        metrics = QFontMetrics(small(self.font()))
        width = left + cell * len(self._mondays) + 2 * sums
        return QSize(
            max(width, *(metrics.horizontalAdvance(line) for line in (LEGEND, UNKNOWN_LEGEND))),
            row * len(self._classes) + 4 * metrics.height() + GAP,
        )

    def cell_words(self, point: QPoint) -> str:
        """What the cell under `point` says, empty beside the cells."""
        left, cell, _, row = self._columns(self.width() - 2 * INSET)
        week, place = (point.x() - INSET - left) // cell, (point.y() - INSET - self._head()) // row
        if not (0 <= week < len(self._mondays) and 0 <= place < len(self._classes)):
            return ""
        one = self._classes[place]
        first = self._mondays[week]
        last = first + timedelta(days=6)
        days = f"{month_day(first)}—{month_day(last)}"
        return f"{one.name} 第{week + 1}周（{days}）：{_cell_words(one.weeks[week])}"

    def draw(self, painter: QPainter, room: QRect) -> None:
        """Week numbers, a line a class, the legend."""
        columns = self._columns(room.width())
        painter.translate(room.topLeft())
        self._draw_head(painter, columns)
        most = max((week.days or 0 for one in self._classes for week in one.weeks), default=0)
        for place, one in enumerate(self._classes):
            self._draw_class(painter, columns, self._head() + place * columns[3], one, most)
        painter.setFont(small(self.font()))
        painter.setPen(colour("quiet"))
        bottom = self._head() + len(self._classes) * columns[3] + GAP // 2 + painter.fontMetrics().ascent()
        for place, line in enumerate((LEGEND, UNKNOWN_LEGEND)):
            painter.drawText(0, bottom + place * painter.fontMetrics().height(), line)
        painter.translate(-room.topLeft())

    def event(self, event: QEvent) -> bool:
        """The numbers of a cell under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.cell_words(event.pos()), self)
            return True
        return super().event(event)

    def _head(self) -> int:
        return QFontMetrics(small(self.font())).height() + GAP // 2

    def _columns(self, width: int) -> tuple[int, int, int, int]:
        """Px of the names, of a week, of a sum, and of a row; weeks take what `width` leaves, within reason."""
        em = self.fontMetrics().horizontalAdvance("永")
        left = widest(self.font(), [one.name for one in self._classes]) + GAP
        sums = em * 3
        weeks = max(len(self._mondays), 1)
        cell = min(max((width - left - 2 * sums) // weeks, round(em * 1.8)), em * 5)
        return left, cell, sums, round(self.fontMetrics().height() * 2.2)

    def _draw_head(self, painter: QPainter, columns: tuple[int, int, int, int]) -> None:
        left, cell, sums, _ = columns
        painter.setFont(small(self.font()))
        painter.setPen(colour("quiet"))
        height = painter.fontMetrics().height()
        painter.drawText(QRect(0, 0, left, height), Qt.AlignmentFlag.AlignLeft, "周次")
        for week in range(len(self._mondays)):
            painter.drawText(
                QRect(left + week * cell, 0, cell, height), Qt.AlignmentFlag.AlignCenter, str(week + 1)
            )
        right = left + len(self._mondays) * cell
        for place, heading in enumerate(HEADINGS):
            painter.drawText(
                QRect(right + place * sums, 0, sums, height), Qt.AlignmentFlag.AlignRight, heading
            )

    def _draw_class(
        self, painter: QPainter, columns: tuple[int, int, int, int], top: int, one: ClassWeeks, most: float
    ) -> None:
        left, cell, sums, height = columns
        painter.setFont(self.font())
        painter.setPen(colour("ink"))
        low = Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRect(0, top, left, height - 2), Qt.AlignmentFlag.AlignLeft | low, one.name)
        for week, value in enumerate(one.weeks):
            room = QRect(left + week * cell, top, cell, height - 4)
            self._draw_cell(painter, room.adjusted(cell // 6, 0, -(cell // 6), 0), value, most)
        right = left + len(self._mondays) * cell
        for place, total in enumerate((one.truant, one.excused)):
            painter.setFont(bold(self.font()) if place == 0 and total else self.font())
            painter.setPen(colour("ink" if place == 0 and total else "quiet"))
            box = QRect(right + place * sums, top, sums, height - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | low, _sum(total))

    def _draw_cell(self, painter: QPainter, room: QRect, week: WeekCell, most: float) -> None:
        hatched = QRect(room.left(), room.bottom() - room.height() // 3, room.width(), room.height() // 3)
        if week.gap:
            unknown = week.days is None
            painter.setPen(
                QPen(colour("unknown"), 1, Qt.PenStyle.DashLine if unknown else Qt.PenStyle.SolidLine)
            )
            painter.setBrush(Qt.BrushStyle.NoBrush if unknown else Qt.BrushStyle.BDiagPattern)
            painter.drawRect(hatched)
        if week.days is None:
            return
        painter.setPen(colour("quiet"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        if week.days:
            painter.setFont(small(self.font()))
            words = painter.fontMetrics().height()
            high = max(round((room.height() - words) * week.days / most), 2)
            bar = QRect(room.left(), room.bottom() - high, room.width(), high)
            painter.fillRect(bar, colour("accent"))
            if week.gap:  # the hatching goes on in white, or a bar would hide that a day is missing
                painter.fillRect(
                    bar.intersected(hatched), QBrush(colour("surface"), Qt.BrushStyle.BDiagPattern)
                )
            painter.setPen(colour("ink"))
            low = min(bar.top(), hatched.top()) if week.gap else bar.top()
            above = QRect(room.left() - 8, low - words, room.width() + 16, words)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, number(week.days))


def _cell_words(week: WeekCell) -> str:
    if week.days is None:
        return "没有点名记录" if week.gap else "没有上课"
    gap = "，有上课日没点名" if week.gap else ""
    return f"旷课{number(week.days)}人天{gap}" if week.days else f"没有旷课{gap}"


def _sum(total: float | None) -> str:
    """A sum in 人天; — where nothing was recorded that could be added up."""
    return "—" if total is None else number(total)


def _described(classes: Sequence[ClassWeeks]) -> str:
    """The picture in words: each class's sums and the weeks that stand out."""
    lines = []
    for one in classes:
        weeks = [
            f"第{place}周{_cell_words(week)}"
            for place, week in enumerate(one.weeks, 1)
            if week.days or week.gap
        ]
        if one.truant is None:
            lines.append(f"{one.name}：没有点名记录")
            continue
        lines.append(f"{one.name}：旷课{_sum(one.truant)}人天，请假{_sum(one.excused)}人天")
        lines[-1] += f"（{'；'.join(weeks)}）" if weeks else ""
    return "。".join(lines) + ("。" if lines else "")
