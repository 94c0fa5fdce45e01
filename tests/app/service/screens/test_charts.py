"""The numbers of 概况: weeks of the term, what counts as 旷课, and what is not known."""

from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.demo.school import TODAY
from app.service.children.students import NewStudent, add_student, list_students
from app.service.office.calendars import set_days
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.screens.charts import Charts, ClassWeeks, WeekCell, charts
from tests.helpers.facts import rules

UNIT = UnitEntry(level="school", name="石桥小学", rules="mengjin")


@pytest.fixture
def school(demo_school: Program) -> Program:
    return demo_school


def seen(program: Program, day: date = TODAY) -> Charts:
    program.today = day
    return program.read(charts)


def of_class(numbers: Charts, name: str) -> ClassWeeks:
    return next(one for one in numbers.classes if one.name == name)


def test_the_weeks_are_those_of_the_term_so_far_each_from_its_monday(school: Program) -> None:
    mondays = seen(school).mondays
    assert (mondays[0], mondays[-1], len(mondays)) == (date(2026, 8, 31), date(2026, 11, 16), 12)
    assert {day.weekday() for day in mondays} == {0}


def test_a_week_sums_the_truancy_of_its_class(school: Program) -> None:
    six = of_class(seen(school), "六年级1班")
    assert six.weeks[-1] == WeekCell(6, gap=False)  # four days of one child, two of another
    assert six.truant == 6


def test_truancy_that_leave_excused_later_is_counted_as_excused(school: Program) -> None:
    assert of_class(seen(school), "二年级1班").truant == 0
    assert of_class(seen(school), "二年级1班").excused >= 3


def test_a_week_with_a_day_nobody_called_is_marked_and_not_called_full(school: Program) -> None:
    assert of_class(seen(school), "一年级1班").weeks[-1].gap
    assert not of_class(seen(school), "三年级1班").weeks[-1].gap


def test_today_is_no_gap_before_it_is_over(school: Program) -> None:
    assert not of_class(seen(school, date(2026, 11, 20)), "三年级1班").weeks[-1].gap
    name = school.read(list_students, class_text="三年级1班")[0].name
    school.today = date(2026, 11, 24)
    school.write(take_roll, "三年级1班", date(2026, 11, 23), [AbsenceEntry(name, "病假", "全天")])
    assert of_class(seen(school, date(2026, 11, 24)), "三年级1班").weeks[-1] == WeekCell(0, gap=False)


def test_a_week_without_any_roll_is_not_known_even_on_its_first_morning(school: Program) -> None:
    assert of_class(seen(school, date(2026, 11, 23)), "三年级1班").weeks[-1] == WeekCell(None, gap=True)
    assert of_class(seen(school, date(2026, 11, 24)), "三年级1班").weeks[-1] == WeekCell(None, gap=True)


def test_weeks_before_a_class_was_first_called_are_not_known_and_not_free(tmp_path: Path) -> None:
    with create_program(tmp_path / "data", "old-oak", "王老师", TODAY, UNIT)[0] as program:
        for group in ("五年级1班", "五年级2班"):
            program.write(add_student, NewStudent(name=f"{group}的陈小满", class_text=group))
        program.write(take_roll, "五年级1班", TODAY, [])
        called, never = of_class(seen(program), "五年级1班"), of_class(seen(program), "五年级2班")
    assert set(called.weeks[:11]) == {WeekCell(None, gap=True)}
    assert (called.weeks[11], called.truant, called.excused) == (WeekCell(0, gap=True), 0, 0)
    assert (set(never.weeks), never.truant, never.excused) == ({WeekCell(None, gap=True)}, None, None)


def test_a_week_without_a_school_day_is_free_and_not_unknown(school: Program) -> None:
    school.write(set_days, date(2026, 10, 8), date(2026, 10, 10), "off", "秋收假")
    week = of_class(seen(school), "三年级1班").weeks[5]  # 国庆节 until the 7th, 调休上班 on the 10th
    assert not week.gap


def test_half_a_day_counts_half(school: Program) -> None:
    name = school.read(list_students, class_text="一年级1班")[0].name
    school.write(take_roll, "一年级1班", date(2026, 11, 19), [AbsenceEntry(name, "旷课", "上午")])
    assert of_class(seen(school), "一年级1班").weeks[-1] == WeekCell(0.5, gap=False)


def test_a_vacation_shows_the_term_before_it(school: Program) -> None:
    numbers = seen(school, date(2027, 2, 1))
    assert numbers.term == "2026—2027学年第一学期"
    assert len(numbers.mondays) == 21


def test_every_stage_of_the_ladder_is_counted_none_left_out(school: Program) -> None:
    stages = seen(school).stages
    assert [stage for stage, _ in stages] == list(rules("general").ladder.open_stages)
    assert dict(stages)["学校劝返"] == 2
    assert sum(count for _, count in stages) == 4
