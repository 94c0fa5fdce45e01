"""The one reading of the window: once a change, never two in the queue, and out of the way of who saves."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QObject

from app.domain.changes import Changes
from app.errors import UserError
from app.service.office.calendars import set_term
from app.service.office.desk import Desk
from app.service.screens.gathered import Superseded
from app.service.screens.window import window_reading
from tests.ui.conftest import Office
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.reading import WindowReader

CHANGED = Changes({"roll": frozenset({"x"})})


class Counted:
    """A reading that counts how often it was begun, and waits inside until it is let go or no longer wanted."""

    def __init__(self, *, held: bool = False) -> None:
        self.begun = 0
        self.finished = 0
        self.inside, self.let_go = Event(), Event()
        if not held:
            self.let_go.set()

    def __call__(self, desk: Desk, wanted: Callable[[], bool]) -> Any:
        self.begun += 1
        self.inside.set()
        while not self.let_go.wait(0.01):
            if not wanted():
                raise Superseded
        self.finished += 1
        return window_reading(desk)


def reader_of(office: Office, use_case: Callable[..., Any]) -> WindowReader:
    """A reader of its own; the one of the context is left out of the way."""
    office.context.bus.changed.disconnect(office.context.reader._heard)
    office.context.tasks.write_asked.disconnect(office.context.reader._make_way)
    return WindowReader(office.context.tasks, office.context.bus, use_case)


def new_term(desk: Desk) -> Any:
    return set_term(desk, desk.today.replace(month=9, day=2), desk.today)


def refused(_desk: Desk) -> None:
    raise UserError("不行。请换一个。")


def test_whatever_many_ask_there_is_one_reading(office: Office) -> None:
    counted = Counted()
    reader = reader_of(office, counted)
    for _ in range(3):
        reader.want()
    office.settle()
    reader.want()
    assert (counted.begun, office.context.tasks.running) == (1, 0)
    assert reader.newest is not None


def test_changes_that_come_while_it_is_read_lead_to_one_more(office: Office) -> None:
    counted = Counted(held=True)
    reader = reader_of(office, counted)
    reader.want()
    assert counted.inside.wait(10)
    for _ in range(5):
        office.context.bus.changed.emit(CHANGED, None)
    assert reader.newest is None
    assert office.context.tasks.running == 1
    counted.let_go.set()
    office.settle()
    assert counted.finished == 2
    assert reader.newest is not None


def test_a_change_of_what_it_does_not_show_is_not_read(office: Office) -> None:
    counted = Counted()
    reader_of(office, counted)
    office.context.bus.changed.emit(Changes({"staff": frozenset({"x"})}), None)
    assert (counted.begun, office.context.tasks.running) == (0, 0)


def test_who_saves_does_not_wait_for_the_reading_and_it_comes_after_what_the_page_reads_next(
    office: Office,
) -> None:
    """The reading would hold the worker for ever: the write gets through, then what its page asked for, then it."""
    counted = Counted(held=True)
    reader = reader_of(office, counted)
    order: list[str] = []
    owner = QObject(office.context.bus)
    tasks = office.context.tasks

    def saved(_value: Any) -> None:
        order.append("saved")
        tasks.read(owner, lambda _desk: counted.let_go.set(), then=lambda _none: order.append("next list"))

    office.context.bus.seen.connect(lambda _reading: order.append("reading"))
    reader.want()
    assert counted.inside.wait(10)
    tasks.write(owner, new_term, then=saved)
    office.settle()
    assert order == ["saved", "next list", "reading"]
    assert (counted.begun, counted.finished) == (2, 1)


def test_a_reading_interrupted_by_what_was_refused_is_made_up_for(office: Office) -> None:
    counted = Counted(held=True)
    reader = reader_of(office, counted)
    reader.want()
    assert counted.inside.wait(10)
    office.context.tasks.write(QObject(office.context.bus), refused, failed=lambda _: counted.let_go.set())
    office.qtbot.waitUntil(lambda: reader.newest is not None, timeout=10_000)
    assert counted.finished == 1


def test_a_reading_that_fails_is_reported_and_asked_for_again_with_the_next_change(office: Office) -> None:
    crashed: list[str] = []
    office.context.bus.crashed.connect(crashed.append)
    fails = [True]

    def use_case(desk: Desk, _wanted: Callable[[], bool]) -> Any:
        if fails[0]:
            raise ValueError
        return window_reading(desk)

    reader = reader_of(office, use_case)
    reader.want()
    office.settle()
    assert (len(crashed), reader.newest) == (1, None)
    fails[0] = False
    office.context.bus.changed.emit(CHANGED, None)
    office.settle()
    assert reader.newest is not None


@pytest.mark.parametrize("many", [1, 4])
def test_a_window_reads_its_pages_once_a_change(
    office: Office, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted()
    monkeypatch.setattr(office.context.reader, "_use_case", counted)
    window = MainWindow(office.context, make_pages(office.context), lambda _page: None)
    office.show(window)
    counted.begun = 0
    for key in list(window.pages)[:many]:
        window.go(key)
    office.settle()
    assert counted.begun == 0
    office.context.tasks.write(window, new_term)
    office.settle()
    assert counted.begun == 1
