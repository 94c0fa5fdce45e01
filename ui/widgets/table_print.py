"""The pages of a table as they will print, the printer and the copies."""

from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QWidget

from app.domain.office_table import OfficeTable
from app.service.exports import log
from ui.context import Context
from ui.printing.pages import PageSet
from ui.printing.printer import open_printer, print_pages, printer_names
from ui.tasks import Recorder
from ui.widgets.page_view import PageView
from ui.widgets.parts import button, column, label

NO_PRINTER = "这台电脑还没有装打印机。请按Esc，用Ctrl+E存为Excel，拿到有打印机的电脑上打印。"
MOST = 30  # copies
SIZE = (1000, 640)  # px at first


class TablePrint(QDialog):
    """The dialog; it is left open where the printer refuses, so that nothing is to be asked again."""

    def __init__(
        self, context: Context, parent: QWidget, tables: tuple[OfficeTable, ...], pages: PageSet
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._tables = tables
        self._pages = pages
        self.setWindowTitle(f"打印　{tables[0].heading}")
        self.view = PageView(context)
        self.view.setAccessibleName("打印出来的样子")
        self.printer = QComboBox()
        self.printer.setAccessibleName("打印机")
        self.copies = QComboBox()
        for count in range(1, MOST + 1):
            self.copies.addItem(f"{count}份", count)
        self.copies.setAccessibleName("份数")
        self.words = label("正在查找打印机…", "quiet", wrap=True)
        self.go = button("打印  Ctrl+Enter", self.start, "primary")
        self.go.setShortcut(QKeySequence("Ctrl+Return"))
        self.go.setEnabled(False)
        side = column(
            label(f"共{pages.page_count}页，A4纸", "subtitle", wrap=True),
            label("打印机"),
            self.printer,
            label("份数"),
            self.copies,
            self.words,
            None,
            self.go,
            button("不打印 Esc", self.reject),
        )
        layout = QHBoxLayout(self)
        layout.addWidget(self.view, 3)
        layout.addLayout(side, 1)
        self.resize(*SIZE)
        self.view.show_pages(pages)
        context.tasks.compute(self, printer_names, then=self._offer)

    def start(self) -> None:
        """Print, and remember the printer."""
        name, copies = self.printer.currentText(), self.copies.currentData()
        self._context.preferences.printer = name
        self.go.setEnabled(False)
        self.words.setText("正在打印…")
        job = partial(print_table, tables=self._tables, pages=self._pages, printer=name, copies=copies)
        self._context.tasks.work(self, job, then=self._printed, failed=self._failed)

    def _offer(self, names: list[str]) -> None:
        self.printer.addItems(names)
        self.printer.setCurrentIndex(max(self.printer.findText(self._context.preferences.printer), 0))
        self.printer.setEnabled(bool(names))
        self.go.setEnabled(bool(names))
        self.words.setText("" if names else NO_PRINTER)
        self.printer.setFocus()

    def _printed(self, _nothing: None) -> None:
        self._context.bus.said.emit(f"{self._tables[0].heading}已交给打印机：{self._pages.page_count}页。")
        self.accept()

    def _failed(self, problem: BaseException) -> None:
        self.go.setEnabled(True)
        self.words.setText("没有印出来。")
        self._context.tasks.show_problem(problem)


def print_table(
    runner: Recorder, *, tables: tuple[OfficeTable, ...], pages: PageSet, printer: str, copies: int
) -> None:
    """Print the pages `copies` times on the printer of that name, and log it."""
    device = open_printer(printer)
    print_pages(pages, device, [page for _copy in range(copies) for page in range(pages.page_count)])
    log(runner.program, "打印", tables, printer)
