"""What one cell of an attendance sheet says."""

import pytest

from app.roster.month_entries import CellEntry, entry_of, number_meanings


@pytest.mark.parametrize(
    ("text", "what", "part"),
    [
        ("", "空白", "全天"), ("休", "空白", "全天"), ("？", "空白", "全天"),
        ("√", "到校", "全天"), (" ✓ ", "到校", "全天"), ("v", "到校", "全天"), ("出勤", "到校", "全天"),
        ("○", "没有点名", "全天"), ("未点名", "没有点名", "全天"),
        ("旷", "旷课", "全天"), ("旷课", "旷课", "全天"), ("旷 课", "旷课", "全天"),
        ("病", "病假", "全天"), ("事假", "事假", "全天"),
        ("上旷", "旷课", "上午"), ("旷(下午)", "旷课", "下午"), ("上午病假", "病假", "上午"), ("事下", "事假", "下午"),
    ],
)  # fmt: skip
def test_the_usual_signs_and_words(text: str, what: str, part: str) -> None:
    assert entry_of(text, {}) == CellEntry(what, part)


@pytest.mark.parametrize(
    "text", ["×", "缺", "假", "请假", "/", "1", "0.5", "旷半天", "旷0.5", "上旷下病", "迟到", "上旷下"]
)
def test_nobody_guesses_what_cannot_be_told(text: str) -> None:
    found = entry_of(text, {})
    assert found.what == "空白"
    assert text in found.problem
    assert "请" in found.problem


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["0到校 1旷课 2病假 3事假"], {"0": "到校", "1": "旷课", "2": "病假", "3": "事假"}),
        (["注：1=旷课，2=病假"], {"1": "旷课", "2": "病假"}),
        (["0 在校", "1：旷课"], {"0": "到校", "1": "旷课"}),
        (["1旷课"], {}),  # a sum, not a legend
        (["五年级2班2026年9月考勤表"], {}),
    ],
)
def test_numbers_mean_what_the_sheet_says_of_several(texts: list[str], numbers: dict[str, str]) -> None:
    assert number_meanings(texts) == numbers
