"""Ctrl+Z and the end of the window: what is taken back, what is asked first, and how work under way is finished."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from app.service.office.calendars import set_day, set_term
from app.service.papers.issuing import issue_paper
from app.service.screens.settings import terms, unit_form
from tests.helpers.papers import case_id
from tests.ui import plain_window
from tests.ui.conftest import Office
from tests.ui.plain_window import CONTROL, Plain, press
from ui.main_window import MainWindow
from ui.widgets.side_panel import SidePanel

helped, window = plain_window.helped, plain_window.window


def write_term(office: Office, window: MainWindow, first: date) -> None:
    office.context.tasks.write(window.page, set_term, first, date(2027, 1, 22))
    office.settle()
    office.settle()


def test_control_z_takes_back_the_last_entries_one_by_one(office: Office, window: MainWindow) -> None:
    before = office.program.read(terms)
    for day in (2, 3):
        write_term(office, window, date(2026, 9, day))
    assert window.status.labels[0].text() == "已保存 10:21"
    for expected in (date(2026, 9, 2), date(2026, 9, 1)):
        press(window, Qt.Key.Key_Z, CONTROL)
        office.settle()
        assert office.program.read(terms)[-1].first == expected
        assert window.banner.text == "已撤销：学期。按Ctrl+Y重做。"
    assert office.program.read(terms) == before
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.banner.text == "没有可以撤销的操作。"


def test_undo_keeps_what_was_changed_again_and_says_so(office: Office, window: MainWindow) -> None:
    write_term(office, window, date(2026, 9, 2))
    office.program.write(lambda desk: set_day(desk, date(2026, 11, 23), "off"))
    press(window, Qt.Key.Key_Z, CONTROL)
    office.settle()
    days = office.program.read(lambda desk: desk.calendar.overrides)
    assert date(2026, 11, 23) in days


def test_control_z_in_a_field_takes_back_letters_not_records(
    office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    write_term(office, window, date(2026, 9, 2))
    page = window.page
    assert isinstance(page, Plain)
    page.field.setFocus()
    qtbot.waitUntil(page.field.hasFocus)
    qtbot.keyClicks(page.field, "abc")
    qtbot.keyClick(page.field, Qt.Key.Key_Z, CONTROL)
    office.settle()
    assert page.field.text() == ""
    assert office.program.read(terms)[-1].first == date(2026, 9, 2)


def test_what_was_typed_in_a_panel_is_asked_about_before_the_window_closes(window: MainWindow) -> None:
    window.go("cases")
    panel, field = SidePanel(window.page), QLineEdit("abc")
    panel.present("请假", field, [], lambda: True)
    window.go("today")
    QTimer.singleShot(0, lambda: answer("继续填写"))
    assert not window.close()
    assert window.page.key == "cases"
    QTimer.singleShot(0, lambda: answer("放弃"))
    assert window.close()


def answer(words: str) -> None:
    """Press a button of the question that is open."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    next(one for one in box.buttons() if one.text() == words).click()


def test_closing_during_work_asks_and_can_wait(office: Office, window: MainWindow) -> None:
    go_on = Event()
    came: list[bool] = []
    office.context.tasks.work(window, lambda _recorder: go_on.wait(), then=came.append)
    QTimer.singleShot(0, lambda: answer("再等一等"))
    assert not window.close()
    assert window.isVisible()
    go_on.set()
    office.settle()
    assert came == [True]


def test_closing_during_work_finishes_it_cleanly(office: Office, window: MainWindow) -> None:
    done: list[bool] = []
    go_on = Event()

    def job(_recorder: object) -> None:
        go_on.wait()
        done.append(True)

    office.context.tasks.work(window, job, then=lambda _value: None)

    def leave() -> None:
        answer("做完这一步就关")
        QTimer.singleShot(0, go_on.set)

    QTimer.singleShot(0, leave)
    with office.qtbot.waitSignal(window.left):
        assert not window.close()
        assert window.banner.text.startswith("正在收尾")
    assert done == [True]
    assert not window.isVisible()


def test_a_page_with_something_unsaved_is_asked_before_the_window_closes(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.pages["cases"]
    monkeypatch.setattr(page, "may_leave", lambda: False)
    assert not window.close()
    assert window.isVisible()
    monkeypatch.setattr(page, "may_leave", lambda: True)
    assert window.close()


def test_control_z_waits_for_what_is_being_saved(office: Office, window: MainWindow) -> None:
    write_term(office, window, date(2026, 9, 2))
    office.context.tasks.write(window.page, set_term, date(2026, 9, 3), date(2027, 1, 22))
    press(window, Qt.Key.Key_Z, CONTROL)
    office.settle()
    office.settle()
    assert office.program.read(terms)[-1].first == date(2026, 9, 3)
    for first in (date(2026, 9, 2), date(2026, 9, 1)):
        press(window, Qt.Key.Key_Z, CONTROL)
        office.settle()
        assert office.program.read(terms)[-1].first == first


def test_what_cannot_be_undone_stays_on_top_of_what_could(office: Office, window: MainWindow) -> None:
    write_term(office, window, date(2026, 9, 2))
    office.context.tasks.write(window.page, issue_paper, "家访表", case_id(office.program, "2026-005"))
    office.settle()
    for _ in range(2):
        press(window, Qt.Key.Key_Z, CONTROL)
        office.settle()
        assert "不能这样撤销" in window.banner.text
    assert office.program.read(terms)[-1].first == date(2026, 9, 2)


def test_what_is_typed_on_the_page_is_undone_before_what_was_saved(
    office: Office, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_term(office, window, date(2026, 9, 2))
    monkeypatch.setattr(window.page, "undo_typed", lambda: True)
    press(window, Qt.Key.Key_Z, CONTROL)
    office.settle()
    assert office.program.read(terms)[-1].first == date(2026, 9, 2)


def test_closing_while_something_is_only_read_asks_nothing(office: Office, window: MainWindow) -> None:
    office.context.tasks.read(window, unit_form, then=lambda _value: None)
    assert window.close()
