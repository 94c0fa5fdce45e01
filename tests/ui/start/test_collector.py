"""What nobody holds any more goes on the window's thread, never on the data worker's."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.start.collector import BUSY, Collector


class Closed(QWidget):
    """A widget in a circle of references, as a dialog whose buttons call its own methods."""

    def __init__(self, gone: list[int]) -> None:
        super().__init__()
        self.itself = self
        self.clock = QTimer(self)
        self.clock.start(60_000)
        weakref.finalize(self, lambda: gone.append(threading.get_ident()))


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    gc.collect()
    made = Collector()
    yield made
    made.stop()
    gc.disable()  # as the fixture around every test of the window wants it


def make(count: int) -> list[list[int]]:
    return [[] for _ in range(count)]


def test_a_worker_that_makes_a_lot_does_not_destroy_a_closed_widget(collector: Collector) -> None:
    gone: list[int] = []
    Closed(gone)
    worker = threading.Thread(target=make, args=(2 * BUSY,))
    worker.start()
    worker.join()
    assert gone == []


def test_the_window_destroys_it_at_the_next_look(collector: Collector) -> None:
    gone: list[int] = []
    Closed(gone)
    kept = make(2 * BUSY)
    collector.look()
    assert gone == [threading.get_ident()]
    assert len(kept) == 2 * BUSY


def test_it_looks_by_itself(collector: Collector, qtbot: QtBot) -> None:
    gone: list[int] = []
    Closed(gone)
    kept = make(2 * BUSY)
    qtbot.waitUntil(lambda: bool(gone))
    assert kept


def test_during_work_what_is_older_waits_and_goes_when_it_is_quiet(collector: Collector) -> None:
    gone: list[int] = []
    old = Closed(gone)
    for _ in range(20):  # the middle generation is due, and the widget in it
        gc.collect(0)
    del old
    kept = make(2 * BUSY)
    collector.look()
    assert gone == []
    kept += make(1000)
    collector.look()
    assert gone == [threading.get_ident()]


def test_nothing_is_gone_through_when_little_was_made(collector: Collector) -> None:
    gone: list[int] = []
    Closed(gone)
    collector.look()
    assert gone == []


def test_python_collects_by_itself_again_afterwards(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
