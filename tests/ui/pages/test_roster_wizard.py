"""名册导入 through the window: preview, mapping, problem rows, accept, take back; nothing before it is accepted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester

from app.service.roster_view import import_runs
from app.service.students_rows import student_rows
from tests.ui.conftest import Office
from ui.pages.roster_wizard_preview import UNREAD
from ui.pages.students import StudentsPage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EVERYONE = 108
HEADER = ("姓名", "班级", "出生日期", "爱好")
ROWS = [("欧阳小满", "五年级2班", "2015-03-12", "画画"), ("周晓航", "五年级2班", "2015-02-30", "")]


@pytest.fixture
def page(office: Office) -> Iterator[StudentsPage]:
    made = StudentsPage(office.context)
    office.qtbot.addWidget(made)
    made.resize(1250, 660)
    made.show()
    office.settle()
    made.view.setFocus()
    office.qtbot.keyClick(made.view, Qt.Key.Key_I)
    office.settle()
    yield made


def roster(path: Path, header: tuple[str, ...] = HEADER, rows: list[tuple[str, ...]] = ROWS) -> Path:
    book = Workbook()
    for line in (header, *rows):
        book.worksheets[0].append(line)
    book.save(path)
    return path


def count(office: Office) -> int:
    return len(office.program.read(student_rows))


def test_a_roster_goes_in_and_comes_out_again(page: StudentsPage, office: Office, tmp_path: Path) -> None:
    wizard = page.wizard
    wizard.read_file(roster(tmp_path / "名册.xlsx"))
    office.settle()
    preview = wizard.preview_step
    assert [number.text() for number in preview.numbers.values()] == ["1", "0", "0", "0", "1"]
    assert count(office) == EVERYONE
    assert preview.accept_button.text() == "导入：新增1名(&I)"
    with office.qtbot.waitSignal(wizard.imported):
        office.qtbot.keyClick(preview.accept_button, Qt.Key.Key_Space)
    assert count(office) == EVERYONE + 1
    with office.qtbot.waitSignal(wizard.imported):
        wizard.undo(office.program.read(import_runs)[0]["run"])
    assert count(office) == EVERYONE


def test_esc_on_the_preview_leaves_nothing_behind(page: StudentsPage, office: Office, tmp_path: Path) -> None:
    page.wizard.read_file(roster(tmp_path / "名册.xlsx"))
    office.settle()
    office.qtbot.keyClick(page.wizard, Qt.Key.Key_Escape)
    office.settle()
    assert page.wizard.stack.currentWidget() is page.wizard.file_step
    office.qtbot.keyClick(page.wizard, Qt.Key.Key_Escape)
    assert page.stack.currentIndex() == 0
    assert count(office) == EVERYONE


def test_a_reading_that_was_cancelled_shows_no_preview(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    page.wizard.read_file(roster(tmp_path / "名册.xlsx"))
    office.qtbot.keyClick(page.wizard, Qt.Key.Key_Escape)
    office.settle()
    assert page.wizard.stack.currentWidget() is page.wizard.file_step


def test_headers_nobody_knows_are_chosen_by_hand(page: StudentsPage, office: Office, tmp_path: Path) -> None:
    strange = roster(tmp_path / "怪.xlsx", ("孩子", "哪个班"), [("欧阳小满", "五年级2班")])
    page.wizard.read_file(strange)
    office.settle()
    preview = page.wizard.preview_step
    assert not preview.accept_button.isEnabled()
    assert UNREAD in {one.text() for one in preview.mapping_tab.findChildren(type(preview.numbers["新增"]))}
    preview.mapping_tab.choosers["孩子"].setCurrentText("姓名")
    preview.mapping_tab.choosers["哪个班"].setCurrentText("班级")
    office.qtbot.keyClick(preview.mapping_tab.button, Qt.Key.Key_Space)
    office.settle()
    assert preview.numbers["新增"].text() == "1"
    assert preview.mapping() == {"姓名": "孩子", "班级": "哪个班"}


def test_what_is_chosen_after_the_preview_is_not_imported_unseen(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    page.wizard.read_file(roster(tmp_path / "名册.xlsx"))
    office.settle()
    page.wizard.preview_step.mapping_tab.choosers["爱好"].setCurrentText("备注")
    with office.qtbot.waitSignal(page.wizard.imported):
        page.wizard.accept()
    remarks = office.program.read(lambda desk: desk.tx.rows("SELECT remark FROM student WHERE remark <> ''"))
    assert remarks == []


def test_problem_rows_name_their_cell_and_are_saved(
    page: StudentsPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.wizard.read_file(roster(tmp_path / "名册.xlsx"))
    office.settle()
    (row,) = page.wizard.preview_step.problems.model.rows
    assert row["cell"] == "C3"
    target = tmp_path / "问题.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with office.qtbot.waitSignal(office.context.bus.said):
        page.wizard.preview_step.save_button.click()
    assert "周晓航" in [cell.value for cell in load_workbook(target).worksheets[0][2]]


def test_a_broken_file_is_said_in_a_sentence_and_the_wizard_waits_for_another(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"no roster")
    with office.qtbot.waitSignal(office.context.bus.refused):
        page.wizard.read_file(broken)
    office.settle()
    assert page.wizard.stack.currentWidget() is page.wizard.file_step


def test_a_file_dropped_on_the_page_is_read(page: StudentsPage, office: Office, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(roster(tmp_path / "名册.xlsx")))])
    zone = page.wizard.file_step.zone
    where, button, keys = QPoint(9, 9), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(where, Qt.DropAction.CopyAction, mime, button, keys)
    zone.dragEnterEvent(over)
    assert over.isAccepted()
    zone.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, mime, button, keys))
    office.settle()
    assert page.wizard.preview_step.numbers["新增"].text() == "1"


def test_a_picture_is_not_taken_for_a_roster(page: StudentsPage, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "照片.jpg"))])
    over = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    over.ignore()
    page.wizard.file_step.zone.dragEnterEvent(over)
    assert not over.isAccepted()


def test_earlier_imports_are_listed_and_one_that_is_used_is_not_taken_back(
    page: StudentsPage, office: Office
) -> None:
    step = page.wizard.file_step
    assert len(step.runs.model.rows) == 1
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        step.take_back.click()
    assert "不能整批撤销" in refused.args[0]
    assert count(office) == EVERYONE


def test_a_changed_number_stays_masked_in_the_preview(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    path = roster(
        tmp_path / "名册.xlsx",
        ("姓名", "班级", "身份证件号"),
        [(row["name"], row["class"], row["numbers"].split()[0]) for row in office.program.read(student_rows)],
    )
    page.wizard.read_file(path)
    office.settle()
    assert not any("0" * 9 in str(row) for row in page.wizard.preview_step.changed.model.rows)
    assert not page.wizard.preview_step.accept_button.isEnabled()


def test_every_list_of_the_preview_keeps_qts_rules(
    page: StudentsPage, office: Office, tmp_path: Path, qtmodeltester: ModelTester
) -> None:
    page.wizard.read_file(roster(tmp_path / "名册.xlsx"))
    office.settle()
    preview = page.wizard.preview_step
    for one in (preview.new, preview.changed, preview.vanished, preview.problems, preview.warnings):
        qtmodeltester.check(one.model)
