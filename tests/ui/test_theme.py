"""Colours can be read, type grows, and the style sheet knows every name it uses."""

import re
from itertools import product

import pytest
from PySide6.QtGui import QColor

from ui.theme import BASE, COLOURS, SCALES, STATE_COLOURS, STATE_SIGNS, STYLE, contrast, px, style_sheet

READABLE = 4.5
GROUNDS = ("surface", "ground", "chosen")
INKS = ("ink", "quiet", "accent", "accent_deep", "overdue", "today", "week", "done", "unknown")
"""Whatever a cell of a table is written in, chosen or not."""
BLOCK = re.compile(r"([^{}]+)\{([^{}]*)\}")


def _pairs_of_the_sheet() -> set[tuple[str, str]]:
    """Every text colour with the ground given in the same rule; where none is given, the lighter grounds count."""
    found = set()
    for _selector, body in BLOCK.findall((STYLE / "guixue.qss").read_text("utf-8")):
        ink = re.search(r"(?<![-\w])color: \$(\w+)", body)
        ground = re.search(r"background(?:-color)?: \$(\w+)", body)
        if ink:
            found |= {(ink[1], one) for one in ([ground[1]] if ground else ["surface", "ground"])}
    return found


@pytest.mark.parametrize(("ink", "ground"), sorted(_pairs_of_the_sheet()))
def test_every_colour_of_the_style_sheet_can_be_read_on_its_ground(ink: str, ground: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[ground]) >= READABLE


@pytest.mark.parametrize(("ink", "ground"), list(product(INKS, GROUNDS)))
def test_text_can_be_read_on_every_surface(ink: str, ground: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[ground]) >= READABLE


@pytest.mark.parametrize("state", STATE_COLOURS)
def test_a_state_is_a_sign_a_word_and_a_colour_that_can_be_read(state: str) -> None:
    sign, word = STATE_SIGNS[state].split(" ")
    assert len(sign) == 1
    assert word
    assert all(contrast(COLOURS[STATE_COLOURS[state]], COLOURS[ground]) >= READABLE for ground in GROUNDS)


@pytest.mark.parametrize(("ink", "ground"), [("overdue", "overdue_ground"), ("done", "done_ground")])
def test_messages_can_be_read_on_their_tinted_ground(ink: str, ground: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[ground]) >= READABLE


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#FFFFFF") == 1


def test_colours_are_colours() -> None:
    assert all(QColor(value).isValid() for value in COLOURS.values())


@pytest.mark.parametrize("scale", SCALES)
def test_type_grows_with_the_chosen_size(scale: int) -> None:
    assert f"{px(BASE, scale)}px" in style_sheet(scale)
    assert "$" not in style_sheet(scale)


def test_every_picture_the_style_sheet_names_is_there() -> None:
    names = re.findall(r"url\(\$style/([\w.]+)\)", (STYLE / "guixue.qss").read_text("utf-8"))
    assert names
    assert [name for name in names if not (STYLE / name).is_file()] == []


@pytest.mark.parametrize("scale", SCALES)
def test_a_radio_button_stays_round_at_every_size(scale: int) -> None:
    """Qt leaves out a radius larger than half of the sign with its border, and draws a square."""
    sheet = style_sheet(scale)
    (side,) = re.findall(r"QRadioButton::indicator \{ width: (\d+)px", sheet)
    (radius,) = re.findall(r"QRadioButton::indicator \{ border-radius: (\d+)px", sheet)
    assert int(radius) == (int(side) + 2) // 2
