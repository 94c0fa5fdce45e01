"""设置 over the demo school, and the steps its tests share.

A test file takes the fixtures over by name: `told, page = settings_at_hand.told, settings_at_hand.page`.
"""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.conftest import Office
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.part import SettingsPart
from ui.widgets.side_panel import SidePanel

P = TypeVar("P", bound=SettingsPart)


@pytest.fixture
def page(office: Office) -> SettingsPage:
    """The page, shown and with the keyboard."""
    made = SettingsPage(office.context)
    office.qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    made.activateWindow()
    office.qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    office.settle()
    return made


@pytest.fixture
def told(office: Office) -> list[str]:
    """The sentences said and refused from now on."""
    found: list[str] = []
    office.context.bus.said.connect(found.append)
    office.context.bus.refused.connect(found.append)
    return found


def part(office: Office, page: SettingsPage, key: str, kind: type[P]) -> P:
    """One part of the page, shown."""
    show(office, page, key)
    found = page.parts[key]
    assert isinstance(found, kind)
    return found


def show(office: Office, page: SettingsPage, part: str) -> None:
    page.open_target({"part": part})
    office.settle()


def alt(office: Office, button: QPushButton) -> None:
    """Press the mnemonic of a button."""
    letter = button.text().partition("&")[2][0]
    with office.qtbot.waitSignal(button.clicked):
        office.qtbot.keyClick(button.window(), letter, Qt.KeyboardModifier.AltModifier)
    office.settle()


def press(office: Office, panel: SidePanel, words: str) -> None:
    """Press the button of an open panel."""
    button = next(one for one in panel.findChildren(QPushButton) if one.text().startswith(words))
    office.qtbot.keyClick(button, Qt.Key.Key_Space)
    office.settle()
    office.settle()


def enter_twice(office: Office, field: QWidget) -> None:
    """Enter, and once more before the answer: that one goes to whatever has the keyboard by then."""
    office.qtbot.keyClick(field, Qt.Key.Key_Return)
    office.qtbot.keyClick(QApplication.focusWidget() or field.window(), Qt.Key.Key_Return)


def typed_into(office: Office, widget: QWidget | None, text: str) -> None:
    assert widget is not None
    office.qtbot.keyClicks(widget, text)
