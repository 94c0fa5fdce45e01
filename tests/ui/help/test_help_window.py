"""The help window by keyboard: pages, search, links, and the page of F1."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextFormat
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.help.help_window import Help, HelpWindow
from ui.theme import colour, dress


@pytest.fixture
def manual(qtbot: QtBot, qapp: QApplication) -> Iterator[Help]:
    dress(qapp, 100)
    made = Help()
    yield made
    made.close()


def window_of(manual: Help, page: str = "index") -> HelpWindow:
    manual(page)
    assert manual.window is not None
    return manual.window


def lines(window: HelpWindow) -> list[str]:
    return [window.list.item(place).text() for place in range(window.list.count())]


def test_the_page_asked_for_is_shown_and_marked(manual: Help) -> None:
    window = window_of(manual, "today")
    assert (window.page, window.list.currentItem().text()) == ("today", "今日")
    assert window.windowTitle() == "今日 — 归学使用手册"
    assert window.text.accessibleName() == "今日"


def test_a_page_without_help_of_its_own_opens_the_index(manual: Help) -> None:
    assert window_of(manual, "nowhere").page == "index"


def test_a_second_f1_turns_the_page_of_the_same_window(manual: Help) -> None:
    first = window_of(manual, "today")
    first.search.setText("旷课")
    first.hide()
    assert window_of(manual, "roll") is first
    assert first.page == "roll"
    assert first.search.text() == ""


def test_down_turns_to_the_next_page(qtbot: QtBot, manual: Help) -> None:
    window = window_of(manual, "index")
    qtbot.keyClick(window.list, Qt.Key.Key_Down)
    assert window.page == "start"


def test_typing_lists_the_pages_found_and_enter_opens_the_first(qtbot: QtBot, manual: Help) -> None:
    window = window_of(manual)
    qtbot.keyClicks(window.search, "PDF")
    assert 0 < window.list.count() < 12
    assert all("\n" in line for line in lines(window))
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.page != "index"
    assert window.text.textCursor().selectedText().casefold() == "pdf"


def test_nothing_found_says_what_to_do_and_clearing_lists_all(qtbot: QtBot, manual: Help) -> None:
    window = window_of(manual)
    window.search.setText("鲸鱼")
    assert window.nothing.isVisible()
    assert window.list.count() == 0
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    window.search.clear()
    assert not window.nothing.isVisible()
    assert window.list.currentItem().text() == "归学使用手册"


def test_a_link_turns_the_page(manual: Help) -> None:
    window = window_of(manual)
    window.text.anchorClicked.emit(QUrl("backup.md"))
    assert window.page == "backup"
    assert window.list.currentItem().text() == "备份与密码"


def test_the_page_about_says_the_version(manual: Help) -> None:
    window = window_of(manual, "about")
    assert "归学 0." in window.text.toPlainText()
    assert "{version}" not in window.text.toPlainText()


def test_esc_closes(qtbot: QtBot, manual: Help) -> None:
    window = window_of(manual)
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.list, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_command_lines_stand_on_grey_and_wrap(manual: Help) -> None:
    window = window_of(manual, "cli")
    block = window.text.document().begin()
    code = []
    while block.isValid():
        if block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence):
            code.append(block.blockFormat())
        block = block.next()
    assert code
    assert all(one.background().color() == colour("ground") for one in code)
    assert not any(one.nonBreakableLines() for one in code)
