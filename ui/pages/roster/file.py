"""The first step of the import: choose or drop a roster file; below, the imports made before, each undoable."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.dates import day_words
from app.service.children.roster_answers import ImportLine
from ui.models.rows import Column
from ui.theme import COLOURS
from ui.widgets.empty_form import FORM_HINT, FORM_WORDS
from ui.widgets.file_drop import one_file
from ui.widgets.listing import Listing
from ui.widgets.parts import button, card, label, row, strip

FILES = "名册 (*.xlsx *.xls *.et *.csv *.txt);;所有文件 (*)"
ENDINGS = {".xlsx", ".xls", ".et", ".csv", ".txt"}

RUNS = (
    Column("文件", lambda one: str(one.file_name), width=0),
    Column("新增", lambda one: f"{one.added}名", lambda one: one.added, width=5),
    Column("更正", lambda one: f"{one.changed}名", lambda one: one.changed, width=5),
    Column("导入日期", lambda one: day_words(one.imported_on), lambda one: one.imported_on, width=9),
    Column(
        "状态",
        lambda one: f"{day_words(one.undone_on)}已撤销" if one.undone_on else "有效",
        width=12,
        tint=lambda one: "quiet" if one.undone_on else "done",
    ),
)


class DropZone(QFrame):
    """Takes one roster file that is dropped on it.

    Signals:
        dropped(path): a `Path`.
    """

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setObjectName("drop")
        self._mark(over=False)

    def _mark(self, *, over: bool) -> None:
        line, ground = ("accent", "chosen") if over else ("quiet", "surface")
        self.setStyleSheet(
            f"#drop {{ border: 1px dashed {COLOURS[line]}; background: {COLOURS[ground]}; border-radius: 6px; }}"
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 — Qt's name
        """Accept one file of a kind that can be a roster."""
        if one_file(event.mimeData(), ENDINGS) is not None:
            event.acceptProposedAction()
            self._mark(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 — Qt's name
        """Look as before."""
        self._mark(over=False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 — Qt's name
        """Take the file."""
        self._mark(over=False)
        path = one_file(event.mimeData(), ENDINGS)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)


class FileStep(QWidget):
    """Where the roster comes from.

    Signals:
        asked(): the person wants to look for a file.
        chosen(path): a file was dropped (a `Path`).
        form_asked(): the person has no list and wants an empty one to fill in.
        weighed(run): the person thinks of taking an earlier import back; where that can be done, `ask_undo` follows.
        undo(run): the person wants to take an earlier import back.
    """

    asked = Signal()
    chosen = Signal(object)
    form_asked = Signal()
    weighed = Signal(str)
    undo = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.zone = DropZone()
        self.pick = button("选择名册文件(&O)…", self.asked.emit, "primary")
        self.form = button(FORM_WORDS, self.form_asked.emit, hint=FORM_HINT)
        self.runs = Listing("以前的导入", RUNS, "还没有导入过名册。")
        self.take_back = button("撤销选中的导入(&Z)", self._weigh)
        self._sure = label("", "today", wrap=True)
        self.do_it = button("撤销这次导入(&Y)", self._do_undo)
        self.keep_it = button("不撤销 Esc", self.spare)
        self.question = card(self._sure, strip(None, self.keep_it, self.do_it))
        inside = QVBoxLayout(self.zone)
        inside.setContentsMargins(24, 24, 24, 24)
        inside.setSpacing(12)
        for words, role in (
            ("把名册文件拖到这里，或者", "subtitle"),
            (
                "Excel、WPS（.xlsx、.xls、.et）和 .csv 都可以：学籍系统导出的、学校自己做的都行，不用改表头。",
                "quiet",
            ),
            ("先给您看会改动什么，您同意以后才写入。", "quiet"),
        ):
            line = label(words, role, wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            inside.addWidget(line)
        inside.insertLayout(1, row(None, self.pick, self.form, None))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.zone)
        layout.addSpacing(8)
        layout.addLayout(row(label("以前的导入", "subtitle"), None, self.take_back))
        layout.addWidget(self.question)
        layout.addWidget(self.runs, 1)
        self.question.hide()
        self.zone.dropped.connect(self.chosen)
        self.runs.chosen.connect(self._look)
        self._look(None)

    def show_runs(self, runs: Sequence[ImportLine]) -> None:
        """Show the imports made before, newest first."""
        self.runs.set_rows(runs)

    def ask_undo(self, run: str) -> None:
        """Ask whether the import is to be taken back, if it still is the one chosen."""
        one = self.runs.current()
        if one and one.run == run:
            self._sure.setText(undo_words(one))
            self.question.show()
            self.keep_it.setFocus()  # one key pressed too often must not withdraw a whole roster

    def spare(self) -> bool:
        """Take the question back; False where none was asked."""
        asked = not self.question.isHidden()
        self.question.hide()
        if asked:
            self.take_back.setFocus()
        return asked

    def _look(self, one: ImportLine | None) -> None:
        self.question.hide()
        self.take_back.setEnabled(one is not None and one.undone_on is None)

    def _weigh(self) -> None:
        if one := self.runs.current():
            self.weighed.emit(one.run)

    def _do_undo(self) -> None:
        one = self.runs.current()
        self.question.hide()
        if one:
            self.undo.emit(one.run)


def undo_words(one: ImportLine) -> str:
    """What taking an import back does, with how many children it concerns."""
    parts = [f"它新增的{one.added}名学生会撤回"] if one.added else []
    parts += [f"它更正的{one.changed}名恢复成导入以前的内容"] if one.changed else []
    parts += [f"它记的{one.rolls}次点名会撤回，原来的点名恢复"] if one.rolls else []
    about = "，".join(parts) or "没有学生受影响"
    return f"要撤销{day_words(one.imported_on)}导入的“{one.file_name}”吗？{about}。"
