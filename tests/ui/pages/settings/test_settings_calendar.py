"""设置: 学期与校历 by keyboard: terms, days set by hand with their reason, the holidays of a new year."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPlainTextEdit, QPushButton

from app.domain.records import CalendarDay, Term
from app.service.office.calendars import set_term
from app.service.office.desk import Desk
from app.service.screens.settings import terms
from tests.ui.conftest import Office
from tests.ui.pages.settings import settings_at_hand
from tests.ui.pages.settings.settings_at_hand import alt, enter_twice, part, press, typed_into
from ui.pages.settings import calendar as calendar_part
from ui.pages.settings.calendar import CalendarPart
from ui.pages.settings.calendar_panels import DaysForm, HolidayForm, TermForm
from ui.pages.settings.page import SettingsPage

told, page = settings_at_hand.told, settings_at_hand.page

NOTICE = "一、元旦：1月1日（周五）至3日（周日）放假调休，共3天。1月10日（周日）上班。"


@pytest.fixture
def calendar(office: Office, page: SettingsPage) -> CalendarPart:
    found = part(office, page, "calendar", CalendarPart)
    found.grid.setFocus()
    office.qtbot.waitUntil(found.grid.hasFocus)
    return found


def days_form(calendar: CalendarPart) -> DaysForm:
    found = calendar.panel.findChild(DaysForm)
    assert isinstance(found, DaysForm)
    return found


def choose(office: Office, calendar: CalendarPart, day: date) -> None:
    """Choose a day of the month shown."""
    calendar.grid.setCurrentIndex(calendar.model.place(day))
    office.settle()


def set_by(office: Office, calendar: CalendarPart, key: str, reason: str) -> None:
    """Press a key on the chosen day, type the reason, and Enter; once more where it touches rolls on record."""
    ask_by(office, calendar, key, reason)
    if days_form(calendar).effects.isVisible():
        office.qtbot.keyClick(days_form(calendar).reason, Qt.Key.Key_Return)
        office.settle()
        office.settle()


def ask_by(office: Office, calendar: CalendarPart, key: str, reason: str) -> None:
    """Press a key on the chosen day, type the reason, and Enter once."""
    office.qtbot.keyClick(calendar.grid, key)
    field = days_form(calendar).reason
    office.qtbot.waitUntil(lambda: QApplication.focusWidget() is field)
    field.setEditText(reason)  # as an input method puts it in
    office.qtbot.keyClick(field, Qt.Key.Key_Return)
    office.settle()
    office.settle()


@pytest.mark.parametrize(
    ("key", "mark", "word"), [("T", "休", "停课"), ("B", "半天", "半天"), ("K", "课", "上课")]
)
def test_a_key_and_a_reason_set_the_chosen_day_and_it_is_said(
    office: Office, calendar: CalendarPart, told: list[str], key: str, mark: str, word: str
) -> None:
    office.qtbot.keyClick(calendar.grid, Qt.Key.Key_Left)
    set_by(office, calendar, key, "修水管")
    assert calendar.model.place(date(2026, 11, 19)).data() == f"✎19　{mark} 修水管"
    assert calendar.why.text() == f"11月19日：本单位设为{word}：修水管"
    assert told == [f"已设为{word}：11月19日，修水管。连续旷课会重新计算。"]
    assert not calendar.panel.isVisible()


def test_enter_pressed_twice_saves_once(office: Office, calendar: CalendarPart, told: list[str]) -> None:
    choose(office, calendar, date(2026, 11, 23))
    office.qtbot.keyClick(calendar.grid, "T")
    days_form(calendar).reason.setCurrentText("停电")
    enter_twice(office, days_form(calendar).last)
    office.settle()
    alt(office, calendar.set_term)
    form = term_form(calendar)
    form.first.setText("2027-02-22")
    form.last.setText("2027-07-09")
    enter_twice(office, form.last)
    office.settle()
    alt(office, calendar.enter)
    holiday_form(calendar).text.setPlainText(NOTICE)
    save = next(one for one in calendar.panel.findChildren(QPushButton) if one.text() == "保存")
    save.setFocus()
    enter_twice(office, save)
    office.settle()
    assert [words.partition("。")[0] for words in told] == [
        "已设为停课：11月23日，停电",
        "学期已保存",
        "2027年的放假安排已保存，共4天",
    ]


def test_a_day_set_without_a_reason_is_not_saved(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    set_by(office, calendar, "T", "")
    assert told[0].startswith("请写原因")
    assert calendar.panel.isVisible()


TOUCHED = ("五年级1班11月20日已经点名，3人旷课", "2026-001的立案依据变成2天，不够立案，个案作废")


@pytest.fixture
def touching(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, date, str]]:
    """Setting any day touches a roll and a case; what was asked about."""
    asked: list[tuple[date, date, str]] = []

    def effects(_desk: Desk, first: date, last: date, kind: str) -> tuple[str, ...]:
        asked.append((first, last, kind))
        return TOUCHED

    monkeypatch.setattr(calendar_part, "closure_effects", effects)
    return asked


def test_what_a_late_closure_touches_is_said_before_it_is_saved(
    office: Office, calendar: CalendarPart, told: list[str], touching: list[tuple[date, date, str]]
) -> None:
    ask_by(office, calendar, "T", "暴雨停课")
    form = days_form(calendar)
    assert touching == [(date(2026, 11, 20), date(2026, 11, 20), "off")]
    assert all(f"· {sentence}" in form.effects.text() for sentence in TOUCHED)
    assert form.effects.isVisible()
    assert (told, calendar.panel.isVisible()) == ([], True)
    assert office.program.read(lambda desk: desk.tx.find(CalendarDay)) == []
    press(office, calendar.panel, "仍设为停课")
    assert told == ["已设为停课：11月20日，暴雨停课。连续旷课会重新计算。"]
    assert [one.note for one in office.program.read(lambda desk: desk.tx.find(CalendarDay))] == ["暴雨停课"]


def test_other_days_are_asked_about_anew(
    office: Office, calendar: CalendarPart, touching: list[tuple[date, date, str]]
) -> None:
    ask_by(office, calendar, "T", "暴雨停课")
    days_form(calendar).last.setText("1124")
    press(office, calendar.panel, "仍设为停课")
    assert touching[1:] == [(date(2026, 11, 20), date(2026, 11, 24), "off")]
    assert calendar.panel.isVisible()
    assert office.program.read(lambda desk: desk.tx.find(CalendarDay)) == []


def test_where_nothing_is_touched_one_press_saves(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    """The demo called no roll on the Monday to come."""
    choose(office, calendar, date(2026, 11, 23))
    ask_by(office, calendar, "T", "暴雨停课")
    assert told == ["已设为停课：11月23日，暴雨停课。连续旷课会重新计算。"]


def test_a_term_the_county_set_is_shown_as_the_countys_and_cannot_be_taken_back_here(
    office: Office, calendar: CalendarPart
) -> None:
    def county_term(desk: Desk) -> None:
        county = desk.units.above(desk.unit.id, "县")
        assert county is not None
        for one in desk.tx.find(Term):
            desk.tx.withdraw(Term, one.id, desk.today, "由县里设")
        desk.tx.add(
            Term(
                id=desk.tx.new_id(), unit_id=county.id, first_day=date(2026, 9, 1), last_day=date(2027, 1, 29)
            )
        )

    office.program.write(county_term)
    calendar.refresh()
    office.settle()
    assert "2026-09-01 至 2027-01-29（县里设的）" in calendar.terms.text()
    alt(office, calendar.set_term)
    office.settle()
    words = [one.text() for one in term_form(calendar).findChildren(QLabel)]
    assert "2026-09-01 至 2027-01-29　县里设的" in words
    assert not [one for one in term_form(calendar).findChildren(QPushButton) if one.text() == "删去"]


def test_common_reasons_are_offered(office: Office, calendar: CalendarPart) -> None:
    office.qtbot.keyClick(calendar.grid, "T")
    field = days_form(calendar).reason
    assert isinstance(field, QComboBox)
    assert "暴雨停课" in [field.itemText(place) for place in range(field.count())]
    assert field.currentText() == ""


def test_a_span_leaves_out_the_days_that_are_no_school_anyway(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    office.qtbot.keyClick(calendar.grid, "T")
    form = days_form(calendar)
    form.last.setText("1124")
    form.reason.setCurrentText("暴雪停课")
    press(office, calendar.panel, "设为停课")
    press(office, calendar.panel, "仍设为停课")
    assert told == ["已设为停课：11月20日至11月24日（共3天），暴雪停课。连续旷课会重新计算。"]
    assert calendar.model.place(date(2026, 11, 21)).data() == "21　休"


def test_a_later_beginning_takes_the_end_along(office: Office, calendar: CalendarPart) -> None:
    office.qtbot.keyClick(calendar.grid, "T")
    form = days_form(calendar)
    form.first.setText("1203")
    form.first.settle()
    assert form.last.text() == "2026-12-03"


def test_a_day_set_by_hand_is_set_back_with_delete(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    assert not calendar.reset.isEnabled()
    set_by(office, calendar, "T", "停电")
    assert calendar.reset.isEnabled()
    office.qtbot.keyClick(calendar.grid, Qt.Key.Key_Delete)
    office.settle()
    office.settle()
    said = " ".join(one.text() for one in calendar.panel.findChildren(QLabel))
    assert "将" in said and "个案2026-00" in said  # days of 旷课 come back
    assert calendar.model.place(date(2026, 11, 20)).data() == "✎20　休 停电"
    press(office, calendar.panel, "仍改回")
    assert calendar.model.place(date(2026, 11, 20)).data() == "20　课"
    assert told[-1] == "11月20日已改回按国家安排。连续旷课会重新计算。"


def test_pages_turn_the_months_and_a_year_without_holidays_is_said(
    office: Office, calendar: CalendarPart
) -> None:
    assert not calendar.lacking.isVisible()
    for _ in range(2):
        office.qtbot.keyClick(calendar.grid, Qt.Key.Key_PageDown)
        office.settle()
    assert calendar.title.text() == "2027年1月"
    assert calendar.lacking.text().startswith("▲ 2027年的放假安排还没有")
    for _ in range(13):
        office.qtbot.keyClick(calendar.grid, Qt.Key.Key_PageUp)
        office.settle()
    assert calendar.title.text() == "2025年12月"


def test_a_term_is_set(office: Office, calendar: CalendarPart, told: list[str]) -> None:
    alt(office, calendar.set_term)
    typed_into(office, QApplication.focusWidget(), "0907")
    press(office, calendar.panel, "保存")
    assert told == ["开学和放假的日期都要填。"]
    form = term_form(calendar)
    typed_into(office, form.last, "0115")
    office.qtbot.keyClick(form.last, Qt.Key.Key_Return)
    office.settle()
    office.settle()
    assert form.effects.isVisible()  # the demo called its classes from 1 September on
    assert "9月1、2、3、4日已有24个班次的点名记录" in form.effects.text()
    assert len(told) == 1
    press(office, calendar.panel, "仍保存")
    assert told[-1] == "学期已保存。连续旷课会重新计算。"
    found = office.program.read(terms)[-1]
    assert (found.first, found.last) == (date(2026, 9, 7), date(2027, 1, 15))
    assert "2026-09-07 至 2027-01-15" in calendar.terms.text()
    assert not calendar.panel.isVisible()


def term_form(calendar: CalendarPart) -> TermForm:
    found = calendar.panel.findChild(TermForm)
    assert isinstance(found, TermForm)
    return found


def test_the_end_of_the_second_term_is_after_its_beginning_though_typed_in_autumn(
    office: Office, calendar: CalendarPart
) -> None:
    alt(office, calendar.set_term)
    form = term_form(calendar)
    form.first.setText("0301")
    form.first.settle()
    form.last.setText("0710")
    form.last.settle()
    assert form.days() == (date(2027, 3, 1), date(2027, 7, 10), "")


def test_past_terms_are_listed_and_one_set_by_mistake_is_taken_back(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    alt(office, calendar.set_term)
    form = term_form(calendar)
    form.first.setText("2025-09-01")
    form.last.setText("2026-01-16")
    press(office, calendar.panel, "保存")
    alt(office, calendar.set_term)
    office.settle()
    drops = [one for one in calendar.panel.findChildren(QPushButton) if one.text() == "删去"]
    assert [one.accessibleName() for one in drops] == [
        "删去2026-09-01 至 2027-01-22",
        "删去2025-09-01 至 2026-01-16",
    ]
    drops[1].click()
    office.settle()
    office.settle()
    assert told[-1].startswith("已删去2025-09-01开学的学期")
    assert date(2025, 9, 1) not in {one.first for one in office.program.read(terms) if not one.usual}


def holiday_form(calendar: CalendarPart) -> HolidayForm:
    found = calendar.panel.findChild(HolidayForm)
    assert isinstance(found, HolidayForm)
    return found


def test_the_sentences_of_the_notice_are_pasted_in_and_said_back_before_they_are_saved(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    alt(office, calendar.enter)
    form = holiday_form(calendar)
    office.qtbot.waitUntil(form.text.hasFocus)
    form.text.setPlainText("元旦放假")
    assert form.understood.text().startswith("第1行“元旦放假”看不懂")
    press(office, calendar.panel, "保存")
    assert told[-1].startswith("第1行“元旦放假”看不懂")
    form.text.setPlainText(NOTICE)
    assert form.understood.text() == (
        "读成：\n元旦：1月1日（周五）至1月3日（周日）放假，共3天\n元旦调休：1月10日（周日）上班"
    )
    press(office, calendar.panel, "保存")
    assert told[-1] == "2027年的放假安排已保存，共4天。连续旷课会重新计算。"
    for _ in range(2):
        office.qtbot.keyClick(calendar.grid, Qt.Key.Key_PageDown)
        office.settle()
    assert not calendar.lacking.isVisible()
    assert calendar.model.place(date(2027, 1, 1)).data() == "1　休 元旦"
    assert calendar.model.place(date(2027, 1, 10)).data() == "10　课 调休"


def test_a_year_that_is_none_is_said_and_not_saved(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    alt(office, calendar.enter)
    form = holiday_form(calendar)
    form.year.setText("明年")
    form.text.setPlainText(NOTICE)
    assert form.understood.text() == "年份“明年”不对。请写四位数字，例如2027。"
    press(office, calendar.panel, "保存")
    assert told == ["年份“明年”不对。请写四位数字，例如2027。"]


def test_a_holiday_table_is_read_from_a_file(
    office: Office, calendar: CalendarPart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "放假.txt"
    file.write_text(NOTICE, encoding="gbk")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(file), ""))
    alt(office, calendar.enter)
    alt(office, holiday_form(calendar).read)
    text = calendar.panel.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    assert text.toPlainText() == NOTICE


def test_taking_the_present_term_back_is_pressed_twice(
    office: Office, calendar: CalendarPart, told: list[str]
) -> None:
    """Replaced by a shorter one first, so that days called before it come back into a term when that one goes."""
    office.program.write(set_term, date(2026, 11, 19), date(2027, 1, 15))
    alt(office, calendar.set_term)
    office.settle()
    form = term_form(calendar)
    drop = next(
        one for one in form.findChildren(QPushButton) if one.accessibleName().startswith("删去2026-11-19")
    )
    drop.click()
    office.settle()
    assert form.effects.isVisible() and "将恢复" in form.effects.text()
    assert drop.text() == "仍删去"
    assert told == []
    drop.click()
    office.settle()
    office.settle()
    assert told[-1].startswith("已删去2026-11-19开学的学期")
    assert not form.effects.isVisible()
