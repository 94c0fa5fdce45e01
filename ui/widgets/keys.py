"""Keys that hold in one part of a page, not in the whole window."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

GO = ("Ctrl+Return", "Ctrl+Enter")
"""The one next thing, by either Enter."""


def on_keys(widget: QWidget, action: Callable[[], object], *keys: str, alone: bool = False) -> None:
    """Do `action` on any of `keys` while the keyboard is in `widget`; `alone` not where it is on something inside."""
    context = Qt.ShortcutContext.WidgetShortcut if alone else Qt.ShortcutContext.WidgetWithChildrenShortcut
    for one in keys:
        shortcut = QShortcut(QKeySequence(one), widget)
        shortcut.setContext(context)
        shortcut.activated.connect(action)
