"""The one field for a day: typed as people say it, or taken from a calendar."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCalendarWidget
from pytestqt.qtbot import QtBot

from ui.widgets.day_edit import DayEdit

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def field(qtbot: QtBot) -> DayEdit:
    made = DayEdit(FRIDAY)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "day"),
    [("921", "2026-09-21"), ("下周一", "2026-11-23"), ("三天后", "2026-11-23"), ("0921", "2026-09-21")],
)
def test_a_day_is_written_out_when_the_field_is_left(field: DayEdit, typed: str, day: str) -> None:
    field.setText(typed)
    field.editingFinished.emit()
    assert (field.text(), field.problem) == (day, "")


def test_a_day_is_taken_from_the_calendar_and_told(field: DayEdit, qtbot: QtBot) -> None:
    chosen: list[date | None] = []
    field.chosen.connect(chosen.append)
    qtbot.keyClick(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None and calendar.isVisible()
    assert calendar.selectedDate() == QDate(2026, 11, 20)
    calendar.clicked.emit(QDate(2026, 11, 24))
    assert not calendar.isVisible()
    assert field.text() == "2026-11-24"
    assert chosen == [date(2026, 11, 24)]


def test_the_calendar_opens_on_the_day_that_stands_there(field: DayEdit) -> None:
    field.setText("1203")
    field.open_calendar()
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 12, 3)
    calendar.hide()
