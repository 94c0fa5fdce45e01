"""Papers and cases by the numbers people type, in a township where two schools number alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.records import CaseFile, Enrolment, Unit
from app.errors import UserError
from app.service.cases.numbers import case_names, find_case, find_cases
from app.service.office.desk import Desk
from app.service.office.unit_names import unit_names
from app.service.papers.issuing import issue_paper, void_paper
from app.service.papers.listing import list_papers
from app.service.papers.numbers import find_paper
from app.service.program import Program
from app.service.screens.papers import paper_list
from app.service.screens.searching import search
from tests.helpers import township
from tests.helpers.papers import papers_of_both_schools, unit_called

NUMBER = "限复〔2026〕1号"
FIRST, SECOND = township.SCHOOLS
THIRD = "上丰中学"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Program]:
    with township.township(tmp_path) as program:
        yield program


@pytest.mark.parametrize(
    "typed", [NUMBER, " 限复[2026]1号 ", "限复(2026) 1号", "湖美乡 限复〔2026〕1号", "湖美乡限复【2026】1号"]
)
def test_a_number_only_one_unit_has_is_enough(office: Program, typed: str) -> None:
    case = township.case_of(office, township.VISITED[0])
    paper = office.write(issue_paper, township.ORDER, case, township.GIVEN).value.record
    assert office.read(find_paper, typed) == paper
    assert office.read(find_paper, paper.id) == paper
    assert [one.called for one in office.read(list_papers)] == [NUMBER]


@pytest.mark.parametrize(
    "typed", ["限复〔2026〕2号", "桃源中学 限复〔2026〕1号", "复〔2026〕1号", "", "〔2026〕1号"]
)
def test_a_number_nobody_has_is_refused(office: Program, typed: str) -> None:
    case = township.case_of(office, township.VISITED[0])
    office.write(issue_paper, township.ORDER, case, township.GIVEN)
    with pytest.raises(UserError, match="没有文号为"):
        office.read(find_paper, typed)


def test_a_number_of_two_schools_is_refused_with_each_of_them_named(office: Program) -> None:
    papers = papers_of_both_schools(office)
    with pytest.raises(UserError, match="有2份文书") as refused:
        office.read(find_paper, NUMBER)
    for school, paper_id in papers.items():
        assert f"{school} {NUMBER}" in refused.value.sentence
        assert office.read(find_paper, f"{school} {NUMBER}").id == paper_id
        assert office.read(find_paper, paper_id).id == paper_id


def test_papers_of_two_schools_are_shown_with_their_schools_and_voided_one_by_one(office: Program) -> None:
    papers = papers_of_both_schools(office)
    office.write(void_paper, papers[SECOND], "写错")
    shown = {one.id: (one.called, one.voided) for one in office.read(list_papers)}
    assert shown == {
        papers[FIRST]: (f"{FIRST} {NUMBER}", False),
        papers[SECOND]: (f"{SECOND} {NUMBER}", True),
    }
    assert all(one.called.lower() in one.find for one in office.read(paper_list))
    found = [one for one in office.read(search, NUMBER) if one.kind == "文书"]
    assert {one.title: one.target for one in found} == {
        f"{school} {NUMBER}": {"paper": paper_id} for school, paper_id in papers.items()
    }


def test_a_case_number_of_two_schools_needs_the_school(office: Program) -> None:
    with pytest.raises(UserError) as refused:
        office.read(find_case, "2026-001")
    assert f"{FIRST} 2026-001" in refused.value.sentence and f"{SECOND} 2026-001" in refused.value.sentence
    first = office.read(find_case, f"{FIRST} 2026-001")
    assert first.id == township.case_of(office, township.NAMES[0])
    assert office.read(find_case, f"大田县{FIRST}2026-1") == first
    assert office.read(find_case, first.id) == first


def test_a_case_is_found_by_the_school_its_child_goes_to_now(office: Program) -> None:
    case = township.case_of(office, township.NAMES[2])  # 湖美中学 2026-002
    office.write(_move_to, case, THIRD)
    assert office.read(find_case, f"{THIRD} 2026-002").id == case
    assert office.read(find_case, f"{FIRST} 2026-002").id == case


def test_a_school_with_that_number_is_meant_before_one_a_child_moved_to(office: Program) -> None:
    moved, own = (township.case_of(office, name) for name in township.NAMES[:2])  # each 2026-001
    office.write(_move_to, moved, SECOND)
    assert office.read(find_case, f"{SECOND} 2026-001").id == own
    assert office.read(find_case, f"{FIRST} 2026-001").id == moved


def _move_to(desk: Desk, case_id: str, school: str) -> None:
    """Let the child of a case go to `school` today, as its enrolment says."""
    (unit,) = desk.tx.find(Unit, name=school) or [None]
    if unit is None:
        first = desk.tx.get(Unit, unit_called(desk, FIRST))
        unit = replace(first, id=desk.tx.new_id(), name=school)
        desk.tx.add(unit)
    student_id = desk.tx.get(CaseFile, case_id).student_id
    (now,) = desk.tx.find(Enrolment, student_id=student_id)
    desk.tx.change(Enrolment, now.id, to_on=desk.today - timedelta(days=1), ended="转出")
    desk.tx.add(
        replace(
            now,
            id=desk.tx.new_id(),
            school_id=unit.id,
            class_id="",
            from_on=desk.today,
            to_on=None,
            began="转入",
            ended="",
        )
    )


def test_the_cases_of_a_batch_are_found_in_one_question(office: Program) -> None:
    texts = [f"{school} 2026-00{place}" for school in township.SCHOOLS for place in (1, 2, 3)]

    def asked(desk: Desk) -> tuple[list[CaseFile], int]:
        statements: list[str] = []
        desk.tx._db.conn.set_trace_callback(statements.append)
        found = find_cases(desk, texts)
        desk.tx._db.conn.set_trace_callback(None)
        return found, sum("FROM case_file" in one for one in statements)

    found, questions = office.read(asked)
    assert [(one.year, one.seq) for one in found] == [(2026, place) for _ in range(2) for place in (1, 2, 3)]
    assert len({one.id for one in found}) == 6
    assert questions == 1


def test_a_case_is_called_by_the_name_that_finds_it_again(office: Program) -> None:
    names = office.read(case_names)
    for case in office.read(lambda desk: desk.tx.find(CaseFile)):
        assert office.read(find_case, names.of(case)) == case


def test_two_schools_of_one_name_are_told_apart_by_what_is_above_them(office: Program) -> None:
    def add(desk: Desk) -> dict[str, str]:
        new = desk.tx.new_id
        towns = [
            Unit(id=new(), level="乡镇", name=name, parent_id=desk.unit.parent_id)
            for name in ("甲乡", "乙乡")
        ]
        schools = [Unit(id=new(), level="学校", name="大田县中心小学", parent_id=town.id) for town in towns]
        desk.tx.add_all([*towns, *schools])
        return unit_names(desk, [*(one.id for one in schools), unit_called(desk, FIRST)])

    assert list(office.write(add).value.values()) == ["甲乡中心小学", "乙乡中心小学", FIRST]
