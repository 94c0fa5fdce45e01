"""A window over plain pages: what the tests of the shell share. A test file takes the fixtures over by name."""

from datetime import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import Office
from ui.main_window import MainWindow
from ui.pages.page import Page
from ui.pages.settings.page import SettingsPage

CLOCK = datetime(2026, 11, 20, 10, 21)  # noqa: DTZ001 — a clock on the wall
CONTROL = Qt.KeyboardModifier.ControlModifier
HEADINGS = {"today": "今日", "students": "学生", "cases": "个案"}


class Plain(Page):
    """A page with a field, that remembers what it was asked to open."""

    def __init__(self, office: Office, key: str, heading: str) -> None:
        self.key, self.heading, self.help_page = key, heading, f"about-{key}"
        super().__init__(office.context)
        self.field = QLineEdit()
        self.body.addWidget(self.field)
        self.set_home(self.field)
        self.opened: list[dict[str, Any]] = []

    def open_target(self, target: dict[str, Any]) -> None:
        self.opened.append(target)


def shown(office: Office, helped: list[str]) -> MainWindow:
    pages = [Plain(office, key, heading) for key, heading in HEADINGS.items()]
    made = MainWindow(
        office.context, [*pages, SettingsPage(office.context)], helped.append, clock=lambda: CLOCK
    )
    office.show(made)
    return made


@pytest.fixture
def helped() -> list[str]:
    """The pages of the manual that were asked for."""
    return []


@pytest.fixture
def window(office: Office, helped: list[str]) -> MainWindow:
    """The window, shown."""
    return shown(office, helped)


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window, key, modifier)
