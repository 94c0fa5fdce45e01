"""An attendance sheet read in on 点名: seen first, then recorded, and undone where imports are undone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.service.screens.roster import import_runs
from tests.helpers.sheets import workbook
from tests.ui.pages.roll import roll_desk
from tests.ui.pages.roll.roll_desk import FIRST_CLASS, FORGOTTEN, Desktop
from ui.pages.roll.month import MonthPanel
from ui.pages.roster.file import undo_words

desktop = roll_desk.desktop


def button_of(desktop: Desktop, words: str) -> QPushButton:
    """The button of the panel that says so, once it is laid out."""

    def found() -> list[QPushButton]:
        buttons = desktop.page.panels.side.findChildren(QPushButton)
        return [one for one in buttons if words in one.text() and one.isVisible()]

    desktop.office.qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


def press(desktop: Desktop, words: str) -> None:
    button_of(desktop, words).click()
    desktop.office.settle()


def read_in(desktop: Desktop, file: Path) -> MonthPanel:
    """The panel of what the sheet would record, by way of 补点名."""
    desktop.page.panels.ask_sheet = lambda _page, _context: file
    desktop.office.qtbot.keyClick(desktop.page.table, Qt.Key.Key_R)
    desktop.office.settle()
    press(desktop, "从考勤表读入")
    found = desktop.page.findChild(MonthPanel)
    assert found is not None
    return found


def sheet(desktop: Desktop, file: Path, first: str) -> Path:
    """The class on the forgotten day and four days around it, `first` for its first child on the 19th."""
    desktop.open(FIRST_CLASS, FORGOTTEN)
    names = [one.name for one in desktop.page.sheet.pupils]
    days = (9, 10, 11, 12, 19)
    rows = [[name, "", "", "", "", first if name == names[0] else "√"] for name in names]
    return workbook(file, [[f"{FIRST_CLASS}2026年11月考勤表"], ["姓名", *days], *rows])


def test_what_it_would_record_is_shown_and_then_recorded(desktop: Desktop, tmp_path: Path) -> None:
    file = sheet(desktop, tmp_path / "11月.xlsx", "病")
    child = desktop.page.sheet.pupils[0].name
    panel = read_in(desktop, file)
    shown = [[column.words(row) for column in panel.days.model.columns] for row in panel.days.model.rows]
    assert shown == [["11月19日", FIRST_CLASS, f"{child}病假", "没有点名"]]
    assert FIRST_CLASS in desktop.uncalled(FORGOTTEN)
    said: list[str] = []
    desktop.office.context.bus.said.connect(said.append)
    press(desktop, "记下这1天")
    assert "已记下1天点名" in said[0]
    assert desktop.absences(FORGOTTEN)[child] == ("病假", "全天")
    assert FIRST_CLASS not in desktop.uncalled(FORGOTTEN)
    run = desktop.office.program.read(import_runs)[0]
    assert (run.file_name, run.rolls) == ("11月.xlsx", 1)
    assert "它记的1次点名会撤回" in undo_words(run)


def test_what_cannot_be_read_is_named_and_not_recorded(desktop: Desktop, tmp_path: Path) -> None:
    panel = read_in(desktop, sheet(desktop, tmp_path / "11月.xlsx", "×"))
    assert panel.days.model.rows == []
    (problem,) = panel.problems.model.rows
    assert (problem.cell, problem.name) == ("F3", desktop.page.sheet.pupils[0].name)
    assert not button_of(desktop, "记下这0天").isEnabled()


def test_a_file_that_is_no_attendance_sheet_says_so(desktop: Desktop, tmp_path: Path) -> None:
    refused: list[str] = []
    desktop.office.context.bus.refused.connect(refused.append)
    file = workbook(tmp_path / "名单.xlsx", [["姓名", "班级"], ["张三", "一年级1班"]])
    desktop.page.panels.ask_sheet = lambda _page, _context: file
    desktop.page.panels.choose_sheet()
    desktop.office.settle()
    assert "没有认出考勤表" in refused[0]
