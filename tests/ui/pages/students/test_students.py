"""学生 by keyboard: filter, open, reveal, correct, add, and the tabs of one child."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.bootstrap import create_program
from app.demo.school import TODAY
from app.service.cases.contacts import Visit, add_contact_to_child
from app.service.cases.numbers import find_case
from app.service.office.undoing import undo_last
from app.service.office.units import UnitEntry
from app.service.screens.students import reveal_id, student_whole
from app.service.screens.students_rows import ABSENT
from tests.ui.conftest import Office, context_over
from tests.ui.pages.students import students_at_hand
from tests.ui.pages.students.students_at_hand import EVERYONE
from ui.models.rows import RowsModel
from ui.pages.roster.wizard import RosterWizard
from ui.pages.students.page import StudentsPage
from ui.widgets.student_columns import COLUMNS, ChildrenWanted, state_words

page = students_at_hand.page


def open_absent(page: StudentsPage, office: Office) -> str:
    """Open the first child in a run of absence beside the table; gives its id."""
    row = next(row for row in page.model.rows if ABSENT in row.states)
    page.open_target({"student": row.id})
    office.settle()
    return str(row.id)


def field(page: StudentsPage, name: str) -> QLineEdit:
    """A field of the form in the side panel."""
    return next(one for one in page.panel.findChildren(QLineEdit) if one.accessibleName() == name)


def test_the_table_keeps_qts_rules(page: StudentsPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(page.model)
    page.filters.text.setText("w")
    qtmodeltester.check(page.model)


def test_initials_filter_as_one_types_and_esc_gives_everyone_back(page: StudentsPage, office: Office) -> None:
    office.qtbot.keyClicks(page.filters.text, "zwj")
    shown = [row.name for row in page.model.rows]
    assert "周文静" in shown
    assert len(shown) < EVERYONE
    assert page.count.text() == f"共{EVERYONE}名，符合的{len(shown)}名"
    office.qtbot.keyClick(page.filters.text, Qt.Key.Key_Escape)
    assert len(page.model.rows) == EVERYONE


@pytest.mark.parametrize("typed", ["文静", "周文"])
def test_part_of_a_name_is_enough(page: StudentsPage, typed: str) -> None:
    page.filters.text.setText(typed)
    assert "周文静" in {row.name for row in page.model.rows}


def test_part_of_a_number_finds_a_child_whose_number_stays_masked(page: StudentsPage) -> None:
    row = page.model.rows[0]
    page.filters.text.setText(row.numbers.split()[0][6:14])
    assert row.id in {one.id for one in page.model.rows}
    shown = [column.words(row) for column in COLUMNS]
    assert row.numbers.split()[0] not in shown


def test_choosers_narrow_together(page: StudentsPage) -> None:
    page.filters.klass.setCurrentText("五年级1班")
    page.filters.state.setCurrentText(ABSENT)
    assert [row.name for row in page.model.rows] == ["周文静"]
    page.filters.clear()
    assert len(page.model.rows) == EVERYONE


def test_nothing_wanted_is_no_test_at_all() -> None:
    assert ChildrenWanted().test() is None


def test_state_is_word_and_shape_and_is_said_without_the_shape(page: StudentsPage) -> None:
    row = next(row for row in page.model.rows if ABSENT in row.states)
    assert state_words(row).startswith("■ 连续旷课")
    place = page.model.position("id", row.id)
    spoken = page.model.index(place, len(COLUMNS) - 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == f"状态 {row.state}"


def test_the_states_sort_the_most_pressing_first(page: StudentsPage) -> None:
    page.view.sortByColumn(len(COLUMNS) - 1, Qt.SortOrder.AscendingOrder)
    assert ABSENT in page.model.rows[0].states


def test_down_from_the_filter_and_enter_open_a_child(page: StudentsPage, office: Office) -> None:
    office.qtbot.keyClicks(page.filters.text, "zwj")
    office.qtbot.keyClick(page.filters.text, Qt.Key.Key_Down)
    office.qtbot.keyClick(page.view, Qt.Key.Key_Return)
    office.settle()
    assert page.detail.isVisible()
    assert page.detail.facts.values["姓名"].text() == page.model.rows[0].name
    office.qtbot.keyClick(page.view, Qt.Key.Key_Escape)
    assert not page.detail.isVisible()


def test_a_child_asked_for_by_another_page_is_opened_although_it_is_filtered_out(
    page: StudentsPage, office: Office
) -> None:
    wanted = next(row for row in page.model.rows if row.name == "周文静")
    page.filters.klass.setCurrentText("一年级1班")
    page.open_target({"student": wanted.id})
    office.settle()
    assert page.detail.student == wanted.id
    assert page.filters.klass.currentIndex() == 0


def test_a_child_that_is_gone_is_said_in_a_sentence(page: StudentsPage, office: Office) -> None:
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        page.open_target({"student": "nobody"})
    assert "没有这名学生" in refused.args[0]


def test_walking_the_table_changes_the_child_beside_it(page: StudentsPage, office: Office) -> None:
    page.open_target({"student": page.model.rows[0].id})
    office.settle()
    office.qtbot.keyClick(page.view, Qt.Key.Key_Down)
    name = page.model.rows[1].name
    office.qtbot.waitUntil(lambda: page.detail.facts.values["姓名"].text() == name)


def test_the_eye_shows_the_number_logs_it_and_hides_it_again(page: StudentsPage, office: Office) -> None:
    student = open_absent(page, office)
    facts = page.detail.facts
    masked = facts.values["身份证件号"].text()
    assert "****" in masked
    facts.eye.click()
    office.settle()
    full = office.program.write(reveal_id, student, "test").value["身份证件号"]
    assert facts.values["身份证件号"].text() == full
    logged = office.program.read(
        lambda desk: desk.tx.rows("SELECT why FROM access_log WHERE row_id = ?", [student])
    )
    assert logged[0] == {"why": "在学生页查看"}
    assert facts.timer.isActive()
    facts.timer.timeout.emit()
    assert facts.values["身份证件号"].text() == masked


def test_the_days_of_the_term_stand_in_the_tab_and_enter_goes_to_the_roll(
    page: StudentsPage, office: Office
) -> None:
    open_absent(page, office)
    page.detail.tabs.setCurrentIndex(2)
    office.settle()
    calendar = page.detail.calendar
    assert calendar.words == "2026年11月20日 周五 旷课"
    with office.qtbot.waitSignal(office.context.bus.go) as go:
        office.qtbot.keyClick(calendar.view, Qt.Key.Key_Return)
    assert go.args == ["roll", {"class": "三年级1班", "date": TODAY}]


def test_a_case_opens_on_its_own_page(page: StudentsPage, office: Office) -> None:
    open_absent(page, office)
    page.detail.tabs.setCurrentIndex(3)
    with office.qtbot.waitSignal(office.context.bus.go) as go:
        office.qtbot.keyClick(page.detail.cases.view, Qt.Key.Key_Return)
    row = page.detail.cases.current()
    assert row is not None
    assert go.args == ["cases", {"case": office.program.read(find_case, row.no).id}]


def test_calls_without_a_case_are_listed_below_the_cases(page: StudentsPage, office: Office) -> None:
    page.detail.tabs.setCurrentIndex(3)
    student = next(row.id for row in page.model.rows if row.states == (ABSENT,))
    page.open_target({"student": student})
    office.settle()
    assert not page.detail.calls.isVisible()
    visit = Visit(day=TODAY, method="电话", outcome="拒绝", by_whom="陈老师")
    office.context.tasks.write(office.context.bus, add_contact_to_child, student, visit)
    office.qtbot.waitUntil(page.detail.calls.isVisible)
    assert [row.said for row in page.detail.calls.model.rows] == ["拒绝"]
    assert page.detail.tabs.tabText(3) == "个案"


def test_lists_of_one_child_keep_qts_rules(
    page: StudentsPage, office: Office, qtmodeltester: ModelTester
) -> None:
    open_absent(page, office)
    page.detail.tabs.setCurrentIndex(6)
    office.settle()
    models: list[RowsModel] = [
        page.detail.history.model,
        page.detail.cases.model,
        page.detail.papers.listing.model,
    ]
    assert models[0].rows
    for model in models:
        qtmodeltester.check(model)


def test_a_correction_is_saved_shown_in_the_history_and_can_be_undone(
    page: StudentsPage, office: Office
) -> None:
    student = open_absent(page, office)
    office.qtbot.keyClick(page.view, Qt.Key.Key_E)
    village = field(page, "村")
    village.setText("新建村")
    with office.qtbot.waitSignal(office.context.bus.changed) as changed:
        office.qtbot.keyClick(village, Qt.Key.Key_Return)
    office.settle()
    assert page.panel.isHidden()
    assert page.detail.facts.values["村"].text() == "新建村"
    page.detail.tabs.setCurrentIndex(6)
    office.settle()
    newest = page.detail.history.model.rows[0]
    assert (newest.field, newest.new) == ("村", "新建村")
    office.program.write(undo_last, *changed.args[0].span)
    assert dict(office.program.read(student_whole, student).facts)["村"] != "新建村"


def test_enter_saves_from_the_field_of_the_class_too(page: StudentsPage, office: Office) -> None:
    open_absent(page, office)
    page.detail.ask_edit()
    field(page, "村").setText("新建村")
    group = next(one for one in page.panel.findChildren(QComboBox) if one.accessibleName() == "班级")
    office.qtbot.keyClick(group, Qt.Key.Key_Return)
    office.settle()
    assert page.panel.isHidden()
    assert page.detail.facts.values["村"].text() == "新建村"


def test_only_what_was_corrected_is_written(page: StudentsPage, office: Office) -> None:
    student = open_absent(page, office)
    before = office.program.read(lambda desk: len(desk.tx.history(student)))
    page.detail.ask_edit()
    office.qtbot.keyClick(page.panel, "s", Qt.KeyboardModifier.ControlModifier)
    office.qtbot.keyClick(field(page, "姓名"), Qt.Key.Key_Return)
    office.settle()
    assert page.panel.isHidden()
    assert office.program.read(lambda desk: len(desk.tx.history(student))) == before


def test_a_wrong_number_is_refused_and_the_form_stays(page: StudentsPage, office: Office) -> None:
    open_absent(page, office)
    page.detail.ask_edit()
    number = field(page, "身份证件号")
    number.setText("123")
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        office.qtbot.keyClick(number, Qt.Key.Key_Return)
    assert "18 位" in refused.args[0]
    assert page.panel.isVisible()


def test_a_date_that_is_none_is_refused_before_anything_is_asked(page: StudentsPage, office: Office) -> None:
    open_absent(page, office)
    page.detail.ask_edit()
    field(page, "出生日期").setText("去年")
    with office.qtbot.waitSignal(office.context.bus.refused):
        office.qtbot.keyClick(field(page, "姓名"), Qt.Key.Key_Return)
    assert page.panel.isVisible()


def test_n_in_the_table_adds_a_child_and_shows_it(page: StudentsPage, office: Office) -> None:
    page.view.setFocus()
    office.qtbot.keyClick(page.view, Qt.Key.Key_N)
    name = field(page, "姓名")
    name.setText("欧阳小满")
    students_at_hand.choose(page, "怎样来", "没有上学")
    office.qtbot.keyClick(name, Qt.Key.Key_Return)
    office.settle()
    office.qtbot.waitUntil(lambda: page.detail.facts.values["姓名"].text() == "欧阳小满")
    assert len(page.model.rows) == EVERYONE + 1


def test_plain_letters_are_letters_in_the_filter(page: StudentsPage, office: Office) -> None:
    office.qtbot.keyClicks(page.filters.text, "nei")
    assert page.filters.text.text() == "nei"
    assert page.panel.isHidden()


def test_a_filter_that_fits_nobody_says_what_to_do(page: StudentsPage) -> None:
    page.filters.text.setText("没有这个人")
    assert page.empty.isVisible()
    assert "筛选" in page.empty_words.text()


def test_the_place_in_the_table_is_kept_when_it_is_read_anew(page: StudentsPage, office: Office) -> None:
    page.view.selectRow(40)
    before = page.model.rows[40].id
    page.refresh()
    office.settle()
    now = page.model.row(page.view.currentIndex())
    assert now is not None
    assert now.id == before


def test_a_read_only_window_offers_no_writing(office: Office) -> None:
    office.context.read_only = True
    page = StudentsPage(office.context, RosterWizard(office.context))
    office.qtbot.addWidget(page)
    assert not page.add_button.isEnabled()
    assert not page.import_button.isEnabled()


def test_every_key_on_a_button_is_its_own(page: StudentsPage) -> None:
    keys = [QKeySequence.mnemonic(one.text()).toString() for one in (page.add_button, page.import_button)]
    keys += [QKeySequence.mnemonic(page.detail.edit_button.text()).toString(), "Alt+X", "Alt+V", "Alt+S"]
    assert len(set(keys)) == len(keys)


def test_a_school_without_children_is_shown_the_way_in(tmp_path: Path, qtbot: QtBot) -> None:
    unit = UnitEntry(level="school", name="石桥小学", rules="mengjin")
    program, _, _ = create_program(tmp_path / "data", "石桥2026", "陈老师", TODAY, unit)
    with program:
        context = context_over(program, tmp_path)
        page = StudentsPage(context, RosterWizard(context))
        qtbot.addWidget(page)
        page.show()
        page.setFocus()
        qtbot.waitUntil(lambda: context.tasks.running == 0)
        assert page.empty_button.isVisible()
        page.empty_button.click()
        assert page.stack.currentWidget() is page.wizard
        qtbot.waitUntil(lambda: context.tasks.running == 0)
        context.tasks.close()
