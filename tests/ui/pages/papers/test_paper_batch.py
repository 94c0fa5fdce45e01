"""文书: many cases at once — ticking, gaps, progress, stopping, printing all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from app.service.papers.listing import list_papers
from tests.ui.conftest import Office
from tests.ui.pages.papers.papers_at_hand import (
    LETTER,
    choosing,
    opened,
    printing_to,
    shown_words,
    unvisited,
    visited,
)
from ui.pages.papers.page import PapersPage
from ui.pages.papers.printing import PrintPanel


@pytest.fixture
def page(office: Office) -> Iterator[PapersPage]:
    yield from opened(office)


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return printing_to(tmp_path / "printed.pdf", monkeypatch)


def batch(page: PapersPage, office: Office) -> None:
    """Tick two cases with Space and go on to a batch of letters."""
    choice = choosing(page, office)
    choice.kind.setCurrentIndex(choice.kind.findData(LETTER))
    for case in (visited(office), unvisited(office)):
        choice.table.selectRow(choice.model.position("id", case))
        office.qtbot.keyClick(choice.table, Qt.Key.Key_Space)
    assert choice.next.text() == "批量填2份"
    office.qtbot.keyClick(choice.table, Qt.Key.Key_Return)
    office.qtbot.waitUntil(lambda: len(page.batch.model.rows) == 2)
    office.settle()


def test_a_batch_names_gaps_asks_once_and_issues_the_rest(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    batch(page, office)
    assert [row.case.missing for row in page.batch.model.rows] == [
        ("学校联系电话",),
        ("联系日期", "学校联系电话"),
    ]
    assert not page.batch.go.isEnabled()
    page.batch.fields.common.fields["学校联系电话"].write("13900001234")
    office.qtbot.waitUntil(lambda: page.batch.go.text() == "出具1份")
    page.batch.ask_folder = lambda parent, start: tmp_path / "out"
    with office.qtbot.waitSignal(page.batch.issued, timeout=10_000):
        page.batch.go.click()
    office.qtbot.waitUntil(lambda: "返校〔2026〕1号" in shown_words(page))
    assert [one.called for one in page.batch.issued_papers] == ["返校〔2026〕1号"]
    assert sorted(file.suffix for file in (tmp_path / "out").iterdir()) == [".docx", ".pdf"]
    assert "出具了1份" in page.batch.result.text()
    page.batch.leave()
    assert page.left.currentWidget() is page.list


def test_a_batch_stops_when_told_and_says_how_far_it_came(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    batch(page, office)
    page.batch.fields.common.fields["学校联系电话"].write("13900001234")
    office.qtbot.waitUntil(page.batch.go.isEnabled)
    page.batch.ask_folder = lambda parent, start: tmp_path / "out"
    with office.qtbot.waitSignal(page.batch.issued, timeout=10_000):
        page.batch.go.click()
        page.batch.leave()
        assert page.left.currentWidget() is page.batch
        page.batch.run.halt.click()
    done = len(office.program.read(list_papers))
    assert len(page.batch.issued_papers) == done
    assert f"出具了{done}份" in page.batch.result.text()
    office.settle()


def test_a_batch_is_not_begun_without_a_folder(page: PapersPage, office: Office) -> None:
    batch(page, office)
    page.batch.fields.common.fields["学校联系电话"].write("13900001234")
    office.qtbot.waitUntil(page.batch.go.isEnabled)
    page.batch.ask_folder = lambda parent, start: None
    page.batch.go.click()
    office.settle()
    assert office.program.read(list_papers) == []


def test_a_folder_that_takes_no_files_is_said(page: PapersPage, office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    batch(page, office)
    page.batch.fields.common.fields["学校联系电话"].write("13900001234")
    office.qtbot.waitUntil(page.batch.go.isEnabled)
    page.batch.ask_folder = lambda parent, start: tmp_path / "file"
    with office.qtbot.waitSignal(page.batch.issued, timeout=10_000):
        page.batch.go.click()
    assert "一份也没有出" in page.batch.result.text()
    assert "文件夹" in page.batch.result.text()
    assert office.program.read(list_papers) == []
    office.settle()


def test_all_papers_of_a_batch_are_printed(
    page: PapersPage, office: Office, tmp_path: Path, printer: Path
) -> None:
    batch(page, office)
    page.batch.fields.common.fields["学校联系电话"].write("13900001234")
    office.qtbot.waitUntil(page.batch.go.isEnabled)
    page.batch.ask_folder = lambda parent, start: tmp_path / "out"
    with office.qtbot.waitSignal(page.batch.issued, timeout=10_000):
        page.batch.go.click()
    office.qtbot.waitUntil(lambda: "返校〔2026〕1号" in shown_words(page))
    page.batch.print_all.click()
    panel = page.panel.findChild(PrintPanel)
    assert panel is not None
    office.settle()
    with office.qtbot.waitSignal(panel.printed):
        panel.go.click()
    assert printer.exists()
    page._back()


def test_the_cases_to_choose_from_keep_qts_rules(
    page: PapersPage, office: Office, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(choosing(page, office).model)


def test_all_cases_are_ticked_at_once_and_the_ended_ones_on_request(page: PapersPage, office: Office) -> None:
    choice = choosing(page, office)
    open_ones = len(choice.model.rows)
    choice.all.click()
    assert len(choice.model.ticked) == open_ones
    choice.all.click()
    assert choice.model.ticked == []
    choice.closed.click()
    office.qtbot.waitUntil(lambda: len(choice.model.rows) > open_ones)
    office.qtbot.keyClick(choice, Qt.Key.Key_Escape)
    assert page.left.currentWidget() is page.list
