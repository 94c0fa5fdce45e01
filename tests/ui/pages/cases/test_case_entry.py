"""One entry of 一生一案 whole: who it names, and as what."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from app.service.screens.case_entries import Card, CardKind
from tests.helpers.cases import open_desktop
from ui.pages.cases.entry import EntryView


@pytest.mark.parametrize(
    ("kind", "word"),
    [("contact", "劝返人员"), ("told", "告知人"), ("closing", "经办人"), ("forced", "经办人")],
)
def test_the_person_of_an_entry_is_called_what_it_is(office: Any, kind: CardKind, word: str) -> None:
    desktop = open_desktop(office)
    day = date(2026, 11, 20)
    card = Card(key="one", kind=kind, on=day, entered_on=day, what="", text="", who="李干事")
    view = EntryView(desktop.page.context, card)
    desktop.office.qtbot.addWidget(view)
    words = [one.text() for one in view.findChildren(QLabel)]
    assert words[words.index("李干事") - 1] == word
