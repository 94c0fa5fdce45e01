"""A real program under the window: the demo school, built once a run and copied for each test."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import create_program, open_program
from app.demo.school import SCHOOL, TODAY
from app.service.office.units import UnitEntry
from app.service.program import Program
from tests.helpers import demo, look
from tests.helpers.places import close_panels
from ui.bus import Bus
from ui.context import Context
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.theme import dress
from ui.widgets.crash_dialog import CrashDialog

PASSWORD = "demo"
NEW_SCHOOL = UnitEntry(
    level="school",
    name="柳河镇东岭小学",
    code="2135042502",
    county="青石县",
    township="柳河镇",
    rules="mengjin",
)


@dataclass
class Office:
    """An open program and the window's context over it."""

    program: Program
    context: Context
    qtbot: QtBot
    application: QApplication

    def add(self, window: MainWindow) -> None:
        """Have `window` closed at the end of the test, whatever is typed in it: a question would wait for ever."""
        self.qtbot.addWidget(window, before_close_func=lambda _window: self._calm(window))

    def show(self, window: MainWindow, width: int = 1366, height: int = 768) -> None:
        """Show `window` on the screen of the offices, with the keyboard, everything read."""
        self.add(window)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        self.settle()

    def _calm(self, window: MainWindow) -> None:
        close_panels(window)
        window.may_leave = lambda: True  # nobody is there to answer
        self.settle()

    def settle(self) -> None:
        """Wait until no task is under way."""
        self.qtbot.waitUntil(lambda: self.context.tasks.running == 0, timeout=10_000)


@pytest.fixture(autouse=True)
def _collected(collected_here: None) -> None:
    """For every test of the window."""


@pytest.fixture(autouse=True)
def _no_bug_behind(qapp: QApplication) -> Iterator[None]:
    """A bug that was shown in a dialog fails the test it came from, and no later one."""
    yield
    left = [one for one in qapp.topLevelWidgets() if isinstance(one, CrashDialog) and one.isVisible()]
    words = [one.words for one in left]
    for one in left:
        one.close()
    assert words == []


demo_folder = demo.demo_folder


@pytest.fixture
def office(demo_folder: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Office]:
    program = open_program(demo.copied(demo_folder, tmp_path), PASSWORD, TODAY)
    program.back_up_day()  # as the start does once its first page is shown
    yield from office_over(program, context_over(program, tmp_path), qtbot, qapp)


@pytest.fixture
def new_school(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Office]:
    """A school that has just been set up: no roster yet."""
    program, _, _ = create_program(tmp_path / "data", PASSWORD, "陈老师", TODAY, NEW_SCHOOL)
    yield from office_over(program, context_over(program, tmp_path), qtbot, qapp)


def office_over(program: Program, context: Context, qtbot: QtBot, qapp: QApplication) -> Iterator[Office]:
    """The office over an open program, closed at the end; for the fixture of a test file."""
    dress(qapp, 100)
    yield Office(program, context, qtbot, qapp)
    context.tasks.close()
    program.close()


def flaws_of_pages(office: Office, window: MainWindow) -> list[str]:
    """What is cut, nameless, doubled or out of the reach of Tab on the pages, each with the name of the page."""
    found = []
    for key in window.pages:
        window.go(key)
        office.settle()
        office.application.processEvents()  # what was shown anew is laid out
        for check in (look.cut_words, look.nameless, look.doubled_mnemonics, look.unreached):
            found += [f"{key}：{sentence}" for sentence in check(window)]
    return found


def context_over(program: Program, folder: Path) -> Context:
    """The window's context over `program`, its preferences in `folder`."""
    bus = Bus()
    preferences = Preferences(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat))
    tasks = Tasks(program, bus)
    return Context(
        tasks, bus, program.today, program.operator, SCHOOL, "学校", preferences, program, folder / "data"
    )
