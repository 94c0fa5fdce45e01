"""Who approves a leave: 班主任, 教务处 or 校长 by its length under 方案23, 校长 alone under 方案21."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.leaves import RANKS, may_approve, rank, required_approver
from tests.helpers.facts import rules

GRADED = rules("plan-23")


@pytest.mark.parametrize(
    ("days", "office"),
    [
        (0.5, "班主任"),
        (1, "班主任"),
        (
            2,
            "教务处",
        ),  # 2天以上 includes the number (民法典 1259): the class teacher signs, the office approves
        (2.5, "教务处"),
        (3, "教务处"),
        (4.5, "教务处"),
        (5, "校长"),
        (20, "校长"),
    ],
)
def test_two_days_are_the_class_teachers_more_the_offices_and_five_the_headmasters(
    days: float, office: str
) -> None:
    required = required_approver(GRADED, days)
    assert required is not None
    assert (required[0], required[1].approver) == (office, office)


def test_the_headmaster_alone_signs_where_the_county_says_so() -> None:
    required = required_approver(rules("plan-21"), 1)
    assert required is not None and required[0] == "校长"


@pytest.mark.parametrize("rule_set", ["mengjin", "datian", "general"])
def test_where_the_county_says_nothing_nobody_is_required(rule_set: str) -> None:
    assert required_approver(rules(rule_set), 10) is None


@given(st.floats(0, 60), st.floats(0, 60))
def test_a_longer_leave_never_needs_a_lower_office(one: float, other: float) -> None:
    short, long = (required_approver(GRADED, days) for days in sorted((one, other)))
    assert short is not None and long is not None
    assert rank(short[0]) <= rank(long[0])


@pytest.mark.parametrize(
    ("approver", "required", "enough"),
    [
        ("班主任", "班主任", True),
        ("教务处", "班主任", True),
        ("校长", "教务处", True),
        ("班主任", "教务处", False),
        ("教务处", "校长", False),
        ("副校长", "校长", False),
        ("副校长", "教务处", True),
        ("校长助理", "校长", False),
        ("五年级2班班主任周老师", "班主任", True),
        ("教导主任", "教务处", True),
        ("政教处主任", "教务处", True),
        ("中心小学校长", "校长", True),
        ("门卫", "班主任", False),
        ("村主任", "村主任", True),  # an office only this county knows: nobody else will do
        ("校长", "村主任", False),
    ],
)
def test_the_office_required_or_one_above_it_may_approve(approver: str, required: str, enough: bool) -> None:
    assert may_approve(approver, required) is enough


def test_the_offices_stand_in_their_order_and_an_unknown_one_below_all() -> None:
    assert [rank(office) for office in RANKS] == [0, 1, 2, 3]
    assert rank("门卫") == -1
