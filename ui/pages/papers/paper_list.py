"""The list of papers: filters, the table, and what is said when there is nothing in it."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from PySide6.QtCore import QItemSelection, QTimer, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from app.service.screens.papers import PaperRow
from ui.models.rows import Column, RowsModel
from ui.widgets.homed import Homed
from ui.widgets.lesser_columns import ColumnsThatFit
from ui.widgets.parts import centred, column, label, row, table

ALL_KINDS, ALL_YEARS, ALL_STATES = "种类", "年份", "状态"  # short: large type must fit
VALID, VOIDED = "有效", "已作废"
PAUSE = 60  # ms the selection must rest before the paper is fetched, so that a held arrow key runs freely
EMPTY = "还没有出具过文书。\n按 Alt+N 出第一份。"
NOTHING = "没有符合条件的文书。"


def _state(paper: PaperRow) -> str:
    return "✕ 已作废" if paper.voided else "✓ 有效"


def _spoken(paper: PaperRow) -> str:
    return f"已作废，{paper.reason}" if paper.voided else "有效"


def _tint(paper: PaperRow) -> str:
    return "quiet" if paper.voided else ""


def _state_tint(paper: PaperRow) -> str:
    return "overdue" if paper.voided else "done"


def _issued_on(paper: PaperRow) -> str:
    return paper.issued_on.isoformat()


COLUMNS = (
    Column("文号", attrgetter("called"), attrgetter("order"), 10, tint=_tint),
    Column("学生", attrgetter("student"), width=5, tint=_tint),
    Column("文书", attrgetter("kind"), width=0, tint=_tint),
    Column("出具日期", _issued_on, width=6, tint=_tint),
    Column("状态", _state, width=5, tint=_state_tint, spoken=_spoken),
)
ROOM = {3: 41}
"""Characters the table must have for the date, which the line above the pages tells too."""
NUMBER, LEAST, MOST = 0, 8, 20
"""The column of the number, and the characters it has at least and at most: a number is told whole."""


class PaperList(Homed):
    """The issued papers, filtered; one of them chosen.

    Signals:
        chosen(paper): a paper was chosen (its `PaperRow`), or none (None).
        opened(): Enter or a double click on the chosen paper.
    """

    chosen = Signal(object)
    opened = Signal()

    def __init__(self, beside: QWidget) -> None:
        super().__init__()
        self.model = RowsModel(COLUMNS, self)
        self.table = table(self.model, "文书登记")
        self.kind, self.year, self.state = QComboBox(), QComboBox(), QComboBox()
        self.search = QLineEdit()
        self._id = ""
        self._told: str | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE)
        self._rest.timeout.connect(self._tell)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._empty = centred(label(EMPTY, "empty", wrap=True))
        middle = QWidget()
        middle.setLayout(column(None, self._empty, None))
        self._stack.addWidget(middle)
        self.set_home(self.table)
        self._columns = ColumnsThatFit(self.table, ROOM)
        self.skipped = label("", "quiet", wrap=True)
        self.skipped.hide()
        self._lay_out(beside)
        self._listen()

    @property
    def paper(self) -> PaperRow | None:
        """The chosen paper."""
        found: PaperRow | None = self.model.row(self.table.currentIndex())
        return found

    @property
    def ids(self) -> tuple[str, ...]:
        """The papers shown, in their order."""
        return tuple(one.id for one in self.model.rows)

    @property
    def empty_words(self) -> str:
        """What is said where there is no row; '' if there are rows."""
        return self._empty.text() if self._stack.currentIndex() else ""

    def set_papers(self, papers: Sequence[PaperRow]) -> None:
        """Show the list anew; the chosen paper stays chosen."""
        _refill(self.kind, ALL_KINDS, dict.fromkeys(one.kind for one in papers))
        _refill(self.year, ALL_YEARS, dict.fromkeys(f"{one.year}年" for one in papers))
        metrics = self.table.fontMetrics()
        longest = max((metrics.horizontalAdvance(one.called) for one in papers), default=0)
        self._columns.widen(NUMBER, min(max(longest // metrics.horizontalAdvance("永") + 2, LEAST), MOST), 0)
        self._told = None
        self._empty.setText(NOTHING if papers else EMPTY)
        self.model.set_rows(papers)

    def show_skipped(self, sentences: Sequence[str]) -> None:
        """Below the list: the numbers that were skipped, and why."""
        self.skipped.setText("\n".join(f"跳号：{one}" for one in sentences))
        self.skipped.setVisible(bool(sentences))

    def choose(self, paper_id: str) -> None:
        """Choose the paper of that id, taking filters away that hide it."""
        self._id = paper_id
        if self.model.position("id", paper_id) < 0:
            for box in (self.kind, self.year, self.state):
                box.setCurrentIndex(0)
            self.search.clear()
        self._restore()

    def _filter(self) -> None:
        kind, year, state = (box.currentText() for box in (self.kind, self.year, self.state))
        words = self.search.text().lower().split()

        def wanted(one: PaperRow) -> bool:
            return (
                kind in {ALL_KINDS, one.kind}
                and year in {ALL_YEARS, f"{one.year}年"}
                and state in {ALL_STATES, VOIDED if one.voided else VALID}
                and all(word in one.find for word in words)
            )

        self.model.show(wanted)

    def _restore(self) -> None:
        """After a reset: choose the same paper again, else the first one."""
        listed = self.model.rowCount() > 0
        self.set_home(self.table if listed else self.search)
        held = self._stack.isAncestorOf(
            QApplication.focusWidget() or self
        )  # which the stack would give to nothing
        self._stack.setCurrentIndex(0 if listed else 1)
        if held:
            self.setFocus()
        place = max(self.model.position("id", self._id), 0)
        if self.model.rowCount():
            self.table.selectRow(place)
        self._rest.start()

    def _moved(self, _chosen: QItemSelection, _left: QItemSelection) -> None:
        if paper := self.paper:
            self._id = paper.id
        self._rest.start()

    def _tell(self) -> None:
        paper = self.paper
        paper_id = paper.id if paper else ""
        if paper_id != self._told:
            self._told = paper_id
            self.chosen.emit(paper)

    def _lay_out(self, beside: QWidget) -> None:
        self.search.setPlaceholderText("查文号、姓名、拼音首字母")
        self.search.setAccessibleName("查找文书")
        self.search.setClearButtonEnabled(True)
        self.state.addItems([ALL_STATES, VALID, VOIDED])
        for box, name in ((self.kind, "文书种类"), (self.year, "文书年份"), (self.state, "文书状态")):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(4)
            box.setToolTip(f"按{name}筛选")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(row(self.search, beside))
        layout.addLayout(row(self.kind, self.year, self.state))
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.skipped)

    def _listen(self) -> None:
        for box in (self.kind, self.year, self.state):
            box.currentIndexChanged.connect(self._filter)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self.setFocus)
        self.model.modelReset.connect(self._restore)
        self.table.selectionModel().selectionChanged.connect(self._moved)
        self.table.activated.connect(lambda _index: self.opened.emit())


def _refill(box: QComboBox, first: str, others: Iterable[str]) -> None:
    """New choices; the one chosen stays if it is still there."""
    now = box.currentText()
    before = box.blockSignals(True)
    box.clear()
    box.addItems([first, *others])
    box.setCurrentIndex(max(box.findText(now), 0))
    box.blockSignals(before)
