"""Single cells: dates, names, numbers, words."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.spelling import person_name
from app.roster.cells import (
    EXCEL_EPOCH,
    ImpossibleDateError,
    cell_text,
    day_of,
    gender_word,
    is_month_only,
    phone_number,
    value_text,
    yes_no,
)
from app.roster.line import column_letters
from app.roster.nations import nation_name

DAYS = st.dates(date(1985, 1, 1), date(2060, 12, 31))
FORMATS = (
    "{0:%Y%m%d}",
    "{0:%Y-%m-%d}",
    "{0:%Y/%m/%d}",
    "{0:%Y.%m.%d}",
    "{0.year}-{0.month}-{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    " {0.year} 年 {0.month} 月 {0.day} 日 ",
    "'{0:%Y%m%d}",
    "{0:%Y/%m/%d} 0:00:00",
    "{0:%Y-%m-%dT00:00:00}",
)


@given(DAYS, st.sampled_from(FORMATS))
def test_a_date_is_read_in_every_way_it_is_written(day: date, form: str) -> None:
    assert day_of(form.format(day)) == day


@given(DAYS)
def test_a_date_is_read_from_full_width_digits_serials_and_date_cells(day: date) -> None:
    wide = f"{day:%Y%m%d}".translate({48 + n: 0xFF10 + n for n in range(10)})
    serial = (day - EXCEL_EPOCH).days
    cells = (wide, serial, float(serial), str(serial), day, datetime(day.year, day.month, day.day))  # noqa: DTZ001 -- as a sheet gives it
    assert {day_of(cell) for cell in cells} == {day}
    assert day_of(float(f"{day:%Y%m%d}")) == day


@pytest.mark.parametrize(
    "text", ["2015-02-29", "20151301", "2015年4月31日", "15-3-1", "三月", "2015-3-1-1", "1", "99999", True]
)
def test_a_date_that_does_not_exist_is_said(text: str | bool) -> None:
    with pytest.raises(ImpossibleDateError):
        day_of(text)


@pytest.mark.parametrize("text", ["201503", "2015-03", "2015.3", "2015年3月", "2015/3"])
def test_a_month_without_a_day_is_no_date_and_no_fault(text: str) -> None:
    assert is_month_only(text)
    assert day_of(text) is None
    assert not is_month_only("201513") and not is_month_only("2015-13")


@pytest.mark.parametrize("text", ["", " ", "无", "-", "/", "——", "#N/A", "null"])
def test_placeholders_are_empty(text: str) -> None:
    assert value_text(text) == ""
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        (" 欧阳 致远 ", "欧阳致远"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽．买买提", "阿依古丽·买买提"),
        ("阿依古丽 . 买买提", "阿依古丽·买买提"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("𬱖 子轩", "𬱖子轩"),
        ("㛃　雨桐", "㛃雨桐"),
        ("Maria   Lee", "Maria Lee"),
        ("'王五", "王五"),
    ],
)
def test_names_are_written_one_way(written: str, name: str) -> None:
    assert person_name(value_text(written)) == name


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (13900001234.0, "13900001234"),
        (2.5, "2.5"),
        (True, "是"),
        ('="350425201503010017"', "350425201503010017"),
        (" a\nb ", "a b"),
        (3.50425201503010017e17, "3.50425E+17"),
        (float("nan"), ""),
        (date(2015, 3, 1), "2015-03-01"),
    ],
)
def test_cells_become_clean_text(cell: str | float | date, text: str) -> None:
    assert cell_text(cell) == text


def test_a_mobile_number_loses_its_spaces_and_other_text_stays() -> None:
    assert phone_number("139 0000-1234") == "13900001234"
    assert phone_number("0598-7223333") == "0598-7223333"


@pytest.mark.parametrize(
    ("text", "word"),
    [("男", "男"), ("1", "男"), ("女性", "女"), ("2-女", "女"), ("M", "男"), ("", ""), ("X", None)],
)
def test_a_sex_is_read_as_a_word_or_a_code(text: str, word: str | None) -> None:
    assert gender_word(text) == word


def test_yes_and_no_have_many_marks() -> None:
    assert yes_no("√") is True and yes_no("是") is True
    assert yes_no("否") is False and yes_no("非留守儿童") is False
    assert yes_no("") is None and yes_no("单亲留守") is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("汉", "汉族"),
        ("01", "汉族"),
        ("01-汉族", "汉族"),
        ("毛难族", "毛南族"),
        ("15", "土家族"),
        ("56", "基诺族"),
        ("穿青人", "穿青人"),
        ("", ""),
        ("97", "97"),
    ],
)
def test_a_nation_is_written_in_full(text: str, name: str) -> None:
    assert nation_name(text) == name


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_a_spreadsheet_shows(index: int, letters: str) -> None:
    assert column_letters(index) == letters
