"""The check of a county's template: what our pages do not lay out is refused by name, and nothing else is."""

import re
import shutil
import subprocess

import pytest

from app.documents.catalogue import KINDS
from app.documents.template import load_template, template_from
from app.errors import UserError
from tests.app.documents import reading

SHIPPED = load_template("报告单").content
NAME = "{{ 学生姓名 }}</w:t></w:r>"
RUN = "<w:r><w:t>字</w:t></w:r>"
NUMBER = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def refused(content: bytes) -> str:
    with pytest.raises(UserError) as problem:
        template_from("报告单", content, "县版.docx")
    found = re.search("印不出来的(.*?)，要删去", problem.value.sentence)
    assert found, problem.value.sentence
    return found[1]


def with_paragraph(properties: str = "", inside: str = RUN) -> bytes:
    return reading.with_document_xml(
        SHIPPED, "<w:sectPr>", f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p><w:sectPr>"
    )


def with_run(properties: str) -> bytes:
    return with_paragraph(inside=f"<w:r><w:rPr>{properties}</w:rPr><w:t>字</w:t></w:r>")


def with_cell(properties: str = "", row: str = "", table: str = "", inside: str = "<w:p/>") -> bytes:
    made = (
        f'<w:tbl><w:tblPr><w:tblW w:w="1000" w:type="dxa"/>{table}</w:tblPr><w:tblGrid><w:gridCol w:w="1000"/>'
        f'</w:tblGrid><w:tr>{row}<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/>{properties}</w:tcPr>{inside}</w:tc>'
        "</w:tr></w:tbl><w:p/><w:sectPr>"
    )
    return reading.with_document_xml(SHIPPED, "<w:sectPr>", made)


def with_section(inside: str) -> bytes:
    return reading.with_document_xml(SHIPPED, "</w:sectPr>", f"{inside}</w:sectPr>")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (with_section('<w:cols w:num="2" w:space="425"/>'), "分栏"),
        (with_section('<w:pgBorders><w:top w:val="single"/></w:pgBorders>'), "页面边框"),
        (with_section('<w:lnNumType w:countBy="1"/>'), "行号"),
        (with_section('<w:pgNumType w:fmt="chineseCounting"/>'), "不是1、2、3的页码"),
        (with_section('<w:docGrid w:type="linesAndChars" w:charSpace="100"/>'),
         "文档网格里的字符网格（改成只指定行网格）"),
        (with_paragraph(inside=f'<w:ins w:id="1" w:author="a">{RUN}</w:ins>'), "未接受的修订（插入、删除）"),
        (with_paragraph(inside="<w:del w:id='1'><w:r><w:delText>旧</w:delText></w:r></w:del>"),
         "未接受的修订（插入、删除）"),
        (with_paragraph('<w:rPr><w:ins w:id="1"/></w:rPr>'), "未接受的修订（插入、删除）"),
        (with_paragraph(inside='<w:commentRangeStart w:id="1"/>'), "批注"),
        (with_paragraph('<w:shd w:val="clear" w:fill="FFFF00"/>'), "底纹"),
        (with_paragraph("<w:numPr><w:numId w:val='7'/></w:numPr>"), "自动编号"),
        (with_paragraph('<w:framePr w:w="100"/>'), "图文框"),
        (with_paragraph('<w:wordWrap w:val="0"/>'), "允许西文在单词中间换行"),
        (with_paragraph('<w:tabs><w:tab w:val="decimal" w:pos="100"/></w:tabs>'), "小数点或竖线的制表位"),
        (with_paragraph('<w:pBdr><w:top w:val="wave"/></w:pBdr>'), "少见的线型（用单线、双线、虚线或点线）"),
        (with_run('<w:highlight w:val="yellow"/>'), "突出显示的文字"),
        (with_run('<w:vertAlign w:val="superscript"/>'), "上标或下标"),
        (with_run('<w:w w:val="80"/>'), "缩放了宽度的文字"),
        (with_run('<w:position w:val="6"/>'), "升高或降低的文字"),
        (with_run('<w:em w:val="dot"/>'), "着重号"),
        (with_run('<w:u w:val="wave"/>'), "不是单线的下划线"),
        (with_run('<w:eastAsianLayout w:id="1" w:combine="1"/>'), "纵横混排或双行合一的文字"),
        (with_run('<w:neverHeard w:val="1"/>'), "“neverHeard”格式"),
        (with_cell('<w:shd w:val="pct15" w:fill="auto"/>'), "底纹"),
        (with_cell('<w:tcBorders><w:tl2br w:val="single"/></w:tcBorders>'), "斜线"),
        (with_cell('<w:textDirection w:val="tbRlV"/>'), "竖排或转向的文字"),
        (with_cell(row='<w:trPr><w:trHeight w:val="400" w:hRule="exact"/></w:trPr>'), "固定值的行高（改成最小值）"),
        (with_cell(row='<w:tblPrEx><w:tblCellMar><w:top w:w="9"/></w:tblCellMar></w:tblPrEx>'), "个别行另设的表格线"),
        (with_cell(table='<w:tblpPr w:vertAnchor="page"/>'), "文字环绕的表格"),
        (with_cell(inside="<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/>"), "表格里的表格"),
        (with_paragraph(inside="<w:r><w:pict/></w:r>"), "图片或文本框"),
        (with_paragraph(inside="<w:r><w:drawing/></w:r>"), "图片"),
        (with_paragraph(inside="<w:r><w:object/></w:r>"), "嵌入的对象"),
        (with_paragraph(inside='<w:r><w:footnoteReference w:id="2"/></w:r>'), "脚注或尾注"),
        (with_paragraph(inside='<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'),
         "特殊符号（改成普通文字，如□、√）"),
        (with_paragraph(inside='<w:r><w:br w:type="column"/></w:r>'), "分栏"),
        (with_paragraph(inside=f'<w:fldSimple w:instr=" DATE ">{RUN}</w:fldSimple>'), "域（页码、日期等）"),
        (with_paragraph(inside=NUMBER.format("PAGE")), "域（页码、日期等）"),
    ],
)  # fmt: skip
def test_what_our_pages_do_not_lay_out_is_refused_by_its_name(content: bytes, told: str) -> None:
    assert refused(content) == told


def test_a_style_in_use_is_looked_through_and_what_it_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )
    content = reading.with_part(SHIPPED, "word/styles.xml", "</w:styles>", f"{styles}</w:styles>")
    assert template_from("报告单", content, "县版.docx")
    used = reading.with_document_xml(
        content, "<w:sectPr>", '<w:p><w:pPr><w:pStyle w:val="B"/></w:pPr></w:p><w:sectPr>'
    )
    assert refused(used) == "自动编号"


def test_stripes_of_a_table_style_are_refused() -> None:
    style = (
        '<w:style w:type="table" w:styleId="T"><w:name w:val="t"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/>'
        "</w:rPr></w:tblStylePr></w:style></w:styles>"
    )
    content = reading.with_part(
        with_cell(table='<w:tblStyle w:val="T"/>'), "word/styles.xml", "</w:styles>", style
    )
    assert refused(content) == "带首行、条纹等格式的表格样式"


def test_odd_and_even_pages_are_refused() -> None:
    content = reading.with_part(
        SHIPPED, "word/settings.xml", "</w:settings>", "<w:evenAndOddHeaders/></w:settings>"
    )
    assert refused(content) == "奇偶页不同或对称的页面"


@pytest.mark.parametrize(
    "content",
    [
        with_paragraph(
            '<w:kinsoku/><w:suppressAutoHyphens/><w:outlineLvl w:val="0"/><w:shd w:val="clear" w:fill="auto"/>'
            '<w:numPr><w:numId w:val="0"/></w:numPr><w:textAlignment w:val="auto"/><w:bidi w:val="0"/>',
            '<w:proofErr w:type="spellStart"/><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
            '<w:r w:rsidR="00AB12CD"><w:rPr><w:lang w:eastAsia="zh-CN"/><w:noProof/><w:kern w:val="2"/>'
            '<w:caps w:val="0"/><w:highlight w:val="none"/><w:w w:val="100"/><w:position w:val="0"/></w:rPr>'
            "<w:lastRenderedPageBreak/><w:t>字</w:t></w:r>",
        ),
        with_section('<w:cols w:space="425"/><w:textDirection w:val="lrTb"/><w:docGrid w:charSpace="0"/>'),
        with_cell('<w:noWrap/><w:shd w:val="clear" w:color="auto" w:fill="auto"/>', table='<w:tblLook w:val="04A0"/>'),
        with_cell(
            row='<w:tblPrEx><w:tblW w:w="1000" w:type="dxa"/></w:tblPrEx><w:trPr><w:jc w:val="center"/></w:trPr>',
            table='<w:jc w:val="center"/>',
        ),
        reading.with_part(SHIPPED, "word/settings.xml", "</w:settings>",
                          '<w:evenAndOddHeaders w:val="0"/></w:settings>'),
    ],
)  # fmt: skip
def test_what_an_office_suite_writes_on_saving_passes(content: bytes) -> None:
    assert template_from("报告单", content, "县版.docx")


@pytest.mark.parametrize("where", ["header", "footer", "first_page_header", "first_page_footer"])
def test_a_header_may_hold_words_names_and_page_numbers(where: str) -> None:
    words = "<w:p><w:r><w:t>姓名：{{ 民族 }}　第</w:t></w:r>"
    simple = '<w:fldSimple w:instr="NUMPAGES \\* Arabic"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    content = reading.with_running(SHIPPED, where, f"{words}{NUMBER.format('PAGE')}{simple}</w:p>")
    assert "民族" in template_from("报告单", content, "县版.docx").placeholders


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ("<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", "页眉或页脚里的表格"),
        (f"<w:p>{NUMBER.format('SECTIONPAGES')}</w:p>", "域（页码、日期等）"),
        ('<w:p><w:fldSimple w:instr=" PAGE \\* CHINESENUM3 "/></w:p>', "域（页码、日期等）"),
        ("<w:p><w:r><w:pict/></w:r></w:p>", "图片或文本框"),
    ],
)
def test_anything_else_in_a_footer_is_refused(inside: str, told: str) -> None:
    assert told in refused(reading.with_running(SHIPPED, "footer", inside)).split("、") or told == refused(
        reading.with_running(SHIPPED, "footer", inside)
    )


def test_a_shipped_template_saved_again_by_libreoffice_passes(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    soffice = shutil.which("soffice")
    assert soffice, "install libreoffice-writer-nogui"
    folder = tmp_path_factory.mktemp("saved")
    for kind in KINDS:
        (folder / f"{kind}.docx").write_bytes(load_template(kind).content)
    subprocess.run(
        [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx",
         "--outdir", str(folder / "out"), *(str(folder / f"{kind}.docx") for kind in KINDS)],
        capture_output=True, timeout=300, check=True,
    )  # fmt: skip
    for kind in KINDS:
        assert template_from(kind, (folder / "out" / f"{kind}.docx").read_bytes(), kind)
