"""Tabs whose blank gives way before a title is cut or hidden behind arrows."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QWidget

LEAST = 1  # px of blank on each side of a title


class FittedTabs(QTabWidget):
    """Tabs with as much blank around their titles as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side = -1
        self._blank(self._usual())

    def width_wanted(self) -> int:
        """How wide all titles are with their usual blank, px."""
        return self._titles() + 2 * self._usual() * self.count()

    def fit(self) -> None:
        """Share out the room there is; to be asked for when a title changed."""
        if self.count():
            room = (self.width() - self._titles()) // (2 * self.count())
            self._blank(min(max(room, LEAST), self._usual()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 — Qt's name
        """Fit the new width."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 — Qt's name
        """Fit another type size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def _usual(self) -> int:
        return self.fontMetrics().averageCharWidth()

    def _titles(self) -> int:
        return self.tabBar().sizeHint().width() - 2 * self._side * self.count()

    def _blank(self, side: int) -> None:
        if side != self._side:
            self._side = side
            self.tabBar().setStyleSheet(
                f"QTabBar::tab {{ padding-left: {side}px; padding-right: {side}px; }}"
            )
