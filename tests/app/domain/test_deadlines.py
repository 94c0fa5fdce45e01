"""Deadlines in every unit: the first day is never counted, and a last day of rest moves on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import NationalFact, SchoolCalendar, days_between
from app.domain.deadlines import (
    Deadline,
    add_months,
    add_natural_days,
    add_school_days,
    add_workdays,
    deadline,
    refuse_provisional,
    roll_forward,
)
from app.errors import UserError
from tests.helpers.facts import NATIONAL, make_calendar, on

DAYS = st.dates(date(2025, 1, 1), date(2026, 9, 30))
COUNTS = st.integers(1, 60)


@given(DAYS, COUNTS)
def test_a_term_of_workdays_ends_on_a_workday_and_holds_exactly_that_many(start: date, count: int) -> None:
    last = add_workdays(start, count, NATIONAL)
    assert NATIONAL(last).workday
    assert sum(NATIONAL(day).workday for day in days_between(start + timedelta(days=1), last)) == count


@given(DAYS, COUNTS, COUNTS)
def test_more_workdays_never_end_earlier(start: date, one: int, other: int) -> None:
    short, long = sorted((one, other))
    assert add_workdays(start, short, NATIONAL) <= add_workdays(start, long, NATIONAL)


@given(DAYS, DAYS, COUNTS)
def test_a_later_start_never_ends_earlier(one: date, other: date, count: int) -> None:
    early, late = sorted((one, other))
    assert add_workdays(early, count, NATIONAL) <= add_workdays(late, count, NATIONAL)


@given(DAYS, COUNTS)
def test_a_term_of_calendar_days_ends_on_a_workday_and_is_never_cut_short(start: date, count: int) -> None:
    plain, last = start + timedelta(days=count), add_natural_days(start, count, NATIONAL)
    assert NATIONAL(last).workday
    assert plain <= last
    assert not any(NATIONAL(day).workday for day in days_between(plain, last - timedelta(days=1)))


@given(DAYS, st.integers(0, 36))
def test_months_keep_the_day_or_clamp_to_the_months_last(start: date, count: int) -> None:
    later = add_months(start, count)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == count
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (on(1, 31), 1, on(2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (on(8, 31), 1, on(9, 30)),
        (on(12, 31), 2, on(2, 28, 2027)),
        (on(11, 15), 2, on(1, 15, 2027)),
        (on(3, 31), 0, on(3, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_end(start: date, count: int, end: date) -> None:
    assert add_months(start, count) == end


def test_a_workday_stays_and_a_day_of_rest_moves_to_the_next_workday() -> None:
    assert roll_forward(on(9, 24), NATIONAL) == on(9, 24)
    assert roll_forward(on(9, 25), NATIONAL) == on(9, 28)
    assert roll_forward(on(9, 19), NATIONAL) == on(9, 20)  # the made-up Sunday


def test_school_days_follow_the_school_and_not_the_nation() -> None:
    calendar = make_calendar({on(9, 18): "停课", on(9, 19): "半天"})
    assert add_school_days(on(9, 17), 1, calendar) == on(9, 19)
    assert add_school_days(on(9, 17), 2, calendar) == on(9, 20)
    assert add_workdays(on(9, 17), 1, NATIONAL) == on(9, 18)


@pytest.mark.parametrize(
    ("count", "unit", "last"),
    [
        (3, "工作日", on(9, 29)),
        (3, "上课日", on(9, 29)),
        (3, "自然日", on(9, 28)),  # the 26th is a Saturday of the holiday
        (1, "周", on(9, 30)),
        (48, "小时", on(9, 25)),
        (25, "小时", on(9, 25)),
        (1, "月", on(10, 23)),
        (0, "工作日", on(9, 23)),
    ],
)
def test_a_deadline_from_23_september_ends_in_its_own_unit(count: float, unit: str, last: date) -> None:
    assert deadline(on(9, 23), count, unit, make_calendar()) == Deadline(last)


def test_a_month_that_ends_in_a_holiday_moves_behind_it() -> None:
    assert deadline(on(9, 3), 1, "月", make_calendar()).day == on(10, 8)


def test_no_deadline_is_counted_in_school_terms() -> None:
    with pytest.raises(ValueError, match="学期"):
        deadline(on(9, 23), 1, "学期", make_calendar())


def test_a_year_missing_in_the_middle_makes_a_deadline_provisional() -> None:
    assert deadline(on(12, 30), 1, "月", make_calendar()).missing_years == (2027,)
    assert deadline(on(12, 30), 13, "月", make_calendar()).missing_years == (2027, 2028)


def test_every_missing_year_is_named_before_printing_with_what_to_do() -> None:
    with pytest.raises(UserError, match=r"2027年、2028年.*请先") as refusal:
        refuse_provisional(Deadline(on(1, 31, 2028), (2027, 2028)))
    assert refusal.value.sentence.endswith("。")
    refuse_provisional(Deadline(on(9, 29)))


def test_a_calendar_that_never_has_a_workday_is_a_mistake_and_no_endless_search() -> None:
    closed = SchoolCalendar(lambda day: NationalFact(workday=False), (), {})
    with pytest.raises(UserError, match="请检查"):
        add_school_days(on(9, 1), 1, closed)
