"""Above a roll: the class, the day with its neighbours, the time of day, and 应到 and 实到 as they stand."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.domain.dates import month_day, weekday_words
from app.domain.vocabulary import SESSIONS
from app.service.screens.roll import RollSheet
from ui.models.roll_sheet import Tally
from ui.widgets.day_edit import DayEdit
from ui.widgets.elided import ElidedLabel
from ui.widgets.parts import button, column, label, row


class RollHead(QWidget):
    """Shows and changes which roll is taken.

    Signals:
        day_wanted(day): another day was chosen.
        step_wanted(direction): the 上课日 before (−1) or after (1) was chosen.
        session_wanted(session): 全天, 上午 or 下午 was chosen.
        refused(sentence): what was typed is no day.
    """

    day_wanted = Signal(object)
    step_wanted = Signal(int)
    session_wanted = Signal(str)
    refused = Signal(str)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._sheet = RollSheet(day=today, session="")
        self._asked_for: date | None = None
        self.heading = label("", "title")
        self.day = DayEdit(today)
        self.day.setAccessibleName("点名日期")
        sign = self.day.fontMetrics().height() + 12  # px of the sign that opens the calendar
        self.day.setFixedWidth(self.day.fontMetrics().horizontalAdvance("2026-11-20") + 40 + sign)
        self.weekday = label("")
        self.earlier = button("←", lambda: self.step_wanted.emit(-1), "choice", hint="上一个上课日（←）")
        self.earlier.setAccessibleName("上一个上课日")
        self.later = button("→", lambda: self.step_wanted.emit(1), "choice", hint="下一个上课日（→）")
        self.later.setAccessibleName("下一个上课日")
        self.tally = label("", "subtitle")
        self.state = ElidedLabel("", "quiet")
        self._sessions = {name: self._session(name) for name in SESSIONS}
        self._group = QButtonGroup(self)
        for one in self._sessions.values():
            self._group.addButton(one)
        first = row(
            self.heading, self.earlier, self.day, self.weekday, self.later, *self._sessions.values(), None
        )
        second = row(self.state, None, self.tally)
        layout = column(spacing=4)
        layout.addLayout(first)
        layout.addLayout(second)
        self.setLayout(layout)
        self.day.editingFinished.connect(self._typed)

    def show_sheet(self, sheet: RollSheet) -> None:
        """Show a `roll_sheet`."""
        self._sheet, self._asked_for = sheet, None
        day = sheet.day
        self.heading.setText(sheet.class_name)
        self.day.set_day(day)
        self.weekday.setText(f"{weekday_words(day)}{'（今天）' if day == self._today else ''}")
        self.earlier.setEnabled(bool(sheet.before))
        self.later.setEnabled(bool(sheet.after))
        for name, one in self._sessions.items():
            one.setChecked(name == sheet.session)
            one.setEnabled(name in sheet.sessions and not sheet.why)
        self.state.say(_state_words(sheet))

    def show_tally(self, tally: Tally) -> None:
        """Show 应到 and 实到 as they stand now."""
        parts = (
            ("应到", tally.expected),
            ("实到", tally.present),
            ("缺", tally.away),
            ("半天", tally.halves),
        )
        shown = [f"{word} {number}" for word, number in parts if number or word in {"应到", "实到"}]
        self.tally.setText("　".join(shown) if tally.expected else "")
        self.tally.setAccessibleName(self.tally.text())

    def step(self, direction: int) -> None:
        """Ask for the 上课日 before or after."""
        if day := self._sheet.before if direction < 0 else self._sheet.after:
            self.day_wanted.emit(day)

    def next_session(self) -> None:
        """Ask for the next time of day there is to choose."""
        names = [name for name, one in self._sessions.items() if one.isEnabled()]
        if len(names) > 1:
            place = names.index(self._sheet.session) if self._sheet.session in names else -1
            self.session_wanted.emit(names[(place + 1) % len(names)])

    def _typed(self) -> None:
        """Enter and leaving the field both say so: a day is asked for once, and what is no day does not stay."""
        problem = self.day.problem
        day = None if problem else self.day.day()
        if day is None:
            self.day.set_day(self._sheet.day)
            if problem:
                self.refused.emit(problem)
        elif day not in {self._sheet.day, self._asked_for}:
            self._asked_for = day
            self.day_wanted.emit(day)

    def _session(self, name: str) -> QPushButton:
        made = button(name, lambda: self._chosen(name), "choice", hint=f"{name}点名（D 换时段）")
        made.setCheckable(True)
        return made

    def _chosen(self, name: str) -> None:
        if name != self._sheet.session:
            self.session_wanted.emit(name)


def _state_words(sheet: RollSheet) -> str:
    if sheet.why or not sheet.classes:
        return ""
    called = sheet.called
    session = "" if sheet.session == "全天" else sheet.session
    if called is None:
        return f"○ {session}还没有点名。默认全班在校，只标没来的学生。"
    at = called.at.astimezone()
    late = "，补录" if called.entered_on > sheet.day else ""
    return f"✓ {session}已点名：{called.by_whom}，{month_day(at.date())} {at:%H:%M}录入{late}。"
