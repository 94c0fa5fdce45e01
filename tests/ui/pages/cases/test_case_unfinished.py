"""个案: a visit half typed is there again after a power cut, and gone once it is saved or given up."""

from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.service.office.unfinished import unfinished
from tests.helpers.cases import CTRL, FRESH, Desktop, open_desktop
from ui.pages.cases.visit import VisitForm

FAMILY = "父母在外务工，跟奶奶住"


@pytest.fixture
def desktop(office: Any) -> Desktop:
    return open_desktop(office)


def half_typed(desktop: Desktop) -> VisitForm:
    """The form of a visit, with an outcome and one answer, kept as every few seconds."""
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(3)
    form.form.type_values({"家庭情况": FAMILY})
    form.unfinished.keep()
    desktop.office.settle()
    return form


def reopened(desktop: Desktop) -> VisitForm:
    """The form at the next start: the window was gone without a word."""
    desktop.page.panel.closed.disconnect()
    desktop.page.panel.dismiss()
    desktop.open(FRESH, visit=True)
    desktop.office.settle()
    return desktop.visit_form()


def kept(desktop: Desktop) -> object:
    return desktop.office.program.read(unfinished, f"visit {desktop.page.detail.case_id}")


def test_what_was_half_typed_is_offered_again_and_goes_with_the_saving(desktop: Desktop) -> None:
    half_typed(desktop)
    form = reopened(desktop)
    assert not form.unfinished.isHidden()
    assert "接着填" in form.unfinished.words.text()
    assert not form.is_dirty()
    form.unfinished.go_on.click()
    assert (form.outcome.value, form.form.values()["家庭情况"]) == ("拒绝", FAMILY)
    assert form.is_dirty(), "it still has to be saved"
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    desktop.office.settle()
    (made,) = desktop.contacts(FRESH)
    assert (made.outcome, made.family) == ("拒绝", FAMILY)
    assert kept(desktop) is None


def test_what_is_thrown_away_is_not_offered_again(desktop: Desktop) -> None:
    half_typed(desktop)
    form = reopened(desktop)
    form.unfinished.drop.click()
    desktop.office.settle()
    assert form.unfinished.isHidden()
    assert kept(desktop) is None


def test_what_was_offered_and_left_is_offered_once_more(desktop: Desktop) -> None:
    half_typed(desktop)
    reopened(desktop)
    desktop.page.panel.leave()
    desktop.office.settle()
    assert kept(desktop) is not None


def test_it_is_kept_nowhere_in_clear_and_no_entry_of_the_journal(desktop: Desktop) -> None:
    before = desktop.office.program.read(lambda desk: desk.tx.position())
    half_typed(desktop)
    assert desktop.office.program.read(lambda desk: desk.tx.position()) == before
    words = FAMILY.encode()
    folder = desktop.office.program.store.folder.root
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert files and all(words not in one.read_bytes() for one in files)
