"""Visits: which count toward the five, and whether their dates can be true."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.contacts import (
    counted,
    counts,
    impossible_day,
    impossible_promise,
    order_problem,
    unanswered_words,
)
from app.domain.vocabulary import NOBODY_HOME, OUTCOMES
from tests.helpers.facts import make_contact, on

TODAY = on(11, 22)
DAYS = st.dates(on(9, 1), on(12, 31))


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_only_nobody_home_does_not_count(outcome: str) -> None:
    assert counts(make_contact(on(9, 22), outcome)) is (outcome != NOBODY_HOME)


def test_visits_that_count_come_in_the_order_they_happened_however_they_were_entered() -> None:
    late = make_contact(on(9, 24), entered_on=on(9, 24))
    early = make_contact(on(9, 22), entered_on=on(9, 28))
    assert counted([late, make_contact(on(9, 23), NOBODY_HOME), early]) == (early, late)


def test_visits_of_one_level_are_counted_apart() -> None:
    school, township = make_contact(on(9, 22)), make_contact(on(9, 23), level="乡镇")
    assert counted([school, township], "乡镇") == (township,)
    assert counted([school, township]) == (school, township)


def test_a_visit_to_come_is_impossible() -> None:
    assert impossible_day(on(11, 23), TODAY) == (
        "联系日期2026年11月23日在今天（2026年11月22日）之后。请填实际发生的日期。"
    )
    assert impossible_day(TODAY, TODAY) == ""


def test_a_promise_for_a_day_before_the_visit_is_impossible() -> None:
    sentence = impossible_promise(on(11, 20), on(11, 19))
    assert "承诺返校日2026年11月19日早于联系日期2026年11月20日" in sentence
    assert impossible_promise(on(11, 20), on(11, 20)) == ""


def check(
    happened_on: date,
    *,
    level: str = "学校",
    absent_since: date | None = None,
    reported_on: date | None = None,
) -> str:
    return order_problem(
        level, happened_on, absent_since=absent_since, opened_on=on(9, 20), reported_on=reported_on
    )


def test_a_visit_before_the_absence_began_names_that_day_and_how_to_go_on() -> None:
    sentence = check(on(9, 16), absent_since=on(9, 17))
    assert sentence.startswith("联系日期2026年9月16日早于开始缺勤日期2026年9月17日。")
    assert sentence.endswith("请核对日期；确实如此的，请写明理由后强制录入。")


def test_a_visit_between_the_first_absence_and_the_opening_is_in_order() -> None:
    assert check(on(9, 17), absent_since=on(9, 17)) == ""
    assert check(on(9, 18), absent_since=on(9, 17)) == ""


def test_where_the_absence_has_no_date_the_opening_is_the_earlier_action() -> None:
    assert "早于立案日期2026年9月20日" in check(on(9, 19))
    assert check(on(9, 20)) == ""


def test_without_a_case_only_the_absence_of_now_sets_an_earliest_day() -> None:
    assert order_problem("学校", on(9, 1), absent_since=None) == ""
    assert "早于开始缺勤日期2026年9月17日" in order_problem("学校", on(9, 16), absent_since=on(9, 17))


def test_calls_nobody_answered_are_counted_in_words() -> None:
    """17 and 18 September: rung in vain; on the 20th somebody was there."""
    calls = [make_contact(on(9, day), "无人在家", method="电话") for day in (17, 18)]
    assert unanswered_words(calls) == "打过2次，没有人接"
    visit = make_contact(on(9, 18), "无人在家")
    assert unanswered_words([*calls, visit]) == "联系过3次，没有找到人"
    assert unanswered_words([make_contact(on(9, 20), "见到家长")]) == ""


def test_a_township_visit_before_the_report_names_the_report() -> None:
    sentence = check(on(9, 22), level="乡镇", reported_on=on(9, 24))
    assert sentence.startswith("乡镇动员日期2026年9月22日早于学校报告日期2026年9月24日。")
    assert check(on(9, 24), level="乡镇", reported_on=on(9, 24)) == ""


def test_the_school_may_visit_before_and_after_its_report() -> None:
    assert check(on(9, 22), reported_on=on(9, 24)) == ""
    assert check(on(9, 28), reported_on=on(9, 24)) == ""


@given(DAYS, DAYS, DAYS)
def test_a_visit_on_or_after_every_earlier_action_is_in_order(one: date, other: date, third: date) -> None:
    since, reported, visited = sorted((one, other, third))
    assert check(visited, level="乡镇", absent_since=since, reported_on=reported) == ""
    assert check(since - timedelta(days=1), absent_since=since) != ""
