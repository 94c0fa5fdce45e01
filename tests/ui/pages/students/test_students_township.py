"""学生 in a township: two schools with a class of the same name, and names longer than most."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.township import NAMES, SCHOOLS, UNIT
from tests.ui.conftest import Office
from tests.ui.pages.township_at_hand import opened_office
from ui.pages.roster.wizard import RosterWizard
from ui.pages.students.page import StudentsPage
from ui.widgets.student_columns import NAME_LEAST, NAME_MOST, columns_of, hidden_headings, name_width

LONG = max(NAMES, key=len)
WIDE, NARROW = 90, 28  # characters


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Office]:
    """A township with its children."""
    yield from opened_office(UNIT, "乡镇", tmp_path, qtbot, qapp)


@pytest.fixture
def page(office: Office) -> StudentsPage:
    made = StudentsPage(office.context, RosterWizard(office.context))
    office.qtbot.addWidget(made)
    made.resize(1250, 660)
    made.show()
    office.settle()
    return made


def test_the_table_and_the_child_beside_it_say_the_school(page: StudentsPage, office: Office) -> None:
    headings = [one.heading for one in page.model.columns]
    school = headings.index("学校")
    assert not page.view.isColumnHidden(school)
    assert {page.model.index(place, school).data() for place in range(len(NAMES))} == set(SCHOOLS)
    page.open_target({"student": page.model.rows[0].id})
    office.settle()
    assert page.model.rows[0].school in page.detail.accessibleName()
    assert page.detail._state.text().startswith(page.model.rows[0].school)


def test_a_class_is_chosen_within_its_school(page: StudentsPage) -> None:
    filters = page.filters
    assert filters.school.isVisible()
    filters.klass.setCurrentText("七年级1班")
    assert len(page.model.rows) == len(NAMES)
    filters.school.setCurrentText(SCHOOLS[0])
    assert filters.klass.currentText() == "七年级1班"
    assert {row.name for row in page.model.rows} == set(NAMES[::2])
    filters.clear()
    assert len(page.model.rows) == len(NAMES)
    filters.text.setText(SCHOOLS[1])
    assert {row.name for row in page.model.rows} == set(NAMES[1::2])


def test_only_the_classes_of_the_school_chosen_are_offered(page: StudentsPage) -> None:
    rows = [
        replace(row, class_name="七年级1班" if row.school == SCHOOLS[0] else "八年级1班")
        for row in page.model.rows
    ]
    page.filters.offer(rows)
    page.filters.school.setCurrentText(SCHOOLS[1])
    assert page.filters.classes == ["八年级1班"]


def test_the_longest_name_is_read_whole_where_there_is_room(page: StudentsPage) -> None:
    place = page.model.index(page.model.position("name", LONG), 0)
    assert page.view.columnWidth(0) >= page.view.sizeHintForIndex(place).width()
    assert page.view.horizontalScrollBar().maximum() == 0


def test_other_columns_give_way_to_a_long_name_but_not_its_school_and_class() -> None:
    columns = columns_of("学校")
    longest = len(LONG)
    for room in range(NARROW, WIDE):
        for beside in (False, True):
            hidden = hidden_headings(columns, room, beside=beside, longest=longest)
            width = name_width(columns, room, hidden, longest)
            assert NAME_LEAST <= width <= min(longest, NAME_MOST)
            assert width == longest or not hidden_but_place(hidden)
            assert "班级" not in hidden


def hidden_but_place(hidden: set[str]) -> set[str]:
    """What could still give way to a name, and has not."""
    return {"身份证件号", "村", "出生日期", "联系电话", "监护人", "对象类别", "性别"} - hidden


def test_a_school_has_no_column_and_no_chooser_of_schools() -> None:
    assert "学校" not in {one.heading for one in columns_of("学校")}
