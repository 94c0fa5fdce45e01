"""School years, class names and school age (domain case 17)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.school_year import (
    ClassName,
    class_name,
    enrolment_year,
    grade_name,
    grade_of,
    has_left,
    parse_class_name,
    school_year_label,
    school_year_of,
    should_enrol,
    term_label,
)

TODAY = date(2026, 11, 22)
FIVE_TWO = ClassName("小学", 2022, 2)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_the_school_year_turns_on_the_first_of_september() -> None:
    assert school_year_of(date(2026, 8, 31)) == 2025
    assert school_year_of(date(2026, 9, 1)) == 2026
    assert school_year_label(2026) == "2026—2027学年"


def test_a_term_is_named_by_its_school_year_and_half() -> None:
    assert term_label(date(2026, 9, 1)) == "2026—2027学年第一学期"
    assert term_label(date(2027, 1, 15)) == "2026—2027学年第一学期"
    assert term_label(date(2027, 2, 22)) == "2026—2027学年第二学期"


def test_a_class_moves_up_by_itself_on_the_first_of_september() -> None:
    assert class_name("小学", 2021, 2, date(2026, 8, 31)) == "五年级2班"
    assert class_name("小学", 2021, 2, date(2026, 9, 1)) == "六年级2班"
    assert class_name("初中", 2026, 1, TODAY) == "七年级1班"


def test_a_class_that_has_finished_and_one_that_has_not_begun_are_named_by_a_year() -> None:
    assert class_name("小学", 2015, 2, TODAY) == "2021届六年级2班"
    assert class_name("初中", 2023, 1, TODAY) == "2026届九年级1班"
    assert class_name("小学", 2021, 2, TODAY, 5) == "2026届五年级2班"
    assert class_name("小学", 2027, 1, TODAY) == "小学2027级1班（未入学）"
    assert has_left("初中", 2023, TODAY) and not has_left("初中", 2024, TODAY)


@pytest.mark.parametrize(
    ("text", "years", "meant"),
    [
        ("2027届六年级1班", 6, ClassName("小学", 2021, 1)),
        ("2027届六年级（1）班（毕业待确认）", 6, ClassName("小学", 2021, 1)),
        ("2026届九年级1班", 6, ClassName("初中", 2023, 1)),
        ("2027届五年级1班", 5, ClassName("小学", 2022, 1)),
        ("2027届九年级1班", 5, ClassName("初中", 2023, 1)),
        ("2027届五年级1班", 6, None),
    ],
)
def test_a_class_that_has_finished_is_meant_by_the_name_it_is_shown_by(
    text: str, years: int, meant: ClassName | None
) -> None:
    assert parse_class_name(text, TODAY, primary_years=years) == meant


def test_a_five_year_primary_school_counts_its_grades_differently() -> None:
    assert grade_of("初中", 2026, TODAY, primary_years=5) == 6
    assert class_name("初中", 2026, 1, TODAY, 5) == "六年级1班"
    assert parse_class_name("六年级1班", TODAY, primary_years=5) == ClassName("初中", 2026, 1)
    assert parse_class_name("初一1班", TODAY, primary_years=5) == ClassName("初中", 2026, 1)
    assert grade_name("小学", 2021, TODAY, 5) == "小学2021级"


@pytest.mark.parametrize(
    "text",
    [
        "五年级2班",
        "五年级（2）班",
        "五年级(2)班",
        "五年级二班",
        "小学五年级2班",
        "5年级2班",
        "五年2班",
        "五年二班",
        "五（2）班",
        "五(二)班",
        "五〔2〕班",
        "五（2）",
        "五2班",
        "五二班",
        "5（2）班",
        "5.2班",
        "5-2班",
        "502班",
        "502",
        "0502",
        "５０２",
        " 五 年级 2 班 ",
        "五　年级２班",
        "2022级2班",
        "2022级（2）班",
        "小学2022级2班",
        "'502",
    ],
)
def test_every_way_to_write_a_class_means_the_same_class(text: str) -> None:
    assert parse_class_name(text, TODAY) == FIVE_TWO


@pytest.mark.parametrize(
    "text", ["七年级1班", "初一1班", "初一（1）班", "初一年级1班", "701", "7.1班", "2026级1班"]
)
def test_junior_grades_count_from_seven_or_from_one(text: str) -> None:
    assert parse_class_name(text, TODAY, stage="初中") == ClassName("初中", 2026, 1)


@pytest.mark.parametrize(
    ("grade", "text"),
    [
        ("五年级", "2班"),
        ("五年级", "02"),
        ("五年级", "2"),
        ("五年级", "（2）班"),
        ("五年级", "二班"),
        ("五", "2班"),
        ("5", "2"),
        ("小学五年级", "2班"),
        ("五年级", "502"),
        ("五年级", "五年级2班"),
        ("五年级", "2022级2班"),
        ("2022级", "2班"),
        ("小学2022级", "02班"),
        ("五年级（含教学点）", "2班"),
    ],
)
def test_a_grade_column_and_a_class_column_are_read_together(grade: str, text: str) -> None:
    assert parse_class_name(text, TODAY, grade) == FIVE_TWO


@pytest.mark.parametrize(
    "text",
    [
        "",
        "五年级",
        "2班",
        "12班",
        "二十班",
        "5.2",
        "5-2",
        "52",
        "高一1班",
        "大班",
        "十年级1班",
        "五年级0班",
        "500",
        "X",
    ],
)
def test_a_class_that_cannot_be_told_is_not_guessed(text: str) -> None:
    assert parse_class_name(text, TODAY) is None


def test_a_grade_column_that_contradicts_the_class_is_not_guessed() -> None:
    assert parse_class_name("六年级2班", TODAY, "五年级") is None
    assert parse_class_name("2021级2班", TODAY, "五年级") is None
    assert parse_class_name("2班", TODAY, "高一") is None
    assert parse_class_name("", TODAY, "五年级") is None


def test_an_entry_year_that_fits_both_stages_needs_the_stage() -> None:
    assert parse_class_name("2024级2班", TODAY) is None
    assert parse_class_name("2024级2班", TODAY, stage="初中") == ClassName("初中", 2024, 2)
    assert parse_class_name("2024级2班", TODAY, "九年级") == ClassName("初中", 2024, 2)
    assert parse_class_name("2024级2班", TODAY, "三年级") == ClassName("小学", 2024, 2)
    assert parse_class_name("2024级0班", TODAY, stage="初中") is None


def test_chinese_class_numbers_go_beyond_ten() -> None:
    assert [parse_class_name(f"五年级{n}班", TODAY) for n in ("十", "十二", "二十", "二十一")] == [
        ClassName("小学", 2022, n) for n in (10, 12, 20, 21)
    ]


def test_a_grade_column_may_hold_only_the_stage() -> None:
    assert parse_class_name("2024级2班", TODAY, "初中") == ClassName("初中", 2024, 2)
    assert parse_class_name("2班", TODAY, "初中") is None


@given(
    st.sampled_from(["小学", "初中"]),
    st.integers(2005, 2045),
    st.integers(1, 99),
    DAYS,
    st.sampled_from([5, 6]),
)
def test_a_class_name_reads_back_as_the_same_class(
    stage: str, entry_year: int, number: int, day: date, primary_years: int
) -> None:
    name = class_name(stage, entry_year, number, day, primary_years)
    assert parse_class_name(name, day, primary_years=primary_years) == ClassName(stage, entry_year, number)


def test_a_child_born_on_the_cutoff_must_enrol_and_one_born_the_day_after_need_not() -> None:
    assert should_enrol(date(2020, 8, 31), 2026)
    assert not should_enrol(date(2020, 9, 1), 2026)
    assert should_enrol(date(2020, 9, 1), 2027)


def test_a_county_may_set_another_cutoff_and_age_seven() -> None:
    assert should_enrol(date(2020, 9, 1), 2026, (12, 31))
    assert enrolment_year(date(2020, 8, 31), age=7) == 2027
    assert enrolment_year(date(2020, 2, 29)) == 2026
