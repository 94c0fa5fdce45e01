"""What stands around every page."""

from datetime import date

import pytest

from app.demo.school import TODAY
from app.service.cases.reading import list_cases
from app.service.office.classes import class_names
from app.service.office.desk import UNIT
from app.service.program import Program
from app.service.screens.agenda import today_list
from app.service.screens.overview import WhoWeAre, who_we_are, window_facts
from app.service.screens.window import window_reading


@pytest.fixture
def school(demo_school: Program) -> Program:
    return demo_school


def test_the_head_says_who_when_and_under_whose_rules(school: Program) -> None:
    facts = school.read(window_facts)
    assert (facts.unit, facts.level) == ("柳河镇石桥小学", "学校")
    assert (facts.term, facts.week) == ("2026—2027学年第一学期", 12)
    assert facts.rules.startswith("孟津县")
    assert school.read(who_we_are) == WhoWeAre("柳河镇石桥小学", "学校")


def test_the_week_is_counted_from_the_monday_of_the_first_week(school: Program) -> None:
    weeks = {}
    for day in (date(2026, 9, 1), date(2026, 9, 6), date(2026, 9, 7), date(2027, 2, 1)):
        school.today = day
        weeks[day.isoformat()] = school.read(window_facts).week
    assert weeks == {"2026-09-01": 1, "2026-09-06": 1, "2026-09-07": 2, "2027-02-01": None}


def test_counts_are_those_of_the_pages(school: Program) -> None:
    counts = school.read(window_reading).counts
    assert counts.cases == len(school.read(list_cases))
    assert counts.today > 0
    school.today = date(2026, 11, 23)
    assert school.read(window_reading).counts.roll == len(school.read(class_names))


def test_only_a_school_is_asked_to_call_the_roll(school: Program) -> None:
    school.today = date(2026, 11, 23)
    assert any("点名" in task.what for task in school.read(today_list))
    school.write(lambda desk: desk.tx.set_setting(UNIT, desk.unit.parent_id))
    assert school.read(window_reading).counts.roll == 0
    assert not any("点名" in task.what for task in school.read(today_list))


def test_the_last_backup_is_the_newest_in_the_folder(school: Program) -> None:
    school.back_up_day()
    assert school.read(window_facts).last_backup == TODAY
    folder = school.store.folder.backups
    for file in folder.iterdir():
        file.unlink()
    assert school.read(window_facts).last_backup is None
    for name in ("guixue-2026-11-02-daily.gxbak", "guixue-2026-10-30-weekly.gxbak", "other.txt"):
        (folder / name).write_bytes(b"")
    assert school.read(window_facts).last_backup == date(2026, 11, 2)
    for name in (
        "归学备份_石桥小学_2026年11月03日_每日.gxbak",
        "guixue-2026-99-99-daily.gxbak",
        "归学备份_石桥小学_2026年13月45日_每日.gxbak",
    ):
        (folder / name).write_bytes(b"")
    assert school.read(window_facts).last_backup == date(2026, 11, 3)


def test_a_backup_is_named_after_the_unit_the_day_and_why_it_was_made(school: Program) -> None:
    school.back_up_day()
    (file,) = school.store.folder.backups.iterdir()
    unit = school.read(window_facts).unit
    assert file.name == f"归学备份_{unit}_{TODAY.year}年{TODAY.month:02d}月{TODAY.day:02d}日_每日.gxbak"
