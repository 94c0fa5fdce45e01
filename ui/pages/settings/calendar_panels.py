"""设置: 学期与校历: what slides in: a term, days set by hand, the holiday table of a new year."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.calendar import SAID_BY
from app.errors import UserError
from app.service.office.calendars import holiday_text, holidays_in_words
from app.service.screens.settings import ShownTerm
from ui.context import Context
from ui.widgets.day_order import keep_order
from ui.widgets.effects import Effects
from ui.widgets.file_drop import FileDrop
from ui.widgets.form import Form
from ui.widgets.parts import button, clear, label, row, say

TERM_DAYS = 130  # from the first to the last day of a usual term
KIND_WORDS = {"school": "上课", "off": "停课", "half": "半天"}
REASONS = {
    "school": ("补课", "运动会补课", "停课后补课", "调休补课"),
    "off": ("暴雨停课", "暴雪停课", "高温停课", "停电停水", "传染病防控", "校运动会", "考场占用", "农忙假"),
    "half": ("期末考试", "家长会", "校运动会", "乡镇集会", "天气原因"),
}
SAMPLE = "一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月10日（周日）上班。\n2027-02-06 班 春节"
Dropped = Callable[[ShownTerm, QPushButton], object]
ENDINGS = frozenset({".txt", ".xlsx", ".xls", ".et", ".csv"})
FILES = "放假安排 (*.txt *.xlsx *.xls *.et *.csv);;所有文件 (*)"


class ResetForm(Form):
    """Days set back to what the nation and the term say: what that touches, and the press that means it."""

    def __init__(self, today: date, words: str, sentences: Sequence[str], save: Callable[[], object]) -> None:
        super().__init__(today)
        self.save = button("改回", save, "primary")
        self.add_words(words)
        effects = Effects(self.save)
        effects.tell(words, sentences)
        self.add_across(effects)


class DaysForm(Form):
    """Days set by hand: from, to, and why; below, once it was asked, what that would touch."""

    def __init__(self, today: date, kind: str, day: date, save: Callable[[], object]) -> None:
        super().__init__(today)
        self.kind = kind
        self.first = self.add_day("从", day)
        self.last = self.add_day("到", day)
        self.reason = self.add_suggested("原因", REASONS[kind], hint="选一个，或自己写")
        self.add_words(f"只有一天的，“从”“到”写同一天。设为{KIND_WORDS[kind]}以后，连续旷课马上重新计算。")
        self.last.follow(self.first, 0)
        keep_order(self.first, self.last)
        self.save = button(f"设为{KIND_WORDS[kind]}", save, "primary")
        self.effects = Effects(self.save)
        self.add_across(self.effects)
        self.mark_clean()
        self.on_enter(save)

    def days(self) -> tuple[date, date]:
        """The first and last day. Raises UserError where one is missing or no day, or no reason is given."""
        first, last = self.first.day(), self.last.day()
        if first is None or last is None:
            raise UserError("“从”和“到”的日期都要填。")
        if not self.values()["原因"]:
            raise UserError("请写原因，以后别人要知道这一天为什么这样算。可以按↓选一个。")
        return first, last


class TermForm(QWidget):
    """A new term, and below it the terms that were set, each with a button that takes it back."""

    def __init__(self, today: date, save: Callable[[], object], drop: Dropped) -> None:
        super().__init__()
        self.form = Form(today)
        self.form.add_words("新设的学期会换掉和它重叠的旧学期。")
        self.first = self.form.add_day("开学")
        self.last = self.form.add_day("放假")
        self.last.follow(self.first, TERM_DAYS)
        self.form.add_line("大小周", hint="每周一样的不填")
        self.form.add_words("大小周从周一写起，1上课、0休息、h半天，例如两周一轮：11111101111100。")
        self.form.mark_clean()
        self.form.on_enter(save)
        self._drop = drop
        self.save = button("保存", save, "primary")
        self.effects = Effects(self.save)
        self._listed = QVBoxLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.form)
        layout.addWidget(self.effects)
        layout.addSpacing(16)
        layout.addLayout(self._listed)
        layout.addStretch(1)

    def show_terms(self, terms: Sequence[ShownTerm]) -> None:
        """List the terms that were set here or above, the newest first."""
        clear(self._listed)
        set_by_hand = [one for one in terms if not one.usual]
        if set_by_hand:
            self._listed.addWidget(label("已经设的学期", "subtitle"))
        for one in reversed(set_by_hand):
            self._listed.addLayout(self._line(one))

    def _line(self, term: ShownTerm) -> QHBoxLayout:
        words = f"{term.first} 至 {term.last}" + (f"　大小周{term.cycle}" if term.cycle else "")
        if not term.own:
            return row(label(f"{words}　{SAID_BY.get(term.level, term.level)}设的"), None)
        drop = button("删去", lambda: self._drop(term, drop), "link")
        drop.setAccessibleName(f"删去{words}")
        return row(label(words), None, drop)

    def days(self) -> tuple[date, date, str]:
        """The first and last day and the cycle. Raises UserError where a day is missing or none."""
        first, last = self.first.day(), self.last.day()
        if first is None or last is None:
            raise UserError("开学和放假的日期都要填。")
        return first, last, self.form.values()["大小周"]


class HolidayForm(QWidget):
    """The holiday table of one year: typed, pasted from the notice or read from a file; below, what was understood."""

    def __init__(self, context: Context, year: int) -> None:
        super().__init__()
        self._context = context
        self.year = QLineEdit(str(year))
        self.year.setAccessibleName("年份")
        self.year.setFixedWidth(self.fontMetrics().horizontalAdvance("永") * 5)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(SAMPLE)
        self.text.setAccessibleName("放假安排")
        self.text.setMinimumHeight(self.fontMetrics().lineSpacing() * 7)
        self.read = button("从文件读入(&D)…", self._choose_file, hint="文本、Excel或WPS表格")
        self.understood = label("", "quiet", wrap=True)
        self._lay_out()
        self.text.textChanged.connect(self._preview)
        self.year.textChanged.connect(self._preview)
        FileDrop(self, ENDINGS).dropped.connect(self.take)

    def _lay_out(self) -> None:
        caption = label("年份")
        caption.setBuddy(self.year)
        words = "把国务院办公厅通知里的句子贴进来，或者一行写一段：日期、休或班、节日名。同一年重新录入会换掉以前的。"
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(caption, self.year, None, self.read))
        layout.addWidget(label(words, "quiet", wrap=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(self.understood)

    def is_dirty(self) -> bool:
        """Whether anything stands in the table."""
        return bool(self.text.toPlainText().strip())

    def table(self) -> tuple[int, str]:
        """The year and the text. Raises UserError where the year is none."""
        year = self.year.text().strip()
        if not (year.isdecimal() and 2000 <= int(year) <= 2100):
            raise UserError(f"年份“{year}”不对。请写四位数字，例如2027。")
        return int(year), self.text.toPlainText()

    def _preview(self) -> None:
        """Say after every key what would be saved: a wrong year of holidays makes wrong deadlines."""
        problem = ""
        lines: tuple[str, ...] = ()
        try:
            year, text = self.table()
            lines = holidays_in_words(text, year) if text.strip() else ()
        except UserError as refusal:
            problem = refusal.sentence
        read = problem or ("读成：\n" + "\n".join(lines) if lines else "")
        say(self.understood, read, "overdue" if problem else "quiet")

    def _choose_file(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "读入放假安排", self._context.preferences.folder, FILES)
        if file:
            self.take(Path(file))

    def take(self, file: Path) -> None:
        """Read the table from a file: chosen, or dropped on the calendar."""
        self._context.tasks.compute(self, lambda: holiday_text(file), then=self.text.setPlainText)
