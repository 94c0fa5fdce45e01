"""设置: terms, the month with its 上课日, and the holiday table of a new year."""

import re
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QPlainTextEdit, QTableView, QWidget

from app.errors import UserError
from app.service.calendars import enter_holidays, set_day, set_term
from app.service.settings_view import month, terms
from ui.context import Context
from ui.pages.settings_part import SettingsPart
from ui.widgets.elided import ElidedLabel
from ui.widgets.form import Form
from ui.widgets.month_grid import MonthModel
from ui.widgets.parts import button, column, label, row
from ui.widgets.side_panel import SidePanel

SAMPLE = "2027-01-01至2027-01-03 休 元旦\n2027-02-06 班 春节"
YEAR = re.compile(r"^\s*(\d{4})", re.MULTILINE)
KEYS = {"K": "school", "T": "off", "B": "half"}


class CalendarPart(SettingsPart):
    """Which days are school. Arrows choose a day, PageUp and PageDown the month; K, T and B set the day."""

    heading = "学期与校历"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown = context.today.replace(day=1)
        self.terms = ElidedLabel()
        self.title = label("", "subtitle")
        self.why = label("", "quiet")
        self.lacking = label("", "today", wrap=True)
        self.model = MonthModel(self)
        self.grid = self._grid()
        self.panel = SidePanel(self)
        self.set_term = button("设学期(&X)…", self._term_form)
        self.enter = button("录入放假安排(&F)…", self._holiday_form)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.terms, None, self.set_term))
        back = button("← 上月", lambda: self._turn(-1), hint="PageUp")
        on = button("下月 →", lambda: self._turn(1), hint="PageDown")
        self.body.addLayout(row(back, self.title, on, None, self.enter))
        self.body.addWidget(self.lacking)
        self.body.addWidget(self.grid, 1)
        self.body.addLayout(
            row(
                self.why,
                None,
                label("这一天设为"),
                button("上课 K", lambda: self._set("school")),
                button("停课 T", lambda: self._set("off")),
                button("半天 B", lambda: self._set("half")),
            )
        )

    def refresh(self) -> None:
        """Read the terms and the month shown."""
        self.context.tasks.read(self, terms, then=self._show_terms)
        self.context.tasks.read(self, month, self.shown.year, self.shown.month, then=self._show_month)

    def _grid(self) -> QTableView:
        grid = QTableView()
        grid.setModel(self.model)
        grid.setAccessibleName("校历")
        grid.setToolTip("方向键选日子，K上课，T停课，B半天，PageUp、PageDown换月")
        grid.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        grid.setWordWrap(False)
        grid.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        grid.verticalHeader().setVisible(False)
        grid.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        grid.setTabKeyNavigation(False)
        grid.selectionModel().currentChanged.connect(lambda now, _before: self._explain(self.model.day(now)))
        for key, kind in KEYS.items():
            self._key(grid, key, lambda kind=kind: self._set(kind))
        self._key(grid, "PgUp", lambda: self._turn(-1))
        self._key(grid, "PgDown", lambda: self._turn(1))
        return grid

    def _key(self, grid: QTableView, keys: str, action: Any) -> None:
        """A key of the grid alone: in a text field the same letter is a letter."""
        shortcut = QShortcut(QKeySequence(keys), grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(action)

    def _show_terms(self, found: list[dict[str, Any]]) -> None:
        recent = [one for one in found if one["to"] >= self.context.today] or found[-1:]
        words = [
            f"{one['from']} 至 {one['to']}" + ("（没有设，按常用的估计）" if one["usual"] else "")
            for one in recent
        ]
        self.terms.say("学期：" + "；".join(words))

    def _show_month(self, days: list[dict[str, Any]]) -> None:
        chosen = self._day() or self.context.today
        self.title.setText(f"{self.shown.year}年{self.shown.month}月")
        known = all(day["known"] for day in days)
        self.lacking.setText(
            "" if known else f"▲ {self.shown.year}年的放假安排还没有，上课日和期限按平常的周末算。"
        )
        self.lacking.setVisible(not known)
        self.model.set_days(days)
        place = self.model.place(chosen)
        self.grid.setCurrentIndex(place if place.isValid() else self.model.place(self.shown))

    def _explain(self, day: dict[str, Any] | None) -> None:
        self.why.setText(f"{day['date'].month}月{day['date'].day}日：{day['why']}" if day else "")

    def _day(self) -> date | None:
        day = self.model.day(self.grid.currentIndex())
        return day["date"] if day else None

    def _turn(self, step: int) -> None:
        place = self.shown.year * 12 + self.shown.month - 1 + step
        self.shown = date(place // 12, place % 12 + 1, 1)
        self.refresh()

    def _set(self, kind: str) -> None:
        day = self._day()
        if day is None:
            self.context.bus.refused.emit("请先在校历上选一天。")
            return
        self.context.tasks.write(self, set_day, day, kind, then=lambda _done: self.refresh())

    def _term_form(self) -> None:
        form = Form(self.context.today)
        form.add_words("新设的学期会换掉和它重叠的旧学期。")
        form.add_day("开学")
        form.add_day("放假")
        form.add_line("大小周", hint="每周一样的不填")
        form.add_words("大小周从周一写起，1上课、0休息、h半天，例如两周一轮：11111101111100。")
        form.mark_clean()
        save = button("保存", lambda: self._save_term(form), "primary")
        save.setDefault(True)
        self.panel.present("设学期", form, [save], form.is_dirty)

    def _save_term(self, form: Form) -> None:
        try:
            first, last = form.day("开学"), form.day("放假")
        except UserError as problem:
            self.context.bus.refused.emit(problem.sentence)
            return
        if first is None or last is None:
            self.context.bus.refused.emit("开学和放假的日期都要填。")
            return
        self.context.tasks.write(
            self, set_term, first, last, form.values()["大小周"], then=lambda _done: self._saved()
        )

    def _holiday_form(self) -> None:
        text = QPlainTextEdit()
        text.setTabChangesFocus(True)
        text.setPlaceholderText(SAMPLE)
        text.setAccessibleName("放假安排")
        words = "一行一段，写日期、休或班、节日名，可以从国务院办公厅的通知里一行行抄。同一年重新录入会换掉以前的。"
        holder = column(label(words, "quiet", wrap=True), text)
        panel = QWidget()
        panel.setLayout(holder)
        panel.setFocusProxy(text)
        save = button("保存", lambda: self._save_holidays(text), "primary")
        title = f"录入放假安排（例如{self.context.today.year + 1}年）"
        self.panel.present(title, panel, [save], lambda: bool(text.toPlainText().strip()))
        text.setFocus()

    def _save_holidays(self, text: QPlainTextEdit) -> None:
        year = YEAR.search(text.toPlainText())
        if year is None:
            self.context.bus.refused.emit("每行要以年份开头，例如2027-01-01至2027-01-03 休 元旦。")
            return
        self.context.tasks.write(
            self, enter_holidays, int(year[1]), text.toPlainText(), then=lambda _done: self._saved()
        )

    def _saved(self) -> None:
        self.panel.dismiss()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.context.bus.said.emit("已保存，连续旷课会重新计算。")
        self.refresh()
