"""学生 over the demo school. A test file takes the fixture over by name: `page = students_at_hand.page`."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton

from tests.ui.conftest import Office
from ui.pages.roster.wizard import RosterWizard
from ui.pages.students.page import StudentsPage

EVERYONE = 108  # children of the demo school


@pytest.fixture
def page(office: Office) -> Iterator[StudentsPage]:
    """The page with everybody in its table."""
    made = StudentsPage(office.context, RosterWizard(office.context))
    office.qtbot.addWidget(made)
    made.resize(1250, 660)
    made.show()
    office.settle()
    office.qtbot.waitUntil(lambda: len(made.model.rows) == EVERYONE)
    yield made
    made.panel.dismiss()


def field(page: StudentsPage, name: str) -> QLineEdit:
    """A field of the form in the side panel."""
    return next(one for one in page.panel.findChildren(QLineEdit) if one.accessibleName() == name)


def choose(page: StudentsPage, name: str, text: str) -> None:
    """Choose an answer in the form in the side panel."""
    found = next(one for one in page.panel.findChildren(QComboBox) if one.accessibleName() == name)
    found.setCurrentText(text)


def keep(page: StudentsPage, office: Office) -> None:
    """Save the form, and once more where it says first what that touches."""
    press(page, "保存")
    office.settle()
    if not page.panel.isHidden():
        press(page, "仍保存")
        office.settle()


def press(page: StudentsPage, words: str) -> None:
    """Press the button of the panel that says so."""
    next(one for one in page.panel.findChildren(QPushButton) if words in one.text()).click()
