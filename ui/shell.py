"""The frame around the pages: rail, head with the search box, status line."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.dates import day_words, month_day, weekday_words
from app.service.screens.overview import WindowFacts
from ui.context import Context
from ui.widgets.elided import ElidedLabel
from ui.widgets.parts import label, row
from ui.widgets.search_box import SearchBox

MOST = 999  # a count above is shown as 999+


class RailButton(QPushButton):
    """A page on the rail with how many things wait there."""

    def __init__(self, heading: str, keys: str) -> None:
        super().__init__(heading)
        self._heading = heading
        self._number = label("", "count")
        self._number.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 12, 0)
        layout.addStretch(1)
        layout.addWidget(self._number, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setCheckable(True)
        self.setToolTip(f"{heading}（{keys}）")
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 8)
        self.count(0)

    @property
    def number(self) -> str:
        """The number shown, empty for none."""
        return self._number.text()

    def count(self, number: int) -> None:
        """Show `number`; none shows nothing."""
        self._number.setText("" if not number else str(number) if number <= MOST else f"{MOST}+")
        self._number.setVisible(bool(number))
        self.setAccessibleName(f"{self._heading}，{number}件" if number else self._heading)


class Rail(QFrame):
    """The pages, with counts, and the manual.

    Signals:
        picked(key): a page was chosen.
        help_wanted(): the manual of the page shown.
    """

    picked = Signal(str)
    help_wanted = Signal()

    def __init__(self, pages: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self.title = label("归学")
        self.title.setObjectName("title")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        for place, (key, heading) in enumerate(pages, 1):
            layout.addWidget(self._button(key, heading, place))
        layout.addStretch(1)
        layout.addWidget(self._help())

    def choose(self, key: str) -> None:
        """Show as chosen the page that is shown."""
        self._buttons[key].setChecked(True)

    def count(self, key: str, number: int) -> None:
        """Show how many things wait on a page; none shows nothing."""
        if made := self._buttons.get(key):
            made.count(number)

    def button(self, key: str) -> RailButton:
        """The button of a page."""
        return self._buttons[key]

    def _button(self, key: str, heading: str, place: int) -> RailButton:
        made = RailButton(heading, f"Ctrl+{place}")
        made.clicked.connect(lambda: self.picked.emit(key))
        self._group.addButton(made)
        self._buttons[key] = made
        return made

    def _help(self) -> QPushButton:
        made = QPushButton("帮助 F1")
        made.setObjectName("help")
        made.setToolTip("这一页的使用手册（F1）")
        made.clicked.connect(self.help_wanted.emit)
        return made


class Head(QFrame):
    """Who we are, which week, the search box and the operator.

    Signals:
        switch_wanted(): another person wants to work here.
    """

    switch_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("head")
        self._context = context
        self._unit = ElidedLabel(context.unit)
        self._unit.setObjectName("unit")
        self._term = ElidedLabel("", "quiet")
        self._day = label("", "quiet")
        self.search = SearchBox(context)
        self.operator = self._operator(context.operator)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 6, 16, 6)
        layout.setSpacing(12)
        for one in (self._unit, self._term, self._day):
            layout.addWidget(one)
        layout.addStretch(1)
        layout.addWidget(self.search)
        layout.addWidget(self.operator)

    def show_facts(self, facts: WindowFacts) -> None:
        """Show unit, term, week and day."""
        today = self._context.today
        week = f"第{facts.week}周 " if facts.week else "假期 "
        self._unit.say(facts.unit)
        self._term.say(facts.term)
        self._day.setText(f"{week}{weekday_words(today)} {month_day(today)}")

    def _operator(self, name: str) -> QToolButton:
        made = QToolButton()
        made.setObjectName("operator")
        made.setText(f"{name}  ")
        made.setAccessibleName(f"操作人：{name}")
        made.setToolTip("每一笔记录都写上是谁记的")
        if self._context.demo:
            made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            return made  # there is nobody to change with
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.addAction("换人，或者锁上…", self.switch_wanted.emit)
        made.setMenu(menu)
        return made


class StatusLine(QFrame):
    """What was saved last, and when the last backup was."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("status")
        self._tasks = context.tasks
        self._today = context.today
        self._saved = label("所有改动都已存好")
        self._backup = label("")
        self._busy = label("")
        self._notice = ElidedLabel("", "overdue")
        self.save_table = _by_mouse("存为Excel")
        self.print_table = _by_mouse("打印")
        self.offer_tables("")
        layout = row(
            self._saved,
            self._backup,
            self._notice,
            None,
            self._busy,
            self.save_table,
            self.print_table,
            spacing=16,
        )
        layout.setContentsMargins(16, 4, 16, 4)
        self.setLayout(layout)

    def offer_tables(self, print_key: str) -> None:
        """Whether the page shown has a table to save and to print, and by which key it prints; '' for none."""
        for one, key in ((self.save_table, "Ctrl+E"), (self.print_table, print_key)):
            one.setVisible(bool(print_key))
            one.setToolTip(f"把这一页的表{one.text()}（{key}）")

    def saved(self, clock: str) -> None:
        """Say that something was saved at `clock`."""
        self._saved.setText(f"已保存 {clock}")

    def show_facts(self, facts: WindowFacts) -> None:
        """Show the last backup, and what stays said until it is mended."""
        self._notice.say(facts.notice)
        day = facts.last_backup
        if day is None:
            self._backup.setText("还没有备份")
            return
        ago = (self._today - day).days
        since = f"（{ago}天前）" if ago > 0 else ""  # a PC whose clock went back has backups of days to come
        self._backup.setText(f"上次备份 {'今天' if ago == 0 else f'{day_words(day)}{since}'}")

    def settle(self) -> None:
        """Nothing is being written any more."""
        self.busy(self._tasks.running)

    def busy(self, running: int) -> None:
        """Say that something is being worked on; while something is written, not all is saved."""
        self._busy.setText("正在处理…" if running else "")
        self._saved.setVisible(not self._tasks.changing)

    @property
    def labels(self) -> tuple[QLabel, QLabel]:
        """The two sentences, for tests."""
        return self._saved, self._backup


def _by_mouse(words: str) -> QPushButton:
    """A button for those who look for one; the keyboard has a key of its own for it."""
    made = QPushButton(words)
    made.setProperty("role", "link")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


def spread(left: QWidget, right: QWidget) -> QHBoxLayout:
    """Rail and page side by side without a gap."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(left)
    layout.addWidget(right, 1)
    return layout
