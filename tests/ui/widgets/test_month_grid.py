"""A month as a grid: whole weeks, the reason of every day in words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.service.screens.settings import MonthDay
from ui.widgets.month_grid import MonthModel


def month(first: date, length: int, *, off: int = 0) -> list[MonthDay]:
    days = [first + timedelta(days=n) for n in range(length)]
    return [
        MonthDay(
            day=day,
            weight=0.0 if day.weekday() > 4 or day.day == off else 1.0,
            why="停课" if day.day == off else "国家工作日",
            set="停课" if day.day == off else "",
            note="暴雪" if day.day == off else "",
            known=True,
        )
        for day in days
    ]


@pytest.fixture
def november() -> MonthModel:
    made = MonthModel()
    made.set_days(month(date(2026, 11, 1), 30, off=20))
    return made


def test_it_is_a_proper_model_in_every_month(november: MonthModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(november)
    november.set_days(month(date(2027, 2, 1), 28))
    assert november.rowCount() == 4
    november.set_days([])
    qtmodeltester.check(november)


def test_a_month_is_shown_with_one_signal(november: MonthModel, qtbot: QtBot) -> None:
    with qtbot.waitSignals([november.modelAboutToBeReset, november.modelReset]):
        november.set_days(month(date(2026, 12, 1), 31))


def test_days_stand_under_their_weekday(november: MonthModel) -> None:
    sunday = november.place(date(2026, 11, 1))
    assert (sunday.row(), sunday.column()) == (0, 6)
    assert november.headerData(6, Qt.Orientation.Horizontal) == "周日"
    assert november.day(november.index(0, 0)) is None
    assert not november.place(date(2026, 12, 1)).isValid()


def test_holidays_and_sundays_at_work_are_named() -> None:
    """The notice for 2026: 国庆节 1 to 7 October, 10 October (Saturday) at work."""
    made = MonthModel()
    days = month(date(2026, 10, 1), 31)
    days[0] = replace(days[0], weight=0.0, why="法定节假日（国庆节）")
    days[9] = replace(days[9], weight=1.0, why="国家工作日，调休上班（国庆节）")
    made.set_days(days)
    assert made.place(date(2026, 10, 1)).data() == "1　休 国庆节"
    assert made.place(date(2026, 10, 10)).data() == "10　课 调休"
    assert made.place(date(2026, 10, 11)).data() == "11　休"


def test_a_day_says_in_words_what_its_colour_says(november: MonthModel) -> None:
    closed = november.place(date(2026, 11, 20))
    assert closed.data() == "✎20　休 暴雪"
    assert closed.data(Qt.ItemDataRole.AccessibleTextRole) == "11月20日 不上课：停课"
    plain = november.place(date(2026, 11, 19))
    assert plain.data() == "19　课"
    assert plain.data(Qt.ItemDataRole.AccessibleTextRole) == "11月19日 上课日：国家工作日"
    roles = (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.FontRole)
    assert all(plain.data(role) is not None for role in roles)
