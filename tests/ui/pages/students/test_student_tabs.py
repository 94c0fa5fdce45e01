"""学生: every tab of a child is in sight, also at the largest type on the smallest screen."""

import pytest

from app.service.screens.students_rows import CASE
from tests.ui.conftest import Office
from tests.ui.pages.students import students_at_hand
from ui.pages.students.page import StudentsPage
from ui.theme import dress

page = students_at_hand.page
ROOM = 1110  # px the page has on a screen of 1280×720


@pytest.mark.parametrize("is_open", [False, True], ids=["before a child is open", "while one is open"])
def test_the_last_tab_is_whole_when_the_type_grows(page: StudentsPage, office: Office, is_open: bool) -> None:
    page.resize(ROOM, 620)
    child = next(row.id for row in page.model.rows if CASE in row.states)
    if is_open:
        page.open_target({"student": child})
        office.settle()
    dress(office.application, 150)
    try:
        page.open_target({"student": child})
        office.settle()
        office.application.processEvents()
        bar = page.detail.tabs.tabBar()
        last = bar.tabRect(bar.count() - 1)
        assert bar.tabText(bar.count() - 1) == "学籍"
        assert last.left() >= 0
        assert last.right() <= bar.width()
        assert last.width() >= bar.fontMetrics().horizontalAdvance("学籍")
    finally:
        dress(office.application, 100)
