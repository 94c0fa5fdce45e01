"""The page view: pages drawn beside the window's thread, zoomed by keys, read aloud."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from tests.helpers.wordml import docx, paragraph
from tests.ui.conftest import Office
from ui.printing.pages import PageSet, lay_out
from ui.widgets.page_view import FIT, GAP, PageView, Picture


@pytest.fixture
def view(office: Office) -> Iterator[PageView]:
    made = PageView(office.context)
    office.qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    yield made
    office.settle()


def pages(*texts: str) -> PageSet:
    return lay_out(docx(*(paragraph(text) for text in texts)))


def shown(view: PageView, office: Office, what: PageSet, stamp: str = "") -> None:
    """Show pages and wait until the size is at rest and they are drawn."""
    view.show_pages(what, stamp)
    office.qtbot.waitUntil(lambda: not view._rest.isActive())
    office.settle()


def test_pages_fit_the_width_without_a_sideways_bar(view: PageView, office: Office) -> None:
    shown(view, office, pages("通知书"))
    assert len(view.pictures) == 1
    assert 0 < view.pictures[0].image.width() + 2 * GAP <= view.viewport().width() + 1
    assert view.zoom == FIT


def test_a_wider_view_draws_larger_pages(view: PageView, office: Office) -> None:
    shown(view, office, pages("通知书"))
    before = view.pictures[0].image.width()
    view.resize(800, 400)
    office.qtbot.waitUntil(lambda: view.pictures[0].image.width() > before, timeout=5000)


def test_keys_zoom_and_fit_again(view: PageView, office: Office) -> None:
    shown(view, office, pages("通知书"))
    office.qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    larger = view.zoom
    assert larger != FIT
    office.qtbot.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom > larger
    office.qtbot.keyClick(view, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == larger
    office.qtbot.keyClick(view, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == FIT


def test_only_the_newest_document_is_drawn(
    view: PageView, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = pages("旧的一页"), pages("新的", "两行")
    shown(view, office, old)
    drawn: list[list[Picture]] = []
    monkeypatch.setattr(view._sheets, "show_pictures", lambda pictures, _ratio: drawn.append(pictures))
    busy = Event()  # on a quick PC the old page would be drawn before the new one is asked for
    office.context.tasks._pages.submit(busy.wait)
    view.show_pages(old)
    office.qtbot.waitUntil(lambda: not view._rest.isActive())
    view.show_pages(new)
    office.qtbot.waitUntil(lambda: not view._rest.isActive())
    busy.set()
    office.settle()
    assert view.pages is new
    assert len(drawn) == 1


def test_the_words_of_the_pages_are_read_aloud(view: PageView, office: Office) -> None:
    shown(view, office, pages("返校通知书"), "已作废")
    assert "已作废" in view.accessibleDescription()
    assert "第1页：返校通知书" in view.accessibleDescription()
    view.clear()
    assert view.accessibleDescription() == ""


def test_what_is_missing_is_marked(view: PageView, office: Office) -> None:
    shown(view, office, pages("电话【请填：联系电话】"))
    (mark,) = view.pictures[0].highlights
    assert 0 < mark.x() < 1
    image = view.grab().toImage()
    colours = {QColor(image.pixel(x, y)).name() for x in range(0, 500, 2) for y in range(0, 400, 2)}
    assert len([one for one in colours if QColor(one).red() - QColor(one).blue() > 30]) > 0


def test_a_stamp_is_written_across_the_page(view: PageView, office: Office) -> None:
    shown(view, office, pages("空白"), "已作废")
    image = view.grab().toImage()
    reds = sum(
        QColor(image.pixel(x, y)).red() - QColor(image.pixel(x, y)).green() > 60
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
    assert reds > 50


def test_pages_set_while_hidden_are_drawn_when_shown(office: Office) -> None:
    view = PageView(office.context)
    office.qtbot.addWidget(view)
    view.show_pages(pages("先准备"))
    assert not view.pictures
    view.show()
    office.qtbot.waitUntil(lambda: len(view.pictures) == 1)
