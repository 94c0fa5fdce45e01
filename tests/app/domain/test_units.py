"""Who is above whom, whether an office is known under one id or two."""

import pytest

from app.domain.records import Unit
from app.domain.units import CENTRAL_SCHOOL, COUNTY, SCHOOL, TOWNSHIP, UnitTree, levels_above

COUNTY_OFFICE = Unit(id="c", level=COUNTY, name="青石县")
RIVER = Unit(id="t1", level=TOWNSHIP, name="柳河镇", parent_id="c")
HILL = Unit(id="t2", level=TOWNSHIP, name="东岭乡", parent_id="c")
CENTRAL = Unit(id="z", level=CENTRAL_SCHOOL, name="柳河镇中心学校", parent_id="t1")
VILLAGE_SCHOOL = Unit(id="s1", level=SCHOOL, name="石桥小学", parent_id="z")
TOWN_SCHOOL = Unit(id="s2", level=SCHOOL, name="柳河小学", parent_id="t1")
COUNTY_SCHOOL = Unit(id="s3", level=SCHOOL, name="青石县实验小学", parent_id="c")
ALL = (COUNTY_OFFICE, RIVER, HILL, CENTRAL, VILLAGE_SCHOOL, TOWN_SCHOOL, COUNTY_SCHOOL)


def tree(*more: Unit, **stand_ins: str) -> UnitTree:
    return UnitTree({one.id: one for one in (*ALL, *more)}, stand_ins)


@pytest.mark.parametrize(
    ("school", "names"),
    [
        ("s1", ["石桥小学", "柳河镇中心学校", "柳河镇", "青石县"]),
        ("s2", ["柳河小学", "柳河镇", "青石县"]),
        ("s3", ["青石县实验小学", "青石县"]),  # 局直
        ("c", ["青石县"]),
    ],
)
def test_a_school_is_below_a_central_school_a_township_or_the_county(school: str, names: list[str]) -> None:
    assert [one.name for one in tree().chain(school)] == names


def test_a_county_school_has_no_township() -> None:
    assert tree().above("s3", TOWNSHIP) is None
    assert tree().above("s3", COUNTY) == COUNTY_OFFICE


def test_what_is_below_an_office_is_its_scope() -> None:
    assert tree().below("t1") == {"t1", "z", "s1", "s2"}
    assert tree().below("t2") == {"t2"}
    assert tree().below("c") == {one.id for one in ALL}


def test_levels_above_a_school_begin_at_the_top() -> None:
    assert levels_above(SCHOOL) == (COUNTY, TOWNSHIP, CENTRAL_SCHOOL)
    assert levels_above(TOWNSHIP) == (COUNTY,)
    assert levels_above("村") == ()


def test_a_township_named_as_text_is_the_one_whose_card_came() -> None:
    """The school wrote 柳河镇 with no county above it; the card's row knows the county. Nothing is rewritten."""
    typed = Unit(id="u9", level=TOWNSHIP, name="柳河镇")
    alone = Unit(id="s9", level=SCHOOL, name="上湾小学", parent_id="u9")
    joined = tree(typed, alone, t1="t1", u9="t1")
    assert [one.id for one in joined.chain("s9")] == ["s9", "t1", "c"]
    assert joined.below("t1") == joined.below("u9") == {"t1", "u9", "z", "s1", "s2", "s9"}
    assert joined.same("u9") == joined.same("t1") == ("t1", "u9")


def test_without_the_alias_the_two_are_two_offices() -> None:
    typed = Unit(id="u9", level=TOWNSHIP, name="柳河镇")
    alone = Unit(id="s9", level=SCHOOL, name="上湾小学", parent_id="u9")
    assert [one.id for one in tree(typed, alone).chain("s9")] == ["s9", "u9"]
    assert "s9" not in tree(typed, alone).below("t1")


def test_an_own_id_that_another_stands_for_keeps_the_row_that_papers_name() -> None:
    card = Unit(id="a0", level=SCHOOL, name="石桥小学", parent_id="t1")
    joined = tree(card, s1="a0", a0="a0")
    assert [one.id for one in joined.chain("s1")] == [
        "s1",
        "t1",
        "c",
    ]  # the card's parent, the school's own row


def test_offices_that_name_each_other_end_the_chain() -> None:
    first = Unit(id="x", level=TOWNSHIP, name="甲镇", parent_id="y")
    second = Unit(id="y", level=TOWNSHIP, name="乙镇", parent_id="x")
    assert [one.id for one in tree(first, second).chain("x")] == ["x", "y"]


def test_a_parent_whose_row_has_not_arrived_ends_the_chain() -> None:
    lonely = Unit(id="s8", level=SCHOOL, name="下湾小学", parent_id="not-here")
    assert [one.id for one in tree(lonely).chain("s8")] == ["s8"]
