"""Stages of cases as words with a shape: each has one, whatever took the evidence of an annulled one away."""

from typing import get_args

import pytest

from app.domain.case_standings import AnnulledWhy
from app.domain.ladder.walk import FOLLOWED
from tests.helpers.facts import rules
from ui.theme import COLOURS
from ui.widgets.case_words import stage_colour, stage_words

WIDE = str.maketrans("()", "（）")  # the brackets of a Chinese sentence


@pytest.mark.parametrize("stage", [*(stage.name for stage in rules("general").ladder.stages), FOLLOWED])
def test_every_stage_has_a_shape_before_it_and_a_colour(stage: str) -> None:
    shape, _, words = stage_words(stage).partition(" ")
    assert (len(shape), words) == (1, stage.translate(WIDE))
    assert stage_colour(stage) in COLOURS


@pytest.mark.parametrize("why", get_args(AnnulledWhy))
def test_an_annulled_case_says_why_behind_its_cross(why: str) -> None:
    assert stage_words(f"已撤销({why})") == f"× 已撤销（{why}）"
    assert stage_colour(f"已撤销({why})") == "quiet"
