"""限期 in the words people type: what is counted, and what is refused (papers A1; 民法典 200–204)."""

from datetime import date

import pytest

from app.domain.deadlines import deadline
from app.domain.time_limits import TimeLimit, parse_time_limit
from app.errors import UserError
from tests.helpers.facts import make_calendar

ISSUED = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("text", "last", "printed"),
    [
        ("三日", date(2026, 10, 15), "3日"),
        ("十五日", date(2026, 10, 27), "15日"),
        ("两周", date(2026, 10, 26), "2周"),
        ("7日", date(2026, 10, 19), "7日"),
        ("７天", date(2026, 10, 19), "7日"),
        ("5个工作日", date(2026, 10, 19), "5个工作日"),
        ("二十一日", date(2026, 11, 2), "21日"),
        ("10", date(2026, 10, 22), "10日"),
    ],
)
def test_the_last_day_of_a_time_limit_of_an_order_of_12_october(text: str, last: date, printed: str) -> None:
    limit = parse_time_limit(text)
    assert (deadline(ISSUED, limit.number, limit.unit, make_calendar()).day, limit.words) == (last, printed)


@pytest.mark.parametrize(
    "text", ["1个月", "尽快", "三十几日", "0日", "百日", "-3日", "一百日", "3日内", "十十日"]
)
def test_a_time_limit_that_names_no_day_is_refused_by_name(text: str) -> None:
    with pytest.raises(UserError, match="限期"):
        parse_time_limit(text)


def test_ten_and_a_few() -> None:
    assert [parse_time_limit(text).number for text in ("十日", "十二日", "二十日", "九十九日")] == [
        10,
        12,
        20,
        99,
    ]
    assert parse_time_limit("十日") == TimeLimit(10, "自然日")
