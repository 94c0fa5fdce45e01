"""存根, 正本 and 送达回证 are told apart by their titles, and printed as often as asked."""

import pytest

from ui.pages.papers.parts import Part, pages_to_print, split

ORDER = [
    ["湖美乡人民政府", "限期复学通知书（存根）"],
    ["湖美乡人民政府", "限期复学通知书"],
    ["如不服本通知，可以申请行政复议。"],
    ["湖美乡人民政府", "送　达　回　证"],
]


def test_a_page_without_a_title_belongs_to_the_part_before_it() -> None:
    assert split(ORDER) == [Part("存根", (0,)), Part("正本", (1, 2)), Part("送达回证", (3,))]


@pytest.mark.parametrize("tops", [[["疑似辍学学生报告单（存根）"]], [["记录表"], ["续页"]]])
def test_a_paper_on_one_kind_of_sheet_is_printed_whole(tops: list[list[str]]) -> None:
    assert split(tops) == [Part("全部", tuple(range(len(tops))))]


@pytest.mark.parametrize(
    ("copies", "pages"),
    [
        ({}, [0, 1, 2, 3]),
        ({"存根": 1, "正本": 2, "送达回证": 1}, [0, 1, 2, 1, 2, 3]),
        ({"存根": 0, "正本": 1, "送达回证": 0}, [1, 2]),
    ],
)
def test_each_part_is_printed_as_often_as_asked(copies: dict[str, int], pages: list[int]) -> None:
    assert pages_to_print(split(ORDER), copies) == pages
