"""The closed lists of the field, and what a word outside them is answered with."""

import pytest

from app.domain.vocabulary import METHODS, OUTCOMES, choice
from app.errors import UserError


@pytest.mark.parametrize("value", OUTCOMES)
def test_a_word_of_the_list_is_taken(value: str) -> None:
    assert choice("联系结果", value, OUTCOMES) == value


def test_another_word_is_refused_with_the_whole_list() -> None:
    with pytest.raises(UserError) as caught:
        choice("联系方式", "微信", METHODS)
    assert caught.value.sentence == "联系方式“微信”不在可选范围内，请改用：家访、电话、其他。"
