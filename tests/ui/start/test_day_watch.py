"""A window left open overnight goes on to the new day."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from app.cli import main as command_line
from app.cli.context import Session
from app.demo.school import TODAY
from app.service.office.calendars import set_day
from app.service.screens.overview import last_backup
from tests.ui.conftest import PASSWORD
from tests.ui.start.conftest import Beginning
from ui import __main__ as window_start
from ui.__main__ import open_window, render_pages
from ui.start import application
from ui.start.day_watch import Clock, DayWatch
from ui.start.gate import Gate
from ui.widgets.side_panel import SidePanel

NEXT = TODAY + timedelta(days=1)


class Night:
    """A window that is open, and the clock beside it."""

    def __init__(self, begun: Beginning) -> None:
        self.day = TODAY
        self.begun = begun
        begun.start.day_watch = DayWatch(begun.start, lambda: self.day)
        dialog = begun.begin().dialog
        begun.type(dialog.password, PASSWORD)
        begun.enter(dialog)

    def look(self) -> None:
        watch = self.begun.start.day_watch
        assert watch is not None
        watch.look()
        self.begun.settle()


@pytest.fixture
def night(known: Beginning) -> Night:
    return Night(known)


def test_on_a_new_day_the_window_is_opened_anew_over_the_same_data(night: Night) -> None:
    start, old = night.begun.start, night.begun.window
    program = start._programs[old]
    old.go("roll")
    night.look()
    assert start.windows == [old]
    night.day = NEXT
    night.look()
    [window] = start.windows
    assert window is not old
    assert (window.context.today, program.today, start.gate.today) == (NEXT, NEXT, NEXT)
    assert start._programs[window] is program
    assert (window.page.key, window.isVisible()) == ("today", True), "a day begins with what is to be done"
    assert window.banner.text == "已经是2026年11月21日了，已换到今天。"
    assert QApplication.quitOnLastWindowClosed()


def test_the_new_day_gets_its_own_backup(night: Night) -> None:
    night.day = NEXT
    night.look()
    assert night.begun.start._programs[night.begun.window].read(last_backup) == NEXT
    assert night.begun.window.status.labels[1].text() == "上次备份 今天"


def test_coming_back_to_the_program_is_enough(night: Night) -> None:
    night.day = NEXT
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    running.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    night.begun.settle()
    assert night.begun.window.context.today == NEXT


def test_whoever_stays_is_told_and_taken_along_once_something_is_saved(
    night: Night, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = night.begun.window
    asked: list[bool] = []

    def stay() -> bool:
        asked.append(True)
        return False

    monkeypatch.setattr(old, "may_leave", stay)  # something typed is not saved, and a person wants to save it
    night.day = NEXT
    for _ in range(2):
        night.look()
        assert night.begun.start.windows == [old]
        assert old.context.today == TODAY
    assert len(asked) == 1
    assert old.banner.text.startswith("已经是2026年11月21日了，这个窗口还在2026年11月20日。")
    monkeypatch.undo()
    old.context.tasks.write(old, set_day, TODAY, "school")
    night.begun.qtbot.waitUntil(lambda: night.begun.window is not old)
    night.begun.settle()
    assert night.begun.window.context.today == NEXT


def test_an_open_dialog_is_waited_for(night: Night) -> None:
    old = night.begun.window
    box = QMessageBox(old)
    box.open()
    night.day = NEXT
    night.look()
    assert night.begun.start.windows == [old]
    box.close()
    night.look()
    assert night.begun.window.context.today == NEXT


@pytest.mark.parametrize(
    ("given", "demo", "moves"), [(False, False, True), (True, False, False), (False, True, False)]
)
def test_a_day_that_was_given_stays(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: bool, demo: bool, moves: bool
) -> None:
    clocks: list[Clock | None] = []
    monkeypatch.setattr(application, "run_window", lambda _gate, *, demo, clock: clocks.append(clock))
    open_window(Session(tmp_path, TODAY, as_json=False, day_given=given), demo)
    assert [clock is not None for clock in clocks] == [moves]


def test_the_demo_stays_on_its_day(fresh: Beginning) -> None:
    fresh.start.day_watch = DayWatch(fresh.start, lambda: NEXT)
    fresh.alt(fresh.begin().wizard.demo)
    fresh.start.day_watch.look()
    assert (fresh.window.context.today, fresh.start.gate.today) == (TODAY, NEXT)


def test_a_password_asked_for_overnight_opens_on_the_new_day(known: Beginning) -> None:
    known.start.day_watch = DayWatch(known.start, lambda: NEXT)
    known.begin()
    known.start.day_watch.look()
    known.unlock(PASSWORD)
    assert known.window.context.today == NEXT


def test_nobody_is_asked_out_of_the_blue_about_what_is_half_typed(night: Night) -> None:
    old = night.begun.window
    panel, field = SidePanel(old.pages["cases"]), QLineEdit("typed")
    panel.present("记一次家访", field, [], lambda: True)
    night.day = NEXT
    night.look()
    assert QApplication.activeModalWidget() is None
    assert night.begun.start.windows == [old]
    assert "存好正在填的，就换到今天" in old.banner.text
    panel.dismiss()
    old.context.tasks.write(old, set_day, TODAY, "school")
    night.begun.qtbot.waitUntil(lambda: night.begun.window is not old)
    night.begun.settle()


def test_a_day_that_was_given_is_the_day_of_the_first_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fresh: Beginning
) -> None:
    """Nobody looks at the PC's clock: the term offered is that of the day given."""

    class NoClock(date):
        @classmethod
        def today(cls) -> "NoClock":
            raise AssertionError("the day was given")

    gates: list[Gate] = []

    def run_window(gate: Gate, *, demo: bool, clock: Clock | None) -> int:
        gates.append(gate)
        return 0

    monkeypatch.setattr(application, "run_window", run_window)
    monkeypatch.setattr(application, "refuse_without_screen", lambda *_given: None)
    monkeypatch.setattr(command_line, "date", NoClock)
    monkeypatch.setattr(window_start, "local_day", NoClock.today)
    line = ["--data", str(tmp_path / "empty"), "--today", "2028-03-10"]
    assert command_line.run(line, render_pages, open_window) == 0
    fresh.gate.today = gates[0].today
    assert fresh.begin().wizard.term.values() == {"开学": "2028-02-24", "放假": "2028-07-05"}
