"""Days as people type them, and as a page says them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.dates import day_words, month_day, near_day_words, parse_birth, parse_day, weekday_words
from app.errors import UserError

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1120", date(2026, 11, 20)),
        ("11-20", date(2026, 11, 20)),
        ("11.2", date(2026, 11, 2)),
        ("11月20日", date(2026, 11, 20)),
        ("2026-9-1", date(2026, 9, 1)),
        ("2026年9月1日", date(2026, 9, 1)),
        ("20260901", date(2026, 9, 1)),
        ("昨天", date(2026, 11, 19)),
        ("今天", TODAY),
        ("921", date(2026, 9, 21)),
        ("后天", date(2026, 11, 22)),
        ("大后天", date(2026, 11, 23)),
        ("下周一", date(2026, 11, 23)),
        ("下星期天", date(2026, 11, 29)),
        ("本周三", date(2026, 11, 18)),
        ("上周五", date(2026, 11, 13)),
        ("三天后", date(2026, 11, 23)),
        ("两天以后", date(2026, 11, 22)),
        ("10天前", date(2026, 11, 10)),
        (" 9 / 17 ", date(2026, 9, 17)),
    ],
)
def test_a_day_may_be_typed_in_many_ways(text: str, day: date) -> None:
    assert parse_day(text, TODAY) == day


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    assert parse_day("0105", date(2026, 12, 28)) == date(2027, 1, 5)
    assert parse_day("1228", date(2027, 1, 5)) == date(2026, 12, 28)


def test_the_29th_of_february_finds_its_leap_year() -> None:
    assert parse_day("0229", date(2027, 3, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize("text", ["", "abc", "13-40", "2026-02-30", "0231", "11月", "99999999", "1周", "940"])
def test_what_is_no_day_is_refused_with_a_way_to_write_it(text: str) -> None:
    with pytest.raises(UserError, match=r"可以写|请核对"):
        parse_day(text, TODAY)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_any_day_written_in_full_is_read_back(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        assert parse_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["2015-03-01", "20150301", "2015.3.1", "2015年3月1日", " 2015 / 3 / 1 "])
def test_a_birth_is_written_with_its_year(text: str) -> None:
    assert parse_birth(text, TODAY) == date(2015, 3, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1120", "没有写年份"),
        ("3月1日", "没有写年份"),
        ("昨天", "没有写年份"),
        ("201503", "补上日"),
        ("2015年3月", "补上日"),
        ("2015-02-30", "不存在"),
        ("2030-01-01", "今天之后"),
    ],
)
def test_a_birth_that_cannot_be_is_refused(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        parse_birth(text, TODAY)


def test_a_day_of_another_school_year_is_written_with_its_year() -> None:
    assert near_day_words(date(2027, 3, 4), date(2026, 11, 20)) == "3月4日"
    assert near_day_words(date(2026, 8, 31), date(2026, 11, 20)) == "2026年8月31日"


def test_a_day_and_its_weekday_are_said_as_the_forms_say_them() -> None:
    assert month_day(date(2026, 9, 20)) == "9月20日"
    assert [weekday_words(date(2026, 11, day)) for day in (16, 22)] == ["周一", "周日"]


def test_a_date_is_written_as_on_the_forms() -> None:
    assert day_words(date(2026, 9, 20)) == "2026年9月20日"
