"""Names typed on a Latin keyboard."""

import pytest

from app.service.office.spelling import spells


@pytest.mark.parametrize(
    "typed", ["zwj", "z", "wj", "zhou", "zhouwenjing", "wenjing", "zhouwj", "zwenj", "zhouwenj"]
)
def test_a_name_is_spelt_by_initials_by_syllables_or_by_both(typed: str) -> None:
    assert spells(typed, "周文静")


@pytest.mark.parametrize("typed", ["zj", "houwen", "zhouwenjingx", "zwjx", "ing", "qqqq"])
def test_what_leaves_a_character_out_spells_nothing(typed: str) -> None:
    assert not spells(typed, "周文静")


def test_a_character_read_in_several_ways_fits_by_each() -> None:
    assert all(spells(typed, "单小龙") for typed in ("sxl", "dxl", "shanxiaolong", "danxiaolong"))


def test_a_name_in_latin_letters_is_spelt_by_itself() -> None:
    assert spells("mina", "Amina·Ali")
    assert spells("lv", "吕方")
