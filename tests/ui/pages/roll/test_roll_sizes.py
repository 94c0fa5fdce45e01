"""点名 in large type on a small screen: every button is whole and the notes can be read."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.helpers import look
from tests.ui.pages.roll.roll_desk import MONDAY
from ui.main_window import MainWindow
from ui.models.roll_sheet import NAME_COLUMN, NOTE_COLUMN
from ui.pages.all_pages import make_pages
from ui.pages.roll.page import RollPage
from ui.theme import dress
from ui.widgets.roll_list import PADDING


@pytest.mark.parametrize(("scale", "width", "height"), [(100, 1024, 640), (125, 1280, 720), (150, 1280, 720)])
def test_the_button_and_the_notes_are_whole(office: Any, scale: int, width: int, height: int) -> None:
    office.program.today = office.context.today = MONDAY
    dress(office.application, scale)
    window = MainWindow(office.context, make_pages(office.context), lambda _page: None)
    office.show(window, width, height)
    window.go("roll", {"class": "六年级1班"})
    office.settle()
    page = window.page
    assert isinstance(page, RollPage)
    for key in (Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_K, Qt.Key.Key_Down, Qt.Key.Key_K):
        office.qtbot.keyClick(page.table, key)
    office.qtbot.keyClick(page.table, Qt.Key.Key_Down)
    office.qtbot.keyClick(page.table, Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    office.application.processEvents()
    assert look.cut_words(window) == []
    classes = page.classes.view
    name = classes.fontMetrics().horizontalAdvance("六年级1班")
    cell = round(PADDING * scale / 100) + 2
    assert name + cell <= classes.columnWidth(0)
    assert page.table.fontMetrics().horizontalAdvance("曾诗琪") + cell <= page.table.columnWidth(NAME_COLUMN)
    shown = page.table.fontMetrics().elidedText(
        page.model.index(10, NOTE_COLUMN).data(),
        Qt.TextElideMode.ElideRight,
        page.table.columnWidth(NOTE_COLUMN) - PADDING,
    )
    assert shown.startswith("● 第5天，个"), "what is missed for how long, and that there is a case"
