"""个案: what a card tells is corrected or withdrawn with a reason, by keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton

from app.service.screens.case_entries import Card
from tests.helpers.cases import CTRL, FRESH, Desktop, open_desktop
from ui.widgets.put_right import REASON, PutRightForm


@pytest.fixture
def desktop(office: Any) -> Desktop:
    return open_desktop(office)


def with_a_visit(desktop: Desktop) -> Card:
    """The case with one visit of today, its card current."""
    desktop.open(FRESH, visit=True)
    desktop.visit_form().outcome.pick(3)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    timeline = desktop.page.detail.timeline
    place = next(place for place, card in enumerate(timeline.entries) if card.kind == "contact")
    timeline.setCurrentIndex(timeline.model().index(place, 0))
    timeline.setFocus()
    return timeline.entries[place]


def form(desktop: Desktop) -> PutRightForm:
    desktop.office.settle()
    found = desktop.page.panel.findChild(PutRightForm)
    assert found is not None
    return found


def test_a_visit_is_corrected_from_its_card_and_the_case_follows(desktop: Desktop) -> None:
    assert with_a_visit(desktop).outcome == "拒绝"
    desktop.keys(Qt.Key.Key_E)
    asked = form(desktop)
    outcome = asked.field("结果")
    assert isinstance(outcome, QComboBox)
    outcome.setCurrentText("无人在家")
    asked.set_values({REASON: "当天没有见到人"})
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    (made,) = desktop.contacts(FRESH)
    assert made.outcome == "无人在家"
    assert desktop.said[-1].startswith("已更正") and "结果：拒绝→无人在家" in desktop.said[-1]
    shown = desktop.page.detail.timeline.entries
    assert [card.what for card in shown if card.kind == "right"] == ["更正"]
    assert desktop.page.panel.isHidden()


def test_a_visit_on_the_wrong_child_is_withdrawn_and_gone(desktop: Desktop) -> None:
    with_a_visit(desktop)
    desktop.keys(Qt.Key.Key_Delete)
    asked = form(desktop)
    assert list(asked.values()) == [REASON]
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "没有写理由" in asked.problem.text()
    asked.set_values({REASON: "记到别的孩子头上了"})
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert desktop.contacts(FRESH) == []


def test_enter_on_a_card_offers_both(desktop: Desktop) -> None:
    with_a_visit(desktop)
    desktop.keys(Qt.Key.Key_Return)
    words = [one.text() for one in desktop.page.panel.findChildren(QPushButton)]
    assert {"更正(&E)…", "撤回(&X)…"} <= set(words) or {"更正(E)…", "撤回(X)…"} <= set(words)


def test_the_opening_of_a_case_is_nothing_to_put_right(desktop: Desktop) -> None:
    desktop.open(FRESH)
    timeline = desktop.page.detail.timeline
    place = next(place for place, card in enumerate(timeline.entries) if card.kind == "opening")
    timeline.setCurrentIndex(timeline.model().index(place, 0))
    timeline.setFocus()
    desktop.keys(Qt.Key.Key_E)
    desktop.office.settle()
    assert desktop.page.panel.isHidden()
