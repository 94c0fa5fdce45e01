"""点名 by keyboard: a class in a few keys, half days, the next class, leaving unsaved, leave, missing days."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QStyleOptionViewItem, QWidget

from app.domain.records import Absence, Leave, Roll, Student
from app.domain.school_year import ClassName
from app.errors import EnvironmentProblem
from app.service.classes import ensure_class
from app.service.desk import RULE_SET, Desk
from app.service.register import missing_rolls
from app.service.roll_call import take_roll
from app.service.undoing import undo_last
from app.store.transaction import Transaction
from ui.models.roll_sheet import STATE_COLUMN
from ui.pages.roll import RollPage
from ui.pages.roll_days import BackfillPanel
from ui.pages.roll_leave import APPROVER, FIRST, LAST, LeavePanel
from ui.widgets.day_strip import chip_rects

# The screen of the tests is no real one: it takes no hints of a window's size.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MONDAY = date(2026, 11, 23)
FORGOTTEN = date(2026, 11, 19)
SHIFT = Qt.KeyboardModifier.ShiftModifier
FIRST_CLASS, LAST_CLASS = "一年级1班", "六年级1班"


class Desktop:
    """The page on the Monday after the demo's story, and the keys of a person before it."""

    def __init__(self, office: Any, page: RollPage) -> None:
        self.office, self.page = office, page
        self.said: list[str] = []
        self.refused: list[str] = []
        self.went: list[tuple[str, Any]] = []
        bus = office.context.bus
        bus.said.connect(self.said.append)
        bus.refused.connect(self.refused.append)
        bus.go.connect(lambda key, target: self.went.append((key, target)))

    def keys(self, *keys: Qt.Key, shift: bool = False) -> None:
        for key in keys:
            modifier = SHIFT if shift else Qt.KeyboardModifier.NoModifier
            self.office.qtbot.keyClick(self.focus(), key, modifier)
            self.office.settle()

    def type(self, text: str) -> None:
        field = self.focus()
        assert isinstance(field, QLineEdit)
        if text.isascii():
            self.office.qtbot.keyClicks(field, text)
        else:
            field.insert(text)  # as an input method does

    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def open(self, class_name: str, day: date) -> None:
        self.page.open_target({"class": class_name, "date": day})
        self.office.settle()
        self.page.focus_list()

    def choose(self, text: str) -> None:
        box = self.page.findChild(QMessageBox)
        assert box is not None
        button = next(one for one in box.buttons() if text in one.text())
        self.office.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.office.settle()

    def marks(self, day: date) -> dict[str, tuple[str, str]]:
        def read(desk: Desk) -> dict[str, tuple[str, str]]:
            found = desk.tx.find(Absence, "day = ?", [day.isoformat()])
            return {desk.tx.get(Student, one.student_id).name: (one.kind, one.part) for one in found}

        found: dict[str, tuple[str, str]] = self.office.program.read(read)
        return found

    def uncalled(self, day: date) -> list[str]:
        return [row["class"] for row in self.office.program.read(missing_rolls, day, day)]


@pytest.fixture
def desktop(office: Any) -> Desktop:
    office.program.today = office.context.today = MONDAY
    page = RollPage(office.context)
    office.qtbot.addWidget(page)
    page.resize(1240, 660)
    with office.qtbot.waitExposed(page):
        page.show()
    made = Desktop(office, page)
    office.settle()
    page.focus_list()
    return made


def test_a_class_where_all_are_there_takes_one_key_and_leads_to_the_next(desktop: Desktop) -> None:
    assert desktop.page.sheet["class"] == FIRST_CLASS
    desktop.keys(Qt.Key.Key_Return)
    assert FIRST_CLASS not in desktop.uncalled(MONDAY)
    assert desktop.page.sheet["class"] == "二年级1班"
    assert desktop.said == ["一年级1班11月23日已点名：应到18，实到18。"]
    assert desktop.page.table.hasFocus()


def test_walking_and_marking_by_letters_is_saved_with_half_days(desktop: Desktop) -> None:
    names = [row["name"] for row in desktop.page.model.rows]
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_Down, Qt.Key.Key_B, Qt.Key.Key_Down)
    desktop.keys(Qt.Key.Key_S, Qt.Key.Key_S, shift=True)
    desktop.keys(Qt.Key.Key_Down, Qt.Key.Key_K, Qt.Key.Key_Space)
    assert desktop.page.head.tally.text() == "应到 18　实到 16　缺 2"
    assert desktop.page.foot.save.text() == "保存（缺2人），下一班  Enter"
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.marks(MONDAY) == {
        names[0]: ("旷课", "全天"),
        names[1]: ("病假", "全天"),
        names[2]: ("事假", "下午"),
    }


def test_a_number_jumps_to_its_row(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_1, Qt.Key.Key_2)
    assert desktop.page.table.currentIndex().row() == 11
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_3)
    assert desktop.page.table.currentIndex().row() == 2
    assert [one[1] for one in desktop.page.model.marks()] == ["旷课"]


def test_the_list_takes_letters_from_no_input_method(desktop: Desktop) -> None:
    assert not desktop.page.table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_class_of_fifty_with_three_away_takes_few_keys(desktop: Desktop, office: Any) -> None:
    def grow(desk: Desk) -> None:
        group = ensure_class(desk, desk.unit.id, ClassName("小学", 2026, 2))
        desk.tx.add_all(
            Student(id=desk.tx.new_id(), name=f"新生{place}", school_id=desk.unit.id, class_id=group.id)
            for place in range(1, 51)
        )

    office.program.write(grow)
    desktop.open("一年级2班", MONDAY)
    for number, kind in (("07", "K"), ("23", "B"), ("50", "S")):
        desktop.keys(*(getattr(Qt.Key, f"Key_{key}") for key in number + kind))
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.marks(MONDAY) == {
        "新生7": ("旷课", "全天"),
        "新生23": ("病假", "全天"),
        "新生50": ("事假", "全天"),
    }


def test_the_day_that_opens_a_case_is_told_with_a_way_to_it(desktop: Desktop) -> None:
    desktop.open(LAST_CLASS, MONDAY)
    desktop.keys(Qt.Key.Key_1, Qt.Key.Key_0)
    name = desktop.page.model.rows[9]["name"]
    desktop.keys(Qt.Key.Key_K)
    assert "保存后立个案" in desktop.page.model.index(9, 4).data()
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.notice.isVisible()
    assert desktop.page.notice.accessibleName() == f"{name}达到3个上课日，已立个案2026-006"
    desktop.keys(Qt.Key.Key_J)
    assert desktop.went == [("cases", {"case": "2026-006"})]


def test_leaving_a_class_with_marks_not_saved_asks_first(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_Left)
    desktop.choose("继续点名")
    assert (desktop.page.sheet["day"], desktop.page.model.dirty) == (MONDAY, True)
    desktop.keys(Qt.Key.Key_Left)
    desktop.choose("不保存")
    assert (desktop.page.sheet["day"], desktop.marks(MONDAY)) == (date(2026, 11, 20), {})


def test_leaving_with_save_keeps_the_marks_and_goes_where_one_wanted(desktop: Desktop) -> None:
    name = desktop.page.model.rows[0]["name"]
    desktop.keys(Qt.Key.Key_K)
    desktop.page.show_class(desktop.page.sheet["classes"][3]["id"])
    desktop.choose("保存")
    assert desktop.marks(MONDAY) == {name: ("旷课", "全天")}
    assert desktop.page.sheet["class"] == "四年级1班"


def test_arrows_go_by_school_days_and_a_day_can_be_typed(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_Left)
    assert desktop.page.sheet["day"] == date(2026, 11, 20)
    desktop.page.head.day.setFocus()
    desktop.type("1115")
    desktop.keys(Qt.Key.Key_Return)
    assert "不是上课日" in desktop.page.empty.words.text()
    assert not desktop.page.foot.save.isEnabled()
    desktop.page.focus_list()
    desktop.keys(Qt.Key.Key_Left)
    assert desktop.page.sheet["day"] == date(2026, 11, 13)
    assert desktop.page.table.hasFocus()


def test_what_is_no_day_is_said(desktop: Desktop) -> None:
    desktop.page.head.day.setFocus()
    desktop.type("99")
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.refused
    assert "不是日期" in desktop.refused[0]


def test_classes_change_by_ctrl_arrows_and_in_their_list(desktop: Desktop) -> None:
    press = desktop.office.qtbot.keyClick
    press(desktop.page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    desktop.office.settle()
    assert desktop.page.sheet["class"] == "二年级1班"
    desktop.page.classes.view.setFocus()
    desktop.keys(Qt.Key.Key_Down)
    assert desktop.page.sheet["class"] == "三年级1班"


def test_half_a_day_is_called_as_its_own_session(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_D, Qt.Key.Key_K)
    assert desktop.page.sheet["session"] == "上午"
    name = desktop.page.model.rows[0]["name"]
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.marks(MONDAY) == {name: ("旷课", "上午")}
    assert desktop.page.sheet["classes"][0]["state"] == "只点上午"


def test_a_click_on_a_state_marks_the_child_and_shift_half_a_day(desktop: Desktop) -> None:
    page = desktop.page
    place = chip_at(page, 0, 1)
    desktop.office.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.model.rows[0]["kind"] == "旷课"
    place = chip_at(page, 1, 2)
    desktop.office.qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, SHIFT, pos=place)
    assert (page.model.rows[1]["kind"], page.model.rows[1]["part"]) == ("病假", "上午")


def chip_at(page: RollPage, row: int, state: int) -> QPoint:
    """Where the button of a state stands: 0 在校, 1 旷课, 2 病假, 3 事假."""
    option: Any = QStyleOptionViewItem()
    option.rect = page.table.visualRect(page.model.index(row, STATE_COLUMN))
    option.fontMetrics = page.table.fontMetrics()
    return chip_rects(option)[state].center()


def leave_panel(desktop: Desktop) -> LeavePanel:
    content = desktop.page.findChild(LeavePanel)
    assert content is not None
    return content


def leaves(desktop: Desktop, student_id: str) -> list[Leave]:
    found: list[Leave] = desktop.office.program.read(
        lambda desk: desk.tx.find(Leave, "student_id = ?", [student_id])
    )
    return found


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
    assert [(one.from_on, one.to_on) for one in leaves(desktop, child["id"])] == [
        (MONDAY, date(2026, 11, 25))
    ]
    assert not desktop.page.panels.side.isVisible()
    assert desktop.page.model.rows[0]["leave"] == "请假中：病假至11月25日（班主任批准）"
    assert desktop.page.head.tally.text() == "应到 18　实到 17　缺 1"
    desktop.keys(Qt.Key.Key_K)
    assert "请了假" in desktop.said[-1]
    desktop.keys(Qt.Key.Key_X)
    assert leaves(desktop, child["id"])[0].ended_on == MONDAY
    assert desktop.page.model.rows[0]["leave"] == ""


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
    field = panel.form.field(APPROVER)
    field.setFocus()
    field.selectAll()  # type: ignore[union-attr]  # the approver is a line
    desktop.type("班主任")
    desktop.keys(Qt.Key.Key_Return)
    assert "要由校长批准" in panel.problem.text()
    assert "请补校长批准后再录入" in panel.problem.text()
    assert leaves(desktop, child["id"]) == []


def test_days_without_a_roll_are_listed_and_settled_by_one_key(desktop: Desktop) -> None:
    assert "补点名 1天" in desktop.page.foot.backfill.text()
    desktop.keys(Qt.Key.Key_R)
    panel = desktop.page.findChild(BackfillPanel)
    assert panel is not None
    assert [one["date"] for one in panel.model.rows] == [FORGOTTEN]
    assert desktop.focus() is panel.view
    desktop.keys(Qt.Key.Key_A)
    assert desktop.uncalled(FORGOTTEN) == []
    assert panel.empty.isVisibleTo(panel)
    assert "Ctrl+Z" in desktop.said[-1]
    assert desktop.page.foot.backfill.text() == "补点名(&R)"


def test_a_missing_day_opens_with_enter_to_be_called_child_by_child(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_R, Qt.Key.Key_Return)
    assert desktop.page.sheet["day"] == FORGOTTEN
    assert desktop.page.table.hasFocus()


def test_any_range_can_be_looked_through_for_missing_days(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_R)
    panel = desktop.page.findChild(BackfillPanel)
    assert panel is not None
    panel.last.setFocus()
    desktop.type("1123")
    desktop.keys(Qt.Key.Key_Return)
    assert [one["date"] for one in panel.model.rows] == [FORGOTTEN, MONDAY]


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


def test_what_others_write_is_shown_without_losing_marks(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K)
    desktop.office.context.tasks.write(desktop.office.context.bus, take_roll, LAST_CLASS, MONDAY)
    desktop.office.settle()
    assert desktop.page.sheet["classes"][-1]["state"] == "已点名"
    assert len(desktop.page.model.marks()) == 1


def test_after_the_last_class_everybody_is_told(desktop: Desktop) -> None:
    desktop.keys(*[Qt.Key.Key_Return] * 6)
    assert desktop.uncalled(MONDAY) == []
    assert desktop.said[-1].endswith("这一天各班都点过名了。")


def test_a_child_is_one_key_from_its_case(desktop: Desktop) -> None:
    desktop.open("五年级1班", MONDAY)
    place = next(row["place"] for row in desktop.page.model.rows if row["case"])
    desktop.keys(*(getattr(Qt.Key, f"Key_{digit}") for digit in str(place)), Qt.Key.Key_G)
    assert desktop.went == [("cases", {"case": "2026-003"})]


def test_a_read_only_program_marks_nothing(desktop: Desktop) -> None:
    desktop.office.context.read_only = True
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_Return)
    assert FIRST_CLASS in desktop.uncalled(MONDAY)
    assert not desktop.page.model.dirty


def hold(desktop: Desktop, key: Qt.Key, times: int) -> None:
    """A key held down: one press, then repeats, nothing released in between."""
    for repeat in range(times):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", repeat > 0)
        QApplication.sendEvent(desktop.focus(), event)
    desktop.office.settle()


def rolls(desktop: Desktop) -> int:
    """How many rolls were ever recorded for the Monday."""
    return len(
        desktop.office.program.read(
            lambda desk: desk.tx.find(Roll, "day = ?", [MONDAY.isoformat()], withdrawn=True)
        )
    )


def test_enter_held_down_saves_one_class_only(desktop: Desktop) -> None:
    hold(desktop, Qt.Key.Key_Return, 20)
    assert desktop.uncalled(MONDAY) == [f"{grade}年级1班" for grade in "二三四五六"]


def test_a_second_enter_before_the_next_class_is_there_saves_nothing_twice(desktop: Desktop) -> None:
    press = desktop.office.qtbot.keyClick
    press(desktop.page.table, Qt.Key.Key_Return)
    press(desktop.page.table, Qt.Key.Key_Return)
    assert not desktop.page.foot.save.isEnabled()
    desktop.office.settle()
    assert (rolls(desktop), desktop.page.sheet["class"]) == (1, "二年级1班")
    assert desktop.page.foot.save.isEnabled()


def test_a_roll_that_could_not_be_saved_keeps_its_marks_and_its_class(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Any, _record: Any) -> None:
        raise EnvironmentProblem("磁盘满了。请腾出空间。")

    desktop.keys(Qt.Key.Key_K)
    monkeypatch.setattr(Transaction, "add", full)
    desktop.page.classes.view.selectRow(1)
    desktop.choose("保存")
    assert desktop.refused == ["磁盘满了。请腾出空间。"]
    assert desktop.page.classes.view.currentIndex().row() == 0
    assert (desktop.page.model.dirty, desktop.page.foot.save.isEnabled()) == (True, True)


def test_a_number_too_large_for_the_class_begins_anew_with_its_last_digit(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_5, Qt.Key.Key_7, Qt.Key.Key_K)
    assert [row["place"] for row in desktop.page.model.rows if row["kind"]] == [7]


def test_leave_granted_after_a_mark_takes_the_mark_with_it(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_Q)
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.model.rows[0]["leave"]
    desktop.keys(Qt.Key.Key_Return)
    assert FIRST_CLASS not in desktop.uncalled(MONDAY)
    assert desktop.marks(MONDAY) == {}


def test_control_z_takes_back_marks_one_by_one_before_anything_saved(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K, Qt.Key.Key_B, Qt.Key.Key_Down, Qt.Key.Key_S)
    seen = []
    while desktop.page.undo_typed():
        seen.append([row["kind"] for row in desktop.page.model.rows[:2]])
    assert seen == [["病假", ""], ["旷课", ""], ["", ""]]
    assert not desktop.page.model.dirty


def test_a_typed_day_asks_once_about_marks_that_are_not_saved(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_K)
    desktop.page.head.day.setFocus()
    desktop.type("1118")
    desktop.keys(Qt.Key.Key_Return)
    assert len(desktop.page.findChildren(QMessageBox)) == 1
    desktop.choose("继续点名")
    assert desktop.page.head.day.text() == MONDAY.isoformat()


def test_what_is_no_day_does_not_stay_above_the_list_of_another(desktop: Desktop) -> None:
    desktop.page.head.day.setFocus()
    desktop.type("99")
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.head.day.text() == MONDAY.isoformat()


def test_one_more_click_on_a_state_makes_it_half_a_day(desktop: Desktop) -> None:
    page = desktop.page
    parts = []
    for _ in range(4):
        left = Qt.MouseButton.LeftButton
        desktop.office.qtbot.mouseClick(page.table.viewport(), left, pos=chip_at(page, 0, 1))
        parts.append((page.model.rows[0]["kind"], page.model.rows[0]["part"]))
    assert parts == [("旷课", "全天"), ("旷课", "上午"), ("旷课", "下午"), ("旷课", "全天")]


def test_a_right_click_marks_nobody(desktop: Desktop) -> None:
    page = desktop.page
    right = Qt.MouseButton.RightButton
    desktop.office.qtbot.mouseClick(page.table.viewport(), right, pos=chip_at(page, 0, 1))
    assert not page.model.dirty


def test_the_last_class_called_for_the_morning_only_is_not_the_end(desktop: Desktop) -> None:
    desktop.keys(*[Qt.Key.Key_Return] * 5, Qt.Key.Key_D, Qt.Key.Key_Return)
    assert desktop.said[-1].endswith("六年级1班只点上午。")


def test_a_case_taken_back_is_no_longer_told_of(desktop: Desktop) -> None:
    desktop.open(LAST_CLASS, MONDAY)
    desktop.keys(Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key.Key_K)
    spans = []
    desktop.office.context.bus.changed.connect(lambda changes, _who: spans.append(changes.span))
    desktop.keys(Qt.Key.Key_Return)
    assert desktop.page.notice.isVisible()
    desktop.office.context.tasks.write(desktop.office.context.bus, undo_last, *spans[0])
    desktop.office.settle()
    desktop.office.settle()
    assert not desktop.page.notice.isVisible()


def test_several_days_are_settled_at_once_and_taken_back_at_once(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_R)
    panel = desktop.page.findChild(BackfillPanel)
    assert panel is not None
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


def test_a_key_held_down_settles_a_day_once(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_R)
    hold(desktop, Qt.Key.Key_A, 10)
    found = desktop.office.program.read(
        lambda desk: desk.tx.find(Roll, "day = ?", [FORGOTTEN.isoformat()], withdrawn=True)
    )
    assert sum(roll.withdrawn_on is not None for roll in found) == 0


def test_a_range_that_is_no_day_is_said_in_the_panel(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_R)
    panel = desktop.page.findChild(BackfillPanel)
    assert panel is not None
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


def test_the_last_day_of_a_leave_follows_the_first(desktop: Desktop) -> None:
    desktop.keys(Qt.Key.Key_Q)
    panel = leave_panel(desktop)
    desktop.type("1125")
    desktop.keys(Qt.Key.Key_Tab)
    assert panel.form.values()[LAST] == "2026-11-25"
    assert panel.problem.text() == ""


def test_a_day_to_come_offers_no_calendar(desktop: Desktop) -> None:
    desktop.open(FIRST_CLASS, date(2026, 12, 1))
    assert "还没有到" in desktop.page.empty.words.text()
    assert desktop.page.empty.calendar.isHidden()


def test_a_long_name_is_whole_where_there_is_room(desktop: Desktop) -> None:
    name = "阿卜杜热合曼·阿卜杜热依木江"

    def rename(desk: Desk) -> None:
        desk.tx.change(Student, desktop.page.model.rows[0]["id"], name=name)

    desktop.office.context.tasks.write(desktop.office.context.bus, rename)
    desktop.office.settle()
    view = desktop.page.table
    place = next(n for n, row in enumerate(desktop.page.model.rows) if row["name"] == name)
    view.selectRow(place)
    view.setCurrentIndex(desktop.page.model.index(place, 0))
    assert view.fontMetrics().horizontalAdvance(name) <= view.columnWidth(1) - 20
    assert view.horizontalScrollBar().maximum() == 0


def test_marks_not_saved_are_asked_about_before_the_window_closes(desktop: Desktop) -> None:
    assert desktop.page.may_leave()
    desktop.keys(Qt.Key.Key_K)

    def keep() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        assert "一年级1班的点名改过" in box.text()
        next(one for one in box.buttons() if one.text() == "继续填写").click()

    QTimer.singleShot(0, keep)
    assert not desktop.page.may_leave()
