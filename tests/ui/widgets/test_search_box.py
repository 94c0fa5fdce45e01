"""The search box never opens what was not asked for."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Office
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.pages.settings.page import SettingsPage
from ui.widgets.search_box import SearchBox


class Place:
    """The box, another widget to go to, and what was opened."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.window = QWidget()
        self.box = SearchBox(office.context)
        self.other = QWidget()
        self.other.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.box)
        layout.addWidget(self.other)
        self.opened: list[object] = []
        office.context.bus.go.connect(lambda page, _target: self.opened.append(page))
        self.window.show()
        self.box.take_focus()
        office.qtbot.waitUntil(self.box.hasFocus)

    def key(self, key: Qt.Key) -> None:
        self.office.qtbot.keyClick(self.box, key)

    def keys(self, words: str) -> None:
        self.office.qtbot.keyClicks(self.box, words)


@pytest.fixture
def place(office: Office, qtbot: QtBot) -> Iterator[Place]:
    made = Place(office)
    qtbot.addWidget(made.window)
    yield made


def test_an_answer_to_less_than_what_is_typed_opens_nothing(place: Place) -> None:
    place.keys("h")
    place.key(Qt.Key.Key_Return)  # the question is on its way
    place.keys("xm")
    place.office.settle()
    assert (place.opened, place.box.found) == ([], [])
    place.key(Qt.Key.Key_Return)
    place.office.settle()
    assert (place.opened, place.box.found) == ([], ["没有找到"])


def test_an_answer_overtaken_by_a_newer_question_is_dropped(place: Place) -> None:
    place.keys("h")
    place.box._search()
    place.keys("xm")
    place.key(Qt.Key.Key_Return)
    place.office.settle()
    assert (place.opened, place.box.found) == ([], ["没有找到"])


def test_a_name_nobody_has_is_said_on_enter(place: Place) -> None:
    place.box.insert("没有这个人")
    for _ in range(2):
        place.key(Qt.Key.Key_Return)
        place.office.settle()
        assert (place.box.found, place.box._list.isVisible()) == (["没有找到"], True)


@pytest.mark.parametrize("leave", ["esc", "focus"])
def test_whoever_leaves_the_box_is_taken_nowhere(place: Place, leave: str) -> None:
    place.keys("zwj")
    place.key(Qt.Key.Key_Return)
    if leave == "esc":
        place.key(Qt.Key.Key_Escape)
    else:
        place.other.setFocus()
    place.office.settle()
    assert place.opened == []
    place.box.take_focus()
    place.keys("zwj")
    place.office.qtbot.waitUntil(lambda: bool(place.box.found))
    assert place.opened == []


def test_pages_and_the_parts_of_the_settings_are_found_by_the_headings_they_have(office: Office) -> None:
    window = MainWindow(office.context, make_pages(office.context), lambda _page: None)
    office.add(window)
    office.settle()
    box = window.head.search
    settings = window.pages["settings"]
    assert isinstance(settings, SettingsPage)
    wanted = [(page.heading, "") for page in window.pages.values()]
    wanted += [(part.heading, settings.heading) for part in settings.parts.values()]
    assert [(one.name, one.detail) for one in box.places] == wanted
    box.setText("字号")
    box._search()
    office.settle()
    assert box.found == ["页面  字号  设置"]
