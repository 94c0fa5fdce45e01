"""Pictures for people to look at: every page empty and crowded, every place of the window on the demo school.

python -m tests.helpers.screens FOLDER [STATE…]     (offscreen; FOLDER is made)
"""

import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QWidget

from app.bootstrap import create_program
from app.demo.school import TODAY
from app.service.program import Program
from tests.helpers import demo
from tests.helpers.crowd import UNIT, crowded
from tests.helpers.places import PLACES, issue_some
from ui.__main__ import BootstrapGate, render_pages
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.preferences import Preferences
from ui.start.application import application
from ui.start.carrying import context_of
from ui.start.opener import Opener
from ui.start.unlock import UnlockDialog
from ui.start.wizard import FirstRun

WIDTH, HEIGHT = 1366, 768  # px, the screen of the offices
QUIET = 250  # ms without work before a picture is taken
PATIENCE = 60_000  # ms


def main(folder: Path, states: list[str]) -> None:
    """Write the pictures of `states` (all without any) to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    sys.excepthook = _fail
    with tempfile.TemporaryDirectory(prefix="guixue-screens-", ignore_cleanup_errors=True) as place:
        preferences = Preferences(QSettings(str(Path(place) / "window.ini"), QSettings.Format.IniFormat))
        application(preferences)
        if not states:
            take_start(Path(place), folder)
        for state in states or list(BUILDERS):
            with BUILDERS[state](Path(place) / state) as program:
                take_pages(program, preferences, folder, state)
    sys.stdout.write(f"截图在：{folder}\n")


def _fail(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    """A picture of a page that broke is no picture; inside Qt's loop the exception would only be printed."""
    traceback.print_exception(kind, problem, trace)
    os._exit(1)


def empty(place: Path) -> Program:
    """A school that was set up a minute ago."""
    return create_program(place, "demo", "陈老师", TODAY, UNIT, render_pages)[0]


def normal(place: Path) -> Program:
    """The demo school."""
    place.mkdir()
    program = demo.build(place, render_pages)
    issue_some(program, place)
    return program


def crowd(place: Path) -> Program:
    """Twelve thousand children and three hundred open cases."""
    place.mkdir()
    return crowded(place, papers=60, renderer=render_pages)


BUILDERS: dict[str, Callable[[Path], Program]] = {"empty": empty, "normal": normal, "crowded": crowd}


def take_pages(program: Program, preferences: Preferences, folder: Path, state: str) -> None:
    """One picture of every page."""
    context = context_of(program, BootstrapGate(folder, TODAY, "", render_pages), preferences)
    window = MainWindow(context, make_pages(context), lambda _page: None)
    window.resize(WIDTH, HEIGHT)
    window.show()
    for name, reach in (PLACES if state == "normal" else {}).items():
        for _ in reach(window, folder):
            wait(lambda: context.tasks.running == 0)
        picture(window, folder / f"{name}.png")
    for key in window.pages if state != "normal" else ():
        window.go(key)
        wait(lambda: context.tasks.running == 0)
        picture(window, folder / f"{key}_{state}.png")
    window.close()
    window.deleteLater()


def take_start(place: Path, folder: Path) -> None:
    """The first steps and the password."""
    gate, opener = BootstrapGate(place / "nothing", TODAY, "", None), Opener()
    for name, dialog in (
        ("first_run", FirstRun(gate, opener)),
        ("unlock", UnlockDialog(gate, opener, "陈老师")),
    ):
        dialog.show()
        wait(lambda: not opener.working)
        picture(dialog, folder / f"{name}.png")
        dialog.close()
        dialog.deleteLater()
    opener.close()


def wait(is_done: Callable[[], bool]) -> None:
    """Let the window work until `is_done`, and stay quiet for a moment after."""
    loop, waited = QEventLoop(), 0
    while waited < PATIENCE:
        QTimer.singleShot(QUIET, loop.quit)
        loop.exec()
        waited += QUIET
        if is_done():
            return


def picture(widget: QWidget, file: Path) -> None:
    """Write what a person would see; raises RuntimeError where it cannot be written."""
    if not widget.grab().save(str(file)):
        raise RuntimeError(f"could not write {file.name}")


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]), sys.argv[2:])
