"""Ctrl+E and Ctrl+P on the pages with a table: what the file says is what the page shows."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from app.errors import EnvironmentProblem
from tests.ui.conftest import Office
from tests.ui.pages.papers.papers_at_hand import printing_to
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.pages.cases.page import CasesPage
from ui.pages.page import Page
from ui.pages.papers.page import PapersPage
from ui.pages.roll.page import RollPage
from ui.pages.students.page import StudentsPage
from ui.pages.today.page import TodayPage
from ui.widgets import table_print
from ui.widgets.tables_out import TablesOut

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(office: Office) -> Iterator[MainWindow]:
    made = MainWindow(office.context, make_pages(office.context), lambda _page: None)
    office.show(made)
    yield made


def shown(window: MainWindow, office: Office, kind: type[Page]) -> Any:
    window.go(kind.key)
    office.settle()
    assert isinstance(window.page, kind)
    return window.page


def saved(page: Page, office: Office, file: Path, press: Callable[[], None] | None = None) -> list[list[Any]]:
    """The first sheet of what Ctrl+E saves."""
    out = page.out
    assert isinstance(out, TablesOut)
    out.ask_file = lambda _page, _start: file
    if press is None:
        office.qtbot.keyClick(office.application.focusWidget(), Qt.Key.Key_E, CONTROL)
    else:
        press()
    office.qtbot.waitUntil(file.exists)
    office.settle()
    return [[cell.value for cell in row] for row in load_workbook(file).worksheets[0].iter_rows()]


def test_the_students_as_filtered_in_the_order_of_the_table(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    page: StudentsPage = shown(window, office, StudentsPage)
    page.filters.klass.setCurrentText("五年级1班")
    page.filters.text.setText("")
    page.view.setFocus()
    names = [row.name for row in page.model.rows]
    said: list[str] = []
    office.context.bus.said.connect(said.append)
    rows = saved(page, office, tmp_path / "名单.xlsx")
    assert rows[0][0] == "五年级1班学生名单"
    assert [row[1] for row in rows[3:-1]] == names
    assert said[-1] == f"五年级1班学生名单已存为Excel：{tmp_path / '名单.xlsx'}"
    numbers = [row.numbers.split()[0] for row in page.model.rows]
    written = str(rows)
    assert [one for one in numbers if one in written] == []


def test_every_page_with_a_table_saves_what_it_shows(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    cases: CasesPage = shown(window, office, CasesPage)
    rows = saved(cases, office, tmp_path / "个案.xlsx")
    assert [row[1] for row in rows[3:-2]] == [one.no for one in cases.list.model.rows]
    papers: PapersPage = shown(window, office, PapersPage)
    rows = saved(papers, office, tmp_path / "登记簿.xlsx")
    assert [row[1] for row in rows[3:-1]] == [one.called for one in papers.list.model.rows]
    today: TodayPage = shown(window, office, TodayPage)
    rows = saved(today, office, tmp_path / "今日.xlsx")
    reading = office.context.reader.newest
    assert reading is not None
    assert [row[3] for row in rows[3:-1]] == [one.title for one in reading.today.tasks]
    roll: RollPage = shown(window, office, RollPage)
    rows = saved(roll, office, tmp_path / "考勤.xlsx", window.status.save_table.click)
    assert rows[0][0] == f"{roll.sheet.class_name}2026年11月考勤表"
    assert {row[1] for row in rows[3:-1]} >= {one.name for one in roll.sheet.pupils}


def test_marks_that_are_not_saved_are_not_passed_over(
    window: MainWindow, office: Office, tmp_path: Path
) -> None:
    roll: RollPage = shown(window, office, RollPage)
    refused: list[str] = []
    office.context.bus.refused.connect(refused.append)
    office.qtbot.keyClick(roll.table, Qt.Key.Key_K)
    assert roll.out is not None
    roll.out.save()
    assert len(refused) == 1
    assert "还没有保存" in refused[0]
    roll.undo_typed()


def test_a_file_that_cannot_be_written_says_so(window: MainWindow, office: Office, tmp_path: Path) -> None:
    page: StudentsPage = shown(window, office, StudentsPage)
    refused: list[str] = []
    office.context.bus.refused.connect(refused.append)
    assert page.out is not None
    page.out.ask_file = lambda _page, _start: tmp_path / "没有" / "a.xlsx"
    page.out.save()
    office.qtbot.waitUntil(lambda: bool(refused))
    assert "文件夹" in refused[0]


def test_the_settings_have_no_table(window: MainWindow, office: Office) -> None:
    window.go("settings")
    assert window.page.out is None
    assert window.status.save_table.isHidden()
    window.go("students")
    assert not window.status.save_table.isHidden()
    office.settle()


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two printers on this PC; both print to one PDF."""
    return printing_to(tmp_path / "printed.pdf", monkeypatch, table_print)


def dialog_of(page: Page, office: Office) -> table_print.TablePrint:
    assert page.out is not None
    office.qtbot.waitUntil(lambda: page.out is not None and page.out.dialog is not None)
    office.settle()
    assert page.out.dialog is not None
    return page.out.dialog


def test_ctrl_p_shows_the_pages_and_prints_them_on_a4(
    window: MainWindow, office: Office, printer: Path
) -> None:
    page: StudentsPage = shown(window, office, StudentsPage)
    page.view.setFocus()
    office.qtbot.keyClick(page.view, Qt.Key.Key_P, CONTROL)
    dialog = dialog_of(page, office)
    assert dialog.view.pages is not None
    assert "学生名单" in dialog.view.pages.texts(0)[0]
    last = dialog.view.pages.page_count - 1
    assert last > 0
    assert any("姓名" in line for line in dialog.view.pages.texts(last))  # the header on every page
    assert dialog.view.pages.page_size_mm(0) == pytest.approx((297, 210), abs=0.1)
    dialog.printer.setCurrentText("办公室打印机")
    dialog.go.click()
    office.qtbot.waitUntil(printer.exists)
    office.settle()
    assert not dialog.isVisible()
    printed = PdfDocument(printer)
    assert len(printed) == last + 1
    assert printed[0].get_size() == pytest.approx((841.9, 595.3), abs=1)  # the words lie along the long side
    assert office.context.preferences.printer == "办公室打印机"


def test_a_printer_that_refuses_leaves_the_dialog_open(
    window: MainWindow, office: Office, printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: TodayPage = shown(window, office, TodayPage)
    assert page.out is not None
    page.out.print()
    dialog = dialog_of(page, office)

    def gone(_name: str) -> QPrinter:
        raise EnvironmentProblem("打印机没有接受任务：请检查打印机。")

    monkeypatch.setattr(table_print, "open_printer", gone)
    dialog.go.click()
    office.qtbot.waitUntil(lambda: "没有印出来" in dialog.words.text())
    assert dialog.isVisible()
    assert dialog.go.isEnabled()
    assert not printer.exists()
    dialog.reject()
    office.settle()


def test_the_list_of_papers_prints_by_a_key_of_its_own(
    window: MainWindow, office: Office, printer: Path
) -> None:
    """Ctrl+P on 文书 prints the paper chosen."""
    page: PapersPage = shown(window, office, PapersPage)
    office.qtbot.keyClick(page.list.table, Qt.Key.Key_P, CONTROL | SHIFT)
    dialog = dialog_of(page, office)
    assert "文书登记簿" in dialog.windowTitle()
    dialog.reject()
    office.settle()
