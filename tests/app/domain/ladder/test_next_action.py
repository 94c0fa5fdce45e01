"""The one next action of a case, with its day, under the rules of three counties."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.attendance import Streak
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.next_action import NextAction, next_action
from app.domain.ladder.readiness import reports_due
from app.domain.vocabulary import AGREED, NOBODY_HOME
from tests.helpers.facts import (
    absence_case,
    found_case,
    make_calendar,
    make_case,
    make_contact,
    make_document,
    make_look,
    make_rule,
    on,
)

SEPTEMBER = [on(9, 17), on(9, 18), on(9, 20), on(9, 21)]
REPORT = make_document(on(9, 30))
VISITS = tuple(make_contact(on(10, 8 + day), level="乡镇") for day in range(5))


def step_of(facts: CaseFacts, today: date) -> NextAction:
    step = next_action(replace(facts, as_of=today))
    assert step is not None
    return step


def datian(**more: object) -> CaseFacts:
    """A child found away under 大田's rules: no roll counts its days, so only the clock of the body runs."""
    return found_case("datian", on(9, 21), **more)


def four_days(**more: object) -> CaseFacts:
    """Four days of 旷课 under 大田's rules: 超过3天 on 21 September, so the clock of 附件4 runs too."""
    return absence_case("datian", SEPTEMBER, **more)


def township(facts: CaseFacts) -> CaseFacts:
    return replace(facts, unit_level="乡镇")


def test_mengjin_asks_for_the_report_on_the_day_three_is_reached() -> None:
    step = step_of(absence_case("mengjin", SEPTEMBER), on(9, 21))
    assert step.action == "填写疑似辍学学生报告单，报告乡镇"
    assert (step.due_on, step.document, step.waiting) == (on(9, 20), "报告单", False)
    assert "连续无故缺勤达到3个上课日" in step.reason


def test_the_report_stays_due_when_a_day_without_a_roll_breaks_the_known_run() -> None:
    facts = absence_case("mengjin", SEPTEMBER)
    gap = Streak(1, (on(9, 23),), "无法判定", (on(9, 22),), (1.0,))
    broken = replace(facts, run=gap, crossings=())
    assert reports_due(broken)[0].day == on(9, 20)


def test_datian_first_asks_to_reach_the_parents_on_the_day_the_case_opened() -> None:
    step = step_of(four_days(), on(9, 21))
    assert step.action.startswith("联系家长")
    assert (step.due_on, step.document) == (on(9, 21), "学校情况记录表")
    assert "2026年9月21日立案" in step.why


def test_a_visit_that_met_nobody_asks_for_another_on_the_next_workday_and_starts_no_term() -> None:
    facts = datian(contacts=(make_contact(on(9, 24), NOBODY_HOME),))
    assert reports_due(facts) == []
    step = step_of(facts, on(9, 24))
    assert step.action == "再次上门，见到家长或学生"
    assert (step.due_on, step.document) == (on(9, 28), "家访表")
    assert "2026年9月24日" in step.why and NOBODY_HOME in step.why


def test_datian_gives_three_workdays_from_the_first_talk_over_mid_autumn() -> None:
    step = step_of(datian(contacts=(make_contact(on(9, 23)),)), on(9, 30))
    assert step.action == "填写疑似辍学学生报告单，报告乡镇"
    assert (step.due_on, step.document) == (on(9, 30), "报告单")  # not late on the first day it is allowed
    assert "动员后未返校超过3个工作日" in step.reason


def test_a_family_nobody_can_find_is_reported_once_it_was_tried() -> None:
    """大田 附件4: 超过3天，经劝返仍不返校; who cannot be found was tried."""
    assert reports_due(four_days()) == []
    tried = four_days(contacts=(make_contact(on(9, 22), NOBODY_HOME),))
    step = step_of(tried, on(9, 22))
    assert (step.document, step.due_on) == ("报告单", on(9, 22))
    assert "超过3个上课日" in step.reason


def test_of_two_clocks_the_earlier_one_binds() -> None:
    """大田: 3个工作日 after the talk of the 23rd end on the 29th; 超过3天 was reached on the 21st."""
    step = step_of(four_days(contacts=(make_contact(on(9, 23)),)), on(9, 23))
    assert (step.document, step.due_on) == ("报告单", on(9, 23))


def test_datian_gives_three_workdays_from_12_february_over_the_spring_festival() -> None:
    facts = found_case("datian", on(2, 11), contacts=(make_contact(on(2, 12)),))
    assert reports_due(facts)[0].day == on(2, 25)  # the term ends on 24 February


def test_the_term_runs_from_the_first_talk_and_a_later_one_does_not_move_it() -> None:
    nobody, first, later = (
        make_contact(on(9, 22), NOBODY_HOME),
        make_contact(on(9, 23)),
        make_contact(on(9, 28)),
    )
    assert reports_due(datian(contacts=(nobody, first, later)))[0].day == on(
        9, 30
    )  # 29 September is the last


def test_a_county_without_a_report_rule_asks_for_the_report_after_the_first_talk() -> None:
    case = make_case(on(10, 7), rule_key="开个案", absent_since=on(9, 30), evidence=(on(9, 30),))
    facts = replace(found_case("xianyou-2019", on(10, 7)), case=case)
    assert step_of(facts, on(10, 8)).action.startswith("联系家长")
    step = step_of(replace(facts, contacts=(make_contact(on(10, 8)),)), on(10, 9))
    assert step.action == "填写疑似辍学学生报告单，报告乡镇和教育行政部门"
    assert (step.due_on, step.document) == (None, "报告单")


def test_a_child_found_without_a_register_is_reported_after_the_first_talk_too() -> None:
    facts = found_case("mengjin", on(9, 20), contacts=(make_contact(on(9, 22)),))
    step = step_of(facts, on(9, 23))
    assert (step.document, step.due_on) == ("报告单", None)
    nobody = replace(facts, contacts=(make_contact(on(9, 22), NOBODY_HOME),))
    assert step_of(nobody, on(9, 23)).action == "再次上门，见到家长或学生"


def test_plan_18_gives_a_week_from_the_first_talk() -> None:
    rows = absence_case("plan-18", [on(9, 17), on(9, 18), on(9, 20)])
    facts = replace(rows, contacts=(make_contact(on(9, 21)),))
    step = step_of(facts, on(9, 22))
    assert step.action.startswith("继续劝返；到2026年9月28日仍未返校的")
    assert (step.document, step.due_on) == ("家访表", on(9, 28))  # 动员一周: plan 18
    assert step_of(facts, on(9, 28)).document == "家访表"  # no roll says yet that the 28th was missed
    away = make_calendar().school_days(on(9, 17), on(9, 28))
    late = step_of(replace(absence_case("plan-18", away), contacts=facts.contacts), on(9, 28))
    assert (late.document, late.due_on) == ("报告单", on(9, 28))  # 一周 is reached on the 28th


def test_a_talk_before_the_day_of_a_later_report_rule_asks_for_another_visit() -> None:
    later = make_rule(">=", 10, key="报告", acts=("报告",), effect="报告")
    facts = replace(four_days(contacts=(make_contact(on(9, 22)),)), crossings=())
    patient = replace(facts, rules=replace(facts.rules, rules=(make_rule(), later)))
    step = step_of(patient, on(9, 22))
    assert (step.action, step.due_on) == ("再次上门，见到家长或学生", on(9, 23))


def test_a_promise_waits_for_its_day_and_then_the_next_action_returns() -> None:
    agreed = make_contact(on(9, 23), AGREED, promised_on=on(9, 28))
    facts = datian(contacts=(agreed,))
    step = step_of(facts, on(9, 28))
    assert (step.due_on, step.waiting) == (on(9, 28), True)
    assert step.action == "等学生返校：家长承诺2026年9月28日返校，到日核对点名"
    assert step_of(township(facts), on(9, 28)).action.endswith("到日向学校核实是否到校")
    assert step_of(facts, on(9, 30)).document == "报告单"


def test_a_promise_beyond_the_term_does_not_put_the_report_off() -> None:
    agreed = make_contact(on(9, 23), AGREED, promised_on=on(10, 20))
    facts = datian(contacts=(agreed,))
    assert step_of(facts, on(9, 24)).action.startswith("继续劝返")
    assert step_of(facts, on(9, 30)).document == "报告单"


def test_a_promise_taken_back_by_a_later_refusal_waits_for_nothing() -> None:
    agreed = make_contact(on(9, 23), AGREED, promised_on=on(9, 28))
    refused = make_contact(on(9, 24), "拒绝")
    assert not step_of(datian(contacts=(agreed, refused)), on(9, 24)).waiting


def test_a_day_named_in_a_refusal_is_no_promise_to_wait_for() -> None:
    refused = make_contact(on(9, 23), "拒绝", promised_on=on(9, 28))
    step = step_of(datian(contacts=(refused,)), on(9, 24))
    assert step.action.startswith("继续劝返") and not step.waiting


def test_after_the_report_a_school_waits_and_its_township_makes_the_first_visit() -> None:
    facts = datian(contacts=(make_contact(on(9, 23)),), documents=(REPORT,))
    step = step_of(facts, on(10, 7))
    assert step.action.startswith("等乡镇组织动员")
    assert step.waiting and REPORT.number in step.why
    first = step_of(township(facts), on(10, 8))
    assert (first.action, first.document, first.waiting) == ("乡镇第1次上门动员", "五次动员记录表", False)


@pytest.mark.parametrize("done", range(1, 5))
def test_the_township_goes_on_to_its_next_visit(done: int) -> None:
    facts = datian(contacts=VISITS[:done], documents=(REPORT,))
    step = step_of(township(facts), on(10, 20))
    assert step.action == f"乡镇第{done + 1}次上门动员"
    assert f"已计入的乡镇动员{done}次" in step.why
    assert step_of(facts, VISITS[0].happened_on).waiting  # the school can only wait for it


def test_nobody_home_is_no_visit_of_the_five() -> None:
    nobody = make_contact(on(10, 19), NOBODY_HOME, level="乡镇")
    facts = township(datian(contacts=(*VISITS[:4], nobody), documents=(REPORT,)))
    assert step_of(facts, on(10, 20)).action == "乡镇第5次上门动员"


def test_after_five_visits_the_township_issues_the_notice_and_then_serves_it() -> None:
    facts = township(datian(contacts=VISITS, documents=(REPORT,)))
    step = step_of(facts, on(10, 20))
    assert (step.action, step.document) == ("制发限期复学通知书", "限期复学通知书")
    notice = make_document(on(10, 20), "限期复学通知书", number="湖政限复〔2026〕1号")
    served = step_of(replace(facts, documents=(REPORT, notice)), on(10, 21))
    assert served.action.startswith("送达限期复学通知书")
    assert "湖政限复〔2026〕1号" in served.why
    waiting = step_of(replace(facts, documents=(REPORT, notice), unit_level="学校"), on(10, 21))
    assert waiting.why.endswith("还没有送达记录")
    voided = replace(notice, withdrawn_on=on(10, 21))
    assert step_of(replace(facts, documents=(REPORT, voided)), on(10, 21)).action == "制发限期复学通知书"


def test_a_township_visits_at_once_where_the_school_has_no_computer() -> None:
    step = step_of(township(found_case("mengjin", on(9, 20))), on(9, 21))
    assert step.action == "乡镇第1次上门动员"


def test_a_child_back_in_school_is_looked_for_after_a_week_a_month_and_at_the_end_of_the_term() -> None:
    """一周 from 28 September ends in the holiday: 8 October; 一月 is 28 October; the term ends on 20 January."""
    facts = datian(returned_on=on(9, 28))
    step = step_of(facts, on(9, 29))
    assert (step.action, step.due_on, step.waiting) == ("第1次观察：核对是否在校", on(10, 8), False)
    assert "程序的缺省" in step.why
    seen = replace(facts, observations=(make_look(on(10, 8)),))
    assert (step_of(seen, on(10, 9)).action, step_of(seen, on(10, 9)).due_on) == (
        "第2次观察：核对是否在校",
        on(10, 28),
    )
    twice = replace(facts, observations=(make_look(on(10, 8)), make_look(on(10, 28))))
    assert step_of(twice, on(11, 1)).due_on == on(1, 20, 2027)
    whole = replace(twice, observations=(*twice.observations, make_look(on(1, 20, 2027))))
    assert step_of(whole, on(1, 20, 2027)).action == "观察期满，办理销号"


def test_nothing_is_left_to_do_on_a_case_annulled_or_followed() -> None:
    assert next_action(datian(annulled_why=("补假",))) is None
    assert next_action(datian(returned_on=on(9, 28), followed_by="case-2")) is None


def test_leave_proved_after_the_report_asks_to_tell_who_received_it_today() -> None:
    step = step_of(datian(documents=(REPORT,), annulled_why=("补假",)), on(10, 8))
    assert "告知收到报告单的单位" in step.action
    assert step.due_on == on(10, 8)
