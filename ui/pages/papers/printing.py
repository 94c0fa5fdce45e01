"""Printing: the printer is chosen once and remembered, each part of a paper has its own number of copies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget
from shiboken6 import isValid

from app.errors import Refusal
from app.service.papers.issuing import Paper, paper_in_hand
from app.service.papers.numbers import PaperRef
from ui.context import Context
from ui.pages.papers.parts import WHOLE, Part, pages_to_print, parts_of
from ui.printing.pages import lay_out
from ui.printing.printer import open_printer, print_pages, printer_names
from ui.tasks import Recorder, Teller
from ui.widgets.parts import button, label

MOST = 9  # copies
NO_PRINTER = "这台电脑还没有装打印机。请在系统设置里添加打印机，或者先存为PDF，拿到有打印机的电脑上打印。"
PRINT = "打印  Ctrl+Enter"


@dataclass(frozen=True)
class Printed:
    """How many papers were handed to the printer, and what stopped it before the last one."""

    count: int
    problem: BaseException | None = None


class PrintPanel(QWidget):
    """Which printer, how many copies of what: `usual` by the name of the part, one of any other. A print that was
    stopped or broke off goes on with what is left.

    Signals:
        printed(count): so many papers were handed to the printer.
    """

    printed = Signal(int)

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        papers: Sequence[PaperRef],
        parts: Sequence[Part],
        usual: Mapping[str, int],
    ) -> None:
        super().__init__()
        self._context = context
        self._owner = owner
        self._papers = list(papers)
        self._proposed = usual
        self._printing = False
        self._done = self._reached = 0
        self._stop = Event()
        self.printer = QComboBox()
        self.printer.setAccessibleName("打印机")
        self.copies = {part.name: _copies(part, self._usual(part)) for part in parts}
        self.words = label("正在查找打印机…", "quiet", wrap=True)
        self.go = button(PRINT, self.start, "primary")
        self.go.setShortcut(QKeySequence("Ctrl+Return"))
        self.go.setEnabled(False)
        self.halt = button("停止(&S)", self._halt)
        self.halt.hide()
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(12)
        layout.addRow("打印机", self.printer)
        for part in parts:
            layout.addRow(
                f"{part.name}（{len(part.pages)}页）" if len(parts) > 1 else "份数", self.copies[part.name]
            )
            self.copies[part.name].currentIndexChanged.connect(lambda _place: self._judge())
        layout.addRow(self.words)
        context.tasks.compute(self, printer_names, then=self._show)

    def start(self) -> None:
        """Print, and remember the printer and the copies."""
        name = self.printer.currentText()
        self._context.preferences.printer = name
        copies = {part: box.currentData() for part, box in self.copies.items()}
        for part, count in copies.items():
            self._context.preferences.keep_copies(part, count)
        self._stop.clear()
        self._reached = 0
        self._run(True)
        self.words.setText("正在打印…")
        progress = self._context.tasks.teller(self, self._went_on)
        self._context.tasks.work(
            self._owner,
            lambda runner: print_papers(
                runner, list(self._papers), name, copies, progress, partial(runner.should_stop, self._stop)
            ),
            then=self._ended,
            failed=self._failed,
        )

    def _usual(self, part: Part) -> int:
        usual = self._proposed.get(part.name, 1)
        if part.name == WHOLE and usual > 1:  # a form that asks for copies; other forms of one part do not
            return usual
        return self._context.preferences.copies(part.name, usual)

    def _went_on(self, done: int, total: int, number: str) -> None:
        self._reached = done
        self.words.setText(f"正在打印第{done + 1}份，共{total}份：{number}")

    def _show(self, names: list[str]) -> None:
        self.printer.addItems(names)
        self.printer.setEnabled(bool(names))
        self.printer.setCurrentIndex(max(self.printer.findText(self._context.preferences.printer), 0))
        self.words.setText("" if names else NO_PRINTER)
        self._judge()
        self.printer.setFocus()

    def _judge(self) -> None:
        """Nothing is printed where every part has 不印."""
        some = any(box.currentData() for box in self.copies.values())
        self.go.setEnabled(bool(self.printer.count()) and some and not self._printing)

    def _run(self, printing: bool) -> None:
        self._printing = printing
        self.halt.setVisible(printing and len(self._papers) > 1)
        self.halt.setEnabled(printing)
        for one in (self.printer, *self.copies.values()):
            one.setEnabled(not printing)
        self._judge()

    def _halt(self) -> None:
        self._stop.set()
        self.halt.setEnabled(False)

    def _ended(self, outcome: Printed) -> None:
        """What came out is told; what did not is what `start` prints next."""
        if outcome.problem is not None:
            self._context.tasks.show_problem(outcome.problem)
        if not isValid(self):
            self._context.bus.said.emit(f"已交给打印机：{outcome.count}份文书。")
            return  # the panel was left meanwhile
        self._done += outcome.count
        del self._papers[: outcome.count]
        self._run(False)
        if not self._papers:
            self.printed.emit(self._done)
            return
        left = len(self._papers)
        begun = f"打印了{self._done}份，" if self._done else ""
        self.words.setText(f"{begun}还有{left}份没有打印，从{self._papers[0].called}起。")
        self.go.setText(f"继续打印其余{left}份  Ctrl+Enter" if self._done else PRINT)
        self.go.setFocus()

    def _failed(self, problem: BaseException) -> None:
        self._ended(Printed(self._reached, problem))


def print_papers(
    runner: Recorder,
    papers: Sequence[PaperRef],
    printer: str,
    copies: Mapping[str, int],
    progress: Teller,
    cancelled: Callable[[], bool],
) -> Printed:
    """Print issued papers one after another. `copies` by the name of the part, 0 leaves a part out.

    A refusal (the paper was voided, the printer is gone or takes no job) ends it; how many came out before is told.
    """
    for place, one in enumerate(papers):
        if cancelled():
            return Printed(place)
        progress(place, len(papers), one.called)
        try:
            paper: Paper = runner.program.write(paper_in_hand, one.id).value
            pages = lay_out(paper.docx)
            print_pages(pages, open_printer(printer), pages_to_print(parts_of(pages), copies))
        except Refusal as problem:
            return Printed(place, problem)
    return Printed(len(papers))


def _copies(part: Part, count: int) -> QComboBox:
    """None to `MOST` copies, `count` at first; typing a digit chooses it."""
    box = QComboBox()
    box.addItem("不印", 0)
    for one in range(1, MOST + 1):
        box.addItem(f"{one}份", one)
    box.setCurrentIndex(min(count, MOST))
    box.setAccessibleName(f"{part.name}份数")
    return box
