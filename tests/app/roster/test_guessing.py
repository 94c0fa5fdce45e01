"""The likeliest header of a sheet nobody understood."""

import pytest

from app.roster.guessing import likely_header
from app.roster.reading import Cell, Sheet


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        pytest.param([["娃", "第几班"], ["小满", "五年级2班", "画画", "走读"]], 0, id="richer rows below"),
        pytest.param(
            [
                ["石桥小学名册"] * 3,
                ["填表人：王老师", "", "日期：2026年9月"],
                ["娃", "第几班", "电话"],
                ["小满", "五年级2班", "13900001111"],
            ],
            2,
            id="a title and a note above",
        ),
        pytest.param(
            [
                ["学校", "石桥小学", "班主任", "陈老师"],
                ["娃", "第几班", "家长", "手机"],
                ["小满", "五2班", "王强", 13900001111.0],
            ],
            1,
            id="words above words",
        ),
        pytest.param([["娃", "班"], ["小满", "甲班"], ["小雨", "乙班"]], 0, id="no numbers at all"),
        pytest.param([["小满", "2015-03-12", "画画"], ["小雨", "2015-03-13"]], 0, id="no header at all"),
    ],
)
def test_the_first_row_of_words_with_rows_like_it_below_is_the_header(
    rows: list[list[Cell]], place: int
) -> None:
    assert likely_header(Sheet("表", rows)) == place
