"""试算: what a rule set would ask for, day by day, for a child that is absent from one day to another."""

import re
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from app.domain.dates import parse_day
from app.domain.ladder.strip import StripDay
from app.domain.ladder.trial import Tried
from app.domain.vocabulary import CALL_OUTCOMES, OUTCOMES
from app.errors import UserError
from app.service.office.trials import tried_contact
from ui.widgets.day_rows import DayRows
from ui.widgets.form import Form
from ui.widgets.parts import column

FROM, TO, LEAVE, CLOSED, PRESENT, CONTACT, OUTCOME = (
    "缺勤从", "缺勤到", "请假", "停课", "到校", "联系日期", "联系结果",
)  # fmt: skip
NOTHING = "没有联系"
APART = re.compile(r"[、，,;；\s]+")
BETWEEN = re.compile(r"\.\.|至|到|~|～")


class TrialPanel(QWidget):
    """What is assumed above, what follows from it below; `run` is asked to work it out."""

    def __init__(self, today: date, run: Callable[[], object]) -> None:
        super().__init__()
        self._today = today
        self.form = Form(today)
        self.form.add_day(FROM, today)
        self.form.add_day(TO)
        self.form.add_line(LEAVE, hint="如0918..0919；几段用逗号分开")
        self.form.add_line(CLOSED, hint="如0920、0921")
        self.form.add_line(PRESENT, hint="缺勤期间来过的日子")
        self.form.add_day(CONTACT)
        self.form.add_choice(OUTCOME, (NOTHING, *dict.fromkeys((*OUTCOMES, *CALL_OUTCOMES))))
        self.form.add_words("按本单位的校历算，不记录任何事。缺勤到空着的，算到学年末。")
        self.form.on_enter(run)
        self.days = DayRows("试算结果", "按这样的缺勤，没有到该办的事。")
        self.days.hide()
        self.setLayout(column(self.form, self.days, None, spacing=16))

    def tried(self) -> Tried:
        """What was typed. Raises UserError where a day is none."""
        first = self.form.day(FROM)
        if first is None:
            raise UserError("没有填缺勤从哪天起。请填写日期，例如今天。")
        values, called = self.form.values(), self.form.day(CONTACT)
        met = values[OUTCOME]
        if (called is None) is not (met == NOTHING):
            raise UserError("联系日期和联系结果要一起填。")
        leaves = tuple(self._span(one) for one in _parts(values[LEAVE]))
        return Tried(
            absent_from=first,
            absent_to=self.form.day(TO),
            leaves=leaves,
            closed=self._days(values[CLOSED]),
            present=self._days(values[PRESENT]),
            contacts=(tried_contact(called, met),) if called else (),
        )

    def show_days(self, days: Sequence[StripDay]) -> None:
        """Show what follows."""
        self.days.show_days(days)
        self.days.show()
        self.days.view.setFocus()
        QTimer.singleShot(0, self._lead_to_days)  # once they are laid out

    def _lead_to_days(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self.days)

    def _days(self, text: str) -> tuple[date, ...]:
        return tuple(day for one in _parts(text) for day in _all(*self._span(one)))

    def _span(self, text: str) -> tuple[date, date]:
        first, *rest = BETWEEN.split(text, maxsplit=1)
        begin = parse_day(first, self._today)
        return begin, parse_day(rest[0], self._today) if rest else begin


def _parts(text: str) -> list[str]:
    return [one for one in APART.split(text.strip()) if one]


def _all(first: date, last: date) -> list[date]:
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
