"""身份证件号 and 学籍号 (domain cases 15, 16 and 23)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import identity

VALID = (
    "350425201503010017",
    "350425201503010025",
    "411426201409101020",
    "410308201312310038",
    "35042520150301005X",
)
DAYS = st.dates(date(2005, 1, 1), date(2030, 12, 31))


@st.composite
def id_numbers(draw: st.DrawFn) -> str:
    region = draw(st.sampled_from(["350425", "411426", "410308", "410322"]))
    first17 = f"{region}{draw(DAYS):%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + identity.check_digit(first17)


@pytest.mark.parametrize("number", VALID)
def test_the_sample_numbers_are_accepted(number: str) -> None:
    assert identity.id_no_problem(number) is None


@pytest.mark.parametrize(
    "typed",
    [
        "35042520150301005x",
        "３５０４２５２０１５０３０１００５Ｘ",
        "'35042520150301005X",
        " 350425 20150301 005x ",
    ],
)
def test_an_x_and_full_width_digits_are_normalised(typed: str) -> None:
    assert identity.normalise_id_no(typed) == "35042520150301005X"
    assert identity.id_no_problem(typed) is None


@given(id_numbers())
def test_any_number_with_its_check_digit_is_accepted(number: str) -> None:
    assert identity.id_no_problem(number) is None


@given(id_numbers(), st.integers(0, 17), st.integers(1, 9))
def test_any_single_changed_digit_is_rejected(number: str, place: int, step: int) -> None:
    old = number[place]
    new = str(step) if old == "X" else str((int(old) + step) % 10)
    assert identity.id_no_problem(number[:place] + new + number[place + 1 :]) is not None


@given(DAYS, st.integers(0, 99))
def test_birth_and_gender_come_out_of_the_number(day: date, place: int) -> None:
    boy = f"350425{day:%Y%m%d}{place:02d}1"
    girl = f"350425{day:%Y%m%d}{place:02d}2"
    assert identity.birth_of(boy + identity.check_digit(boy)) == day
    assert identity.gender_of(boy + identity.check_digit(boy)) == "男"
    assert identity.gender_of(girl + identity.check_digit(girl)) == "女"


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("350425201503010018", "校验位"),
        ("350425201502290019", "20150229 不存在"),
        ("350425180003010019", "不存在"),
        ("35042520150301001", "17 位"),
        ("", "0 位"),
        ("35042520150301A017", "应为数字"),
        ("3.50425E+17", "Excel"),
        ("3.50425201503010E+17", "Excel"),
        ("350425201503010000", "Excel"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(number: str, word: str) -> None:
    reason = identity.id_no_problem(number)
    assert reason is not None and word in reason
    assert identity.birth_of(number) is None
    assert identity.gender_of(number) == identity.region_of(number) == ""


def test_a_genuine_number_that_ends_in_000_is_not_called_damaged() -> None:
    genuine = next(
        first17 + "0"
        for first17 in (f"350425201503{day:02d}100" for day in range(1, 31))
        if identity.check_digit(first17) == "0"
    )
    assert identity.id_no_problem(genuine) is None


def test_check_digit_wants_seventeen_digits() -> None:
    for wrong in ("", "123", "3504252015030100１"):
        with pytest.raises(ValueError, match="17 digits"):
            identity.check_digit(wrong)


def test_an_old_county_code_means_the_county_of_today() -> None:
    old = "41032220140101001"
    assert identity.region_of(old + identity.check_digit(old)) == "410308"
    assert identity.region_of(VALID[0]) == "350425"


def test_formal_and_provisional_school_numbers_are_told_apart() -> None:
    assert identity.edu_no_kind("G350425201503010017") == "正式"
    assert identity.edu_no_kind("j350425201503010025") == "正式"
    assert identity.edu_no_kind("L350425201503011234") == "临时"


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("350425201503010017", "19 位"),
        ("G350425201503010018", "校验位"),
        ("G350425201502290019", "不存在"),
        ("L350425201513010019", "不存在"),
        ("X350425201503010017", "G、J 或 L"),
    ],
)
def test_a_wrong_school_number_is_refused_with_its_reason(number: str, word: str) -> None:
    reason = identity.edu_no_problem(number)
    assert reason is not None and word in reason
    assert identity.edu_no_kind(number) == ""


def test_a_g_number_that_differs_from_the_id_is_only_a_warning() -> None:
    assert identity.edu_no_warning("G" + VALID[0], VALID[1]) is not None
    assert identity.edu_no_problem("G" + VALID[0]) is None
    assert identity.edu_no_warning("G" + VALID[0], VALID[0]) is None
    assert identity.edu_no_warning("G" + VALID[0], "") is None
    assert identity.edu_no_warning("J" + VALID[0], VALID[1]) is None


def test_masks_keep_six_and_four_of_an_id_and_three_and_four_of_a_phone() -> None:
    assert identity.mask_id(VALID[0]) == "350425********0017"
    assert identity.mask_id("E12345678") == "*******78"
    assert identity.mask_id("") == ""
    assert identity.mask_phone("13900001234") == "139****1234"
    assert identity.mask_phone("722333") == "****33"


@given(st.text("0123456789X", max_size=20))
def test_a_mask_never_shows_a_short_number_whole(number: str) -> None:
    for masked in (identity.mask_id(number), identity.mask_phone(number)):
        assert len(masked) == len(number)
        assert len(number) <= 2 or "*" in masked
