"""How soon the window is there and how long its thread is ever held. Run by hand, not a test.

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_window

The start is given as a ratio to a bare window of the same size, so that the machine hardly matters; the gap is the
longest silence of a 10 ms timer while every page is shown with 12,000 children, each key pressed once.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import open_program
from app.demo.school import TODAY
from app.service.program import Program
from tests.helpers.crowd import crowded
from tests.helpers.heartbeat import Heartbeat
from tests.helpers.screens import HEIGHT, WIDTH, wait
from ui.__main__ import BootstrapGate, render_pages
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.preferences import Preferences
from ui.start.application import application
from ui.start.carrying import context_of

KEYS = (Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Home)


BARE = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
window = QLabel("归学")
window.show()
window.grab()
"""
OURS = """
import sys
from tests.bench import bench_window
bench_window.cold(sys.argv[1])
"""


def started(program: str, *arguments: str) -> float:
    """Seconds from the start of a new process to its end."""
    began = perf_counter()
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True)
    return perf_counter() - began


def cold(folder: str) -> None:
    """Open the data in `folder` with the password and paint the window once."""
    gate = BootstrapGate(Path(folder), TODAY, "", render_pages)
    preferences = Preferences(QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat))
    application(preferences)
    with open_program(Path(folder), "demo", TODAY) as program:
        window = opened(program, gate, preferences)
        window.context.tasks.close()  # what is under way would be asked about
        window.close()


def opened(program: Program, gate: BootstrapGate, preferences: Preferences) -> MainWindow:
    """The window, painted once."""
    context = context_of(program, gate, preferences)
    window = MainWindow(context, make_pages(context), lambda _page: None)
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.grab()
    return window


def gaps(window: MainWindow) -> dict[str, float]:
    """The longest silence on each page, in ms."""
    found = {}
    for key in window.pages:
        with Heartbeat() as beat:
            window.go(key)
            wait(lambda: window.context.tasks.running == 0)
            for pressed in KEYS:
                QTest.keyClick(QApplication.focusWidget() or window, pressed)
                wait(lambda: window.context.tasks.running == 0)
        found[key] = beat.largest
    return found


def main() -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        preferences = Preferences(QSettings(str(Path(place) / "window.ini"), QSettings.Format.IniFormat))
        application(preferences)
        crowded(Path(place), renderer=render_pages).close()
        data = str(Path(place) / "data")
        started(OURS, data)  # the daily backup is made once
        ours, bare = (min(started(*what) for _ in range(3)) for what in ((OURS, data), (BARE,)))
        sys.stdout.write(
            f"cold start to first paint {ours:.2f} s, {ours / bare:.1f} times a bare Qt window ({bare:.2f} s)\n"
        )
        with open_program(Path(data), "demo", TODAY) as program:
            window = opened(program, BootstrapGate(Path(place), TODAY, "", render_pages), preferences)
            for key, gap in gaps(window).items():
                sys.stdout.write(f"{key}: longest gap {gap:.0f} ms\n")
            window.close()


if __name__ == "__main__":
    main()
