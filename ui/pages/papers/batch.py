"""Issuing one kind of paper for many cases: gaps are named first, then all in one go, with a way to stop."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.errors import Refusal
from app.service.papers.drafts import BatchDraft, Draft, batch_draft, draft, draft_docx
from app.service.papers.numbers import PaperRef
from ui.context import Context
from ui.models.ticked_rows import TickedRows
from ui.pages.papers.batch_fields import BatchFields
from ui.pages.papers.batch_rows import (
    COLUMNS,
    NUMBER,
    PLAIN,
    ROOM,
    WITH_UNIT,
    BatchLine,
    ask_folder,
    early,
    ready,
    usual,
    verdict,
)
from ui.pages.papers.batch_run import BatchRun, Order
from ui.pages.papers.fields import reason_line
from ui.pages.papers.form import PAUSE
from ui.pages.papers.templates import show_folder
from ui.printing.pages import PageSet, lay_out
from ui.widgets.keys import GO, on_keys
from ui.widgets.lesser_columns import ColumnsThatFit
from ui.widgets.parts import button, label, row, say, table
from ui.widgets.side_panel import may_discard
from ui.widgets.tick_keys import TickKeys

FIELDS_SHARE = 0.36  # of the height, at most: the table is what a batch is about
LEAST_ROWS = 3
ROOMY = 13  # rows of the table; where the form is lower, words that can be spared give way


class BatchForm(QWidget):
    """What every case lacks, the fields, progress, and what came of it; what is left can be gone on with.

    Signals:
        laid_out(pages): the draft of the chosen case (a `PageSet`).
        issued(): a run is over, there may be new papers.
        paper_wanted(id): show this paper, it was just issued.
        print_wanted(papers): print these papers (`PaperRef`s).
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
        self._kind = ""
        self._cases: list[str] = []
        self._asked = self._shown = 0
        self._folder: Path | None = None
        self._answer: BatchDraft | None = None
        self.ask_folder: Callable[[QWidget, str], Path | None] = ask_folder
        self.title = label("", "subtitle", wrap=True)
        self.result = label("", "done", wrap=True)
        self.note = label("", "quiet", wrap=True)
        self.back = button("‹ 返回 Esc", self.leave, "link")
        self.fields = BatchFields(before=self.back)
        self.model = TickedRows(COLUMNS, "id", self)
        self.table = table(self.model, "批量出具的个案", sortable=False)
        self._line = self.table.verticalHeader().defaultSectionSize()
        self._columns = ColumnsThatFit(self.table, ROOM)
        self.reason = reason_line()
        self.run = BatchRun(context, owner)
        self.pdf = QCheckBox("每份另存PDF(&D)")
        self.pdf.setChecked(True)
        self.go = button("出具", self.issue, "primary", hint="Ctrl+Enter")
        self.print_all = button("全部打印(&A)", lambda: self.print_wanted.emit(self.issued_papers))
        self.open = button("打开文件夹(&O)", self._open_folder)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self._listen()

    @property
    def issued_papers(self) -> list[PaperRef]:
        """The papers issued so far, in their order."""
        return list(self.run.papers.values())

    def start(self, kind: str, cases: list[str]) -> None:
        """Begin a batch of `kind` for the cases of these ids. Not while one is running."""
        self._kind, self._cases = kind, cases
        self.run.forget()
        self._answer = None
        self.title.setText(f"{kind}  {len(cases)}个个案")
        self.fields.start()
        self.reason.clear()
        self.result.hide()
        self.model.set_rows([])
        self._say("正在读取…", "quiet")
        self._arrange()
        self._ask()

    def issue(self) -> None:
        """Ask for a folder and issue what is ticked and lacks nothing."""
        rows = ready(self.model.ticked)
        if not rows or not self.go.isEnabled():
            return
        folder = self.ask_folder(self, self._context.preferences.folder)
        if folder is None:
            return
        self._folder = folder
        self._drop_questions()
        self.result.hide()
        self.run.start(
            Order(
                kind=self._kind,
                cases={one.id: one.who for one in rows},
                folder=folder,
                shared=self.fields.shared,
                own=self.fields.own,
                pdf=self.pdf.isChecked(),
                reason=self.reason.text(),
            )
        )
        self._arrange()

    def show_first(self) -> None:
        """Choose the first paper that was issued."""
        if self.run.papers:
            self.table.selectRow(self.model.position("id", next(iter(self.run.papers))))
            self._chosen()

    def leave(self) -> None:
        """Close, asking first if what was typed would be lost. A running batch is not left."""
        if not self.run.running and self.may_leave():
            self.stop()
            self.left.emit()

    def may_leave(self) -> bool:
        """Whether nothing is lost, or a person gives it up. A running batch goes on and loses nothing."""
        typed = self.fields.is_dirty() or bool(self.reason.text())
        waiting = bool(ready(self.model.ticked)) or not self.run.papers
        return self.run.running or not (typed and waiting) or may_discard(self)

    def stop(self) -> None:
        """Drop the answers under way, and what was typed unless a batch is running."""
        self._drop_questions()
        self._shown += 1
        if not self.run.running:
            self.fields.start()
            self.reason.clear()

    def open_row(self) -> None:
        """Ask for what the chosen case lacks."""
        one = self._line_here()
        if one and not one.number and not self.run.running:
            self.fields.open_case(one)
            self._chosen()

    def _open_next(self) -> None:
        """From the fields of one case to the next one that lacks something; after the last one to the table."""
        here = self.model.position("id", self.fields.case)
        rows = [*self.model.rows[here + 1 :], *self.model.rows[:here]]
        following = next((one for one in rows if one.case.missing and not one.number), None)
        if following is None:
            self.fields.close_case()
            return
        self.table.selectRow(self.model.position("id", following.id))
        self.open_row()

    def _go_on(self) -> None:
        (self._open_next if self.fields.case else self.issue)()

    def _open_folder(self) -> None:
        if self._folder:
            show_folder(self._folder)

    # -- what is known --

    def _drop_questions(self) -> None:
        self._pause.stop()
        self._asked += 1

    def _ask(self) -> None:
        self._drop_questions()
        self._context.tasks.read(
            self,
            batch_draft,
            self._kind,
            self._cases,
            *self.fields.shared,
            self.fields.own,
            then=partial(self._answered, self._asked),
            failed=partial(self._refused, self._asked),
        )

    def _answered(self, asked: int, answer: BatchDraft) -> None:
        if asked != self._asked:
            return
        fresh = self._answer is None
        (self.fields.begin if fresh else self.fields.take)(answer)
        self._answer = answer
        now = self._line_here()
        issued = {case: paper.called for case, paper in self.run.papers.items()}
        rows = [BatchLine(one, issued.get(one.subject_id, "")) for one in answer.rows]
        self.model.set_rows(rows)
        with_unit = any(" " in one.no for one in answer.rows)
        self._columns.widen(NUMBER, *(WITH_UNIT if with_unit else PLAIN))
        self.table.selectRow(max(self.model.position("id", now.id) if now else 0, 0))
        if fresh:
            self.model.tick(usual(rows))
            if self.isVisible() and not self.fields.common.focus_first():
                self.table.setFocus()
        self._share()
        self._judge()

    def _judge(self) -> None:
        if self._answer is None or self.run.running:
            return
        ticked, reason = self.model.ticked, self.reason.text().strip()
        count = len(ready(ticked))
        wanting = bool(early(ready(ticked))) and not reason
        self.go.setText(f"{'继续出其余' if self.run.papers else '出具'}{count}份" if count else "出具")
        self.go.setEnabled(count > 0 and not (wanting or self._answer.refusal or self._context.read_only))
        self._say(*verdict(self._answer, self.model.rows, ticked, reason, self._line_here()))
        self._arrange()

    def _refused(self, asked: int, problem: BaseException) -> None:
        if asked == self._asked:
            self.go.setEnabled(False)
            if isinstance(problem, Refusal):
                self._say(problem.sentence, "overdue")
            else:
                self._context.tasks.show_problem(problem)

    # -- the page of the chosen case --

    def _chosen(self) -> None:
        one = self._line_here()
        if one is None or self.run.running:
            return
        self._judge()
        self._shown += 1
        if one.id in self.run.papers:
            self.paper_wanted.emit(self.run.papers[one.id].id)
            return
        self._context.tasks.read(
            self,
            draft,
            self._kind,
            one.id,
            *self.fields.given(one.id),
            then=partial(self._drafted, self._shown, one.id),
            failed=partial(self._refused, self._asked),
        )

    def _drafted(self, shown: int, case: str, answer: Draft) -> None:
        if shown != self._shown:
            return
        if case == self.fields.case:
            self.fields.take_draft(answer)
            self._share()
        self._context.tasks.compute(
            self, lambda: lay_out(draft_docx(answer)), then=partial(self._draw, shown)
        )

    def _draw(self, shown: int, pages: PageSet) -> None:
        if shown == self._shown:
            self.laid_out.emit(pages)

    # -- the run --

    def _line_here(self) -> BatchLine | None:
        found: BatchLine | None = self.model.row(self.table.currentIndex())
        return found

    def _take_number(self, case: str, paper: PaperRef) -> None:
        """A paper was issued: its row says so at once, whatever becomes of the batch."""
        place = self.model.position("id", case)
        if place >= 0:
            one: BatchLine = self.model.rows[place]
            one.number = paper.called
            self.model.tick([one], False)
            self.model.dataChanged.emit(self.model.index(place, 0), self.model.index(place, len(COLUMNS) - 1))
            self.table.scrollTo(self.model.index(place, 0))

    def _ended(self, words: str, role: str) -> None:
        if self.run.papers:
            self._context.preferences.folder = str(self._folder)
        say(self.result, words, role)
        self.result.show()
        self._judge()
        if self.isVisible():
            (self.print_all if self.run.papers else self.go).setFocus()
        else:
            bus = self._context.bus
            (bus.said if role == "done" else bus.refused).emit(words)
        self.issued.emit()
        self._ask()

    # -- laying out --

    def _arrange(self) -> None:
        """Show what belongs to filling in, to the run, or to what came of it."""
        waiting = bool(ready(self.model.ticked))
        done = bool(self.run.papers) and not self.run.running
        self.fields.setEnabled(not self.run.running)
        self.pdf.setVisible(not self.run.running)
        self.reason.setVisible(not self.run.running and bool(early(self.model.ticked)))
        self.go.setVisible(not self.run.running and (waiting or not self.run.papers))
        self.note.setVisible(not self.run.running)
        self.print_all.setVisible(done)
        self.open.setVisible(done)
        self.back.setVisible(not self.run.running)
        self.back.setText("完成 Esc" if done and not waiting else "‹ 返回 Esc")

    def _say(self, words: str, role: str) -> None:
        say(self.note, words, role)

    def _share(self) -> None:
        self.fields.limit(round(self.height() * FIELDS_SHARE), roomy=self.height() > ROOMY * self._line)

    def _lay_out(self) -> None:
        self.table.setMinimumHeight(self._line * (LEAST_ROWS + 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(8)
        head = row(self.title, self.back)
        head.setStretch(0, 1)
        layout.addLayout(head)
        layout.addWidget(self.fields)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.reason)
        layout.addWidget(self.result)
        layout.addWidget(self.note)
        layout.addWidget(self.run)
        layout.addLayout(row(self.pdf, None, self.open, self.print_all, self.go))

    def _listen(self) -> None:
        TickKeys(self.table, self.model, self.open_row)
        self.run.numbered.connect(self._take_number)
        self.run.ended.connect(self._ended)
        self.fields.edited.connect(self._pause.start)
        self.fields.closed.connect(self._share)
        self.fields.closed.connect(self.table.setFocus)
        self.reason.textChanged.connect(lambda _text: self._judge())
        self.model.ticks_changed.connect(self._judge)
        self.table.doubleClicked.connect(lambda _index: self.open_row())
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._chosen())
        on_keys(self, self._go_on, *GO)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Share the height anew."""
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 — Qt's name
        """Esc goes from the fields of one case to the table, and from there away."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.fields.case:
            self.fields.close_case()
        else:
            self.leave()
