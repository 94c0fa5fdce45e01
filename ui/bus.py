"""The one place the window's parts hear of each other: what was changed, said, refused, and where to go."""

from PySide6.QtCore import QObject, Signal


class Bus(QObject):
    """Signals every page may send and hear.

    Signals:
        changed(changes, initiator): a use case wrote; `initiator` is the widget that asked for it, or None.
        said(sentence): something good happened; shown briefly in the status line.
        refused(sentence): something a person can mend; shown until it is read.
        crashed(words): a bug, as text without personal data.
        go(page, target): show a page and open something on it; `target` is a dict.
        backed_up(): a backup was made.
        seen(reading): rail, 今日 and 个案 were read anew, as a `WindowReading`.
    """

    changed = Signal(object, object)
    said = Signal(str)
    refused = Signal(str)
    crashed = Signal(str)
    go = Signal(str, object)
    backed_up = Signal()
    seen = Signal(object)
