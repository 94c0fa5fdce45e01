"""A page refreshes on its own facts only, later while it is hidden, and not for its own writes."""

import pytest

from app.domain.changes import Changes
from tests.ui.conftest import Office
from ui.pages.page import Page

CASES = Changes({"case_file": frozenset({"1"})})
ROLLS = Changes({"roll": frozenset({"1"})})


class Counted(Page):
    """Counts how often it was refreshed."""

    key, heading, tables = "counted", "数", frozenset({"case_file"})
    refreshed = 0

    def refresh(self) -> None:
        self.refreshed += 1


@pytest.fixture
def page(office: Office) -> Counted:
    made = Counted(office.context)
    office.qtbot.addWidget(made)
    made.show()
    return made


def test_it_reads_when_it_is_first_shown(page: Counted) -> None:
    assert page.refreshed == 1
    assert page.accessibleName() == "数"


def test_it_refreshes_when_its_facts_change_and_only_then(office: Office, page: Counted) -> None:
    office.context.bus.changed.emit(ROLLS, None)
    assert page.refreshed == 1
    office.context.bus.changed.emit(CASES, None)
    assert page.refreshed == 2


def test_a_hidden_page_refreshes_once_when_it_is_shown_again(office: Office, page: Counted) -> None:
    page.hide()
    for _ in range(3):
        office.context.bus.changed.emit(CASES, None)
    assert page.refreshed == 1
    page.show()
    assert page.refreshed == 2
    page.hide()
    page.show()
    assert page.refreshed == 2


def test_its_own_write_is_left_to_it(office: Office, page: Counted) -> None:
    office.context.bus.changed.emit(CASES, page)
    assert page.refreshed == 1
