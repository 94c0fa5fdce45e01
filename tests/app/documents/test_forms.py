"""A form is one toml and one docx; a wrong file is named with what is wrong in it."""

import shutil
from pathlib import Path

import pytest

from app.documents.forms import FIELDS, FORMS, read_forms
from app.documents.law_words import law_words
from app.errors import EnvironmentProblem, UserError
from app.settings import TEMPLATES_DOCX


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FORMS, tmp_path / "forms"))


def test_every_form_has_its_docx_and_every_docx_its_form() -> None:
    assert {one.stem for one in FORMS.glob("*.toml")} == {one.stem for one in TEMPLATES_DOCX.glob("*.docx")}


def test_a_new_form_is_one_file_beside_its_docx(folder: Path) -> None:
    new = (folder / "异地就读证明.toml").read_text(encoding="utf-8").replace("异地就读证明", "在读证明")
    new = new.replace("place = 9", "place = 10")
    (folder / "在读证明.toml").write_text(new, encoding="utf-8")
    forms = read_forms(folder)
    assert list(forms)[-1] == "在读证明"
    assert forms["在读证明"].template_file == "在读证明.docx"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "疑似辍学学生报告单"', 'titel = "疑似辍学学生报告单"', "titel"),
        ("place = 1", 'place = "一"', "place"),
        ('levels = ["学校", ', 'levels = ["村", ', "levels"),
        ('    "村",\n', '    "村庄",\n', "没有声明村庄"),
        ('kind = "报告单"', 'kind = "报单"', "种类应当是“报告单”"),
        ("place = 1", "place = ", "报告单.toml"),
    ],
)
def test_a_wrong_file_is_named_with_what_is_wrong(folder: Path, old: str, new: str, words: str) -> None:
    path = folder / "报告单.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"报告单\.toml") as refused:
        read_forms(folder)
    assert words in refused.value.sentence


def test_a_form_that_cites_what_the_table_does_not_hold_is_named(folder: Path) -> None:
    path = folder / "返校通知书.toml"
    text = path.read_text(encoding="utf-8").replace("义务教育法 11.2", "义务教育法 99.2")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="第九十九条"):
        read_forms(folder)


def test_two_forms_of_one_kind_and_an_empty_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(EnvironmentProblem, match="重新安装"):
        read_forms(tmp_path / "none")


def test_a_file_of_fields_that_is_no_toml_is_named(folder: Path, tmp_path: Path) -> None:
    fields = tmp_path / "form_fields.toml"
    fields.write_bytes(FIELDS.read_bytes() + b"\xff")
    with pytest.raises(EnvironmentProblem, match=r"form_fields\.toml"):
        read_forms(folder, fields)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{cite 义务教育法 13.1}", "《中华人民共和国义务教育法》第十三条第一款"),
        ("{clause 义务教育法 58}", "第五十八条"),
        ("{title 民事诉讼法}", "《中华人民共和国民事诉讼法》"),
        ("{clause 未成年人保护法 16..5}", "第十六条第五项"),
        ("{item 未成年人保护法 17..5}", "放任或者迫使应当接受义务教育的未成年人失学、辍学"),
        ("{cite 个人信息保护法 13.1.3}", "《中华人民共和国个人信息保护法》第十三条第一款第三项"),
    ],
)
def test_references_to_the_law_are_put_into_words(pattern: str, words: str) -> None:
    assert law_words(pattern) == words


@pytest.mark.parametrize(
    "pattern", ["{quote 义务教育法 99}", "{cite 义务教育法}", "{说 义务教育法 5}", "{cite", "}"]
)
def test_a_wrong_reference_is_refused(pattern: str) -> None:
    with pytest.raises(UserError):
        law_words(pattern)
