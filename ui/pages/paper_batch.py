"""Issuing one kind of paper for many cases: gaps are named first, then all in one go, with a way to stop."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QProgressBar, QVBoxLayout, QWidget

from app.errors import Refusal
from app.service.delivery import batch_to
from app.service.paper_drafts import BatchDraft, batch_draft, draft, draft_docx
from ui.context import Context
from ui.models.rows import Column, Row, RowsModel
from ui.pages.paper_columns import ColumnsThatFit
from ui.pages.paper_fields import PaperFields
from ui.pages.paper_form import PAUSE
from ui.pages.paper_templates import show_folder
from ui.printing.pages import lay_out
from ui.tasks import Recorder
from ui.widgets.parts import button, label, restyle, row, scrolled, table
from ui.widgets.side_panel import may_discard

COMMON_WORDS = "下面几项大家都一样，填一次就行："


def _state(one: Row) -> str:
    if one["number"]:
        return f"✓ {one['number']}"
    if one["missing"]:
        return f"● 还缺{'、'.join(one['missing'])}"
    return "○ 可以出具"


def _tint(one: Row) -> str:
    return "done" if one["number"] else "today" if one["missing"] else ""


COLUMNS = (
    Column("个案", lambda one: one["no"], width=6),
    Column("学生", lambda one: one["student"], width=5),
    Column("班级", lambda one: one["class"], width=6),
    Column("情况", _state, width=0, tint=_tint),
)


def ask_folder(parent: QWidget, start: str) -> Path | None:
    """Where to write the files; None if the person thought better of it."""
    chosen = QFileDialog.getExistingDirectory(parent, "文书存到哪个文件夹", start)
    return Path(chosen) if chosen else None


class BatchForm(QWidget):
    """What every case lacks, the common fields, progress, and what came of it.

    Signals:
        laid_out(pages): the draft of the chosen case (a `PageSet`).
        issued(): papers were issued; the register changed.
        paper_wanted(number): show this paper, it was just issued.
        print_wanted(numbers): print these papers.
        left(): done, or left without issuing.
    """

    laid_out = Signal(object)
    issued = Signal()
    paper_wanted = Signal(str)
    print_wanted = Signal(list)
    left = Signal()

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__()
        self._context = context
        self._owner = owner
        self._kind = ""
        self._numbers: list[str] = []
        self._asked = self._shown = 0
        self._fresh = False
        self._stop = Event()
        self._folder: Path | None = None
        self.results: list[dict[str, Any]] = []
        self.ask_folder: Callable[[QWidget, str], Path | None] = ask_folder
        self.title = label("", "subtitle", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.back = button("‹ 返回 Esc", self.leave, "link")
        self.fields = PaperFields(before=self.back)
        self._scroll = scrolled(self.fields)
        self.common = label(COMMON_WORDS, "quiet")
        self.model = RowsModel(COLUMNS, self)
        self.table = table(self.model, "批量出具的个案", sortable=False)
        ColumnsThatFit(self.table, {2: 33})
        self.progress = QProgressBar()
        self.pdf = QCheckBox("每份另存PDF(&D)")
        self.pdf.setChecked(True)
        self.go = button("出具", self.issue, "primary")
        self.halt = button("停止(&S)", self._halt)
        self.print_all = button("全部打印(&A)", lambda: self.print_wanted.emit(self.issued_numbers))
        self.open = button("打开文件夹(&O)", self._open_folder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self._listen()

    @property
    def issued_numbers(self) -> list[str]:
        """The numbers that were issued."""
        return [one["number"] for one in self.results]

    def start(self, kind: str, numbers: list[str]) -> None:
        """Begin a batch of `kind` for the cases `numbers`."""
        self._kind, self._numbers, self.results = kind, numbers, []
        self._fresh = True
        self.title.setText(f"{kind}  {len(numbers)}个个案")
        self.fields.start([])
        self.model.set_rows([])
        self._stage(running=False, finished=False)
        self._ask()

    def issue(self) -> None:
        """Ask for a folder and issue what lacks nothing."""
        ready = [one["no"] for one in self.model.rows if not one["missing"]]
        folder = self.ask_folder(self, self._context.preferences.folder) if ready else None
        if folder is None:
            return
        self._context.preferences.folder = str(folder)
        self._folder = folder
        self._stop.clear()
        self.progress.setRange(0, len(ready))
        self.progress.setValue(0)
        self._stage(running=True, finished=False)
        typed, blanks, pdf = self.fields.typed, self.fields.blanks, self.pdf.isChecked()
        report = self._context.tasks.reporter(self._owner, self._went_on)

        def job(runner: Recorder) -> list[dict[str, Any]]:
            return batch_to(
                runner,
                self._kind,
                ready,
                folder,
                typed=typed,
                blanks=blanks,
                pdf=pdf,
                progress=report,
                cancelled=lambda: self._stop.is_set() or runner.leaving.is_set(),
            )

        self._context.tasks.work(self._owner, job, then=self._finished, failed=self._failed_job)

    def _open_folder(self) -> None:
        if self._folder:
            show_folder(self._folder)

    def show_first(self) -> None:
        """Choose the first paper that was issued."""
        if self.results:
            self.table.selectRow(self.model.position("number", self.results[0]["number"]))

    def leave(self) -> None:
        """Close, asking first if something was typed and nothing issued yet. A running batch is not left."""
        if self.halt.isVisible():
            return
        if self.results or not self.fields.is_dirty() or may_discard(self):
            self._pause.stop()
            self._asked += 1
            self._shown += 1
            self.left.emit()

    def _ask(self) -> None:
        self._pause.stop()
        self._asked += 1
        self._context.tasks.read(
            self,
            batch_draft,
            self._kind,
            self._numbers,
            self.fields.typed,
            self.fields.blanks,
            then=partial(self._answered, self._asked),
            failed=partial(self._refused, self._asked),
        )

    def _answered(self, asked: int, answer: BatchDraft) -> None:
        if asked != self._asked:
            return
        if self._fresh:
            self._fresh = False
            self._begin(answer)
        else:
            self.fields.take(answer.fields)
        place = max(self.table.currentIndex().row(), 0)
        self.model.set_rows([one | {"number": ""} for one in answer.rows])
        self.table.selectRow(place)
        self._judge(answer)

    def _begin(self, answer: BatchDraft) -> None:
        self.fields.start(answer.fields)
        self.common.setVisible(bool(answer.fields))
        self._scroll.setVisible(bool(answer.fields))
        self._scroll.setMaximumHeight(self.fields.sizeHint().height() + 2)
        if not self.fields.focus_first():
            self.table.setFocus()

    def _judge(self, answer: BatchDraft) -> None:
        lacking = [one for one in answer.rows if one["missing"]]
        ready = len(answer.rows) - len(lacking)
        common = [one.name for one in answer.fields if one.missing]
        self.go.setText(f"出具{ready}份" if ready else "出具")
        self.go.setEnabled(ready > 0 and not self._context.read_only)
        notes = dict.fromkeys(one["note"] for one in answer.rows if one["note"])
        if common:
            self._say("".join([*notes, f"先填上面的{'、'.join(common)}，或勾“有意留空”。"]), "today")
        elif lacking:
            words = f"{len(lacking)}份还缺内容，这次不出；在学生或个案里补好，或单独填这一份。"
            self._say("".join([*notes, words]), "today")
        else:
            self._say("都齐了。出具后编号，内容不能再改，只能作废重出。", "quiet")

    def _refused(self, asked: int, problem: BaseException) -> None:
        if asked == self._asked:
            self.go.setEnabled(False)
            if isinstance(problem, Refusal):
                self._say(problem.sentence, "overdue")
            else:
                self._context.tasks.show_problem(problem)

    def _chosen(self) -> None:
        one = self.model.row(self.table.currentIndex())
        if one is None:
            return
        self._shown += 1
        if one["number"]:
            self.paper_wanted.emit(one["number"])
            return
        self._context.tasks.read(
            self,
            draft,
            self._kind,
            one["no"],
            self.fields.typed,
            self.fields.blanks,
            then=partial(self._draw, self._shown),
        )

    def _draw(self, shown: int, answer: Any) -> None:
        if shown == self._shown:
            self._context.tasks.compute(
                self,
                lambda: lay_out(draft_docx(answer)),
                then=lambda pages: self.laid_out.emit(pages) if shown == self._shown else None,
            )

    def _went_on(self, done: int, total: int, no: str) -> None:
        self.progress.setMaximum(total)
        self.progress.setValue(done)
        self.progress.setFormat(f"{done}/{total}  {no}")

    def _halt(self) -> None:
        self._stop.set()
        self.halt.setEnabled(False)
        self._say("正在停下：手上这一份出完就停。", "quiet")

    def _finished(self, results: list[dict[str, Any]]) -> None:
        self.results = results
        self._mark_issued()
        skipped = self.progress.maximum() - len(results)
        stopped = f"，按停止后还有{skipped}份没有出" if skipped else ""
        self._say(f"出具了{len(results)}份{stopped}。文件在：{self._folder}", "done")
        self._stage(running=False, finished=True)
        self.issued.emit()

    def _failed_job(self, problem: BaseException) -> None:
        self._say(f"出到第{self.progress.value() + 1}份时停下了，已经出具的在登记里。", "overdue")
        self._stage(running=False, finished=True)
        self.issued.emit()
        self._context.tasks.show_problem(problem)

    def _mark_issued(self) -> None:
        numbers = {one["no"]: one["number"] for one in self.results}
        self.model.set_rows([one | {"number": numbers.get(one["no"], "")} for one in self.model.rows])

    def _stage(self, *, running: bool, finished: bool) -> None:
        """Show what belongs to filling in, to the run, or to its result."""
        filling = not running and not finished
        self.fields.setEnabled(filling)
        self.pdf.setVisible(filling)
        self.go.setVisible(filling)
        self.progress.setVisible(running)
        self.halt.setVisible(running)
        self.halt.setEnabled(running)
        self.print_all.setVisible(finished and bool(self.results))
        self.open.setVisible(finished and bool(self.results))
        self.back.setVisible(not running)
        self.back.setText("完成 Esc" if finished else "‹ 返回 Esc")
        if running:
            self.halt.setFocus()
        elif finished:
            (self.print_all if self.results else self.back).setFocus()

    def _say(self, words: str, role: str) -> None:
        self.note.setText(words)
        self.note.setProperty("role", role)
        restyle(self.note)

    def _lay_out(self) -> None:
        self.progress.setAccessibleName("批量出具的进度")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(row(label("批量出具", "quiet"), None, self.back))
        layout.addWidget(self.title)
        layout.addWidget(self.common)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.note)
        layout.addWidget(self.progress)
        layout.addLayout(row(self.pdf, None, self.halt, self.open, self.print_all, self.go))

    def _listen(self) -> None:
        self.fields.edited.connect(self._pause.start)
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._chosen())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)
