"""Choosing what to issue: the kind of paper, and one case or many."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.service.cases import list_cases
from app.service.papers_view import kinds_here
from ui.context import Context
from ui.models.rows import Column, Row
from ui.models.ticked_rows import TickedRows
from ui.pages.paper_columns import ColumnsThatFit
from ui.widgets.parts import button, label, row, table

COLUMNS = (
    Column("个案", lambda one: one["no"], width=7),
    Column("学生", lambda one: one["student"], width=0),
    Column("班级", lambda one: one["class"], width=7),
    Column("阶段", lambda one: one["stage"], width=9),
)
WORDS = "空格勾选个案，可以勾多个；回车往下填。"


class PaperChoice(QWidget):
    """The kinds and the cases.

    Signals:
        decided(kind, numbers): go on with this kind for these cases.
        left(): the person changed their mind.
    """

    decided = Signal(str, list)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._wanted_kind = self._wanted_case = ""
        self.kind = QComboBox()
        self.kind.setAccessibleName("文书种类")
        self.why = label("", "quiet", wrap=True)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查个案编号、姓名、班级")
        self.search.setAccessibleName("查找个案")
        self.search.setClearButtonEnabled(True)
        self.closed = QCheckBox("包括已结束的(&C)")
        self.model = TickedRows(COLUMNS, "no", self)
        self.table = table(self.model, "个案")
        self.table.installEventFilter(self)
        ColumnsThatFit(self.table, {2: 34})
        self.all = button("全勾(&A)", self._tick_all, "link")
        self.count = label("", "quiet", wrap=True)
        self.next = button("往下填", self.go_on, "primary")
        self._lay_out()
        self._listen()

    def start(self, kind: str = "", case: str = "") -> None:
        """Read kinds and cases; `kind` and `case` are chosen at once if they are there."""
        self._wanted_kind, self._wanted_case = kind or self.chosen_kind, case
        self.search.clear()
        self.model.tick(self.model.ticked, False)
        self._context.tasks.read(self, kinds_here, then=self._show_kinds)
        self.read_cases()

    def read_cases(self) -> None:
        """Read the cases anew."""
        everything = self.closed.isChecked()
        self._context.tasks.read(self, list_cases, everything=everything, then=self._show_cases)

    @property
    def chosen_kind(self) -> str:
        """The kind chosen now."""
        return str(self.kind.currentData() or "")

    def numbers(self) -> list[str]:
        """The ticked cases, or the one the cursor stands on."""
        now = self.model.row(self.table.currentIndex())
        rows = self.model.ticked or ([now] if now else [])
        return [one["no"] for one in rows]

    def go_on(self) -> None:
        """Hand over what was chosen."""
        if self.chosen_kind and self.numbers():
            self.decided.emit(self.chosen_kind, self.numbers())

    def _show_kinds(self, kinds: list[dict[str, Any]]) -> None:
        self.kind.clear()
        model = self.kind.model()
        assert isinstance(model, QStandardItemModel)  # what a QComboBox makes itself
        for place, one in enumerate(kinds):
            self.kind.addItem(one["kind"] if one["kind"] == one["title"] else _named(one), one["kind"])
            self.kind.setItemData(place, one["why"] or one["title"], Qt.ItemDataRole.ToolTipRole)
            model.item(place).setEnabled(not one["why"])
        self.kind.setCurrentIndex(max(self.kind.findData(self._wanted_kind), 0))
        refused = [one["why"] for one in kinds if one["why"]]
        self.why.setText("".join(refused))
        self.why.setVisible(bool(refused))

    def _show_cases(self, cases: list[Row]) -> None:
        self.model.set_rows(cases)
        self.model.tick([one for one in cases if one["no"] == self._wanted_case])
        if cases:
            self.table.selectRow(max(self.model.position("no", self._wanted_case), 0))
        self._count()

    def _tick_all(self) -> None:
        rows = self.model.rows
        self.model.tick(rows, not all(map(self.model.is_ticked, rows)))

    def _filter(self, text: str) -> None:
        words = text.split()
        self.model.show(
            lambda one: all(word in f"{one['no']} {one['student']} {one['class']}" for word in words)
        )
        if self.model.rowCount():
            self.table.selectRow(0)

    def _count(self) -> None:
        ticked = len(self.model.ticked)
        self.count.setText(f"已勾{ticked}个个案" if ticked else WORDS)
        self.next.setText(f"批量填{ticked}份" if ticked > 1 else "往下填")
        self.next.setEnabled(bool(self.numbers()))

    def _lay_out(self) -> None:
        back = button("‹ 返回 Esc", self.left.emit, "link")
        caption = label("出什么文书")
        caption.setBuddy(self.kind)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(row(label("出具文书", "subtitle"), None, back))
        line = row(caption, self.kind)
        line.setStretch(1, 1)
        layout.addLayout(line)
        layout.addWidget(self.why)
        layout.addLayout(row(self.search, self.closed))
        layout.addWidget(self.table, 1)
        foot = row(self.count, self.all, self.next)
        foot.setStretch(0, 1)
        layout.addLayout(foot)

    def _listen(self) -> None:
        self.closed.toggled.connect(lambda _on: self.read_cases())
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.table.setFocus)
        self.model.ticks_changed.connect(self._count)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._count())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """In the table Space ticks the row wherever the cursor stands in it, Enter goes on."""
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            now = self.model.row(self.table.currentIndex())
            if event.key() == Qt.Key.Key_Space and now:
                self.model.tick([now], not self.model.is_ticked(now))
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.go_on()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _named(one: dict[str, Any]) -> str:
    return f"{one['kind']} — {one['title']}"
