"""Where 【…】 stands on a page: in a cell, in running text, broken over lines."""

from tests.helpers.wordml import docx, paragraph
from ui.printing.marks import marked_areas
from ui.printing.pages import PageSet, lay_out

OPEN, CLOSE = "【请填", "】"


def areas(*texts: str) -> tuple[PageSet, list[tuple[float, float, float, float]]]:
    pages = lay_out(docx(*(paragraph(text) for text in texts)))
    return pages, marked_areas(pages, 0, OPEN, CLOSE)


def test_a_page_without_the_words_has_no_marks() -> None:
    assert areas("都填好了【备注】。")[1] == []


def test_the_mark_covers_the_words_and_not_what_stands_before_them() -> None:
    (_, plain), (_, moved) = areas("【请填：村】"), areas("家住柳河【请填：村】")
    assert len(plain) == len(moved) == 1
    assert moved[0][0] > plain[0][0]
    assert abs(moved[0][2] - plain[0][2]) < 0.1
    assert plain[0][3] > 0


def test_two_gaps_in_one_line_are_two_marks() -> None:
    assert len(areas("【请填：年级】年级【请填：班号】班")[1]) == 2


def test_a_gap_that_is_broken_over_lines_is_marked_on_both() -> None:
    marks = areas("字" * 38 + "【请填：学校联系电话】。")[1]
    assert len(marks) == 2
    assert marks[0][1] < marks[1][1]


def test_marks_lie_on_the_paper() -> None:
    pages, marks = areas("一" * 30 + "【请填：限期】", "【请填：限期届满日】")
    width, height = pages.page_size_mm(0)
    assert all(x >= 0 and x + w <= width and y >= 0 and y + h <= height for x, y, w, h in marks)
