"""Headers and footers: where they stand, on which pages, and the numbers in them."""

import pytest

from tests.helpers.wordml import docx, number_field, paragraph, running, section
from ui.printing.pages import PageSet, lay_out

TURN = "<w:pageBreakBefore/>"
SIMPLE = '<w:fldSimple w:instr=" PAGE \\* MERGEFORMAT "><w:r><w:t>99</w:t></w:r></w:fldSimple>'


def numbered(field: str) -> str:
    return f"<w:p><w:r><w:t>— </w:t></w:r>{field}<w:r><w:t> —</w:t></w:r></w:p>"


def texts(pages: PageSet) -> list[list[str]]:
    return [pages.texts(page) for page in range(pages.page_count)]


@pytest.mark.parametrize("field", [SIMPLE, number_field("PAGE"), number_field("page \\* MERGEFORMAT")])
def test_a_footer_carries_the_number_of_its_page_however_the_field_is_written(field: str) -> None:
    ending = section(more="", margin=1440).replace("<w:sectPr>", f"<w:sectPr>{running('footer', 'footer1')}")
    pages = lay_out(
        docx(paragraph("甲") + paragraph("乙", TURN), ending, around={"footer1": numbered(field)})
    )
    assert texts(pages) == [["甲", "— 1 —"], ["乙", "— 2 —"]]


def test_the_number_looks_like_the_kept_result_of_the_field() -> None:
    field = number_field("NUMPAGES").replace("<w:r><w:t>", '<w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t>')
    pages = lay_out(docx(paragraph("甲"), head("header1"), around={"header1": f"<w:p>{field}</w:p>"}))
    assert [(piece.text, piece.style.size) for piece in pages.pages[0].lines[0].line.pieces] == [("1", 28)]


def head(name: str, more: str = "") -> str:
    return section().replace("<w:sectPr>", f"<w:sectPr>{running('header', name)}{more}")


def test_the_first_page_has_a_header_of_its_own_or_none() -> None:
    body = paragraph("甲") + paragraph("乙", TURN) + paragraph("丙", TURN)
    title = "<w:titlePg/></w:sectPr>"
    around = {
        "header1": f"<w:p><w:r><w:t>第</w:t></w:r>{SIMPLE}<w:r><w:t>页共</w:t></w:r>{number_field('NUMPAGES')}</w:p>",
        "header2": paragraph("首"),
    }
    bare = lay_out(docx(body, head("header1").replace("</w:sectPr>", title), around=around))
    assert texts(bare) == [["甲"], ["第2页共3", "乙"], ["第3页共3", "丙"]]
    own = head("header1", running("header", "header2", "first")).replace("</w:sectPr>", title)
    assert texts(lay_out(docx(body, own, around=around)))[0] == ["首", "甲"]
    unused = head("header1", running("header", "header2", "first"))
    assert texts(lay_out(docx(body, unused, around=around)))[0] == ["第1页共3", "甲"]


def test_header_and_footer_stand_at_their_distances_and_leave_the_text_alone() -> None:
    ending = (
        f"<w:sectPr>{running('header', 'header1')}{running('footer', 'footer1')}"
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2000" w:bottom="2000" w:left="1500" w:right="1500" '
        'w:header="700" w:footer="900"/></w:sectPr>'
    )
    line = '<w:spacing w:line="400" w:lineRule="exact"/>'
    around = {"header1": paragraph("眉", line), "footer1": paragraph("脚", line) + paragraph("底", line)}
    pages = lay_out(docx(paragraph("文", line), ending, around=around))
    places = {one.line.text: (one.x, one.y) for one in pages.pages[0].lines}
    assert places == {
        "眉": (1500, 700),
        "文": (1500, 2000),
        "脚": (1500, 16838 - 900 - 800),
        "底": (1500, 16838 - 900 - 400),
    }


def test_a_section_counts_from_its_own_start_and_keeps_the_footer_of_the_one_before() -> None:
    def ended(text: str, inside: str) -> str:
        ending = section().replace("<w:sectPr>", f"<w:sectPr>{inside}")
        return f"<w:p><w:pPr>{ending}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"

    start = '<w:pgNumType w:start="1"/></w:sectPr>'
    body = ended("存根", running("footer", "footer1"))
    body += paragraph("正本") + ended("次页", running("footer", "footer2")).replace(
        "</w:sectPr>", start
    ).replace("<w:pPr>", f"<w:pPr>{TURN}")
    last = section().replace("<w:sectPr>", f"<w:sectPr>{running('footer', 'footer1')}")
    kept = section()
    around = {"footer1": paragraph(""), "footer2": numbered(SIMPLE)}
    assert texts(lay_out(docx(body + paragraph("回证"), last, around=around))) == [
        ["存根"],
        ["正本", "— 1 —"],
        ["次页", "— 2 —"],
        ["回证"],
    ]
    assert texts(lay_out(docx(body + paragraph("回证"), kept, around=around)))[-1] == ["回证", "— 3 —"]


def test_any_other_field_prints_what_the_office_suite_kept() -> None:
    pages = lay_out(docx(f"<w:p><w:r><w:t>于</w:t></w:r>{number_field('DATE')}<w:r><w:br/></w:r></w:p>"))
    assert texts(pages) == [["于99"]]
