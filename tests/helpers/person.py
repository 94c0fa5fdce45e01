"""A person before the program: keys go where the focus is, as on a desk, and nothing is clicked."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers import starts
from ui.main_window import MainWindow
from ui.start.carrying import Start

PATIENCE = 20_000  # ms for one step; a shared machine may be slow
PRESSES = 60  # what is further away than this is not in reach
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


class Person:
    """Works on what `start` shows. `said`, `refused` and `crashed` are what the window told so far."""

    def __init__(self, start: Start, qtbot: QtBot) -> None:
        self.start = start
        self.qtbot = qtbot
        self.said: list[str] = []
        self.refused: list[str] = []
        self.crashed: list[str] = []
        self._heard: MainWindow | None = None

    @property
    def window(self) -> MainWindow:
        """The window over the data."""
        return self.start.windows[-1]

    def read(self, use_case: Callable[..., Any], *args: Any) -> Any:
        """What the data say."""
        return self.start._programs[self.window].read(use_case, *args)

    def wait(self) -> None:
        """Until nothing is under way."""
        self.qtbot.waitUntil(self._idle, timeout=PATIENCE)
        QApplication.processEvents()  # what was laid out anew is seen before the next key
        if self.start.windows and self._heard is not self.window:
            self._heard = self.window
            bus = self.window.context.bus
            bus.said.connect(self.said.append)
            bus.refused.connect(self.refused.append)
            bus.crashed.connect(self.crashed.append)

    def focus(self) -> QWidget:
        """Where the next key goes. After a window was closed a desk gives the keyboard to the next one."""
        front = self.start.front()
        if QApplication.activeWindow() is None and front is not None:
            front.activateWindow()
            self.qtbot.waitUntil(front.isActiveWindow)
        widget = QApplication.focusWidget()
        assert widget is not None, "the keyboard is nowhere"
        return widget

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after another, each when the one before is done with."""
        for key in keys:
            QTest.keyClick(self.focus(), key, modifier)
            self.wait()

    def write(self, text: str) -> None:
        """Write into the field that has the focus; an input method hands Chinese over whole."""
        field = self.focus()
        assert isinstance(field, QLineEdit | QPlainTextEdit), f"{field} is no place to write"
        if text.isascii():
            QTest.keyClicks(field, text)
            return
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QApplication.sendEvent(field, committed)

    def fill(self, *texts: str) -> None:
        """Write one field after another with Tab between; an empty text leaves a field as it is."""
        for place, text in enumerate(texts):
            if place:
                self.press(Qt.Key.Key_Tab)
            if text:
                self.write(text)

    def press_until(
        self, is_there: Callable[[], object], key: Qt.Key, modifier: Qt.KeyboardModifier = NONE
    ) -> None:
        """Press a key as often as it takes."""
        for _ in range(PRESSES):
            if is_there():
                return
            self.press(key, modifier=modifier)
        raise AssertionError(f"{key} leads nowhere")

    def tab_to(self, words: str) -> None:
        """Go on by Tab to the button whose words begin so."""
        self.press_until(lambda: self._at(words), Qt.Key.Key_Tab)

    def _at(self, words: str) -> bool:
        here = self.focus()
        return isinstance(here, QPushButton) and here.text().startswith(words)

    def _idle(self) -> bool:
        """No work is under way, and no button is still down: one pressed by its letter comes up a moment later."""
        front = self.start.front()
        if front is not None and any(one.isDown() for one in front.findChildren(QAbstractButton)):
            return False
        return not starts.working(self.start)

    def leave(self) -> None:
        """Close everything, the work being done."""
        self.wait()
        starts.end(self.start)
