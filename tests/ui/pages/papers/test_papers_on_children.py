"""A paper about a child and not about a case: its children are chosen as cases are."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from app.service.screens.papers import children_to_choose
from tests.ui.conftest import Office
from tests.ui.pages.papers.papers_at_hand import LETTER, choosing, opened, shown_words
from ui.pages.papers.choice import NUMBER, STAGE, PaperChoice
from ui.pages.papers.page import PapersPage

NOTICE = "个人信息处理告知书"


@pytest.fixture
def page(office: Office) -> Iterator[PapersPage]:
    yield from opened(office)


def turned(page: PapersPage, office: Office, kind: str) -> PaperChoice:
    """Choose a kind in the box as a person does, and wait for what it is about."""
    choice = choosing(page, office)
    choice.kind.setCurrentIndex(choice.kind.findData(kind))
    choice.kind.activated.emit(choice.kind.currentIndex())
    office.settle()
    return choice


def test_the_children_of_the_classes_are_offered_and_no_case(page: PapersPage, office: Office) -> None:
    choice = turned(page, office, NOTICE)
    children = office.program.read(children_to_choose)
    office.qtbot.waitUntil(lambda: choice.model.rowCount() == len(children))
    assert len(children) > 20
    assert choice.table.isColumnHidden(NUMBER)
    assert choice.table.isColumnHidden(STAGE)
    assert choice.closed.isHidden()


def test_turning_back_offers_the_cases(page: PapersPage, office: Office) -> None:
    choice = turned(page, office, NOTICE)
    children = choice.model.rowCount()
    choice.kind.setCurrentIndex(choice.kind.findData(LETTER))
    choice.kind.activated.emit(choice.kind.currentIndex())
    office.settle()
    office.qtbot.waitUntil(lambda: 0 < choice.model.rowCount() < children)
    assert not choice.table.isColumnHidden(NUMBER)


def test_two_ticked_children_make_a_batch(page: PapersPage, office: Office) -> None:
    choice = turned(page, office, NOTICE)
    office.qtbot.waitUntil(lambda: choice.model.rowCount() > 20)
    for place in (0, 1):
        choice.table.selectRow(place)
        office.qtbot.keyClick(choice.table, Qt.Key.Key_Space)
    assert choice.count.text() == "已勾2人"
    office.qtbot.keyClick(choice.table, Qt.Key.Key_Return)
    office.qtbot.waitUntil(lambda: len(page.batch.model.rows) == 2)
    assert all("保存期限" in row.case.missing for row in page.batch.model.rows)


def test_a_child_is_opened_from_elsewhere(page: PapersPage, office: Office) -> None:
    child = office.program.read(children_to_choose)[0]
    page.open_target({"kind": NOTICE, "student": child.id})
    office.qtbot.waitUntil(lambda: "〔草稿〕" in shown_words(page))
    assert child.student in shown_words(page)


def test_the_empty_form_for_a_visit_is_offered_as_such(page: PapersPage, office: Office) -> None:
    choice = choosing(page, office)
    assert choice.kind.itemText(choice.kind.findData("家访表")) == "空白家访表（带去家访）"
