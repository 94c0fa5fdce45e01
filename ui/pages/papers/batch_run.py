"""The run of a batch: how far it is, a way to stop, and each number as soon as it is taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from app.errors import Refusal
from app.service.delivery import BatchPaper, batch_to
from app.service.papers.drafts import Given
from app.service.papers.issuing import Paper
from app.service.papers.numbers import PaperRef
from ui.context import Context
from ui.tasks import Recorder, Teller
from ui.widgets.parts import button, column, label, row

RUNNING = "正在出具，可以随时停止；已经出的都算数。"
STOPPING = "正在停下：手上这一份出完就停。"


@dataclass(frozen=True)
class Order:
    """What is to be issued: `cases` is id → child, in order; `own` what was given for one case alone; `reason` why
    papers are issued although it is too early."""

    kind: str
    cases: Mapping[str, str]
    folder: Path
    shared: Given
    own: Mapping[str, Given] = field(default_factory=dict)
    pdf: bool = True
    reason: str = ""


class BatchRun(QWidget):
    """Shown while papers are being issued. `papers` is case id → its paper over all runs since `forget`.

    Signals:
        numbered(case, paper): a paper was issued (a `PaperRef`); it stands whatever becomes of the run.
        ended(words, role): the run is over: done, stopped or broken off, in a sentence.
    """

    numbered = Signal(str, object)
    ended = Signal(str, str)
    _taken = Signal(str, object)

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__()
        self._context = context
        self._owner = owner
        self._stop = Event()
        self.running = False
        self.papers: dict[str, PaperRef] = {}
        self.bar = QProgressBar()
        self.bar.setAccessibleName("批量出具的进度")
        self.words = label("", "quiet", wrap=True)
        self.halt = button("停止(&S)", self._halt)
        lines = column(self.bar)
        foot = row(self.words, self.halt)
        foot.setStretch(0, 1)
        lines.addLayout(foot)
        self.setLayout(lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

        # Queued: the numbers come from the thread that issues them.
        self._taken.connect(self._note, Qt.ConnectionType.QueuedConnection)
        self.hide()

    def forget(self) -> None:
        """Begin a new batch."""
        self.papers = {}

    def start(self, order: Order) -> None:
        """Issue; one run at a time."""
        self._stop.clear()
        self.bar.setRange(0, len(order.cases))
        self.bar.setValue(0)
        self.words.setText(RUNNING)
        self.halt.setEnabled(True)
        self.running = True
        self.show()
        self.halt.setFocus()
        self._context.tasks.work(
            self._owner,
            partial(self._issue, order, self._context.tasks.teller(self, partial(self._went_on, order))),
            then=partial(self._finished, order),
            failed=partial(self._broken_off, len(self.papers)),
        )

    def _issue(self, order: Order, progress: Teller, runner: Recorder) -> list[BatchPaper]:
        typed, blanks = order.shared
        return batch_to(
            runner.program,
            order.kind,
            list(order.cases),
            order.folder,
            typed=typed,
            blanks=blanks,
            own=order.own,
            pdf=order.pdf,
            force=order.reason,
            progress=progress,
            issued=self._issued,
            cancelled=partial(runner.should_stop, self._stop),
        )

    def _went_on(self, order: Order, done: int, total: int, case: str) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        self.bar.setFormat(f"{done}/{total}  {order.cases.get(case, '')}".rstrip())

    def _issued(self, case: str, paper: Paper) -> None:
        self._taken.emit(case, paper.ref)

    def _note(self, case: str, paper: PaperRef) -> None:
        self.papers[case] = paper
        self.numbered.emit(case, paper)

    def _halt(self) -> None:
        self._stop.set()
        self.halt.setEnabled(False)
        self.words.setText(STOPPING)

    def _finished(self, order: Order, results: list[BatchPaper]) -> None:
        left = len(order.cases) - len(results)
        stopped = f"，按停止后还有{left}份没有出" if left else ""
        self._end(f"出具了{len(results)}份{stopped}。文件在：{order.folder}", "done")

    def _broken_off(self, before: int, problem: BaseException) -> None:
        why = problem.sentence if isinstance(problem, Refusal) else "程序出错了，详情在报告里。"
        done = len(self.papers) - before
        begun = f"出了{done}份以后停下了，带✓的已经出具，没有出的还可以继续。" if done else "一份也没有出。"
        self._end(f"{begun}{why}", "overdue")
        if not isinstance(problem, Refusal):
            self._context.tasks.show_problem(problem)

    def _end(self, words: str, role: str) -> None:
        self.running = False
        self.hide()
        self.ended.emit(words, role)
