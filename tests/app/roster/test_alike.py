"""Which names look alike."""

import pytest

from app.roster.alike import names_alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("陈小满", "陈小曼", True),
        ("陈小满", "陈满", True),
        ("陈满", "陈曼", True),
        ("陈小满", "林小满", False),
        ("陈小满", "陈大春", False),
        ("陈小满", "陈小满", False),
        ("陈", "陈小", False),
    ],
)
def test_one_character_behind_the_surname(one: str, other: str, alike: bool) -> None:
    assert names_alike(one, other) is names_alike(other, one) is alike
