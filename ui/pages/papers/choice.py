"""Choosing what to issue: the kind of paper, and one case or child, or many."""

from collections.abc import Sequence
from operator import attrgetter

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from app.service.office.spelling import spells
from app.service.screens.papers import (
    KindChoice,
    SubjectChoice,
    cases_to_choose,
    children_to_choose,
    kinds_here,
)
from ui.context import Context
from ui.models.rows import Column
from ui.models.ticked_rows import TickedRows
from ui.widgets.lesser_columns import ColumnsThatFit
from ui.widgets.parts import button, label, row, table
from ui.widgets.tick_keys import TickKeys


def _place(case: SubjectChoice) -> str:
    return " ".join(part for part in (case.school, case.class_name) if part)


COLUMNS = (
    Column("个案", attrgetter("no"), width=7),
    Column("学生", attrgetter("who"), width=0),
    Column("班级", _place, width=7),
    Column("阶段", attrgetter("stage"), width=9),
)
NUMBER, STAGE = 0, 3  # columns a child without a case has nothing for
WORDS = "空格勾选，可以勾多个；回车往下填。"


class PaperChoice(QWidget):
    """The kinds and the cases, or the children where the kind is about a child alone.

    Signals:
        decided(kind, cases): go on with this kind for these cases.
        left(): the person changed their mind.
    """

    decided = Signal(str, list)
    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._wanted_kind = self._wanted_case = ""
        self._of_child: dict[str, bool] = {}
        self._showing_children = False
        self.kind = QComboBox()
        self.kind.setAccessibleName("文书种类")
        self.why = label("", "quiet", wrap=True)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查编号、姓名、拼音、班级")
        self.search.setAccessibleName("查找个案")
        self.search.setClearButtonEnabled(True)
        self.closed = QCheckBox("包括已结束的(&C)")
        self.model = TickedRows(COLUMNS, "id", self)
        self.table = table(self.model, "个案")
        TickKeys(self.table, self.model, self.go_on)
        ColumnsThatFit(self.table, {2: 34})
        self.all = button("全勾(&A)", self._tick_all, "link")
        self.count = label("", "quiet", wrap=True)
        self.next = button("往下填", self.go_on, "primary")
        self._lay_out()
        self._listen()

    def start(self, kind: str = "", case: str = "") -> None:
        """Read kinds and cases; `kind` and the case of the id `case` are chosen at once if they are there."""
        self._wanted_kind, self._wanted_case = kind or self.chosen_kind, case
        self.search.clear()
        self.model.tick(self.model.ticked, False)
        self._context.tasks.read(self, kinds_here, then=self._show_kinds)
        self.read_cases()

    def read_cases(self) -> None:
        """Read the cases anew, or the children where the kind is about a child alone."""
        self._showing_children = self._of_child.get(self.chosen_kind or self._wanted_kind, False)
        self.closed.setHidden(self._showing_children)
        for column in (NUMBER, STAGE):
            self.table.setColumnHidden(column, self._showing_children)
        if self._showing_children:
            self._context.tasks.read(self, children_to_choose, then=self._show_cases)
            return
        everything = self.closed.isChecked()
        self._context.tasks.read(self, cases_to_choose, everything=everything, then=self._show_cases)

    @property
    def chosen_kind(self) -> str:
        """The kind chosen now."""
        return str(self.kind.currentData() or "")

    def cases(self) -> list[str]:
        """The ids of the ticked cases, or of the one the cursor stands on: numbers repeat from school to school."""
        now = self.model.row(self.table.currentIndex())
        rows = self.model.ticked or ([now] if now else [])
        return [one.id for one in rows]

    def go_on(self) -> None:
        """Hand over what was chosen."""
        if self.chosen_kind and self.cases():
            self.decided.emit(self.chosen_kind, self.cases())

    def _show_kinds(self, kinds: Sequence[KindChoice]) -> None:
        self.kind.clear()
        model = self.kind.model()
        assert isinstance(model, QStandardItemModel)  # what a QComboBox makes itself
        for place, one in enumerate(kinds):
            self.kind.addItem(_named(one), one.kind)
            self.kind.setItemData(place, one.why or one.title, Qt.ItemDataRole.ToolTipRole)
            model.item(place).setEnabled(not one.why)
        self.kind.setCurrentIndex(max(self.kind.findData(self._wanted_kind), 0))
        self._of_child = {one.kind: one.of_child for one in kinds}
        self._turn()
        refused = [one.why for one in kinds if one.why]
        self.why.setText("".join(refused))
        self.why.setVisible(bool(refused))

    def _show_cases(self, cases: Sequence[SubjectChoice]) -> None:
        self.model.set_rows(cases)
        wanted = [one for one in cases if one.id == self._wanted_case]
        self.model.tick(wanted)
        if cases:
            self.table.selectRow(max(self.model.position("id", wanted[0].id) if wanted else 0, 0))
        self._count()

    def _turn(self) -> None:
        """Show cases or children, as the kind chosen asks."""
        if self._of_child.get(self.chosen_kind, False) != self._showing_children:
            self.model.tick(self.model.ticked, False)
            self.read_cases()

    def _tick_all(self) -> None:
        rows = self.model.rows
        self.model.tick(rows, not all(map(self.model.is_ticked, rows)))

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        self.model.show(lambda one: all(_fits(one, word) for word in words))
        if self.model.rowCount():
            self.table.selectRow(0)

    def _count(self) -> None:
        ticked = len(self.model.ticked)
        self.count.setText(f"已勾{ticked}{'人' if self._showing_children else '个个案'}" if ticked else WORDS)
        self.next.setText(f"批量填{ticked}份" if ticked > 1 else "往下填")
        self.next.setEnabled(bool(self.cases()))

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
        self.kind.activated.connect(lambda _place: self._turn())
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.table.setFocus)
        self.model.ticks_changed.connect(self._count)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._count())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _fits(one: SubjectChoice, word: str) -> bool:
    """Whether a word (small letters) stands in a case's row or spells the child's name."""
    text = f"{one.no} {one.student} {one.school} {one.class_name}".lower()
    return word in text or (word.isascii() and spells(word, one.student))


def _named(one: KindChoice) -> str:
    if not one.own:
        return f"{one.kind}（{one.level}用）"
    return one.title if one.kind in one.title else f"{one.kind} — {one.title}"
