"""The list 今日 by keyboard and by mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.service.screens.today import TaskRow
from tests.helpers.window import task_row
from ui.theme import dress
from ui.widgets.task_list import RowLayout, TaskList

ROWS = [task_row("甲", "overdue"), task_row("乙", "overdue"), task_row("丙", "today"), task_row("丁", "week")]


@pytest.fixture
def tasks(qtbot: QtBot, qapp: QApplication) -> TaskList:
    dress(qapp, 100)
    made = TaskList()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.show_tasks(ROWS)
    return made


def opened_by(qtbot: QtBot, tasks: TaskList, act: Callable[[], object]) -> TaskRow:
    with qtbot.waitSignal(tasks.opened) as heard:
        act()
    row: TaskRow = heard.args[0]
    return row


def chosen(tasks: TaskList) -> str:
    return str(tasks.currentIndex().data())


def middle(tasks: TaskList, place: int) -> QPoint:
    return tasks.visualRect(tasks.tasks.index(place)).center()


def button_of(tasks: TaskList, place: int) -> QPoint:
    return RowLayout(tasks.visualRect(tasks.tasks.index(place)), tasks.font()).button.center()


def test_the_most_urgent_task_is_chosen_at_once(tasks: TaskList) -> None:
    assert chosen(tasks) == "甲"


def test_the_arrows_pass_over_the_headings(qtbot: QtBot, tasks: TaskList) -> None:
    walked = []
    for _ in range(4):
        walked.append(chosen(tasks))
        qtbot.keyClick(tasks, Qt.Key.Key_Down)
    assert walked == ["甲", "乙", "丙", "丁"]


def test_home_and_end_and_the_page_keys_land_on_tasks(qtbot: QtBot, tasks: TaskList) -> None:
    for key, landed in (
        (Qt.Key.Key_End, "丁"),
        (Qt.Key.Key_Home, "甲"),
        (Qt.Key.Key_PageDown, "丁"),
        (Qt.Key.Key_PageUp, "甲"),
    ):
        qtbot.keyClick(tasks, key)
        assert chosen(tasks) == landed


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_button_of_the_chosen_task(
    qtbot: QtBot, tasks: TaskList, key: Qt.Key
) -> None:
    qtbot.keyClick(tasks, Qt.Key.Key_Down)
    assert opened_by(qtbot, tasks, lambda: qtbot.keyClick(tasks, key)).title == "乙"


def test_a_click_on_a_button_presses_it(qtbot: QtBot, tasks: TaskList) -> None:
    left = Qt.MouseButton.LeftButton
    row = opened_by(qtbot, tasks, lambda: qtbot.mouseClick(tasks.viewport(), left, pos=button_of(tasks, 4)))
    assert row.title == "丙"


def test_a_click_beside_the_button_only_chooses(qtbot: QtBot, tasks: TaskList) -> None:
    with qtbot.assertNotEmitted(tasks.opened):
        qtbot.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=middle(tasks, 4))
    assert chosen(tasks) == "丙"


def test_a_double_click_beside_the_button_opens(qtbot: QtBot, tasks: TaskList) -> None:
    left = Qt.MouseButton.LeftButton
    row = opened_by(qtbot, tasks, lambda: qtbot.mouseDClick(tasks.viewport(), left, pos=middle(tasks, 2)))
    assert row.title == "乙"


def test_a_click_on_a_heading_does_nothing(qtbot: QtBot, tasks: TaskList) -> None:
    with qtbot.assertNotEmitted(tasks.opened):
        qtbot.mouseDClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=middle(tasks, 0))


def test_the_hand_shows_over_a_button_only(qtbot: QtBot, tasks: TaskList) -> None:
    qtbot.mouseMove(tasks.viewport(), button_of(tasks, 1))
    qtbot.waitUntil(lambda: tasks.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor)
    qtbot.mouseMove(tasks.viewport(), middle(tasks, 1))
    qtbot.waitUntil(lambda: tasks.viewport().cursor().shape() == Qt.CursorShape.ArrowCursor)


def test_a_task_that_is_done_gives_the_choice_to_the_one_below(qtbot: QtBot, tasks: TaskList) -> None:
    qtbot.keyClick(tasks, Qt.Key.Key_Down)
    tasks.show_tasks([row for row in ROWS if row.title != "乙"])
    assert chosen(tasks) == "丙"
    tasks.show_tasks(ROWS)
    assert chosen(tasks) == "丙"


def test_long_words_wrap_and_the_row_grows(qtbot: QtBot, tasks: TaskList) -> None:
    long = task_row(
        "阿卜杜热合曼·阿卜杜热依木江（九年级12班）　填写报告单" * 3, "overdue", why="达到三天应报告" * 30
    )
    tasks.show_tasks([long])
    wide = tasks.visualRect(tasks.tasks.index(1)).height()
    tasks.resize(600, 500)
    qtbot.waitUntil(lambda: tasks.visualRect(tasks.tasks.index(1)).height() > wide)
    assert not tasks.grab().isNull()


@pytest.mark.parametrize("scale", [100, 125, 150])
def test_a_row_is_high_enough_for_its_title_and_its_reason(
    qapp: QApplication, tasks: TaskList, scale: int
) -> None:
    dress(qapp, scale)
    tasks.ensurePolished()
    tasks.show_tasks(
        [task_row("徐玉兰　填写报告单", "today", why="连续旷课3个上课日" * place) for place in (1, 9)]
    )
    for place, why in ((1, "连续旷课3个上课日"), (2, "连续旷课3个上课日" * 9)):
        rect = tasks.visualRect(tasks.tasks.index(place))
        assert RowLayout(rect, tasks.font()).height("徐玉兰　填写报告单", why) <= rect.height()


def test_an_empty_list_takes_enter_calmly(qtbot: QtBot, tasks: TaskList) -> None:
    tasks.show_tasks([])
    with qtbot.assertNotEmitted(tasks.opened):
        qtbot.keyClick(tasks, Qt.Key.Key_Return)
