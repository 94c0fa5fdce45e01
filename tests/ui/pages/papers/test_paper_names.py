"""文书 in a township: children of one name, of several schools."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.service.papers.drafts import BatchDraft
from tests.helpers.papers import papers_of_both_schools
from tests.helpers.township import EARLY, NAMES, ORDER, UNIT, case_of, rename
from tests.ui.conftest import Office
from tests.ui.pages.papers.papers_at_hand import choosing, opened
from tests.ui.pages.township_at_hand import opened_office
from ui.pages.papers.batch_rows import verdict
from ui.pages.papers.page import PapersPage


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Office]:
    yield from opened_office(UNIT, "乡镇", tmp_path, qtbot, qapp)


@pytest.fixture
def page(office: Office) -> Iterator[PapersPage]:
    yield from opened(office)


def test_two_children_of_one_name_are_told_apart_where_cases_are_chosen(
    page: PapersPage, office: Office
) -> None:
    for name in EARLY:
        rename(office.program, name, "张伟")
    choice = choosing(page, office)
    names = [choice.model.index(row, 1).data() for row in range(choice.model.rowCount())]
    assert names[-2:] == ["张伟（湖美中学）", "张伟（桃源中学）"]


def test_two_children_of_one_name_are_told_apart_wherever_a_batch_names_them(
    page: PapersPage, office: Office
) -> None:
    cases = [case_of(office.program, name) for name in NAMES]
    for name in EARLY:
        rename(office.program, name, "张伟")
    page._decided(ORDER, cases)
    office.settle()
    model = page.batch.model
    assert [model.index(row, 0).data() for row in (4, 5)] == ["张伟（湖美中学）", "张伟（桃源中学）"]
    assert (
        "张伟（湖美中学）、张伟（桃源中学）还不能出"
        in verdict(BatchDraft("", (), ()), model.rows, [], "", None)[0]
    )
    page.batch.table.selectRow(5)
    office.qtbot.keyClick(page.batch.table, Qt.Key.Key_Return)
    office.settle()
    captions = [one.text() for one in page.batch.fields.findChildren(QLabel)]
    assert "张伟（桃源中学）的这一份（Ctrl+Enter填下一份）：" in captions


def is_shown(page: PapersPage, called: str) -> bool:
    return page.preview.title.text().startswith(called)


def test_papers_of_two_schools_under_one_number_are_listed_whole_and_opened_each(
    page: PapersPage, office: Office
) -> None:
    papers = papers_of_both_schools(office.program)
    for school, paper_id in papers.items():
        page.open_target({"paper": paper_id})
        called = f"{school} 限复〔2026〕1号"
        office.qtbot.waitUntil(partial(is_shown, page, called))
        assert page.preview.paper is not None and page.preview.paper.id == paper_id
        page.paper.ask_void()
        assert page.panel.isVisible()
        page.panel.dismiss()
    model, table = page.list.model, page.list.table
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert sorted(shown) == sorted(f"{school} 限复〔2026〕1号" for school in papers)
    assert all(table.fontMetrics().horizontalAdvance(words) < table.columnWidth(0) - 20 for words in shown)
