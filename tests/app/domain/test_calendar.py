"""上课日: the nation's workdays inside a term, what the school changes in them, and 六一."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import (
    SchoolCalendar,
    age_on,
    days_between,
    has_children_day_off,
    is_usual,
    usual_terms,
)
from app.domain.records import CalendarDay, NationalDay
from app.reference.national_days import national_table
from tests.helpers.facts import NATIONAL, make_calendar, make_term, on

AUTUMN = (on(9, 1), on(1, 20, 2027))
BIG_SMALL_WEEK = "11111111111100"  # a week of seven days, a week of five
TEN_AND_FOUR = "11111111110000"  # ten days at the boarding school, four at home
HALF_SATURDAY = "11111h0"
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def cycling(cycle: str) -> SchoolCalendar:
    return make_calendar(terms=[make_term(*AUTUMN, cycle)])


def test_a_working_week_is_five_school_days() -> None:
    days = make_calendar().school_days(on(9, 7), on(9, 13))
    assert days == [on(9, day) for day in range(7, 12)]


def test_a_made_up_sunday_is_a_school_day_and_says_for_which_holiday() -> None:
    fact = make_calendar().fact(on(9, 20))
    assert (fact.weight, fact.why) == (1.0, "国家工作日，调休上班（国庆节调休）")


def test_a_holiday_and_a_weekend_are_told_apart() -> None:
    calendar = make_calendar()
    assert (calendar.weight(on(9, 25)), calendar.fact(on(9, 25)).why) == (0, "法定节假日（中秋节）")
    assert (calendar.weight(on(9, 19)), calendar.fact(on(9, 19)).why) == (0, "周末")


def test_a_workday_outside_every_term_is_no_school_day() -> None:
    fact = make_calendar().fact(on(7, 20))
    assert (fact.weight, fact.why) == (0, "不在学期内")


def test_a_closure_by_the_school_wins_over_the_nation_and_keeps_its_note() -> None:
    closed = CalendarDay(id="c", unit_id="school", day=on(9, 21), kind="停课", note="台风")
    calendar = SchoolCalendar(NATIONAL, (), {on(9, 21): closed})
    assert calendar.weight(on(9, 21)) == 0
    assert calendar.fact(on(9, 21)).why == "本单位设为停课：台风"
    assert calendar.is_workday(on(9, 21))


def test_a_make_up_day_counts_on_a_weekend_in_a_holiday_and_outside_the_term() -> None:
    days = {on(9, 19): "上课", on(10, 7): "上课", on(7, 20): "上课"}
    calendar = make_calendar(days)
    assert [calendar.weight(day) for day in days] == [1, 1, 1]
    assert calendar.fact(on(9, 19)).why == "本单位设为上课"


def test_a_half_day_weighs_one_half_and_is_still_a_school_day() -> None:
    calendar = make_calendar({on(9, 18): "半天"})
    assert calendar.weight(on(9, 18)) == 0.5
    assert on(9, 18) in calendar.school_days(on(9, 14), on(9, 18))


def test_a_big_and_a_small_week_take_turns_from_the_monday_of_the_terms_first_week() -> None:
    calendar = cycling(BIG_SMALL_WEEK)
    assert calendar.weight(on(9, 5)) == calendar.weight(on(9, 6)) == 1  # the week of Monday 8/31
    assert calendar.weight(on(9, 12)) == calendar.weight(on(9, 13)) == 0
    assert calendar.fact(on(9, 5)).why == "按大小周上课"
    assert calendar.fact(on(9, 12)).why == "按大小周休息"


def test_a_boarding_school_has_ten_days_and_then_four_off() -> None:
    calendar = cycling(TEN_AND_FOUR)
    assert calendar.school_days(on(9, 1), on(9, 13)) == [on(9, day) for day in range(1, 10)]
    assert calendar.school_days(on(9, 14), on(9, 23)) == [on(9, day) for day in range(14, 24)]
    assert calendar.weight(on(9, 24)) == 0


def test_a_cycle_may_hold_a_half_saturday() -> None:
    fact = cycling(HALF_SATURDAY).fact(on(9, 5))
    assert (fact.weight, fact.why) == (0.5, "按大小周上半天")


def test_holidays_and_made_up_days_overrule_a_schools_own_cycle() -> None:
    calendar = cycling(BIG_SMALL_WEEK)
    assert calendar.weight(on(10, 3)) == 0  # a Saturday of a big week, in the national holiday
    assert calendar.fact(on(9, 20)).weight == 1
    assert cycling(HALF_SATURDAY).fact(on(9, 20)).why == "调休上班（国庆节调休）"


def test_the_usual_terms_hold_until_the_school_sets_its_own() -> None:
    calendar = make_calendar()
    assert [calendar.weight(day) for day in (on(2, 23), on(2, 24), on(7, 3), on(8, 31), on(9, 1))] == [
        0,
        1,
        1,
        0,
        1,
    ]
    term = calendar.term_of(on(1, 19))
    assert term is not None and is_usual(term)
    assert (term.first_day, term.last_day) == (on(9, 1, 2025), on(1, 20))


def test_a_term_of_the_school_replaces_the_usual_one_it_overlaps_and_no_other() -> None:
    calendar = make_calendar(terms=[make_term(on(9, 7), on(1, 15, 2027))])
    assert calendar.weight(on(9, 2)) == 0
    assert calendar.weight(on(9, 7)) == 1
    assert calendar.weight(on(1, 18, 2027)) == 0
    assert calendar.weight(on(3, 2)) == 1
    own = calendar.term_of(on(9, 7))
    assert own is not None and not is_usual(own)


@given(DAYS)
def test_usual_terms_are_found_from_any_day_of_the_year(day: date) -> None:
    assert all(is_usual(term) for term in usual_terms(day))
    assert make_calendar().term_of(day) in (*usual_terms(day), None)


@pytest.mark.parametrize(
    ("birth", "stage", "off"),
    [
        (on(6, 2, 2012), "初中", True),  # thirteen for one more day
        (on(6, 1, 2012), "初中", False),  # fourteen that very day
        (on(5, 1, 2011), "初中", False),
        (None, "初中", False),
        (on(3, 1, 2016), "小学", True),
        (on(3, 1, 2011), "小学", True),  # too old for its grade, but its whole school is closed
        (None, "小学", True),
        (None, "", False),
    ],
)
def test_children_day_is_off_under_14_and_for_every_pupil_of_a_primary_school(
    birth: date | None, stage: str, off: bool
) -> None:
    assert has_children_day_off(on(6, 1), birth, stage) is off
    assert not has_children_day_off(on(6, 2), birth, stage)


def test_children_day_says_why_and_only_where_there_would_be_school() -> None:
    assert make_calendar().fact(on(6, 1), children_day_off=True).why == "儿童节，不满14周岁学生放假"
    assert make_calendar().fact(on(6, 2), children_day_off=True).weight == 1
    assert make_calendar().fact(date(2024, 6, 1), children_day_off=True).why == "周末"


def test_children_day_is_off_on_a_saturday_with_school_too() -> None:
    boarding = make_calendar(terms=[make_term(date(2024, 2, 26), date(2024, 7, 5), "1111111")])
    assert boarding.weight(date(2024, 6, 1)) == 1
    assert boarding.weight(date(2024, 6, 1), children_day_off=True) == 0


def test_a_school_may_set_children_day_as_a_school_day_by_hand() -> None:
    assert make_calendar({on(6, 1): "上课"}).weight(on(6, 1), children_day_off=True) == 1


def test_ages_are_full_years_and_a_leap_day_birthday_counts_from_the_first_of_march() -> None:
    assert age_on(on(6, 1, 2012), on(5, 31)) == 13
    assert age_on(on(6, 1, 2012), on(6, 1)) == 14
    assert age_on(date(2012, 2, 29), date(2026, 2, 28)) == 13
    assert age_on(date(2012, 2, 29), date(2026, 3, 1)) == 14


def test_2027_is_unknown_until_its_table_is_typed_in() -> None:
    assert make_calendar().missing_years([on(1, 4, 2027)]) == [2027]
    row = NationalDay(id="n", unit_id="u", day=on(1, 4, 2027), workday=False, name="元旦")
    filled = SchoolCalendar(national_table([row]), (), {})
    assert filled.missing_years([on(1, 4, 2027)]) == []
    assert filled.fact(on(1, 4, 2027)).why == "法定节假日（元旦）"


def test_the_last_five_school_days_reach_over_holidays() -> None:
    days = make_calendar().last_school_days(on(10, 8), 5)
    assert days == [on(9, 24), on(9, 28), on(9, 29), on(9, 30), on(10, 8)]


def test_there_are_no_last_school_days_where_the_year_before_had_none() -> None:
    closed = dict.fromkeys(days_between(on(1, 1, 2025), on(12, 31)), "停课")
    assert make_calendar(closed).last_school_days(on(12, 31), 5) == []
    assert make_calendar(closed).next_school_day(on(1, 1, 2025)) is None


def test_the_next_school_day_after_a_term_is_the_first_of_the_next() -> None:
    assert make_calendar().next_school_day(on(9, 18)) == on(9, 20)
    assert make_calendar().next_school_day(on(7, 3)) == on(9, 1)


def test_days_between_holds_both_ends_and_is_empty_backwards() -> None:
    assert days_between(on(9, 1), on(9, 3)) == [on(9, 1), on(9, 2), on(9, 3)]
    assert days_between(on(9, 2), on(9, 1)) == []


@given(DAYS)
def test_the_next_school_day_is_one_and_none_lies_before_it(day: date) -> None:
    calendar = make_calendar()
    following = calendar.next_school_day(day)
    assert following is not None
    assert calendar.school_days(day + timedelta(days=1), following) == [following]


@given(DAYS, st.sampled_from(["", BIG_SMALL_WEEK, TEN_AND_FOUR, HALF_SATURDAY]))
def test_a_day_weighs_nothing_a_half_or_one_and_always_says_why(day: date, cycle: str) -> None:
    fact = cycling(cycle).fact(day)
    assert fact.weight in {0, 0.5, 1}
    assert fact.why
