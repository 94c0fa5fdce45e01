"""Lets one file of some kinds be dropped on a widget."""

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


def one_file(data: QMimeData, endings: Collection[str]) -> Path | None:
    """The one file that is dragged, if its name ends in one of `endings`."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() in endings else None


class FileDrop(QObject):
    """Takes the file that is dropped anywhere on `target`.

    Signals:
        dropped(path): a `Path`.
    """

    dropped = Signal(object)

    def __init__(self, target: QWidget, endings: Collection[str]) -> None:
        super().__init__(target)
        self._endings = endings
        target.setAcceptDrops(True)
        for one in (target, *target.findChildren(QWidget)):  # a text field would take the file's address
            one.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt's name
        """Take over what a file is dragged for; everything else goes its way."""
        if isinstance(event, QDragEnterEvent | QDropEvent):
            path = one_file(event.mimeData(), self._endings)
            if path is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.dropped.emit(path)
                return True
        return super().eventFilter(watched, event)
