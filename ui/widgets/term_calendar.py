"""A child's term, one small square a day: weeks from left to right, Monday to Sunday from top to bottom.

It is a real table, so that arrows walk the days, the pointer shows the words, and a screen reader says them.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.dates import WEEKDAYS, day_words, weekday_words
from ui.theme import colour
from ui.widgets.parts import label, row

KIND = Qt.ItemDataRole.UserRole
SMALLEST, LARGEST = 14, 30  # px a square
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
Index = QModelIndex | QPersistentModelIndex


class DayWords(NamedTuple):
    """One day: its kind (在校, 旷课, 请假, 未记录, 点名前, 不上课, 未到) and all that is known of it in words."""

    day: date
    kind: str
    words: str


class Look(NamedTuple):
    """How a day is drawn: ground, ink and a sign (a character, or • for a dot); colours by name."""

    ground: str
    ink: str
    sign: str


LOOKS: Mapping[str, Look] = {
    "在校": Look("done_ground", "done", "•"),
    "旷课": Look("overdue", "surface", "旷"),
    "请假": Look("today_ground", "today", "假"),
    "未记录": Look("surface", "unknown", ""),
    "点名前": Look("surface", "quiet", "－"),
    "不上课": Look("ground", "quiet", ""),
    "未到": Look("surface", "quiet", ""),
}
HATCHED = "未记录"
LEGEND_LINE = 4  # kinds on a line of the legend


class TermModel(QAbstractTableModel):
    """Seven rows, one column a week. Days outside the term are empty cells that cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monday = date.min
        self._days: dict[date, DayWords] = {}
        self._weeks = 0

    def set_days(self, days: Sequence[DayWords]) -> None:
        """Show these days; they follow each other without gaps."""
        self.beginResetModel()
        self._days = {one.day: one for one in days}
        self._weeks = 0
        if days:
            self._monday = days[0].day - timedelta(days=days[0].day.weekday())
            self._weeks = (days[-1].day - self._monday).days // 7 + 1
        self.endResetModel()

    def day_at(self, index: Index) -> DayWords | None:
        """The day of a cell, if the term holds it."""
        if not index.isValid():
            return None
        return self._days.get(self._monday + timedelta(days=7 * index.column() + index.row()))

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; an invalid one if the term does not hold it."""
        if day not in self._days:
            return QModelIndex()
        week, weekday = divmod((day - self._monday).days, 7)
        return self.index(weekday, week)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's name and default
        """Monday to Sunday."""
        return 0 if parent.isValid() or not self._weeks else 7

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's name and default
        """The weeks of the term."""
        return 0 if parent.isValid() else self._weeks

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The kind of a day; the pointer and a screen reader get it in words with its date."""
        one = self.day_at(index)
        if one is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, KIND}:
            return one.kind
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return spoken(one)
        return None

    def headerData(  # noqa: N802 — Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Weekdays at the side; above, a month where it begins."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return WEEKDAYS[section]
        return self._month(section)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only days of the term can be walked to."""
        return super().flags(index) if self.day_at(index) else Qt.ItemFlag.NoItemFlags

    def _month(self, week: int) -> str:
        monday = self._monday + timedelta(days=7 * week)
        days = [monday + timedelta(days=place) for place in range(7)]
        first = next((day for day in days if day in self._days and (day.day == 1 or week == 0)), None)
        return f"{first.month}月" if first else ""


def spoken(one: DayWords) -> str:
    """A day in words: 2026年11月18日 周三 旷课."""
    return f"{day_words(one.day)} {weekday_words(one.day)} {one.words}"


class DayDelegate(QStyledItemDelegate):
    """Draws a day as a square: ground, sign, hatching for 未记录, a ring where the cursor is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one day."""
        kind = index.data(KIND)
        if kind is None:
            return
        place: QRect = option.rect.adjusted(1, 1, -2, -2)  # type: ignore[attr-defined]  # PySide's stubs lack it
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]  # likewise
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_day(painter, place, kind)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 2, 2)
        painter.restore()


def draw_day(painter: QPainter, place: QRect, kind: str) -> None:
    """Draw a day of that kind into a square."""
    look = LOOKS[kind]
    painter.setPen(Qt.PenStyle.NoPen if kind == "不上课" else QPen(colour("line"), 1))
    painter.setBrush(colour(look.ground))
    painter.drawRoundedRect(place, 2, 2)
    if kind == HATCHED:
        painter.setPen(QPen(colour("unknown"), 1))
        painter.setBrush(QBrush(colour("unknown"), Qt.BrushStyle.BDiagPattern))
        painter.drawRoundedRect(place, 2, 2)
    elif look.sign == "•":
        dot = max(place.width() // 3, 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(look.ink))
        painter.drawEllipse(place.center(), dot // 2, dot // 2)
    elif look.sign:
        font = painter.font()
        font.setPixelSize(max(round(place.height() * 0.62), 9))
        painter.setFont(font)
        painter.setPen(colour(look.ink))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, look.sign)


class _Months(QHeaderView):
    """Month names that may reach over the weeks after them."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumSectionSize(SMALLEST)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 — Qt's name
        """Write the month where it begins."""
        if words := self.model().headerData(section, Qt.Orientation.Horizontal):
            painter.setPen(colour("quiet"))
            wide = rect.adjusted(2, 0, rect.width() * 2, 0)
            painter.drawText(wide, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


class _Swatch(QWidget):
    """One square of the legend."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        side = round(self.fontMetrics().height() * 0.9)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Draw the square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_day(painter, self.rect().adjusted(0, 0, -1, -1), self._kind)
        painter.end()


def _legend(kinds: Sequence[str]) -> QHBoxLayout:
    """Squares with the words of their kinds."""
    legend = row(spacing=4)
    for kind in kinds:
        legend.addWidget(_Swatch(kind))
        legend.addWidget(label(kind, "quiet"))
        legend.addSpacing(8)
    legend.addStretch(1)
    return legend


class TermCalendar(QWidget):
    """The squares, the words of the day under the cursor, and what the signs mean.

    Signals:
        opened(day): Enter or a double click on a day (a `date`).
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = TermModel(self)
        self.view = QTableView()
        self._words = label("", wrap=True)
        self._dress()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.view)
        layout.addWidget(self._words)
        kinds = list(LOOKS)
        for some in (kinds[:LEGEND_LINE], kinds[LEGEND_LINE:]):  # one line would be wider than the squares
            layout.addLayout(_legend(some))
        self.view.selectionModel().currentChanged.connect(lambda now, _before: self._say(now))
        self.view.doubleClicked.connect(self._open)
        self.view.installEventFilter(self)

    @property
    def words(self) -> str:
        """The words of the day under the cursor."""
        return self._words.text()

    def show_days(self, days: Sequence[DayWords], chosen: date) -> None:
        """Show a term with the cursor on `chosen` (or its last day)."""
        self.model.set_days(days)
        self._fit()
        index = self.model.index_of(chosen)
        if not index.isValid() and days:
            index = self.model.index_of(days[-1].day)
        self.view.setCurrentIndex(index)
        self._say(index)

    def _dress(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(DayDelegate(view))
        view.setHorizontalHeader(_Months())
        view.setAccessibleName("本学期考勤，每格一天")
        view.setShowGrid(False)
        view.setStyleSheet(
            "QHeaderView, QHeaderView::section { background: transparent; border: none; padding: 0; }"
        )
        view.setTabKeyNavigation(False)
        view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        side = view.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(SMALLEST)
        side.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        side.setFixedWidth(view.fontMetrics().horizontalAdvance("永") + 20)

    def _fit(self) -> None:
        """Squares as large as the width allows."""
        weeks = max(self.model.columnCount(), 1)
        room = self.width() - self.view.verticalHeader().width() - 8
        side = min(max(room // weeks, SMALLEST), LARGEST)
        font = self.font()
        font.setPixelSize(min(self.fontInfo().pixelSize(), max(side - 6, 9)))
        self.view.verticalHeader().setFont(font)
        self.view.horizontalHeader().setDefaultSectionSize(side)
        self.view.verticalHeader().setDefaultSectionSize(side)
        self.view.setFixedHeight(side * 7 + self.view.horizontalHeader().sizeHint().height() + 6)

    def _say(self, index: QModelIndex) -> None:
        one = self.model.day_at(index)
        self._words.setText(spoken(one) if one else "")

    def _open(self, index: QModelIndex) -> None:
        if one := self.model.day_at(index):
            self.opened.emit(one.day)

    def sizeHint(self) -> QSize:  # noqa: N802 — Qt's name
        """Wide enough for squares of a readable size."""
        return QSize(SMALLEST * 24, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Fit the squares to the new width."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Enter opens the day under the cursor."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            self._open(self.view.currentIndex())
            return True
        return False
