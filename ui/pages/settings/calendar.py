"""设置: terms, the month with its 上课日, and the holiday table of a new year."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPushButton, QTableView

from app.domain.calendar import SAID_BY
from app.domain.dates import month_day
from app.service.office.calendars import (
    DaysReset,
    DaysSet,
    HolidaysEntered,
    TermRemoved,
    enter_holidays,
    reset_days,
    set_days,
    set_term,
    withdraw_term,
)
from app.service.screens.settings import (
    MonthDay,
    ShownTerm,
    closure_effects,
    month,
    removal_effects,
    reset_effects,
    term_effects,
    terms,
)
from ui.context import Context
from ui.pages.settings.calendar_panels import ENDINGS, KIND_WORDS, DaysForm, HolidayForm, ResetForm, TermForm
from ui.pages.settings.part import SettingsPart
from ui.widgets.effects import Effects
from ui.widgets.elided import ElidedLabel
from ui.widgets.file_drop import FileDrop
from ui.widgets.keys import on_keys
from ui.widgets.month_grid import MonthModel
from ui.widgets.parts import button, label, row
from ui.widgets.side_panel import SidePanel

KEYS = {"K": "school", "T": "off", "B": "half"}


class CalendarPart(SettingsPart):
    """Which days are school. Arrows choose a day, PageUp and PageDown the month; K, T, B and Delete set it."""

    heading = "学期与校历"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown = context.today.replace(day=1)
        self.terms = ElidedLabel()
        self.title = label("", "subtitle")
        self.why = ElidedLabel()
        self.lacking = label("", "today", wrap=True)
        self.model = MonthModel(self)
        self.grid = self._grid()
        self.panel = SidePanel(self)
        self.set_term = button("设学期(&X)…", self._term_form)
        self.enter = button("录入放假安排(&F)…", self._holiday_form)
        self._lay_out()
        FileDrop(self, ENDINGS).dropped.connect(self.take_notice)

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.terms, None, self.set_term))
        back = button("← 上月", lambda: self._turn(-1), hint="PageUp")
        on = button("下月 →", lambda: self._turn(1), hint="PageDown")
        self.body.addLayout(row(back, self.title, on, None, self.enter))
        self.body.addWidget(self.lacking)
        self.body.addWidget(self.grid, 1)
        self.body.addWidget(self.why)
        buttons = [
            button(f"{KIND_WORDS[kind]} {key}…", partial(self._ask, kind)) for key, kind in KEYS.items()
        ]
        self.reset = button("按国家安排 Delete", self._reset, hint="取消手工设的停课、补课、半天")
        self.body.addLayout(row(label("设为"), *buttons, None, self.reset))

    def refresh(self) -> None:
        """Read the terms and the month shown."""
        self.context.tasks.read(self, terms, then=self._show_terms)
        self.context.tasks.read(self, month, self.shown.year, self.shown.month, then=self._show_month)

    def is_dirty(self) -> bool:
        """Whether something was typed into the open panel."""
        return self.panel.unsaved

    def _grid(self) -> QTableView:
        grid = QTableView()
        grid.setModel(self.model)
        grid.setAccessibleName("校历")
        grid.setToolTip("方向键选日子，K上课，T停课，B半天，Delete按国家安排，PageUp、PageDown换月")
        grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        grid.setWordWrap(False)
        grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        grid.verticalHeader().setVisible(False)
        grid.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        grid.setTabKeyNavigation(False)
        grid.selectionModel().currentChanged.connect(lambda now, _before: self._explain(self.model.day(now)))
        for key, kind in KEYS.items():  # of the grid alone: in a text field the same letter is a letter
            on_keys(grid, partial(self._ask, kind), key, alone=True)
        on_keys(grid, self._reset, "Del", alone=True)
        on_keys(grid, lambda: self._turn(-1), "PgUp", alone=True)
        on_keys(grid, lambda: self._turn(1), "PgDown", alone=True)
        return grid

    def _show_terms(self, found: Sequence[ShownTerm]) -> None:
        recent = [one for one in found if one.last >= self.context.today] or found[-1:]
        self.terms.say("学期：" + "；".join(_term_words(one) for one in recent))

    def _show_month(self, days: Sequence[MonthDay]) -> None:
        chosen = self._day() or self.context.today
        self.title.setText(f"{self.shown.year}年{self.shown.month}月")
        known = all(day.known for day in days)
        self.lacking.setText(
            "" if known else f"▲ {self.shown.year}年的放假安排还没有，上课日和期限按平常的周末算。"
        )
        self.lacking.setVisible(not known)
        self.model.set_days(days)
        place = self.model.place(chosen)
        self.grid.setCurrentIndex(place if place.isValid() else self.model.place(self.shown))

    def _explain(self, day: MonthDay | None) -> None:
        self.why.say(f"{month_day(day.day)}：{day.why}" if day else "")
        self.reset.setEnabled(bool(day and day.set))

    def _day(self) -> date | None:
        day = self.model.day(self.grid.currentIndex())
        return day.day if day else None

    def _turn(self, step: int) -> None:
        place = self.shown.year * 12 + self.shown.month - 1 + step
        self.shown = date(place // 12, place % 12 + 1, 1)
        self.refresh()

    def _chosen_day(self) -> date | None:
        day = self._day()
        if day is None:
            self.context.bus.refused.emit("请先在校历上选一天。")
        return day

    # -- days set by hand

    def _ask(self, kind: str) -> None:
        if day := self._chosen_day():
            form = DaysForm(self.context.today, kind, day, lambda: self._set(form))
            if self.panel.present(f"设为{KIND_WORDS[kind]}", form, [form.save], form.is_dirty):
                form.reason.setFocus()

    def _set(self, form: DaysForm) -> None:
        if days := self.understood(form.days):
            asked = (closure_effects, *days, form.kind)
            self._weigh(form.effects, asked, lambda: self._write_days(form, days))

    def _weigh(
        self,
        effects: Effects,
        asked: tuple[Any, ...],
        write: Callable[[], None],
        save: QPushButton | None = None,
    ) -> None:
        """Write; where that touches what is recorded already, only after a person saw it and pressed again."""
        if self.panel.held:
            return
        if effects.told_of(asked):
            write()
            return

        def answered(sentences: Sequence[str]) -> None:
            self.panel.hold(False)
            if sentences:
                effects.tell(asked, sentences, save)
            else:
                write()

        def failed(problem: BaseException) -> None:
            self.panel.hold(False)
            self.context.tasks.show_problem(problem)

        self.panel.hold(True)
        self.context.tasks.read(self, *asked, then=answered, failed=failed)

    def _write_days(self, form: DaysForm, days: tuple[date, date]) -> None:
        def told(done: DaysSet) -> None:
            self._saved(f"已设为{done.kind}：{_days_words(done.days)}，{done.note}。")

        self._save(set_days, *days, form.kind, form.values()["原因"], then=told)

    def _reset(self) -> None:
        """At once where nothing on record is touched; else what is touched slides in, with the press that means it."""
        day = self._chosen_day()
        if day is None:
            return

        def told(done: DaysReset) -> None:
            self._saved(f"{_days_words(done.days)}已改回按国家安排。")

        def answered(sentences: Sequence[str]) -> None:
            if not sentences:
                self.context.tasks.write(self, reset_days, day, day, then=told)
                return
            words = f"{month_day(day)}手工设的改回按国家安排和学期。"
            form = ResetForm(
                self.context.today, words, sentences, lambda: self._save(reset_days, day, day, then=told)
            )
            if self.panel.present("改回按国家安排", form, [form.save], form.is_dirty):
                form.save.setFocus()

        self.context.tasks.read(self, reset_effects, day, day, then=answered)

    # -- terms

    def _term_form(self) -> None:
        form = TermForm(
            self.context.today, lambda: self._save_term(form), lambda *one: self._drop(form, *one)
        )
        if self.panel.present("设学期", form, [form.save], form.form.is_dirty):
            self.context.tasks.read(form, terms, then=form.show_terms)

    def _save_term(self, form: TermForm) -> None:
        if found := self.understood(form.days):

            def write() -> None:
                self._save(set_term, *found, then=lambda _done: self._saved("学期已保存。"))

            self._weigh(form.effects, (term_effects, *found), write)

    def _drop(self, form: TermForm, term: ShownTerm, pressed: QPushButton) -> None:
        def told(done: TermRemoved) -> None:
            form.effects.hide()
            self.context.bus.said.emit(f"已删去{done.first}开学的学期。删错了按Ctrl+Z撤销。")
            self.context.tasks.read(form, terms, then=form.show_terms)
            self.refresh()

        def write() -> None:
            self.context.tasks.write(self, withdraw_term, term.first, then=told)

        self._weigh(form.effects, (removal_effects, term.first), write, pressed)

    # -- holidays

    def take_notice(self, file: Path) -> None:
        """A notice or table dropped on the page: the form opens with what it says, to be looked at and saved."""
        if form := self._holiday_form():
            form.take(file)

    def _holiday_form(self) -> HolidayForm | None:
        form = HolidayForm(self.context, self.context.today.year + 1)
        save = button("保存", lambda: self._save_holidays(form), "primary")
        if not self.panel.present("录入放假安排", form, [save], form.is_dirty):
            return None
        form.text.setFocus()
        return form

    def _save_holidays(self, form: HolidayForm) -> None:
        def told(done: HolidaysEntered) -> None:
            self._saved(f"{done.year}年的放假安排已保存，共{done.days}天。{done.left_out}")

        if found := self.understood(form.table):
            self._save(enter_holidays, *found, then=told)

    def _save(self, use_case: Callable[..., Any], *args: Any, then: Callable[[Any], None]) -> None:
        self.panel.save(self.context.tasks, self, use_case, *args, then=then)

    def _saved(self, sentence: str) -> None:
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.bus.said.emit(f"{sentence}连续旷课会重新计算。")
        self.refresh()


def _term_words(term: ShownTerm) -> str:
    """A term, and whose word it is where it is not this unit's own."""
    whose = f"（{SAID_BY.get(term.level, term.level)}设的）" if term.level else ""
    return f"{term.first} 至 {term.last}" + ("（没有设，按常用的估计）" if term.usual else whose)


def _days_words(days: Sequence[date]) -> str:
    """11月23日, or 11月23日至11月25日（共3天）."""
    first, last = days[0], days[-1]
    words = month_day(first)
    return words if first == last else f"{words}至{month_day(last)}（共{len(days)}天）"
