"""A person can copy the recovery code from paper; a slip shows itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import UserError
from app.store.recovery_code import _ALPHABET, new_code, plain

CODE = "04NQ-NPGS-JKC7-XK1Z-XZRD-SQ5J-K5Q1"


def test_a_code_is_seven_groups_of_four_and_never_the_same() -> None:
    assert [len(group) for group in CODE.split("-")] == [4] * 7
    assert not set(CODE) & set("ILOU")
    assert len({new_code() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "typed",
    [
        CODE.lower(),
        CODE.replace("-", ""),
        CODE.replace("-", " — "),
        f"  {CODE}\n",
        CODE.replace("0", "O").replace("1", "l"),
        "".join(chr(ord(c) + 0xFEE0) for c in CODE),
    ],
)
def test_case_spaces_dashes_full_width_and_look_alikes_do_not_matter(typed: str) -> None:
    assert plain(typed) == CODE.replace("-", "")


@given(st.integers(0, 27), st.sampled_from(_ALPHABET))
def test_every_single_wrong_character_shows(place: int, wrong: str) -> None:
    right = plain(new_code())
    typed = right[:place] + wrong + right[place + 1 :]
    if typed != right:
        with pytest.raises(UserError, match="输错"):
            plain(typed)


@given(st.integers(0, 26))
def test_every_swap_of_neighbours_shows(place: int) -> None:
    right = plain(new_code())
    typed = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    if typed != right:
        with pytest.raises(UserError, match="输错"):
            plain(typed)


@pytest.mark.parametrize(("typed", "words"), [(CODE[:-1], "28"), ("", "28"), (CODE[:-1] + "码", "输错")])
def test_what_cannot_be_a_code_is_told_so(typed: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        plain(typed)
