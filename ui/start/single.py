"""One window a data folder: a second start brings the first to the front."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

WAIT = 300  # ms to reach the first window


class SingleWindow(QObject):
    """Holds the folder's name among this user's programs.

    Signals:
        called(): a second start asked for the window.
    """

    called = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = "guixue-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._answer)

    def is_first(self) -> bool:
        """Whether no other window has the folder; if one has, it was asked to come to the front."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if socket.waitForConnected(WAIT):
            socket.disconnectFromServer()
            return False
        QLocalServer.removeServer(self._name)  # left behind by a killed program; nobody answered
        return self._server.listen(self._name)

    def _answer(self) -> None:
        while connection := self._server.nextPendingConnection():
            connection.deleteLater()
        self.called.emit()
