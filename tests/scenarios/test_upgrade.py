"""The data of the first release, opened by this program: nothing that was said is lost, and all of it can be used."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import Program, open_program
from app.domain.records import Contact, IssuedDocument, Student
from app.service.cases.reading import list_cases
from app.service.children.staff import StaffEntry, save_staff
from app.service.papers.issuing import paper_in_hand
from app.service.papers.listing import list_papers
from app.service.rolls.roll_call import take_roll
from app.service.screens.settings import unit_form
from app.service.screens.today import today_view

RELEASED = Path(__file__).parents[1] / "data" / "release_1"
"""A school of two invented children, with a case, a visit and a 报告单, as the first release wrote it (m0001 only)."""
PASSWORD = "old-oak"
TODAY = date(2026, 11, 23)


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
    assert (case["student"], case["stage"]) == ("王小明", "疑似辍学(已报告)")
    assert any("王小明" in task["title"] for task in school.read(today_view)["tasks"])
    assert school.read(unit_form)["单位名称"] == "石桥小学"


def test_what_is_new_can_be_written_beside_it_and_is_journaled(school: Program) -> None:
    before = school.store.read(lambda tx: tx.position())
    school.write(take_roll, "五年级1班", date(2026, 11, 20))
    school.write(save_staff, "", StaffEntry(name="周老师", post="班主任"))
    assert school.store.read(lambda tx: tx.position()) > before


def test_the_data_were_backed_up_before_anything_was_changed(school: Program) -> None:
    assert list(school.store.folder.backups.glob("*.gxbak"))
