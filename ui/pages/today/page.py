"""今日: what is to be done, the most urgent first, each row one button away from its form; 概况 beside it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from app.service.screens.tables import TODAY, RowsAsked
from app.service.screens.today import QuietFact, TaskRow, TodayView
from app.service.screens.window import WindowReading
from ui.charts.board import ChartBoard
from ui.context import Context
from ui.pages.page import Page
from ui.widgets.parts import button, clear, column, label, row
from ui.widgets.tables_out import TablesOut
from ui.widgets.task_list import TaskList

NOTHING = "今天没有要办的事。"
NOT_STARTED = "还没有导入名册。\n导入以后，每天要办的事会列在这里，急的在前。"
BOARD = 1  # the tab 概况
OUT = ("Ctrl+E Ctrl+P", "存为Excel、打印")


class TodayPage(Page):
    """The page 今日, in two tabs: 待办 with the list, and 概况 with the pictures of the term."""

    key = "today"
    heading = "今日"
    help_page = "today"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.list = TaskList()
        self.list.opened.connect(self._open)
        self.nothing = label("", "empty", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.start = button("导入名册(&I)", self._import, "primary", hint="到“学生”页导入")
        self.empty = self._empty_state()
        self.quiet = label("", "quiet", wrap=True)
        self.board = ChartBoard(context)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(24)
        self.tabs = QTabWidget()
        self.tabs.setProperty("role", "plain")  # before its tabs come in: they are styled at once
        self.tabs.addTab(self._list_tab(), "待办(&D)")
        self.tabs.addTab(self.board, "概况(&G)")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.currentChanged.connect(self._tab_shown)
        self.body.addWidget(self.tabs)
        self.set_home(self.list)
        context.bus.seen.connect(self._seen)
        self.out = TablesOut(context, self, lambda: (TODAY, RowsAsked()))

    def refresh(self) -> None:
        """Show what the window has read; where that is not true any more, it comes by `Bus.seen`."""
        if reading := self.context.reader.newest:
            self._show_reading(reading)
        else:
            self.context.reader.want()

    def commands(self) -> list[tuple[str, str]]:
        """The keys of this page."""
        return [
            ("↑ ↓", "选一件事"),
            ("回车", "去办"),
            ("Alt+D", "待办"),
            ("Alt+G", "概况"),
            ("Ctrl+E Ctrl+P", "存为Excel、打印"),
        ]

    @property
    def facts(self) -> list[str]:
        """The quiet facts shown above the list."""
        labels = (self._facts.itemAt(place).widget() for place in range(self._facts.count()))
        return [one.text() for one in labels if isinstance(one, QLabel | QPushButton)]

    def _list_tab(self) -> QWidget:
        tab = QWidget()
        layout = QVBoxLayout(tab)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._facts)
        layout.addWidget(self.quiet)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.empty, 1)
        return tab

    def _empty_state(self) -> QWidget:
        """A sentence in the middle, and for a school without a roster the first thing to do."""
        made = QWidget()
        layout = column(None, self.nothing, spacing=16)
        layout.addLayout(row(None, self.start, None))
        layout.addStretch(2)
        made.setLayout(layout)
        made.hide()
        return made

    def _seen(self, reading: WindowReading) -> None:
        if self.isVisible():
            self._show_reading(reading)
        else:
            self.look_again()

    def _show_reading(self, reading: WindowReading) -> None:
        """The list and the facts, and the pictures where they are shown."""
        self._show(reading.today)
        if self.tabs.currentIndex() == BOARD:
            self.board.refresh()

    def _show(self, seen: TodayView) -> None:
        held = self.list.hasFocus() or self.start.hasFocus()  # hiding one of them passes the focus on
        self._show_facts(seen.facts)
        tasks = seen.tasks
        urgent = any(task.state in {"overdue", "today"} for task in tasks)
        self.quiet.setText(NOTHING + seen.next)
        self.quiet.setVisible(bool(tasks) and not urgent and seen.started)
        self.nothing.setText(f"{NOTHING}\n{seen.next}".rstrip() if seen.started else NOT_STARTED)
        self.start.setVisible(not seen.started)
        self.empty.setVisible(not tasks or not seen.started)
        self.list.setVisible(bool(tasks))
        self.list.show_tasks(tasks)
        self._aim_focus()
        if held:
            self.setFocus()

    def _show_facts(self, facts: Sequence[QuietFact]) -> None:
        clear(self._facts)
        for fact in facts:
            self._facts.addWidget(self._fact(fact))
        self._facts.addStretch(1)

    def _fact(self, fact: QuietFact) -> QWidget:
        """A quiet label; where something is left to do, a way there."""
        if not fact.page:
            return label(fact.text, "quiet")
        return button(fact.text, partial(self._open, fact), "fact", hint="去办")

    def _open(self, way: TaskRow | QuietFact) -> None:
        self.context.bus.go.emit(way.page, way.target)

    def _import(self) -> None:
        self.context.bus.go.emit("students", {"import": True})

    def _aim_focus(self) -> None:
        """The keyboard goes to what is shown: the list, the one button of an empty page, or the pictures."""
        if self.tabs.currentIndex() == BOARD:
            self.set_home(self.board.weeks)
        else:
            self.set_home(self.start if self.list.isHidden() else self.list)

    def _tab_shown(self, place: int) -> None:
        self._aim_focus()
        if place == BOARD:
            self.board.refresh()
