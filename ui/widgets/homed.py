"""A widget that hands the keyboard on to the part of it a person came for."""

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class Homed(QWidget):
    """`setFocus` on it goes to its home. A focus proxy would do that too, but Qt takes a widget with one for a single
    stop: Tab would jump over everything that stands before the home."""

    _home: QWidget | None = None

    def set_home(self, home: QWidget) -> None:
        """From now on `home` gets the keyboard."""
        self._home = home

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """Hand it on."""
        super().focusInEvent(event)
        if self._home is not None:
            self._home.setFocus(event.reason())
