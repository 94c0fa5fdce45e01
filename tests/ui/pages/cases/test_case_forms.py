"""个案: a visit in a few keys, dates with a reason, saved once; nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton

from app.domain.contacts import counts
from app.domain.records import Contact
from app.service.papers.issuing import issue_paper
from tests.helpers.cases import ALT, CTRL, FRESH, LATE, Desktop, answer, open_desktop
from ui.pages.cases.visit import CAUSE, DAY, NOTE, PROMISE, WENT, WHY, VisitForm


@pytest.fixture
def desktop(office: Any) -> Desktop:
    return open_desktop(office)


# -- a visit --


def test_a_visit_is_recorded_by_keyboard_alone(desktop: Desktop) -> None:
    desktop.open(FRESH)
    desktop.keys(Qt.Key.Key_V)
    form = desktop.visit_form()
    assert form.method.hasFocus()
    desktop.keys(Qt.Key.Key_2, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_3)
    desktop.fill(form, NOTE, "打了两次没有人接")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    (made,) = desktop.contacts(FRESH)
    assert (made.method, made.outcome, counts(made)) == ("电话", "停机或空号", False)
    assert (made.by_whom, made.happened_on) == ("陈老师", date(2026, 11, 20))
    assert desktop.said == ["已记下电话：停机或空号（不计入次数），现在是核实中。"]
    assert desktop.page.panel.isHidden()
    assert desktop.page.detail.timeline.entries[0].outcome == "停机或空号"
    assert desktop.page.detail.timeline.hasFocus()


def test_every_field_of_the_form_reaches_the_record(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(4)
    texts = {
        "地点": "村口",
        "在场人": "爷爷、村主任",
        "家庭情况": "父母在外",
        "家长态度": "支持",
        "学生态度": "愿意",
        "方法及措施": "补课",
        "劝返效果": "答应返校",
        "学习地": "无",
        "务工地": "东莞",
        "居住地": "东岭村",
        "同行人员": "爷爷",
        PROMISE: "1123",
        NOTE: "带了书包",
    }
    for name, text in texts.items():
        desktop.fill(form, name, text)
    cause = form.form.field(CAUSE)
    cause.setFocus()
    desktop.keys(Qt.Key.Key_Down)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    contact = desktop.office.program.read(lambda desk: desk.tx.find(Contact, order="entered_on, id"))[-1]
    assert (contact.family, contact.guardian_attitude, contact.student_attitude) == (
        "父母在外",
        "支持",
        "愿意",
    )
    assert (contact.measures, contact.effect, contact.found_cause) == ("补课", "答应返校", "厌学")
    assert (contact.study_place, contact.work_place, contact.living_place) == ("无", "东莞", "东岭村")
    assert (contact.companions, contact.text) == ("爷爷", "带了书包")
    assert (contact.place, contact.people) == ("村口", "爷爷、村主任")
    assert contact.promised_on == date(2026, 11, 23)


def test_without_an_outcome_nothing_is_saved_and_the_cursor_goes_there(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert form.missing.text().startswith("请先选结果") and form.missing.isVisible()
    assert form.outcome.hasFocus()
    desktop.keys(Qt.Key.Key_1)
    assert form.missing.isHidden()
    assert desktop.contacts(FRESH) == []


def test_a_day_before_the_absence_says_so_beside_the_field_and_is_saved_with_a_reason(
    desktop: Desktop,
) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(0)
    desktop.fill(form, DAY, "1102")
    assert "早于开始缺勤日期2026年11月18日" in form.problem.text()
    assert form.form.field(WHY).isVisible()
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert desktop.contacts(FRESH) == []
    assert form.form.field(WHY).hasFocus()
    desktop.fill(form, WHY, "开学前已经联系过")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    (made,) = desktop.contacts(FRESH)
    assert (made.happened_on, made.forced_reason) == (date(2026, 11, 2), "开学前已经联系过")


def test_a_day_that_cannot_be_asks_for_no_reason(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    desktop.fill(form, DAY, "1123")
    assert "在今天" in form.problem.text()
    assert form.form.field(WHY).isHidden()
    desktop.fill(form, DAY, "昨天")
    assert form.problem.isHidden()


def test_a_word_that_is_no_day_is_named_beside_its_field(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    desktop.fill(form, DAY, "上周")
    assert form.problem.text().startswith("“上周”不是日期")
    desktop.fill(form, DAY, "1120")
    desktop.fill(form, PROMISE, "以后")
    assert form.promise_problem.text().startswith("“以后”不是日期")
    form.outcome.pick(0)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert form.form.field(PROMISE).hasFocus()
    assert desktop.contacts(FRESH) == []


def test_a_promise_before_the_visit_is_refused_beside_the_promise(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(4)
    desktop.fill(form, PROMISE, "1119")
    assert form.promise_problem.text().startswith("承诺返校日2026年11月19日早于联系日期")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert desktop.contacts(FRESH) == []
    assert form.form.field(PROMISE).hasFocus()


@pytest.mark.parametrize(("method", "outcome"), [(0, 2), (1, 1), (1, 2)])
def test_nobody_met_has_promised_nothing(desktop: Desktop, method: int, outcome: int) -> None:
    """无人在家 of a visit, 无人接听 and 停机或空号 of a call."""
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.method.pick(method)
    form.outcome.pick(outcome)
    desktop.fill(form, PROMISE, "1123")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "没有人能承诺返校" in form.promise_problem.text()
    assert desktop.contacts(FRESH) == []


def test_parents_who_were_met_may_promise_a_day_without_agreeing(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(0)
    desktop.fill(form, PROMISE, "1123")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    (made,) = desktop.contacts(FRESH)
    assert (made.outcome, made.promised_on) == ("见到家长", date(2026, 11, 23))


def test_an_emptied_day_or_name_is_asked_for(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(0)
    desktop.fill(form, DAY, "")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert form.problem.text() == "没有填劝返时间。请补上。"
    desktop.fill(form, DAY, "今天")
    desktop.fill(form, "劝返工作教师", "")
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert "没有写联系人" in form.name_problem.text()
    assert form.form.field("劝返工作教师").hasFocus()
    desktop.fill(form, "劝返工作教师", "王老师")
    assert form.name_problem.isHidden()


def test_nobody_home_says_that_it_does_not_count(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(2)
    assert "无人在家要记下来，但不计入动员次数。" in desktop.labels(form)


# -- saving --


def test_saving_twice_at_once_records_one_visit(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(0)
    (save,) = [one for one in desktop.page.panel.findChildren(QPushButton) if one.text().startswith("保存")]
    save.click()
    save.click()
    form.save()
    desktop.office.qtbot.keyClick(form, Qt.Key.Key_Return, CTRL)
    desktop.office.settle()
    assert len(desktop.contacts(FRESH)) == 1
    assert desktop.page.panel.isHidden()


def test_a_form_being_saved_cannot_be_left_and_no_other_takes_its_place(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(0)
    form.save()
    desktop.page.panel.leave()
    desktop.page.ask_visit()
    desktop.page.show_list()
    assert desktop.page.panel.isVisible() and desktop.visit_form() is form
    desktop.office.settle()
    assert desktop.page.panel.isHidden()
    assert len(desktop.contacts(FRESH)) == 1


def test_a_refused_form_can_be_filled_in_again(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(0)
    desktop.fill(form, "劝返工作教师", "")
    form.save()
    assert not desktop.page.panel.isEnabled()
    desktop.office.settle()
    assert desktop.page.panel.isEnabled()
    assert form.form.field("劝返工作教师").hasFocus()


def test_the_window_asks_before_a_half_filled_form_is_lost(desktop: Desktop) -> None:
    assert desktop.page.may_leave()
    desktop.page.ask_opening()
    desktop.opening_form().trigger.pick(0)
    answer("继续填写")
    assert not desktop.page.may_leave()
    answer("放弃")
    assert desktop.page.may_leave()


def test_leaving_a_form_asks_only_if_something_was_typed(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    desktop.keys(Qt.Key.Key_Escape)
    assert desktop.page.panel.isHidden()
    desktop.keys(Qt.Key.Key_V)
    desktop.visit_form().outcome.pick(1)
    answer("继续填写")
    desktop.keys(Qt.Key.Key_Escape)
    assert desktop.page.panel.isVisible()


def test_a_half_filled_visit_is_not_lost_to_another_form_or_case(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    form.outcome.pick(1)
    for other in (desktop.page.ask_visit, desktop.page.show_list, lambda: desktop.page.show_case(LATE)):
        answer("继续填写")
        other()
        desktop.office.settle()
        assert desktop.visit_form() is form
    answer("放弃")
    desktop.page.show_list()
    assert desktop.page.panel.isHidden()


def test_the_visit_form_opens_with_alt_v_from_anywhere_in_the_case(desktop: Desktop) -> None:
    desktop.open(LATE)
    desktop.page.detail.child.findChildren(QPushButton)[0].setFocus()
    desktop.keys(Qt.Key.Key_V, modifier=ALT)
    desktop.office.qtbot.waitUntil(desktop.page.panel.isVisible)
    assert desktop.visit_form().is_dirty() is False


def goers(form: VisitForm) -> list[str]:
    field = form.form.field(WENT)
    assert isinstance(field, QComboBox)
    return [field.itemText(place) for place in range(field.count())]


def test_a_visit_of_a_school_is_its_own_unless_said(desktop: Desktop) -> None:
    desktop.open(FRESH, visit=True)
    form = desktop.visit_form()
    assert form.level is None
    assert goers(form) == ["本校", "乡镇", "村", "县"]
    form.outcome.pick(0)
    desktop.keys(Qt.Key.Key_Return, modifier=CTRL)
    assert [one.level for one in desktop.contacts(FRESH)] == ["学校"]


def test_a_township_before_the_report_is_out_of_order_as_soon_as_it_is_named(desktop: Desktop) -> None:
    """The report goes out on 20 November; the school itself may have been there on the 19th."""
    given = {"村": "东岭村", "报告对象": "乡镇人民政府", "乡镇人民政府": "柳河镇人民政府"}
    desktop.office.program.write(issue_paper, "报告单", desktop.case_id(LATE), given)
    desktop.open(LATE, visit=True)
    form = desktop.visit_form()
    desktop.fill(form, DAY, "1119")
    assert form.problem.isHidden()
    field = form.form.field(WENT)
    assert isinstance(field, QComboBox)
    field.setCurrentText("乡镇")
    desktop.office.settle()
    assert "早于学校报告日期2026年11月20日" in form.problem.text()
    assert not form.form.field(WHY).isHidden()
