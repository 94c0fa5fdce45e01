"""Who is above a school, which schools there are below an office, and what a 中心学校 may not do."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import create_program
from app.domain.records import Contact, Unit
from app.errors import UserError
from app.service.cases.contacts import Visit, add_contact
from app.service.cases.numbers import find_case
from app.service.cases.opening import open_case
from app.service.children.students import NewStudent, add_student, find_student
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry, school_named
from app.service.papers.issuing import issue_paper
from app.service.program import Program

TODAY = date(2026, 11, 20)
FIRST, SECOND = "2135000001", "2135000002"


def office(folder: Path, level: str, name: str, **more: Any) -> Program:
    entry = UnitEntry(level=level, name=name, rules="mengjin", **more)
    return create_program(folder / "data", "old-oak", "王老师", TODAY, entry)[0]


def chain(desk: Desk) -> list[tuple[str, str]]:
    return [(one.level, one.name) for one in desk.units.chain(desk.unit.id)]


@pytest.fixture
def township(tmp_path: Path) -> Iterator[Program]:
    with office(tmp_path, "township", "柳河镇", county="青石县") as program:
        yield program


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Program]:
    with office(tmp_path, "county", "青石县") as program:
        yield program


@pytest.mark.parametrize(
    ("named", "above"),
    [
        ({"county": "青石县", "township": "柳河镇"}, [("乡镇", "柳河镇"), ("县", "青石县")]),
        ({"county": "青石县"}, [("县", "青石县")]),  # 局直
        (
            {"county": "青石县", "township": "柳河镇", "central_school": "柳河镇中心学校"},
            [("中心学校", "柳河镇中心学校"), ("乡镇", "柳河镇"), ("县", "青石县")],
        ),
        ({"central_school": "柳河镇中心学校"}, [("中心学校", "柳河镇中心学校")]),
        ({}, []),
    ],
)
def test_a_school_names_who_is_above_it_as_text(
    tmp_path: Path, named: dict[str, str], above: list[tuple[str, str]]
) -> None:
    with office(tmp_path, "school", "石桥小学", **named) as program:
        assert program.read(chain) == [("学校", "石桥小学"), *above]


def test_nobody_is_put_above_an_office_that_is_not_higher(tmp_path: Path) -> None:
    with office(
        tmp_path, "township", "柳河镇", county="青石县", township="东岭乡", central_school="某校"
    ) as made:
        assert made.read(chain) == [("乡镇", "柳河镇"), ("县", "青石县")]


# Schools of one name


def named(program: Program, name: str, code: str = "", township: str = "") -> Unit:
    return program.write(school_named, name, code, township).value


def test_two_schools_of_one_name_are_told_apart_by_their_code(township: Program) -> None:
    first, second = named(township, "中心小学", FIRST), named(township, "中心小学", SECOND)
    assert first.id != second.id
    assert named(township, "中心小学", SECOND).id == second.id
    with pytest.raises(
        UserError, match=rf"有2所学校都叫“中心小学”：.*{FIRST}.*、.*{SECOND}.*标识码"
    ) as refused:
        named(township, "中心小学")
    assert "柳河镇中心小学（2135000001）" in refused.value.sentence


def test_two_schools_of_one_name_are_told_apart_by_their_township(county: Program) -> None:
    river = named(county, "中心小学", township="柳河镇")
    hill = named(county, "中心小学", township="东岭乡")
    assert river.id != hill.id
    assert named(county, "中心小学", township="柳河镇").id == river.id
    names = county.read(lambda desk: [one.name for one in desk.units.chain(hill.id)])
    assert names == ["中心小学", "东岭乡", "青石县"]
    with pytest.raises(UserError, match="柳河镇中心小学、东岭乡中心小学"):
        named(county, "中心小学")


def test_a_school_known_without_a_code_takes_the_one_it_is_named_with(township: Program) -> None:
    known = named(township, "石桥小学")
    assert named(township, "石桥小学", FIRST).id == known.id
    assert township.read(lambda desk: desk.tx.get(Unit, known.id)).code == FIRST
    assert named(township, "石桥小学", SECOND).id != known.id


def test_a_school_is_made_once(township: Program) -> None:
    assert named(township, "石桥小学").id == named(township, " 石桥小学 ").id
    assert named(township, "").name == "柳河镇"


def test_a_school_knows_only_itself_by_name_and_code(tmp_path: Path) -> None:
    with office(tmp_path, "school", "中心小学", code=FIRST) as school:
        assert named(school, "中心小学").id == named(school, "中心小学", FIRST).id
        with pytest.raises(UserError, match=f"不是本校（中心小学（{FIRST}））"):
            named(school, "中心小学", SECOND)
        with pytest.raises(UserError, match="不是本校"):
            named(school, "石桥小学")


def test_a_code_that_is_none_makes_no_school(township: Program) -> None:
    with pytest.raises(UserError, match="应是10位数字"):
        named(township, "石桥小学", "12")
    assert not township.read(lambda desk: desk.tx.find(Unit, level="学校"))


# 中心学校


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Program]:
    above = {"county": "青石县", "township": "柳河镇"}
    with office(tmp_path, "central-school", "柳河镇中心学校", **above) as program:
        program.write(add_student, NewStudent(name="陈小满", school="石桥小学", class_text="五年级2班"))
        program.write(lambda desk: open_case(desk, find_student(desk, "陈小满"), "排查发现", TODAY))
        yield program


def test_a_central_school_collects_the_children_of_its_schools(central: Program) -> None:
    (school,) = central.read(lambda desk: desk.tx.find(Unit, level="学校"))
    names = central.read(lambda desk: [one.name for one in desk.units.chain(school.id)])
    assert names == ["石桥小学", "柳河镇中心学校", "柳河镇", "青石县"]


def test_a_central_school_issues_no_order(central: Program) -> None:
    with pytest.raises(UserError, match="由乡镇或县一级依法出具") as refused:
        central.write(issue_paper, "限期复学通知书", central.read(find_case, "2026-001").id)
    assert "中心学校不能出具。请先填报告单报乡镇" in refused.value.sentence


def test_a_visit_of_a_central_school_counts_as_a_schools(central: Program) -> None:
    visit = Visit(day=TODAY, method="家访", outcome="见到家长", by_whom="李校长")
    case = central.read(find_case, "2026-001")
    central.write(add_contact, case.id, visit)
    assert [one.level for one in central.read(lambda desk: desk.tx.find(Contact))] == ["学校"]
