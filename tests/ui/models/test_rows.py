"""The one table model: Qt's own checks, filter and order, and words for what is shown by colour."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.models.rows import ROW, Column, RowsModel
from ui.theme import colour

COLUMNS = (
    Column("姓名", lambda row: row["name"], bold=lambda row: row["days"] > 2),
    Column(
        "缺勤",
        lambda row: f"{row['days']}天",
        sort=lambda row: row["days"],
        tint=lambda row: "overdue" if row["days"] > 2 else "",
        spoken=lambda row: f"{row['days']}天" + ("，逾期" if row["days"] > 2 else ""),
        centred=True,
    ),
)
ROWS = [{"name": "王小明", "days": 10}, {"name": "李子涵", "days": 2}, {"name": "张晓燕", "days": 3}]


@pytest.fixture
def model() -> RowsModel:
    made = RowsModel(COLUMNS)
    made.set_rows(ROWS)
    return made


def names(model: RowsModel) -> list[str]:
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_it_is_a_proper_model_whatever_is_done_to_it(model: RowsModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.sort(1)
    model.show(lambda row: row["days"] < 5)
    model.set_rows(ROWS * 3)
    model.set_rows([])
    qtmodeltester.check(model)


def test_rows_are_replaced_with_one_signal(model: RowsModel, qtbot: QtBot) -> None:
    with qtbot.waitSignals([model.modelAboutToBeReset, model.modelReset]):
        model.set_rows(ROWS[:1])
    assert names(model) == ["王小明"]


def test_a_filter_stays_when_rows_are_replaced(model: RowsModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.modelReset):
        model.show(lambda row: row["days"] > 2)
    assert names(model) == ["王小明", "张晓燕"]
    model.set_rows([*ROWS, {"name": "赵雨欣", "days": 9}])
    assert names(model) == ["王小明", "张晓燕", "赵雨欣"]
    model.show(None)
    assert model.rowCount() == 4


def test_a_column_sorts_by_what_it_means_not_by_its_words(model: RowsModel) -> None:
    model.sort(1)
    assert names(model) == ["李子涵", "张晓燕", "王小明"]
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert names(model) == ["王小明", "张晓燕", "李子涵"]
    model.sort(-1)
    assert names(model) == [row["name"] for row in ROWS]


def test_what_colour_says_is_also_said_aloud(model: RowsModel) -> None:
    cell = model.index(0, 1)
    assert cell.data(Qt.ItemDataRole.ForegroundRole).color() == colour("overdue")
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "缺勤 10天，逾期"
    assert model.index(1, 1).data(Qt.ItemDataRole.ForegroundRole) is None
    assert model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "姓名 李子涵"


def test_looks_follow_the_row(model: RowsModel) -> None:
    assert model.index(0, 0).data(Qt.ItemDataRole.FontRole).bold()
    assert model.index(1, 0).data(Qt.ItemDataRole.FontRole) is None
    assert model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole) == Qt.AlignmentFlag.AlignCenter
    assert model.index(0, 0).data(ROW) == ROWS[0]


def test_a_row_is_found_by_what_it_holds(model: RowsModel) -> None:
    model.sort(1)
    assert model.position("name", "张晓燕") == 1
    assert model.position("name", "没有这个人") == -1
    assert model.row(model.index(1, 0)) == ROWS[2]
    assert model.row(model.index(9, 0)) is None


def test_headings_stand_above_and_rows_have_no_numbers(model: RowsModel) -> None:
    assert [model.headerData(n, Qt.Orientation.Horizontal) for n in (0, 1)] == ["姓名", "缺勤"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
