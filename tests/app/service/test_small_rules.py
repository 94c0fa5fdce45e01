"""Small rules of the use cases that the scenarios do not reach one by one."""

import contextlib
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from app.domain.records import Contact, Student
from app.errors import EnvironmentProblem, UserError
from app.service.case_opening import evidence_words
from app.service.paper_values import form_groups, government_of, whereabouts
from app.service.photos import LONGEST_SIDE, photo_of, read_photo
from app.service.spelling import initials_of
from app.service.students import matches
from app.service.units import is_street_office, refuse_nameless


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


@pytest.mark.parametrize(
    ("name", "organ"),
    [
        ("湖美乡", "湖美乡人民政府"),
        ("湖美乡人民政府", "湖美乡人民政府"),
        ("凤山街道", "凤山街道办事处"),
        ("凤山街道办事处", "凤山街道办事处"),
        ("高新区管委会", "高新区管委会"),
    ],
)
def test_who_signs_for_a_township(name: str, organ: str) -> None:
    assert government_of(name) == organ


def test_a_street_office_is_told_from_a_township() -> None:
    assert is_street_office("凤山街道")
    assert not is_street_office("街道口镇")


@pytest.mark.parametrize(
    ("kinds", "boxes"),
    [
        ([], ["一般"]),
        (["留守"], ["一般"]),
        (["低保", "脱贫户"], ["建档立卡", "低保"]),
        (["残疾（肢体）"], ["残疾"]),
        (["事实无人抚养"], ["事实无人抚养儿童"]),
    ],
)
def test_the_boxes_of_the_form(kinds: list[str], boxes: list[str]) -> None:
    assert form_groups(kinds) == boxes


def contact(**cells: str) -> Contact:
    day = date(2026, 9, 17)
    fixed = {"level": "学校", "method": "家访", "outcome": "拒绝", "by_whom": "甲"}
    return Contact(id="1", student_id="1", case_id="1", happened_on=day, entered_on=day, **fixed, **cells)


def test_the_newest_known_whereabouts_stand_on_the_form() -> None:
    earlier = contact(work_place="泉州", companions="表姐")
    assert whereabouts([earlier, contact()]) == "务工地：泉州；同行：表姐"
    assert whereabouts([earlier, contact(living_place="家中")]) == "居住地：家中"
    assert whereabouts([]) == ""


def test_days_are_written_as_a_teacher_does() -> None:
    days = [date(2026, 10, 8), date(2026, 9, 18), date(2026, 9, 17)]
    assert evidence_words(days) == "9月17、18日、10月8日"


@given(st.sets(st.integers(0, 120), min_size=1, max_size=20))
def test_every_day_is_written_once(offsets: set[int]) -> None:
    days = [date(2026, 9, 1) + timedelta(days=offset) for offset in offsets]
    words = evidence_words(days)
    months = {day.month for day in days}
    assert words.count("月") == len(months)
    numbers = words.replace("月", "、").replace("日", "、").split("、")
    assert sum(one.isdigit() for one in numbers) == len(days) + len(months)


@pytest.mark.parametrize(
    ("name", "typed"),
    [("单小龙", "sxl"), ("单小龙", "dxl"), ("曾国栋", "zgd"), ("曾国栋", "cgd"), ("欧阳致远", "oyzy")],
)
def test_surnames_of_two_readings_are_found_by_both(name: str, typed: str) -> None:
    assert matches(Student(id="1", name=name), typed)
    assert typed in initials_of(name)


def test_a_name_of_blanks_is_no_name() -> None:
    with pytest.raises(UserError, match="全称"):
        refuse_nameless("　 ")
