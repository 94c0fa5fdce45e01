import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from app.documents import template
from app.documents.catalogue import KINDS
from app.documents.template import load_template, template_from
from app.errors import UserError
from tests.app.documents import reading

SHIPPED = load_template("报告单").content


def county(kind, old, new):
    return template_from(kind, reading.with_document_xml(load_template(kind).content, old, new), "县版.docx")


def refusal(kind, old, new):
    with pytest.raises(UserError) as refused:
        county(kind, old, new)
    return refused.value.sentence


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_passes_its_own_check(kind):
    template = load_template(kind)
    assert template.sha256 == hashlib.sha256(template.content).hexdigest()
    assert {"学生姓名", "文号"} <= template.placeholders


def test_the_countys_own_file_wins_over_the_shipped_one(tmp_path):
    own = reading.with_document_xml(SHIPPED, "请求组织人员劝返为盼", "请组织劝返")
    (tmp_path / "报告单.docx").write_bytes(own)
    assert load_template("报告单", tmp_path).content == own
    assert load_template("家访表", tmp_path).content == load_template("家访表").content
    assert load_template("报告单", tmp_path / "没有").content == SHIPPED


def test_a_county_may_use_facts_its_form_did_not_have():
    template = county("报告单", "{{ 村 }}", "{{ 村 }}{{ 身份证件号 }}{{ 旷课天数 }}")
    assert {"身份证件号", "旷课天数"} <= template.placeholders


def test_unknown_and_missing_names_are_all_told_at_once():
    sentence = refusal("报告单", "{{ 学生姓名 }}", "{{ 学生性名 }}{{ 天气 }}")
    assert "学生性名（是不是“学生姓名”？）" in sentence
    assert "天气" in sentence
    assert "缺少必须有的名称：学生姓名" in sentence
    assert "WPS" in sentence


def test_a_broken_brace_is_told_alone_and_the_file_by_its_name(tmp_path):
    own = reading.with_document_xml(SHIPPED, "{{ 学生姓名 }}", "{{ 学生姓名 ")
    (tmp_path / "报告单.docx").write_bytes(own)
    with pytest.raises(UserError) as refused:
        load_template("报告单", tmp_path)
    assert refused.value.sentence.startswith("模板“报告单.docx”不能用：占位写法有误")
    assert "缺少必须有的名称" not in refused.value.sentence
    assert str(tmp_path) not in refused.value.sentence


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{{ 学生姓名 村 }}", "占位写法有误：{{ 学生姓名 村 }}"),
        ("{{ 学生姓名 ", "占位写法有误"),
        ("{% if 村 %}{{ 学生姓名 }}", "占位写法有误"),
        ("{{ 学生姓名.__class__ }}", "__class__"),
        ("{{ 学生姓名|length }}", "length"),
        ("{{ 学生姓名['x'] }}", "不能写"),
        ("{% for 村 in 学生姓名 %}{{ 村 }}{% endfor %}", "不能写"),
        ("{{ range(9) }}{{ 学生姓名 }}", "不能写"),
        ("｛｛学生姓名｝｝{{ 学生姓名 }}", "全角花括号"),
        ("{{r 学生姓名 }}", "印不出来的名称：学生姓名"),
    ],
)
def test_only_plain_names_are_allowed_in_a_template(written, told):
    assert told in refusal("报告单", "{{ 学生姓名 }}", written)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 locked", SHIPPED[: len(SHIPPED) // 2]]
)
def test_a_file_that_is_no_docx_is_refused(content):
    with pytest.raises(UserError, match=r"已损坏、加了密码.*另存为docx"):
        template_from("报告单", content, "县版.docx")


def test_a_zip_that_is_no_docx_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UserError, match="已损坏"):
        template_from("报告单", buffer.getvalue(), "县版.docx")


def test_broken_xml_inside_is_refused():
    broken = reading.with_document_xml(SHIPPED, "</w:body>", "")
    with pytest.raises(UserError, match="已损坏"):
        template_from("报告单", broken, "县版.docx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 60_000_000)
    with pytest.raises(UserError, match="太大"):
        template_from("报告单", buffer.getvalue(), "县版.docx")


def test_a_template_that_fetches_something_from_outside_is_refused():
    link = (
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'image" Target="http://example.invalid/a.png" TargetMode="External"/></Relationships>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SHIPPED)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/_rels/document.xml.rels":
                part = part.replace(b"</Relationships>", link.encode())
            target.writestr(name, part)
    with pytest.raises(UserError, match="指向外部"):
        template_from("报告单", buffer.getvalue(), "县版.docx")


def test_a_placeholder_that_wps_split_over_runs_is_still_found():
    split = '{{ 学生</w:t></w:r><w:r><w:t xml:space="preserve">姓名 }}'
    assert "学生姓名" in county("报告单", "{{ 学生姓名 }}", split).placeholders


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('<w:r><w:drawing xmlns:w="{ns}"/></w:r>', "图片"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "域（页码、日期等）"),
        ('<w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>', "自动编号"),
    ],
)
def test_what_our_pages_would_drop_is_refused_and_named(written, told):
    """A county's emblem or page number must not vanish from stamped paper without a word."""
    markup = written.replace(' xmlns:w="{ns}"', "")
    content = reading.with_document_xml(SHIPPED, "</w:body>", f"<w:p>{markup}</w:p></w:body>")
    with pytest.raises(UserError, match=f"印不出来的{told}"):
        template_from("报告单", content, "县版.docx")


BAD = Path(__file__).parents[2] / "data" / "bad"


@pytest.mark.parametrize(
    ("name", "told"), [("tpl-const-str.docx", "“a”、“999999999”"), ("tpl-in.docx", "“1”、“2”")]
)
def test_a_sum_of_constants_is_refused_before_it_is_worked_out(name, told):
    with pytest.raises(UserError, match=told) as refused:
        template_from("报告单", (BAD / name).read_bytes(), name)
    assert f"模板“{name}”不能用" in refused.value.sentence


@pytest.mark.parametrize(
    "written", ["{% if 学生姓名 == '王小花' %}甲{% endif %}", "{% if 学生姓名 %}甲{% endif %}"]
)
def test_a_name_may_be_compared_with_a_constant(written):
    assert county("报告单", "请求组织人员劝返为盼", written)


def test_a_countys_template_is_opened_in_the_reading_process(tmp_path, monkeypatch):
    own = reading.with_document_xml(SHIPPED, "请求组织人员劝返为盼", "请组织劝返")
    (tmp_path / "报告单.docx").write_bytes(own)
    monkeypatch.setattr(template, "template_from", None)  # here; the reading process has its own
    assert load_template("报告单", tmp_path).content == own


def test_a_template_without_end_costs_one_sentence(tmp_path):
    deep = reading.with_document_xml(
        SHIPPED, "请求组织人员劝返为盼", "{{ " + "(" * 50_000 + ")" * 50_000 + " }}"
    )
    (tmp_path / "报告单.docx").write_bytes(deep)
    with pytest.raises(UserError, match=r"报告单\.docx"):
        load_template("报告单", tmp_path)
