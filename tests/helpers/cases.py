"""The page 个案 in tests: a person's keys before it."""

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.domain.records import Contact
from app.service.cases.numbers import find_case
from app.service.cases.reading import show_case
from app.service.screens.case import CasePage
from tests.helpers.desktop import BeforeAPage
from ui.pages.cases.opening import OpeningForm
from ui.pages.cases.page import CasesPage
from ui.pages.cases.visit import VisitForm

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
LATE, FRESH, PROMISED = "2026-003", "2026-005", "2026-004"
"""Cases of the demo: the report is overdue; nobody was met yet; the parents promised a day."""


class Desktop(BeforeAPage[CasesPage]):
    """The page on the demo's day, and the keys of a person before it."""

    def open(self, no: str, **more: Any) -> CasePage:
        self.page.open_target({"case": self.case_id(no), **more})
        self.office.settle()
        assert self.page.detail.case is not None
        return self.page.detail.case

    def case_id(self, no: str) -> str:
        """The id of the case a person calls `no`."""
        return str(self.office.program.read(find_case, no).id)

    def visit_form(self) -> VisitForm:
        form = self.page.panel.findChild(VisitForm)
        assert isinstance(form, VisitForm)
        return form

    def opening_form(self) -> OpeningForm:
        form = self.page.panel.findChild(OpeningForm)
        assert isinstance(form, OpeningForm)
        return form

    def fill(self, form: VisitForm | OpeningForm, name: str, text: str) -> None:
        field = form.form.field(name)
        field.setFocus()
        assert isinstance(field, QLineEdit | QPlainTextEdit)
        field.selectAll()
        if isinstance(field, QLineEdit):
            field.insert(text)  # as an input method does
        else:
            field.insertPlainText(text)
        self.keys(Qt.Key.Key_Tab)

    def contacts(self, no: str) -> list[Contact]:
        return list(self.office.program.read(show_case, self.case_id(no)).contacts)

    def labels(self, widget: QWidget) -> list[str]:
        return [one.text() for one in widget.findChildren(QLabel)]

    def buttons(self, widget: QWidget) -> list[str]:
        return [one.text() for one in widget.findChildren(QPushButton) if one.isEnabled()]


def open_desktop(office: Any) -> Desktop:
    """The page shown and read, the keyboard on its list."""
    page = CasesPage(office.context)
    office.qtbot.addWidget(page)
    page.resize(1230, 640)
    page.show()
    page.activateWindow()
    office.qtbot.waitExposed(page)
    office.settle()
    page.setFocus()
    return Desktop(office, page)


def answer(words: str) -> None:
    """Press the button with these words on the question that comes up next."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        next(one for one in box.buttons() if one.text() == words).click()

    QTimer.singleShot(0, press)
