"""What the page 点名 reads, on a class of four children under 孟津 (three 上课日)."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.domain.changes import Done
from app.domain.records import ClassGroup, ImportRun, RosterLead, Student
from app.errors import UserError
from app.service.cases.ends import close_case, tell
from app.service.children.enrolment import new_enrolment
from app.service.office.calendars import set_term
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry
from app.service.program import Program
from app.service.rolls.leaves import add_leave
from app.service.rolls.roll_call import AbsenceEntry, RollTaken, take_roll
from app.service.screens.roll import (
    MissingDay,
    RollSheet,
    backfill,
    leave_preview,
    missing_days,
    opened_notices,
    roll_history,
    roll_sheet,
)
from app.service.screens.roll_pupils import PupilRow

CLASS = "五年级1班"
NAMES = ("周一鸣", "白小雨", "陈大山", "安小北")  # the order of the roster, not of the alphabet
TODAY = date(2026, 11, 20)  # a Friday


def november(day: int) -> date:
    return date(2026, 11, day)


def populate(desk: Desk) -> str:
    group = ClassGroup(id=desk.tx.new_id(), school_id=desk.unit.id, stage="小学", entry_year=2022, number=1)
    desk.tx.add(group)
    for name in NAMES:
        child = Student(id=desk.tx.new_id(), name=name, unit_id=desk.unit.id)
        desk.tx.add(child)
        desk.tx.add(new_enrolment(desk, child.id, desk.unit.id, group.id, date(2026, 9, 1)))
    return group.id


class School:
    """A school of one class, and short words for what is done in it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.write(set_term, date(2026, 9, 1), date(2027, 1, 22))
        self.class_id = program.write(populate).value

    def call(self, day: int, *entries: AbsenceEntry, session: str = "全天") -> Done[RollTaken]:
        return self.program.write(take_roll, CLASS, november(day), entries, session=session)

    def sheet(self, day: int, session: str = "") -> RollSheet:
        return self.program.read(roll_sheet, self.class_id, november(day), session)

    def child(self, name: str, day: int) -> PupilRow:
        return next(row for row in self.sheet(day).pupils if row.name == name)


@pytest.fixture
def make_school(tmp_path: Path) -> Iterator[Callable[..., School]]:
    made: list[Program] = []

    def make(rules: str = "mengjin") -> School:
        unit = UnitEntry(level="school", name="青石镇中心小学", county="青石县", rules=rules)
        made.append(create_program(tmp_path / rules, "pw", "陈老师", TODAY, unit)[0])
        return School(made[-1])

    yield make
    for program in made:
        program.close()


@pytest.fixture
def school(make_school: Callable[..., School]) -> School:
    return make_school()


def test_children_stand_in_the_order_of_the_roster(school: School) -> None:
    assert [row.name for row in school.sheet(20).pupils] == list(NAMES)


def test_the_strip_shows_each_kind_of_day_and_the_one_nobody_recorded(school: School) -> None:
    school.call(13)
    school.call(16, AbsenceEntry("陈大山", "旷课"))
    school.call(17, AbsenceEntry("陈大山", "病假"))
    school.call(19, AbsenceEntry("陈大山", "旷课", "上午"))
    strip = school.child("陈大山", 20).strip
    assert [(one.day.day, one.kind, one.half) for one in strip] == [
        (13, "在校", False),
        (16, "旷课", False),
        (17, "病假", False),
        (18, "未记录", False),
        (19, "旷课", True),
    ]


def test_before_the_first_roll_there_is_nothing_to_show(school: School) -> None:
    assert school.child("陈大山", 20).strip == ()


def test_the_third_day_says_that_saving_opens_a_case_and_the_second_warns(school: School) -> None:
    school.call(18, AbsenceEntry("陈大山", "旷课"))
    assert (
        school.child("陈大山", 19).notes.absent == "○ 第2天，下个上课日再旷课就立个案：连续旷课达到3个上课日"
    )
    school.call(19, AbsenceEntry("陈大山", "旷课"))
    child = school.child("陈大山", 20)
    assert child.notes.absent == "● 第3天，保存后立个案：连续旷课达到3个上课日"
    assert child.notes.present == "此前连续旷课2天"
    assert child.notes.half == "○ 共2.5天，下个上课日再旷课就立个案：连续旷课达到3个上课日"
    opened = school.call(20, AbsenceEntry("陈大山", "旷课")).changes.rows["case_file"]
    (notice,) = school.program.read(opened_notices, opened)
    assert (notice.no, notice.words) == ("2026-001", "陈大山连续旷课达到3个上课日，已立个案2026-001")
    assert school.child("陈大山", 20).notes.absent == "● 第3天，个案 2026-001"
    assert school.child("陈大山", 20).case_id == notice.case_id


@pytest.mark.parametrize("closed", [False, True])
def test_a_day_of_an_absence_that_has_its_case_announces_no_new_one(school: School, closed: bool) -> None:
    """The township told that the child is back on the 20th; the 19th, called late, is still of the old absence."""
    for day in (16, 17, 18):
        school.call(day, AbsenceEntry("陈大山", "旷课"))
    case_id = school.child("陈大山", 18).case_id
    school.program.write(tell, case_id, "返校", november(20), "乡镇王主任")
    if closed:
        school.program.write(close_case, case_id, "已复学", november(20), force="本人已到校")
    absent = school.child("陈大山", 19).notes.absent
    changes = school.call(19, AbsenceEntry("陈大山", "旷课")).changes
    assert "case_file" not in changes.rows
    assert absent == "● 第4天，个案 2026-001"


def test_a_gap_right_before_the_run_makes_it_undecidable_and_names_the_child(school: School) -> None:
    school.call(18, AbsenceEntry("陈大山", "旷课"))
    school.call(20, AbsenceEntry("陈大山", "旷课"))
    assert "▨ 11月19日没有点名，无法判定" in school.child("陈大山", 20).notes.absent
    assert school.program.read(missing_days, school.class_id) == [
        MissingDay(november(19), "全天", ("陈大山",))
    ]
    assert school.sheet(20).missing == 1


def test_days_before_the_first_roll_and_today_are_not_missing_unless_asked_for(school: School) -> None:
    school.call(18)
    days = school.program.read(missing_days, school.class_id, november(13), TODAY)
    assert [one.day.day for one in days] == [13, 16, 17, 19, 20]
    assert [one.day.day for one in school.program.read(missing_days, school.class_id)] == [19]


def test_a_class_nobody_ever_called_is_asked_from_which_day_on(school: School) -> None:
    never = school.program.read(backfill, school.class_id)
    assert (never.days, never.begin) == ((), date(2026, 9, 1))
    assert never.why.startswith("这个班还没有点过名。从哪天补起？")
    asked = school.program.read(backfill, school.class_id, november(18))
    assert [one.day.day for one in asked.days] == [18, 19]
    weekend = school.program.read(backfill, school.class_id, november(14), november(15))
    assert weekend.why == "这段时间没有上课日，不用点名。"
    school.call(20)
    assert school.program.read(backfill, school.class_id).why.startswith("这个班今天才开始点名。从哪天补起？")
    school.call(19)
    assert school.program.read(backfill, school.class_id).why == "这段时间每个上课日都点过名了。"


def test_days_of_a_year_without_holidays_are_listed_with_a_word_of_warning(school: School) -> None:
    school.program.today = date(2027, 1, 5)
    listed = school.program.read(backfill, school.class_id, date(2026, 12, 31), date(2027, 1, 4))
    assert [one.day for one in listed.days] == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4)]
    assert "没有2027年放假安排" in listed.note
    before = school.program.read(backfill, school.class_id, date(2026, 12, 30), date(2026, 12, 31))
    assert before.note == ""


def test_the_half_of_a_day_nobody_called_is_missing(school: School) -> None:
    """18 November whole, the 19th in the morning only: the afternoon of the 19th is to be called."""
    school.call(18)
    school.program.write(take_roll, school.sheet(18).class_name, november(19), session="上午")
    missing = school.program.read(missing_days, school.class_id)
    assert [(one.day.day, one.session) for one in missing] == [(19, "下午")]
    school.program.write(take_roll, school.sheet(18).class_name, november(19), session="下午")
    assert school.program.read(missing_days, school.class_id) == []


def test_days_called_long_ago_are_not_listed_as_missing(school: School) -> None:
    """438 days back, beyond what the register looks at by itself."""
    day = date(2025, 9, 8)
    school.program.write(take_roll, school.sheet(18).class_name, day)
    missing = school.program.read(missing_days, school.class_id, day, date(2025, 9, 9))
    assert [one.day for one in missing] == [date(2025, 9, 9)]


def test_a_standing_roll_is_shown_with_who_took_it(school: School) -> None:
    school.call(20, AbsenceEntry("白小雨", "事假", "下午"))
    sheet = school.sheet(20)
    assert sheet.called.by_whom == "陈老师"
    assert sheet.called.entered_on == TODAY
    assert [(row.kind, row.part) for row in sheet.pupils][1] == ("事假", "下午")
    assert sheet.sessions == ("全天",), "calling half a day would throw away the other half"


def test_after_the_morning_the_afternoon_is_next(school: School) -> None:
    school.call(20, AbsenceEntry("白小雨", "旷课"), session="上午")
    sheet = school.sheet(20)
    assert (sheet.session, sheet.classes[0].state) == ("下午", "只点上午")
    assert sheet.pupils[1].kind == "", "the morning says nothing about the afternoon"
    whole = school.sheet(20, "全天")
    assert (whole.pupils[1].kind, whole.pupils[1].part) == ("旷课", "上午")
    school.call(20, session="下午")
    assert school.sheet(20).classes[0].state == "已点名"
    assert school.sheet(20, "全天").session == "下午", "the whole day would replace both halves"


def test_a_day_off_says_why_and_neighbours_are_school_days(school: School) -> None:
    sheet = school.sheet(15)
    assert sheet.why == "2026年11月15日不是上课日：周末，不用点名。"
    assert (sheet.before, sheet.after) == (november(13), november(16))
    assert sheet.pupils == ()
    assert sheet.classes[0].state == "不上课"


def test_a_day_to_come_is_not_called(school: School) -> None:
    sheet = school.sheet(23)
    assert sheet.why == "2026年11月23日还没有到，不能提前点名。"
    assert (sheet.before, sheet.after) == (TODAY, None)


def test_no_class_asks_for_nothing_more(tmp_path: Path) -> None:
    unit = UnitEntry(level="school", name="空学校", rules="mengjin")
    with create_program(tmp_path / "empty", "pw", "陈老师", TODAY, unit)[0] as program:
        assert program.read(roll_sheet, "", TODAY).classes == ()


def test_leave_that_covers_the_day_is_said(school: School) -> None:
    def give(desk: Desk) -> None:
        child = desk.tx.find(Student, name="安小北")[0]
        add_leave(desk, child, november(18), november(23), "病假", "班主任")

    school.program.write(give)
    child = school.child("安小北", 20)
    assert (child.leave, child.leave_kind) == ("请假中：病假至11月23日（班主任批准）", "病假")


def test_the_preview_counts_school_days_and_names_the_office(make_school: Callable[..., School]) -> None:
    school = make_school("plan-23")
    child = school.child("安小北", 20)
    long = school.program.read(leave_preview, child.id, november(16), november(24))
    assert (long.days, long.approver) == (7, "校长")
    assert long.words.startswith("共7个上课日。按")
    short = school.program.read(leave_preview, child.id, november(20), november(22))
    assert (short.days, short.approver, short.leaves) == (1, "班主任", ())


def test_a_preview_with_crossed_dates_is_refused(school: School) -> None:
    with pytest.raises(UserError, match="请调换或改正"):
        school.program.read(leave_preview, school.child("安小北", 20).id, november(20), november(19))


def test_history_keeps_the_roll_that_was_replaced(school: School) -> None:
    school.call(20, AbsenceEntry("陈大山", "旷课"))
    school.call(20)
    history = school.program.read(roll_history, school.class_id, TODAY)
    assert [(one.what, one.stands) for one in history] == [
        ("全天点名：应到4，实到3；陈大山旷课", False),
        ("作废这次点名：重新点名", False),
        ("全天点名：应到4，实到4；没有人缺勤", True),
    ]
    assert {one.operator for one in history} == {"陈老师"}


def lose(desk: Desk, name: str, found_on: date) -> None:
    """A roster of that day no longer has the child."""
    run = ImportRun(
        id=desk.tx.new_id(),
        unit_id=desk.unit.id,
        file_name="名册.xlsx",
        file_sha256="",
        imported_on=found_on,
        first_seq=1,
        last_seq=1,
    )
    desk.tx.add(run)
    child = desk.tx.find(Student, name=name)[0].id
    desk.tx.add(RosterLead(id=desk.tx.new_id(), run_id=run.id, student_id=child, found_on=found_on))


def test_the_strip_says_of_days_nobody_knows_of_that_the_child_is_sought(school: School) -> None:
    """周一鸣 missed 16 November and is in no roster since the 17th; the class was called on the 17th and 18th."""
    school.call(16, AbsenceEntry("周一鸣", "旷课"))
    school.program.write(lose, "周一鸣", november(17))
    for day in (17, 18):
        school.call(day)
    row = next(one for one in school.sheet(20).pupils if one.name == "周一鸣")
    assert [(one.day.day, one.kind) for one in row.strip] == [
        (16, "旷课"),
        (17, "核实去向"),
        (18, "核实去向"),
        (19, "核实去向"),
    ]
    assert row.notes.present == "◇ 11月17、18、19日去向没有核实，无法判定"
    known = next(one for one in school.sheet(20).pupils if one.name == "白小雨")
    assert known.strip[-1].kind == "未记录"
