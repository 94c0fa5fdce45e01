"""为什么: the days of a case's absence and what its rules asked for, in a school and in an office without rolls."""

from datetime import date
from pathlib import Path

from app.domain.ladder.strip import StripDay
from app.service.cases.ends import close_case
from app.service.cases.numbers import find_case
from app.service.program import Program
from app.service.screens.case_days import case_days
from tests.helpers.township import VISITED, case_of, township

BACK, LATE = "2026-001", "2026-003"  # absent 3 to 6 November and back on the 9th; absent since the 16th


def days(program: Program, no: str) -> tuple[StripDay, ...]:
    return program.read(case_days, program.read(find_case, no).id)


def acts(shown: tuple[StripDay, ...]) -> list[tuple[date, str, str]]:
    return [(one.day, row.act, row.to) for one in shown for row in one.asked]


def test_a_case_of_a_child_that_is_back_is_still_explained(demo_school: Program) -> None:
    """孟津: 当天联系家长, 达三天 reports to the township; the rules that the absence met stand, though it is over."""
    shown = days(demo_school, BACK)
    assert acts(shown) == [
        (date(2026, 11, 3), "联系家长", ""),
        (date(2026, 11, 5), "开个案", ""),
        (date(2026, 11, 5), "疑似辍学", ""),
        (date(2026, 11, 5), "报告", "乡镇"),
    ]
    assert (shown[-1].day, shown[-1].said) == (date(2026, 11, 9), "在校")


def test_the_days_end_where_the_case_was_closed(demo_school: Program) -> None:
    case = demo_school.read(find_case, LATE).id
    demo_school.write(close_case, case, "休学", date(2026, 11, 19))
    shown = days(demo_school, LATE)
    assert [one.day.day for one in shown] == [16, 17, 18, 19]


def test_an_office_without_rolls_says_nothing_of_the_days(tmp_path: Path) -> None:
    with township(tmp_path / "town") as program:
        shown = program.read(case_days, case_of(program, VISITED[0]))
        assert {one.said for one in shown} == {""}
        assert shown[-1].day == program.today
