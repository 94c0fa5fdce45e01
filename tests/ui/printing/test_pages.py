"""Pages, tables over pages, and what is refused."""

import zipfile
from io import BytesIO

import pytest
from PySide6.QtGui import QImage

from app.errors import UserError
from tests.helpers.wordml import NAMESPACE, cell, docx, paragraph, row, section, simple_table, table
from tests.ui.printing import samples
from ui.printing.pages import lay_out, to_image

LINE = '<w:spacing w:line="500" w:lineRule="exact"/>'
TALL = 27  # lines of 500 twips on A4 with margins of an inch


def numbered(count: int, properties: str = "") -> str:
    return "".join(paragraph(f"第{n}行", LINE + properties) for n in range(1, count + 1))


def test_a_page_takes_as_many_lines_as_it_has_room_for() -> None:
    pages = lay_out(docx(numbered(TALL + 1)))
    assert [len(pages.texts(page)) for page in range(pages.page_count)] == [TALL, 1]


def test_a_page_break_turns_the_page_and_leaves_no_empty_line() -> None:
    pages = lay_out(docx('<w:p><w:r><w:t>甲</w:t><w:br w:type="page"/></w:r></w:p>' + paragraph("乙")))
    assert [pages.texts(0), pages.texts(1)] == [["甲"], ["乙"]]
    assert pages.pages[1].lines[0].y == pages.pages[1].setup.top


def test_page_break_before_turns_the_page_but_not_on_a_fresh_one() -> None:
    pages = lay_out(docx(paragraph("甲", "<w:pageBreakBefore/>") + paragraph("乙", "<w:pageBreakBefore/>")))
    assert [pages.texts(page) for page in range(pages.page_count)] == [["甲"], ["乙"]]


def test_a_new_section_brings_its_own_paper() -> None:
    first = f"<w:p><w:pPr>{section(16838, 11906)}</w:pPr><w:r><w:t>横</w:t></w:r></w:p>"
    pages = lay_out(docx(first + paragraph("竖")))
    assert pages.page_size_mm(0) == pytest.approx((297, 210), abs=0.1)
    assert pages.page_size_mm(1) == pytest.approx((210, 297), abs=0.1)


def test_a_single_line_is_neither_left_behind_nor_carried_over() -> None:
    text = "学" * 45 * 3  # three lines and a little of 10 pt
    orphan = lay_out(docx(numbered(TALL - 1) + paragraph(text, LINE)))
    assert len(orphan.texts(0)) == TALL - 1
    alone = lay_out(docx(numbered(TALL - 1) + paragraph(text, LINE + '<w:widowControl w:val="0"/>')))
    assert len(alone.texts(0)) == TALL


def test_a_heading_stays_with_what_follows() -> None:
    pages = lay_out(
        docx(numbered(TALL - 1) + paragraph("标题", LINE + "<w:keepNext/>") + paragraph("正文", LINE))
    )
    assert pages.texts(1) == ["标题", "正文"]


def test_what_is_kept_together_but_higher_than_a_page_is_broken_all_the_same() -> None:
    pages = lay_out(docx(paragraph("首") + numbered(TALL + 5, "<w:keepNext/>")))
    assert "第1行" in pages.texts(0)
    assert pages.page_count == 2


def test_the_header_of_a_table_comes_again_on_every_page() -> None:
    pages = lay_out(samples.register())
    assert pages.page_count > 1
    assert all("序号" in pages.texts(page) for page in range(pages.page_count))


def test_a_note_of_600_characters_grows_its_row_and_goes_on_over_the_page() -> None:
    note = samples.long_note(600)
    body = numbered(TALL - 4) + simple_table([["情况", note]], (2000, 4000))
    pages = lay_out(docx(body))
    assert pages.page_count == 2
    words = "".join(
        text for page in range(2) for text in pages.texts(page) if "第" not in text and text != "情况"
    )
    assert words == note
    assert all(any(line.y1 == line.y2 for line in pages.lines(page)) for page in range(2))


def test_a_row_that_may_not_split_moves_whole() -> None:
    rows = [row([cell("".join(paragraph(t) for t in "甲乙丙丁"), 4000)], "<w:cantSplit/>")]
    pages = lay_out(docx(numbered(TALL - 1) + table(rows, [4000])))
    assert pages.texts(1) == ["甲", "乙", "丙", "丁"]


def test_a_row_higher_than_a_page_is_split_even_if_it_may_not() -> None:
    text = "".join(paragraph(f"第{n}行", LINE) for n in range(60))
    pages = lay_out(docx(table([row([cell(text, 4000)], "<w:cantSplit/>")], [4000])))
    assert sum(len(pages.texts(page)) for page in range(pages.page_count)) == 60


def test_the_heading_of_a_table_does_not_stand_alone_at_the_foot_of_a_page() -> None:
    rows = [row([cell(paragraph("题", LINE), 4000)], "<w:tblHeader/>"),
            row([cell("".join(paragraph(one, LINE) for one in "甲乙"), 4000)], "<w:cantSplit/>")]  # fmt: skip
    pages = lay_out(docx(numbered(TALL - 2) + table(rows, [4000])))
    assert pages.texts(1) == ["题", "甲", "乙"]
    assert "题" not in pages.texts(0)


def test_a_label_stands_in_the_middle_of_the_part_it_is_in_when_the_page_parts_its_row() -> None:
    text = "".join(paragraph(f"第{n}行", LINE) for n in range(60))
    label = cell(paragraph("签", LINE), 1000, '<w:vAlign w:val="center"/>')
    pages = lay_out(docx(table([row([label, cell(text, 4000)])], [1000, 4000])))
    assert pages.page_count == 3
    lines = pages.pages[0].lines
    word = next(one for one in lines if one.line.text == "签")
    others = [one for one in lines if one.line.text != "签"]
    middle = (others[0].y + others[-1].y) / 2
    assert word.y == pytest.approx(middle, abs=250)


def test_a_label_of_merged_rows_is_not_parted_by_the_page() -> None:
    def one(label: str, merge: str, text: str) -> str:
        middle = f'<w:vMerge w:val="{merge}"/><w:vAlign w:val="center"/>'
        words = "".join(paragraph(letter, LINE) for letter in label) or paragraph("", LINE)
        return row([cell(words, 1000, middle), cell(paragraph(text, LINE), 4000)], "<w:cantSplit/>")

    rows = [one("家访记录", "restart", "甲"), *(one("", "continue", text) for text in "乙丙丁戊己")]
    pages = lay_out(docx(numbered(TALL - 1) + table(rows, [1000, 4000])))
    assert [text for text in pages.texts(0) if "第" not in text] == ["甲"]
    assert pages.texts(1).index("家") + 3 == pages.texts(1).index("录")


def test_a_row_is_as_high_as_the_larger_of_its_words_and_its_minimum() -> None:
    heights = '<w:trHeight w:val="1000" w:hRule="atLeast"/>'
    pages = lay_out(docx(simple_table([["甲", samples.long_note(100)], ["乙", "丙"]], (1000, 2000), heights)))
    levels = sorted({round(line.y1, 1) for line in pages.lines(0) if line.y1 == line.y2})
    assert levels[1] - levels[0] > 17.7
    assert levels[2] - levels[1] == pytest.approx(1000 * 25.4 / 1440, abs=0.2)


def test_words_never_leave_a_row_of_exact_height() -> None:
    exact = '<w:trHeight w:val="400" w:hRule="exact"/>'
    pages = lay_out(docx(simple_table([[samples.long_note(100)], ["乙"]], (2000,), exact)))
    assert "".join(pages.texts(0)) == samples.long_note(100) + "乙"
    lowest = max(line.y1 for line in pages.lines(0))
    assert all(
        (p.y + p.line.height) * 25.4 / 1440 <= lowest + 0.1 for p in pages.pages[0].lines if p.line.text
    )


def test_a_cell_merged_over_rows_has_no_rule_inside_and_its_words_in_the_middle() -> None:
    height = '<w:trHeight w:val="1000" w:hRule="exact"/>'
    restart = '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>'
    rows = [row([cell("合", 1000, restart), cell("一", 1000)], height),
            row([cell("", 1000, "<w:vMerge/>"), cell("二", 1000)], height)]  # fmt: skip
    pages = lay_out(docx(table(rows, (1000, 1000))))
    middle = [line for line in pages.lines(0) if line.y1 == line.y2 and 42 < line.y1 < 44]
    assert [(round(line.x1), round(line.x2)) for line in middle] == [(43, 61)]
    word = next(p for p in pages.pages[0].lines if p.line.text == "合")
    assert word.y + word.line.height / 2 == pytest.approx(1440 + 1000, abs=30)


def test_a_border_taken_away_in_the_cell_is_not_drawn() -> None:
    bare = "<w:tcBorders>" + "".join(
        f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right")
    )
    pages = lay_out(docx(table([row([cell("甲", 1000, bare + "</w:tcBorders>")])], [1000])))
    assert pages.lines(0) == []


def test_a_table_stands_where_its_alignment_or_indent_puts_it() -> None:
    one = row([cell("甲", 2880)])
    lefts = {}
    for name, where in {
        "center": '<w:jc w:val="center"/>',
        "indent": '<w:tblInd w:w="567" w:type="dxa"/>',
    }.items():
        pages = lay_out(docx(table([one], [2880], where)))
        lefts[name] = min(line.x1 for line in pages.lines(0))
    assert lefts["center"] == pytest.approx((210 - 50.8) / 2, abs=0.2)
    assert lefts["indent"] == pytest.approx(25.4 + 10, abs=0.2)


def test_a_named_table_style_gives_its_borders() -> None:
    style = (
        '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>'
        '<w:top w:val="single" w:sz="4"/></w:tblBorders></w:tblPr></w:style>'
    )
    body = (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>'
        f"{row([cell('甲', 3000)])}</w:tbl>"
    )
    assert len(lay_out(docx(body, styles=style)).lines(0)) == 1


def test_changes_struck_out_by_an_editor_are_not_printed_and_inserted_ones_are() -> None:
    body = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        '<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>'
    )
    assert lay_out(docx(body)).texts(0) == ["新☑"]


@pytest.mark.parametrize("content", [b"", b"not a docx", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_docx_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(UserError, match="docx"):
        lay_out(content)


def test_a_package_without_a_readable_document_is_refused() -> None:
    for document in (None, "<w:document", f"<w:document {NAMESPACE}/>"):
        package = BytesIO()
        with zipfile.ZipFile(package, "w") as made:
            made.writestr("word/other.xml", "<a/>")
            if document is not None:
                made.writestr("word/document.xml", document)
        with pytest.raises(UserError, match="docx"):
            lay_out(package.getvalue())


def test_an_empty_document_is_one_blank_page() -> None:
    pages = lay_out(docx(""))
    assert (pages.page_count, pages.texts(0)) == (1, [])


def test_the_picture_of_a_page_has_the_papers_size_and_ink_where_the_words_are() -> None:
    image = to_image(lay_out(docx(paragraph("归学", run='<w:sz w:val="72"/>'))), 0, 72)
    assert (image.width(), image.height()) == (595, 842)
    assert _dark(image, 72, 72, 144, 130)
    assert not _dark(image, 300, 300, 500, 500)


def test_a_rare_character_leaves_ink_on_the_page() -> None:
    image = to_image(lay_out(docx(paragraph("𠮷", run='<w:sz w:val="72"/>'))), 0, 72)
    assert _dark(image, 72, 72, 110, 130)


def _dark(image: QImage, x1: int, y1: int, x2: int, y2: int) -> bool:
    return any(image.pixelColor(x, y).lightness() < 128 for x in range(x1, x2) for y in range(y1, y2))
