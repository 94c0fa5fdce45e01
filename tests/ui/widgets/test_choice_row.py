"""One of a few by one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.widgets.choice_row import ChoiceRow


@pytest.fixture
def outcome(qtbot: QtBot) -> ChoiceRow:
    made = ChoiceRow("结果", ("见到家长", "无人在家", "拒绝"))
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def test_nothing_is_chosen_for_a_person(outcome: ChoiceRow) -> None:
    assert outcome.value == ""


def test_the_digit_on_a_button_chooses_it_and_tells(outcome: ChoiceRow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(outcome.chosen) as told:
        qtbot.keyClick(outcome, Qt.Key.Key_2)
    assert told.args == ["无人在家"]
    assert outcome.value == "无人在家"
    assert outcome.accessibleDescription() == "已选 无人在家"


@pytest.mark.parametrize("key", [Qt.Key.Key_0, Qt.Key.Key_4, Qt.Key.Key_X])
def test_any_other_key_leaves_the_choice_alone(outcome: ChoiceRow, qtbot: QtBot, key: Qt.Key) -> None:
    outcome.choose("拒绝")
    qtbot.keyClick(outcome, key)
    assert outcome.value == "拒绝"


def test_a_raised_digit_is_no_digit(outcome: ChoiceRow) -> None:
    press = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "²")
    QApplication.sendEvent(outcome, press)
    assert outcome.value == ""


def test_arrows_walk_and_stop_at_the_ends(outcome: ChoiceRow, qtbot: QtBot) -> None:
    for key, value in (
        (Qt.Key.Key_Right, "见到家长"),
        (Qt.Key.Key_Down, "无人在家"),
        (Qt.Key.Key_Right, "拒绝"),
        (Qt.Key.Key_Right, "拒绝"),
        (Qt.Key.Key_Left, "无人在家"),
        (Qt.Key.Key_Up, "见到家长"),
        (Qt.Key.Key_Up, "见到家长"),
    ):
        qtbot.keyClick(outcome, key)
        assert outcome.value == value


def test_a_click_works_as_well(outcome: ChoiceRow, qtbot: QtBot) -> None:
    third = outcome.findChildren(QPushButton)[2]
    qtbot.mouseClick(third, Qt.MouseButton.LeftButton)
    assert outcome.value == "拒绝"
