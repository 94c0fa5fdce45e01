"""The model of 今日: groups with headings, spoken rows, and where the choice goes when a task is done."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.helpers.window import task_row
from ui.models.rows import ROW
from ui.models.tasks import TasksModel

SPOKEN = Qt.ItemDataRole.AccessibleTextRole
ROWS = [
    task_row("甲", "overdue"),
    task_row("乙", "overdue"),
    task_row("丙", "today"),
    task_row("丁", "waiting"),
]


def filled() -> TasksModel:
    model = TasksModel()
    model.set_tasks(ROWS)
    return model


def test_the_model_keeps_qts_contract(qtmodeltester: ModelTester) -> None:
    model = filled()
    qtmodeltester.check(model)


def test_every_group_begins_with_a_heading_of_word_shape_and_count() -> None:
    model = filled()
    shown = [model.index(place).data() for place in range(model.rowCount())]
    assert shown == ["■ 逾期 2件", "甲", "乙", "● 今天 1件", "丙", "◇ 等对方 1件", "丁"]


def test_a_heading_cannot_be_chosen() -> None:
    model = filled()
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.row(model.index(0)) is None


def test_the_sentence_of_the_rule_is_told_by_the_pointer_and_to_who_cannot_see() -> None:
    model = TasksModel()
    model.set_tasks(
        [replace(task_row("甲", "today"), rule="孟津县（2020）：达到3个上课日"), task_row("乙", "today")]
    )
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        assert [model.index(row).data(role) for row in range(3)] == [
            None,
            "孟津县（2020）：达到3个上课日",
            None,
        ]


def test_a_row_is_spoken_with_what_colour_and_place_say() -> None:
    model = filled()
    assert model.index(0).data(SPOKEN) == "逾期，2件"
    assert model.index(1).data(SPOKEN) == "逾期，逾期2天：甲。因为。按回车填报告单"


def test_a_row_can_be_asked_for_whole() -> None:
    model = filled()
    assert model.index(4).data(ROW).title == "丙"


def test_a_new_list_resets_the_model(qtbot: QtBot) -> None:
    model = filled()
    with qtbot.waitSignals([model.modelAboutToBeReset, model.modelReset]):
        model.set_tasks([])
    assert model.rowCount() == 0
    assert model.index(0).data() is None


def test_the_choice_stays_on_its_task_and_else_goes_to_the_next_one() -> None:
    model = filled()
    assert model.near("key 丙", 1).row() == 4
    assert model.near("gone", 3).row() == 4
    assert model.near("gone", 99).row() == 6
    model.set_tasks([])
    assert not model.near("gone", 0).isValid()
