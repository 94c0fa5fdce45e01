"""Ctrl+Z and Ctrl+Y over two pages: what was done elsewhere is named before it is touched, and comes back whole."""

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from app.service.office.calendars import set_term
from app.service.screens.settings import terms
from tests.ui import plain_window
from tests.ui.conftest import Office
from tests.ui.plain_window import CONTROL, press
from ui.main_window import MainWindow

helped, window = plain_window.helped, plain_window.window


def write_term(office: Office, window: MainWindow, first: date) -> None:
    office.context.tasks.write(window.page, set_term, first, date(2027, 1, 22))
    office.settle()


def first_day(office: Office) -> date:
    return office.program.read(terms)[-1].first


def undo(office: Office, window: MainWindow) -> None:
    press(window, Qt.Key.Key_Z, CONTROL)
    office.settle()


def redo(office: Office, window: MainWindow) -> None:
    press(window, Qt.Key.Key_Y, CONTROL)
    office.settle()


def answering(words: str, said: list[str]) -> None:
    """Press that button of the question as soon as it is open."""

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(5, answer)
            return
        said.append(box.text())
        next(one for one in box.buttons() if one.text() == words).click()

    QTimer.singleShot(0, answer)


def test_what_was_taken_back_is_done_again_one_by_one(office: Office, window: MainWindow) -> None:
    for day in (2, 3):
        write_term(office, window, date(2026, 9, day))
    undo(office, window)
    undo(office, window)
    assert first_day(office) == date(2026, 9, 1)
    for expected in (2, 3):
        redo(office, window)
        assert first_day(office) == date(2026, 9, expected)
        assert window.banner.text == "已重做：学期。"
    redo(office, window)
    assert window.banner.text == "没有可以重做的操作。"
    undo(office, window)
    assert first_day(office) == date(2026, 9, 2)


def test_after_something_new_nothing_is_done_again(office: Office, window: MainWindow) -> None:
    write_term(office, window, date(2026, 9, 2))
    undo(office, window)
    write_term(office, window, date(2026, 9, 4))
    redo(office, window)
    assert window.banner.text == "没有可以重做的操作。"
    assert first_day(office) == date(2026, 9, 4)


def test_an_entry_of_another_page_is_named_before_it_is_taken_back(
    office: Office, window: MainWindow
) -> None:
    window.go("cases")
    write_term(office, window, date(2026, 9, 2))
    window.go("students")
    said: list[str] = []
    answering("不撤销", said)
    window.undo()
    office.settle()
    assert "“个案”页" in said[0] and "学期" in said[0] and office.program.operator in said[0]
    assert first_day(office) == date(2026, 9, 2)
    answering("撤销", said)
    window.undo()
    office.settle()
    assert first_day(office) == date(2026, 9, 1)
    answering("重做", said)
    window.redo()
    office.settle()
    assert "“个案”页" in said[2] and "重做" in said[2]
    assert first_day(office) == date(2026, 9, 2)


def test_on_its_own_page_nothing_is_asked(office: Office, window: MainWindow) -> None:
    window.go("cases")
    write_term(office, window, date(2026, 9, 2))
    window.go("students")
    window.go("cases")
    undo(office, window)
    assert first_day(office) == date(2026, 9, 1)
