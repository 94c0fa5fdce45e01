"""Which school a roster means: 标识码 first, then the whole name; two 中心小学 stay two; a title is a guess."""

import pytest

from app.roster.schools import KnownSchool, NamedSchool, Schools, school_in

HU, TAO = (
    KnownSchool("hu", "中心小学", "2135000123", "湖美乡"),
    KnownSchool("tao", "中心小学", "2135000456", "桃源镇"),
)


def in_county(*known: KnownSchool) -> Schools:
    return Schools(known, county="大田县")


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        (NamedSchool("中心小学", code="2135000456"), "tao"),
        (NamedSchool("桃源中心校", code="2135000456"), "tao"),
        (NamedSchool("中心小学", township="湖美乡"), "hu"),
        (NamedSchool("湖美乡中心小学"), "hu"),
        (NamedSchool("大田县桃源镇中心小学"), "tao"),
        (NamedSchool("中 心 小学", township="桃源镇人民政府"), "tao"),
    ],
)
def test_two_schools_of_one_name_are_told_apart_by_code_or_township(named: NamedSchool, meant: str) -> None:
    assert in_county(HU, TAO).find(named).id == meant


def test_a_name_that_two_schools_have_is_refused_with_where_they_are() -> None:
    found = in_county(HU, TAO).find(NamedSchool("中心小学"))
    assert found.id == ""
    assert "湖美乡、桃源镇" in found.refusal and "标识码" in found.refusal


@pytest.mark.parametrize(
    "named",
    [
        NamedSchool("中心小学", code="2135000789"),
        NamedSchool("中心小学", township="均溪镇"),
        NamedSchool("均溪镇中心小学"),
        NamedSchool("中心"),
    ],
)
def test_another_code_or_township_is_another_school_though_the_name_is_known(named: NamedSchool) -> None:
    found = in_county(HU).find(named)
    assert (found.id, found.refusal) == ("", "")


def test_in_a_county_a_bare_name_is_not_taken_for_a_school_called_by_its_township() -> None:
    known = KnownSchool("hu", "湖美乡中心小学", township="湖美乡")
    assert in_county(known).find(NamedSchool("中心小学")).id == ""
    assert Schools([known], township="湖美乡", county="大田县").find(NamedSchool("中心小学")).id == "hu"


def test_a_school_met_for_the_first_time_is_the_same_in_the_next_row() -> None:
    schools = in_county()
    schools.add(KnownSchool("new:0", "石桥小学", "", "湖美乡"))
    assert schools.find(NamedSchool("石桥小学", township="湖美乡")).id == "new:0"
    assert schools.find(NamedSchool("石桥小学", township="桃源镇")).id == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("青石县柳河镇石桥小学2026年秋季学生名册", "青石县柳河镇石桥小学"),
        ("2026年秋季湖美乡九年一贯制学校花名册", "湖美乡九年一贯制学校"),
        ("2026—2027学年第一学期石桥小学在校学生", "石桥小学"),
        ("附件1：第一小学\n说明：由各小学填报", "第一小学"),
        ("全县中小学学生名册", ""),
        ("小学名单", ""),
        ("甲小学、乙小学名册", ""),
        ("三班点名册", ""),
    ],
)
def test_a_title_may_name_the_school(text: str, name: str) -> None:
    assert school_in(text) == name
