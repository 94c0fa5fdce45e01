"""点名 on a slow PC: keys pressed before the next list is there fall on that list, in order, and on no other."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from app.errors import UserError
from app.service.screens.roll import RollSheet
from tests.ui.pages.roll import roll_desk
from tests.ui.pages.roll.roll_desk import FIRST_CLASS, MONDAY, Desktop, chip_at, rolls
from ui.pages.roll import page
from ui.pages.roll.turn import sheet_of

desktop = roll_desk.desktop
Press = Callable[..., None]


@pytest.fixture
def press(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Press:
    """Presses keys one after another while no list comes, and then lets the lists come."""

    def pressed(*keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        may_come = Event()

        def slow(*args: Any) -> RollSheet:
            assert may_come.wait(10)
            return sheet_of(*args)

        monkeypatch.setattr(page, "sheet_of", slow)
        for key in keys:
            desktop.office.qtbot.keyClick(desktop.page.table, key, modifier)
        may_come.set()
        desktop.office.settle()

    return pressed


def entered(desktop: Desktop) -> list[tuple[int, str]]:
    return [(row.place, row.kind) for row in desktop.page.model.rows if row.kind]


def test_a_child_is_entered_on_the_day_that_was_gone_to(desktop: Desktop, press: Press) -> None:
    press(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_K)
    assert (desktop.page.sheet.day, entered(desktop)) == (MONDAY, [(2, "旷课")])


def test_what_is_entered_on_the_way_is_saved_for_the_child_meant(desktop: Desktop, press: Press) -> None:
    second = desktop.page.model.rows[1].name
    press(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_K, Qt.Key.Key_Return)
    assert desktop.absences(MONDAY) == {second: ("旷课", "全天")}
    assert desktop.page.sheet.class_name == "二年级1班"


def test_an_entry_after_enter_is_for_the_next_class(desktop: Desktop, press: Press) -> None:
    press(Qt.Key.Key_Return, Qt.Key.Key_3, Qt.Key.Key_B)
    assert (desktop.absences(MONDAY), desktop.page.sheet.class_name) == ({}, "二年级1班")
    assert entered(desktop) == [(3, "病假")]


def test_every_arrow_is_a_day(desktop: Desktop, press: Press) -> None:
    calendar = desktop.office.program.read(lambda desk: desk.calendar.last_school_days(MONDAY, 6))
    press(*[Qt.Key.Key_Left] * 5)
    assert desktop.page.sheet.day == min(calendar)


def test_every_class_is_passed_by_ctrl_arrows(desktop: Desktop, press: Press) -> None:
    press(Qt.Key.Key_Down, Qt.Key.Key_Down, modifier=Qt.KeyboardModifier.ControlModifier)
    assert desktop.page.sheet.class_name == "三年级1班"


def test_enter_saves_no_full_class_before_its_list_was_to_be_seen(desktop: Desktop, press: Press) -> None:
    press(Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_K)
    assert (rolls(desktop), desktop.page.sheet.class_name, entered(desktop)) == (1, "二年级1班", [])
    assert desktop.said[-1] == "二年级1班的名单刚打开，还没有保存。看过名单请再按回车。"


def test_what_is_pressed_after_a_question_came_up_enters_nobody(desktop: Desktop, press: Press) -> None:
    press(Qt.Key.Key_Return, Qt.Key.Key_K, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_B)
    assert len(desktop.page.findChildren(QMessageBox)) == 1
    assert entered(desktop) == [(1, "旷课")]
    assert "没有用上" in desktop.said[-1]
    desktop.choose("继续点名")


def test_keys_for_a_list_that_does_not_come_fall_on_no_other(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> RollSheet:
        raise UserError("名册读不出来。请重试。")

    monkeypatch.setattr(page, "sheet_of", broken)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_K):
        desktop.office.qtbot.keyClick(desktop.page.table, key)
    desktop.office.settle()
    assert (desktop.page.sheet.day, entered(desktop), desktop.refused) == (
        MONDAY,
        [],
        ["名册读不出来。请重试。"],
    )
    desktop.keys(Qt.Key.Key_K)
    assert entered(desktop) == [(1, "旷课")]


def test_a_list_read_anew_meanwhile_is_the_one_that_was_gone_to(desktop: Desktop) -> None:
    desktop.office.qtbot.keyClick(desktop.page.table, Qt.Key.Key_Left)
    desktop.page.refresh()
    desktop.office.settle()
    assert desktop.page.sheet.day < MONDAY


def test_while_a_list_is_under_way_a_click_enters_nobody_and_the_button_says_why(desktop: Desktop) -> None:
    shown = desktop.page
    desktop.office.qtbot.keyClick(shown.table, Qt.Key.Key_Left)
    assert (shown.foot.save.text(), shown.foot.save.isEnabled()) == ("正在打开名单…", False)
    left = Qt.MouseButton.LeftButton
    desktop.office.qtbot.mouseClick(shown.table.viewport(), left, pos=chip_at(shown, 0, 1))
    assert not shown.model.dirty
    desktop.office.settle()
    assert shown.foot.save.isEnabled()
    assert FIRST_CLASS in shown.sheet.class_name
