"""The shipped forms look on paper as the originals ask."""

import io
import re

import pytest
from docx import Document
from docx.oxml.ns import qn

from app.documents.catalogue import KINDS
from app.documents.template import load_template
from app.settings import TEMPLATES_DOCX
from tests.app.documents import reading


def shipped(kind):
    return load_template(kind).content


def test_there_is_one_file_for_every_kind():
    assert {path.stem for path in TEMPLATES_DOCX.glob("*.docx")} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_the_form_has_its_place_on_the_shipped_paper(kind):
    asked = load_template(kind).placeholders
    for field in KINDS[kind].fields:
        assert set(field.placeholders) <= asked, field.name


@pytest.mark.parametrize("kind", KINDS)
def test_the_paper_is_a4_and_names_every_font_for_both_scripts(kind):
    document = Document(io.BytesIO(shipped(kind)))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    faces = {"方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"}
    for fonts in document.element.iter(qn("w:rFonts")):
        assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii"))
        assert fonts.get(qn("w:eastAsia")) in faces


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_plain_paragraphs_and_tables(kind):
    xml = reading.document_xml(shipped(kind))
    assert not re.search("<w:(drawing|pict|fldSimple|fldChar|sdt|pStyle|tblStyle)[ />]|Theme=", xml)


def test_the_order_to_return_has_the_margins_type_and_grid_of_gbt_9704():
    document = Document(io.BytesIO(shipped("限期复学通知书")))
    section = document.sections[0]
    assert section.top_margin.mm == pytest.approx(37, abs=0.1)
    assert section.left_margin.mm == pytest.approx(28, abs=0.1)
    assert section.page_width.mm - section.left_margin.mm - section.right_margin.mm == pytest.approx(
        156, abs=0.1
    )
    assert section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm == pytest.approx(
        225, abs=0.1
    )
    grid = section._sectPr.find(qn("w:docGrid"))
    assert int(grid.get(qn("w:linePitch"))) == 579  # 22 lines on 225 mm
    body = next(one for one in document.paragraphs if "经查" in one.text)
    assert body.runs[0].font.size.pt == 16
    assert body.runs[0].font.name == "仿宋_GB2312"
    assert body.paragraph_format.first_line_indent.pt == 32  # two characters
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.95)
    title = next(one for one in document.paragraphs if one.text == "限期复学通知书")
    assert (title.runs[0].font.name, title.runs[0].font.size.pt) == ("方正小标宋简体", 22)
    date = [one for one in document.paragraphs if one.text == "{{ 落款日期 }}"][-1]
    assert date.paragraph_format.right_indent.pt == 64  # four characters


def test_stub_letter_and_receipt_each_start_a_page():
    document = Document(io.BytesIO(shipped("限期复学通知书")))
    breaks = [one for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert len(breaks) == 2


def test_the_report_slip_has_its_stub_above_a_dashed_line_with_room_for_the_seal():
    xml = reading.document_xml(shipped("报告单"))
    words = reading.words(shipped("报告单"))
    assert xml.count('w:val="dashed"') == 1
    assert words.index("疑似辍学学生报告单（存根）") < words.index("骑缝处盖章")
    assert words.count("请求组织人员劝返为盼") == 2


@pytest.mark.parametrize("kind", ["五次动员记录表", "组织入学记录表"])
def test_the_visit_log_repeats_its_heading_and_its_rows_stay_whole(kind):
    log = Document(io.BytesIO(shipped(kind))).tables[-1]
    rows = log._tbl.findall(qn("w:tr"))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * 9
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_has_a_grid_that_its_rows_fill(kind):
    for table in Document(io.BytesIO(shipped(kind))).tables:
        columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        for row in table._tbl.findall(qn("w:tr")):
            widths = [int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))]
            assert sum(widths) == sum(columns)
