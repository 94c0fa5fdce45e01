"""Where the window stands on the screen when it is first opened on this PC."""

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QWidget

from ui.main_window import USUAL

SMALL_SCREEN = 1440  # px of width up to which the whole screen is used
FRAME = QSize(16, 48)  # px that title and borders take at most


def show_placed(window: QWidget, remembered: QByteArray) -> None:
    """Show the window where it was left last; the first time over the whole of a small screen, else in its middle."""
    room = window.screen().availableGeometry()
    if not remembered.isEmpty():
        window.show()
    elif room.width() <= SMALL_SCREEN:
        window.showMaximized()
    else:
        window.setGeometry(first_place(room))
        window.show()


def first_place(room: QRect) -> QRect:
    """The usual size in the middle of `room`, never larger than fits with title and borders."""
    size = QSize(*USUAL).boundedTo(room.size() - FRAME)
    place = QRect(room.topLeft(), size)
    place.moveCenter(room.center())
    return place
