"""Records that are one child count once, and a choice holds as long as it covers what there is."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.aliases import STUDENT, UNIT, alias_id, choice_id, settled, stand_ins
from app.domain.records import Alias, Choice

DAY = date(2026, 3, 2)


def alias(one: str, other: str, *, joined: bool = True, kind: str = STUDENT) -> Alias:
    first, second = sorted((one, other))
    return Alias(
        id=alias_id(kind, one, other), kind=kind, first_id=first, second_id=second, said_on=DAY,
        reason="同一人", joined=joined,
    )  # fmt: skip


def test_a_chain_of_pairs_is_one_child_counted_at_its_smallest_id() -> None:
    assert stand_ins([alias("c", "b"), alias("d", "c"), alias("x", "y")], STUDENT) == {
        "b": "b", "c": "b", "d": "b", "x": "x", "y": "x",
    }  # fmt: skip


def test_what_was_taken_back_or_withdrawn_or_is_of_units_joins_no_children() -> None:
    withdrawn = replace(alias("a", "b"), withdrawn_on=DAY, withdrawn_reason="误")
    assert stand_ins([alias("a", "b", joined=False), withdrawn, alias("a", "c", kind=UNIT)], STUDENT) == {}


def test_taking_back_the_middle_pair_leaves_two_groups() -> None:
    pairs = [alias("a", "b"), alias("b", "c", joined=False), alias("c", "d")]
    assert stand_ins(pairs, STUDENT) == {"a": "a", "b": "a", "c": "c", "d": "c"}


IDS = "abcdefgh"


@given(
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).filter(lambda pair: pair[0] != pair[1]))
)
def test_joined_are_exactly_those_a_walk_along_the_pairs_reaches(pairs: list[tuple[str, str]]) -> None:
    found = stand_ins([alias(*pair) for pair in pairs], STUDENT)
    for one in IDS:
        reached = {one}
        for _step in IDS:
            reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        assert found.get(one, one) == min(reached)


@given(st.permutations([("a", "b"), ("b", "c"), ("d", "e"), ("e", "a")]))
def test_the_order_of_the_pairs_never_matters(pairs: list[tuple[str, str]]) -> None:
    assert set(stand_ins([alias(*pair) for pair in pairs], STUDENT).values()) == {"a"}


def test_two_offices_give_one_pair_one_id_and_other_pairs_another() -> None:
    assert alias_id(STUDENT, "b", "a") == alias_id(STUDENT, "a", "b")
    ids = {alias_id(STUDENT, "a", "b"), alias_id(UNIT, "a", "b"), alias_id(STUDENT, "a", "bc")}
    ids |= {choice_id("roll", ["c", "2026-03-02", "全天"]), choice_id("roll", ["c", "2026-03-02全天"])}
    assert len({UUID(one) for one in ids}) == 5


CHOICE = Choice(id="k", kind="roll", stands=("r1", "r2"))


@pytest.mark.parametrize(
    ("group", "choice", "visible", "is_settled"),
    [
        ({"r1", "r2"}, None, True, False),
        ({"r1", "r2"}, CHOICE, True, True),
        ({"r1", "r2", "r3"}, CHOICE, True, False),  # a third row came
        ({"r2", "r3"}, CHOICE, False, False),  # came, and was not looked at
        ({"r2"}, CHOICE, True, False),  # the chosen one was withdrawn
        ({"r2"}, CHOICE, False, True),  # the chosen one lies in another office
        ({"r1"}, CHOICE, True, True),
        ({"r1", "r2"}, replace(CHOICE, withdrawn_on=DAY, withdrawn_reason="误"), True, False),
    ],
)
def test_a_choice_settles_what_it_considered(
    group: set[str], choice: Choice | None, visible: bool, is_settled: bool
) -> None:
    assert settled(group, choice, visible=visible) is is_settled
