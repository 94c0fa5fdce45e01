"""The page 今日 over a real school, by keyboard."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from app.domain.changes import Changes
from app.service.cases.numbers import find_case
from app.service.rolls.roll_call import take_roll
from app.service.screens.today import QuietFact, TaskRow, TodayView
from tests.helpers.window import task_row
from tests.ui.conftest import Office
from ui.pages.today.page import NOTHING, TodayPage


def shown(office: Office) -> TodayPage:
    page = TodayPage(office.context)
    office.qtbot.addWidget(page)
    page.resize(1200, 640)
    page.show()
    page.activateWindow()
    page.setFocus()
    office.settle()
    return page


@pytest.fixture
def page(office: Office) -> TodayPage:
    return shown(office)


def test_a_fact_that_leaves_something_to_do_leads_there(office: Office, page: TodayPage) -> None:
    went: list[tuple[str, Any]] = []
    office.context.bus.go.connect(lambda key, target: went.append((key, target)))
    fact, done = QuietFact("今天还有2个班没点名", "roll"), QuietFact("上次备份 今天")
    page._show(TodayView((), (fact, done), "", True))
    links = [one for one in page.findChildren(QPushButton) if one.property("role") == "fact"]
    assert [one.text() for one in links if one.parent()] == ["今天还有2个班没点名"]
    office.qtbot.keyClick(links[-1], Qt.Key.Key_Space)
    assert went == [("roll", {})]


def titles(page: TodayPage) -> list[str]:
    return [row.title for row in page.list.tasks.rows if isinstance(row, TaskRow)]


def test_the_page_shows_what_is_to_be_done_and_the_quiet_facts(page: TodayPage) -> None:
    assert "周文静（五年级1班）　填写疑似辍学学生报告单，报告乡镇；在学籍系统标注疑似辍学" in titles(page)
    assert page.facts[:2] == ["今天各班都点了名", "无法判定 0人"]
    assert page.empty.isHidden()
    assert page.quiet.isHidden()


def test_down_and_enter_open_the_form_filled_as_far_as_known(office: Office, page: TodayPage) -> None:
    with office.qtbot.waitSignal(office.context.bus.go) as heard:
        office.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    case = office.program.read(find_case, "2026-003").id
    assert heard.args == ["papers", {"kind": "报告单", "case": case}]
    office.qtbot.keyClick(page.list, Qt.Key.Key_Down)  # another report, whose child promised to be back
    office.qtbot.keyClick(page.list, Qt.Key.Key_Down)
    with office.qtbot.waitSignal(office.context.bus.go) as heard:
        office.qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert (heard.args[0], heard.args[1]["contact"]) == ("cases", True)


def test_what_was_done_elsewhere_leaves_the_list(office: Office, page: TodayPage) -> None:
    assert "一年级1班补记点名" in titles(page)
    office.context.tasks.write(page.board, take_roll, "一年级1班", date(2026, 11, 19))
    office.qtbot.waitUntil(lambda: "一年级1班补记点名" not in titles(page))


def test_a_change_that_is_not_shown_here_is_not_read(office: Office, page: TodayPage) -> None:
    office.context.bus.changed.emit(Changes({"staff": frozenset({"x"})}), None)
    assert office.context.tasks.running == 0


def test_a_hidden_page_reads_when_it_is_shown_again(office: Office, page: TodayPage) -> None:
    page.hide()
    office.context.tasks.write(page.board, take_roll, "一年级1班", date(2026, 11, 19))
    office.settle()
    assert "一年级1班补记点名" in titles(page)
    page.show()
    office.qtbot.waitUntil(lambda: "一年级1班补记点名" not in titles(page))


def test_without_anything_urgent_the_page_says_so_above_the_list(page: TodayPage) -> None:
    later = (task_row("等学生返校", "waiting"),)
    page._show(TodayView(later, (), "下一件是明天：点名。", True))
    assert page.quiet.text() == f"{NOTHING}下一件是明天：点名。"
    assert page.quiet.isVisible()
    assert page.list.isVisible()


def test_an_empty_list_says_so_and_names_what_comes_first(page: TodayPage) -> None:
    page._show(TodayView((), (), "下一个上课日是2026年11月23日 周一。", True))
    assert page.nothing.text() == f"{NOTHING}\n下一个上课日是2026年11月23日 周一。"
    assert page.empty.isVisible()
    assert not page.list.isVisible()
    assert page.start.isHidden()


def test_a_school_without_a_roster_is_shown_the_way_to_it(new_school: Office) -> None:
    page = shown(new_school)
    assert page.start.isVisible()
    assert titles(page) == ["恢复码还没有打印或抄下", "本学期还没有设"]
    assert "还没有导入名册" in page.facts
    with new_school.qtbot.waitSignal(new_school.context.bus.go) as heard:
        new_school.qtbot.keyClick(page.start, Qt.Key.Key_Space)
    assert heard.args == ["students", {"import": True}]


def test_the_pictures_are_one_key_away_and_the_list_too(office: Office, page: TodayPage) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    office.qtbot.keyClick(page, Qt.Key.Key_G, alt)
    office.settle()
    assert page.board.isVisible()
    assert "五年级1班：旷课5人天" in page.board.weeks.words
    office.qtbot.keyClick(page, Qt.Key.Key_D, alt)
    assert page.list.isVisible()


def test_the_page_says_its_keys(page: TodayPage) -> None:
    assert ("回车", "去办") in page.commands()
    assert page.list.accessibleName() == "今天要办的事"


def test_a_backup_made_elsewhere_is_known_here_at_once(new_school: Office) -> None:
    page = shown(new_school)
    assert "还没有备份" in page.facts
    new_school.program.make_backup()
    new_school.context.bus.backed_up.emit()
    new_school.settle()
    assert "上次备份 今天" in page.facts
