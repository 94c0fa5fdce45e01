"""What every page has in common: it knows which facts it shows and refreshes only when those change."""

from typing import Any

from PySide6.QtGui import QFocusEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.service.screens.searching import Place
from ui.context import Context
from ui.widgets.homed import Homed
from ui.widgets.side_panel import SidePanel
from ui.widgets.tables_out import TablesOut


class Page(Homed):
    """A page of the window.

    Class attributes: `key` names it in `Bus.go`, `heading` is its word on the rail, `help_page` its page of the
    manual, `tables` the facts it shows. `refresh` reads them anew; a hidden page does that when it is next shown.
    """

    key = ""
    heading = ""
    help_page = "index"
    tables: frozenset[str] = frozenset()
    out: TablesOut | None = None  # what Ctrl+E saves and Ctrl+P prints, where the page has such a table

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        self.setAccessibleName(self.heading)
        self._stale = True
        context.bus.changed.connect(self._heard)

    def refresh(self) -> None:
        """Read what the page shows; pages override this."""

    def open_target(self, target: dict[str, Any]) -> None:
        """Open something on the page, as another page asked by `Bus.go`; pages override this."""

    def commands(self) -> list[tuple[str, str]]:
        """Keys of this page and what they do, for the help line."""
        return []

    def places(self) -> list[Place]:
        """What the search finds of the page by name: itself; a page of several parts adds them."""
        return [Place(self.heading, self.key)]

    def may_leave(self) -> bool:
        """Whether the window may be closed; a page on which something typed is not saved asks."""
        return all(panel.may_leave() for panel in self.findChildren(SidePanel))

    def has_unsaved(self) -> bool:
        """Whether something typed in a panel, or on the page, is not saved; nobody is asked."""
        return any(panel.unsaved for panel in self.findChildren(SidePanel))

    def undo_typed(self) -> bool:
        """Take back the last thing typed that is not saved yet; whether there was any. Ctrl+Z asks this first."""
        return False

    def look_again(self) -> None:
        """Read anew now, or when the page is next shown."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _heard(self, changes: Changes, initiator: object) -> None:
        if changes.touches(*self.tables) and initiator is not self:
            self.look_again()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 — Qt's name
        """A panel that is open has the keyboard, not the list it covers."""
        panel = next((one for one in self.findChildren(SidePanel) if one.isVisible()), None)
        if panel is None:
            super().focusInEvent(event)
        else:
            panel.take_keys()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 — Qt's name
        """Refresh what changed while the page was hidden."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()
