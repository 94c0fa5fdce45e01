"""What every table is made of: the colours of its cells outlive being chosen."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.models.rows import Column, RowsModel
from ui.theme import COLOURS, colour, dress
from ui.widgets.parts import table

SHAPE = "■■■■"


def shades(model: RowsModel, qtbot: QtBot) -> set[str]:
    """Every colour that is seen in the table with its first row chosen."""
    view = table(model, "期限")
    qtbot.addWidget(view)
    view.resize(300, 100)
    view.selectRow(0)
    view.show()
    image = view.viewport().grab().toImage()
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(image.width())
        for y in range(view.rowHeight(0))
    }


@pytest.mark.parametrize("tint", ["overdue", "today", "done", "quiet", "accent_deep"])
def test_a_chosen_row_keeps_the_colours_of_its_states(tint: str, qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp, 100)
    model = RowsModel([Column("期限", lambda _row: SHAPE, width=9, tint=lambda _row: tint)])
    model.set_rows([{}])
    seen = shades(model, qtbot)
    assert colour(tint).name().upper() in seen
    assert COLOURS["chosen"] in seen


def test_a_chosen_cell_without_a_state_is_written_in_ink(qapp: QApplication, qtbot: QtBot) -> None:
    dress(qapp, 100)
    model = RowsModel([Column("学生", lambda _row: SHAPE, width=9)])
    model.set_rows([{}])
    assert COLOURS["ink"] in shades(model, qtbot)
