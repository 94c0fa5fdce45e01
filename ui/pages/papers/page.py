"""文书: the list of papers or what is being issued, and beside it the page as it will print."""

from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.service.papers.issuing import Paper
from app.service.screens.papers import PaperRow, PaperSource, paper_list, paper_source, skipped_numbers
from app.service.screens.tables import PAPERS, RowsAsked
from ui.context import Context
from ui.pages.page import Page
from ui.pages.papers.batch import BatchForm
from ui.pages.papers.choice import PaperChoice
from ui.pages.papers.chosen import ChosenPaper
from ui.pages.papers.form import PaperForm
from ui.pages.papers.paper_list import PaperList
from ui.pages.papers.preview import PaperPreview
from ui.pages.papers.templates import TemplatesPanel
from ui.printing.pages import PageSet, lay_out
from ui.widgets.parts import button, label, row
from ui.widgets.side_panel import SidePanel
from ui.widgets.tables_out import TablesOut

LIST_SHARE = 0.48  # of the width, until a person moves the handle
LEAST = 18  # characters either side keeps
LAYING_OUT = "正在排版…"


class PapersPage(Page):
    """The list on the left (or what is being issued), the page on the right."""

    key = "papers"
    heading = "文书"
    help_page = "documents"
    tables = frozenset({"issued_document", "student", "case_file"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked = 0
        self._just_issued = ""  # its print button gets the keyboard once its pages are there
        self._shares_kept = False
        self._papers: dict[str, PaperRow] = {}
        new = button("出具文书(&N)", self.choose, "primary")
        new.setEnabled(not context.read_only)
        self.new = new
        self.list = PaperList(new)
        self.choice = PaperChoice(context)
        self.form = PaperForm(context, self)
        self.batch = BatchForm(context, self)
        self.preview = PaperPreview(context)
        self.left = QStackedWidget()
        self.split = QSplitter()
        self.panel = SidePanel(self)
        self.paper = ChosenPaper(context, self, self.panel, self.preview)
        self._lay_out()
        self._listen()
        self.set_home(self.list)
        self.out = TablesOut(
            context, self, lambda: (PAPERS, RowsAsked(ids=self.list.ids)), print_key="Ctrl+Shift+P"
        )

    # -- the list --

    def refresh(self) -> None:
        """Read the list anew; the chosen paper stays chosen."""
        self.context.tasks.read(self, paper_list, then=self._show_list)

    def open_target(self, target: dict[str, Any]) -> None:
        """{"paper"} shows the paper of that id, {"number"} the one of that number; {"kind", "case"} starts to issue one
        on the case (or the child, "student") of that id; only one of the two asks for the other."""
        if not self._may_turn():
            return
        if wanted := target.get("paper") or target.get("number"):
            self._turn_to(self.list)
            self.context.tasks.read(self, paper_list, then=partial(self._choose, wanted))
        elif target.get("kind") and (subject := target.get("case") or target.get("student")):
            self._decided(target["kind"], [subject])
        else:
            self._choose_for(target.get("kind", ""), target.get("case", ""))

    def may_leave(self) -> bool:
        """Whether nothing typed is lost, or a person gives it up."""
        return self._may_turn()

    def commands(self) -> list[tuple[str, str]]:
        """The keys of this page."""
        return [
            ("Alt+N", "出具文书"),
            ("空格", "勾选个案或学生"),
            ("Ctrl+Enter", "出具，或打印"),
            ("Ctrl+P", "打印选中的文书"),
            ("Ctrl+E", "登记簿存为Excel"),
            ("Ctrl+Shift+P", "打印登记簿"),
            ("Ctrl+加减、Ctrl+0", "放大、缩小、适合宽度"),
            ("Esc", "返回"),
        ]

    def _show_list(self, papers: list[PaperRow]) -> None:
        self._papers = {one.id: one for one in papers}
        self.list.set_papers(papers)
        self.context.tasks.read(self, skipped_numbers, then=self.list.show_skipped)

    def _choose(self, wanted: str, papers: list[PaperRow]) -> None:
        self._show_list(papers)
        found = next((one.id for one in papers if wanted in {one.id, one.called, one.number}), "")
        self.list.choose(found)
        self.list.setFocus()

    def _chosen(self, paper: PaperRow | None) -> None:
        if self.left.currentWidget() is self.list:
            self._show_paper(paper)

    def _show_paper(self, paper: PaperRow | None) -> None:
        self._asked += 1
        if paper is None:
            self.preview.show_nothing()
            return
        self.context.tasks.read(self, paper_source, paper.id, then=partial(self._laid, self._asked, paper))

    def _laid(self, asked: int, paper: PaperRow, source: PaperSource) -> None:
        if asked == self._asked:
            self.context.tasks.compute(
                self, lambda: lay_out(source.docx), then=partial(self._show_pages, asked, paper, source)
            )

    def _show_pages(self, asked: int, paper: PaperRow, source: PaperSource, pages: PageSet) -> None:
        if asked == self._asked:
            self.preview.show_paper(paper, source, pages)
            if self._just_issued == paper.id and self.isVisible():
                self.preview.print.setFocus()
            self._just_issued = ""

    # -- issuing --

    def choose(self) -> None:
        """Choose a kind and cases to issue it for; back to the batch while one is running."""
        if self.batch.run.running:
            self._turn_to(self.batch)
            self.batch.run.halt.setFocus()
            self.context.bus.said.emit("这一批还在出，出完或停下以后再出别的。")
        elif self._may_turn():
            self._choose_for("", "")

    def _choose_for(self, kind: str, case: str) -> None:
        self._turn_to(self.choice)
        self.preview.show_nothing("选好文书和个案，这里就显示它的页面。")
        self.choice.start(kind, case)
        self.choice.table.setFocus()

    def _may_turn(self) -> bool:
        """Whether the left side may show something else: asks where something typed would be lost."""
        if not self.panel.isHidden():
            self.panel.leave()
        now = self.left.currentWidget()
        filling = now if isinstance(now, PaperForm | BatchForm) else None
        return self.panel.isHidden() and (filling is None or filling.may_leave())

    def _decided(self, kind: str, cases: list[str]) -> None:
        if len(cases) > 1 and self.batch.run.running:
            self.choose()
            return
        self.preview.show_nothing(LAYING_OUT)
        if len(cases) == 1:
            self._turn_to(self.form)
            self.form.start(kind, cases[0])
        else:
            self._turn_to(self.batch)
            self.batch.start(kind, cases)

    def _issued(self, paper: Paper, here: bool) -> None:
        self.context.bus.said.emit(f"已出具{paper.record.number}。可以打印，或存成文件。")
        for warning in paper.warnings:
            self.context.bus.refused.emit(warning)
        if here:
            self._turn_to(self.list)
            self._just_issued = paper.record.id
            self.context.tasks.read(self, paper_list, then=partial(self._choose, paper.record.id))
        else:
            self.refresh()

    def _batch_issued(self) -> None:
        def told(papers: list[PaperRow]) -> None:
            self._show_list(papers)
            if self.left.currentWidget() is self.batch:
                self.batch.show_first()

        self.context.tasks.read(self, paper_list, then=told)

    def _paper_of_batch(self, paper_id: str) -> None:
        if self.left.currentWidget() is self.batch:
            self._show_paper(self._papers.get(paper_id))

    def _printed(self) -> None:
        if self.left.currentWidget() is self.batch:
            self.batch.print_all.setFocus()

    def _no_page(self) -> None:
        if self.preview.pages is None:
            self.preview.show_nothing("这一页排不出来，原因在左边。")

    def _back(self) -> None:
        if self.batch.run.running:
            self._turn_to(self.batch)
            return
        self.preview.show_nothing(LAYING_OUT)
        self._turn_to(self.list)
        self.refresh()
        self.list.setFocus()

    def _turn_to(self, widget: QWidget) -> None:
        self._asked += 1
        self._just_issued = ""
        now = self.left.currentWidget()
        if now is not widget and isinstance(now, PaperForm | BatchForm):
            now.stop()
        self.left.setCurrentWidget(widget)
        self.set_home(self.batch.table if widget is self.batch else widget)

    def show_templates(self) -> None:
        """The templates in use and what is wrong with them."""
        content = TemplatesPanel(self.context)
        self.panel.present("文书模板", content, [content.check, content.folder])
        content.check.setFocus()

    # -- laying out --

    def _lay_out(self) -> None:
        for widget in (self.list, self.choice, self.form, self.batch):
            self.left.addWidget(widget)
        self.split.addWidget(self.left)
        self.split.addWidget(self.preview)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 1)
        self.split.splitterMoved.connect(self._keep_shares)
        for side in (self.left, self.preview):
            side.setMinimumWidth(side.fontMetrics().horizontalAdvance("永") * LEAST)
        self.split.setChildrenCollapsible(False)
        templates = button("模板(&T)", self.show_templates, "link", hint="自带的和本县的文书模板")
        self.body.addLayout(row(label(self.heading, "title"), None, templates))
        self.body.addWidget(self.split, 1)

    def _keep_shares(self) -> None:
        self._shares_kept = True

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Share the width anew, unless a person has moved the handle."""
        super().resizeEvent(event)
        if not self._shares_kept:
            left = round(self.split.width() * LIST_SHARE)
            self.split.setSizes([left, self.split.width() - left])

    def _listen(self) -> None:
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self.preview.view.setFocus)
        self.choice.decided.connect(self._decided)
        self.form.laid_out.connect(self.preview.show_draft)
        self.form.not_laid_out.connect(self._no_page)
        self.form.issued.connect(self._issued)
        self.batch.laid_out.connect(self.preview.show_draft)
        self.batch.issued.connect(self._batch_issued)
        self.batch.paper_wanted.connect(self._paper_of_batch)
        self.batch.print_wanted.connect(self.paper.print_all)
        for widget in (self.choice, self.form, self.batch):
            widget.left.connect(self._back)
        self.paper.printed.connect(self._printed)
        self.paper.voided.connect(self.refresh)
