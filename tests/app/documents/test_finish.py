"""What a filled docx gets on its way out."""

import re

import pytest

from app.documents.fill import fill
from app.documents.finish import finished
from app.documents.template import load_template
from tests.app.documents import reading, samples

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A4 = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1587" w:right="1474" w:gutter="0"/></w:sectPr>'


def organ(name: str, align: str = "center") -> list[str]:
    """The lines that are asked for: twenty letters of 二号 have room on 156 mm."""
    xml = (
        f'<w:document {W}><w:body><w:p><w:pPr><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:sz w:val="44"/></w:rPr>'
        f"<w:t>{name}</w:t></w:r></w:p>{A4}</w:body></w:document>"
    )
    written = finished(xml.encode()).decode()
    return re.sub("<[^>]*>", "", re.sub("<w:br/>", "/", written)).strip().split("/")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("大田县湖美乡人民政府", ["大田县湖美乡人民政府"]),
        ("松桃苗族自治县盘信镇长坪寨子沟乡人民政府", ["松桃苗族自治县盘信镇长坪寨子沟乡人民政府"]),
        (
            "松桃苗族自治县盘信镇长坪乡小寨子沟乡人民政府",
            ["松桃苗族自治县盘信镇长坪乡小寨子沟乡", "人民政府"],
        ),
        (
            "积石山保安族东乡族撒拉族自治县小关街道办事处",
            ["积石山保安族东乡族撒拉族自治县小关街道", "办事处"],
        ),
        (
            "积石山保安族东乡族撒拉族自治县人民政府教育局",
            ["积石山保安族东乡族撒拉族自治县人民政府", "教育局"],
        ),
        (
            "双江拉祜族佤族布朗族傣族自治县沙河镇民族委员会",
            ["双江拉祜族佤族布朗族傣族自治县沙河镇民族", "委员会"],
        ),
        ("一二三四五六七八九十一二三四五六七八九十一二", ["一二三四五六七八九十一二三四五六七八九十一二"]),
    ],
)
def test_a_long_organ_goes_on_before_its_last_word(name: str, lines: list[str]) -> None:
    assert organ(name) == lines


def test_words_that_are_not_centred_are_left_alone() -> None:
    name = "松桃苗族自治县盘信镇长坪乡小寨子沟乡人民政府"
    assert organ(name, "both") == [name]


def test_the_order_of_a_long_organ_breaks_its_titles_alike() -> None:
    name = "松桃苗族自治县盘信镇长坪乡小寨子沟乡人民政府"
    template = load_template("限期复学通知书")
    paper = fill(
        template, samples.facts(template, samples.ORDINARY | {"发文机关": name}), ["签发人", "承办人"]
    )
    titles = [one for one in reading.paragraphs(paper) if one.replace("\n", "") == name]
    assert "松桃苗族自治县盘信镇长坪乡小寨子沟乡\n人民政府" in titles


def test_every_paragraph_says_that_chinese_and_digits_stand_without_a_gap() -> None:
    xml = f'<w:document {W}><w:body><w:p><w:pPr><w:keepNext/><w:autoSpaceDE/><w:jc w:val="left"/></w:pPr></w:p><w:p/>'
    written = finished(f"{xml}</w:body></w:document>".encode()).decode()
    both = '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    assert f'<w:pPr><w:keepNext/>{both}<w:jc w:val="left"/></w:pPr>' in written
    assert f"<w:p><w:pPr>{both}</w:pPr></w:p>" in written
