"""A screen that takes a page's place for a while."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Detour(QWidget):
    """What a page shows in its own place until the person goes back; the page need not know what it is.

    Signals:
        closed(): the person goes back to the page.
    """

    closed = Signal()

    def start(self) -> None:
        """Begin anew."""
