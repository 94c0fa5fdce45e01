"""文书 in a township: orders before their time, second orders, batches that break off, and what is never lost."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import open_program
from app.domain.records import IssuedDocument
from app.service.papers.issuing import issue_paper
from app.service.papers.listing import list_papers
from app.service.program import Program
from app.service.screens.case import case_page
from tests.helpers.offices import own_office
from tests.helpers.township import COMMON, EARLY, GIVEN, NAMES, ORDER, OWN, TODAY, VISITED, case_of, township
from tests.ui.conftest import Office, context_over, office_over
from tests.ui.pages.papers.papers_at_hand import CONTROL, opened, place, shown_words
from ui.pages.cases.next_step import NextSide
from ui.pages.papers.fields import PaperFields
from ui.pages.papers.page import PapersPage

WHY = "还差2次"
REASON = "家长书面拒绝"


@pytest.fixture(scope="session")
def township_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("township")
    township(folder).close()
    return folder / "data"


@pytest.fixture
def office(township_folder: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Office]:
    own_office(township_folder, tmp_path / "data")
    program = open_program(tmp_path / "data", "demo", TODAY)
    yield from office_over(program, context_over(program, tmp_path), qtbot, qapp)


@pytest.fixture
def page(office: Office) -> Iterator[PapersPage]:
    yield from opened(office)


def papers(office: Office) -> list[IssuedDocument]:
    return list(office.program.read(lambda desk: desk.tx.find(IssuedDocument, order="seq")))


def issued_before(office: Office, name: str) -> str:
    return str(
        office.program.write(issue_paper, ORDER, case_of(office.program, name), GIVEN).value.record.number
    )


def write(fields: PaperFields, names: Iterable[str]) -> None:
    """Type what is given for those of the names that are asked for."""
    for name in names:
        if name in fields.fields:
            fields.fields[name].write(GIVEN[name])


def form(page: PapersPage, office: Office, name: str) -> None:
    """The form of one child's order, everything typed that it asks for."""
    page.open_target({"kind": ORDER, "case": case_of(office.program, name)})
    office.settle()
    write(page.form.fields, GIVEN)
    page.form._ask()
    office.settle()


def batch(page: PapersPage, office: Office) -> None:
    """A batch for all children, the common fields typed and each child's own."""
    page._decided(ORDER, [case_of(office.program, name) for name in NAMES])
    office.settle()
    write(page.batch.fields.common, COMMON)
    page.batch._ask()
    office.settle()


def fill_row(page: PapersPage, office: Office, name: str) -> None:
    """Enter on the row of a child, and type what it lacks."""
    page.batch.table.selectRow(place(page, name))
    office.qtbot.keyClick(page.batch.table, Qt.Key.Key_Return)
    office.settle()
    write(page.batch.fields.one, OWN)
    page.batch._ask()
    office.settle()
    page.batch.fields.close_case()


def ready_batch(page: PapersPage, office: Office) -> None:
    batch(page, office)
    for name in NAMES:
        fill_row(page, office, name)


@contextmanager
def running(page: PapersPage, office: Office, folder: Path) -> Iterator[None]:
    """Start the batch into `folder`; what is done inside is done while it runs, and it is over at the end."""
    page.batch.ask_folder = lambda parent, start: folder
    with office.qtbot.waitSignal(page.batch.issued, timeout=20_000):
        page.batch.issue()
        yield
    office.settle()


def run(page: PapersPage, office: Office, folder: Path) -> None:
    with running(page, office, folder):
        pass


def state(page: PapersPage, name: str) -> str:
    model = page.batch.model
    index = model.index(place(page, name), model.columnCount() - 1)
    return str(model.data(index))


def test_an_order_before_its_time_is_issued_only_with_a_reason_that_stays_with_it(
    page: PapersPage, office: Office
) -> None:
    form(page, office, EARLY[0])
    assert WHY in page.form.note.text()
    assert not page.form.issue_button.isEnabled()
    page.form.issue()
    office.settle()
    assert papers(office) == []
    assert page.form.reason.hasFocus()
    page.form.reason.setText(REASON)
    with office.qtbot.waitSignal(page.form.issued):
        office.qtbot.keyClick(page.form.reason, Qt.Key.Key_Return, CONTROL)
    office.settle()
    assert [one.forced_reason for one in papers(office)] == [REASON]
    office.qtbot.waitUntil(lambda: REASON in page.preview.about.text())


def test_a_case_offers_an_order_before_its_time_and_the_form_asks_for_the_reason(
    page: PapersPage, office: Office
) -> None:
    side = NextSide(office.context)
    office.qtbot.addWidget(side)
    side.show_case(office.program.read(case_page, case_of(office.program, EARLY[0])))
    side.paper_wanted.connect(
        lambda kind: page.open_target({"kind": kind, "case": case_of(office.program, EARLY[0])})
    )
    order = next(one for one in side.papers.actions() if ORDER in one.text())
    assert WHY in order.text() and order.text().endswith("；提前出要写理由）")
    order.trigger()
    office.settle()
    assert EARLY[0] in page.form.title.text()
    assert page.form.reason.isVisible()


def test_while_it_is_read_a_draft_is_called_by_its_kind_and_never_by_an_id(
    page: PapersPage, office: Office
) -> None:
    page.form.start(ORDER, case_of(office.program, VISITED[0]))
    assert page.form.title.text() == ORDER
    office.settle()


def test_an_order_after_five_visits_asks_for_no_reason(page: PapersPage, office: Office) -> None:
    form(page, office, VISITED[0])
    assert not page.form.reason.isVisible()
    with office.qtbot.waitSignal(page.form.issued):
        page.form.issue()
    office.settle()
    assert [one.forced_reason for one in papers(office)] == [""]


def test_a_batch_leaves_out_and_names_who_is_too_early_or_has_an_order(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    number = issued_before(office, VISITED[3])
    ready_batch(page, office)
    assert WHY in state(page, EARLY[0])
    assert f"已有{number}" in state(page, VISITED[3])
    assert [row.case.student for row in page.batch.model.ticked] == list(VISITED[:3])
    for name in (*EARLY, VISITED[3]):
        assert name in page.batch.note.text()
    run(page, office, tmp_path / "out")
    assert len(papers(office)) == 1 + len(VISITED[:3])


def test_who_is_too_early_is_issued_in_a_batch_by_tick_and_reason(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    ready_batch(page, office)
    page.batch.table.selectRow(place(page, EARLY[0]))
    office.qtbot.keyClick(page.batch.table, Qt.Key.Key_Space)
    assert not page.batch.go.isEnabled()
    page.batch.reason.setText(REASON)
    assert page.batch.go.isEnabled()
    run(page, office, tmp_path / "out")
    reasons = {one.student_id: one.forced_reason for one in papers(office)}
    assert sorted(reasons.values()) == ["", "", "", "", REASON]


def test_a_second_order_is_said_before_it_is_issued(page: PapersPage, office: Office) -> None:
    number = issued_before(office, VISITED[0])
    form(page, office, VISITED[0])
    assert f"已有{number}" in page.form.note.text()
    assert page.form.issue_button.text().startswith("再出一份")


def test_a_batch_that_breaks_off_keeps_what_was_issued_and_goes_on_with_the_rest(
    page: PapersPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_batch(page, office)
    stick = tmp_path / "U盘"
    program = office.program
    write = Program.write

    def pulled(self: Program, use_case: Any, *args: Any, **kwargs: Any) -> Any:
        done = write(self, use_case, *args, **kwargs)
        if use_case is issue_paper and len(program.read(list_papers)) == 2:
            shutil.rmtree(stick)
            stick.write_bytes(b"")  # nothing can be written where the stick was
        return done

    monkeypatch.setattr(Program, "write", pulled)
    run(page, office, stick)
    assert [state(page, name)[0] for name in VISITED] == ["✓", "✓", "○", "○"]
    assert "出了2份以后停下了" in page.batch.result.text()
    assert "文件夹" in page.batch.result.text()
    assert page.batch.print_all.isVisible()
    assert page.batch.go.text() == "继续出其余2份"
    run(page, office, tmp_path / "硬盘")
    assert [one.seq for one in papers(office)] == [1, 2, 3, 4]
    assert len({one.case_id for one in papers(office)}) == 4
    assert [one.called for one in page.batch.issued_papers] == [one.number for one in papers(office)]


def test_a_folder_that_takes_nothing_leaves_the_batch_as_it_was_typed(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    ready_batch(page, office)
    (tmp_path / "file").write_bytes(b"")
    run(page, office, tmp_path / "file")
    assert "一份也没有出" in page.batch.result.text()
    assert page.batch.go.isEnabled() and page.batch.go.text() == "出具4份"
    run(page, office, tmp_path / "out")
    assert len(papers(office)) == 4


def test_a_late_answer_leaves_the_next_draft_as_it_stands(
    page: PapersPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(page, office, VISITED[0])
    monkeypatch.setattr("ui.pages.papers.form.may_discard", lambda parent: True)
    draft = page.form._answer
    assert draft is not None
    page.form._issue_now(draft, (page.form.fields.typed, page.form.fields.blanks))  # its answer comes later
    page.open_target({"kind": ORDER, "case": case_of(office.program, VISITED[1])})
    office.settle()
    assert [one.number for one in papers(office)] == ["限复〔2026〕1号"]
    assert page.left.currentWidget() is page.form
    assert VISITED[1] in page.form.title.text()
    assert "家庭详细住址" in page.form.fields.fields
    assert [row.number for row in page.list.model.rows] == ["限复〔2026〕1号"]


def test_a_late_refusal_leaves_the_next_draft_as_it_stands(
    page: PapersPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(page, office, EARLY[0])
    draft = page.form._answer
    assert draft is not None
    page.form.reason.setText(REASON)
    monkeypatch.setattr("ui.pages.papers.form.may_discard", lambda parent: True)
    page.form._issue_now(draft, ({}, ()))  # lacks everything: refused later
    page.open_target({"kind": ORDER, "case": case_of(office.program, VISITED[1])})
    usable: list[bool] = []
    office.context.bus.refused.connect(lambda _said: usable.append(page.form.issue_button.isEnabled()))
    office.settle()
    assert usable == [False]
    assert papers(office) == []
    assert VISITED[1] in page.form.title.text()


def test_another_page_asks_before_what_was_typed_is_lost(
    page: PapersPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    form(page, office, VISITED[0])
    asked = []
    for module in ("form", "batch"):
        monkeypatch.setattr(
            f"ui.pages.papers.{module}.may_discard", lambda parent: bool(asked.append(parent))
        )
    page.open_target({"kind": ORDER, "case": case_of(office.program, VISITED[1])})
    page.open_target({"number": "限复〔2026〕1号"})
    page.choose()
    assert not page.may_leave()
    assert len(asked) == 4
    assert page.left.currentWidget() is page.form
    assert page.form.fields.fields["家庭详细住址"].text == GIVEN["家庭详细住址"]


def test_a_batch_with_typed_values_is_not_left_without_a_question(
    page: PapersPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready_batch(page, office)
    monkeypatch.setattr("ui.pages.papers.batch.may_discard", lambda parent: False)
    page.open_target({"number": "限复〔2026〕1号"})
    assert page.left.currentWidget() is page.batch
    assert not page.may_leave()


def test_a_reason_typed_for_voiding_is_not_thrown_away(
    page: PapersPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = issued_before(office, VISITED[0])
    page.open_target({"number": number})
    office.qtbot.waitUntil(lambda: page.preview.paper is not None)
    page.paper.ask_void()
    office.qtbot.keyClicks(QApplication.focusWidget(), "w")
    monkeypatch.setattr("ui.widgets.side_panel.may_discard", lambda parent: False)
    assert not page.may_leave()
    page.open_target({"kind": ORDER, "case": case_of(office.program, VISITED[1])})
    assert page.panel.isVisible()
    assert page.left.currentWidget() is page.list
    page.panel.dismiss()


def test_a_batch_in_the_background_leaves_the_screen_alone(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    ready_batch(page, office)
    with running(page, office, tmp_path / "out"):
        page.open_target({"kind": ORDER, "case": case_of(office.program, EARLY[1])})
    assert page.left.currentWidget() is page.form
    assert page.preview.paper is None
    assert EARLY[1] in shown_words(page)
    assert len(papers(office)) == 4


def test_while_a_batch_runs_no_other_is_begun_and_alt_n_comes_back_to_it(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    ready_batch(page, office)
    with running(page, office, tmp_path / "out"):
        page.open_target({"number": "限复〔2026〕9号"})
        page.choose()
        assert page.left.currentWidget() is page.batch
        page._decided(ORDER, [case_of(office.program, name) for name in EARLY])
        assert len(page.batch.model.rows) == len(NAMES)
    assert len(page.batch.issued_papers) == 4


def test_typing_just_before_the_start_does_not_disturb_the_run(
    page: PapersPage, office: Office, tmp_path: Path
) -> None:
    ready_batch(page, office)
    page.batch.fields.common.fields["学校联系人"].write("郑老师")
    with running(page, office, tmp_path / "out"):
        assert not page.batch._pause.isActive()
    assert {one.data["学校联系人"] for one in papers(office)} == {"郑老师"}


def test_what_each_child_lacks_is_given_in_the_batch_row_after_row(page: PapersPage, office: Office) -> None:
    batch(page, office)
    page.batch.table.selectRow(0)
    page.batch.table.setFocus()
    office.qtbot.keyClick(page.batch.table, Qt.Key.Key_Return)
    office.settle()
    editor = page.batch.fields.one.fields["家庭详细住址"].editor
    assert editor.hasFocus()
    office.qtbot.keyClicks(editor, "1")
    office.qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    office.settle()
    assert page.batch.fields.case == page.batch.model.rows[1].id
    blank = page.batch.fields.one.fields["家庭详细住址"].blank
    office.qtbot.keyClick(blank, Qt.Key.Key_Space)
    page.batch._ask()
    office.settle()
    assert [row.case.missing for row in page.batch.model.rows[:2]] == [(), ()]
    page.batch.open_row()
    office.settle()
    assert page.batch.fields.one.fields["家庭详细住址"].blank.isChecked()
    office.qtbot.keyClick(page.batch, Qt.Key.Key_Escape)
    assert page.left.currentWidget() is page.batch
    assert page.batch.table.hasFocus()
    page.batch.stop()


def test_two_schools_may_use_the_same_number(page: PapersPage, office: Office) -> None:
    page.choose()
    office.settle()
    rows = page.choice.model.rows
    assert len({row.no for row in rows}) < len(rows)
    page.choice.kind.setCurrentIndex(page.choice.kind.findData(ORDER))
    page.choice.all.click()
    page.choice.next.click()
    office.settle()
    assert sorted(row.case.student for row in page.batch.model.rows) == sorted(NAMES)
