"""One child beside the table: tabs 基本, 监护人, 考勤, 个案, 文书, 附件, 历史, each read when it is looked at."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.dates import day_words
from app.service.children.history import HistoryRow, history_rows, moment_words
from app.service.screens.student_days import TermDays, term_days
from app.service.screens.students import ChildWhole, student_whole
from app.service.screens.students_rows import ChildRow
from ui.context import Context
from ui.models.rows import Column
from ui.pages.students.facts import FactsTab, GuardiansTab
from ui.pages.students.files import FilesTab
from ui.pages.students.papers import PapersTab
from ui.pages.students.stays import StaysTab
from ui.pages.students.whereabouts import Whereabouts
from ui.theme import COLOURS
from ui.widgets.awaited import Awaited
from ui.widgets.fitted_tabs import FittedTabs
from ui.widgets.listing import Listing
from ui.widgets.parts import button, column, label, row, scrolled
from ui.widgets.right_listing import RightListing
from ui.widgets.student_columns import state_tint, state_words
from ui.widgets.term_calendar import DayWords, TermCalendar

PAUSE = 120  # ms the cursor rests on a row before the child is read, so that walking the table stays light
SIDE = 12  # px left blank beside the tabs
DAYS, HISTORY = 2, 6  # places of the tabs that are read on their own

CASES = (
    Column("编号", lambda one: str(one.no), width=6),
    Column("阶段", lambda one: str(one.stage), width=8),
    Column("立案日期", lambda one: str(one.opened_on), width=6),
    Column("下一步", lambda one: one.next_action or "没有要办的事", width=0),
)
CALLS = (
    Column("日期", lambda one: str(one.on), width=6),
    Column("方式", lambda one: str(one.method), width=4),
    Column("谁", lambda one: str(one.who), width=4),
    Column("结果", lambda one: str(one.said), width=0),
)
PAPERS = (
    Column("文号", lambda one: str(one.number), width=9),
    Column("名称", lambda one: str(one.kind), width=9),
    Column("出具日期", lambda one: str(one.issued_on), width=6),
    Column("状态", lambda one: one.voided or "有效", width=0),
)


def done_words(one: HistoryRow) -> str:
    """What was done to which field."""
    return " ".join(filter(None, (one.what, one.field)))


def change_words(one: HistoryRow) -> str:
    """A row of the history in full."""
    new = one.new or "（空）"
    said = f"{one.old or '（空）'} → {new}" if one.field else new
    return f"{moment_words(one)} {one.operator} {done_words(one)}：{said}"


CHANGES = (
    Column("日期", lambda one: f"{one.at:%Y-%m-%d}", lambda one: one.at, width=6),
    Column("谁", lambda one: str(one.operator), width=4),
    Column("做了什么", done_words, width=8),
    Column("原来", lambda one: str(one.old), width=5),
    Column("改为", lambda one: str(one.new), width=0),
)


class StudentDetail(QFrame):
    """Everything about one child.

    Signals:
        closed(): the person wants the table back.
        edit(whole): the person wants to correct this child (the answer of `student_whole`).
        leave_school(whole), join(whole): the child left the school, or comes to it.
        here(whole): a child that a roster misses is still in the school.
        same(whole, other): another record, of that id or to be looked for, is this child.
        split(whole): a record is not this child after all.
        take_back(whole): the last leaving or coming was entered wrongly.
        mark(whole, kind): a 学籍标注 is to be entered (kind empty: the person chooses).
        right(table, id, withdraw): a record of the child is to be corrected, or withdrawn.
    """

    closed = Signal()
    edit = Signal(object)
    leave_school = Signal(object)
    join = Signal(object)
    here = Signal(object)
    take_back = Signal(object)
    same = Signal(object, str)
    split = Signal(object)
    mark = Signal(object, str)
    right = Signal(str, str, bool)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._context = context
        self._student = ""  # the child that is wanted and named above
        self._shown = (
            ""  # the child whose facts stand below; another one only while those are awaited, unseen
        )
        self._wish: Callable[[ChildWhole], None] | None = (
            None  # what a person wants as soon as the child is read
        )
        self._whole: ChildWhole | None = None
        self._read: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self._load)
        self._name = label("", "title", wrap=True)
        self._state = label("", wrap=True)
        self.edit_button = button("修改(&E)", self.ask_edit, hint="更正这名学生的信息（表格中按E）")
        self.leaving_button = button(
            "转出、休学(&L)…", lambda: self._emit(self.leave_school), hint="登记离校（表格中按L）"
        )
        self.join_button = button(
            "转入、复学(&L)…", lambda: self._emit(self.join), hint="登记到校（表格中按L）"
        )
        self._lay_out()

    @property
    def student(self) -> str:
        """The id of the child shown; empty before the first."""
        return self._student

    def show_student(self, one: ChildRow, *, now: bool = False) -> None:
        """Show the child of a row of the table once the cursor rests; `now` at once.

        Its name stands there at once, and nothing of the child before is left to be taken for its own.
        """
        if one.id != self._student:
            self._wish = None
        self._student = str(one.id)
        self._name_child(one)
        if self._shown != self._student:
            self._shown = ""
            self.facts.forget()
            self._await(*range(len(self._tabs)))
        if now:
            self._timer.stop()
            self._load()
        else:
            self._timer.start()

    def width_wanted(self) -> int:
        """How wide it must be to show all its tabs at the present type size, px."""
        self.ensurePolished()
        counts = self.fontMetrics().horizontalAdvance("永") * 4  # the numbers that come behind the titles
        return self.tabs.width_wanted() + counts + 2 * SIDE

    def reload(self) -> None:
        """Read the same child again."""
        if self._student:
            self._timer.stop()
            self._load()

    def ask(self, wish: str) -> None:
        """What the child was opened for: "whereabouts" the answers where it is, "move" the form of leaving or coming,
        "mark 疑似辍学" that of the 学籍标注, "same ID" that of 同一人 beside another child; '' nothing."""
        what, _, more = wish.partition(" ")
        if what == "whereabouts":
            self.ask_whereabouts()
        elif what == "move":
            self.ask_move()
        elif what == "mark":
            self.ask_mark(more)
        elif what == "same":
            self.ask_same(more)

    def ask_edit(self) -> None:
        """Offer what is known of the child for correction, as soon as it is read."""
        if self.edit_button.isEnabled():
            self._when_read(self.edit.emit)

    def ask_move(self) -> None:
        """Open the form of leaving for a child on the roll, that of coming for any other."""
        if self.leaving_button.isEnabled():
            self._when_read(lambda whole: (self.leave_school if whole.on_roll else self.join).emit(whole))

    def ask_mark(self, kind: str = "") -> None:
        """Open the form of the 学籍标注, as soon as the child is read."""
        if not self._context.read_only:
            self._when_read(lambda whole: self.mark.emit(whole, kind))

    def ask_same(self, other: str = "") -> None:
        """Open the form of 同一人 beside the child of the id `other`, as soon as this one is read."""
        if not self._context.read_only:
            self._when_read(lambda whole: self.same.emit(whole, other))

    def ask_whereabouts(self) -> None:
        """The keyboard goes to the answers about a child nobody knows the whereabouts of, as soon as it is read."""
        self._when_read(lambda _whole: self.whereabouts.take_keys())

    def _when_read(self, then: Callable[[ChildWhole], None]) -> None:
        if self._shown == self._student and self._whole is not None:
            then(self._whole)
        else:
            self._wish = then

    def _emit(self, signal: SignalInstance) -> None:
        if self._whole is not None and not self._context.read_only:
            signal.emit(self._whole)

    def _ring(self) -> None:
        """Nobody was found who knows: the call is noted on 个案."""
        self._context.bus.go.emit("cases", {"student": self._student, "contact": True})

    def _lay_out(self) -> None:
        self.facts = FactsTab(self._context)
        self.guardians = GuardiansTab()
        self.calendar = TermCalendar()
        self.counts = label("", wrap=True)
        self.cases = Listing("个案", CASES, "没有个案。")
        self.calls = RightListing(
            "没有立案时的联系", CALLS, "", lambda one: ("contact", one.id), lambda one: str(one.said)
        )
        self.papers = PapersTab(PAPERS, self._context.level)
        self.files = FilesTab(self._context)
        self.history = RightListing(
            "历史", CHANGES, "没有改动记录。", lambda one: (one.table, one.record), change_words
        )
        self.stays = StaysTab()
        self.whereabouts = Whereabouts()
        self._lay_tabs()
        self._listen()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SIDE, 8, SIDE, 12)
        layout.setSpacing(6)
        close = button("关闭 Esc", self.closed.emit, "link")
        moves = (self.leaving_button, self.join_button)
        layout.addLayout(row(self._name, None, *moves, self.edit_button, close))
        layout.addWidget(self._state)
        layout.addWidget(self.whereabouts)
        for one in moves:
            one.hide()
        layout.addWidget(self.tabs, 1)

    def _lay_tabs(self) -> None:
        self.tabs = FittedTabs()
        self.tabs.setAccessibleName("学生信息")
        self.tabs.setDocumentMode(True)
        self._tabs: list[Awaited] = []
        for title, content in (
            ("基本", self.facts),
            ("监护人", self.guardians),
            ("考勤", self._days_tab()),
            ("个案", self._cases_tab()),
            ("文书", self.papers),
            ("附件", self.files),
            ("历史", self.history),
            ("学籍", scrolled(self.stays)),
        ):
            self._tabs.append(Awaited(content))
            self.tabs.addTab(self._tabs[-1], title)

    def _make_out(self, kind: str) -> None:
        self._context.bus.go.emit("papers", {"kind": kind, "student": self._student})

    def _listen(self) -> None:
        self.tabs.currentChanged.connect(self._look)
        self.cases.opened.connect(lambda one: self._context.bus.go.emit("cases", {"case": one.id}))
        self.papers.wanted.connect(self._make_out)
        self.papers.listing.opened.connect(
            lambda one: self._context.bus.go.emit("papers", {"number": one.number})
        )
        self.calendar.opened.connect(self._go_to_roll)
        for listing in (self.calls, self.history, self.stays):
            listing.right.connect(self.right)
        self.stays.take_back.connect(lambda: self._emit(self.take_back))
        self.stays.mark.connect(self.ask_mark)
        self.stays.same.connect(self.ask_same)
        self.stays.split.connect(lambda: self._emit(self.split))
        self.whereabouts.here.connect(lambda: self._emit(self.here))
        self.whereabouts.left.connect(lambda: self._emit(self.leave_school))
        self.whereabouts.unknown.connect(self._ring)

    def _cases_tab(self) -> QWidget:
        """The cases, and below them what was said on the telephone without one, where there is any."""
        self._calls_part = QWidget()
        self._calls_part.setLayout(column(label("没有立案时的联系", "subtitle"), self.calls))
        tab = QWidget()
        layout = column(spacing=0)
        layout.addWidget(self.cases, 1)
        layout.addWidget(self._calls_part, 1)
        tab.setLayout(layout)
        self._calls_part.hide()
        return tab

    def _days_tab(self) -> QWidget:
        keys = label("方向键走动，回车打开那天的点名。", "quiet", wrap=True)
        tab = QWidget()
        tab.setLayout(column(self.counts, self.calendar, keys, None, margin=12))
        return scrolled(tab)

    def _load(self) -> None:
        asked = self._student
        self._context.tasks.read(self, student_whole, asked, then=self._if_still(asked, self._show))

    def _if_still(self, asked: str, then: Callable[[Any], None]) -> Callable[[Any], None]:
        """Drop an answer about a child that is no longer the one shown."""
        return lambda answer: then(answer) if asked == self._student else None

    def _await(self, *places: int) -> None:
        for place in places:
            self._tabs[place].wait()

    def _name_child(self, one: ChildRow | ChildWhole) -> None:
        self._name.setText(one.name)
        was_in = one.was_in if isinstance(one, ChildWhole) else ""
        place = (f"原在{was_in}",) if was_in else (one.school, one.class_name)
        self._state.setText("  ".join(filter(None, (*place, state_words(one)))))
        self._state.setStyleSheet(f"color: {COLOURS[state_tint(one)]}")
        self.setAccessibleName(" ".join(filter(None, (one.name, one.school, one.class_name, one.state))))

    def _show(self, whole: ChildWhole) -> None:
        self._whole = whole
        self._shown = whole.id
        self._name_child(whole)
        self.facts.show_student(whole)
        self.guardians.show_guardians(whole.guardians)
        self.cases.set_rows(whole.cases)
        self.calls.set_rows(whole.calls)
        self._calls_part.setVisible(bool(whole.calls))
        self.files.show_files(whole.id, whole.attachments)
        may_write = not self._context.read_only
        self.papers.show_papers(whole.papers, may_write=may_write)
        self.stays.show_stays(whole, may_write=may_write)
        for one in (self.calls, self.history):
            one.allow(may_write)
        self.whereabouts.ask(whole, may_write=may_write)
        self.leaving_button.setVisible(whole.on_roll)
        self.join_button.setVisible(not whole.on_roll)
        counted = {3: whole.cases, 4: whole.papers, 5: whole.attachments}
        for place, rows in counted.items():
            title = self.tabs.tabText(place).split()[0]
            self.tabs.setTabText(place, f"{title} {len(rows)}" if rows else title)
        self.tabs.fit()
        for place, tab in enumerate(self._tabs):
            if place not in {DAYS, HISTORY}:
                tab.arrive()
        self._read.clear()
        self._look(self.tabs.currentIndex())
        if wish := self._wish:
            self._wish = None
            wish(whole)

    def _look(self, place: int) -> None:
        if place in self._read or not self._shown:
            return
        tell = partial(self._if_still, self._shown)
        if place == DAYS:
            self._context.tasks.read(self, term_days, self._shown, then=tell(self._show_days))
        elif place == HISTORY:
            self._context.tasks.read(self, history_rows, self._shown, then=tell(self._show_history))
        self._read.add(place)

    def _show_history(self, rows: list[HistoryRow]) -> None:
        self.history.set_rows(rows)
        self._tabs[HISTORY].arrive()

    def _show_days(self, term: TermDays) -> None:
        words = " · ".join(f"{one.kind}{one.days}天" for one in term.counts)
        counted = f"{day_words(term.first)}至{day_words(term.last)}：{words}"
        self.counts.setText("\n".join(part for part in (counted, term.hint) if part))
        days = [DayWords(one.day, one.kind, one.words) for one in term.days]
        self.calendar.show_days(days, self._context.today)
        self._tabs[DAYS].arrive()

    def _go_to_roll(self, day: date) -> None:
        if self._whole and self._whole.class_name and day <= self._context.today:
            self._context.bus.go.emit("roll", {"class": self._whole.class_name, "date": day})

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc gives the table back."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
