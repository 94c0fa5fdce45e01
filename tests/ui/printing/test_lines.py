"""Where lines end, how high they are, where they stand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.wordml import cell, docx, paragraph, row, section, table
from ui.printing.boxes import Placed
from ui.printing.breaking import NOT_AT_END, NOT_AT_START, may_break
from ui.printing.inline import Filler
from ui.printing.model import CharStyle, ParagraphStyle, Run
from ui.printing.pages import lay_out

PAGE = section(width=2200 + 2880, margin=1440)  # a column of ten characters of 11 pt and not quite one half


def placed(body: str, ending: str = "", size: int = 22) -> list[Placed]:
    return list(lay_out(docx(body, ending, size)).pages[0].lines)


def texts(body: str, ending: str = PAGE) -> list[str]:
    return [line.line.text for line in placed(body, ending)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一二三四五六七八九十一二", ["一二三四五六七八九十", "一二"]),
        ("一二三四五六七八九十，甲", ["一二三四五六七八九十，", "甲"]),
        ("一二三四五六七八九十）甲", ["一二三四五六七八九", "十）甲"]),
        ("一二三四五六七八九（十）", ["一二三四五六七八九", "（十）"]),
        ("一二三四五六七八“九十”甲", ["一二三四五六七八“九", "十”甲"]),
        ("一二三四五六七八九——甲", ["一二三四五六七八九", "——甲"]),
        ("一二三四五六七八九十……甲", ["一二三四五六七八九十", "……甲"]),
        ("一二三四五六七八ABCDE甲", ["一二三四五六七八", "ABCDE甲"]),
        ("一二三四五六七八九十　甲", ["一二三四五六七八九十　", "甲"]),
    ],
)
def test_lines_end_where_chinese_typesetting_allows(text: str, lines: list[str]) -> None:
    assert texts(paragraph(text, '<w:autoSpaceDE w:val="0"/>')) == lines


def test_punctuation_does_not_hang_out_of_a_cell() -> None:
    width = 2200 + 216 + 10
    body = table([row([cell("一二三四五六七八九十，甲", width)])], [width])
    assert texts(body)[:2] == ["一二三四五六七八九", "十，甲"]


@given(st.text(st.sampled_from("学生A1 ，。（）“”—…、；2-_　"), max_size=60))
def test_no_character_is_lost_or_doubled_when_lines_are_filled(text: str) -> None:
    lines = Filler(ParagraphStyle(), 1500.0, 720.0, True).fill((Run(text, CharStyle()),))
    assert "".join(part.text for line in lines for part in line.parts) == text


@given(st.text(st.sampled_from("学生A1，。（）“”、；《》"), min_size=1, max_size=60))
def test_a_wrapped_line_never_begins_or_ends_with_forbidden_punctuation(text: str) -> None:
    lines = Filler(ParagraphStyle(), 60000.0, 720.0, True).fill((Run(text, CharStyle()),))
    assert len(lines) == 1
    for left, right in pairwise(text):
        if right in NOT_AT_START or left in NOT_AT_END:
            assert not may_break(left, right)


def test_a_word_longer_than_the_line_is_parted_instead_of_lost() -> None:
    lines = texts(paragraph("350425" * 10))
    assert len(lines) > 2
    assert "".join(lines) == "350425" * 10


@pytest.mark.parametrize(
    ("spacing", "pitch"),
    [
        ('<w:spacing w:line="560" w:lineRule="exact"/>', 560),
        ('<w:spacing w:line="900" w:lineRule="atLeast"/>', 900),
    ],
)
def test_exact_and_at_least_spacing_do_not_ask_the_font(spacing: str, pitch: int) -> None:
    one, two = placed(paragraph("一", spacing) + paragraph("二", spacing))
    assert two.y - one.y == pytest.approx(pitch)


def test_spacing_as_a_factor_multiplies_the_height_of_the_type() -> None:
    single = placed(paragraph("一") + paragraph("二"))
    wide = '<w:spacing w:line="360" w:lineRule="auto"/>'
    factor = placed(paragraph("一", wide) + paragraph("二", wide))
    assert factor[1].y - factor[0].y == pytest.approx(1.5 * (single[1].y - single[0].y))


def test_lines_stand_on_the_grid_of_the_page_in_whole_pitches() -> None:
    grid = section(more='<w:docGrid w:type="lines" w:linePitch="312"/>')
    small, large, after = placed(
        paragraph("一") + paragraph("二", run='<w:sz w:val="44"/>') + paragraph("三"), grid, 21
    )
    assert (large.y - small.y, after.y - large.y) == (312, 936)


def test_of_two_spacings_between_paragraphs_the_larger_counts() -> None:
    one, two = placed(
        paragraph("一", '<w:spacing w:after="300"/>') + paragraph("二", '<w:spacing w:before="200"/>')
    )
    assert two.y - one.y - one.line.height == pytest.approx(300)


def test_an_indent_in_characters_follows_the_size_of_the_type() -> None:
    (line,) = placed(
        paragraph("一", '<w:ind w:firstLineChars="200" w:firstLine="999"/>', '<w:sz w:val="32"/>')
    )
    assert line.line.pieces[0].x == pytest.approx(640)


@pytest.mark.parametrize(("align", "left"), [("left", 0), ("center", 4513 - 220), ("right", 9026 - 440)])
def test_short_lines_stand_left_centred_or_right(align: str, left: float) -> None:
    (line,) = placed(paragraph("一二", f'<w:jc w:val="{align}"/>'))
    assert line.line.pieces[0].x == pytest.approx(left, abs=2)


def test_justified_lines_end_flush_but_the_last_does_not() -> None:
    first, last = placed(
        paragraph("一二三四五六七八九十一二三", '<w:jc w:val="both"/>'), section(2300 + 2880)
    )
    assert first.line.pieces[0].width - first.line.pieces[0].letter == pytest.approx(2300, abs=2)
    assert last.line.pieces[0].letter == 0


def test_a_distributed_line_fills_the_column() -> None:
    (line,) = placed(paragraph("一二三", '<w:jc w:val="distribute"/>'))
    piece = line.line.pieces[0]
    assert piece.width - piece.letter == pytest.approx(9026, abs=2)


def test_a_right_tab_sets_its_text_against_the_stop() -> None:
    tabs = '<w:tabs><w:tab w:val="right" w:pos="6000"/></w:tabs>'
    (line,) = placed(
        f"<w:p><w:pPr>{tabs}</w:pPr><w:r><w:t>甲</w:t><w:tab/><w:t>乙丙</w:t></w:r></w:p>",
    )
    assert line.line.pieces[-1].text == "乙丙"
    assert line.line.pieces[-1].x == pytest.approx(6000 - 440, abs=2)


def test_neighbours_with_the_same_border_share_one_box() -> None:
    border = '<w:pBdr><w:bottom w:val="dotted" w:sz="4" w:space="1"/></w:pBdr>'
    pages = lay_out(docx(paragraph("一", border) + paragraph("二", border) + paragraph("三")))
    assert [rule.style for rule in pages.lines(0)] == ["dotted"]


def test_chinese_and_digits_are_set_apart_unless_the_paper_says_not() -> None:
    gap = placed(paragraph("第3次"))[0].line.pieces
    tight = placed(paragraph("第3次", '<w:autoSpaceDE w:val="0"/>'))[0].line.pieces
    assert gap[-1].x > tight[-1].x


def test_twenty_eight_letters_of_16_pt_stand_on_156_mm_set_closer() -> None:
    """GB/T 9704-2012, 5.2.3: 28 letters a line, on a column of 156 mm."""
    look = '<w:spacing w:val="-6"/><w:sz w:val="32"/>'
    body = paragraph("义务教育" * 15, '<w:jc w:val="both"/>', look)
    closer = placed(body, section(margin=1530))
    assert [len(line.line.text) for line in closer] == [28, 28, 4]
    usual = placed(body.replace('<w:spacing w:val="-6"/>', ""), section(margin=1530))
    assert len(usual[0].line.text) == 27
    piece = closer[0].line.pieces[0]
    assert piece.x + piece.width - piece.letter == pytest.approx(11906 - 2 * 1530, abs=6)
