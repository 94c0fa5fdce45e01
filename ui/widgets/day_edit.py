"""A date typed the way people write it; a thin shell over `app.domain.dates`."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.dates import parse_day
from app.errors import UserError
from ui.widgets.parts import restyle


class DayEdit(QLineEdit):
    """A field for a day: 1120, 11-20 or 昨天 become 2026-11-20 when it is left. `parse` reads what was typed.

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

    def _mark(self, problem: str) -> None:
        self.problem = problem
        self.setToolTip(problem)
        self.setProperty("wrong", bool(problem))
        restyle(self)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Choose the whole date so that typing replaces it."""
        super().focusInEvent(event)
        self.selectAll()
