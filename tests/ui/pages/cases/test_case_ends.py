"""个案: what was told, the observations, 销号 and 恢复, and a forced step, each by its form and key."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester

from app.demo.school import TODAY
from app.domain.records import ForcedStep
from app.service.cases.reading import show_case
from app.service.rolls.roll_call import take_roll
from tests.helpers.cases import ALT, CTRL, Desktop, open_desktop
from ui.pages.cases.ends import TITLES
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.day_rows import DayRows, act_words, was_words

BACK, LATE = "2026-001", "2026-003"  # a child back since 9 November, one absent since the 16th


@pytest.fixture
def desktop(office: Any) -> Iterator[Desktop]:
    yield open_desktop(office)


def menu(desktop: Desktop) -> list[str]:
    """What the button 记进展、销号 offers."""
    return [one.text().partition(" ")[2].rstrip("…") for one in desktop.page.detail.next.ends.actions()]


def ask(desktop: Desktop, what: str) -> None:
    """Choose an entry of that menu."""
    action = next(one for one in desktop.page.detail.next.ends.actions() if TITLES[what] in one.text())
    action.trigger()
    desktop.office.settle()


def alt(desktop: Desktop, key: Qt.Key) -> None:
    """Press the letter of a button that opens the panel; Qt shows the button pressed for a moment before it acts."""
    desktop.office.application.processEvents()
    desktop.keys(key, modifier=ALT)
    desktop.office.qtbot.waitUntil(desktop.page.panel.isVisible)


def line(desktop: Desktop, name: str) -> QLineEdit:
    fields = desktop.page.panel.findChildren(QLineEdit)
    return next(one for one in fields if one.accessibleName() == name)


def chooser(desktop: Desktop, name: str) -> QComboBox:
    fields = desktop.page.panel.findChildren(QComboBox)
    return next(one for one in fields if one.accessibleName() == name)


def row(desktop: Desktop, name: str) -> ChoiceRow:
    rows = desktop.page.panel.findChildren(ChoiceRow)
    return next(one for one in rows if one.accessibleName() == name)


def save(desktop: Desktop) -> None:
    buttons = desktop.page.panel.findChildren(QPushButton)
    next(one for one in buttons if one.text().startswith("保存")).click()
    desktop.office.settle()
    desktop.office.settle()


def stage(desktop: Desktop, no: str) -> str:
    return str(desktop.office.program.read(show_case, desktop.case_id(no)).row.stage)


def test_the_next_look_has_a_button_and_its_form_says_which_are_asked_for(desktop: Desktop) -> None:
    """Back on 9 November, seen on the 16th: a month after the return is 9 December."""
    desktop.open(BACK)
    primary = desktop.page.detail.next.primary
    assert primary is not None and primary.text() == "记观察(&P)"
    alt(desktop, Qt.Key.Key_P)
    words = desktop.labels(desktop.page.panel)
    assert "√ 第1次（2026年11月16日）：已于2026年11月16日观察，在校" in words
    assert "○ 第2次：2026年12月9日，还没有观察" in words
    assert "本县文件没有规定观察几次、哪天看，这几次是程序的缺省。" in words
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "请先选是否在校。" in desktop.labels(desktop.page.panel)
    desktop.keys(Qt.Key.Key_1)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert stage(desktop, BACK) == "已复学(观察期)"
    assert desktop.said[-1].startswith("已记下曾冬梅的返校后观察，现在是已复学（观察期）。")


def test_a_child_that_is_away_again_has_a_new_case(desktop: Desktop) -> None:
    desktop.open(BACK)
    ask(desktop, "observe")
    desktop.keys(Qt.Key.Key_2)
    save(desktop)
    assert "已另立个案2026-006。" in desktop.said[-1]
    assert stage(desktop, BACK) == "已并入新个案"


def test_closing_early_asks_for_a_reason_and_a_closed_case_offers_only_to_be_taken_up_again(
    desktop: Desktop,
) -> None:
    desktop.open(BACK)
    ask(desktop, "close")
    assert chooser(desktop, "销号原因").currentText() == "已复学"
    assert line(desktop, "提前的理由").isHidden()
    save(desktop)
    assert not line(desktop, "提前的理由").isHidden()
    assert line(desktop, "提前的理由").hasFocus()
    assert any(one.startswith("观察还差2次（2026年12月9日、") for one in desktop.labels(desktop.page.panel))
    assert desktop.refused == []  # it is said where it is to be mended
    line(desktop, "提前的理由").setText("随父母转往外省，已确认在读")
    save(desktop)
    assert stage(desktop, BACK) == "已销号(已复学)"
    side = desktop.page.detail.next
    assert side.primary is None
    assert [one for one in desktop.buttons(side) if "家访" in one or "文书" in one] == []
    next(one for one in side.findChildren(QPushButton) if "恢复个案" in one.text()).click()
    desktop.office.settle()
    line(desktop, "恢复的理由").setText("材料不实")
    save(desktop)
    assert stage(desktop, BACK) == "已复学(观察期)"


def test_a_closed_case_leaves_the_list_of_open_ones(desktop: Desktop) -> None:
    desktop.open(LATE)
    ask(desktop, "close")
    chooser(desktop, "销号原因").setEditText("休学")
    save(desktop)
    assert stage(desktop, LATE) == "已销号(休学)"
    desktop.office.settle()
    assert LATE not in [row.no for row in desktop.page.list.model.rows]


def test_a_return_that_was_told_is_recorded_with_who_told_it(desktop: Desktop) -> None:
    desktop.open(LATE)
    assert menu(desktop) == ["记乡镇、家长说的事", "销号", "不按次序，直接记下一步"]
    ask(desktop, "told")
    save(desktop)
    assert "请先选告知的事。" in desktop.labels(desktop.page.panel)
    desktop.keys(Qt.Key.Key_2)
    assert row(desktop, "哪一级办的").value == "乡镇"
    save(desktop)
    assert "没有写告知人。请写是谁告知的。" in desktop.labels(desktop.page.panel)
    assert line(desktop, "告知人").hasFocus()
    line(desktop, "告知人").setText("周平")
    save(desktop)
    entries = desktop.page.detail.timeline.entries
    assert [(one.what, one.text) for one in entries if one.kind == "told"] == [
        ("制发通知书（听周平说）", "乡镇办的")
    ]
    assert "：制发通知书（听周平说），现在是" in desktop.said[-1]
    assert "据告知" not in desktop.said[-1]


def test_a_step_is_forced_with_a_reason_and_what_stops_it_is_said(desktop: Desktop) -> None:
    desktop.open(LATE)
    ask(desktop, "force")
    steps = chooser(desktop, "步骤")
    assert "报告" in [steps.itemText(place) for place in range(steps.count())]
    steps.setCurrentText("报告")
    line(desktop, "理由").setText("用纸质报告单报过")
    save(desktop)
    assert stage(desktop, LATE) == "疑似辍学(已报告)"


def test_a_call_and_a_visit_meet_with_other_things(desktop: Desktop) -> None:
    desktop.open(LATE)
    desktop.page.ask_visit()
    desktop.office.settle()
    form = desktop.visit_form()
    offered = [one.text()[2:] for one in form.outcome.findChildren(QPushButton) if one.isVisible()]
    assert offered == ["见到家长", "见到学生", "无人在家", "拒绝", "同意返校"]
    form.outcome.pick(3)
    form.method.pick(1)
    desktop.office.settle()
    offered = [one.text()[2:] for one in form.outcome.findChildren(QPushButton) if one.isVisible()]
    assert offered == ["打通", "无人接听", "停机或空号", "拒绝", "同意返校"]
    assert form.outcome.value == "拒绝"  # what both may meet with stays chosen


def test_a_visit_of_the_township_is_recorded_as_told_with_who_went_along(desktop: Desktop) -> None:
    desktop.open(LATE)
    desktop.page.ask_visit()
    desktop.office.settle()
    form = desktop.visit_form()
    form.outcome.pick(3)
    chooser(desktop, "谁去的").setCurrentText("乡镇")
    line(desktop, "告知人").setText("李干事")
    line(desktop, "会同单位").setText("村委会")
    form.save()
    desktop.office.settle()
    desktop.office.settle()
    made = desktop.office.program.read(show_case, desktop.case_id(LATE)).contacts[-1]
    assert (made.level, made.told_by, made.with_units) == ("乡镇", "李干事", "村委会")
    assert stage(desktop, LATE) == "乡镇动员"
    assert made.happened_on == date(2026, 11, 20)


def strip(desktop: Desktop) -> DayRows:
    """The days that 为什么 shows, come to by its key."""
    alt(desktop, Qt.Key.Key_W)
    found = desktop.page.panel.findChild(DayRows)
    assert isinstance(found, DayRows)
    return found


def days(shown: DayRows) -> list[tuple[str, str, str]]:
    return [(f"{one.day:%m-%d}", was_words(one), act_words(one)) for one in shown.model.rows]


def test_a_case_says_day_by_day_which_rule_asked_for_what(
    desktop: Desktop, qtmodeltester: ModelTester
) -> None:
    """Absent from 16 November, a Monday: 联系家长 that day, 孟津 达三天 on the 18th; today is Friday the 20th."""
    desktop.open(LATE)
    shown = strip(desktop)
    assert days(shown) == [
        ("11-16", "旷课", "▲ 联系家长"),
        ("11-17", "旷课", ""),
        ("11-18", "旷课", "▲ 开个案、疑似辍学、报告（乡镇）"),
        ("11-19", "旷课", ""),
        ("11-20", "旷课", ""),
    ]
    assert shown.view.hasFocus() and shown.view.currentIndex().row() == 0
    desktop.keys(Qt.Key.Key_Down, Qt.Key.Key_Down)
    words = "\n".join(desktop.labels(shown))
    assert "11月18日 周三　旷课　▲ 开个案、疑似辍学、报告（乡镇）\n连续无故缺勤达到3个上课日" in words
    qtmodeltester.check(shown.model)


def test_the_days_of_a_child_that_is_back_end_with_its_return(desktop: Desktop) -> None:
    """Absent from Tuesday 3 to Friday 6 November, back on Monday the 9th."""
    desktop.open(BACK)
    assert days(strip(desktop)) == [
        ("11-03", "旷课", "▲ 联系家长"),
        ("11-04", "旷课", ""),
        ("11-05", "旷课", "▲ 开个案、疑似辍学、报告（乡镇）"),
        ("11-06", "旷课", ""),
        ("11-07", "周末", ""),
        ("11-08", "周末", ""),
        ("11-09", "在校", ""),
    ]


def test_a_row_of_today_opens_the_form_of_the_case(desktop: Desktop) -> None:
    desktop.open(BACK, end="observe")
    assert desktop.page.panel.isVisible()
    assert row(desktop, "是否在校")


def test_a_reported_child_that_is_back_is_told_to_the_township_from_the_case(desktop: Desktop) -> None:
    """2026-001 is back since 9 November; here its report went out on paper of another kind."""
    office, case_id = desktop.office, desktop.case_id(BACK)
    forced = ForcedStep(
        id="f",
        case_id=case_id,
        step="报告",
        forced_on=date(2026, 11, 4),
        entered_on=TODAY,
        reason="纸质",
        by_whom="",
    )
    office.program.write(lambda desk: desk.tx.add(forced))
    case = desktop.open(BACK)
    assert [one.what for one in case.asks] == ["告诉乡镇：孩子已经返校"]
    side = desktop.page.detail.next
    next(one for one in side.findChildren(QPushButton) if one.text() == "记已告知").click()
    office.settle()
    line(desktop, "告诉了谁").setText("李干事")
    save(desktop)
    shown = desktop.page.detail.case
    assert shown is not None and shown.asks == ()
    assert [one.text for one in shown.entries if one.what == "告知返校"] == ["告诉了李干事"]


def test_on_the_day_of_the_return_the_look_is_grey_and_says_why(desktop: Desktop) -> None:
    """Back on 20 November, today: the first look is a week later."""
    desktop.office.program.write(take_roll, "五年级1班", TODAY)
    desktop.open(LATE)
    side = desktop.page.detail.next
    assert side.primary is not None and not side.primary.isEnabled()
    why = "今天才返校，明天起可以记观察，第1次应在2026年11月27日"
    assert why in desktop.labels(side)
    (look,) = [one for one in side.ends.actions() if "返校后观察" in one.text()]
    assert not look.isEnabled() and why in look.text()
