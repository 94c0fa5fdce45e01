"""The data of earlier releases, opened by this program: nothing that was said is lost, and all of it can be used."""

import shutil
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.domain.records import Contact, IssuedDocument, Leave, RosterLead, RuleText, Student
from app.domain.rules import freeze_rules
from app.service.cases.opening import open_case
from app.service.cases.reading import list_cases
from app.service.children.staff import StaffEntry, save_staff
from app.service.children.students import find_student
from app.service.papers.issuing import paper_in_hand
from app.service.papers.listing import list_papers
from app.service.program import Program
from app.service.rolls.roll_call import take_roll
from app.service.screens.today import today_view
from tests.helpers.unit_lines import unit_lines

RELEASED = Path(__file__).parents[1] / "data" / "release_1"
"""A school of two invented children, with a case, a visit and a 报告单, as the first release wrote it (m0001 only)."""
LATER = RELEASED.with_name("release_2")
"""The same school as the schema with contacts without a case kept it: five children in two rosters, one of whom
vanished, two cases under two counties' rules, a leave, a closure, a holiday table of 2027, staff, a 报告单."""
PASSWORD = "old-oak"
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test is the office's own PC, on which the data are opened for the first time by this version."""
    monkeypatch.setenv("GUIXUE_PROFILE", str(tmp_path / "profile"))


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Program]:
    shutil.copytree(RELEASED, tmp_path / "data")
    with open_program(tmp_path / "data", PASSWORD, TODAY) as program:
        yield program


def test_contacts_know_their_child_and_papers_had_no_reason_to_be_early(school: Program) -> None:
    (contact,) = school.read(lambda desk: desk.tx.find(Contact))
    child = school.read(lambda desk: desk.tx.get(Student, contact.student_id))
    assert (child.name, contact.family) == ("王小明", "爷爷奶奶照看")
    (paper,) = school.read(lambda desk: desk.tx.find(IssuedDocument))
    assert paper.forced_reason == ""


def test_an_issued_paper_is_still_the_same_to_the_byte(school: Program) -> None:
    (listed,) = school.read(list_papers)
    assert school.write(paper_in_hand, listed.id).value.record.sha256 == listed.sha256


def test_the_case_the_list_of_today_and_the_unit_are_as_they_were(school: Program) -> None:
    (case,) = school.read(list_cases)
    assert (case.student, case.stage) == ("王小明", "疑似辍学(已报告)")
    assert any("王小明" in task.title for task in school.read(today_view).tasks)
    assert unit_lines(school)["单位名称"] == "石桥小学"


def test_what_is_new_can_be_written_beside_it_and_is_journaled(school: Program) -> None:
    before = school.store.read(lambda tx: tx.position())
    school.write(take_roll, "五年级1班", date(2026, 11, 20))
    school.write(save_staff, "", StaffEntry(name="周老师", post="班主任"))
    assert school.store.read(lambda tx: tx.position()) > before


def test_the_data_were_backed_up_before_anything_was_changed(school: Program) -> None:
    assert list(school.store.folder.backups.glob("*.gxbak"))


# The data of the next release


@pytest.fixture
def later(tmp_path: Path) -> Iterator[Program]:
    shutil.copytree(LATER, tmp_path / "later")
    with open_program(tmp_path / "later", PASSWORD, TODAY) as program:
        yield program


def test_the_cases_of_the_later_data_stand_where_they_stood(later: Program) -> None:
    first, second = sorted(later.read(list_cases), key=lambda case: case.no)
    assert (first.no, first.student, first.stage) == ("2026-001", "王小明", "疑似辍学(已报告)")
    assert (second.no, second.student, second.stage) == ("2026-002", "陈小满", "核实中")
    assert [first.rule[:3], second.rule[:3]] == ["孟津县", "大田县"]


def test_the_paper_of_the_later_data_is_the_same_to_the_byte(later: Program) -> None:
    (listed,) = later.read(list_papers)
    assert listed.called == "疑辍报〔2026〕1号"
    assert later.write(paper_in_hand, listed.id).value.record.sha256 == listed.sha256


def test_the_calendar_of_the_later_data_says_the_same(later: Program) -> None:
    def why(day: date) -> str:
        return later.read(lambda desk: desk.calendar.fact(day).why)

    assert why(date(2026, 11, 12)) == "本单位设为停课：暴雨停课"
    assert why(date(2027, 1, 1)) == "法定节假日（元旦）"
    assert why(date(2027, 1, 10)) == "国家工作日，调休上班（元旦调休）"
    assert why(date(2027, 1, 23)) == "不在学期内"


def test_the_vanished_child_the_leave_and_the_call_without_a_case_are_there(later: Program) -> None:
    names = {one.id: one.name for one in later.read(lambda desk: desk.tx.find(Student))}
    (lead,) = later.read(lambda desk: desk.tx.find(RosterLead))
    (leave,) = later.read(lambda desk: desk.tx.find(Leave))
    calls = later.read(lambda desk: desk.tx.find(Contact, case_id=""))
    assert names[lead.student_id] == "张小军"
    assert (names[leave.student_id], leave.from_on, leave.to_on) == (
        "李小红", date(2026, 11, 10), date(2026, 11, 11),
    )  # fmt: skip
    assert [(names[one.student_id], one.text) for one in calls] == [("李小红", "孩子在县医院看病")]


def test_a_case_opened_now_names_its_rules_by_what_they_say(later: Program) -> None:
    before = {one.id for one in later.read(lambda desk: desk.tx.find(RuleText))}
    frozen = later.read(lambda desk: freeze_rules(desk.rules))
    child = later.read(lambda desk: find_student(desk, "赵小雨"))
    later.write(open_case, child, "排查发现", TODAY)
    after = {one.id for one in later.read(lambda desk: desk.tx.find(RuleText))}
    assert after == before | {sha256(frozen.encode()).hexdigest()}
