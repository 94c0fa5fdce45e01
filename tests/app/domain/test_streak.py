"""The current run of 旷课, the buckets, and three days in ten.

A register is drawn as a row of signs, oldest first: 在 in school, 旷 absent, 半 half a day absent, 假 leave,
未 no roll call.
"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.attendance import (
    OFF_ROLL,
    DayKind,
    DayState,
    Streak,
    bucket,
    newest_run,
    streak,
    three_in_ten,
)
from tests.helpers.facts import on

FIRST = on(9, 1)
DRAWN: dict[str, tuple[DayKind, float]] = {
    "在": ("在校", 0),
    "旷": ("旷课", 1),
    "半": ("旷课", 0.5),
    "假": ("请假", 0),
    "未": ("未记录", 0),
}
ROWS = st.text("在旷半假未", max_size=20)
IN_SCHOOL = "在"


def drawn(row: str) -> list[DayState]:
    return [DayState(day_of(place), *DRAWN[sign]) for place, sign in enumerate(row)]


def day_of(place: int) -> date:
    return FIRST + timedelta(days=place)


def of(row: str, *, later: int = 1) -> Streak:
    """The run of a row, seen `later` days after its last day."""
    return streak(drawn(row), day_of(len(row) - 1 + later))


@pytest.mark.parametrize(
    ("row", "days", "verdict"),
    [
        ("", 0, "正常"),
        ("在在在", 0, "正常"),
        ("在旷旷旷", 3, "旷课"),
        ("旷旷在", 0, "正常"),
        ("旷旷在旷", 1, "旷课"),
        ("旷旷假", 2, "旷课"),  # leave is no return
        ("旷旷假旷", 3, "旷课"),
        ("假假旷", 1, "旷课"),
        ("旷假未旷", 1, "无法判定"),
        ("旷假在假", 0, "正常"),
        ("在半旷半", 2, "旷课"),
        ("旷未旷", 1, "无法判定"),
        ("旷旷未旷旷", 2, "无法判定"),
        ("在旷旷未", 2, "无法判定"),
        ("在未", 0, "无法判定"),
        ("未旷在", 0, "正常"),  # settled by the day in school after it
        ("未旷假旷", 2, "无法判定"),
    ],
)
def test_a_run_is_what_is_known_since_the_last_day_in_school(row: str, days: float, verdict: str) -> None:
    run = of(row)
    assert (run.days, run.verdict) == (days, verdict)


def test_a_run_names_its_days_and_the_days_that_nobody_called() -> None:
    run = of("在旷未旷旷未")
    assert run.dates == (day_of(3), day_of(4))
    assert run.weights == (1.0, 1.0)
    assert run.unrecorded == (day_of(2), day_of(5))


def test_a_run_names_the_leave_inside_it_and_since_and_none_before_it() -> None:
    assert of("在假旷假旷假").excused == (day_of(3), day_of(5))


def test_days_off_the_roll_end_a_run() -> None:
    away = DayState(day_of(2), "请假", detail=OFF_ROLL)
    assert streak([*drawn("旷旷"), away], day_of(2)).dates == ()


def test_a_run_over_the_summer_begins_anew_on_1_september() -> None:
    july, september = DayState(on(7, 3), "旷课", 1), DayState(on(9, 1), "旷课", 1)
    assert streak([july], on(8, 31)).dates == (on(7, 3),)
    assert streak([july], on(9, 1)).dates == ()
    assert streak([july, september], on(9, 1)).dates == (on(9, 1),)


def test_today_not_yet_called_is_a_day_not_over() -> None:
    run = of("在旷旷未", later=0)
    assert (run.days, run.verdict, run.unrecorded) == (2, "旷课", ())


def test_yesterday_not_called_stays_open_when_today_is_not_called_either() -> None:
    run = of("在旷旷未未", later=0)
    assert (run.days, run.verdict, run.unrecorded) == (2, "无法判定", (day_of(3),))


def test_who_was_seen_in_school_after_a_run_is_not_in_doubt_for_days_not_called_later() -> None:
    """旷课 on 9 and 10 November, in school on the 12th, the 13th not called."""
    ended, open_run = of("旷旷未在未"), of("旷旷未在旷未")
    assert (ended.dates, ended.undecided) == ((), False)
    assert (open_run.dates, open_run.undecided) == ((day_of(4),), True)
    assert not of("旷旷").undecided


def test_only_the_open_run_counts_and_not_the_longest_of_the_year() -> None:
    assert of("旷旷旷旷旷在旷").days == 1


@given(ROWS)
def test_a_run_never_exceeds_the_absent_days_after_the_last_day_in_school(row: str) -> None:
    after = row[row.rfind(IN_SCHOOL) + 1 :]
    assert of(row).days <= after.count("旷") + 0.5 * after.count("半")


@given(ROWS)
def test_a_row_without_gaps_counts_every_absent_day_after_the_last_day_in_school(row: str) -> None:
    whole = row.replace("未", "")
    after = whole[whole.rfind(IN_SCHOOL) + 1 :]
    assert of(whole).days == after.count("旷") + 0.5 * after.count("半")


@given(ROWS, st.data())
def test_an_unrecorded_day_more_never_makes_a_run_longer(row: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(row)))
    assert of(row[:place] + "未" + row[place:]).days <= of(row).days


@given(ROWS, ROWS)
def test_a_forgotten_roll_call_never_joins_two_runs(before: str, after: str) -> None:
    assert of(before + "未旷" + after).days == of(before + "在旷" + after).days


@given(ROWS, st.data())
def test_a_day_of_leave_more_changes_no_count(row: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(row)))
    with_leave, plain = of(row[:place] + "假" + row[place:]), of(row)
    assert (with_leave.days, with_leave.verdict) == (plain.days, plain.verdict)


@given(ROWS)
def test_a_run_is_undecided_exactly_when_a_day_since_then_was_not_called(row: str) -> None:
    run = of(row)
    after = row[row.rfind(IN_SCHOOL) + 1 :]
    assert (run.verdict == "无法判定") is ("未" in after) is bool(run.unrecorded)
    assert len(run.dates) == len(run.weights)
    assert sum(run.weights) == run.days


@pytest.mark.parametrize(
    ("days", "name"),
    [
        (0, ""),
        (0.5, "1"),
        (1, "1"),
        (1.5, "2"),
        (2, "2"),
        (3, "3"),
        (3.5, "4–5"),
        (4, "4–5"),
        (5, "4–5"),
        (6, "6–10"),
        (10, "6–10"),
        (11, ">10"),
    ],
)
def test_a_run_falls_into_one_bucket(days: float, name: str) -> None:
    assert bucket(days) == name


@pytest.mark.parametrize(
    ("row", "struck"),
    [
        ("旷在在旷在在旷在在在", True),
        ("旷在在旷在在半在在在", False),
        ("旷" + "在" * 8 + "旷旷", False),  # the first lies outside the ten
        ("旷" + "在" * 7 + "旷旷", True),
        ("旷假假旷假在在在在在", False),
        ("旷未旷未旷", True),
        ("", False),
    ],
)
def test_three_days_in_the_last_ten_are_seen_without_a_run(row: str, struck: bool) -> None:
    assert three_in_ten(drawn(row)) is struck


def test_no_day_is_read_before_the_one_that_ends_the_run() -> None:
    states = reversed(drawn("旷在旷旷"))
    assert newest_run(states, day_of(4)).dates == (day_of(2), day_of(3))
    assert [one.day for one in states] == [day_of(0)]
