"""A panel is left with Esc; it asks only when something was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.errors import UserError
from tests.ui.conftest import Office
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


@pytest.mark.parametrize(("answer", "shown"), [("继续填写", "记一次家访"), ("放弃", "请假")])
def test_another_form_does_not_push_out_what_was_typed_unasked(
    page: QWidget, answer: str, shown: str
) -> None:
    panel, field = SidePanel(page), QLineEdit("typed")
    panel.present("记一次家访", field, [], lambda: True)
    QTimer.singleShot(0, answering(answer))
    assert panel.present("请假", QLineEdit(), []) is (answer == "放弃")
    assert panel.accessibleName() == shown


def test_tab_goes_round_inside_the_panel(page: QWidget, qtbot: QtBot) -> None:
    behind = QPushButton("后面", page)
    behind.show()
    panel, form = SidePanel(page), QWidget()
    layout = QVBoxLayout(form)
    first, second, save = QLineEdit(), QLineEdit(), QPushButton("保存")
    for one in (first, second):
        layout.addWidget(one)
    panel.present("请假", form, [save])
    qtbot.waitUntil(first.hasFocus)
    seen = []
    for _ in range(8):
        here = QApplication.focusWidget()
        assert here is not None
        seen.append(here)
        qtbot.keyClick(here, Qt.Key.Key_Tab)
    assert seen[:3] == [first, second, save]
    assert seen[4:7] == [first, second, save]
    assert behind not in seen


def test_what_is_only_to_be_read_is_scrolled_by_the_arrows(page: QWidget, qtbot: QtBot) -> None:
    panel = SidePanel(page)
    panel.present("点名记录", QLabel("全天点名" + "\n一行" * 200), [])
    area = panel.findChild(QScrollArea)
    assert area is not None
    qtbot.waitUntil(area.hasFocus)
    qtbot.keyClick(area, Qt.Key.Key_Down)
    assert area.verticalScrollBar().value() > 0


def test_what_is_saved_is_written_once_and_the_panel_closes_with_the_answer(
    office: Office, page: QWidget, qtbot: QtBot
) -> None:
    panel, field = SidePanel(page), QLineEdit("typed")
    panel.present("记一次家访", field, [], lambda: True)
    written: list[int] = []
    for _ in range(2):
        panel.save(office.context.tasks, page, lambda _desk: 1, then=written.append)
    panel.leave()
    assert panel.held
    office.settle()
    assert (written, panel.isVisible()) == ([1], False)


def test_what_was_refused_can_be_typed_again(office: Office, page: QWidget, qtbot: QtBot) -> None:
    def refuse(_desk: Any) -> None:
        raise UserError("这一天不存在。请核对。")

    panel, field = SidePanel(page), QLineEdit("typed")
    panel.present("记一次家访", field, [], lambda: True)
    refused: list[BaseException] = []
    panel.save(office.context.tasks, page, refuse, then=lambda _value: None, refused=refused.append)
    office.settle()
    assert (len(refused), panel.held, panel.isVisible()) == (1, False, True)
    qtbot.waitUntil(field.hasFocus)


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


def test_a_panel_being_saved_takes_no_key_and_gives_the_keyboard_back(page: QWidget, qtbot: QtBot) -> None:
    panel, field = SidePanel(page), QLineEdit()
    panel.present("记一次家访", field, [], lambda: False)
    field.setFocus()
    panel.hold(True)
    panel.leave()
    assert panel.isVisible() and not field.isEnabled()
    panel.hold(False)
    assert field.isEnabled() and panel.focusWidget() is field
    panel.hold(True)
    panel.dismiss()
    assert panel.isHidden() and panel.isEnabled()
