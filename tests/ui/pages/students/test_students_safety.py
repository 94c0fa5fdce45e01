"""学生: nothing of one child is ever shown as another's, no form is saved twice, nothing typed is lost."""

from concurrent.futures import Future
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from app.domain.changes import Changes
from app.service.children.students import NewStudent, add_student
from app.service.screens.students import save_student
from app.service.screens.students_rows import ChildRow, student_rows
from tests.ui.conftest import Office
from tests.ui.pages.students import students_at_hand
from tests.ui.pages.students.students_at_hand import EVERYONE
from ui.pages.students.page import StudentsPage
from ui.widgets import side_panel

page = students_at_hand.page

KEY = Qt.Key


class Held:
    """The data workers kept busy, so that every answer is still to come."""

    def __init__(self, office: Office) -> None:
        self._free = Event()
        work = (office.program.submit_read, office.program.submit_write)
        self._work: list[Future[Any]] = [submit(lambda _desk: self._free.wait(20)) for submit in work]

    def let_go(self) -> None:
        self._free.set()
        for one in self._work:
            one.result()


def field(page: StudentsPage, name: str) -> QLineEdit:
    return next(one for one in page.panel.findChildren(QLineEdit) if one.accessibleName() == name)


def open_first(page: StudentsPage, office: Office) -> tuple[ChildRow, ChildRow]:
    """Two neighbours who have numbers, the first one open beside the table."""
    first, second = page.model.rows[:2]
    page.view.selectRow(0)
    page.open_current(focus=False)
    office.settle()
    return first, second


def test_a_number_asked_for_is_not_shown_under_the_next_childs_name(
    page: StudentsPage, office: Office
) -> None:
    first, _second = open_first(page, office)
    held = Held(office)
    page.detail.facts.eye.click()
    page.view.selectRow(1)
    held.let_go()
    office.settle()
    assert first.numbers.split()[0] not in page.detail.facts.values["身份证件号"].text()
    assert not page.detail.facts.timer.isActive()


def test_until_a_child_is_read_its_name_stands_alone_and_no_number_can_be_asked_for(
    page: StudentsPage, office: Office
) -> None:
    _first, second = open_first(page, office)
    held = Held(office)
    page.view.selectRow(1)
    assert page.detail.accessibleName().startswith(second.name)
    assert not page.detail.facts.isVisible()
    page.detail.facts.eye.click()
    held.let_go()
    office.qtbot.waitUntil(page.detail.facts.isVisible)
    assert page.detail.facts.values["姓名"].text() == second.name
    logged = office.program.read(lambda desk: desk.tx.rows("SELECT row_id FROM access_log"))
    assert logged == []


def test_the_days_of_the_child_before_are_not_seen_while_the_next_ones_are_read(
    page: StudentsPage, office: Office
) -> None:
    _first, second = open_first(page, office)
    page.detail.tabs.setCurrentIndex(2)
    office.settle()
    assert page.detail.calendar.isVisible()
    held = Held(office)
    page.detail.show_student(second, now=True)
    assert not page.detail.calendar.isVisible()
    held.let_go()
    office.settle()
    assert page.detail.calendar.isVisible()


def test_enter_pressed_twice_enters_a_child_once(page: StudentsPage, office: Office) -> None:
    page.add()
    name = field(page, "姓名")
    name.setText("欧阳小满")
    students_at_hand.choose(page, "怎样来", "没有上学")
    held = Held(office)
    office.qtbot.keyClick(name, KEY.Key_Return)
    office.qtbot.keyClick(name, KEY.Key_Return)
    office.qtbot.keyClick(page.panel, "s", Qt.KeyboardModifier.ControlModifier)
    held.let_go()
    office.settle()
    names = [row.name for row in office.program.read(student_rows)]
    assert names.count("欧阳小满") == 1


def test_a_refused_form_can_be_corrected_where_the_person_was(page: StudentsPage, office: Office) -> None:
    page.add()
    field(page, "姓名").setText("欧阳小满")
    students_at_hand.choose(page, "怎样来", "没有上学")
    number = field(page, "身份证件号")
    number.setText("123")
    office.qtbot.keyClick(number, KEY.Key_Return)
    office.settle()
    assert number.isEnabled()
    number.setText("")
    office.qtbot.keyClick(number, KEY.Key_Return)
    office.settle()
    assert page.panel.isHidden()


@pytest.mark.parametrize("leave", ["esc", "another row"])
def test_a_form_that_is_being_saved_cannot_be_left_so_that_a_refusal_finds_it(
    page: StudentsPage, office: Office, leave: str
) -> None:
    open_first(page, office)
    page.detail.ask_edit()
    number = field(page, "身份证件号")
    number.setText("123")
    held = Held(office)
    office.qtbot.keyClick(number, KEY.Key_Return)
    if leave == "esc":
        office.qtbot.keyClick(page.panel, KEY.Key_Escape)
    else:
        page.view.selectRow(1)
    with office.qtbot.waitSignal(office.context.bus.refused):
        held.let_go()
    office.settle()
    assert page.panel.isVisible()
    assert (number.text(), number.isEnabled()) == ("123", True)
    assert page.view.currentIndex().row() == 0


def test_e_right_after_down_opens_the_form_of_the_child_that_arrives(
    page: StudentsPage, office: Office
) -> None:
    _first, second = open_first(page, office)
    office.qtbot.keyClick(page.view, KEY.Key_Down)
    office.qtbot.keyClick(page.view, KEY.Key_E)
    office.qtbot.waitUntil(page.panel.isVisible)
    assert field(page, "姓名").text() == second.name


def test_e_without_a_child_beside_the_table_opens_child_and_form(page: StudentsPage, office: Office) -> None:
    page.view.selectRow(3)
    office.qtbot.keyClick(page.view, KEY.Key_E)
    office.settle()
    assert page.panel.isVisible()
    assert field(page, "姓名").text() == page.model.rows[3].name


def test_another_row_does_not_leave_a_typed_form_behind(
    page: StudentsPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = open_first(page, office)
    page.detail.ask_edit()
    field(page, "村").setText("新建村")
    monkeypatch.setattr(side_panel, "may_discard", lambda _parent: False)
    page.view.selectRow(1)
    office.qtbot.waitUntil(lambda: page.view.currentIndex().row() == 0)
    assert page.detail.student == first.id
    assert page.panel.isVisible()
    assert not page.may_leave()
    monkeypatch.setattr(side_panel, "may_discard", lambda _parent: True)
    page.view.selectRow(1)
    office.settle()
    assert page.detail.student == second.id
    assert page.panel.isHidden()
    assert page.may_leave()


def test_a_child_asked_for_by_another_page_does_not_stand_beside_a_typed_form_of_another(
    page: StudentsPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = open_first(page, office)
    page.detail.ask_edit()
    field(page, "村").setText("新建村")
    monkeypatch.setattr(side_panel, "may_discard", lambda _parent: False)
    page.hide()  # as it is while another page asks for the child
    page.open_target({"student": second.id})
    page.show()
    office.settle()
    assert page.detail.student == first.id
    assert page.panel.isVisible()
    monkeypatch.setattr(side_panel, "may_discard", lambda _parent: True)
    page.open_target({"student": second.id})
    office.settle()
    assert page.detail.student == second.id
    assert page.panel.isHidden()


def correct_name_under_filter(page: StudentsPage, office: Office) -> ChildRow:
    """Filter for a child by its name and give it another one; the child as it was."""
    child = page.model.rows[3]
    page.filters.text.setText(child.name)
    page.view.setFocus()
    page.open_current(focus=False)
    office.settle()
    page.detail.ask_edit()
    field(page, "姓名").setText("胡健国")
    office.qtbot.keyClick(field(page, "姓名"), KEY.Key_Return)
    office.settle()
    return child


def test_a_corrected_child_stays_in_sight_until_the_filter_changes_and_the_keyboard_stays_in_the_table(
    page: StudentsPage, office: Office
) -> None:
    page.activateWindow()
    child = correct_name_under_filter(page, office)
    assert [(row.id, row.name) for row in page.model.rows] == [(child.id, "胡健国")]
    assert page.detail.isVisible()
    assert page.detail.facts.values["姓名"].text() == "胡健国"
    assert page.focusWidget() is page.view
    page.filters.text.setText(f"{child.name} ")
    assert not page.model.rows


def test_what_was_corrected_elsewhere_while_no_row_fits_is_read_before_the_child_is_seen_again(
    page: StudentsPage, office: Office
) -> None:
    first, _second = open_first(page, office)
    page.filters.text.setText("没有这个人")
    assert not page.detail.isVisible()
    office.context.tasks.write(
        page.filters, save_student, first.id, {"姓名": "胡健国"}, then=lambda _done: None
    )
    office.settle()
    page.filters.text.setText("胡健国")
    office.settle()
    assert page.detail.isVisible()
    assert page.detail.facts.values["姓名"].text() == "胡健国"


def test_a_form_nobody_typed_in_gives_way_to_the_next_child(page: StudentsPage, office: Office) -> None:
    _first, second = open_first(page, office)
    page.detail.ask_edit()
    page.view.selectRow(1)
    assert page.panel.isHidden()
    assert page.detail.student == second.id


def test_only_the_child_that_was_changed_is_read_anew(page: StudentsPage, office: Office) -> None:
    first, second = open_first(page, office)
    before = page.model.rows[1]
    done = office.program.write(save_student, first.id, {"村": "新建村"})
    office.context.bus.changed.emit(done.changes, None)
    office.settle()
    assert page.model.rows[0].village == "新建村"
    assert page.model.rows[1] is before
    assert second is before


def test_the_page_hears_of_every_table_that_may_change_a_row() -> None:
    assert {"student", "guardian", "roll", "attachment", "closure", "term", "alias"} <= StudentsPage.tables


def test_what_was_written_during_a_reading_is_read_once_after_it(page: StudentsPage, office: Office) -> None:
    rows = page.model.rows[:3]
    held = Held(office)
    heard: list[object] = []
    page.reading.read.connect(lambda _rows, ids: heard.append(ids))
    for row in rows:
        page._heard(Changes({"student": frozenset({row.id})}), None)
    held.let_go()
    office.settle()
    assert heard == [frozenset({rows[0].id}), frozenset(row.id for row in rows[1:])]


def test_a_child_added_while_the_page_was_hidden_is_opened_when_asked_for(
    page: StudentsPage, office: Office
) -> None:
    page.hide()
    done = office.program.write(add_student, NewStudent(name="欧阳小满"))
    office.context.bus.changed.emit(done.changes, None)
    page.show()
    page.open_target({"student": done.value.id})
    office.settle()
    assert page.detail.student == done.value.id


def test_esc_on_a_chooser_wants_everyone_again(page: StudentsPage, office: Office) -> None:
    page.filters.klass.setCurrentText("五年级1班")
    page.filters.text.setText("没有这个人")
    office.qtbot.keyClick(page.filters.klass, KEY.Key_Escape)
    assert len(page.model.rows) == EVERYONE


@pytest.mark.parametrize("typed", ["zhouwenjing", "wenjing", "周文静 三年级", "三年级 zwj", "周文静　３年级"])
def test_pinyin_in_full_and_several_words_find_a_child(page: StudentsPage, typed: str) -> None:
    child = next(row for row in page.model.rows if row.name == "周文静")
    page.filters.text.setText(
        typed.replace("三年级", child.class_name[:3]).replace("３年级", child.class_name[:3])
    )
    assert child.id in {row.id for row in page.model.rows}
    assert len(page.model.rows) < EVERYONE


def test_full_width_digits_are_digits(page: StudentsPage) -> None:
    number = page.model.rows[0].numbers.split()[0]
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number[6:14])
    page.filters.text.setText(wide)
    assert page.model.rows


def test_s_walks_the_columns_and_comes_back_to_the_order_of_classes(
    page: StudentsPage, office: Office
) -> None:
    as_read = [row.id for row in page.model.rows]
    page.view.selectRow(5)
    office.qtbot.keyClick(page.view, KEY.Key_S)
    assert "按姓名排列" in page.count.text()
    here = page.model.row(page.view.currentIndex())
    assert here is not None
    assert here.id == as_read[5]
    for _ in range(20):
        if "排列" not in page.count.text():
            break
        office.qtbot.keyClick(page.view, KEY.Key_S)
    assert [row.id for row in page.model.rows] == as_read


@pytest.mark.parametrize("width", [1250, 1000, 800])
def test_the_state_of_a_child_is_in_sight_at_every_width(
    page: StudentsPage, office: Office, width: int
) -> None:
    page.resize(width, 620)
    office.qtbot.waitUntil(lambda: page.view.width() < width)
    assert page.view.horizontalScrollBar().maximum() == 0
    assert not page.view.isColumnHidden(page.model.columnCount() - 1)


def test_a_number_given_to_the_wrong_child_is_taken_away_by_writing_none(
    page: StudentsPage, office: Office
) -> None:
    first, _second = open_first(page, office)
    page.detail.ask_edit()
    field(page, "身份证件号").setText("无")
    office.qtbot.keyClick(field(page, "身份证件号"), KEY.Key_Return)
    office.settle()
    (row,) = office.program.read(student_rows, [first.id])
    assert row.id_no == ""


def test_a_child_can_be_moved_to_a_class_that_is_not_there_yet(page: StudentsPage, office: Office) -> None:
    first, _second = open_first(page, office)
    page.detail.ask_edit()
    group = next(one for one in page.panel.findChildren(QComboBox) if one.accessibleName() == "班级")
    group.setCurrentText("六年级9班")
    office.qtbot.keyClick(field(page, "姓名"), KEY.Key_Return)
    office.settle()
    (row,) = office.program.read(student_rows, [first.id])
    assert row.class_name == "六年级9班"


def test_a_birth_without_its_year_is_asked_for_again(page: StudentsPage, office: Office) -> None:
    open_first(page, office)
    page.detail.ask_edit()
    field(page, "出生日期").setText("0301")
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        office.qtbot.keyClick(field(page, "姓名"), KEY.Key_Return)
    assert "年份" in refused.args[0]


def test_the_window_is_not_closed_while_a_file_is_taken_out(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    page.detail.files._write(tmp_path / "门口.jpg", b"jpeg")
    assert office.context.tasks.changing == 1
    office.settle()
    assert (tmp_path / "门口.jpg").read_bytes() == b"jpeg"


def test_a_file_that_cannot_be_written_is_said_in_words_a_person_reads(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        page.detail.files._write(tmp_path / "拔掉了" / "门口.jpg", b"jpeg")
    assert "U盘拔掉了的请插好" in refused.args[0]
