"""Small rules of the use cases that the scenarios do not reach one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.records import Student
from app.domain.words import evidence_words
from app.errors import UserError
from app.service.children.students import matches
from app.service.office.spelling import initials_of
from app.service.office.units import is_street_office, refuse_nameless


def test_a_street_office_is_told_from_a_township() -> None:
    assert is_street_office("凤山街道")
    assert not is_street_office("街道口镇")


def test_days_are_written_as_a_teacher_does() -> None:
    days = [date(2026, 10, 8), date(2026, 9, 18), date(2026, 9, 17)]
    assert evidence_words(days) == "9月17、18日、10月8日"


@given(st.sets(st.integers(0, 120), min_size=1, max_size=20))
def test_every_day_is_written_once(offsets: set[int]) -> None:
    days = [date(2026, 9, 1) + timedelta(days=offset) for offset in offsets]
    words = evidence_words(days)
    months = {day.month for day in days}
    assert words.count("月") == len(months)
    numbers = words.replace("月", "、").replace("日", "、").split("、")
    assert sum(one.isdigit() for one in numbers) == len(days) + len(months)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("单小龙", "sxl"), ("单小龙", "dxl"), ("曾国栋", "zgd"), ("曾国栋", "cgd"), ("欧阳致远", "oyzy")],
)
def test_surnames_of_two_readings_are_found_by_both(name: str, typed: str) -> None:
    assert matches(Student(id="1", name=name), typed)
    assert typed in initials_of(name)


def test_a_name_of_blanks_is_no_name() -> None:
    with pytest.raises(UserError, match="全称"):
        refuse_nameless("　 ")
