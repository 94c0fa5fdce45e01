"""Where the first window stands."""

from PySide6.QtCore import QByteArray, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.start.first_place import first_place, show_placed


def test_on_a_large_screen_the_window_stands_in_the_middle_in_its_usual_size() -> None:
    assert first_place(QRect(0, 0, 1920, 1040)) == QRect(277, 150, 1366, 740)


def test_on_a_low_screen_it_fits_with_its_title() -> None:
    room = QRect(0, 0, 1600, 700)
    assert room.contains(first_place(room).adjusted(0, -20, 0, 20))


def test_a_small_screen_is_used_whole_at_the_first_start_only(qtbot: QtBot) -> None:
    first, later = QWidget(), QWidget()
    for one, remembered in ((first, QByteArray()), (later, QByteArray(b"somewhere"))):
        qtbot.addWidget(one)
        show_placed(one, remembered)
    assert (first.isMaximized(), later.isMaximized()) == (True, False)
