"""文书: filling one paper with its page beside it, and issuing it, by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.service.cases.reading import list_cases
from app.service.office.spelling import initials_of
from app.service.papers.issuing import issue_paper, void_paper
from app.service.papers.listing import list_papers
from app.settings import DataFolder
from tests.ui.conftest import Office
from tests.ui.pages.papers.papers_at_hand import (
    CONTROL,
    LETTER,
    RECORD,
    choosing,
    filling,
    issue,
    opened,
    reload,
    shown_words,
    unvisited,
    visited,
)
from ui.pages.papers.page import LAYING_OUT, PapersPage


@pytest.fixture
def page(office: Office) -> Iterator[PapersPage]:
    yield from opened(office)


def test_alt_n_enter_fill_and_ctrl_enter_issue_a_paper(page: PapersPage, office: Office) -> None:
    choice = choosing(page, office)
    choice.kind.setCurrentIndex(choice.kind.findData(LETTER))
    choice.table.selectRow(choice.model.position("id", visited(office)))
    office.qtbot.keyClick(choice.table, Qt.Key.Key_Return)
    office.qtbot.waitUntil(lambda: "【请填：学校联系电话】" in shown_words(page))
    editor = page.form.fields.fields["学校联系电话"].editor
    assert editor.hasFocus()
    assert not page.form.issue_button.isEnabled()
    office.qtbot.keyClicks(editor, "13900001234")
    office.qtbot.waitUntil(lambda: "13900001234" in shown_words(page))
    with office.qtbot.waitSignal(page.form.issued):
        office.qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    office.qtbot.waitUntil(lambda: "返校〔2026〕1号" in shown_words(page))
    assert page.left.currentWidget() is page.list
    assert [row.number for row in office.program.read(list_papers)] == ["返校〔2026〕1号"]


def test_ctrl_enter_right_after_the_last_key_issues_what_was_typed(page: PapersPage, office: Office) -> None:
    filling(page, office, LETTER, visited(office))
    editor = page.form.fields.fields["学校联系电话"].editor
    office.qtbot.keyClicks(editor, "13700001111")
    with office.qtbot.waitSignal(page.form.issued):
        office.qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    office.qtbot.waitUntil(lambda: "13700001111" in shown_words(page))


def test_ctrl_enter_with_a_gap_takes_no_number(page: PapersPage, office: Office) -> None:
    filling(page, office, LETTER, visited(office))
    page.form.issue()
    office.settle()
    assert "还缺1项：学校联系电话" in page.form.note.text()
    assert office.program.read(list_papers) == []


def test_only_what_is_missing_is_asked_and_everything_can_be_seen(page: PapersPage, office: Office) -> None:
    filling(page, office, RECORD, unvisited(office))
    fields = page.form.fields.fields
    in_sight = [name for name, one in fields.items() if one.isVisible()]
    assert in_sight == ["去向", "劝返工作教师", "劝返方式", "劝返时间"]
    page.form.everything.click()
    assert all(one.isVisible() for one in fields.values())
    assert fields["学生姓名"].text


def test_a_field_left_blank_on_purpose_is_not_asked_again(page: PapersPage, office: Office) -> None:
    filling(page, office, LETTER, visited(office))
    field = page.form.fields.fields["学校联系电话"]
    office.qtbot.keyClick(field.blank, Qt.Key.Key_Space)
    office.qtbot.waitUntil(page.form.issue_button.isEnabled)
    office.qtbot.waitUntil(lambda: "请填" not in shown_words(page))
    assert not field.editor.isEnabled()
    with office.qtbot.waitSignal(page.form.issued) as issued:
        page.form.issue_button.click()
    assert issued.args is not None and issued.args[0].record.blanks == ("学校联系电话",)


def test_a_box_is_ticked_by_space(page: PapersPage, office: Office) -> None:
    filling(page, office, RECORD, unvisited(office))
    field = page.form.fields.fields["劝返方式"]
    field.write("电话")
    assert field.text == "电话"
    office.qtbot.waitUntil(lambda: "劝返方式" not in page.form.note.text())


def test_a_shorter_term_moves_the_last_day_on_the_form(page: PapersPage, office: Office) -> None:
    filling(page, office, LETTER, visited(office))
    page.form.everything.click()
    page.form.fields.fields["限期"].write("3日")
    office.qtbot.waitUntil(lambda: page.form.fields.fields["限期届满日"].text == "2026年11月23日")


def test_what_was_typed_stays_when_the_draft_answers(page: PapersPage, office: Office) -> None:
    filling(page, office, RECORD, unvisited(office))
    page.form.everything.click()
    page.form.fields.fields["学生姓名"].write("")
    office.qtbot.waitUntil(lambda: "学生姓名" in page.form.note.text())
    assert page.form.fields.fields["学生姓名"].text == ""


def test_a_school_sees_the_order_refused_and_cannot_issue_it(page: PapersPage, office: Office) -> None:
    filling(page, office, "限期复学通知书", visited(office))
    assert "学校不能出具" in page.form.note.text()
    page.form.issue()
    office.settle()
    assert office.program.read(list_papers) == []
    page.choose()
    office.qtbot.waitUntil(lambda: "学校不能出具" in page.choice.why.text())


def test_esc_leaves_the_form_and_gives_up_the_draft(page: PapersPage, office: Office) -> None:
    issued = issue(office)
    filling(page, office, LETTER, visited(office))
    office.qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    office.qtbot.waitUntil(lambda: issued.called in shown_words(page))
    assert page.left.currentWidget() is page.list


def test_esc_from_a_form_without_a_page_says_that_the_next_page_is_made(
    page: PapersPage, office: Office
) -> None:
    folder = DataFolder(office.context.folder).templates
    folder.mkdir()
    issued = issue(office)
    reload(page, office)
    (folder / "返校通知书.docx").write_bytes(b"no docx")
    page.open_target({"kind": LETTER, "case": visited(office)})
    office.qtbot.waitUntil(lambda: "WPS" in page.form.note.text())
    office.qtbot.keyClick(page.form, Qt.Key.Key_Escape)
    assert LAYING_OUT in [one.text() for one in page.preview.findChildren(QLabel) if one.isVisible()]
    office.qtbot.waitUntil(lambda: issued.called in shown_words(page))


def test_after_voiding_the_form_says_what_it_took_from_the_paper_before(
    page: PapersPage, office: Office
) -> None:
    case = unvisited(office)
    given = {"去向": "去向不明", "劝返工作教师": "周老师", "劝返方式": "电话", "劝返时间": "11月20日"}
    issued = office.program.write(issue_paper, RECORD, case, given).value.record
    office.program.write(void_paper, issued.id, "写错")
    page.open_target({"kind": RECORD, "case": case})
    office.qtbot.waitUntil(lambda: "照上一份填了：去向、劝返工作教师" in page.form.note.text())
    assert page.form.issue_button.isEnabled()


@pytest.mark.parametrize("typed", ["2026-003", "{name}", "{letters}", "{capitals}", "五年级"])
def test_a_case_to_issue_for_is_found_by_number_name_pinyin_or_class(
    page: PapersPage, office: Office, typed: str
) -> None:
    choice = choosing(page, office)
    one = next(row for row in choice.model.rows if row.class_name == "五年级1班")
    letters = min(initials_of(one.student))
    words = {"name": one.student, "letters": letters, "capitals": letters.upper()}
    choice.search.setText(typed.format(**words))
    assert one.id in [row.id for row in choice.model.rows]
    assert choice.model.rowCount() < len(office.program.read(list_cases))


def test_esc_asks_before_what_was_typed_is_lost(
    page: PapersPage, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    filling(page, office, LETTER, visited(office))
    page.form.fields.fields["学校联系电话"].write("139")
    monkeypatch.setattr("ui.pages.papers.form.may_discard", lambda parent: False)
    page.form.leave()
    assert page.left.currentWidget() is page.form
    monkeypatch.setattr("ui.pages.papers.form.may_discard", lambda parent: True)
    page.form.leave()
    assert page.left.currentWidget() is page.list


def test_a_broken_template_of_the_county_is_said_in_the_form(page: PapersPage, office: Office) -> None:
    folder = DataFolder(office.context.folder).templates
    folder.mkdir()
    (folder / "返校通知书.docx").write_bytes(b"no docx")
    page.open_target({"kind": LETTER, "case": visited(office)})
    office.qtbot.waitUntil(lambda: "WPS" in page.form.note.text())
    assert not page.form.issue_button.isEnabled()
    assert page.form._back.hasFocus()
    assert "正在排版" not in page.preview._empty.text()


def test_after_issuing_the_keyboard_is_on_print(page: PapersPage, office: Office) -> None:
    filling(page, office, LETTER, visited(office))
    page.form.fields.fields["学校联系电话"].write("13900001234")
    with office.qtbot.waitSignal(page.form.issued):
        page.form.issue()
    office.qtbot.waitUntil(page.preview.print.hasFocus)
