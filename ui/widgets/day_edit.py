"""A date typed the way people write it; a thin shell over `app.domain.dates`."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QWidget

from app.domain.dates import parse_day
from app.errors import UserError
from ui.theme import colour
from ui.widgets.parts import restyle


class DayEdit(QLineEdit):
    """A field for a day: 1120, 11-20 or 昨天 become 2026-11-20 when it is left. `parse` reads what was typed. Alt+↓, or
    the sign at its end, opens a calendar to choose from.

    Signals:
        chosen(day): a day was typed and understood (a `date`), or the field was emptied (None).
    """

    chosen = Signal(object)

    def __init__(
        self,
        today: date,
        parent: QWidget | None = None,
        *,
        parse: Callable[[str, date], date] = parse_day,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._before: DayEdit | None = None
        self._distance = timedelta()
        self._parse = parse
        self.problem = ""
        self.setPlaceholderText("如1120、昨天")
        self._calendar: QCalendarWidget | None = None
        opener = self.addAction(_sign(self), QLineEdit.ActionPosition.TrailingPosition)
        opener.setToolTip("日历（Alt+↓）")
        opener.triggered.connect(self.open_calendar)
        self.editingFinished.connect(self.settle)

    def follow(self, before: "DayEdit", days: int) -> None:
        """Take a month and day without a year as the one nearest to `days` after what stands in `before`: the end of a
        term is near its beginning, wherever today lies."""
        self._before, self._distance = before, timedelta(days=days)

    def day(self) -> date | None:
        """The day typed, None if empty. Raises UserError if it is no day."""
        return self._parse(self.text(), self._near()) if self.text().strip() else None

    def _near(self) -> date:
        try:
            first = self._before.day() if self._before else None
        except UserError:
            return self._today
        return first + self._distance if first else self._today

    def set_day(self, day: date | None) -> None:
        """Show `day`."""
        self.setText(day.isoformat() if day else "")
        self._mark("")

    def settle(self) -> None:
        """Write the day out in full, or say in the tooltip what is wrong with it."""
        try:
            day = self.day()
        except UserError as problem:
            self._mark(problem.sentence)
            return
        self.set_day(day)
        self.chosen.emit(day)

    def open_calendar(self) -> None:
        """Show the month of the day typed, or of today, below the field; a click or Enter there takes a day."""
        if self._calendar is None:
            self._calendar = _calendar(self)
            for signal in (self._calendar.clicked, self._calendar.activated):
                signal.connect(self._take)
        try:
            shown = self.day() or self._near()
        except UserError:
            shown = self._today
        self._calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        self._calendar.move(self._place(self._calendar))
        self._calendar.show()
        self._calendar.setFocus()

    def _place(self, calendar: QCalendarWidget) -> QPoint:
        """Below the field, or above it where the screen ends; never beyond its right side."""
        size, screen = calendar.sizeHint(), self.screen().availableGeometry()
        below = self.mapToGlobal(QPoint(0, self.height()))
        if below.y() + size.height() > screen.bottom():
            below.setY(self.mapToGlobal(QPoint(0, 0)).y() - size.height())
        below.setX(max(min(below.x(), screen.right() - size.width()), screen.left()))
        return below

    def _take(self, day: QDate) -> None:
        if self._calendar is not None and self._calendar.isVisible():
            self._calendar.hide()
            self.setText(f"{day.year():04d}-{day.month():02d}-{day.day():02d}")
            self.setFocus()
            self.editingFinished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Alt+↓ opens the calendar, as it opens any other list."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def _mark(self, problem: str) -> None:
        self.problem = problem
        self.setToolTip(problem)
        self.setProperty("wrong", bool(problem))
        restyle(self)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Choose the whole date so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()


def _calendar(field: QWidget) -> QCalendarWidget:
    """A month in Chinese that begins on Monday, over everything until a day is taken or it is left."""
    made = QCalendarWidget(field)
    made.setWindowFlag(Qt.WindowType.Popup)
    made.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    made.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    made.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
    made.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    made.setAccessibleName("日历")
    return made


def _sign(field: QWidget) -> QIcon:
    """A small sheet of a calendar, drawn in the colour of quiet words."""
    side = field.fontMetrics().height()
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setPen(QPen(colour("quiet"), 1.2))
    edge = round(side * 0.18)
    sheet = QRect(edge, edge + 1, side - 2 * edge, side - 2 * edge)
    painter.drawRect(sheet)
    painter.fillRect(sheet.left(), sheet.top(), sheet.width(), max(side // 6, 2), colour("quiet"))
    for step in (1, 2):
        across = sheet.left() + sheet.width() * step // 3
        painter.drawPoint(across, sheet.center().y() + 1)
        painter.drawPoint(across, sheet.bottom() - 2)
    painter.end()
    return QIcon(picture)
