"""What may be done with the paper shown: printing it, saving it as a file, voiding it with a reason."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from app.service.delivery import save_paper
from app.service.papers.issuing import Voided, void_paper
from app.service.papers.numbers import PaperRef
from app.service.screens.papers import PaperRow, file_name
from ui.context import Context
from ui.pages.papers.parts import parts_of
from ui.pages.papers.preview import PaperPreview
from ui.pages.papers.printing import PrintPanel
from ui.printing.pages import PageSet
from ui.widgets.form import Form
from ui.widgets.keys import GO, on_keys
from ui.widgets.parts import button, column, label
from ui.widgets.side_panel import SidePanel

PDF, WORD = ".pdf", ".docx"
FILTERS = {PDF: "PDF 文件 (*.pdf)", WORD: "Word 文档 (*.docx)"}
VOID_WORDS = "作废以后这个文号不再使用，登记里保留它和理由。作废不能撤回。"

NO_REASON = "请写作废理由。"


def ask_file(parent: QWidget, start: Path, suffix: str) -> Path | None:
    """Where to save a paper; None if the person thought better of it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "存到哪里", str(start), FILTERS[suffix])
    if not chosen:
        return None
    return Path(chosen if chosen.lower().endswith(suffix) else chosen + suffix)


class ChosenPaper(QObject):
    """The paper that `preview` shows; what is asked about it is asked in `panel`, in the name of `page`.

    Signals:
        printed(): it went to the printer, and the panel closed.
        voided(): it was voided.
    """

    printed = Signal()
    voided = Signal()

    def __init__(self, context: Context, page: QWidget, panel: SidePanel, preview: PaperPreview) -> None:
        super().__init__(page)
        self.ask_file: Callable[[QWidget, Path, str], Path | None] = ask_file
        self._context = context
        self._page = page
        self._panel = panel
        self._preview = preview
        preview.print.clicked.connect(lambda _checked: self.print())
        preview.pdf.clicked.connect(lambda _checked: self.save_as(PDF))
        preview.word.clicked.connect(lambda _checked: self.save_as(WORD))
        preview.void.clicked.connect(lambda _checked: self.ask_void())
        on_keys(page, self.print, "Ctrl+P")

    def print(self) -> None:
        """Open the print panel, or say why it cannot be printed."""
        paper, pages = self._preview.paper, self._preview.pages
        if paper and paper.voided:
            self._context.bus.refused.emit(f"{paper.called}已作废，不能打印。请另行出具。")
        elif paper and pages:
            self._print([PaperRef(paper.id, paper.called)], pages)
        elif pages:
            self._context.bus.refused.emit("草稿还没有编号，不能打印。请先出具，再打印。")

    def print_all(self, papers: list[PaperRef]) -> None:
        """Open the print panel for these papers, of which one is shown."""
        if pages := self._preview.pages:
            self._print(papers, pages)

    def save_as(self, suffix: str) -> None:
        """Save it as PDF or docx."""
        paper = self._valid()
        if paper is None:
            return
        folder = Path(self._context.preferences.folder or Path.home())
        file = self.ask_file(self._page, folder / file_name(paper, suffix), suffix)
        if file is None:
            return
        self._context.tasks.work(
            self._page,
            lambda runner: save_paper(runner.program, paper.id, file),
            then=self._saved,
        )

    def _saved(self, file: Path) -> None:
        self._context.preferences.folder = str(file.parent)
        self._context.bus.said.emit(f"已存好：{file}")

    def ask_void(self) -> None:
        """Ask for the reason to void it."""
        paper = self._valid()
        if paper is None:
            return
        form = Form(self._context.today)
        form.add_words(VOID_WORDS)
        reason = form.add_text("作废理由", hint="如：姓名写错，另出新的一份")
        missing = label(NO_REASON, "overdue", wrap=True)
        form.add_across(missing)
        missing.hide()
        reason.textChanged.connect(missing.hide)

        def void() -> None:
            if reason.toPlainText().strip():
                self._void(paper.id, reason.toPlainText())
            else:
                missing.show()
                reason.setFocus()

        go = button("作废这一份  Ctrl+Enter", void)
        content = QWidget()
        content.setLayout(column(form, None))
        for keys in GO:
            QShortcut(QKeySequence(keys), go).activated.connect(go.click)
        self._panel.present(f"作废 {paper.called}", content, [go], form.is_dirty)
        reason.setFocus()

    def _valid(self) -> PaperRow | None:
        paper = self._preview.paper
        return None if paper is None or paper.voided else paper

    def _print(self, papers: list[PaperRef], pages: PageSet) -> None:
        usual = self._preview.paper.copies if self._preview.paper else {}
        content = PrintPanel(self._context, self._page, papers, parts_of(pages), usual)
        content.printed.connect(partial(self._printed, content))
        what = papers[0].called if len(papers) == 1 else f"{len(papers)}份文书"
        self._panel.present(f"打印 {what}", content, [content.halt, content.go])

    def _printed(self, content: PrintPanel, count: int) -> None:
        if content.isVisible():
            self._panel.dismiss()
            self.printed.emit()
        self._context.bus.said.emit(f"已交给打印机：{count}份文书。")

    def _void(self, paper_id: str, reason: str) -> None:
        self._panel.save(self._context.tasks, self._page, void_paper, paper_id, reason, then=self._voided)

    def _voided(self, done: Voided) -> None:
        self._context.bus.said.emit(f"{done.number}已作废。")
        self.voided.emit()
