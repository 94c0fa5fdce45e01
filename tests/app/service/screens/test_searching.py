"""The one search over everything."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from app.service.cases.numbers import find_case
from app.service.cases.reading import list_cases
from app.service.children.students import list_students
from app.service.papers.issuing import issue_paper, void_paper
from app.service.program import Program
from app.service.screens.searching import AT_MOST, Found, Place, search
from tests.helpers import township

CHILD = "周文静"


@pytest.fixture
def school(demo_school: Program) -> Program:
    return demo_school


def found(school: Program, text: str, places: Sequence[Place] = ()) -> dict[str, list[Found]]:
    kinds: dict[str, list[Found]] = {}
    for one in school.read(search, text, places):
        kinds.setdefault(one.kind, []).append(one)
    return kinds


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_is_searched_for_nothing(school: Program, text: str) -> None:
    assert school.read(search, text) == []


def test_a_child_a_case_and_a_number_are_found_where_they_open(school: Program) -> None:
    case = school.read(list_cases)[0]
    kinds = found(school, case.student)
    assert kinds["学生"][0].target["student"] in {row.id for row in school.read(list_students)}
    assert kinds["个案"][0].target == {"case": school.read(find_case, case.no).id}
    assert kinds["个案"][0].detail == case.stage
    assert [one.target for one in school.read(search, case.no)] == [kinds["个案"][0].target]


@pytest.mark.parametrize("text", ["zwj", "ZWJ", "zhouwenjing", "zhou wen jing", "zhouwj", "文静"])
def test_children_cases_and_papers_are_found_by_pinyin_alike(school: Program, text: str) -> None:
    case = next(row.id for row in school.read(list_cases) if row.student == CHILD)
    paper = school.write(issue_paper, "报告单", case, {"联系电话": "13900001234"}).value.record
    kinds = found(school, text)
    assert CHILD in [one.title for one in kinds["学生"]]
    assert [one.target for one in kinds["个案"]] == [{"case": case}]
    assert [one.target for one in kinds["文书"]] == [{"paper": paper.id}]


def test_a_voided_paper_is_found_and_said_to_be_void(school: Program) -> None:
    case = next(row.id for row in school.read(list_cases) if row.student == CHILD)
    paper = school.write(issue_paper, "报告单", case, {"联系电话": "13900001234"}).value.record
    school.write(void_paper, paper.id, "写错了")
    assert found(school, paper.number)["文书"][0].detail == f"{CHILD}（已作废）"


@pytest.mark.parametrize("text", ["五年级", "五年级1班", "wunianji"])
def test_a_class_opens_on_the_page_of_the_roll(school: Program, text: str) -> None:
    [one] = found(school, text)["班级"]
    assert (one.title, one.page, one.target) == ("五年级1班", "roll", {"class": "五年级1班"})


def test_pages_and_parts_of_them_are_found_by_their_names(school: Program) -> None:
    part = Place("备份", "settings", "设置", {"part": "backup"})
    [one] = found(school, "beifen", [Place("点名", "roll"), part])["页面"]
    assert (one.title, one.detail) == ("备份", "设置")
    assert (one.page, one.target) == ("settings", {"part": "backup"})
    [one] = found(school, "dianming", [Place("点名", "roll"), part])["页面"]
    assert (one.page, one.target) == ("roll", {})


def test_a_child_stands_above_a_page_that_is_spelt_alike(school: Program) -> None:
    kinds = [one.kind for one in school.read(search, "wen", [Place("文书", "papers")])]
    assert (kinds[0], kinds[-1]) == ("学生", "页面")


def test_a_number_is_found_by_a_part_of_it(school: Program) -> None:
    assert len(found(school, "350425")["学生"]) > 10


def test_a_list_of_everything_is_cut_and_a_name_nobody_has_finds_nothing(school: Program) -> None:
    assert len(school.read(search, "1")) == AT_MOST
    assert school.read(search, "没有这个人") == []
    assert school.read(search, "zxm") == []


def test_in_a_township_a_number_two_schools_have_is_found_twice_each_with_its_school(tmp_path: Path) -> None:
    with township.township(tmp_path) as office:
        lines = [one for one in office.read(search, "2026-001") if one.kind == "个案"]
        assert [one.title.split()[0] for one in lines] == list(township.SCHOOLS)
        children = [one for one in office.read(search, township.NAMES[0]) if one.kind == "学生"]
        assert [one.detail for one in children] == ["湖美中学 七年级1班"]
