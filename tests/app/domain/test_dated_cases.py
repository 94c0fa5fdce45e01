"""The dated test cases of the field that concern calendar, run, threshold and deadline: 1 to 14.

The numbers are those of the list the product is measured by; 15, 16 and 23 are in test_identity, 17 in
test_school_year.
"""

import pytest

from app.domain.attendance import Streak, crossing
from app.domain.calendar import has_children_day_off
from app.domain.deadlines import (
    add_months,
    add_natural_days,
    add_workdays,
    deadline,
    refuse_provisional,
)
from app.errors import UserError
from tests.helpers.facts import (
    NATIONAL,
    fires_on,
    make_calendar,
    make_leave,
    make_rule,
    on,
    opening,
    register,
    rules,
    run_of,
)

THREE = opening("mengjin")  # 达三天
OVER_THREE = opening("datian")  # 超过3天
SEPTEMBER = [on(9, 17), on(9, 18), on(9, 20), on(9, 21)]


def test_case_1_four_days_over_a_made_up_sunday_reach_three_on_the_20th_and_pass_three_on_the_21st() -> None:
    states = register(on(9, 1), on(9, 21), absent=SEPTEMBER)
    run = run_of(states)
    assert (run.days, list(run.dates), run.verdict) == (4, SEPTEMBER, "旷课")
    assert fires_on(THREE, states) == on(9, 20)
    assert fires_on(OVER_THREE, states) == on(9, 21)


def test_case_1_nothing_fires_before_its_day() -> None:
    states = register(on(9, 1), on(9, 21), absent=SEPTEMBER)
    assert fires_on(THREE, states, on(9, 18)) is None
    assert fires_on(THREE, states, on(9, 19)) is None
    assert fires_on(OVER_THREE, states, on(9, 20)) is None


def test_case_2_with_the_made_up_sunday_closed_three_is_reached_on_the_21st_and_not_passed() -> None:
    calendar = make_calendar({on(9, 20): "停课"})
    states = register(on(9, 1), on(9, 21), absent=SEPTEMBER, calendar=calendar)
    assert run_of(states).days == 3
    assert fires_on(THREE, states, calendar=calendar) == on(9, 21)
    assert fires_on(OVER_THREE, states, calendar=calendar) is None


def test_case_3_a_day_in_school_starts_the_count_again() -> None:
    states = register(on(9, 1), on(9, 21), absent=[on(9, 17), on(9, 18), on(9, 21)])
    run = run_of(states)
    assert (run.days, run.dates, run.verdict) == (1, (on(9, 21),), "旷课")
    assert fires_on(THREE, states) is None
    assert fires_on(OVER_THREE, states) is None


def test_case_4_a_day_without_a_roll_is_neither_absent_nor_present() -> None:
    states = register(on(9, 1), on(9, 21), absent=[on(9, 18), on(9, 21)], uncalled=[on(9, 20)])
    run = run_of(states)
    assert run.verdict == "无法判定"
    assert run.unrecorded == (on(9, 20),)
    assert run.dates == (on(9, 21),)
    assert fires_on(make_rule(">=", 2), states) is None


def test_case_5_a_run_over_the_national_holiday_is_four_days_and_not_eleven() -> None:
    days = [on(9, 30), on(10, 8), on(10, 9), on(10, 10)]
    states = register(on(9, 1), on(10, 10), absent=days)
    assert list(run_of(states).dates) == days
    assert fires_on(THREE, states) == on(10, 9)
    assert fires_on(OVER_THREE, states) == on(10, 10)


def test_case_5_a_count_reached_inside_the_holiday_fires_on_the_next_missed_day() -> None:
    week = make_rule(">", 7, "自然日")
    for rule in (week, opening("xianyou-2019")):
        states = register(on(9, 1), on(10, 8), absent=[on(9, 30), on(10, 8)])
        assert fires_on(rule, states, on(10, 7)) is None
        assert fires_on(rule, states) == on(10, 8)


def test_case_6_three_workdays_after_23_september_end_on_the_29th_after_the_mid_autumn_weekend() -> None:
    assert add_workdays(on(9, 23), 3, NATIONAL) == on(9, 29)
    rule = rules("datian").doing("报告")[0]
    assert deadline(on(9, 23), rule.number, rule.unit, make_calendar()).day == on(9, 29)


def test_case_7_three_workdays_after_12_february_use_the_made_up_saturday() -> None:
    assert add_workdays(on(2, 12), 3, NATIONAL) == on(2, 24)


def test_case_8_more_than_five_workdays_from_28_september_is_met_on_10_october() -> None:
    first_five = [on(9, 28), on(9, 29), on(9, 30), on(10, 8), on(10, 9)]
    states = register(on(9, 1), on(10, 10), absent=[*first_five, on(10, 10)])
    rule = opening("plan-24")
    assert (rule.op, rule.number, rule.unit) == (">", 5, "工作日")
    assert fires_on(rule, states, on(10, 9)) is None
    assert fires_on(rule, states) == on(10, 10)


def test_case_9_seven_calendar_days_that_end_in_a_holiday_move_behind_it() -> None:
    assert add_natural_days(on(9, 24), 7, NATIONAL) == on(10, 8)
    assert deadline(on(9, 24), 7, "自然日", make_calendar()).day == on(10, 8)


def test_case_9_seven_workdays_from_the_same_service_end_on_12_october() -> None:
    assert deadline(on(9, 24), 7, "工作日", make_calendar()).day == on(10, 12)


def test_case_10_a_month_from_31_january_is_full_on_28_february_and_passed_on_1_march() -> None:
    assert add_months(on(1, 31), 1) == on(2, 28)
    dropped = next(rule for rule in rules("plan-24").doing("辍学") if rule.unit == "月")
    assert (dropped.op, dropped.start) == (">", "疑似辍学标注")
    assert deadline(on(1, 31), dropped.number, dropped.unit, make_calendar()).day == on(2, 28)


def test_case_10_an_absence_of_more_than_a_month_is_met_on_the_next_missed_day() -> None:
    """1 March 2026 is a Sunday."""
    more = make_rule(">", 1, "月")
    run = Streak(2, (on(1, 31), on(2, 28)), "旷课", (), (1.0, 1.0))
    assert crossing(more, run, make_calendar()) is None
    run = Streak(3, (on(1, 31), on(2, 28), on(3, 2)), "旷课", (), (1.0, 1.0, 1.0))
    met = crossing(more, run, make_calendar())
    assert met is not None and met.day == on(3, 2)


def test_case_11_approved_leave_before_the_run_is_no_part_of_it() -> None:
    leave = make_leave(on(9, 17), on(9, 18))
    absent = [*SEPTEMBER, on(9, 22)]
    monday = register(on(9, 1), on(9, 21), absent=absent, leaves=[leave])
    tuesday = register(on(9, 1), on(9, 22), absent=absent, leaves=[leave])
    assert run_of(monday).dates == (on(9, 20), on(9, 21))
    assert fires_on(THREE, monday) is None
    assert fires_on(THREE, tuesday) == on(9, 22)


MORNINGS = [on(9, 14), on(9, 15), on(9, 16)]


def test_case_12_three_missed_mornings_are_one_day_and_a_half_and_fire_nothing() -> None:
    states = register(on(9, 1), on(9, 16), mornings=MORNINGS)
    assert run_of(states).days == 1.5
    assert fires_on(THREE, states) is None


def test_case_12_a_county_may_leave_half_days_out() -> None:
    states = register(on(9, 1), on(9, 16), mornings=MORNINGS, half_day="不计")
    run = run_of(states)
    assert (run.days, run.verdict) == (0, "正常")
    assert fires_on(THREE, states) is None


@pytest.mark.parametrize(
    ("op", "number", "unit"), [(">", 3, "工作日"), (">", 3, "自然日"), (">=", 48, "小时")]
)
def test_case_12_mornings_fire_nothing_under_a_calendar_unit_either(op: str, number: int, unit: str) -> None:
    days = [on(9, 14), on(9, 15), on(9, 16), on(9, 17)] if unit != "小时" else MORNINGS
    assert fires_on(make_rule(op, number, unit), register(on(9, 1), days[-1], mornings=days)) is None


def test_case_13_on_1_june_pupils_under_14_are_off_though_the_nation_works() -> None:
    calendar, children_day = make_calendar(), on(6, 1)
    assert calendar.is_workday(children_day)
    assert calendar.weight(children_day) == 1
    assert calendar.weight(children_day, children_day_off=True) == 0
    assert has_children_day_off(children_day, on(6, 2, 2012), "初中")
    assert has_children_day_off(children_day, on(3, 1, 2016), "小学")
    assert not has_children_day_off(children_day, on(6, 1, 2012), "初中")
    assert rules("mengjin").children_day_off


def test_case_14_a_year_without_a_holiday_table_is_told_by_weekends_and_says_so() -> None:
    calendar = make_calendar()
    monday = calendar.fact(on(1, 4, 2027))
    assert monday.weight == 1
    assert "无2027年节假日数据" in monday.why
    assert calendar.weight(on(1, 9, 2027)) == 0
    assert calendar.missing_years([on(12, 31), on(1, 4, 2027)]) == [2027]


def test_case_14_a_deadline_that_needs_the_missing_table_is_not_printed() -> None:
    due = deadline(on(12, 28), 7, "工作日", make_calendar())
    assert due.missing_years == (2027,)
    with pytest.raises(UserError, match="2027年"):
        refuse_provisional(due)


def test_case_14_a_deadline_inside_the_known_year_is_printed() -> None:
    due = deadline(on(12, 21), 7, "自然日", make_calendar())
    assert (due.day, due.missing_years) == (on(12, 28), ())
    refuse_provisional(due)
