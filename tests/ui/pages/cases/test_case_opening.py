"""个案: a case opened by hand: the child found, what is missing asked for, no child twice."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.service.cases.reading import show_case
from app.service.children.students import NewStudent, add_student
from app.service.screens.case_rows import case_rows
from tests.helpers.cases import CTRL, Desktop, open_desktop
from tests.helpers.township import township
from tests.ui.conftest import Office, context_over
from ui.pages.cases.opening import Opening, OpeningForm


@pytest.fixture
def desktop(office: Any) -> Desktop:
    return open_desktop(office)


def looked_for(desktop: Desktop, name: str) -> OpeningForm:
    """The form, a name typed into its search as an input method does, and Enter."""
    desktop.page.ask_opening()
    form = desktop.opening_form()
    form.child.search.insert(name)
    form.child.search.setFocus()
    desktop.keys(Qt.Key.Key_Return)
    return form


def test_a_case_opened_by_two_quick_keys_is_one_case(desktop: Desktop) -> None:
    before = len(desktop.office.program.read(case_rows))
    desktop.page.ask_opening()
    form = desktop.opening_form()
    desktop.office.qtbot.keyClicks(form.child.search, "zyh")
    desktop.keys(Qt.Key.Key_Return, Qt.Key.Key_4)
    form.save()
    form.save()
    desktop.office.settle()
    assert len(desktop.office.program.read(case_rows)) == before + 1
    assert desktop.refused == []


def test_a_case_is_opened_by_hand_with_the_keyboard(desktop: Desktop) -> None:
    before = {row.no for row in desktop.office.program.read(case_rows)}
    desktop.page.list.new_wanted.emit()
    form = desktop.opening_form()
    assert form.child.search.hasFocus()
    desktop.office.qtbot.keyClicks(form.child.search, "zyh")
    desktop.keys(Qt.Key.Key_Return)
    assert form.child.student is not None and form.child.found.isHidden()
    child = form.child.student.name
    assert form.trigger.hasFocus()
    desktop.keys(Qt.Key.Key_4)
    desktop.fill(form, "何时起未到校", "11-16")
    desktop.fill(form, "说明", "邻居说没有上学")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    case = desktop.page.detail.case
    shown = desktop.office.program.read(show_case, case.row.id).case
    assert (case.row.student, shown.trigger, shown.note) == (child, "群众反映", "邻居说没有上学")
    assert shown.absent_since == date(2026, 11, 16)
    assert case.row.no not in before
    assert desktop.said == [f"已立案，编号{case.row.no}。"]


def test_a_case_opened_in_a_township_is_shown_though_two_schools_use_its_number(
    office: Office, tmp_path: Path
) -> None:
    with township(tmp_path / "town") as program:
        entry = NewStudent(name="新来的", village="下丰村", school="第三小学", class_text="七年级1班")
        child = program.write(add_student, entry).value.id
        context = context_over(program, tmp_path)
        there = Office(program, context, office.qtbot, office.application)
        desktop = open_desktop(there)
        desktop.page.ask_opening()
        desktop.opening_form().saved.emit(child, Opening("排查发现", context.today))
        there.settle()
        case = desktop.page.detail.case
        assert (case.child.id, case.row.no) == (child, "2026-001")
        assert "个案 第三小学 2026-001" in desktop.labels(desktop.page.detail)
        assert desktop.refused == []
        context.tasks.close()


def test_what_is_missing_for_a_case_is_asked_in_turn(desktop: Desktop) -> None:
    desktop.page.ask_opening()
    form = desktop.opening_form()
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert form.problem.text().startswith("请先找到并选定学生")
    desktop.office.qtbot.keyClicks(form.child.search, "zyh")
    desktop.office.qtbot.waitUntil(lambda: form.child.model.rowCount() > 0)
    desktop.keys(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert form.child.student is not None
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert form.problem.text().startswith("请选立案来源")
    desktop.keys(Qt.Key.Key_2)
    desktop.fill(form, "发现日期", "")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert form.problem.text().startswith("没有填发现日期")
    desktop.fill(form, "发现日期", "1125")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "还没有到" in form.problem.text()
    desktop.fill(form, "发现日期", "那天")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "不是日期" in form.problem.text()


def test_a_child_with_an_open_case_is_refused_in_the_form(desktop: Desktop) -> None:
    form = looked_for(desktop, "周文静")
    desktop.keys(Qt.Key.Key_1)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "已有未结个案2026-003" in form.problem.text()
    assert desktop.page.panel.isVisible()


def test_a_child_not_in_the_roster_says_where_to_add_it(desktop: Desktop) -> None:
    form = looked_for(desktop, "没有这个人")
    assert "先在学生页添加" in form.child.chosen.text()
