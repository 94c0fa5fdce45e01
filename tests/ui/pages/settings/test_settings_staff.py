"""设置: 人员 by keyboard: add, correct, leave."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLineEdit

from app.service.children.staff import list_staff
from tests.ui.conftest import Office
from tests.ui.pages.settings import settings_at_hand
from tests.ui.pages.settings.settings_at_hand import alt, enter_twice, part, press
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.staff import StaffPart
from ui.widgets import side_panel

told, page = settings_at_hand.told, settings_at_hand.page


@pytest.fixture
def staff(office: Office, page: SettingsPage) -> StaffPart:
    return part(office, page, "staff", StaffPart)


def fill(staff: StaffPart, **values: str) -> None:
    """Type into the open form."""
    assert staff.form is not None
    for name, text in values.items():
        field = staff.form.field(name)
        assert isinstance(field, QLineEdit)
        field.setText(text)


def add(office: Office, staff: StaffPart, **values: str) -> None:
    alt(office, staff.add)
    fill(staff, **values)
    press(office, staff.panel, "保存")


def test_a_colleague_is_added_and_listed(office: Office, staff: StaffPart, told: list[str]) -> None:
    assert staff.empty.isVisible()
    assert not staff.departure.isEnabled()
    add(office, staff, 姓名="周老师", 电话="13900001234", 班主任="五年级1班", 包村="上湾村")
    assert told == ["周老师已保存。"]
    cells = [staff.model.index(0, column).data() for column in range(staff.model.columnCount())]
    assert cells == ["周老师", "", "13900001234", "2026-11-20 起", "班主任：五年级1班；包村：上湾村"]
    assert not staff.empty.isVisible()


def test_a_number_that_cannot_be_one_is_said_when_it_is_saved(office: Office, staff: StaffPart) -> None:
    with office.qtbot.waitSignal(office.context.bus.refused) as warned:
        add(office, staff, 姓名="周老师", 电话="12345")
    assert warned.args == ["周老师已保存。但是电话“12345”位数不对，请核对。"]
    assert staff.panel.isHidden()


def test_enter_opens_the_one_chosen_and_enter_saves_the_correction(office: Office, staff: StaffPart) -> None:
    add(office, staff, 姓名="周老师")
    staff.list.setFocus()
    office.qtbot.keyClick(staff.list, Qt.Key.Key_Return)
    assert staff.form is not None
    fill(staff, 电话="13900005678")
    assert staff.is_dirty()
    office.qtbot.keyClick(staff.form.field("电话"), Qt.Key.Key_Return)
    office.settle()
    assert office.program.read(list_staff)[0].phone == "13900005678"
    assert not staff.is_dirty()


def test_enter_pressed_twice_saves_once(office: Office, staff: StaffPart, told: list[str]) -> None:
    alt(office, staff.add)
    fill(staff, 姓名="周老师")
    assert staff.form is not None
    enter_twice(office, staff.form.field("电话"))
    office.settle()
    alt(office, staff.departure)
    enter_twice(office, staff.form.field("最后一天"))
    office.settle()
    assert told == ["周老师已保存。", "周老师已记离任，到2026-11-20为止。"]


def test_a_form_that_was_kept_is_the_one_that_is_saved(
    office: Office, staff: StaffPart, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(side_panel, "may_discard", lambda _panel: False)
    alt(office, staff.add)
    fill(staff, 姓名="周老师")
    staff.add.click()  # another form, which the person then does not want
    office.application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert staff.is_dirty()
    press(office, staff.panel, "保存")
    assert told == ["周老师已保存。"]


def test_a_class_that_is_not_there_is_said_and_the_form_stays(
    office: Office, staff: StaffPart, told: list[str]
) -> None:
    add(office, staff, 姓名="周老师", 班主任="九年级9班")
    assert told[-1].startswith("没有班级“九年级9班”")
    assert staff.panel.isVisible()


def test_who_left_is_seen_only_when_asked_for(office: Office, staff: StaffPart, told: list[str]) -> None:
    add(office, staff, 姓名="周老师")
    alt(office, staff.departure)
    fill(staff, 最后一天="")
    press(office, staff.panel, "记离任")
    assert told[-1] == "请写在这里的最后一天。"
    fill(staff, 最后一天="昨天")
    press(office, staff.panel, "记离任")
    assert "早于到任日期" in told[-1]
    fill(staff, 最后一天="今天")
    press(office, staff.panel, "记离任")
    assert told[-1] == "周老师已记离任，到2026-11-20为止。"
    office.program.today = office.program.today.replace(day=21)
    staff.refresh()
    office.settle()
    assert staff.model.rowCount() == 0
    staff.everybody.click()
    office.settle()
    assert staff.model.index(0, 3).data() == "2026-11-20 至 2026-11-20"
