"""填一栏: the children listed get one value, and Ctrl+Z takes it back."""

from PySide6.QtWidgets import QPushButton

from tests.ui.conftest import Office
from tests.ui.pages.students import students_at_hand
from ui.pages.students.page import StudentsPage

page = students_at_hand.page


def test_the_children_listed_and_nobody_else_get_the_group(page: StudentsPage, office: Office) -> None:
    page.filters.klass.setCurrentText("五年级1班")
    listed = {row.id for row in page.model.rows}
    said: list[str] = []
    office.context.bus.said.connect(said.append)
    page.fill_button.click()
    form = page.fill.form
    assert form is not None
    assert not form.replace.isEnabled()  # a group is added, nothing is replaced
    form.text.setText("计划内救助")
    next(one for one in page.panel.findChildren(QPushButton) if "保存" in one.text()).click()
    office.settle()
    assert f"已给{len(listed)}名学生填上" in said[-1]
    page.filters.clear()
    office.qtbot.waitUntil(lambda: len(page.model.rows) == students_at_hand.EVERYONE)
    assert {row.id for row in page.model.rows if "计划内救助" in row.groups} == listed
