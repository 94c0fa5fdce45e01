import io
import zipfile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from app.documents.catalogue import KINDS
from app.documents.fill import fill, missing
from app.documents.template import load_template, template_from
from app.errors import UserError
from tests.app.documents import reading
from tests.app.documents.samples import LONG, NOTE, ORDINARY, facts

TEMPLATES = {kind: load_template(kind) for kind in KINDS}
XML_TEXT = st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff\r").filter(
    lambda sign: sign >= " " or sign in "\n\t"
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("values", [ORDINARY, LONG], ids=["ordinary", "long"])
def test_every_paper_fills_and_leaves_no_placeholder(kind, values):
    template = TEMPLATES[kind]
    filled = fill(template, facts(template, values))
    assert "{" not in reading.text(filled)
    for field in KINDS[kind].fields:
        if not field.options and values.get(field.name):
            assert values[field.name][: field.longest] in reading.text(filled)


def test_a_visit_note_of_six_hundred_characters_stands_whole_in_its_cell():
    filled = fill(TEMPLATES["五次动员记录表"], facts(TEMPLATES["五次动员记录表"], LONG))
    assert len(NOTE) > 600
    assert reading.paragraphs(filled).count(NOTE) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(XML_TEXT, min_size=1, max_size=80).filter(str.strip))
def test_any_text_comes_back_verbatim(value):
    template = TEMPLATES["学校情况记录表"]
    filled = fill(template, facts(template) | {"家长态度": value})
    assert value in reading.paragraphs(filled)


@pytest.mark.parametrize(
    "value",
    [
        "<b>甲</b> & “乙” 'x' \"y\"",
        "{{ 学生姓名 }} {% if %} {_{ }_} {_% %_}",
        "𠮷野 㐂 𪚥 😀👨‍👩‍👧",
        "  两头有空格  ",
        "第一行\n第二行\n\n第四行",
        "制表\t符",
        "]]> &amp; &#65;",
    ],
)
def test_text_that_xml_or_the_template_language_would_misread_survives(value):
    template = TEMPLATES["学校情况记录表"]
    assert value in reading.paragraphs(fill(template, facts(template) | {"家庭情况": value}))


def test_what_no_document_can_hold_is_left_out_and_line_ends_become_line_breaks():
    template = TEMPLATES["学校情况记录表"]
    filled = fill(template, facts(template) | {"家庭情况": "甲\x00\x07\x0c乙\ud800\uffff\r\n丙\r丁"})
    assert "甲乙\n丙\n丁" in reading.paragraphs(filled)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_facts_give_the_same_bytes(kind):
    template = TEMPLATES[kind]
    first = fill(template, facts(template))
    assert first == fill(template, dict(reversed(facts(template).items())))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_the_file_says_nothing_of_who_made_it_and_when():
    template = TEMPLATES["报告单"]
    own = Document(io.BytesIO(template.content))
    own.core_properties.author = "办公室张三"
    own.core_properties.title = "{{ 天气 }}"
    buffer = io.BytesIO()
    own.save(buffer)
    county = template_from("报告单", buffer.getvalue(), "县版.docx")
    properties = Document(io.BytesIO(fill(county, facts(county)))).core_properties
    assert (properties.author, properties.title, properties.created.year) == ("", "疑似辍学学生报告单", 2000)


def test_what_is_missing_is_named_in_the_order_of_the_form():
    values = facts(TEMPLATES["报告单"])
    for name in ("联系电话", "村", "年级"):
        del values[name]
    values["旷课原因"] = "  "
    assert missing(TEMPLATES["报告单"], values) == ["年级", "旷课原因", "村", "联系电话"]


@pytest.mark.parametrize("kind", KINDS)
def test_without_facts_everything_is_missing_but_what_the_pen_fills_in(kind):
    asked = [field.name for field in KINDS[kind].fields if not field.may_stay_empty and not field.only_if]
    assert missing(TEMPLATES[kind], {}) == asked


def test_a_paper_with_something_missing_is_refused_by_name():
    values = facts(TEMPLATES["报告单"]) | {"村": "", "对象类别": ""}
    with pytest.raises(UserError, match="还缺：村；请补上"):
        fill(TEMPLATES["报告单"], values)


def test_what_is_blank_on_purpose_is_a_rule_to_write_on():
    values = facts(TEMPLATES["报告单"])
    del values["村"]
    assert missing(TEMPLATES["报告单"], values, ["村"]) == []
    filled = reading.text(fill(TEMPLATES["报告单"], values, ["村", "落款日期"]))
    assert filled.count("该生系＿＿＿＿村人") == 2
    assert filled.count("＿＿＿＿年＿＿月＿＿日") == 2


def test_visits_not_yet_made_keep_the_forms_own_month_and_day():
    filled = reading.paragraphs(fill(TEMPLATES["五次动员记录表"], facts(TEMPLATES["五次动员记录表"])))
    assert filled.count("　月　日") == 4
    assert "9月21日" in filled


def test_number_and_law_cannot_be_left_blank_and_unknown_blanks_are_refused():
    template = TEMPLATES["限期复学通知书"]
    with pytest.raises(UserError, match="文号、职权依据不能留空"):
        fill(template, facts(template), ["文号", "职权依据"])
    with pytest.raises(UserError, match="没有这一项：受达人（是不是“受送达人”？）"):
        fill(template, facts(template), ["受达人"])


def test_the_kinds_of_child_are_ticked_in_the_words_of_the_form():
    filled = reading.text(fill(TEMPLATES["五次动员记录表"], facts(TEMPLATES["五次动员记录表"])))
    assert "建档立卡(　) 低保(√) 残疾(√) 孤儿(　) 事实无人抚养儿童(　) 一般(　)" in filled


def test_a_kind_of_child_the_form_does_not_have_is_refused():
    template = TEMPLATES["五次动员记录表"]
    with pytest.raises(UserError, match="“对象类别”里没有留守，只有建档立卡、低保"):
        fill(template, facts(template) | {"对象类别": "低保、留守"})


@pytest.mark.parametrize(
    ("chosen", "line"),
    [
        ("乡镇人民政府", "☑湖美乡人民政府　☐大田县教育局："),
        ("教育行政部门", "☐湖美乡人民政府　☑大田县教育局："),
        ("乡镇人民政府、教育行政部门", "☑湖美乡人民政府　☑大田县教育局："),
    ],
)
def test_the_report_goes_to_the_township_or_the_bureau_or_both(chosen, line):
    template = TEMPLATES["报告单"]
    assert reading.paragraphs(fill(template, facts(template) | {"报告对象": chosen})).count(line) == 2


def test_the_paragraph_on_review_is_printed_only_when_asked_for_and_then_needs_its_offices():
    template = TEMPLATES["限期复学通知书"]
    assert "行政复议" not in reading.text(fill(template, facts(template)))
    assert "行政复议" not in reading.text(fill(template, facts(template) | {"写明复议": "否"}))
    asked = facts(template) | {"写明复议": "是"}
    assert missing(template, asked) == ["复议机关", "诉讼法院"]
    asked |= {"复议机关": "大田县人民政府", "诉讼法院": "大田县人民法院"}
    assert "向大田县人民政府申请行政复议" in reading.text(fill(template, asked))


def test_a_flag_is_yes_or_no():
    template = TEMPLATES["限期复学通知书"]
    with pytest.raises(UserError, match="“写明复议”只能填是或否"):
        fill(template, facts(template) | {"写明复议": "要"})


def test_a_provincial_regulation_is_named_only_if_there_is_one():
    template = TEMPLATES["限期复学通知书"]
    assert "本机关将依照" not in reading.text(fill(template, facts(template)))
    named = facts(template) | {"省级法规": "《某省义务教育条例》第五十条"}
    assert "本机关将依照《某省义务教育条例》第五十条处理；" in reading.text(fill(template, named))


def test_a_value_far_too_long_is_refused_with_its_length():
    template = TEMPLATES["报告单"]
    with pytest.raises(UserError, match="“村”有201个字，最多200个"):
        fill(template, facts(template) | {"村": "村" * 201})


def test_a_cell_left_open_is_empty_and_a_line_of_text_keeps_its_rule():
    template = TEMPLATES["限期复学通知书"]
    values = facts(template)
    del values["家庭详细住址"]
    filled = reading.paragraphs(fill(template, values, ["家庭详细住址"]))
    assert "＿" * 10 not in filled
    assert any(f"住{'＿' * 10}）" in one for one in filled)
