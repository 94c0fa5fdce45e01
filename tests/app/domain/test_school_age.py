"""Who should be at school by age (义务教育法第十一条), and what is asked about a child who is too young or too old."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.school_age import age_on, age_question, first_autumn, has_to_enrol
from tests.helpers.facts import on, rules

GENERAL, TODAY = rules("general"), on(11, 27)


@pytest.mark.parametrize(
    ("birth", "autumn"), [(on(8, 31, 2020), 2026), (on(9, 1, 2020), 2027), (on(2, 29, 2020), 2026)]
)
def test_who_is_six_on_the_last_of_august_enters_that_autumn(birth: date, autumn: int) -> None:
    assert first_autumn(birth, GENERAL) == autumn
    assert has_to_enrol(birth, 2026, GENERAL) is (autumn == 2026)
    assert has_to_enrol(birth, 2030, GENERAL)


def test_the_last_day_is_the_countys() -> None:
    own = replace(
        GENERAL,
        rules=tuple(
            replace(row, dates=("12-31",)) if "入学年龄" in row.acts else row for row in GENERAL.rules
        ),
    )
    assert first_autumn(on(9, 1, 2020), own) == 2026
    assert age_question(on(9, 1, 2020), TODAY, own) == ""


def test_a_set_without_the_row_says_nothing() -> None:
    silent = replace(GENERAL, rules=())
    assert first_autumn(on(9, 1, 2020), silent) is None
    assert not has_to_enrol(on(9, 1, 2015), 2026, silent)
    assert age_question(on(9, 1, 2021), TODAY, silent) == ""


@pytest.mark.parametrize(
    ("birth", "today", "years"),
    [
        (on(11, 27, 2010), TODAY, 16),
        (on(11, 28, 2010), TODAY, 15),
        (date(2012, 2, 29), date(2026, 2, 28), 13),
        (date(2012, 2, 29), date(2026, 3, 1), 14),
    ],
)
def test_full_years_are_reached_on_the_birthday(birth: date, today: date, years: int) -> None:
    assert age_on(birth, today) == years


@pytest.mark.parametrize(
    ("birth", "words"),
    [
        (on(8, 31, 2020), ""),
        (on(9, 1, 2020), "2027年秋季才应入学（到8月31日满6周岁），请核对是否已经入学"),
        (on(11, 28, 2010), ""),
        (on(11, 27, 2010), "已满16周岁，请核对是否仍应接受义务教育"),
        (on(11, 28, 2008), "已满17周岁，请核对是否仍应接受义务教育"),
        (on(11, 27, 2008), "已满18周岁，是成年人，请核对出生日期和是否还在校"),
    ],
)
def test_a_child_outside_compulsory_age_is_asked_about(birth: date, words: str) -> None:
    assert age_question(birth, TODAY, GENERAL) == (f"按出生日期{birth}，{words}" if words else "")


def test_before_the_autumn_a_child_that_enters_then_is_not_asked_about() -> None:
    assert age_question(on(8, 31, 2020), on(3, 2), GENERAL) == ""


@pytest.mark.parametrize("birth", [on(9, 1, 2020), on(11, 27, 2010)])
def test_where_the_county_is_silent_the_question_says_whose_number_it_is(birth: date) -> None:
    assert "本县文件未规定，采用通用" in age_question(birth, TODAY, rules("datian"))
    assert "本县文件未规定" not in age_question(on(9, 1, 2020), TODAY, rules("plan-12"))


@given(st.dates(date(2005, 1, 1), date(2026, 11, 27)))
def test_nobody_of_an_age_to_be_at_school_is_asked_about(birth: date) -> None:
    asked = age_question(birth, TODAY, GENERAL)
    assert bool(asked) is (not has_to_enrol(birth, 2026, GENERAL) or age_on(birth, TODAY) >= 16)
