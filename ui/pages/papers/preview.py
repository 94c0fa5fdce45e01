"""The right side of 文书: what is shown, what may be done with it, and its pages."""

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.service.screens.papers import PaperRow, PaperSource
from ui.context import Context
from ui.printing.pages import PageSet
from ui.widgets.page_view import FIT, PageView
from ui.widgets.parts import button, centred, column, label, row, say

NOTHING = "选中一份文书，这里显示它印出来的样子。"
DRAFT = "草稿  还没有编号"


class PaperPreview(QWidget):
    """The page view under its title and buttons."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._read_only = context.read_only
        self.paper: PaperRow | None = None
        self.title = label(NOTHING, "subtitle", wrap=True)
        self.about = label("", "quiet", wrap=True)
        self.view = PageView(context)
        self.print = button("打印(&P)", _nothing, hint="Ctrl+P")
        self.pdf = button("存为PDF(&F)", _nothing)
        self.word = button("存为Word(&W)", _nothing)
        self.void = button("作废(&V)…", _nothing, "link")
        self._smaller = button("−", lambda: self.view.zoom_by(-1), hint="缩小（Ctrl+减号）")
        self._larger = button("+", lambda: self.view.zoom_by(1), hint="放大（Ctrl+加号）")
        self._fit = button("适合宽度", lambda: self.view.set_zoom(FIT), hint="Ctrl+0")
        self._empty = centred(label(NOTHING, "empty", wrap=True))
        self._stack = QStackedWidget()
        self._lay_out()
        self.show_nothing()

    @property
    def pages(self) -> PageSet | None:
        """The pages shown."""
        return self.view.pages

    def show_nothing(self, words: str = NOTHING) -> None:
        """Show no paper, only `words`."""
        self.paper = None
        self.view.clear()
        self._empty.setText(words)
        self._stack.setCurrentIndex(0)
        self._offer("", "")

    def show_paper(self, paper: PaperRow, source: PaperSource, pages: PageSet) -> None:
        """Show an issued paper and what can be done with it."""
        self.paper = paper
        self._stack.setCurrentIndex(1)
        self.view.show_pages(pages, "已作废" if source.voided else "")
        count = f"共{pages.page_count}页"
        when = f"{paper.issued_on.isoformat()} 出具"
        forced = f"提前出具：{paper.forced}" if paper.forced else ""
        parts = (when, f"个案 {paper.case}" if paper.case else "", count, forced, source.voided)
        about = "  ".join(part for part in parts if part)
        self._offer(f"{paper.called}  {paper.student}", about)

    def show_draft(self, pages: PageSet) -> None:
        """Show a draft: nothing can be done with it but go on."""
        self.paper = None
        self._stack.setCurrentIndex(1)
        self.view.show_pages(pages)
        gaps = any("【请填" in line for page in range(pages.page_count) for line in pages.texts(page))
        self._offer(DRAFT, f"共{pages.page_count}页{'  标出颜色的地方还没有填' if gaps else ''}")

    def _offer(self, title: str, about: str) -> None:
        self.title.setText(title)
        say(self.about, about, "overdue" if self.paper and self.paper.voided else "quiet")
        valid = self.paper is not None and not self.paper.voided
        for one in (self.print, self.pdf, self.word, self.void):
            one.setVisible(self.paper is not None)
            one.setEnabled(valid)
        self.void.setEnabled(valid and not self._read_only)
        for one in (self._smaller, self._larger, self._fit):
            one.setVisible(bool(title))

    def _lay_out(self) -> None:
        for one, name in ((self._smaller, "缩小"), (self._larger, "放大")):
            one.setAccessibleName(name)
            one.setMaximumWidth(one.fontMetrics().horizontalAdvance("永") * 4)
        middle = QWidget()
        middle.setLayout(column(None, self._empty, None))
        self._stack.addWidget(middle)
        self._stack.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(4)
        head = row(self.title, self._smaller, self._fit, self._larger, spacing=4)
        head.setStretch(0, 1)
        layout.addLayout(head)
        about = row(self.about, self.void)
        about.setStretch(0, 1)
        layout.addLayout(about)
        layout.addLayout(row(self.print, self.pdf, self.word, None))
        layout.addWidget(self._stack, 1)


def _nothing() -> None:
    """The page listens to these buttons itself."""
