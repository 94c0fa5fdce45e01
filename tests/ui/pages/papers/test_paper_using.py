"""文书: printing, saving and voiding what was issued, by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from app.errors import EnvironmentProblem
from app.service.papers.issuing import void_paper
from app.service.papers.listing import list_papers
from app.service.papers.numbers import PaperRef
from tests.ui.conftest import Office
from tests.ui.pages.papers.papers_at_hand import (
    CONTROL,
    LETTER,
    filling,
    issue,
    opened,
    printing_to,
    reload,
    visited,
)
from ui.pages.papers import printing as paper_print
from ui.pages.papers.chosen import NO_REASON
from ui.pages.papers.page import PapersPage
from ui.pages.papers.parts import Part
from ui.pages.papers.printing import NO_PRINTER, PrintPanel


@pytest.fixture
def page(office: Office) -> Iterator[PapersPage]:
    yield from opened(office)


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return printing_to(tmp_path / "printed.pdf", monkeypatch)


def print_panel(page: PapersPage, office: Office) -> PrintPanel:
    office.qtbot.keyClick(page.list.table, Qt.Key.Key_P, CONTROL)
    panel = page.panel.findChild(PrintPanel)
    assert panel is not None
    office.settle()
    return panel


def print_one(page: PapersPage, office: Office) -> PrintPanel:
    """The panel for a paper just issued."""
    issue(office)
    reload(page, office)
    return print_panel(page, office)


def test_ctrl_p_prints_the_paper_and_remembers_the_printer(
    page: PapersPage, office: Office, printer: Path
) -> None:
    panel = print_one(page, office)
    panel.printer.setCurrentText("办公室打印机")
    panel.copies["全部"].setCurrentText("2份")
    with office.qtbot.waitSignal(panel.printed):
        panel.go.click()
    assert printer.read_bytes().count(b"/Type /Page\n") == 2
    assert office.context.preferences.printer == "办公室打印机"
    assert not page.panel.isVisible()
    office.settle()
    panel = print_panel(page, office)
    assert panel.printer.currentText() == "办公室打印机"
    assert panel.copies["全部"].currentData() == 2
    page.panel.dismiss()


def test_of_an_order_two_originals_are_printed_one_for_the_family_and_one_for_the_file(
    page: PapersPage, office: Office, printer: Path
) -> None:
    parts = [Part("存根", (0,)), Part("正本", (1,)), Part("送达回证", (2,))]

    def proposed() -> dict[str, int]:
        panel = PrintPanel(office.context, page, [PaperRef("1", "1")], parts, {"正本": 2})
        office.qtbot.addWidget(panel)
        office.settle()
        return {name: box.currentData() for name, box in panel.copies.items()}

    assert proposed() == {"存根": 1, "正本": 2, "送达回证": 1}
    office.context.preferences.keep_copies("正本", 3)
    office.context.preferences.keep_copies("送达回证", 0)
    assert proposed() == {"存根": 1, "正本": 3, "送达回证": 0}


def test_without_a_printer_the_way_out_is_said(
    page: PapersPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_print, "printer_names", list)
    panel = print_one(page, office)
    assert panel.words.text() == NO_PRINTER
    assert not panel.go.isEnabled()
    page.panel.dismiss()


def test_a_printer_that_is_gone_is_said_and_printing_can_be_tried_again(
    page: PapersPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_print, "printer_names", lambda: ["不在了的打印机"])
    panel = print_one(page, office)
    with office.qtbot.waitSignal(office.context.bus.refused):
        panel.go.click()
    assert panel.go.isEnabled()
    page.panel.dismiss()


def print_three(page: PapersPage, office: Office) -> tuple[PrintPanel, list[PaperRef]]:
    issued = [issue(office, "报告单") for _ in range(3)]
    reload(page, office)
    page.paper.print_all(issued)
    panel = page.panel.findChild(PrintPanel)
    assert panel is not None
    office.settle()
    return panel, issued


def test_where_every_part_is_left_out_nothing_can_be_printed(
    page: PapersPage, office: Office, printer: Path
) -> None:
    panel = print_one(page, office)
    for box in panel.copies.values():
        box.setCurrentText("不印")
    assert not panel.go.isEnabled()
    next(iter(panel.copies.values())).setCurrentText("1份")
    assert panel.go.isEnabled()
    page.panel.dismiss()


def test_a_printer_that_fails_half_way_goes_on_from_there(
    page: PapersPage, office: Office, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, issued = print_three(page, office)
    open_one = paper_print.open_printer
    opened_for: list[str] = []

    def jams(name: str) -> QPrinter:
        opened_for.append(name)
        if len(opened_for) == 2:
            raise EnvironmentProblem("卡纸了。请取出纸再打印。")
        return open_one(name)

    monkeypatch.setattr(paper_print, "open_printer", jams)
    with office.qtbot.waitSignal(office.context.bus.refused):
        panel.go.click()
    assert "打印了1份，还有2份没有打印" in panel.words.text()
    assert issued[1].called in panel.words.text()
    with office.qtbot.waitSignal(panel.printed) as printed:
        panel.go.click()
    assert printed.args == [3]
    assert len(opened_for) == 4


def test_printing_many_can_be_stopped_and_gone_on_with(
    page: PapersPage, office: Office, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, _issued = print_three(page, office)
    open_one = paper_print.open_printer

    def stopped(name: str) -> QPrinter:
        panel._stop.set()
        return open_one(name)

    with monkeypatch.context() as patch:
        patch.setattr(paper_print, "open_printer", stopped)
        panel.go.click()
        assert panel.halt.isVisible()
        office.settle()
    assert "还有2份没有打印" in panel.words.text()
    assert panel.go.text().startswith("继续打印其余2份")
    with office.qtbot.waitSignal(panel.printed):
        panel.go.click()
    assert not page.panel.isVisible()


def test_ctrl_p_says_why_a_voided_paper_or_a_draft_is_not_printed(page: PapersPage, office: Office) -> None:
    office.program.write(void_paper, issue(office).id, "写错")
    reload(page, office)
    with office.qtbot.waitSignal(office.context.bus.refused) as said:
        page.paper.print()
    assert said.args is not None and "已作废" in said.args[0]
    filling(page, office, LETTER, visited(office))
    with office.qtbot.waitSignal(office.context.bus.refused) as said:
        page.paper.print()
    assert said.args is not None and "草稿" in said.args[0]


def test_ctrl_enter_voids_as_in_the_other_panels(page: PapersPage, office: Office) -> None:
    issue(office)
    reload(page, office)
    page.paper.ask_void()
    reason = page.panel.findChild(QPlainTextEdit)
    assert reason is not None
    office.qtbot.keyClick(reason, Qt.Key.Key_Return, CONTROL)
    assert page.panel.isVisible()
    office.qtbot.keyClicks(reason, "wrong")
    office.qtbot.keyClick(reason, Qt.Key.Key_Return, CONTROL)
    office.qtbot.waitUntil(lambda: not page.panel.isVisible())
    office.settle()
    assert [one.voided for one in office.program.read(list_papers)] == [True]


def test_a_paper_voided_by_two_quick_keys_is_voided_once_and_nothing_is_refused(
    page: PapersPage, office: Office
) -> None:
    issue(office)
    reload(page, office)
    refused: list[str] = []
    office.context.bus.refused.connect(refused.append)
    page.paper.ask_void()
    reason = page.panel.findChild(QPlainTextEdit)
    assert reason is not None
    office.qtbot.keyClicks(reason, "wrong")
    go = next(one for one in page.panel.findChildren(QPushButton) if one.text().startswith("作废这一份"))
    go.click()
    assert page.panel.held
    go.click()
    office.settle()
    assert refused == []
    assert page.panel.isHidden()


@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_a_paper_is_saved_as_a_file_and_the_folder_remembered(
    page: PapersPage, office: Office, tmp_path: Path, suffix: str
) -> None:
    issue(office)
    reload(page, office)
    page.paper.ask_file = lambda parent, start, wanted: tmp_path / start.name
    with office.qtbot.waitSignal(office.context.bus.said):
        (page.preview.pdf if suffix == ".pdf" else page.preview.word).click()
    (saved,) = tmp_path.glob(f"返校通知书_*{suffix}")
    assert saved.read_bytes()[:2] in {b"%P", b"PK"}
    assert office.context.preferences.folder == str(tmp_path)


def test_a_folder_that_took_nothing_is_not_remembered(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    issue(office)
    reload(page, office)
    kept = office.context.preferences.folder
    page.paper.ask_file = lambda parent, start, wanted: tmp_path / "没有" / start.name
    with office.qtbot.waitSignal(office.context.bus.refused):
        page.preview.pdf.click()
    assert office.context.preferences.folder == kept


def test_no_file_chosen_saves_nothing(page: PapersPage, office: Office) -> None:
    issue(office)
    reload(page, office)
    page.paper.ask_file = lambda parent, start, wanted: None
    page.preview.word.click()
    assert office.context.tasks.running == 0


def test_voiding_needs_a_typed_reason(page: PapersPage, office: Office) -> None:
    issued = issue(office)
    reload(page, office)
    page.preview.void.click()
    reason = page.panel.findChild(QPlainTextEdit)
    go = next(one for one in page.panel.findChildren(QPushButton) if one.text().startswith("作废这一份"))
    assert reason is not None and reason.hasFocus()
    office.qtbot.keyClick(reason, Qt.Key.Key_Return, CONTROL)
    said = [one for one in page.panel.findChildren(QLabel) if one.text() == NO_REASON]
    assert [one.isVisible() for one in said] == [True] and reason.hasFocus()
    assert not page.panel.isHidden()
    office.qtbot.keyClicks(reason, "name wrong")
    assert not said[0].isVisible()
    go.click()
    office.qtbot.waitUntil(lambda: page.preview.paper is not None and page.preview.paper.voided)
    (row,) = office.program.read(list_papers)
    assert (row.number, row.reason) == (issued.called, "name wrong")
