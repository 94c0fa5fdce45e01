"""Photos of visits: small, upright, without place and time, and refused in words."""

import contextlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.errors import EnvironmentProblem, UserError
from app.service.cases.photos import LONGEST_SIDE, photo_of, read_photo


@settings(deadline=None)
@given(st.integers(1, 4000), st.integers(1, 4000))
def test_a_photo_keeps_its_shape_and_never_exceeds_1600_px(width: int, height: int) -> None:
    content = BytesIO()
    Image.new("1", (width, height)).save(content, "PNG")
    with Image.open(BytesIO(photo_of("a", content.getvalue()).content)) as picture:
        assert max(picture.size) <= LONGEST_SIDE
        assert max(picture.size) == min(max(width, height), LONGEST_SIDE)


def test_a_photo_is_turned_upright_and_loses_place_and_time(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x0132] = "2026:09:17 08:00:00"
    Image.new("RGB", (40, 20)).save(tmp_path / "a.jpg", exif=exif)
    with Image.open(BytesIO(read_photo(tmp_path / "a.jpg").content)) as kept:
        assert kept.size == (20, 40)
        assert not kept.getexif()


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("text")
    with pytest.raises(UserError, match="不是能打开的照片"):
        read_photo(tmp_path / "a.jpg")
    with pytest.raises(EnvironmentProblem, match="照片"):
        read_photo(tmp_path / "nothing.jpg")


def test_a_photo_of_two_hundred_million_pixels_is_made_small(tmp_path: Path) -> None:
    Image.new("L", (16_320, 12_240), 90).save(tmp_path / "a.jpg")
    with Image.open(BytesIO(read_photo(tmp_path / "a.jpg").content)) as kept:
        assert kept.size == (1600, 1200)


def test_a_damaged_photo_is_refused_with_a_sentence_whatever_is_wrong_inside(tmp_path: Path) -> None:
    Image.effect_noise((60, 60), 40).save(tmp_path / "a.png")
    whole = (tmp_path / "a.png").read_bytes()
    for place in range(8, len(whole), 37):
        (tmp_path / "a.png").write_bytes(whole[:place] + b"!" + whole[place + 1 :])
        with contextlib.suppress(UserError, EnvironmentProblem):
            read_photo(tmp_path / "a.png")
