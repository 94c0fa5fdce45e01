"""The window: pages by key, search, help, what is said and refused."""

from dataclasses import replace
from datetime import date
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from app.domain.records import Unit
from app.service.cases.numbers import find_case
from app.service.cases.reading import list_cases
from app.service.office.desk import Desk
from app.service.screens.overview import window_facts
from app.service.screens.settings import save_unit_form, unit_form
from tests.ui import plain_window
from tests.ui.conftest import Office
from tests.ui.plain_window import CONTROL, Plain, press, shown
from ui import main_window
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.pages.roll.page import RollPage
from ui.pages.settings.page import SettingsPage
from ui.theme import dress
from ui.widgets.side_panel import SidePanel

helped, window = plain_window.helped, plain_window.window


def test_control_and_a_number_show_a_page_and_mark_it_on_the_rail(window: MainWindow) -> None:
    for number, key in enumerate(window.pages, 1):
        press(window, getattr(Qt.Key, f"Key_{number}"), CONTROL)
        assert window.page.key == key
        assert window.rail.button(key).isChecked()


def test_the_rail_is_used_with_the_mouse_as_well(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.rail.button("cases"), Qt.MouseButton.LeftButton)
    assert window.page.key == "cases"


def test_the_last_page_is_shown_at_the_next_start(office: Office, window: MainWindow) -> None:
    window.go("cases")
    window.close()
    assert shown(office, []).page.key == "cases"


def test_a_new_day_begins_with_what_is_to_be_done(office: Office, window: MainWindow) -> None:
    window.go("cases")
    window.close()
    office.context.preferences.page_on = "2026-11-19"
    assert shown(office, []).page.key == "today"


def test_a_page_that_is_gone_is_not_missed_at_the_next_start(office: Office) -> None:
    office.context.preferences.page = "exchange"
    assert shown(office, []).page.key == "today"


def test_the_place_of_the_window_is_remembered(office: Office, window: MainWindow) -> None:
    window.resize(1200, 700)
    window.close()
    assert not office.context.preferences.geometry.isEmpty()
    again = MainWindow(office.context, [Plain(office, "today", "今日")], lambda _page: None)
    office.add(again)
    assert again.height() == 700  # the width does not fit on the screen of the tests


def test_f1_and_the_button_show_the_manual_of_the_page(
    window: MainWindow, helped: list[str], qtbot: QtBot
) -> None:
    window.go("cases")
    press(window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    button = window.rail.findChild(QPushButton, "help")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert helped == ["about-cases", "about-cases"]


def test_a_page_asks_for_another_by_signal(office: Office, window: MainWindow) -> None:
    office.context.bus.go.emit("cases", {"case": "2026-001"})
    page = window.pages["cases"]
    assert isinstance(page, Plain)
    assert (window.page, page.opened) == (page, [{"case": "2026-001"}])


def test_head_rail_and_status_line_say_where_we_are(office: Office, window: MainWindow) -> None:
    words = " ".join(one.text() for one in window.head.findChildren(QLabel))
    assert "柳河镇石桥小学" in words
    assert "2026—2027学年第一学期 第12周 周五 11月20日" in words
    assert window.head.operator.accessibleName() == "操作人：陈老师"
    assert window.rail.button("cases").number == str(len(office.program.read(list_cases)))
    assert window.rail.button("cases").accessibleName().startswith("个案，")
    assert window.rail.button("students").number == ""
    assert window.status.labels[1].text() == "上次备份 今天"


def test_a_count_that_is_too_long_for_the_rail_is_cut(window: MainWindow) -> None:
    window.rail.count("cases", 12_000)
    assert window.rail.button("cases").number == "999+"
    window.rail.count("nowhere", 3)


def test_the_search_box_finds_by_pinyin_and_enter_goes_there(
    office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_F, CONTROL)
    box = window.head.search
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "2026-001")
    qtbot.waitUntil(lambda: bool(box.found))
    assert box.found[0].startswith("个案  2026-001")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = window.pages["cases"]
    assert isinstance(page, Plain)
    case = office.program.read(find_case, "2026-001")
    assert (page.opened, box.text()) == ([{"case": case.id}], "")


def test_enter_pressed_before_the_search_is_done_still_goes_there(
    office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    box = window.head.search
    box.take_focus()
    qtbot.keyClicks(box, "2026-002")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    office.settle()
    assert window.page.key == "cases"


def test_arrows_choose_among_what_was_found(window: MainWindow, qtbot: QtBot) -> None:
    box = window.head.search
    box.take_focus()
    qtbot.keyClicks(box, "2026-")
    qtbot.waitUntil(lambda: len(box.found) > 1)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    page = window.pages["cases"]
    assert isinstance(page, Plain)
    assert page.opened == [{"case": box._found[1].target["case"]}]


def test_what_is_not_found_is_said_and_esc_goes_back_to_the_page(window: MainWindow, qtbot: QtBot) -> None:
    box = window.head.search
    box.take_focus()
    qtbot.keyClicks(box, "qqqq")
    qtbot.waitUntil(lambda: box.found == ["没有找到"])
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), box._list.isVisible()) == ("", False)
    page = window.page
    assert isinstance(page, Plain)
    qtbot.waitUntil(page.field.hasFocus)


def test_what_is_said_and_refused_is_shown(office: Office, window: MainWindow) -> None:
    office.context.bus.said.emit("已保存。")
    assert (window.banner.text, window.banner.property("role")) == ("已保存。", "said")
    office.context.bus.refused.emit("不行。请换一个。")
    assert (window.banner.text, window.banner.property("role")) == ("不行。请换一个。", "refused")


def test_a_sentence_over_the_head_moves_nothing_and_leaves_the_search_free(
    office: Office, window: MainWindow, qapp: QApplication
) -> None:
    qapp.processEvents()
    before = window.stack.geometry()
    office.context.bus.refused.emit("这一行不能导入。请看第3行第2列的身份证件号。" * 6)
    qapp.processEvents()
    assert window.stack.geometry() == before
    right = window.banner.mapTo(window, window.banner.rect().topRight()).x()
    assert right < window.head.search.mapTo(window, window.head.search.rect().topLeft()).x()
    layout = window.banner.layout()
    assert layout is not None
    assert window.banner.height() >= layout.totalHeightForWidth(window.banner.width())


def test_a_refusal_goes_with_esc_and_with_its_page(office: Office, window: MainWindow) -> None:
    for leave in (
        lambda: press(window, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        lambda: window.go("cases"),
    ):
        office.context.bus.refused.emit("不行。请换一个。")
        assert window.banner.isVisible()
        leave()
        assert not window.banner.isVisible()


def test_while_something_is_written_nobody_is_told_that_all_is_saved(
    office: Office, window: MainWindow
) -> None:
    go_on = Event()
    office.context.tasks.keep(window, lambda: go_on.wait(10), then=lambda _value: None)
    assert window.status.labels[0].isHidden()
    go_on.set()
    office.settle()
    assert not window.status.labels[0].isHidden()


def test_an_open_panel_has_the_keyboard_when_its_page_is_shown_again(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.go("cases")
    panel, field = SidePanel(window.page), QLineEdit()
    panel.present("请假", field, [], lambda: bool(field.text()))
    qtbot.keyClicks(field, "abc")
    window.go("today")
    window.go("cases")
    qtbot.waitUntil(field.hasFocus)
    panel.dismiss()


def test_a_bug_is_shown_with_a_report(office: Office, window: MainWindow) -> None:
    office.context.bus.crashed.emit("ValueError\nrows.py:33 set_rows")
    dialog = next(one for one in window.findChildren(QDialog) if one.windowTitle() == "程序出错")
    assert dialog.isVisible()
    dialog.close()


def test_a_new_name_of_the_unit_stands_in_the_title_at_once(office: Office, window: MainWindow) -> None:
    office.context.tasks.write(window.page, save_unit_form, {"单位名称": "石桥中心小学"})
    office.settle()
    office.settle()
    assert window.windowTitle() == "归学 — 石桥中心小学"
    assert office.context.unit == "石桥中心小学"


def test_the_status_line_says_that_something_is_under_way(office: Office, window: MainWindow) -> None:
    seen: list[str] = []
    office.context.tasks.busy.connect(lambda _running: seen.append(window.status._busy.text()))
    office.context.tasks.read(window, unit_form, then=lambda _value: None)
    office.settle()
    assert seen == ["正在处理…", ""]


def test_a_person_who_wants_to_work_here_starts_anew(office: Office, window: MainWindow) -> None:
    asked: list[Any] = []
    office.context.restart = lambda *how: asked.append(how)
    window.head.switch_wanted.emit()
    assert asked == [(None, "")]


def test_without_a_backup_the_status_line_says_so(office: Office, window: MainWindow) -> None:
    facts = office.program.read(window_facts)
    window.status.show_facts(replace(facts, last_backup=None))
    assert window.status.labels[1].text() == "还没有备份"
    window.status.show_facts(replace(facts, last_backup=date(2026, 11, 2)))
    assert window.status.labels[1].text() == "上次备份 2026年11月2日（18天前）"


def test_a_long_unit_name_leaves_the_search_box_in_the_window(office: Office, qapp: QApplication) -> None:
    def rename(desk: Desk) -> None:
        desk.tx.change(Unit, desk.unit.id, name="某某自治县某某镇九年一贯制民族寄宿学校" * 4)

    office.program.write(rename)
    dress(qapp, 150)
    window = shown(office, [])
    window.resize(1280, 720)
    head = window.head
    assert head.operator.geometry().right() <= head.width()
    assert head.search.width() >= head.search.minimumWidth()
    assert window.width() == 1280


@pytest.mark.parametrize(("scale", "size"), [(100, (1366, 768)), (125, (1280, 720)), (150, (1280, 720))])
def test_no_words_of_shell_and_settings_are_cut_off(
    office: Office, qapp: QApplication, scale: int, size: tuple[int, int]
) -> None:
    dress(qapp, scale)
    window = shown(office, [])
    window.resize(*size)
    window.go("settings")
    page = window.page
    assert isinstance(page, SettingsPage)
    for place in range(page.names.count()):
        page.names.setCurrentRow(place)
        office.settle()
        # Words that came a moment ago get their room with the next layout.
        office.qtbot.waitUntil(lambda: cut_off(window) == [])
    assert (window.width(), window.height()) == size


def test_on_a_screen_smaller_than_its_pages_the_window_fits_and_the_page_scrolls(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1280×720 enlarged to 150 % by the system leaves 853×480."""
    room = QSize(853, 448)
    monkeypatch.setattr(main_window, "room_on_screen", lambda _window: room)
    made = MainWindow(office.context, make_pages(office.context), lambda _page: None)
    office.add(made)
    made.show()
    made.go("roll")
    office.settle()
    assert (made.width(), made.height()) == (853, 448)
    page = made.page
    assert isinstance(page, RollPage)
    area = next(one for one in made.findChildren(QScrollArea) if one.isAncestorOf(page))
    office.application.processEvents()
    for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
        bar.setValue(bar.maximum())
    corner = page.foot.save.mapTo(area.viewport(), page.foot.save.rect().bottomRight())
    assert area.viewport().rect().contains(corner)
    assert made.status.mapTo(made, made.status.rect().bottomRight()).y() < 448


def cut_off(window: MainWindow) -> list[str]:
    """The words of labels and buttons that need more room than they have."""
    shown_ones = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
    return [
        one.text()
        for one in shown_ones
        if one.isVisible()
        and not (isinstance(one, QLabel) and (one.wordWrap() or type(one) is not QLabel))
        and one.sizeHint().width() > one.width()
    ]
