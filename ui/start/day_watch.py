"""Takes a window that is left open overnight to the new day, so that today's roll does not go under yesterday."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.domain.dates import day_words
from ui.main_window import MainWindow
from ui.start.gate import Gate

Clock = Callable[[], date]
EVERY = 60_000  # ms between two looks at the clock


class Windows(Protocol):
    """What is open; the start is one."""

    gate: Gate
    windows: list[MainWindow]

    def reopen(self, window: MainWindow, day: date) -> MainWindow | None:
        """Close the window and open another over the same data on `day`; None where a person wants to stay."""


class DayWatch(QObject):
    """Looks at the `clock` each minute, and when a person comes back to the program."""

    def __init__(self, windows: Windows, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._windows = windows
        self._clock = clock
        self._held: set[MainWindow] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # the start has made it
        application.applicationStateChanged.connect(self._activated)

    def look(self) -> None:
        """Turn every window that shows another day than the clock; the demo has a day of its own.

        An open dialog or menu and work under way are waited for: the next look comes in a minute.
        """
        day = self._clock()
        self._windows.gate.today = day
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            return
        for window in list(self._windows.windows):
            context = window.context
            if (
                context.today != day
                and not context.demo
                and not context.tasks.changing
                and window not in self._held
            ):
                self._turn(window, day)

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _activated(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive and self._timer.isActive():
            self.look()

    def _turn(self, window: MainWindow, day: date) -> None:
        words = f"已经是{day_words(day)}了"
        if any(page.has_unsaved() for page in window.pages.values()):
            self._hold(window, words)  # nobody pressed anything: a question would come out of the blue
            return
        window.banner.tell(f"{words}，正在换到今天…")
        turned = self._windows.reopen(window, day)
        if turned is None:
            self._hold(window, words)
        else:
            turned.banner.tell(f"{words}，已换到今天。")

    def _hold(self, window: MainWindow, words: str) -> None:
        """Somebody wants to finish what is typed first; asked again when something was saved, not every minute."""
        self._held.add(window)
        shown = day_words(window.context.today)
        window.banner.refuse(
            f"{words}，这个窗口还在{shown}。存好正在填的，就换到今天；不要了的，请关掉归学再打开。"
        )

        def saved(_changes: object, _initiator: object) -> None:
            window.context.bus.changed.disconnect(saved)
            self._held.discard(window)
            QTimer.singleShot(0, self, self.look)

        window.context.bus.changed.connect(saved)
        window.left.connect(lambda: self._held.discard(window))
