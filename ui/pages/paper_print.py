"""Printing: the printer is chosen once and remembered, each part of a paper has its own number of copies."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from app.service.papers import Paper, paper_in_hand
from ui.context import Context
from ui.pages.paper_parts import Part, pages_to_print, parts_of
from ui.printing.pages import lay_out
from ui.printing.printer import open_printer, print_pages, printer_names
from ui.tasks import Recorder, Report
from ui.widgets.parts import button, label

MOST = 9  # copies
NO_PRINTER = "这台电脑还没有装打印机。请在系统设置里添加打印机，或者先存为PDF，拿到有打印机的电脑上打印。"


class PrintPanel(QWidget):
    """Which printer, how many copies of what.

    Signals:
        printed(count): so many papers were handed to the printer.
    """

    printed = Signal(int)

    def __init__(
        self, context: Context, owner: QWidget, numbers: Sequence[str], parts: Sequence[Part]
    ) -> None:
        super().__init__()
        self._context = context
        self._owner = owner
        self._numbers = list(numbers)
        self.printer = QComboBox()
        self.printer.setAccessibleName("打印机")
        self.copies = {part.name: _copies(part) for part in parts}
        self.words = label("正在查找打印机…", "quiet", wrap=True)
        self.go = button("打印  Ctrl+Enter", self.start, "primary")
        self.go.setShortcut(QKeySequence("Ctrl+Return"))
        self.go.setEnabled(False)
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(12)
        layout.addRow("打印机", self.printer)
        for part in parts:
            layout.addRow(
                f"{part.name}（{len(part.pages)}页）" if len(parts) > 1 else "份数", self.copies[part.name]
            )
        layout.addRow(self.words)
        context.tasks.compute(self, printer_names, then=self._show)

    def start(self) -> None:
        """Print, and remember the printer."""
        name = self.printer.currentText()
        self._context.preferences.printer = name
        copies = {part: box.currentData() for part, box in self.copies.items()}
        self.go.setEnabled(False)
        self.words.setText("正在打印…")
        report = self._context.tasks.reporter(self, self._went_on)
        self._context.tasks.work(
            self._owner,
            lambda runner: print_papers(runner, self._numbers, name, copies, report),
            then=self.printed.emit,
            failed=self._stopped,
        )

    def _went_on(self, done: int, total: int, number: str) -> None:
        self.words.setText(f"正在打印第{done + 1}份，共{total}份：{number}")

    def _show(self, names: list[str]) -> None:
        self.printer.addItems(names)
        self.printer.setEnabled(bool(names))
        self.printer.setCurrentIndex(max(self.printer.findText(self._context.preferences.printer), 0))
        self.words.setText("" if names else NO_PRINTER)
        self.go.setEnabled(bool(names))
        self.printer.setFocus()

    def _stopped(self, problem: BaseException) -> None:
        self.words.setText("没有打印成功。")
        self.go.setEnabled(True)
        self._context.tasks.show_problem(problem)


def print_papers(
    runner: Recorder, numbers: Sequence[str], printer: str, copies: Mapping[str, int], report: Report
) -> int:
    """Print issued papers one after another; how many. `copies` by the name of the part, 0 leaves a part out.

    Raises UserError for a voided paper, EnvironmentProblem if the printer is gone or takes no job.
    """
    for place, number in enumerate(numbers):
        report(place, len(numbers), number)
        paper: Paper = runner.write(paper_in_hand, number).value
        pages = lay_out(paper.docx)
        print_pages(pages, open_printer(printer), pages_to_print(parts_of(pages), copies))
    return len(numbers)


def _copies(part: Part) -> QComboBox:
    """None to `MOST` copies; typing a digit chooses it."""
    box = QComboBox()
    box.addItem("不印", 0)
    for count in range(1, MOST + 1):
        box.addItem(f"{count}份", count)
    box.setCurrentIndex(1)
    box.setAccessibleName(f"{part.name}份数")
    return box
