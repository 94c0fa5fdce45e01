"""学生: every line of a child's history that can be corrected is corrected or withdrawn there, by key or by button."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.demo.school import TODAY
from app.domain.records import Leave, Mark, Student
from app.service.children.marks import set_mark
from app.service.children.students import list_students
from app.service.rolls.leaves import add_leave
from tests.ui.conftest import Office
from tests.ui.pages.students import students_at_hand
from tests.ui.pages.students.students_at_hand import press
from ui.pages.students.page import StudentsPage
from ui.widgets.put_right import REASON, PutRightForm
from ui.widgets.right_listing import RightListing

page = students_at_hand.page
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def child(office: Office) -> str:
    """A child with a 事假 that was 病假, and a 学籍标注 of the wrong child."""
    found = str(office.program.read(list_students)[0].id)
    student = office.program.read(lambda desk: desk.tx.get(Student, found))
    office.program.write(add_leave, student, TODAY, TODAY, "事假", "班主任")
    office.program.write(set_mark, found, "疑似辍学", YESTERDAY)
    return found


def opened(page: StudentsPage, office: Office, child: str, title: str) -> None:
    """The page with that tab of the child."""
    page.refresh()
    office.settle()
    page.open_target({"student": child})
    office.settle()
    tabs = page.detail.tabs
    place = next(one for one in range(tabs.count()) if tabs.tabText(one).startswith(title))
    tabs.setCurrentIndex(place)
    office.settle()


def on_row(listing: RightListing, words: str) -> QWidget:
    """The table with the cursor on the row of which a cell says that."""
    model = listing.model
    columns = range(model.columnCount())
    rows = range(len(model.rows))
    place = next(r for r in rows if any(words in str(model.index(r, c).data()) for c in columns))
    listing.view.selectRow(place)
    listing.view.setFocus()
    return listing.view


def form(page: StudentsPage, office: Office) -> PutRightForm:
    office.settle()
    found = page.panel.findChild(PutRightForm)
    assert found is not None
    return found


def test_a_leave_is_corrected_from_its_line_in_the_history(
    page: StudentsPage, office: Office, child: str
) -> None:
    opened(page, office, child, "历史")
    office.qtbot.keyClick(on_row(page.detail.history, "登记请假"), Qt.Key.Key_E)
    form(page, office).set_values({"种类": "病假", REASON: "家长后来拿来了病历"})
    press(page, "更正")
    office.settle()
    (leave,) = office.program.read(lambda desk: desk.tx.find(Leave, student_id=child))
    assert leave.kind == "病假"
    assert any(row.what == "更正请假" and row.new == "病假" for row in page.detail.history.model.rows)


def test_a_mark_is_withdrawn_from_the_tab_of_the_enrolments(
    page: StudentsPage, office: Office, child: str
) -> None:
    opened(page, office, child, "学籍")
    office.qtbot.keyClick(on_row(page.detail.stays.marks, "疑似辍学"), Qt.Key.Key_Delete)
    assert list(form(page, office).values()) == [REASON]
    form(page, office).set_values({REASON: "标到别的孩子头上了"})
    press(page, "撤回")
    office.settle()
    assert office.program.read(lambda desk: desk.tx.find(Mark, student_id=child)) == []
    assert page.detail.stays.marks.isHidden()


def test_an_enrolment_is_corrected_by_the_button(page: StudentsPage, office: Office, child: str) -> None:
    opened(page, office, child, "学籍")
    on_row(page.detail.stays.listing, "在册")
    page.detail.stays.listing.correct.click()
    asked = form(page, office)
    assert page.forms.about == child
    assert asked.asked.table == "enrolment"


def test_what_is_no_record_of_its_own_to_put_right_offers_nothing(
    page: StudentsPage, office: Office, child: str
) -> None:
    opened(page, office, child, "历史")
    on_row(page.detail.history, "登记学生")
    assert not page.detail.history.correct.isEnabled()
    on_row(page.detail.history, "登记请假")
    assert page.detail.history.correct.isEnabled() and page.detail.history.withdraw.isEnabled()
