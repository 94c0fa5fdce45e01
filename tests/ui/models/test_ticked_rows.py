"""Rows with boxes: ticks survive filters and new rows, and are said aloud."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.models.rows import Column
from ui.models.ticked_rows import TickedRows

COLUMNS = (Column("个案", lambda row: row["no"]), Column("学生", lambda row: row["name"]))
ROWS = [{"no": "1", "name": "甲"}, {"no": "2", "name": "乙"}, {"no": "3", "name": "丙"}]
CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def model(qtbot: QtBot) -> TickedRows:
    made = TickedRows(COLUMNS, "no")
    made.set_rows(ROWS)
    return made


def test_the_model_keeps_the_rules_of_qt(model: TickedRows, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)


def test_a_box_is_ticked_and_unticked_by_mouse(model: TickedRows, qtbot: QtBot) -> None:
    first = model.index(0, 0)
    with qtbot.waitSignals([model.ticks_changed, model.dataChanged]):
        assert model.setData(first, Qt.CheckState.Checked.value, CHECK)
    assert model.ticked == ROWS[:1]
    assert model.data(first, CHECK) == Qt.CheckState.Checked
    model.setData(first, Qt.CheckState.Unchecked, CHECK)
    assert model.ticked == []


def test_only_the_first_column_has_boxes(model: TickedRows) -> None:
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsUserCheckable
    assert model.data(model.index(0, 1), CHECK) is None
    assert not model.setData(model.index(0, 1), Qt.CheckState.Checked, CHECK)


def test_a_box_is_said_aloud(model: TickedRows) -> None:
    model.tick(ROWS[:1])
    spoken = [model.data(model.index(place, 0), Qt.ItemDataRole.AccessibleTextRole) for place in range(2)]
    assert spoken == ["已勾选 个案 1", "未勾选 个案 2"]


def test_a_filter_hides_but_does_not_untick(model: TickedRows) -> None:
    model.tick(ROWS[1:])
    model.show(lambda row: row["no"] == "1")
    assert [row["no"] for row in model.ticked] == ["2", "3"]


def test_ticks_of_rows_that_are_gone_are_forgotten(model: TickedRows) -> None:
    model.tick(ROWS)
    model.set_rows(ROWS[:1])
    model.set_rows(ROWS)
    assert [row["no"] for row in model.ticked] == ["1"]
