"""Episodes of absence: runs, leave and uncalled days between two days in school, and what they met."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import OFF_ROLL, ON_LEAVE, Crossing, DayState, crossing, streak
from app.domain.calendar import SchoolCalendar, days_between
from app.domain.episodes import History, read_history
from app.domain.rules import Rule
from tests.helpers.facts import make_calendar, make_leave, make_rule, on, opening, register
from tests.helpers.typed import SIGNS

THREE = make_rule(">=", 3)
CALENDAR = make_calendar()


def history(states: Sequence[DayState], *rules: Rule, calendar: SchoolCalendar = CALENDAR) -> History:
    return read_history(states, rules or (THREE,), calendar)


def opened(read: History) -> list[tuple[date, Collection[date]]]:
    """(day, evidence) of every episode that wants a case."""
    return [(one.opening.day, one.opening.evidence) for one in read.opened]


def test_four_days_over_a_made_up_sunday_are_one_episode_that_opens_on_the_20th() -> None:
    read = history(register(on(9, 1), on(9, 22), absent=[on(9, 17), on(9, 18), on(9, 20), on(9, 21)]))
    (episode,) = read.episodes
    assert episode.days == (on(9, 17), on(9, 18), on(9, 20), on(9, 21))
    assert (episode.after, episode.returned_on) == (on(9, 16), on(9, 22))
    assert opened(read) == [(on(9, 20), (on(9, 17), on(9, 18), on(9, 20)))]


def test_a_run_in_the_past_opens_though_the_child_has_been_back_for_weeks() -> None:
    read = history(register(on(9, 1), on(10, 16), absent=[on(9, 14), on(9, 15), on(9, 16)]))
    assert opened(read) == [(on(9, 16), (on(9, 14), on(9, 15), on(9, 16)))]


def test_a_day_in_school_parts_two_episodes() -> None:
    away = [on(9, 7), on(9, 8), on(9, 9), on(9, 11), on(9, 14), on(9, 15)]
    read = history(register(on(9, 1), on(9, 16), absent=away))
    assert [one.returned_on for one in read.episodes] == [on(9, 10), on(9, 16)]
    assert [day for day, _ in opened(read)] == [on(9, 9), on(9, 15)]


def test_leave_inside_neither_counts_nor_parts_the_count() -> None:
    leave = make_leave(on(9, 9), on(9, 9))
    away = [on(9, 7), on(9, 8), on(9, 10), on(9, 11), on(9, 14)]
    read = history(register(on(9, 1), on(9, 15), absent=away, leaves=[leave]))
    (episode,) = read.episodes
    assert (episode.days, episode.returned_on) == (tuple(away), on(9, 15))
    assert opened(read) == [(on(9, 10), (on(9, 7), on(9, 8), on(9, 10)))]


def test_leave_before_the_first_missed_day_is_no_part_of_the_run() -> None:
    week = make_rule(">=", 7, "自然日")
    leave = make_leave(on(9, 7), on(9, 11))
    read = history(register(on(9, 1), on(9, 17), absent=[on(9, 14), on(9, 17)], leaves=[leave]), week)
    assert opened(read) == []


def test_days_off_the_roll_part_the_count_and_are_no_return() -> None:
    states = register(on(9, 1), on(9, 14), absent=[on(9, 7), on(9, 8), on(9, 10), on(9, 11), on(9, 14)])
    away = [DayState(one.day, ON_LEAVE, detail=OFF_ROLL) if one.day == on(9, 9) else one for one in states]
    read = history(away)
    assert len(read.episodes) == 1
    assert opened(read) == [(on(9, 14), (on(9, 10), on(9, 11), on(9, 14)))]


def test_days_before_and_after_the_summer_are_two_runs_of_one_absence() -> None:
    away = [on(7, 2), on(7, 3), on(9, 1), on(9, 2), on(9, 3)]
    states = register(on(6, 22), on(9, 3), absent=away)
    read = history(states)
    (episode,) = read.episodes
    assert episode.days == tuple(away)
    assert opened(read) == [(on(9, 3), (on(9, 1), on(9, 2), on(9, 3)))]
    assert opened(history([one for one in states if one.day <= on(9, 2)], opening("plan-21"))) == []


def test_a_day_nobody_called_parts_the_count_and_certain_days_after_it_still_open() -> None:
    away = [on(9, 7), on(9, 8), on(9, 10), on(9, 11), on(9, 14)]
    states = register(on(9, 1), on(9, 14), absent=away, uncalled=[on(9, 9)])
    assert opened(history([one for one in states if one.day <= on(9, 11)])) == []
    read = history(states)
    assert len(read.episodes) == 1
    assert opened(read) == [(on(9, 14), (on(9, 10), on(9, 11), on(9, 14)))]


def test_the_first_run_of_an_episode_that_meets_the_rule_opens_it() -> None:
    away = [on(9, 7), on(9, 8), on(9, 9), on(9, 11), on(9, 14), on(9, 15)]
    states = register(on(9, 1), on(9, 15), absent=away, uncalled=[on(9, 10)])
    assert opened(history(states)) == [(on(9, 9), (on(9, 7), on(9, 8), on(9, 9)))]


def test_three_missed_mornings_open_nothing_and_six_do() -> None:
    mornings = [on(9, 7), on(9, 8), on(9, 9), on(9, 10), on(9, 11), on(9, 14)]
    assert opened(history(register(on(9, 1), on(9, 9), mornings=mornings[:3]))) == []
    read = history(register(on(9, 1), on(9, 14), mornings=mornings))
    assert opened(read) == [(on(9, 14), tuple(mornings))]


def test_a_rule_in_calendar_days_counts_the_national_holiday_once_the_day_after_it_is_missed() -> None:
    week = make_rule(">", 7, "自然日")
    before = register(on(9, 1), on(10, 7), absent=[on(9, 30)])
    assert opened(history(before, week)) == []
    missed = register(on(9, 1), on(10, 8), absent=[on(9, 30), on(10, 8)])
    assert opened(history(missed, week)) == [(on(10, 8), (on(9, 30), on(10, 8)))]


def test_who_was_back_after_the_holiday_met_no_rule_in_it() -> None:
    read = history(register(on(9, 1), on(11, 6), absent=[on(9, 30)]), make_rule(">", 7, "自然日"))
    assert opened(read) == []
    assert read.episodes[0].returned_on == on(10, 8)


def test_an_uncalled_school_day_stops_a_rule_in_calendar_days() -> None:
    week = make_rule(">", 7, "自然日")
    states = register(on(9, 1), on(9, 30), absent=[on(9, 21)], uncalled=[on(9, 22), on(9, 23), on(9, 24)])
    assert opened(history(states, week)) == []


def test_every_absence_rule_has_its_crossing_and_the_opening_one_is_the_first_that_opens() -> None:
    call = make_rule(">=", 1, key="电话", acts=("联系家长",))
    report = make_rule(">=", 5, key="报告", acts=("报告",))
    away = [on(9, 7), on(9, 8), on(9, 9), on(9, 10), on(9, 11)]
    (episode,) = history(register(on(9, 1), on(9, 11), absent=away), report, THREE, call).episodes
    days = [(one.rule.key, one.day) for one in episode.crossings]
    assert days == [("电话", on(9, 7)), ("开个案", on(9, 9)), ("报告", on(9, 11))]
    assert episode.opening is not None and episode.opening.rule is THREE


def test_today_not_called_yet_changes_nothing() -> None:
    away = [on(9, 7), on(9, 8), on(9, 9)]
    states = register(on(9, 1), on(9, 10), absent=away, uncalled=[on(9, 10)])
    (episode,) = history(states).episodes
    assert (episode.returned_on, opened(history(states))) == (None, [(on(9, 9), tuple(away))])


def test_without_absence_there_is_no_episode() -> None:
    assert history(register(on(9, 1), on(9, 10))).episodes == ()
    assert history(()).episodes == ()


DAYS = make_calendar().school_days(on(9, 14), on(10, 23))
ROWS = st.lists(st.sampled_from("旷旷旷旷半在假未"), min_size=1, max_size=len(DAYS))
RULES = st.sampled_from(
    [
        (THREE,),
        (make_rule(">", 3),),
        (make_rule(">", 3, "工作日"),),
        (make_rule(">", 7, "自然日"),),
        (make_rule(">=", 48, "小时"),),
        (make_rule(">", 1, "周"), make_rule(">", 5, key="五")),
        (opening("datian"), make_rule(">=", 4, "自然日", key="四")),
    ]
)


def asked_every_day(states: Sequence[DayState], rules: Sequence[Rule]) -> list[Crossing]:
    """What asking each day for the run of that day finds first, once for each stretch between two days in school."""
    first: dict[int, Crossing] = {}
    for day in days_between(states[0].day, states[-1].day):
        known = [one for one in states if one.day <= day]
        run = streak(known, day)
        met = [one for rule in rules if (one := crossing(rule, run, CALENDAR))]
        stretch = sum(one.kind == "在校" for one in known)
        if met:
            first.setdefault(stretch, min(met, key=lambda one: one.day))
    return list(first.values())


@given(ROWS, RULES)
def test_the_whole_history_holds_what_asking_every_day_would_have_found(
    row: list[str], rules: Sequence[Rule]
) -> None:
    states = [DayState(day, *SIGNS[sign]) for day, sign in zip(DAYS, row, strict=False)]
    assert [one.opening for one in history(states, *rules).opened] == asked_every_day(states, rules)


@given(ROWS, RULES, st.integers(0, 60))
def test_an_earlier_day_sees_of_an_episode_what_had_happened_by_then(
    row: list[str], rules: Sequence[Rule], back: int
) -> None:
    states = [DayState(day, *SIGNS[sign]) for day, sign in zip(DAYS, row, strict=False)]
    day = states[-1].day - timedelta(days=back)
    then = history([one for one in states if one.day <= day], *rules)
    now = history(states, *rules)
    seen = [one.until(day) for one in now.episodes]
    assert [one for one in seen if one.days] == list(then.episodes)


@pytest.mark.parametrize(("day", "inside"), [(on(9, 16), False), (on(9, 17), True), (on(9, 22), False)])
def test_an_episode_holds_the_days_between_the_two_days_in_school(day: date, inside: bool) -> None:
    away = [on(9, 17), on(9, 18), on(9, 20), on(9, 21)]
    (episode,) = history(register(on(9, 1), on(9, 22), absent=away)).episodes
    assert episode.holds(day) is inside
