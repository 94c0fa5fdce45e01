"""同一人？ in the window: pairs side by side, one key each, taken back by the same key, written with the import."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from app.service.screens.students_rows import student_rows
from tests.ui.conftest import Office
from tests.ui.pages.roster import roster_at_hand
from tests.ui.pages.roster.roster_at_hand import count, roster
from tests.ui.pages.students.students_at_hand import EVERYONE
from ui.pages.roster.wizard import RosterWizard
from ui.pages.students.page import StudentsPage

at_table, page = roster_at_hand.at_table, roster_at_hand.page

HEADER = ("姓名", "班级", "出生日期")


def renamed(office: Office, path: Path, *, of: int = 1) -> Path:
    """A roster of everybody in which the first children of 五年级1班 are written with 曌 behind the surname."""
    rows = office.program.read(student_rows)
    some = [one for one in rows if one.class_name == "五年级1班"][:of]
    lines = [
        (f"{one.name[0]}曌{one.name[2:]}" if one in some else one.name, one.class_name, str(one.birth))
        for one in rows
    ]
    return roster(path, HEADER, lines)


@pytest.fixture
def wizard(page: StudentsPage, office: Office, tmp_path: Path) -> RosterWizard:
    path = renamed(office, tmp_path / "名册.xlsx")
    page.wizard.read_file(path)
    office.settle()
    return page.wizard


def numbers(wizard: RosterWizard) -> dict[str, str]:
    return {word: number.text() for word, number in wizard.preview_step.numbers.items()}


def test_a_pair_is_shown_side_by_side_before_anything_else(wizard: RosterWizard, office: Office) -> None:
    step = wizard.preview_step
    assert step.tabs.currentWidget() is step.alike and step.tabs.tabText(0) == "同一人？ 1"
    old, new = step.alike.cells["姓名"]
    assert old != new and old[0] == new[0]
    assert step.alike.cells["出生日期"][0] == step.alike.cells["出生日期"][1] != ""
    assert (numbers(wizard)["新增"], numbers(wizard)["消失"]) == ("1", "1")


def test_one_key_says_it_and_the_same_key_takes_it_back(wizard: RosterWizard, office: Office) -> None:
    step = wizard.preview_step
    view = step.alike.listing.view
    office.qtbot.keyClick(view, Qt.Key.Key_Y)
    office.settle()
    assert numbers(wizard) == numbers(wizard) | {"新增": "0", "变化": "1", "消失": "0"}
    assert step.tabs.currentWidget() is step.alike
    office.qtbot.keyClick(view, Qt.Key.Key_Y)
    office.settle()
    assert (numbers(wizard)["新增"], numbers(wizard)["消失"]) == ("1", "1")
    office.qtbot.keyClick(view, Qt.Key.Key_N)
    office.settle()
    assert step.alike.listing.model.rows[0].said is False
    office.qtbot.keyClick(view, Qt.Key.Key_Y)
    office.settle()
    assert step.accept_button.text() == "导入：更正1名(&I)"


def test_what_was_said_is_written_and_comes_out_with_the_undo(wizard: RosterWizard, office: Office) -> None:
    before = {one.name for one in office.program.read(student_rows)}
    (new_name,) = [wizard.preview_step.alike.cells["姓名"][1]]
    office.qtbot.mouseClick(wizard.preview_step.alike.is_same, Qt.MouseButton.LeftButton)
    office.settle()
    wizard.accept()
    office.settle()
    names = {one.name for one in office.program.read(student_rows)}
    assert new_name in names and count(office) == EVERYONE
    wizard.undo(wizard._run)
    office.settle()
    assert {one.name for one in office.program.read(student_rows)} == before


def test_after_a_word_the_next_pair_is_the_chosen_one(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    path = renamed(office, tmp_path / "名册.xlsx", of=2)
    page.wizard.read_file(path)
    office.settle()
    listing = page.wizard.preview_step.alike.listing
    first = listing.current()
    assert len(listing.model.rows) == 2
    office.qtbot.keyClick(listing.view, Qt.Key.Key_Y)
    office.settle()
    assert listing.current() is not None and listing.current().id != first.id


def test_a_pair_nobody_settled_is_named_at_the_end_where_both_are_children_now(
    wizard: RosterWizard, office: Office
) -> None:
    name = wizard.preview_step.alike.cells["姓名"][0]
    wizard.accept()
    office.settle()
    assert f"可能和已登记的学生是同一人：{name}。已按两名学生登记" in wizard._end_more.text()


def test_a_renamed_child_nobody_settled_is_not_said_to_be_two(
    page: StudentsPage, office: Office, tmp_path: Path
) -> None:
    rows = office.program.read(student_rows)
    lines: list[tuple[str, ...]] = [(one.name, one.class_name, one.numbers.split()[0]) for one in rows]
    lines[0] = (f"{rows[0].name[0]}曌曌", *lines[0][1:])
    lines.append(("欧阳小满", "五年级1班", ""))
    page.wizard.read_file(roster(tmp_path / "名册.xlsx", ("姓名", "班级", "身份证件号"), lines))
    office.settle()
    assert page.wizard.preview_step.alike.cells["姓名"] == (rows[0].name, lines[0][0])
    page.wizard.accept()
    office.settle()
    assert "同一人" not in page.wizard._end_more.text()
