"""The strip of days of an absence: every day said, school or not, with what is asked for from it on."""

from datetime import date
from typing import Any

from app.domain.ladder.strip import StripDay, trial_days
from app.domain.ladder.trial import Tried
from tests.helpers.facts import make_calendar, on, rules


def strip(rule_set: str, absent_from: date, absent_to: date | None = None, **more: Any) -> list[StripDay]:
    assumed = Tried(absent_from=absent_from, absent_to=absent_to, **more)
    return list(trial_days(rules(rule_set), make_calendar(), assumed))


def test_each_day_is_school_or_says_why_not() -> None:
    """2026: 中秋 25 to 27 September; the 26th and 27th are a weekend too."""
    days = strip("mengjin", on(9, 24), on(9, 25))
    assert [(one.day, one.school, one.said) for one in days] == [
        (on(9, 24), True, "旷课"),
        (on(9, 25), False, ""),
        (on(9, 26), False, ""),
        (on(9, 27), False, ""),
        (on(9, 28), True, "在校"),
    ]
    assert "中秋" in days[1].why


def test_leave_and_a_closure_are_said_where_they_lie() -> None:
    days = strip("mengjin", on(9, 14), on(9, 18), leaves=((on(9, 15), on(9, 15)),), closed=(on(9, 16),))
    by_day = {one.day: one for one in days}
    assert by_day[on(9, 15)].said == "请假"
    assert (by_day[on(9, 16)].school, by_day[on(9, 16)].said) == (False, "")
    assert "停课" in by_day[on(9, 16)].why
    assert by_day[on(9, 17)].said == "旷课"


def test_what_is_asked_for_stands_on_its_day() -> None:
    """方案24: absent from 17 September, the fifth 工作日 is the 22nd, 超过五个 the 23rd; 19 September is a Saturday."""
    asked = {one.day: {row.act for row in one.asked} for one in strip("plan-24", on(9, 17), on(9, 23))}
    assert "更新学籍" in asked[on(9, 22)] and "开个案" in asked[on(9, 23)]
    assert asked[on(9, 19)] == set()


def test_an_absence_without_an_end_reaches_to_the_last_act_and_not_to_the_end_of_the_year() -> None:
    """孟津 达三天 asks for its last act on the third day: the 19th is a Saturday, the 20th a school day."""
    days = strip("mengjin", on(9, 17))
    assert (days[0].day, days[-1].day) == (on(9, 17), on(9, 20))
    assert days[-1].asked
