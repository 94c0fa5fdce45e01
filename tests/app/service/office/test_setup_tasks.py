"""今日 reminds of what the first start left open."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.service.office.calendars import set_term
from app.service.office.setup_tasks import note_recovery_code, recovery_code_renewed
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.screens.today import today_view

DAY = date(2026, 11, 20)
UNIT = UnitEntry(level="school", name="青石中心小学", county="青石县", township="柳河镇", rules="mengjin")
CODE, TERM = "恢复码还没有打印或抄下", "本学期还没有设"


def built(folder: Path, level: str) -> Program:
    unit = replace(UNIT, level=level)
    return create_program(folder, "old-oak", "王老师", DAY, unit)[0]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Program]:
    with built(tmp_path / "school", "school") as program:
        yield program


def reminders(program: Program) -> dict[str, tuple[str, dict[str, str]]]:
    rows = program.read(today_view).tasks
    return {row.title: (row.page, row.target) for row in rows}


def test_what_was_left_is_asked_for_where_it_is_done(school: Program) -> None:
    assert reminders(school) == {
        CODE: ("settings", {"part": "password"}),
        TERM: ("settings", {"part": "calendar"}),
    }


def test_a_code_on_paper_is_asked_for_again_only_when_it_was_renewed(school: Program) -> None:
    school.write(note_recovery_code)
    assert CODE not in reminders(school)
    school.write(recovery_code_renewed)
    assert CODE in reminders(school)


def test_a_term_that_was_set_is_not_asked_for_and_the_next_one_is_once_it_runs(school: Program) -> None:
    school.write(set_term, date(2026, 9, 1), date(2027, 1, 22))
    assert TERM not in reminders(school)
    school.today = date(2027, 2, 10)
    assert TERM not in reminders(school)
    school.today = date(2027, 3, 1)
    assert TERM in reminders(school)


def test_a_township_calls_no_roll_and_is_not_asked_for_its_term(tmp_path: Path) -> None:
    with built(tmp_path / "township", "township") as program:
        assert list(reminders(program)) == [CODE]


ENDED = "本县规则已于2028年9月27日到期，请核对有没有新文件"


@pytest.mark.parametrize(("day", "said"), [(date(2028, 9, 27), False), (date(2028, 9, 28), True)])
def test_rules_whose_document_ran_out_are_said_from_the_next_day_on(
    tmp_path: Path, day: date, said: bool
) -> None:
    """大田's document has 有效期5年 from 2023-09-28."""
    unit = replace(UNIT, name="大田中心小学", rules="datian")
    with create_program(tmp_path / "school", "old-oak", "王老师", day, unit)[0] as program:
        found = reminders(program)
    assert (ENDED in found) is said
    assert not said or found[ENDED] == ("settings", {"part": "rules"})
