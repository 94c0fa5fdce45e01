"""学生: two records side by side, said to be one child or two, and taken back."""

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from app.service.children.students import NewStudent, add_student
from app.service.screens.same_child import open_pairs
from app.service.screens.students import student_whole
from app.service.screens.today import today_view
from tests.ui.conftest import Office
from tests.ui.pages.students import students_at_hand
from tests.ui.pages.students.students_at_hand import EVERYONE
from ui.pages.students.page import StudentsPage
from ui.pages.students.same_forms import SameForm

page = students_at_hand.page


def twin(page: StudentsPage, office: Office) -> tuple[str, str]:
    """The ids of the first child of the table and of a second record of it, entered without a number."""
    first = page.model.rows[0]
    entry = NewStudent(name=first.name, gender="男", birth=first.birth, village="新建村")
    made: list[str] = []
    office.context.tasks.write(office.context.bus, add_student, entry, then=lambda done: made.append(done.id))
    office.settle()
    office.qtbot.waitUntil(lambda: len(page.model.rows) == EVERYONE + 1)
    return first.id, made[0]


def press(page: StudentsPage, words: str) -> None:
    next(one for one in page.panel.findChildren(QPushButton) if words in one.text()).click()


def chooser(page: StudentsPage, name: str) -> QComboBox:
    return next(one for one in page.panel.findChildren(QComboBox) if one.accessibleName() == name)


def asked_from_today(page: StudentsPage, office: Office) -> SameForm:
    """The form as the task of 今日 opens it."""
    row = next(one for one in office.program.read(today_view).tasks if "同一人" in one.title)
    assert (row.button, row.page) == ("并排核对", "students")
    page.open_target(row.target)
    office.settle()
    office.settle()
    form = page.panel.findChild(SameForm)
    assert isinstance(form, SameForm)
    return form


def test_the_task_shows_both_side_by_side_and_what_differs(page: StudentsPage, office: Office) -> None:
    first, second = twin(page, office)
    form = asked_from_today(page, office)
    assert {page.detail.student, form.other} == {first, second}
    assert form.child.isHidden()
    shown = [one.text() for one in form.sides.findChildren(QLabel)]
    place = shown.index("≠ 村")
    assert "新建村" in shown[place + 1 : place + 3]
    assert "姓名" in shown  # alike: without the sign


def test_two_records_become_one_row_and_are_split_again(page: StudentsPage, office: Office) -> None:
    first, second = twin(page, office)
    asked_from_today(page, office)
    chooser(page, "理由").setCurrentText("已向家长核实")
    press(page, "保存")
    office.settle()
    office.qtbot.waitUntil(lambda: len(page.model.rows) == EVERYONE)
    office.settle()
    stands = page.detail.student
    assert stands == min(first, second)
    assert not page.detail.stays.split_button.isHidden()
    assert [one.id for one in office.program.read(student_whole, stands).records] == sorted((first, second))
    page.detail.stays.split_button.click()
    field = next(one for one in page.panel.findChildren(QLineEdit) if one.accessibleName() == "理由")
    field.setText("是两个孩子")
    press(page, "保存")
    office.settle()
    office.qtbot.waitUntil(lambda: len(page.model.rows) == EVERYONE + 1)
    assert office.program.read(open_pairs) == []  # asked once


def test_two_children_are_said_to_be_two(page: StudentsPage, office: Office) -> None:
    twin(page, office)
    asked_from_today(page, office)
    chooser(page, "认定").setCurrentText("不是同一人")
    chooser(page, "理由").setCurrentText("同名同日出生的两个孩子")
    press(page, "保存")
    office.settle()
    assert office.program.read(open_pairs) == []
    assert len(page.model.rows) == EVERYONE + 1


def test_the_other_record_is_looked_for_and_must_be_chosen(page: StudentsPage, office: Office) -> None:
    page.view.setCurrentIndex(page.model.index(0, 0))
    page.open_current(focus=False)
    office.settle()
    page.detail.stays.same_button.click()
    form = page.panel.findChild(SameForm)
    assert isinstance(form, SameForm)
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        press(page, "保存")
    assert "还没有选" in str(refused.args)
    other = page.model.rows[1]
    form.child.search.setText(other.name)
    form.child.search.returnPressed.emit()
    office.settle()
    office.settle()
    assert form.other == other.id
    assert form.sides.isVisible()
    assert form.is_dirty()
