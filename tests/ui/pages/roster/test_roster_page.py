"""What the import page offers beside the import: an empty form, problem rows by a click; and its counts."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.service.children.rosters import preview_roster
from app.service.screens.roster import import_runs
from app.service.screens.students_rows import student_rows
from tests.ui.conftest import Office
from tests.ui.pages.roster import roster_at_hand
from tests.ui.pages.roster.roster_at_hand import roster
from tests.ui.pages.students.students_at_hand import EVERYONE
from ui.pages.students.page import StudentsPage

at_table, page = roster_at_hand.at_table, roster_at_hand.page


def whole(office: Office) -> list[tuple[str, ...]]:
    """Every child of the school as rows of a roster."""
    rows = office.program.read(student_rows)
    return [(row.name, row.class_name, str(row.birth), "") for row in rows]


def read(page: StudentsPage, office: Office, path: Path) -> None:
    page.wizard.read_file(path)
    office.settle()


def test_a_list_of_few_children_makes_nobody_vanish_until_a_person_says_it_is_the_whole_roster(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    lines = [line for line in whole(office) if line[1] == "五年级1班"]
    read(page, office, roster(tmp_path / "名册.xlsx", rows=lines[:2]))
    preview = page.wizard.preview_step
    assert preview.kind_chooser.kind() == "部分" and preview.numbers["消失"].text() == "0"
    (warning,) = preview.warnings.model.rows
    assert f"名单上只有2名，系统里这些班有{len(lines)}名" in warning.reason
    preview.kind_chooser.box.setCurrentIndex(0)
    preview.kind_chooser.box.activated.emit(0)
    assert preview.numbers["消失"].text() == str(len(lines) - 2)
    page.wizard.accept()
    office.settle()
    leads = office.program.read(lambda desk: desk.tx.rows("SELECT id FROM roster_lead"))
    assert len(leads) == len(lines) - 2


def test_an_empty_form_is_saved_and_comes_in_as_it_is_filled(
    page: StudentsPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "空白花名册.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with office.qtbot.waitSignal(office.context.bus.said):
        office.qtbot.mouseClick(page.wizard.file_step.form, Qt.MouseButton.LeftButton)
    book = load_workbook(target)
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if "姓名" in [cell.value for cell in row])
    place = {cell.value: cell.column for cell in head}
    sheet.cell(head[0].row + 1, place["姓名"], "欧阳小满")
    sheet.cell(head[0].row + 1, place["班级"], "五年级2班")
    book.save(target)
    read(page, office, target)
    assert page.wizard.preview_step.numbers["新增"].text() == "1"


@pytest.mark.parametrize("when", ["on the preview", "after the import"])
def test_problem_rows_are_saved_by_a_click_wherever_the_button_stands(
    page: StudentsPage, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    read(page, office, roster(tmp_path / "名册.xlsx"))
    save = page.wizard.preview_step.save_button
    if when == "after the import":
        page.wizard.accept()
        office.settle()
        save = page.wizard._save
    target = tmp_path / "问题.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    assert save.isVisible()
    with office.qtbot.waitSignal(office.context.bus.said):
        office.qtbot.mouseClick(save, Qt.MouseButton.LeftButton)
    read(page, office, target)
    (row,) = page.wizard.preview_step.problems.model.rows
    assert "2015-02-30" in row.reason


def test_the_counts_of_one_file_agree_on_every_screen(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    """Three children change, one of them in two fields and one of class; one is new, one vanished, one has no name."""
    rows = [(*line[:3], "") for line in whole(office)]
    place = [n for n, line in enumerate(rows) if line[1] == "五年级1班"]
    for n, phone in zip(place[:3], ("13800000001", "13800000002", "13800000003"), strict=True):
        rows[n] = (*rows[n][:3], phone)
    rows[place[2]] = (rows[place[2]][0], "五年级2班", *rows[place[2]][2:])
    rows.append(("欧阳小满", "五年级1班", "2015-03-12", ""))
    rows.append(("", "五年级1班", "2015-03-12", ""))
    rows.pop(place[4])
    path = roster(tmp_path / "名册.xlsx", ("姓名", "班级", "出生日期", "联系电话"), rows)
    told = office.program.read(preview_roster, path)
    read(page, office, path)
    preview = page.wizard.preview_step
    assert [one.text() for one in preview.numbers.values()] == [
        "1",
        "3",
        str(EVERYONE - 4),
        "1",
        "1",
    ]
    assert (told.added, told.changed, told.unchanged) == (1, 3, EVERYONE - 4)
    assert (len(told.vanished), len(told.rejected)) == (1, 1)
    assert preview.accept_button.text() == "导入：新增1名，更正3名，1名列为消失(&I)"
    page.wizard.accept()
    office.settle()
    assert "新增1名，更正3名" in page.wizard._end_more.text()
    run = office.program.read(import_runs)[0]
    assert (run.added, run.changed) == (1, 3)
