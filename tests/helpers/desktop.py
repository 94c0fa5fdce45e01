"""A page before a person in tests: the keys they press, and what the window says to them."""

from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.pages.page import Page

P = TypeVar("P", bound=Page)


class BeforeAPage(Generic[P]):
    """`said` and `refused` are the sentences so far, `went` where the page sent the window."""

    def __init__(self, office: Any, page: P) -> None:
        self.office, self.page = office, page
        self.said: list[str] = []
        self.refused: list[str] = []
        self.went: list[tuple[str, Any]] = []
        bus = office.context.bus
        bus.said.connect(self.said.append)
        bus.refused.connect(self.refused.append)
        bus.go.connect(lambda key, target: self.went.append((key, target)))

    def keys(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys where the keyboard is, one after another; after each all work is done."""
        for key in keys:
            self.office.qtbot.keyClick(self.focus(), key, modifier)
            self.office.settle()

    def focus(self) -> QWidget:
        """Where the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget
