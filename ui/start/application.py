"""Builds the application in Chinese and keeps it until its last window is closed."""

import os
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from app.errors import UserError
from ui.preferences import Preferences
from ui.start.carrying import Start
from ui.start.collector import Collector
from ui.start.day_watch import Clock
from ui.start.gate import Gate
from ui.start.single import SingleWindow
from ui.tasks import crash_words
from ui.theme import dress
from ui.widgets.crash_dialog import show_crash


def application(preferences: Preferences) -> QApplication:
    """The application in Chinese, dressed at the type size this PC chose. It collects its own garbage."""
    existing = QApplication.instance()
    made = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("归学")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(made)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        made.installTranslator(translator)
    dress(made, preferences.scale)
    if made.findChild(Collector) is None:
        Collector(made)
    return made


def run_window(gate: Gate, *, demo: bool = False, clock: Clock | None = None) -> int:
    """Open the window over the gate's folder, or at once over the demo school, and stay until it is closed.

    With a `clock` the window goes on to the next day with it; without one it stays on the gate's day.
    Returns the exit code.
    """
    preferences = Preferences(QSettings("归学", "窗口"))
    app = application(preferences)
    start = Start(gate, preferences, clock)
    single = SingleWindow(gate.folder)
    single.called.connect(start.raise_window)
    sys.excepthook = lambda kind, problem, trace: tell_crash(start, problem, trace)
    if demo:
        start.show(gate.demo(), demo=True)
    elif single.is_first():
        start.begin()
    else:
        return 0
    try:
        return app.exec()
    finally:
        start.end()


def tell_crash(start: Start, problem: BaseException, trace: TracebackType | None) -> None:
    """A bug in the window itself: whole on stderr, without values in the dialog."""
    traceback.print_exception(type(problem), problem, trace)
    if front := start.front():
        show_crash(front, crash_words(problem))


def refuse_without_screen(platform: str, display: str | None) -> None:
    """A sentence instead of Qt's abort where there is no screen. `offscreen` counts as one."""
    if platform == "linux" and not display and os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        raise UserError("这里没有屏幕，打不开窗口。命令行可以照常用，请看 guixue --help。")
