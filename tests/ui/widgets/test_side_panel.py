"""A panel is left with Esc; it asks only when something was typed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.side_panel import SidePanel


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1200, 600)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(made)
    made.show()
    return made


def answering(button: str) -> Callable[[], None]:
    """Press the button of the question that is open."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text() == button).click()

    return press


def test_esc_leaves_a_panel_in_which_nothing_was_typed(page: QWidget, qtbot: QtBot) -> None:
    panel, field = SidePanel(page), QLineEdit()
    panel.present("记一次家访", field, [QPushButton("保存")], lambda: bool(field.text()))
    assert panel.isVisible()
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not panel.isVisible()


@pytest.mark.parametrize(("answer", "left"), [("继续填写", False), ("放弃", True)])
def test_esc_asks_before_what_was_typed_is_lost(page: QWidget, qtbot: QtBot, answer: str, left: bool) -> None:
    panel, field = SidePanel(page), QLineEdit()
    panel.present("记一次家访", field, [], lambda: bool(field.text()))
    qtbot.keyClicks(field, "nobody home")
    QTimer.singleShot(0, answering(answer))
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert panel.isVisible() is not left


def test_what_was_saved_is_left_without_a_question(page: QWidget, qtbot: QtBot) -> None:
    panel, field = SidePanel(page), QLineEdit("typed")
    panel.present("记一次家访", field, [], lambda: True)
    with qtbot.waitSignal(panel.closed):
        panel.dismiss()
    assert not panel.isVisible()


def test_it_stays_at_the_right_edge_when_the_page_grows(page: QWidget) -> None:
    panel = SidePanel(page)
    panel.present("记一次家访", QLineEdit(), [])
    page.resize(1600, 900)
    assert (panel.geometry().right() + 1, panel.height()) == (page.width(), page.height())
    assert panel.accessibleName() == "记一次家访"


def test_it_never_grows_over_a_narrow_page(page: QWidget) -> None:
    page.resize(300, 300)
    panel = SidePanel(page)
    panel.present("记一次家访", QLineEdit(), [])
    assert panel.width() == 300
