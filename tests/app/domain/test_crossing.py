"""When a run of 旷课 meets a rule: every unit, the warning the day before, and that it is the first day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Streak, crosses_next, crossing
from tests.helpers.facts import fires_on, make_calendar, make_leave, make_rule, on, opening, register

CALENDAR = make_calendar()
SCHOOL_DAYS = CALENDAR.school_days(on(9, 1), on(12, 31))
NOTHING = Streak(0, (), "正常", ())


def run_from(first: date, count: int, *, half_days: int = 0) -> Streak:
    """`count` school days missed from `first` on, the first `half_days` of them by half."""
    at = SCHOOL_DAYS.index(first)
    weights = (0.5,) * half_days + (1.0,) * (count - half_days)
    return Streak(sum(weights), tuple(SCHOOL_DAYS[at : at + count]), "旷课", (), weights)


def day_met(op: str, number: float, unit: str, run: Streak) -> date | None:
    met = crossing(make_rule(op, number, unit), run, CALENDAR)
    return met.day if met else None


@pytest.mark.parametrize(
    ("op", "number", "unit", "day"),
    [
        (">=", 3, "上课日", on(9, 20)),
        (">", 3, "上课日", on(9, 21)),
        (">=", 3, "工作日", on(9, 20)),
        (">", 3, "工作日", on(9, 21)),
        (
            ">=",
            3,
            "自然日",
            on(9, 20),
        ),  # the third day is Saturday the 19th; the next missed 上课日 is the 20th
        (">", 3, "自然日", on(9, 20)),
        (">=", 1, "周", on(9, 23)),
        (">", 1, "周", on(9, 24)),
        (">=", 48, "小时", on(9, 20)),  # over on Saturday the 19th
        (">", 48, "小时", on(9, 20)),
        (">=", 1, "月", on(10, 19)),  # full on Saturday 17 October
        (">", 1, "月", on(10, 19)),
    ],
)
def test_a_rule_is_met_in_its_own_unit_on_its_own_day(op: str, number: float, unit: str, day: date) -> None:
    run = run_from(on(9, 17), 20)
    assert day_met(op, number, unit, run) == day


def test_an_absence_cannot_be_counted_in_school_terms() -> None:
    with pytest.raises(ValueError, match="学期"):
        crossing(make_rule(">", 1, "学期"), run_from(on(9, 17), 3), CALENDAR)


def test_the_evidence_is_the_days_up_to_the_crossing_and_no_later_ones() -> None:
    met = crossing(opening("mengjin"), run_from(on(9, 17), 5), CALENDAR)
    assert met is not None
    assert met.evidence == (on(9, 17), on(9, 18), on(9, 20))


def test_without_a_run_nothing_is_met() -> None:
    assert crossing(opening("mengjin"), NOTHING, CALENDAR) is None
    assert not crosses_next(opening("mengjin"), NOTHING, on(9, 30), CALENDAR)


def test_a_calendar_unit_does_not_run_on_over_a_school_day_nobody_called() -> None:
    absent = [on(9, 17), on(9, 18)]
    uncalled = [on(9, 20), on(9, 21), on(9, 22), on(9, 23), on(9, 24)]
    states = register(on(9, 1), on(9, 24), absent=absent, uncalled=uncalled)
    assert fires_on(make_rule(">", 1, "周"), states) is None


def test_forty_eight_hours_are_over_on_the_second_day_after_the_first() -> None:
    states = register(on(9, 1), on(9, 9), absent=[on(9, 7), on(9, 8), on(9, 9)])
    assert fires_on(opening("plan-04"), states, on(9, 8)) is None
    assert fires_on(opening("plan-04"), states, on(9, 9)) == on(9, 9)


FRIDAY, SUNDAY, MONDAY = on(9, 11), on(9, 13), on(9, 14)


def test_forty_eight_hours_from_a_friday_are_met_on_the_monday_only_if_it_is_missed_too() -> None:
    missed = register(on(9, 1), MONDAY, absent=[FRIDAY, MONDAY])
    assert fires_on(opening("plan-04"), missed, SUNDAY) is None
    assert fires_on(opening("plan-04"), missed) == MONDAY
    assert fires_on(opening("plan-04"), register(on(9, 1), MONDAY, absent=[FRIDAY])) is None


def test_on_the_friday_evening_the_warning_in_hours_is_for_the_monday() -> None:
    friday = run_from(FRIDAY, 1)
    assert crossing(opening("plan-04"), friday, CALENDAR) is None
    assert crosses_next(opening("plan-04"), friday, MONDAY, CALENDAR)
    thursday = run_from(on(9, 10), 1)  # missing Friday too makes 24 hours
    assert not crosses_next(opening("plan-04"), thursday, FRIDAY, CALENDAR)


def test_one_day_missed_before_the_summer_meets_nothing_in_it_or_on_the_first_day_after_it() -> None:
    book = make_calendar()
    only = register(on(6, 22), on(9, 1), absent=[on(7, 3)], calendar=book)
    for day in (on(7, 3), on(7, 8), on(8, 31), on(9, 1)):
        assert fires_on(opening("plan-21"), only, day) is None
    both = register(on(6, 22), on(9, 1), absent=[on(7, 3), on(9, 1)], calendar=book)
    assert fires_on(opening("plan-21"), both) is None


CLOSED = make_calendar(dict.fromkeys([on(9, 20), on(9, 21), on(9, 22), on(9, 23), on(9, 24)], "停课"))
"""Closed from Sunday (调休上班) 20 to Thursday 24 September; the 25th is 中秋, school goes on on Monday the 28th."""


@pytest.mark.parametrize(
    ("op", "number", "unit", "day"),
    [
        (">", 3, "上课日", on(9, 29)),  # 17, 18, 28, 29
        (">", 3, "工作日", on(9, 29)),
        (">", 5, "工作日", on(10, 8)),  # 17, 18, 28, 29, 30, 8
        (">", 7, "自然日", on(9, 29)),  # 17, 18, 19, 25, 26, 27, 28, 29
        (">", 1, "周", on(9, 29)),
        (">=", 144, "小时", on(9, 28)),  # six days after the first: 18, 19, 25, 26, 27, 28
        (">=", 1, "月", on(10, 22)),  # 17 October and five days of closure
    ],
)
def test_a_closure_set_by_hand_counts_in_no_unit(op: str, number: float, unit: str, day: date) -> None:
    away = [one for one in SCHOOL_DAYS if on(9, 17) <= one <= on(10, 30)]
    states = register(on(9, 1), on(10, 30), absent=away, calendar=CLOSED)
    assert fires_on(make_rule(op, number, unit), states, calendar=CLOSED) == day


@pytest.mark.parametrize("rule_set", ["plan-21", "plan-24"])
def test_two_days_before_a_week_of_closure_meet_no_rule_in_workdays(rule_set: str) -> None:
    states = register(on(9, 1), on(9, 28), absent=[on(9, 17), on(9, 18), on(9, 28)], calendar=CLOSED)
    assert fires_on(opening(rule_set), states, on(9, 24), CLOSED) is None
    assert fires_on(opening(rule_set), states, calendar=CLOSED) is None


@pytest.mark.parametrize(
    ("op", "number", "unit", "day"),
    [
        (">=", 3, "上课日", on(9, 10)),
        (">=", 3, "工作日", on(9, 10)),
        (">", 3, "自然日", on(9, 11)),  # 7, 8, 10, 11
        (">=", 48, "小时", on(9, 10)),
    ],
)
def test_leave_inside_a_run_neither_counts_nor_ends_it(op: str, number: float, unit: str, day: date) -> None:
    away = [on(9, 7), on(9, 8), on(9, 10), on(9, 11)]
    states = register(on(9, 1), on(9, 11), absent=away, leaves=[make_leave(on(9, 9), on(9, 9))])
    assert fires_on(make_rule(op, number, unit), states) == day


def test_the_first_missed_day_of_a_new_school_year_begins_anew() -> None:
    book = make_calendar({on(8, 31): "上课"})
    states = register(on(8, 31), on(9, 3), absent=[on(8, 31), on(9, 1), on(9, 2), on(9, 3)], calendar=book)
    assert fires_on(make_rule(">=", 3), states, on(9, 2), book) is None
    assert fires_on(make_rule(">=", 3), states, calendar=book) == on(9, 3)


def test_of_two_rules_that_ask_for_a_report_each_is_met_on_its_own_day() -> None:
    days, hours = make_rule(">", 3, key="附件4", acts=("报告",)), make_rule(">=", 48, "小时", acts=("报告",))
    run = run_from(on(9, 17), 4)
    met = [crossing(rule, run, CALENDAR) for rule in (days, hours)]
    assert [one and one.day for one in met] == [on(9, 21), on(9, 20)]


def test_a_school_day_on_a_national_day_of_rest_is_no_workday() -> None:
    saturday = Streak(2, (on(9, 12), on(9, 14)), "旷课", (), (1.0, 1.0))
    assert day_met(">=", 2, "工作日", saturday) is None
    assert day_met(">=", 2, "上课日", saturday) == on(9, 14)


def test_half_days_before_whole_ones_push_a_calendar_unit_back() -> None:
    assert day_met(">", 3, "工作日", run_from(on(9, 7), 5)) == on(9, 10)
    assert day_met(">", 3, "工作日", run_from(on(9, 7), 5, half_days=2)) == on(9, 11)
    assert day_met(">=", 48, "小时", run_from(on(9, 7), 5, half_days=2)) == on(9, 10)
    assert day_met(">", 1, "月", run_from(on(9, 7), 25, half_days=2)) == on(10, 9)


def test_the_warning_comes_one_school_day_before_the_rule() -> None:
    three = opening("mengjin")
    assert not crosses_next(three, run_from(on(9, 17), 1), on(9, 18), CALENDAR)
    assert crosses_next(three, run_from(on(9, 17), 2), on(9, 20), CALENDAR)
    assert not crosses_next(opening("datian"), run_from(on(9, 17), 2), on(9, 20), CALENDAR)
    assert crosses_next(opening("datian"), run_from(on(9, 17), 3), on(9, 21), CALENDAR)


def test_the_warning_counts_the_days_of_a_holiday_where_the_rule_does() -> None:
    week = opening("xianyou-2019")
    before_holiday = run_from(on(9, 30), 1)
    assert crossing(week, before_holiday, CALENDAR) is None
    assert crosses_next(week, before_holiday, on(10, 8), CALENDAR)


STARTS = st.integers(0, len(SCHOOL_DAYS) - 30).map(lambda at: SCHOOL_DAYS[at])
UNITS = st.sampled_from(["上课日", "工作日", "自然日", "周", "小时", "月"])
OPERATORS = st.sampled_from([">=", ">"])


@given(STARTS, st.integers(1, 30), UNITS, OPERATORS, st.integers(1, 40), st.integers(1, 40))
def test_a_larger_number_is_never_met_earlier(
    first: date, count: int, unit: str, op: str, one: int, other: int
) -> None:
    run = run_from(first, count)
    small = day_met(op, min(one, other), unit, run)
    large = day_met(op, max(one, other), unit, run)
    assert large is None or (small is not None and small <= large)


@given(STARTS, st.integers(1, 20), UNITS, st.integers(1, 20))
def test_more_than_is_never_met_before_at_least(first: date, count: int, unit: str, number: int) -> None:
    run = run_from(first, count)
    over = day_met(">", number, unit, run)
    reached = day_met(">=", number, unit, run)
    assert over is None or (reached is not None and reached <= over)


@given(STARTS, st.integers(1, 20), UNITS, OPERATORS, st.integers(1, 20))
def test_a_crossing_once_met_stays_on_its_day_as_the_run_goes_on(
    first: date, count: int, unit: str, op: str, number: int
) -> None:
    short, longer = run_from(first, count), run_from(first, count + 3)
    met = day_met(op, number, unit, short)
    assert met is None or day_met(op, number, unit, longer) == met


@given(STARTS, st.integers(1, 12), UNITS, OPERATORS, st.integers(1, 12))
def test_a_warning_foretells_exactly_what_the_next_missed_day_does(
    first: date, count: int, unit: str, op: str, number: int
) -> None:
    rule, run, longer = make_rule(op, number, unit), run_from(first, count), run_from(first, count + 1)
    if crossing(rule, run, CALENDAR) is None:
        happens = crossing(rule, longer, CALENDAR) is not None
        assert crosses_next(rule, run, longer.dates[-1], CALENDAR) is happens


@given(STARTS, st.integers(1, 25), UNITS, OPERATORS, st.integers(1, 20))
def test_every_crossing_is_a_missed_school_day(
    first: date, count: int, unit: str, op: str, number: int
) -> None:
    run = run_from(first, count)
    assert day_met(op, number, unit, run) in {None, *run.dates}


@given(STARTS, st.integers(1, 25), UNITS, OPERATORS, st.integers(1, 20), st.sets(st.integers(1, 40)))
def test_a_closure_more_never_lets_a_rule_be_met_earlier(
    first: date, count: int, unit: str, op: str, number: int, shut: set[int]
) -> None:
    run, rule = run_from(first, count), make_rule(op, number, unit)
    days = {first + timedelta(days=later) for later in shut} - set(run.dates)
    plain, late = (
        crossing(rule, run, CALENDAR),
        crossing(rule, run, make_calendar(dict.fromkeys(days, "停课"))),
    )
    assert late is None or (plain is not None and plain.day <= late.day)
