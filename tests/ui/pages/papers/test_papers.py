"""文书: the list of papers by keyboard, templates, and what holds for the whole page."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.modeltest import ModelTester

from app.service.papers.issuing import void_paper
from app.settings import DataFolder
from tests.ui.conftest import Office
from tests.ui.pages.papers.papers_at_hand import (
    ALT,
    LETTER,
    RECORD,
    filling,
    issue,
    opened,
    reload,
    shown_words,
    unvisited,
)
from ui.pages.papers.page import PapersPage
from ui.pages.papers.templates import TemplatesPanel
from ui.widgets.page_view import PageView


@pytest.fixture
def page(office: Office) -> Iterator[PapersPage]:
    yield from opened(office)


def test_an_empty_list_says_what_to_do(page: PapersPage) -> None:
    assert "Alt+N" in page.list.empty_words
    assert not page.preview.print.isVisible()


def test_the_newest_paper_is_shown_at_once_as_it_was_issued(page: PapersPage, office: Office) -> None:
    issued = issue(office)
    reload(page, office)
    assert page.preview.paper is not None
    assert page.preview.paper.id == issued.id
    assert issued.called in shown_words(page)
    assert page.list.empty_words == ""


def test_the_list_keeps_qts_rules(page: PapersPage, office: Office, qtmodeltester: ModelTester) -> None:
    issue(office)
    reload(page, office)
    qtmodeltester.check(page.list.model)


def test_arrows_walk_through_the_papers(page: PapersPage, office: Office) -> None:
    first, second = issue(office, "报告单"), issue(office, "报告单")
    reload(page, office)
    assert page.preview.paper is not None and page.preview.paper.id == second.id
    office.qtbot.keyClick(page.list.table, Qt.Key.Key_Down)
    office.qtbot.waitUntil(lambda: first.called in shown_words(page))


def test_the_list_is_filtered_by_words_kind_and_state(page: PapersPage, office: Office) -> None:
    report, letter = issue(office, "报告单"), issue(office)
    office.program.write(void_paper, report.id, "写错")
    reload(page, office)
    page.list.state.setCurrentText("已作废")
    assert [row.id for row in page.list.model.rows] == [report.id]
    page.list.state.setCurrentIndex(0)
    page.list.kind.setCurrentText(LETTER)
    assert [row.id for row in page.list.model.rows] == [letter.id]
    page.list.kind.setCurrentIndex(0)
    office.qtbot.keyClicks(page.list.search, "zwj")
    assert len(page.list.model.rows) == 2
    office.qtbot.keyClicks(page.list.search, "q")
    assert page.list.empty_words == "没有符合条件的文书。"


def test_another_page_can_ask_for_a_paper_that_is_filtered_away(page: PapersPage, office: Office) -> None:
    report, letter = issue(office, "报告单"), issue(office)
    reload(page, office)
    page.list.kind.setCurrentText(LETTER)
    page.open_target({"paper": report.id})
    office.qtbot.waitUntil(lambda: report.called in shown_words(page))
    page.open_target({"number": letter.called})
    office.qtbot.waitUntil(lambda: letter.called in shown_words(page))


def test_a_voided_paper_can_be_looked_at_but_not_used(page: PapersPage, office: Office) -> None:
    office.program.write(void_paper, issue(office).id, "写错")
    reload(page, office)
    assert not any(
        one.isEnabled()
        for one in (page.preview.print, page.preview.pdf, page.preview.word, page.preview.void)
    )
    assert "已作废：写错" in page.preview.about.text()
    page.paper.print()
    page.paper.save_as(".pdf")
    page.paper.ask_void()
    assert not page.panel.isVisible()


def test_the_templates_are_listed_with_what_the_checker_found(page: PapersPage, office: Office) -> None:
    folder = DataFolder(office.context.folder).templates
    folder.mkdir()
    (folder / "报告单.docx").write_bytes(b"no docx")
    office.qtbot.keyClick(page, Qt.Key.Key_T, ALT)
    office.qtbot.waitUntil(page.panel.isVisible)
    panel = page.panel.findChild(TemplatesPanel)
    assert panel is not None
    office.qtbot.waitUntil(lambda: len(panel.rows) == 9)
    assert [one.kind for one in panel.rows if one.problem] == ["报告单"]
    put = next(
        one
        for one in panel.findChildren(QPushButton)
        if one.accessibleName() == f"把{LETTER}的自带模板放进模板文件夹"
    )
    put.click()
    office.qtbot.waitUntil(lambda: any(one.own for one in panel.rows if one.kind == LETTER))
    assert (folder / "返校通知书.docx").is_file()
    page.panel.dismiss()


def test_a_demo_can_be_looked_at_but_nothing_issued(page: PapersPage, office: Office) -> None:
    issue(office)
    office.context.read_only = True
    only = PapersPage(office.context)
    office.qtbot.addWidget(only)
    only.show()
    office.qtbot.waitUntil(lambda: only.preview.paper is not None)
    office.settle()
    assert not only.new.isEnabled()
    assert not only.preview.void.isEnabled()
    assert only.preview.print.isEnabled()


def test_every_button_and_field_has_a_name_to_be_read_aloud(page: PapersPage, office: Office) -> None:
    filling(page, office, RECORD, unvisited(office))
    page.form.everything.click()
    unnamed = [
        one
        for one in page.form.fields.findChildren(QPlainTextEdit)
        if one.isVisible() and not one.accessibleName()
    ]
    assert unnamed == []
    assert page.findChild(PageView).accessibleName() == "文书页面"
    assert page.commands()


def test_a_narrow_table_leaves_out_its_lesser_columns(page: PapersPage, office: Office) -> None:
    issue(office)
    reload(page, office)
    page.split.setSizes([850, 400])
    office.qtbot.waitUntil(lambda: not page.list.table.isColumnHidden(3))
    page.split.setSizes([300, 950])
    office.qtbot.waitUntil(lambda: page.list.table.isColumnHidden(3))
    assert not page.list.table.isColumnHidden(2)
    assert not page.list.table.isColumnHidden(4)
    assert page.list.table.mapTo(page, QPoint()).x() >= 0


def test_numbers_skipped_after_a_restore_are_named_below_the_list(page: PapersPage, office: Office) -> None:
    """A power cut while the second 返校通知书 was numbered: its number is in the high-water mark and in no record."""
    issue(office)
    reload(page, office)
    assert not page.list.skipped.isVisible()
    file = office.program.store._numbering.file
    known = file.read()
    assert known is not None
    (series,) = [one for one in known.numbers if one.kind == LETTER]
    file.change(lambda _before: replace(known, numbers={**known.numbers, series: 2}))
    third = issue(office)
    reload(page, office)
    assert "2026〕3号" in third.called
    office.qtbot.waitUntil(page.list.skipped.isVisible)
    assert (
        page.list.skipped.text()
        == f"跳号：文号{third.called.replace('3号', '2号')}编号时中断，没有用成，留空。"
    )
