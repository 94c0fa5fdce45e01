"""When a run of 旷课 meets a rule: every unit, the warning the day before, and that it is the first day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import Streak, crosses_next, crossing, unexcused_until
from tests.helpers.facts import NATIONAL, fires_on, make_calendar, make_rule, on, opening, register

CALENDAR = make_calendar()
SCHOOL_DAYS = CALENDAR.school_days(on(9, 1), on(12, 31))
NOTHING = Streak(0, (), "正常", ())


def run_from(first: date, count: int, *, half_days: int = 0) -> Streak:
    """`count` school days missed from `first` on, the first `half_days` of them by half."""
    at = SCHOOL_DAYS.index(first)
    weights = (0.5,) * half_days + (1.0,) * (count - half_days)
    return Streak(sum(weights), tuple(SCHOOL_DAYS[at : at + count]), "旷课", (), weights)


def day_met(op: str, number: float, unit: str, run: Streak, until: date) -> date | None:
    met = crossing(make_rule(op, number, unit), run, until, NATIONAL)
    return met.day if met else None


@pytest.mark.parametrize(
    ("op", "number", "unit", "day"),
    [
        (">=", 3, "上课日", on(9, 20)),
        (">", 3, "上课日", on(9, 21)),
        (">=", 3, "工作日", on(9, 20)),
        (">", 3, "工作日", on(9, 21)),
        (">=", 3, "自然日", on(9, 19)),  # the first day of absence is the first day
        (">", 3, "自然日", on(9, 20)),
        (">=", 1, "周", on(9, 23)),
        (">", 1, "周", on(9, 24)),
        (">=", 48, "小时", on(9, 19)),
        (">", 48, "小时", on(9, 20)),
        (">=", 1, "月", on(10, 17)),
        (">", 1, "月", on(10, 18)),
    ],
)
def test_a_rule_is_met_in_its_own_unit_on_its_own_day(op: str, number: float, unit: str, day: date) -> None:
    run = run_from(on(9, 17), 20)
    assert day_met(op, number, unit, run, on(10, 31)) == day


def test_an_absence_cannot_be_counted_in_school_terms() -> None:
    with pytest.raises(ValueError, match="学期"):
        crossing(make_rule(">", 1, "学期"), run_from(on(9, 17), 3), on(9, 20), NATIONAL)


def test_the_evidence_is_the_days_up_to_the_crossing_and_no_later_ones() -> None:
    met = crossing(opening("mengjin"), run_from(on(9, 17), 5), on(9, 22), NATIONAL)
    assert met is not None
    assert met.evidence == (on(9, 17), on(9, 18), on(9, 20))


def test_without_a_run_nothing_is_met() -> None:
    assert crossing(opening("mengjin"), NOTHING, on(9, 30), NATIONAL) is None
    assert not crosses_next(opening("mengjin"), NOTHING, on(9, 30), NATIONAL)


def test_an_absence_is_known_to_last_until_the_day_before_the_next_school_day() -> None:
    friday = run_from(on(9, 10), 2)
    assert unexcused_until(friday, on(9, 12), on(9, 14)) == on(9, 12)
    assert unexcused_until(friday, on(9, 14), on(9, 14)) == on(9, 13)  # Monday's roll decides Monday
    assert unexcused_until(friday, on(9, 30), None) == on(9, 30)
    assert unexcused_until(friday, on(9, 11), on(9, 14)) == on(9, 11)


def test_a_calendar_unit_does_not_run_on_over_a_school_day_nobody_called() -> None:
    absent = [on(9, 17), on(9, 18)]
    uncalled = [on(9, 20), on(9, 21), on(9, 22), on(9, 23), on(9, 24)]
    states = register(on(9, 1), on(9, 24), absent=absent, uncalled=uncalled)
    assert fires_on(make_rule(">", 1, "周"), states) is None


def test_forty_eight_hours_are_over_on_the_second_day_after_the_first() -> None:
    states = register(on(9, 1), on(9, 9), absent=[on(9, 7), on(9, 8), on(9, 9)])
    assert fires_on(opening("plan-04"), states, on(9, 8)) is None
    assert fires_on(opening("plan-04"), states, on(9, 9)) == on(9, 9)


def test_a_school_day_on_a_national_day_of_rest_is_no_workday() -> None:
    saturday = Streak(2, (on(9, 12), on(9, 14)), "旷课", (), (1.0, 1.0))
    assert day_met(">=", 2, "工作日", saturday, on(9, 14)) is None
    assert day_met(">=", 2, "上课日", saturday, on(9, 14)) == on(9, 14)


def test_half_days_before_whole_ones_push_a_calendar_unit_back() -> None:
    assert day_met(">", 3, "工作日", run_from(on(9, 7), 5), on(9, 11)) == on(9, 10)
    assert day_met(">", 3, "工作日", run_from(on(9, 7), 5, half_days=2), on(9, 11)) == on(9, 11)
    assert day_met(">=", 48, "小时", run_from(on(9, 7), 5, half_days=2), on(9, 11)) == on(9, 10)
    assert day_met(">", 1, "月", run_from(on(9, 7), 25, half_days=2), on(10, 31)) == on(10, 9)


def test_the_warning_comes_one_school_day_before_the_rule() -> None:
    three = opening("mengjin")
    assert not crosses_next(three, run_from(on(9, 17), 1), on(9, 18), NATIONAL)
    assert crosses_next(three, run_from(on(9, 17), 2), on(9, 20), NATIONAL)
    assert not crosses_next(opening("datian"), run_from(on(9, 17), 2), on(9, 20), NATIONAL)
    assert crosses_next(opening("datian"), run_from(on(9, 17), 3), on(9, 21), NATIONAL)


def test_the_warning_counts_the_days_of_a_holiday_where_the_rule_does() -> None:
    week = opening("xianyou-2019")
    before_holiday = run_from(on(9, 30), 1)
    assert crossing(week, before_holiday, on(9, 30), NATIONAL) is None
    assert crosses_next(week, before_holiday, on(10, 8), NATIONAL)


STARTS = st.integers(0, len(SCHOOL_DAYS) - 30).map(lambda at: SCHOOL_DAYS[at])
UNITS = st.sampled_from(["上课日", "工作日", "自然日", "周", "小时", "月"])
OPERATORS = st.sampled_from([">=", ">"])


@given(STARTS, st.integers(1, 30), UNITS, OPERATORS, st.integers(1, 40), st.integers(1, 40))
def test_a_larger_number_is_never_met_earlier(
    first: date, count: int, unit: str, op: str, one: int, other: int
) -> None:
    run = run_from(first, count)
    small = day_met(op, min(one, other), unit, run, run.dates[-1])
    large = day_met(op, max(one, other), unit, run, run.dates[-1])
    assert large is None or (small is not None and small <= large)


@given(STARTS, st.integers(1, 20), UNITS, st.integers(1, 20))
def test_more_than_is_never_met_before_at_least(first: date, count: int, unit: str, number: int) -> None:
    run = run_from(first, count)
    over = day_met(">", number, unit, run, run.dates[-1])
    reached = day_met(">=", number, unit, run, run.dates[-1])
    assert over is None or (reached is not None and reached <= over)


@given(STARTS, st.integers(1, 20), UNITS, OPERATORS, st.integers(1, 20))
def test_a_crossing_once_met_stays_on_its_day_as_the_run_goes_on(
    first: date, count: int, unit: str, op: str, number: int
) -> None:
    short, longer = run_from(first, count), run_from(first, count + 3)
    met = day_met(op, number, unit, short, short.dates[-1])
    assert met is None or day_met(op, number, unit, longer, longer.dates[-1]) == met


@given(STARTS, st.integers(1, 12), OPERATORS, st.integers(1, 12))
def test_a_warning_foretells_exactly_what_the_next_missed_day_does(
    first: date, count: int, op: str, number: int
) -> None:
    rule, run, longer = make_rule(op, number), run_from(first, count), run_from(first, count + 1)
    if crossing(rule, run, run.dates[-1], NATIONAL) is None:
        upcoming = longer.dates[-1]
        happens = crossing(rule, longer, upcoming, NATIONAL) is not None
        assert crosses_next(rule, run, upcoming, NATIONAL) is happens
