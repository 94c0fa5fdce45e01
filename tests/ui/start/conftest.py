"""A start over a folder for the tests: what it shows, and hands to type with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.demo.school import TODAY
from tests.helpers import starts
from tests.helpers.demo import copied
from ui.__main__ import BootstrapGate
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.start.carrying import Start
from ui.start.unlock import UnlockDialog
from ui.start.wizard import FirstRun
from ui.theme import dress

STEP = 20_000  # ms: deriving a key takes a second of its own on an old PC


class Beginning:
    """A start over a folder, and what it shows."""

    def __init__(self, folder: Path, settings: Path, qtbot: QtBot) -> None:
        self.gate = BootstrapGate(folder, TODAY, "", None)
        preferences = Preferences(QSettings(str(settings), QSettings.Format.IniFormat))
        self.start = Start(self.gate, preferences)
        self.qtbot = qtbot

    def begin(self) -> "Beginning":
        self.start.begin()
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until no step and no task is under way."""
        self.qtbot.waitUntil(lambda: not starts.working(self.start), timeout=STEP)

    def end(self) -> None:
        self.settle()
        starts.end(self.start)

    @property
    def wizard(self) -> FirstRun:
        assert self.start.wizard is not None
        return self.start.wizard

    @property
    def dialog(self) -> UnlockDialog:
        assert self.start.dialog is not None
        return self.start.dialog

    @property
    def window(self) -> MainWindow:
        return self.start.windows[-1]

    def unlock(self, password: str) -> None:
        """Type the password that is asked for, and Enter."""
        dialog = self.dialog
        self.type(dialog.password, password)
        self.enter(dialog)

    def type(self, field: QWidget, words: str) -> None:
        """Type into a field; words of an input method arrive whole."""
        field.setFocus()
        assert isinstance(field, QLineEdit)
        if words.isascii():
            self.qtbot.keyClicks(field, words)
        else:
            field.insert(words)

    def alt(self, button: QPushButton) -> None:
        """Press the mnemonic of a button and wait for what it begins."""
        window = button.window()
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        letter = button.text().partition("&")[2][0]
        with self.qtbot.waitSignal(button.clicked):
            self.qtbot.keyClick(window, letter, Qt.KeyboardModifier.AltModifier)
        self.settle()

    def enter(self, dialog: QWidget) -> None:
        """Press Enter and wait for what it begins."""
        self.qtbot.keyClick(dialog, Qt.Key.Key_Return)
        self.settle()


@pytest.fixture
def fresh(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Beginning]:
    dress(qapp, 100)
    made = Beginning(tmp_path / "data", tmp_path / "window.ini", qtbot)
    yield made
    made.end()


@pytest.fixture
def known(demo_folder: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Beginning]:
    dress(qapp, 100)
    made = Beginning(copied(demo_folder, tmp_path), tmp_path / "window.ini", qtbot)
    yield made
    made.end()
