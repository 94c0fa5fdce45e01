"""The 文书 page over the demo school, and the steps its tests share."""

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from shiboken6 import isValid

from app.service.papers.issuing import issue_paper
from app.service.papers.numbers import PaperRef
from app.service.screens.papers import cases_to_choose
from tests.ui.conftest import Office
from ui.__main__ import render_pages
from ui.pages.papers import printing as paper_print
from ui.pages.papers.choice import PaperChoice
from ui.pages.papers.page import PapersPage

LETTER, RECORD = "返校通知书", "学校情况记录表"
PHONE = {"学校联系电话": "13900001234"}
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def opened(office: Office) -> Iterator[PapersPage]:
    """The page, shown; for the fixture of each test file."""
    office.program.renderer = render_pages
    made = PapersPage(office.context)
    office.qtbot.addWidget(made)
    made.resize(1250, 660)
    made.show()
    office.qtbot.waitExposed(made)
    office.settle()
    yield made
    if isValid(made):  # closed by now, but its timers may still run: they must ask for nothing any more
        made.form.stop()
        made.batch.stop()
        made.list.blockSignals(True)
    office.settle()


def case_in(office: Office, class_name: str) -> str:
    """The id of the case of a child of that class."""
    rows = office.program.read(cases_to_choose, everything=True)
    return next(row.id for row in rows if row.class_name == class_name)


def visited(office: Office) -> str:
    return case_in(office, "五年级1班")


def unvisited(office: Office) -> str:
    return case_in(office, "三年级1班")


def issue(office: Office, kind: str = LETTER) -> PaperRef:
    """A paper just issued, which the page does not know of yet."""
    typed = PHONE if kind == LETTER else {}
    again = "原件遗失"  # asked for a second report only
    return office.program.write(issue_paper, kind, visited(office), typed, force=again).value.ref


def reload(page: PapersPage, office: Office) -> None:
    """Read the list and wait until the chosen paper is on the screen."""
    page.refresh()
    office.qtbot.waitUntil(lambda: page.preview.paper is not None)
    office.settle()


def shown_words(page: PapersPage) -> str:
    pages = page.preview.pages
    return "".join(pages.texts(0)) if pages else ""


def place(page: PapersPage, name: str) -> int:
    """Where a child's line stands in the batch."""
    return [row.case.student for row in page.batch.model.rows].index(name)


def filling(page: PapersPage, office: Office, kind: str, case: str) -> None:
    """Open the form for one paper and wait for its page."""
    page.open_target({"kind": kind, "case": case})
    office.qtbot.waitUntil(lambda: "〔草稿〕" in shown_words(page))
    office.settle()


def choosing(page: PapersPage, office: Office) -> PaperChoice:
    """Alt+N, and wait for kinds and cases."""
    office.qtbot.keyClick(page, Qt.Key.Key_N, ALT)
    office.qtbot.waitUntil(lambda: bool(page.choice.model.rows and page.choice.kind.count()))
    return page.choice


def printing_to(out: Path, monkeypatch: pytest.MonkeyPatch, room: ModuleType = paper_print) -> Path:
    """Two printers on this PC; both print to the PDF file `out`, as far as `room` asks for them."""

    def opened_printer(name: str) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.HighResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(out))
        made.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF())
        )
        return made

    monkeypatch.setattr(room, "open_printer", opened_printer)
    monkeypatch.setattr(room, "printer_names", lambda: ["一号打印机", "办公室打印机"])
    return out
