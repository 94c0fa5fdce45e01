"""Days set by hand over a span and set back, terms taken back, and the holidays of a year read from a file."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.errors import UserError
from app.service.office.calendars import (
    holiday_text,
    holidays_in_words,
    reset_days,
    set_day,
    set_days,
    set_term,
    show_calendar,
    withdraw_term,
)
from app.service.office.units import UnitEntry
from app.service.program import Program
from tests.helpers.sheets import workbook

FRIDAY, SATURDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 24)
UNIT = UnitEntry(level="school", name="石桥小学", rules="mengjin")


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Program]:
    with create_program(tmp_path / "data", "old-oak", "王老师", FRIDAY, UNIT)[0] as program:
        yield program


def why(school: Program, day: date) -> str:
    return str(school.read(show_calendar, day, day)[0].why)


def test_a_closure_over_a_weekend_leaves_the_weekend_alone(school: Program) -> None:
    done = school.write(set_days, FRIDAY, TUESDAY, "off", "暴雪停课").value
    assert done.days == (FRIDAY, date(2026, 11, 23), TUESDAY)
    assert why(school, TUESDAY) == "本单位设为停课：暴雪停课"
    assert why(school, SATURDAY) == "周末"


def test_make_up_days_over_a_span_leave_the_school_days_alone(school: Program) -> None:
    done = school.write(set_days, FRIDAY, TUESDAY, "school", "补课").value
    assert done.days == (SATURDAY, date(2026, 11, 22))


def test_a_span_takes_along_what_was_set_by_hand_in_it(school: Program) -> None:
    school.write(set_day, SATURDAY, "school", "补课")
    assert SATURDAY in school.write(set_days, FRIDAY, TUESDAY, "off", "暴雪停课").value.days


def test_a_span_in_which_nothing_would_change_is_refused(school: Program) -> None:
    with pytest.raises(UserError, match="本来就不上课"):
        school.write(set_days, SATURDAY, SATURDAY + timedelta(days=1), "off", "暴雪停课")
    with pytest.raises(UserError, match="本来就上课"):
        school.write(set_days, date(2026, 11, 16), FRIDAY, "school", "补课")


def test_a_vacation_is_no_closure(school: Program) -> None:
    with pytest.raises(UserError, match="设学期"):
        school.write(set_days, FRIDAY, FRIDAY + timedelta(days=90), "off", "寒假")


def test_days_set_by_hand_are_set_back(school: Program) -> None:
    school.write(set_days, FRIDAY, TUESDAY, "off", "暴雪停课")
    assert len(school.write(reset_days, FRIDAY, TUESDAY).value.days) == 3
    assert why(school, FRIDAY).startswith("国家工作日")
    with pytest.raises(UserError, match="没有单独设过"):
        school.write(reset_days, FRIDAY, TUESDAY)


def test_a_term_is_taken_back_by_its_first_day(school: Program) -> None:
    school.write(set_term, date(2026, 9, 1), date(2026, 10, 30))
    assert why(school, FRIDAY) == "不在学期内"
    school.write(withdraw_term, date(2026, 9, 1))
    assert why(school, FRIDAY).startswith("国家工作日")
    with pytest.raises(UserError, match="没有2026-09-01开学的学期"):
        school.write(withdraw_term, date(2026, 9, 1))


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_holiday_table_is_read_from_a_text(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "2027.txt"
    file.write_text("元旦：1月1日（周五）至3日（周日）放假，共3天。\n2月6日 班 春节\n", encoding=encoding)
    assert holidays_in_words(holiday_text(file), 2027) == (
        "元旦：1月1日（周五）至1月3日（周日）放假，共3天",
        "春节：2月6日（周六）上班",
    )


def test_a_holiday_table_is_read_from_a_sheet(tmp_path: Path) -> None:
    lines = ((date(2027, 1, 1), "休", "元旦"), ("2027-02-06", "班", "春节"))
    assert holidays_in_words(holiday_text(workbook(tmp_path / "2027.xlsx", lines)), 2027) == (
        "元旦：1月1日（周五）放假",
        "春节：2月6日（周六）上班",
    )
