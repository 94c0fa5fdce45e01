"""The list of cases: what is most urgent first, open ones or all, found by name, initials or number."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from app.service.screens.case_rows import CaseLine
from ui.context import Context
from ui.models.rows import Column, RowsModel
from ui.widgets.case_words import due_colour, due_words, stage_colour, stage_words
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.homed import Homed
from ui.widgets.keys import on_keys
from ui.widgets.parts import button, column, give_way, label, row, table

LEAST = 16  # characters of the next action that are always shown
GIVE_WAY = ("连续旷课", "班级", "学校")  # in this order, where there is no room: the case itself has them
OPEN, ALL = "未结", "全部"
NOTHING = "没有未结的个案。"
BY_HAND = "排查或群众反映发现的，按 Alt+N 手动立案。"
WHY_NOTHING = {"学校": f"学生连续旷课达到本县规则的天数时，点名后会自动立案；{BY_HAND}"}


def case_columns(today: date, level: str) -> list[Column]:
    """The columns of the list; who calls no roll sees the school instead of the days."""
    days = Column(
        "连续旷课",
        lambda one: f"{one.days}天" if one.days else "—",
        sort=lambda one: one.days,
        width=5,
        spoken=lambda one: f"{one.days}个上课日",
    )
    school = Column("学校", lambda one: one.school or "—", width=9)
    own = level == "学校"
    return [
        Column("编号", lambda one: one.no, width=5),
        Column("学生", lambda one: one.student, width=6, bold=lambda one: bool(one.open)),
        *(() if own else (school,)),
        Column("班级", lambda one: one.class_name or "—", width=6),
        Column(
            "阶段",
            lambda one: stage_words(one.stage),
            width=10,
            tint=lambda one: stage_colour(one.stage),
            spoken=lambda one: str(one.stage),
        ),
        *((days,) if own else ()),
        Column("下一步", lambda one: one.next_action or "—", width=0),
        Column(
            "期限",
            lambda one: due_words(one.state, one.due_on, today),
            sort=lambda one: one.due_on or date.max,
            width=8,
            tint=lambda one: due_colour(one.state, one.due_on),
        ),
    ]


class CaseList(Homed):
    """Signals:
    opened(id): a case is to be shown.
    new_wanted(): a case is to be opened by hand.
    """

    opened = Signal(str)
    new_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.model = RowsModel(case_columns(context.today, context.level), self)
        self.table = table(self.model, "个案")
        self.scope = ChoiceRow("范围", (OPEN, ALL), chosen=OPEN, digits=False)
        self.search = QLineEdit()
        self._count = label("", "quiet")
        self._empty = _empty()
        self._empty.hide()
        self._all: Sequence[CaseLine] = ()
        self._why_nothing = WHY_NOTHING.get(context.level, f"学校报来的、{BY_HAND}")
        self._lay_out(context)
        self._listen()

    @property
    def ids(self) -> tuple[str, ...]:
        """The cases shown, in their order."""
        return tuple(one.id for one in self.model.rows)

    def set_rows(self, rows: Sequence[CaseLine]) -> None:
        """Show these cases; the chosen one stays chosen."""
        self._all = rows
        here = self.model.row(self.table.currentIndex())
        self.model.set_rows(rows)
        self._filter()
        self.choose(here.id if here else "")

    def choose(self, case_id: str) -> None:
        """Make a case current, the first one if it is not shown."""
        place = max(self.model.position("id", case_id), 0)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(place, 0))

    def neighbour(self, case_id: str, step: int) -> str:
        """The id of the case `step` rows after that one, empty if there is none."""
        place = self.model.position("id", case_id) + step
        shown = self.model.position("id", case_id) >= 0
        return str(self.model.rows[place].id) if shown and 0 <= place < len(self.model.rows) else ""

    def place_words(self, case_id: str) -> str:
        """第2件，共5件; empty for a case that is not in the list now."""
        place = self.model.position("id", case_id)
        return f"第{place + 1}件，共{len(self.model.rows)}件" if place >= 0 else ""

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Where large type leaves no room for the next action, others give way."""
        super().resizeEvent(event)
        give_way(self.table, self.model.columns, GIVE_WAY, LEAST)

    def _lay_out(self, context: Context) -> None:
        self.search.setPlaceholderText("姓名、拼音首字母、编号  Alt+F")
        self.search.setAccessibleName("在个案中查找")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.fontMetrics().horizontalAdvance("永") * 16)
        find = label("查找(&F)", "quiet")
        find.setBuddy(self.search)
        new = button("手动立案(&N)", self.new_wanted.emit, hint="排查、比对、群众反映发现的学生（Alt+N）")
        new.setEnabled(not context.read_only)
        self.scope.setToolTip("左右方向键切换")
        head = row(label("个案", "title"), self._count, None, self.scope, find, self.search, new)
        layout = column(margin=0)
        layout.addLayout(head)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(label("↑↓ 选择　Enter 打开　Alt+N 手动立案", "quiet"))
        self.setLayout(layout)
        self.set_home(self.table)

    def _listen(self) -> None:
        self.table.activated.connect(self._open)
        self.scope.chosen.connect(lambda _text: self._filter())
        self.search.textChanged.connect(lambda _text: self._filter())
        on_keys(self.search, self.table.setFocus, "Down", alone=True)
        self.search.returnPressed.connect(lambda: self._open(self.table.currentIndex()))

    def _open(self, index: QModelIndex) -> None:
        if found := self.model.row(index):
            self.opened.emit(found.id)

    def _filter(self) -> None:
        text = "".join(self.search.text().split()).lower()
        every = self.scope.value == ALL
        self.model.show(lambda one: (every or one.open) and _fits(one, text))
        self._say_count()
        self.choose("")

    def _say_count(self) -> None:
        shown = self.model.rowCount()
        late = sum(one.state == "overdue" for one in self.model.rows)
        self._count.setText(f"{shown}件，其中逾期{late}件" if late else f"{shown}件" if shown else "")
        filtered = bool(self.search.text().strip())
        title, why = self._empty.findChildren(QLabel)
        title.setText("没有找到这样的个案。" if filtered else NOTHING if self._all else "还没有个案。")
        why.setText("可以改成“全部”，或换一个姓名、编号。" if filtered else self._why_nothing)
        if not shown and self.table.hasFocus():
            self.search.setFocus()
        self.table.setVisible(bool(shown))
        self._empty.setVisible(not shown)
        self.set_home(self.table if shown else self.search)


def _fits(one: CaseLine, text: str) -> bool:
    words = (one.no, one.student.lower(), one.school, one.class_name, *one.initials)
    return not text or any(text in word for word in words)


def _empty() -> QWidget:
    made = QWidget()
    title, why = label("", "empty"), label("", "quiet", wrap=True)
    for one in (title, why):
        one.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setLayout(column(None, title, why, None, margin=32))
    return made
