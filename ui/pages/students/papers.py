"""The papers of a child: those issued, and those about the child alone to be made out."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.service.screens.papers import child_kinds
from app.service.screens.students import PaperLine
from ui.models.rows import Column
from ui.widgets.listing import Listing
from ui.widgets.parts import button, column, strip


class PapersTab(QWidget):
    """The papers issued, and a button a kind that needs no case.

    Signals:
        wanted(kind): a paper of that kind is to be made out.
    """

    wanted = Signal(str)

    def __init__(self, columns: Sequence[Column], level: str) -> None:
        super().__init__()
        self.listing = Listing("文书", columns, "没有出具过文书。")
        self.made_out = [
            button(f"出{title}", partial(self.wanted.emit, kind), "link")
            for kind, title in child_kinds(level)
        ]
        self._buttons = strip(*self.made_out, None)
        self.setLayout(column(self.listing, self._buttons, spacing=0))

    def show_papers(self, papers: Sequence[PaperLine], *, may_write: bool) -> None:
        """Show the papers issued."""
        self.listing.set_rows(papers)
        self._buttons.setVisible(may_write)
