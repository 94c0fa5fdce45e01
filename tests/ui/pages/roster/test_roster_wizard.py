"""名册导入 through the window: preview, mapping, problem rows, accept, take back; nothing before it is accepted."""

from pathlib import Path
from threading import Event

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.modeltest import ModelTester

from app.service.screens.roster import import_runs
from app.service.screens.students_rows import student_rows
from tests.ui.conftest import Office
from tests.ui.pages.roster import roster_at_hand
from tests.ui.pages.roster.roster_at_hand import count, roster
from tests.ui.pages.students.students_at_hand import EVERYONE
from ui.pages.roster.mapping import NOT_READ, UNREAD
from ui.pages.students.page import StudentsPage

at_table, page = roster_at_hand.at_table, roster_at_hand.page

NAMES = [f"{a}{b}" for a in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰" for b in "天地玄黄宇宙洪荒日月盈昃辰宿"][:201]


def test_a_roster_goes_in_and_comes_out_again(page: StudentsPage, office: Office, tmp_path: Path) -> None:
    wizard = page.wizard
    wizard.read_file(roster(tmp_path / "名册.xlsx"))
    office.settle()
    preview = wizard.preview_step
    assert [number.text() for number in preview.numbers.values()] == ["1", "0", "0", "0", "1"]
    assert count(office) == EVERYONE
    assert preview.accept_button.text() == "导入：新增1名(&I)"
    office.qtbot.keyClick(preview.accept_button, Qt.Key.Key_Space)
    office.settle()
    assert count(office) == EVERYONE + 1
    wizard.undo(office.program.read(import_runs)[0].run)
    office.settle()
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


def test_what_is_chosen_after_the_preview_must_be_previewed_before_it_is_imported(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    read(page, office, roster(tmp_path / "名册.xlsx"))
    preview = page.wizard.preview_step
    preview.mapping_tab.choosers["爱好"].setCurrentText("备注")
    assert not preview.accept_button.isEnabled()
    assert preview._first.isVisible()
    preview.mapping_tab.choosers["爱好"].setCurrentText(NOT_READ)
    assert preview.accept_button.isEnabled()
    assert not preview._first.isVisible()
    preview.mapping_tab.choosers["爱好"].setCurrentText("备注")
    preview.mapping_tab.button.click()
    office.settle()
    assert preview.accept_button.isEnabled()


def test_problem_rows_name_their_cell_and_are_saved(
    page: StudentsPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.wizard.read_file(roster(tmp_path / "名册.xlsx"))
    office.settle()
    (row,) = page.wizard.preview_step.problems.model.rows
    assert row.cell == "C3"
    target = tmp_path / "问题.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with office.qtbot.waitSignal(office.context.bus.said):
        page.wizard.preview_step.save_button.click()
    assert "周晓航" in [cell.value for cell in load_workbook(target).worksheets[0][2]]


def test_the_window_is_not_closed_while_problem_rows_are_saved(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    read(page, office, roster(tmp_path / "名册.xlsx"))
    page.wizard.write_problems(tmp_path / "问题.xlsx")
    assert office.context.tasks.changing == 1
    office.settle()
    assert (tmp_path / "问题.xlsx").is_file()


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


def test_a_changed_number_stays_masked_in_the_preview(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    path = roster(
        tmp_path / "名册.xlsx",
        ("姓名", "班级", "身份证件号"),
        [(row.name, row.class_name, row.numbers.split()[0]) for row in office.program.read(student_rows)],
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


def whole(office: Office) -> list[tuple[str, ...]]:
    """Every child of the school as rows of a roster."""
    rows = office.program.read(student_rows)
    return [(row.name, row.class_name, str(row.birth), "") for row in rows]


def read(page: StudentsPage, office: Office, path: Path) -> None:
    page.wizard.read_file(path)
    office.settle()


def test_mended_problem_rows_do_not_make_the_rest_of_the_class_vanish(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    lines = [*whole(office), ("欧阳小满", "五年级2班", "2015-02-30", "")]
    read(page, office, roster(tmp_path / "名册.xlsx", rows=lines))
    page.wizard.write_problems(tmp_path / "问题.xlsx")
    office.settle()
    book = load_workbook(tmp_path / "问题.xlsx")
    for cell in book.worksheets[0][2]:
        if cell.value == "2015-02-30":
            cell.value = "2015-02-28"
    book.save(tmp_path / "问题.xlsx")
    read(page, office, tmp_path / "问题.xlsx")
    preview = page.wizard.preview_step
    assert preview.is_partial()
    assert preview.numbers["消失"].text() == "0"
    assert preview.accept_button.text() == "导入：新增1名(&I)"
    page.wizard.accept()
    office.settle()
    leads = office.program.read(lambda desk: desk.tx.rows("SELECT id FROM roster_lead"))
    assert leads == []


def test_vanished_children_stand_in_the_words_of_the_button_and_a_part_has_none(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    lines = [line for line in whole(office) if line[1] == "五年级1班"][1:]
    read(page, office, roster(tmp_path / "名册.xlsx", rows=lines))
    preview = page.wizard.preview_step
    assert preview.accept_button.text() == "导入：1名列为消失(&I)"
    preview.partial.click()
    assert preview.numbers["消失"].text() == "0"
    assert not preview.accept_button.isEnabled()


def test_two_columns_of_one_meaning_are_refused_in_a_sentence(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    header = ("孩子大名", "哪个班", "爸妈手机")
    read(page, office, roster(tmp_path / "怪.xlsx", header, [("欧阳小满", "五年级2班", "13900001111")]))
    tab = page.wizard.preview_step.mapping_tab
    for name, meaning in zip(header, ("姓名", "班级", "姓名"), strict=True):
        tab.choosers[name].setCurrentText(meaning)
    assert not tab.button.isEnabled()
    assert "孩子大名" in tab.problem.text()
    assert "爸妈手机" in tab.problem.text()


def test_what_is_needed_is_said_before_the_file_is_read_again(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    read(page, office, roster(tmp_path / "怪.xlsx", ("孩子", "哪个班"), [("欧阳小满", "五年级2班")]))
    tab = page.wizard.preview_step.mapping_tab
    tab.choosers["孩子"].setCurrentText("姓名")
    assert not tab.button.isEnabled()
    assert tab.problem.text() == "还要指明“班级”在哪一栏。"
    tab.choosers["哪个班"].setCurrentText("班级")
    assert tab.button.isEnabled()


def test_a_file_that_can_no_longer_be_read_leaves_the_choices_where_they_were(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    strange = roster(tmp_path / "怪.xlsx", ("孩子", "哪个班"), [("欧阳小满", "五年级2班")])
    read(page, office, strange)
    tab = page.wizard.preview_step.mapping_tab
    tab.choosers["孩子"].setCurrentText("姓名")
    tab.choosers["哪个班"].setCurrentText("班级")
    strange.unlink()
    with office.qtbot.waitSignal(office.context.bus.refused):
        tab.button.click()
    assert page.wizard.stack.currentWidget() is page.wizard.preview_step
    assert tab.chosen() == {"孩子": "姓名", "哪个班": "班级"}


def test_a_column_wrongly_recognised_can_be_given_another_meaning_or_none(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    path = roster(
        tmp_path / "名册.xlsx",
        ("姓名", "班级", "电话", "备注"),
        [("欧阳小满", "五年级2班", "13900001111", "走读")],
    )
    read(page, office, path)
    tab = page.wizard.preview_step.mapping_tab
    assert tab.chosen() == {"姓名": "姓名", "班级": "班级", "电话": "联系电话", "备注": "备注"}
    tab.choosers["电话"].setCurrentText("监护人1联系电话")
    tab.choosers["备注"].setCurrentText(NOT_READ)
    tab.button.click()
    office.settle()
    assert tab.chosen() == {"姓名": "姓名", "班级": "班级", "电话": "监护人1联系电话"}
    page.wizard.accept()
    office.settle()
    child = next(row for row in office.program.read(student_rows) if row.name == "欧阳小满")
    remark = office.program.read(
        lambda desk: desk.tx.rows("SELECT remark FROM student WHERE id = ?", [child.id])
    )
    assert remark == [{"remark": ""}]


def test_a_meaning_chosen_once_is_remembered_and_can_be_taken_back(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    path = roster(tmp_path / "名册.xlsx")
    read(page, office, path)
    tab = page.wizard.preview_step.mapping_tab
    tab.choosers["爱好"].setCurrentText("备注")
    tab.button.click()
    office.settle()
    page.wizard.accept()
    office.settle()
    read(page, office, path)
    assert tab.chosen()["爱好"] == "备注"
    tab.choosers["爱好"].setCurrentText(NOT_READ)
    tab.button.click()
    office.settle()
    assert "爱好" not in tab.chosen()


def test_an_import_that_is_stopped_while_it_is_written_leaves_nothing(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    read(page, office, roster(tmp_path / "名册.xlsx"))
    free = Event()
    office.program.submit_write(lambda _desk: free.wait(20))
    page.wizard.accept()
    office.qtbot.keyClick(page.wizard, Qt.Key.Key_Escape)
    with office.qtbot.waitSignal(office.context.bus.refused) as refused:
        free.set()
    assert "什么都没有写入" in refused.args[0]
    assert count(office) == EVERYONE
    assert page.wizard.stack.currentWidget() is page.wizard.preview_step


def test_how_far_the_writing_is_can_be_seen(page: StudentsPage, office: Office, tmp_path: Path) -> None:
    read(
        page,
        office,
        roster(tmp_path / "名册.xlsx", rows=[(f"新{one}", "五年级2班", "", "") for one in NAMES]),
    )
    seen: list[str] = []
    page.wizard._bar.valueChanged.connect(lambda _done: seen.append(page.wizard._bar.text()))
    page.wizard.accept()
    office.settle()
    assert "200/201" in seen


def test_a_list_of_one_kind_of_child_is_read_as_one_and_can_be_said_to_be_more(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    child = office.program.read(student_rows)[0]
    page.wizard.read_file(
        roster(tmp_path / "留守儿童名单.xlsx", ("姓名", "班级"), [(child.name, child.class_name)])
    )
    office.settle()
    preview = page.wizard.preview_step
    assert preview.kind_chooser.kind() == "专项" and preview.numbers["消失"].text() == "0"
    preview.kind_chooser.box.setCurrentIndex(0)
    preview.kind_chooser.box.activated.emit(0)
    office.settle()
    assert preview.kind_chooser.kind() == "全校" and int(preview.numbers["消失"].text()) > 0
    preview.kind_chooser.box.setCurrentIndex(1)
    preview.kind_chooser.box.activated.emit(1)
    assert preview.is_partial() and preview.numbers["消失"].text() == "0"


def test_a_class_nobody_can_read_is_asked_for_once(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    children = [("欧阳小满", "一二年级复式班"), ("欧阳小圆", "一二年级复式班")]
    page.wizard.read_file(roster(tmp_path / "名册.xlsx", ("姓名", "班级"), children))
    office.settle()
    preview = page.wizard.preview_step
    assert list(preview.classes_tab.choosers) == ["一二年级复式班"]
    assert preview.tabs.tabText(0) == "班级对应 1" and preview.numbers["新增"].text() == "0"
    preview.classes_tab.choosers["一二年级复式班"].setCurrentText("二年级1班")
    office.qtbot.keyClick(preview.classes_tab.button, Qt.Key.Key_Space)
    office.settle()
    assert preview.numbers["新增"].text() == "2"
    page.wizard.accept()
    office.settle()
    page.wizard.read_file(roster(tmp_path / "下月.xlsx", ("姓名", "班级"), [("欧阳小方", "一二年级复式班")]))
    office.settle()
    assert preview.numbers["新增"].text() == "1"


def test_a_child_with_two_changes_counts_once_on_every_screen(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    child = office.program.read(student_rows)[0]
    rows = [(child.name, child.class_name, "13800000001", "石桥镇5号")]
    page.wizard.read_file(roster(tmp_path / "名册.xlsx", ("姓名", "班级", "联系电话", "现住址"), rows))
    office.settle()
    preview = page.wizard.preview_step
    assert preview.numbers["变化"].text() == "1"
    assert "变化 1" in [preview.tabs.tabText(place) for place in range(preview.tabs.count())]
