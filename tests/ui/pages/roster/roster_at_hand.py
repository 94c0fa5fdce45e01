"""The import wizard over the demo school. A test file takes the fixtures over by name."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.service.screens.students_rows import student_rows
from tests.helpers.sheets import workbook
from tests.ui.conftest import Office
from tests.ui.pages.students import students_at_hand
from ui.pages.students.page import StudentsPage

at_table = students_at_hand.page

HEADER = ("姓名", "班级", "出生日期", "爱好")
ROWS = [("欧阳小满", "五年级2班", "2015-03-12", "画画"), ("周晓航", "五年级2班", "2015-02-30", "")]


@pytest.fixture
def page(at_table: StudentsPage, office: Office) -> StudentsPage:
    """The page with the wizard open."""
    at_table.view.setFocus()
    office.qtbot.keyClick(at_table.view, Qt.Key.Key_I)
    office.settle()
    return at_table


def roster(path: Path, header: tuple[str, ...] = HEADER, rows: list[tuple[str, ...]] = ROWS) -> Path:
    """A workbook with those rows at `path`."""
    return workbook(path, (header, *rows))


def count(office: Office) -> int:
    """How many children there are."""
    return len(office.program.read(student_rows))
