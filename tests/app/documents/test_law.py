import re
import shutil
from pathlib import Path

import pytest

from app.documents import law
from app.documents.catalogue import KINDS
from app.documents.template import load_template
from app.errors import EnvironmentProblem, UserError
from tests.app.documents import reading

NUMERAL = "[一二三四五六七八九十百零]+"
LEVELS = ("学校", "乡镇", "县")
SOURCES = Path(__file__).parents[2] / "data" / "law"


def test_every_text_of_the_table_stands_word_for_word_in_the_copy_of_the_source():
    for path in SOURCES.glob("*.txt"):
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        name, version = head.split()
        table = next(one for one in law.load().values() if one.name == name)
        assert table.version == version
        printed = []
        for number, paragraphs in table.articles.items():
            text = [line for one in paragraphs for line in (one.text, *one.items)]
            text[0] = f"第{law.numeral(number)}条 {text[0]}"
            printed += text
        assert printed == lines


def test_the_table_holds_the_copied_sources_and_no_other_law():
    assert {one.name for one in law.load().values()} == {
        path.read_text(encoding="utf-8").split()[0] for path in SOURCES.glob("*.txt")
    }


def test_citations_name_article_paragraph_and_item_as_usage_has_it():
    assert law.cite("义务教育法", 13, 1) == "《中华人民共和国义务教育法》第十三条第一款"
    assert law.cite("义务教育法", 58) == "《中华人民共和国义务教育法》第五十八条"
    assert law.cite("未成年人保护法", 16, item=5) == "《中华人民共和国未成年人保护法》第十六条第五项"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("义务教育法", 10), "第十条"),
        (("义务教育法", 13, 3), "没有第三款"),
        (("未成年人保护法", 16, None, 11), "没有第十一项"),
        (("未成年人保护法", 28, None, 1), "写明第几款"),
        (("行政复议法", 21), "第二十一条"),
        (("国家赔偿法", 2), "国家赔偿法"),
    ],
)
def test_what_the_table_does_not_hold_cannot_be_cited(asked, words):
    with pytest.raises(UserError, match=words):
        law.cite(*asked)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (5, "五"), (10, "十"), (13, "十三"), (58, "五十八"), (90, "九十"), (100, "一百"),
     (108, "一百零八"), (110, "一百一十"), (130, "一百三十"), (999, "九百九十九")],
)  # fmt: skip
def test_article_numbers_are_written_in_chinese(number, words):
    assert law.numeral(number) == words


def sentences(kind):
    """Every sentence of law a paper of the kind may carry, whoever issues it."""
    return [words for level in LEVELS for words in KINDS[kind].law_context(level).values()]


@pytest.mark.parametrize("kind", KINDS)
def test_every_citation_on_a_paper_is_in_the_table_and_every_quotation_is_verbatim(kind):
    whole = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES.glob("*.txt"))
    names = {law.title(short) for short in law.load()}
    articles = {law.numeral(number) for one in law.load().values() for number in one.articles}
    for sentence in sentences(kind):
        for quoted in re.findall("“([^”]*)”", sentence):
            assert quoted in whole
        assert set(re.findall("《[^》]*》", sentence)) <= names
        assert {one[1] for one in re.finditer(f"第({NUMERAL})条", sentence)} <= articles


@pytest.mark.parametrize("kind", KINDS)
def test_no_template_names_a_law_or_an_article_by_itself(kind):
    printed = reading.words(load_template(kind).content)
    assert not re.search("第[一二三四五六七八九十百]+条|《[^》]*(法|条例|规定|办法)》", printed)


@pytest.mark.parametrize("kind", KINDS)
def test_no_paper_speaks_of_a_fine_because_national_law_gives_none(kind):
    printed = reading.words(load_template(kind).content) + "".join(sentences(kind))
    assert not re.search("罚款|处罚|罚金|罚没|拘留", printed)


@pytest.mark.parametrize("kind", KINDS)
def test_the_law_table_fills_exactly_the_locked_fields(kind):
    assert set(KINDS[kind].law) == {field.name for field in KINDS[kind].fields if field.locked}


def test_a_changed_law_text_is_refused(tmp_path):
    folder = tmp_path / "law"
    shutil.copytree(law.LAW_FOLDER, folder)
    path = folder / "compulsory_education.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("批评教育", "严肃处理"), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"compulsory_education.toml 被改动过.*重新安装"):
        law.load(folder)


def test_windows_line_ends_do_not_count_as_a_change(tmp_path):
    folder = tmp_path / "law"
    shutil.copytree(law.LAW_FOLDER, folder)
    for path in folder.glob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert law.load(folder) == law.load()


def test_a_missing_law_table_asks_for_a_new_installation(tmp_path):
    with pytest.raises(EnvironmentProblem, match="重新安装"):
        law.load(tmp_path)


def test_a_street_office_as_issuer_is_warned_of_article_58():
    assert "第五十八条" in law.issuer_warning("城关街道办事处")
    assert law.issuer_warning("湖美乡人民政府") is None
