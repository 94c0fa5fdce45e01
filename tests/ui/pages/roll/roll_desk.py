"""点名 on the Monday after the demo's story, and the keys of a person before it.

A test file takes the fixture over by name: `desktop = roll_desk.desktop`.
"""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QStyleOptionViewItem

from app.domain.records import Absence, Leave, Roll, Student
from app.service.office.desk import Desk
from app.service.rolls.register import missing_rolls
from tests.helpers.desktop import BeforeAPage
from ui.models.roll_sheet import STATE_COLUMN
from ui.pages.roll.leave import LeavePanel
from ui.pages.roll.page import RollPage
from ui.widgets.day_strip import chip_rects

MONDAY = date(2026, 11, 23)
FORGOTTEN = date(2026, 11, 19)
SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST_CLASS, LAST_CLASS = "一年级1班", "六年级1班"


class Desktop(BeforeAPage[RollPage]):
    """The page on the Monday after the demo's story, and the keys of a person before it."""

    def type(self, text: str) -> None:
        field = self.focus()
        assert isinstance(field, QLineEdit)
        if text.isascii():
            self.office.qtbot.keyClicks(field, text)
        else:
            field.insert(text)  # as an input method does

    def open(self, class_name: str, day: date) -> None:
        self.page.open_target({"class": class_name, "date": day})
        self.office.settle()
        self.page.focus_list()

    def choose(self, text: str) -> None:
        box = self.page.findChild(QMessageBox)
        assert box is not None
        button = next(one for one in box.buttons() if text in one.text())
        self.office.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.office.settle()

    def absences(self, day: date) -> dict[str, tuple[str, str]]:
        def read(desk: Desk) -> dict[str, tuple[str, str]]:
            found = desk.tx.find(Absence, day=day)
            return {desk.tx.get(Student, one.student_id).name: (one.kind, one.part) for one in found}

        found: dict[str, tuple[str, str]] = self.office.program.read(read)
        return found

    def uncalled(self, day: date) -> list[str]:
        return [row.class_name for row in self.office.program.read(missing_rolls, day, day)]


@pytest.fixture
def desktop(office: Any) -> Desktop:
    """The page, shown on the Monday."""
    office.program.today = office.context.today = MONDAY
    page = RollPage(office.context)
    office.qtbot.addWidget(page)
    page.resize(1240, 660)
    with office.qtbot.waitExposed(page):
        page.show()
    made = Desktop(office, page)
    office.settle()
    page.focus_list()
    return made


def chip_at(page: RollPage, row: int, state: int) -> QPoint:
    """Where the button of a state stands: 0 在校, 1 旷课, 2 病假, 3 事假."""
    option: Any = QStyleOptionViewItem()
    option.rect = page.table.visualRect(page.model.index(row, STATE_COLUMN))
    option.fontMetrics = page.table.fontMetrics()
    return chip_rects(option)[state].center()


def leave_panel(desktop: Desktop) -> LeavePanel:
    content = desktop.page.findChild(LeavePanel)
    assert content is not None
    return content


def leaves(desktop: Desktop, student_id: str) -> list[Leave]:
    found: list[Leave] = desktop.office.program.read(lambda desk: desk.tx.find(Leave, student_id=student_id))
    return found


def hold(desktop: Desktop, key: Qt.Key, times: int) -> None:
    """A key held down: one press, then repeats, nothing released in between."""
    for repeat in range(times):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", repeat > 0)
        QApplication.sendEvent(desktop.focus(), event)
    desktop.office.settle()


def rolls(desktop: Desktop) -> int:
    """How many rolls were ever recorded for the Monday."""
    return len(desktop.office.program.read(lambda desk: desk.tx.find(Roll, day=MONDAY, withdrawn=True)))
