"""点名 under a hurried hand: keys held down, double presses, slow answers, wrong dates, long names."""

from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from app.domain.records import Student
from app.errors import EnvironmentProblem
from app.service.office.desk import Desk
from app.service.office.undoing import undo_last
from app.service.rolls.roll_call import RollTaken, take_roll
from app.service.screens.roll import roll_history
from app.store.transaction import Transaction
from tests.ui.pages.roll import roll_desk
from tests.ui.pages.roll.roll_desk import (
    FIRST_CLASS,
    LAST_CLASS,
    MONDAY,
    SHIFT,
    Desktop,
    chip_at,
    hold,
    rolls,
)
from ui.pages.roll import page

desktop = roll_desk.desktop


def test_enter_held_down_saves_one_class_only(desktop: Desktop) -> None:
    hold(desktop, Qt.Key.Key_Return, 20)
    assert desktop.uncalled(MONDAY) == [f"{grade}年级1班" for grade in "二三四五六"]


def test_a_second_enter_before_the_next_class_is_there_saves_nothing_twice(desktop: Desktop) -> None:
    press = desktop.office.qtbot.keyClick
    press(desktop.page.table, Qt.Key.Key_Return)
    press(desktop.page.table, Qt.Key.Key_Return)
    assert not desktop.page.foot.save.isEnabled()
    desktop.office.settle()
    assert (rolls(desktop), desktop.page.sheet.class_name) == (1, "二年级1班")
    assert desktop.page.foot.save.isEnabled()


def test_another_list_read_while_a_roll_is_saved_frees_nothing(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_save, shown = Event(), list[str]()

    def held(*args: Any, **options: Any) -> RollTaken:
        assert may_save.wait(10)
        return take_roll(*args, **options)

    monkeypatch.setattr(page, "take_roll", held)
    press = desktop.office.qtbot.keyClick
    press(desktop.page.table, Qt.Key.Key_Return)
    monkeypatch.setattr(desktop.page, "_show_place", lambda: shown.append(desktop.page.sheet.class_name))
    desktop.page.refresh()
    desktop.office.qtbot.waitUntil(lambda: shown == [FIRST_CLASS])
    press(desktop.page.table, Qt.Key.Key_Return)
    may_save.set()
    desktop.office.settle()
    assert rolls(desktop) == 1


def test_a_roll_that_could_not_be_saved_keeps_its_entries_and_its_class(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Any, _record: Any) -> None:
        raise EnvironmentProblem("磁盘满了。请腾出空间。")

    desktop.keys(Qt.Key.Key_K)
    monkeypatch.setattr(Transaction, "add", full)
    desktop.page.classes.view.selectRow(1)
    desktop.choose("保存")
    assert desktop.refused == ["磁盘满了。请腾出空间。"]
    assert desktop.page.classes.view.currentIndex().row() == 0
    assert (desktop.page.model.dirty, desktop.page.foot.save.isEnabled()) == (True, True)


def test_a_number_too_large_for_the_class_begins_anew_with_its_last_digit(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_5, Qt.Key.Key_7, Qt.Key.Key_K)
    assert [row.place for row in desktop.page.model.rows if row.kind] == [7]


def test_control_z_takes_back_entries_one_by_one_before_anything_saved(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_B, Qt.Key.Key_Down, Qt.Key.Key_S)
    seen = []
    while desktop.page.undo_typed():
        seen.append([row.kind for row in desktop.page.model.rows[:2]])
    assert seen == [["病假", ""], ["旷课", ""], ["", ""]]
    assert not desktop.page.model.dirty


def test_a_typed_day_asks_once_about_entries_that_are_not_saved(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K)
    desktop.page.head.day.setFocus()
    desktop.type("1118")
    desktop.keys(Qt.Key.Key_Return)
    assert len(desktop.page.findChildren(QMessageBox)) == 1
    desktop.choose("继续点名")
    assert desktop.page.head.day.text() == MONDAY.isoformat()


def test_what_is_no_day_does_not_stay_above_the_list_of_another(desktop: Desktop) -> None:
    desktop.page.head.day.setFocus()
    desktop.type("99")
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.head.day.text() == MONDAY.isoformat()


def test_one_more_click_on_a_state_makes_it_half_a_day(desktop: Desktop) -> None:
    page = desktop.page
    parts = []
    for _ in range(4):
        left = Qt.MouseButton.LeftButton
        desktop.office.qtbot.mouseClick(page.table.viewport(), left, pos=chip_at(page, 0, 1))
        parts.append((page.model.rows[0].kind, page.model.rows[0].part))
    assert parts == [("旷课", "全天"), ("旷课", "上午"), ("旷课", "下午"), ("旷课", "全天")]


def test_after_a_click_on_the_time_of_day_the_keys_go_on_in_the_list(desktop: Desktop) -> None:
    buttons = {one.text(): one for one in desktop.page.head.findChildren(QPushButton)}
    desktop.office.qtbot.mouseClick(buttons["上午"], Qt.MouseButton.LeftButton)
    desktop.office.settle()
    desktop.keys(Qt.Key.Key_2, Qt.Key.Key_K)
    assert [row.place for row in desktop.page.model.rows if row.kind] == [2]


def test_half_a_day_is_said_before_and_after_saving_and_in_what_was_recorded(desktop: Desktop) -> None:
    class_id = desktop.page.sheet.class_id
    desktop.keys(Qt.Key.Key_B, modifier=SHIFT)
    assert desktop.page.head.tally.text() == "应到 18　实到 17.5　半天 1"
    assert desktop.page.foot.save.text() == "保存（半天1人），下一班  Enter"
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.said[0] == "一年级1班11月23日已点名：应到18，实到17.5，半天1人。"
    recorded = desktop.office.program.read(roll_history, class_id, MONDAY)
    assert recorded[0].what.startswith("全天点名：应到18，实到17.5；")


def test_a_right_click_enters_nobody(desktop: Desktop) -> None:
    page = desktop.page
    right = Qt.MouseButton.RightButton
    desktop.office.qtbot.mouseClick(page.table.viewport(), right, pos=chip_at(page, 0, 1))
    assert not page.model.dirty


def test_the_last_class_called_for_the_morning_only_is_not_the_end(desktop: Desktop) -> None:
    desktop.keys(*[Qt.Key.Key_Return] * 5, Qt.Key.Key_D, Qt.Key.Key_Return)
    assert desktop.said[-1].endswith("六年级1班只点上午。")


def test_a_case_taken_back_is_no_longer_told_of(desktop: Desktop) -> None:
    desktop.open(LAST_CLASS, MONDAY)
    desktop.keys(Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_K)
    spans = []
    desktop.office.context.bus.changed.connect(lambda changes, _who: spans.append(changes.span))
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.notice.isVisible()
    desktop.office.context.tasks.write(desktop.office.context.bus, undo_last, *spans[0])
    desktop.office.settle()
    desktop.office.settle()
    assert not desktop.page.notice.isVisible()


def test_a_day_to_come_offers_no_calendar(desktop: Desktop) -> None:
    desktop.open(FIRST_CLASS, date(2026, 12, 1))
    assert "还没有到" in desktop.page.empty.words.text()
    assert desktop.page.empty.calendar.isHidden()


def test_a_long_name_is_whole_where_there_is_room(desktop: Desktop) -> None:
    name = "阿卜杜热合曼·阿卜杜热依木江"

    def rename(desk: Desk) -> None:
        desk.tx.change(Student, desktop.page.model.rows[0].id, name=name)

    desktop.office.context.tasks.write(desktop.office.context.bus, rename)
    desktop.office.settle()
    view = desktop.page.table
    place = next(n for n, row in enumerate(desktop.page.model.rows) if row.name == name)
    view.selectRow(place)
    view.setCurrentIndex(desktop.page.model.index(place, 0))
    assert view.fontMetrics().horizontalAdvance(name) <= view.columnWidth(1) - 20
    assert view.horizontalScrollBar().maximum() == 0


def test_entries_not_saved_are_asked_about_before_the_window_closes(desktop: Desktop) -> None:
    assert desktop.page.may_leave()
    desktop.keys(Qt.Key.Key_K)

    def keep() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "一年级1班的点名改过" in box.text()
        next(one for one in box.buttons() if one.text().startswith("继续点名")).click()

    QTimer.singleShot(0, keep)
    assert not desktop.page.may_leave()


def test_entries_are_saved_as_the_window_closes(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K)

    def save() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text().startswith("保存")).click()

    QTimer.singleShot(0, save)
    assert desktop.page.may_leave()
    assert not desktop.page.model.dirty
    assert "已点名" in desktop.said[-1]
