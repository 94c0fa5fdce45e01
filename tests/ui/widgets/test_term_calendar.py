"""The squares of a term: a real table, walked by arrows, said in words."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ui.widgets.term_calendar import LOOKS, DayWords, TermCalendar, TermModel

FIRST = date(2026, 9, 1)  # a Tuesday
TODAY = date(2026, 11, 20)
KINDS = tuple(LOOKS)


def days(count: int = 90) -> list[DayWords]:
    return [
        DayWords(FIRST + timedelta(days=n), KINDS[n % len(KINDS)], KINDS[n % len(KINDS)])
        for n in range(count)
    ]


@pytest.fixture
def calendar(qtbot: QtBot) -> TermCalendar:
    made = TermCalendar()
    qtbot.addWidget(made)
    made.resize(560, 400)
    made.show_days(days(), TODAY)
    made.show()
    return made


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester) -> None:
    model = TermModel()
    qtmodeltester.check(model)
    model.set_days(days())
    qtmodeltester.check(model)


def test_a_week_is_a_column_and_monday_its_first_row() -> None:
    model = TermModel()
    model.set_days(days())
    index = model.index_of(date(2026, 9, 7))
    assert (index.row(), index.column()) == (0, 1)
    assert model.day_at(model.index(0, 0)) is None  # the Monday before the term


def test_a_month_stands_where_it_begins() -> None:
    model = TermModel()
    model.set_days(days())
    heads = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert [one for one in heads if one] == ["9月", "10月", "11月"]
    assert heads[4] == "10月"  # the week of 28 September to 4 October


def test_a_day_is_said_with_its_date_and_weekday() -> None:
    model = TermModel()
    model.set_days(days())
    index = model.index_of(FIRST + timedelta(days=1))
    for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
        assert model.data(index, role) == "2026年9月2日 周三 旷课"


def test_the_cursor_starts_on_today_and_arrows_walk_the_days(calendar: TermCalendar, qtbot: QtBot) -> None:
    assert calendar.words.startswith("2026年11月20日 周五")
    qtbot.keyClick(calendar.view, Qt.Key.Key_Up)
    assert calendar.words.startswith("2026年11月19日 周四")
    qtbot.keyClick(calendar.view, Qt.Key.Key_Left)
    assert calendar.words.startswith("2026年11月12日 周四")


def test_every_mark_is_explained_below_the_squares(calendar: TermCalendar) -> None:
    words = {one.text() for one in calendar.findChildren(QLabel)}
    assert set(LOOKS) <= words


def test_enter_opens_the_day(calendar: TermCalendar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(calendar.opened) as opened:
        qtbot.keyClick(calendar.view, Qt.Key.Key_Return)
    assert opened.args == [TODAY]


def test_a_day_outside_the_term_puts_the_cursor_on_its_last_day(calendar: TermCalendar) -> None:
    calendar.show_days(days(10), TODAY)
    assert calendar.words.startswith("2026年9月10日")


def test_squares_fit_the_width_they_are_given(calendar: TermCalendar) -> None:
    wide = calendar.view.horizontalHeader().defaultSectionSize()
    calendar.resize(300, 400)
    narrow = calendar.view.horizontalHeader().defaultSectionSize()
    assert narrow < wide
    assert calendar.view.verticalHeader().length() <= calendar.view.height()
    assert not calendar.grab().isNull()  # every kind is drawn without a warning


def test_an_empty_term_is_an_empty_table(calendar: TermCalendar) -> None:
    calendar.show_days([], TODAY)
    assert (calendar.model.rowCount(), calendar.words) == (0, "")
