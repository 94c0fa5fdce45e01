"""学生: leaving, coming, the three answers about a child nobody knows the whereabouts of, and what is taken back."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QPushButton
from pytestqt.modeltest import ModelTester

from app.demo.school import TODAY
from app.domain.records import ImportRun, RosterLead
from app.service.children.graduation import class_list
from app.service.children.leaving import Leaving, leave_school
from app.service.children.marks import set_mark
from app.service.office.desk import Desk
from app.service.rolls.roll_call import take_roll
from app.service.screens.students import ChildWhole, student_whole
from tests.helpers.cases import answer
from tests.ui.conftest import Office
from tests.ui.pages.students import students_at_hand
from tests.ui.pages.students.students_at_hand import EVERYONE, keep
from ui.pages.students.page import StudentsPage
from ui.pages.students.stays import STAYS, stay_words
from ui.widgets.effects import Effects

KEY = Qt.Key
page = students_at_hand.page


def open_child(page: StudentsPage, office: Office, place: int = 0) -> str:
    """The child of a row of the table, beside it; its id."""
    page.view.setFocus()
    page.view.setCurrentIndex(page.model.index(place, 0))
    page.open_current(focus=False)
    office.settle()
    return page.detail.student


def whole(office: Office, student: str) -> ChildWhole:
    return office.program.read(student_whole, student)


def field(page: StudentsPage, name: str) -> QLineEdit:
    return next(one for one in page.panel.findChildren(QLineEdit) if one.accessibleName() == name)


def chooser(page: StudentsPage, name: str) -> QComboBox:
    return next(one for one in page.panel.findChildren(QComboBox) if one.accessibleName() == name)


def press(page: StudentsPage, words: str) -> None:
    """Press the button of the panel that says so."""
    next(one for one in page.panel.findChildren(QPushButton) if words in one.text()).click()


def sought(desk: Desk, student: str, found_on: date) -> None:
    """A roster of that day no longer had the child."""
    run = desk.tx.find(ImportRun)[0]
    desk.tx.add(RosterLead(id=desk.tx.new_id(), run_id=run.id, student_id=student, found_on=found_on))


def vanish(page: StudentsPage, office: Office) -> str:
    """The first child of the table is missing in a roster of today, and stands beside it."""
    student = str(page.model.rows[0].id)
    office.context.tasks.write(office.context.bus, sought, student, TODAY, then=lambda _none: None)
    office.settle()
    page.open_target({"student": student, "ask": "whereabouts"})
    office.settle()
    return student


def test_leaving_is_a_key_a_form_and_a_row_of_the_tab(page: StudentsPage, office: Office) -> None:
    student = open_child(page, office)
    klass = page.model.rows[0].class_name
    page.view.setFocus()
    office.qtbot.keyClick(page.view, KEY.Key_L)
    office.settle()
    assert not page.panel.isHidden()
    chooser(page, "离校情况").setCurrentText("转出")
    field(page, "转往学校").setText("城关小学")
    keep(page, office)
    last = page.detail.stays.listing.model.rows[-1]
    assert (last.ended, last.detail, last.to_on) == ("转出", "去往城关小学", date(2026, 11, 19))
    assert [one.words(last) for one in STAYS[:2]] == ["2026-09-01", "2026-11-20"]  # the day that was typed
    assert "2026-11-20转出" in stay_words(last)
    assert "11-19" not in stay_words(last)
    assert whole(office, student).state == "11月20日转出到城关小学"
    assert page.detail._state.text() == f"原在{klass}  11月20日转出到城关小学"
    assert page.count.text() == f"共{EVERYONE}名（在校生{EVERYONE - 1}名、已离校1名）"
    assert page.detail.facts.values["班级"].text() == f"原在{klass}"
    assert page.detail.leaving_button.isHidden()
    assert not page.detail.join_button.isHidden()


def test_the_rolls_a_leaving_touches_are_said_before_it_is_saved(page: StudentsPage, office: Office) -> None:
    student = open_child(page, office)
    name, klass = page.model.rows[0].name, page.model.rows[0].class_name
    office.program.write(take_roll, klass, TODAY)
    refused: list[str] = []
    said: list[str] = []
    office.context.bus.refused.connect(refused.append)
    office.context.bus.said.connect(said.append)
    page.detail.ask_move()
    press(page, "保存")
    office.settle()
    told = page.panel.findChild(Effects)
    assert isinstance(told, Effects)
    assert f"11月20日已经点过名，这天不再算{name}在册" in told.text()
    assert whole(office, student).on_roll
    press(page, "仍保存")
    office.settle()
    assert not whole(office, student).on_roll
    assert (refused, said) == ([], [f"已登记{name}转出。按Ctrl+Z可以撤销。"])


def test_only_a_pause_asks_when_it_is_over(page: StudentsPage, office: Office) -> None:
    open_child(page, office)
    page.detail.ask_move()
    assert field(page, "休学期满").isHidden()
    chooser(page, "离校情况").setCurrentText("休学")
    assert not field(page, "休学期满").isHidden()
    assert field(page, "转往学校").isHidden()
    field(page, "休学期满").setText("2026-11-01")
    with office.qtbot.waitSignal(office.context.bus.refused) as said:
        press(page, "保存")
    assert "休学期满" in str(said.args)
    assert not page.panel.isHidden()


def test_what_was_typed_is_not_lost_without_a_question(page: StudentsPage, office: Office) -> None:
    open_child(page, office)
    page.detail.ask_move()
    field(page, "证明材料").setText("转学联系表")
    answer("继续填写")
    page.panel.leave()
    assert not page.panel.isHidden()
    assert field(page, "证明材料").text() == "转学联系表"


def test_who_left_comes_back_by_the_same_key_into_another_class(page: StudentsPage, office: Office) -> None:
    student = open_child(page, office)
    name = page.model.rows[0].name
    office.program.write(leave_school, student, Leaving("休学", date(2026, 11, 2), back_on=date(2027, 3, 1)))
    page.detail.reload()
    office.settle()
    page.detail.ask_move()
    assert chooser(page, "到校情况").currentText() == "复学"
    with office.qtbot.waitSignal(office.context.bus.refused) as said:
        press(page, "保存")
    assert "班级" in str(said.args)
    chooser(page, "班级").setCurrentText("二年级1班")
    keep(page, office)
    now = whole(office, student)
    assert (now.name, now.class_name, now.stays[-1].began) == (name, "二年级1班", "复学")


def test_a_wrong_leaving_is_taken_back_with_a_reason(page: StudentsPage, office: Office) -> None:
    student = open_child(page, office)
    office.program.write(leave_school, student, Leaving("转出", date(2026, 11, 18)))
    page.detail.reload()
    office.settle()
    page.detail.stays.undo.click()
    field(page, "理由").setText("登记错了人")
    press(page, "保存")
    office.settle()
    assert whole(office, student).on_roll
    assert not page.detail.stays.undo.isEnabled()


def test_a_child_nobody_knows_of_asks_where_it_is(page: StudentsPage, office: Office) -> None:
    student = vanish(page, office)
    question = page.detail.whereabouts
    assert not question.isHidden()
    assert page.focusWidget() is question.answers[0]
    question.answers[0].click()
    press(page, "保存")
    office.settle()
    assert question.isHidden()
    assert whole(office, student).sought == ""


@pytest.mark.parametrize("settle", ["leaving", "calling"])
def test_the_other_two_answers(page: StudentsPage, office: Office, settle: str) -> None:
    student = vanish(page, office)
    question = page.detail.whereabouts
    if settle == "leaving":
        question.answers[1].click()
        keep(page, office)
        assert question.isHidden()
        assert whole(office, student).stays[-1].ended == "转出"
    else:
        with office.qtbot.waitSignal(office.context.bus.go) as go:
            question.answers[2].click()
        assert go.args == ["cases", {"student": student, "contact": True}]
        assert not question.isHidden()


def test_marks_of_the_state_system_stand_beside_the_enrolments(page: StudentsPage, office: Office) -> None:
    student = open_child(page, office)
    office.program.write(set_mark, student, "疑似辍学", date(2026, 11, 19))
    page.detail.reload()
    office.settle()
    (line,) = page.detail.stays.marks.model.rows
    assert (line.kind, str(line.set_on), line.cleared_on) == ("疑似辍学", "2026-11-19", None)


def test_a_class_that_finished_is_confirmed_in_one_form(page: StudentsPage, office: Office) -> None:
    office.program.today = date(2027, 9, 1)
    waiting = next(one for one in office.program.read(class_list, date(2027, 9, 1)) if one.state)
    page.open_target({"graduate": waiting.class_id, "class": waiting.name})
    office.settle()
    field(page, "毕业日期").setText("2027-09-01")
    listed = page.panel.findChild(QListWidget)
    assert listed is not None and listed.count() == waiting.pupils
    assert all(listed.item(place).checkState() == Qt.CheckState.Checked for place in range(listed.count()))
    press(page, "保存")
    office.settle()
    left = [one.class_id for one in office.program.read(class_list, date(2027, 9, 1))]
    assert waiting.class_id not in left


def test_who_did_not_graduate_is_left_out_and_stays_on_the_roll(page: StudentsPage, office: Office) -> None:
    office.program.today = date(2027, 9, 1)
    waiting = next(one for one in office.program.read(class_list, date(2027, 9, 1)) if one.state)
    page.open_target({"graduate": waiting.class_id, "class": waiting.name})
    office.settle()
    field(page, "毕业日期").setText("2027-09-01")
    listed = page.panel.findChild(QListWidget)
    assert listed is not None
    listed.item(0).setCheckState(Qt.CheckState.Unchecked)
    stays = listed.item(0).data(Qt.ItemDataRole.UserRole)
    press(page, "保存")
    office.settle()
    (line,) = [
        one for one in office.program.read(class_list, date(2027, 9, 1)) if one.class_id == waiting.class_id
    ]
    assert line.pupils == 1
    assert office.program.read(student_whole, stays).on_roll


def test_the_enrolments_are_a_proper_model(
    page: StudentsPage, office: Office, qtmodeltester: ModelTester
) -> None:
    open_child(page, office)
    qtmodeltester.check(page.detail.stays.listing.model)


def test_who_may_not_write_is_offered_no_leaving(page: StudentsPage, office: Office) -> None:
    open_child(page, office)
    page.detail.leaving_button.setEnabled(False)
    page.detail.ask_move()
    assert page.panel.isHidden()


def test_a_mark_that_is_asked_for_opens_its_form_and_is_taken_off_there_too(
    page: StudentsPage, office: Office
) -> None:
    student = str(page.model.rows[0].id)
    page.open_target({"student": student, "ask": "mark 疑似辍学"})
    office.settle()
    assert (chooser(page, "标注").currentText(), chooser(page, "登记").currentText()) == (
        "疑似辍学",
        "已标注",
    )
    press(page, "保存")
    office.settle()
    assert page.detail.stays.marks.model.rows[0].kind == "疑似辍学"
    page.detail.stays.mark_button.click()
    office.settle()
    assert chooser(page, "登记").currentText() == "已取消标注"
    press(page, "保存")
    office.settle()
    assert page.detail.stays.marks.model.rows[0].cleared_on


def test_a_child_whose_pause_is_over_is_opened_in_the_form_of_coming_back(
    page: StudentsPage, office: Office
) -> None:
    student = open_child(page, office)
    pause = Leaving("休学", date(2026, 11, 2), back_on=date(2026, 11, 16))
    office.context.tasks.write(office.context.bus, leave_school, student, pause, then=lambda _left: None)
    office.settle()
    page.open_target({"student": student, "ask": "move"})
    office.settle()
    assert chooser(page, "到校情况").currentText() == "复学"
