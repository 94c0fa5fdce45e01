"""The calendar of a child in a database of many offices: county ⊕ township ⊕ school, and whose holiday table counts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.domain.records import CalendarDay, NationalDay, Term, Unit
from app.errors import UserError
from app.service.office.calendars import enter_holidays, reset_days, set_day, show_calendar
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry, school_named
from app.service.program import Program
from app.service.screens.settings import month, terms

TODAY, FRIDAY = date(2026, 11, 20), date(2026, 11, 20)
NEW_YEAR = date(2027, 1, 4)  # a Monday


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Program]:
    """A township of 青石县 with two schools; 石桥小学 set a term of its own."""
    entry = UnitEntry(level="township", name="柳河镇", county="青石县", rules="mengjin")
    with create_program(tmp_path / "data", "old-oak", "王老师", TODAY, entry)[0] as program:
        for name in ("石桥小学", "上湾小学"):
            program.write(school_named, name)
        program.write(put, "石桥小学", Term(id="own", unit_id="", first_day=date(2026, 9, 7), last_day=TODAY))
        yield program


def put(desk: Desk, unit: str, *records: CalendarDay | Term | NationalDay) -> None:
    """Records as if the unit of that name had written them."""
    (owner,) = desk.tx.find(Unit, name=unit)
    for one in records:
        desk.tx.add(replace(one, unit_id=owner.id))


def day(kind: str, on: date = FRIDAY, note: str = "") -> CalendarDay:
    return CalendarDay(id=f"{kind}-{on}-{note}", unit_id="", day=on, kind=kind, note=note)


def holiday(on: date, name: str, *, workday: bool = False) -> NationalDay:
    return NationalDay(id=f"{on}-{name}", unit_id="", day=on, workday=workday, name=name)


def why(program: Program, school: str, on: date = FRIDAY) -> str:
    def read(desk: Desk) -> str:
        (unit,) = desk.tx.find(Unit, name=school)
        return desk.calendar_of(unit.id).fact(on).why

    return program.read(read)


def test_a_closure_of_the_county_reaches_its_townships_and_schools(township: Program) -> None:
    township.write(put, "青石县", day("停课", note="暴雨"))
    assert why(township, "石桥小学") == why(township, "柳河镇") == "县里设为停课：暴雨"
    assert why(township, "青石县") == "本单位设为停课：暴雨"


def test_what_one_school_sets_is_its_own(township: Program) -> None:
    township.write(put, "青石县", day("停课", note="暴雨"))
    township.write(put, "石桥小学", day("上课", note="考试"))
    assert why(township, "石桥小学") == "本单位设为上课：考试"
    assert why(township, "上湾小学") == "县里设为停课：暴雨"


def test_the_township_itself_sees_the_county_and_not_its_schools(township: Program) -> None:
    township.write(put, "石桥小学", day("停课", note="停电"))
    (shown,) = township.read(show_calendar, FRIDAY, FRIDAY)
    assert shown.why.startswith("国家工作日")


def test_a_school_has_its_own_term_and_the_other_the_usual_one(township: Program) -> None:
    assert why(township, "石桥小学", date(2026, 9, 2)) == "不在学期内"
    assert why(township, "上湾小学", date(2026, 9, 2)) == "国家工作日"


def test_a_day_the_county_set_cannot_be_set_back_here(township: Program) -> None:
    township.write(put, "青石县", day("停课", note="暴雨"))
    with pytest.raises(UserError, match="没有单独设过"):
        township.write(reset_days, FRIDAY, FRIDAY)
    (shown,) = [one for one in township.read(month, 2026, 11) if one.day == FRIDAY]
    assert (shown.set, shown.why) == ("", "县里设为停课：暴雨")
    township.write(set_day, FRIDAY, "school", "照常上课")
    (shown,) = [one for one in township.read(month, 2026, 11) if one.day == FRIDAY]
    assert (shown.set, shown.note) == ("上课", "照常上课")


def test_the_terms_of_the_county_are_listed_as_the_countys(township: Program) -> None:
    spring = Term(id="s", unit_id="", first_day=date(2027, 2, 20), last_day=date(2027, 7, 9))
    township.write(put, "青石县", spring)
    assert [(one.first, one.level, one.usual, one.own) for one in township.read(terms)] == [
        (date(2025, 9, 1), "", True, False),
        (date(2026, 2, 24), "", True, False),
        (date(2026, 9, 1), "", True, False),
        (date(2027, 2, 20), "县", False, False),
    ]


# Whose holiday table


def test_a_table_typed_in_by_the_county_counts_in_its_schools(township: Program) -> None:
    assert "无2027年" in why(township, "上湾小学", NEW_YEAR)
    township.write(put, "青石县", holiday(NEW_YEAR, "元旦"))
    assert why(township, "上湾小学", NEW_YEAR) == why(township, "柳河镇", NEW_YEAR) == "法定节假日（元旦）"


def test_of_a_year_the_nearest_offices_table_counts_whole(township: Program) -> None:
    tuesday = date(2027, 1, 5)
    township.write(put, "青石县", holiday(NEW_YEAR, "元旦"), holiday(tuesday, "元旦"))
    township.write(enter_holidays, 2027, "2027-01-04 休 元旦")
    assert why(township, "上湾小学", NEW_YEAR) == "法定节假日（元旦）"
    assert why(township, "上湾小学", tuesday) == "国家工作日"  # the township's table has no 5 January
    assert why(township, "青石县", tuesday) == "法定节假日（元旦）"


def test_the_table_of_one_school_is_not_its_neighbours(township: Program) -> None:
    township.write(put, "石桥小学", holiday(NEW_YEAR, "元旦"))
    assert "无2027年" in why(township, "上湾小学", NEW_YEAR)
    assert "无2027年" in why(township, "柳河镇", NEW_YEAR)


def test_entering_a_year_anew_replaces_the_own_table_and_leaves_the_countys(township: Program) -> None:
    township.write(put, "青石县", holiday(NEW_YEAR, "元旦"))
    for name in ("春节", "元旦节"):
        township.write(enter_holidays, 2027, f"2027-01-04 休 {name}")
    found = township.read(lambda desk: sorted(one.name for one in desk.tx.find(NationalDay)))
    assert found == ["元旦", "元旦节"]
