"""The window of a township: no roll, two schools whose numbers repeat, and every row of 今日 leads somewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.service.screens.today import TaskRow
from tests.helpers.township import TODAY, township
from tests.ui.conftest import Office, flaws_of_pages, office_over
from ui.__main__ import BootstrapGate, render_pages
from ui.main_window import MainWindow
from ui.pages.all_pages import make_pages
from ui.pages.today.page import TodayPage
from ui.preferences import Preferences
from ui.start.carrying import context_of


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Office]:
    program = township(tmp_path, render_pages)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    gate = BootstrapGate(tmp_path / "data", TODAY, "", render_pages)
    context = context_of(program, gate, Preferences(settings))
    yield from office_over(program, context, qtbot, qapp)


@pytest.fixture
def window(office: Office) -> MainWindow:
    made = MainWindow(office.context, make_pages(office.context), lambda _page: None)
    office.show(made)
    return made


def test_a_township_calls_no_roll_and_is_told_so(office: Office, window: MainWindow) -> None:
    assert list(window.pages) == ["today", "students", "cases", "papers", "settings"]
    office.context.bus.go.emit("roll", {"class": "七年级1班"})
    assert window.banner.text.startswith("点名由学校")


def test_its_pages_are_whole_named_and_walked_by_tab(office: Office, window: MainWindow) -> None:
    assert flaws_of_pages(office, window) == []


def test_every_row_of_today_leads_to_its_own_child(office: Office, window: MainWindow) -> None:
    """Both schools have a 2026-001: a number alone would lead nowhere."""
    refused: list[str] = []
    office.context.bus.refused.connect(refused.append)
    page = window.pages["today"]
    assert isinstance(page, TodayPage)
    tasks = [row for row in page.list.tasks.rows if isinstance(row, TaskRow)]
    rows = [row for row in tasks if row.page in {"cases", "papers"}]
    assert len(rows) == 6
    for row in rows:
        window.go("today")
        page.list.opened.emit(row)
        office.settle()
        office.application.processEvents()
        name = row.title.partition("（")[0]
        shown = " ".join(one.text() for one in window.page.findChildren(QLabel) if one.isVisible())
        assert name in shown, row.title
    assert refused == []
