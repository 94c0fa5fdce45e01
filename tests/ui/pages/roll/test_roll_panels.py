"""Beside the roll: leave with its approver, the days not called, who recorded what."""

from datetime import date

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.domain.records import Roll, Student
from app.domain.school_year import ClassName
from app.service.children.enrolment import new_enrolment
from app.service.office.classes import ensure_class
from app.service.office.desk import RULE_SET, Desk
from app.service.office.undoing import undo_last
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.screens.roll_all import uncalled_classes
from tests.ui.pages.roll import roll_desk
from tests.ui.pages.roll.roll_desk import (
    FIRST_CLASS,
    FORGOTTEN,
    MONDAY,
    Desktop,
    hold,
    leave_panel,
    leaves,
)
from ui.pages.roll.days import BackfillPanel
from ui.pages.roll.leave import APPROVER, FIRST, LAST

desktop = roll_desk.desktop


def missing_days(desktop: Desktop) -> BackfillPanel:
    """R, and the panel of the days not called."""
    desktop.keys(Qt.Key.Key_R)
    panel = desktop.page.findChild(BackfillPanel)
    assert panel is not None
    return panel


def test_leave_is_entered_by_keyboard_and_shown_in_the_list(desktop: Desktop) -> None:
    child = desktop.page.current()
    assert child
    desktop.keys(Qt.Key.Key_Q)
    panel = leave_panel(desktop)
    assert desktop.focus() is panel.form.field(FIRST)
    assert panel.form.values()[APPROVER] == "班主任"
    desktop.keys(Qt.Key.Key_Tab)
    desktop.type("1125")
    desktop.keys(Qt.Key.Key_Return)
    assert [(one.from_on, one.to_on) for one in leaves(desktop, child.id)] == [(MONDAY, date(2026, 11, 25))]
    assert not desktop.page.panels.side.isVisible()
    assert desktop.page.model.rows[0].leave == "请假中：病假至11月25日（班主任批准）"
    assert desktop.page.head.tally.text() == "应到 18　实到 17　缺 1"
    desktop.keys(Qt.Key.Key_K)
    assert "请了假" in desktop.said[-1]
    desktop.keys(Qt.Key.Key_X)
    assert leaves(desktop, child.id)[0].ended_on == MONDAY
    assert desktop.page.model.rows[0].leave == ""


def test_a_leave_that_ran_too_long_for_its_approver_is_refused_with_the_sentence(desktop: Desktop) -> None:
    desktop.office.program.write(lambda desk: desk.tx.set_setting(RULE_SET, "plan-23"))
    child = desktop.page.current()
    assert child
    desktop.keys(Qt.Key.Key_Q)
    panel = leave_panel(desktop)
    panel.form.field(LAST).setFocus()
    desktop.type("1204")
    desktop.keys(Qt.Key.Key_Tab)
    assert panel.form.values()[APPROVER] == "校长", "the office the rules require is filled in"
    assert "由校长批准" in panel.rule.text()
    panel.approver.setFocus()
    panel.approver.selectAll()
    desktop.type("班主任")
    desktop.keys(Qt.Key.Key_Return)
    assert "要由校长批准" in panel.problem.text()
    assert "请补校长批准后再录入" in panel.problem.text()
    assert leaves(desktop, child.id) == []


def test_days_without_a_roll_are_listed_and_settled_by_one_key(desktop: Desktop) -> None:
    assert "补点名 1天" in desktop.page.foot.backfill.text()
    panel = missing_days(desktop)
    assert [one.day for one in panel.model.rows] == [FORGOTTEN]
    assert desktop.focus() is panel.view
    desktop.keys(Qt.Key.Key_A)
    assert desktop.uncalled(FORGOTTEN) == []
    assert panel.empty.isVisibleTo(panel)
    assert "Ctrl+Z" in desktop.said[-1]
    assert desktop.page.foot.backfill.text() == "补点名(&R)"


def test_a_missing_day_opens_with_enter_to_be_called_child_by_child(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_R, Qt.Key.Key_Return)
    assert desktop.page.sheet.day == FORGOTTEN
    assert desktop.page.table.hasFocus()


def test_any_range_can_be_looked_through_for_missing_days(desktop: Desktop) -> None:
    panel = missing_days(desktop)
    panel.last.setFocus()
    desktop.type("1123")
    desktop.keys(Qt.Key.Key_Return)
    assert [one.day for one in panel.model.rows] == [FORGOTTEN, MONDAY]


def test_a_class_nobody_ever_called_is_filled_in_from_the_day_one_says(desktop: Desktop) -> None:
    def grow(desk: Desk) -> None:
        group = ensure_class(desk, desk.unit.id, ClassName("小学", 2026, 2))
        child = Student(id=desk.tx.new_id(), name="新生", unit_id=desk.unit.id)
        desk.tx.add(child)
        desk.tx.add(new_enrolment(desk, child.id, desk.unit.id, group.id, date(2026, 9, 1)))

    desktop.office.program.write(grow)
    desktop.open("一年级2班", MONDAY)
    panel = missing_days(desktop)
    assert "还没有点过名。从哪天补起？" in panel.empty.text()
    assert desktop.focus() is panel.first
    desktop.type("1119")
    desktop.keys(Qt.Key.Key_Return)
    assert [one.day.day for one in panel.model.rows] == [19, 20]


def test_one_day_is_filled_in_for_all_classes_that_nobody_called(desktop: Desktop) -> None:
    """The first class was called on Monday with one child missing: it stays as it is, the others are all there."""
    child = desktop.page.current()
    assert child
    entry = AbsenceEntry(child.id, "旷课")
    desktop.office.program.write(take_roll, "二年级1班", MONDAY)
    panel = missing_days(desktop)
    panel.last.setFocus()
    desktop.type("1123")
    desktop.keys(Qt.Key.Key_Return)
    place = next(at for at, one in enumerate(panel.model.rows) if one.day == MONDAY)
    panel.view.selectRow(place)
    asked: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            QTimer.singleShot(5, answer)
            return
        asked.append(box.text())
        next(one for one in box.buttons() if one.text() == "都全到").click()

    QTimer.singleShot(0, answer)
    panel.every_class()
    desktop.office.settle()
    assert "一年级1班" in asked[0] and "二年级1班" not in asked[0]
    rolls = desktop.office.program.read(lambda desk: desk.tx.find(Roll, day=MONDAY))
    assert all(one.present <= one.expected for one in rolls)
    assert desktop.office.program.read(uncalled_classes, MONDAY) == ()
    assert "个班已记为全到" in desktop.said[-1]
    desktop.office.program.write(
        take_roll, "一年级1班", MONDAY, [entry]
    )  # child by child it is still corrected
    assert any(one.present < one.expected for one in rolls_of(desktop))


def rolls_of(desktop: Desktop) -> list[Roll]:
    return desktop.office.program.read(lambda desk: desk.tx.find(Roll, day=MONDAY))


def test_history_says_who_recorded_what_and_escape_leaves(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_Left, Qt.Key.Key_H)
    side = desktop.page.panels.side
    assert side.accessibleName() == "点名记录　一年级1班 11月20日"
    words = " ".join(one.text() for one in side.findChildren(QWidget) if hasattr(one, "text"))
    assert "全天点名：应到18" in words
    assert "陈老师" in words
    desktop.keys(Qt.Key.Key_Escape)
    assert not side.isVisible()
    assert desktop.page.table.hasFocus()


def test_leave_granted_after_an_absence_takes_it_with_it(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_Q)
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.model.rows[0].leave
    desktop.keys(Qt.Key.Key_Return)
    assert FIRST_CLASS not in desktop.uncalled(MONDAY)
    assert desktop.absences(MONDAY) == {}


def test_several_days_are_settled_at_once_and_taken_back_at_once(desktop: Desktop) -> None:
    panel = missing_days(desktop)
    panel.last.setFocus()
    desktop.type("1123")
    desktop.keys(Qt.Key.Key_Return)
    spans = []
    desktop.office.context.bus.changed.connect(lambda changes, _who: spans.append(changes.span))
    panel.view.setFocus()
    panel.view.selectAll()
    assert panel.all_button.text() == "选中的2天全到  A"
    assert not panel.open_button.isEnabled()
    desktop.keys(Qt.Key.Key_A)
    assert FIRST_CLASS not in desktop.uncalled(FORGOTTEN) + desktop.uncalled(MONDAY)
    assert "2天已记为全到" in desktop.said[-1]
    desktop.office.program.write(undo_last, *spans[0])
    assert FIRST_CLASS in desktop.uncalled(FORGOTTEN)
    assert FIRST_CLASS in desktop.uncalled(MONDAY)


def test_the_half_that_was_called_stays_when_the_other_is_settled(desktop: Desktop) -> None:
    child = desktop.page.model.rows[0]
    desktop.office.program.write(
        take_roll, FIRST_CLASS, FORGOTTEN, [AbsenceEntry(child.id, "旷课")], session="上午"
    )
    desktop.keys(Qt.Key.Key_R, Qt.Key.Key_A)
    assert FIRST_CLASS not in desktop.uncalled(FORGOTTEN)
    assert desktop.absences(FORGOTTEN)[child.name] == ("旷课", "上午")


def test_a_key_held_down_settles_a_day_once(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_R)
    hold(desktop, Qt.Key.Key_A, 10)
    found = desktop.office.program.read(
        lambda desk: desk.tx.find(Roll, "day = ?", [FORGOTTEN.isoformat()], withdrawn=True)
    )
    assert sum(roll.withdrawn_on is not None for roll in found) == 0


def test_a_range_that_is_no_day_is_said_in_the_panel(desktop: Desktop) -> None:
    panel = missing_days(desktop)
    panel.first.setFocus()
    desktop.type("1340")
    desktop.keys(Qt.Key.Key_Return)
    assert "这一天不存在" in panel.problem.text()


def test_why_a_leave_was_not_saved_stays_until_something_is_typed(desktop: Desktop) -> None:
    desktop.office.program.write(lambda desk: desk.tx.set_setting(RULE_SET, "plan-23"))
    desktop.keys(Qt.Key.Key_Q)
    panel = leave_panel(desktop)
    panel.form.field(LAST).setFocus()
    desktop.type("1204")
    desktop.keys(Qt.Key.Key_Return)
    assert "要由校长批准" in panel.problem.text()
    desktop.keys(Qt.Key.Key_Return)
    assert not desktop.page.panels.side.isVisible(), "the office the rules require was filled in meanwhile"


def test_a_leave_that_begins_later_is_saved_by_enter_at_once(desktop: Desktop) -> None:
    child = desktop.page.current()
    assert child
    desktop.keys(Qt.Key.Key_Q)
    desktop.type("1125")
    desktop.keys(Qt.Key.Key_Return)
    assert [(one.from_on, one.to_on) for one in leaves(desktop, child.id)] == [
        (date(2026, 11, 25), date(2026, 11, 25))
    ]


def test_enter_saves_a_leave_from_the_choice_of_its_kind_too(desktop: Desktop) -> None:
    child = desktop.page.current()
    assert child
    desktop.keys(Qt.Key.Key_Q, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    assert len(leaves(desktop, child.id)) == 1


def test_the_last_day_of_a_leave_follows_the_first(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_Q)
    panel = leave_panel(desktop)
    desktop.type("1125")
    desktop.keys(Qt.Key.Key_Tab)
    assert panel.form.values()[LAST] == "2026-11-25"
    assert panel.problem.text() == ""
