"""A template is checked once, and again as soon as its file differs."""

import os
from pathlib import Path

import pytest
from docx import Document

from app.documents import template
from app.documents.fill import fill
from app.documents.template import load_template
from app.errors import UserError
from app.settings import TEMPLATES_DOCX
from tests.app.documents.reading import text as text_of

KIND = "报告单"


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of the templates that were checked, in order; nothing is kept from tests before."""
    done: list[str] = []

    checked = template._checked

    def counted(kind: str, content: bytes, path: Path) -> template.Template | str:
        done.append(kind)
        return checked(kind, content, path)

    monkeypatch.setattr(template, "_checked", counted)
    monkeypatch.setattr(template, "_kept", {})
    return done


def own(folder: Path, words: str, changed: int) -> Path:
    """The county's own template with a line of its own, last changed at second `changed`."""
    document = Document(str(TEMPLATES_DOCX / f"{KIND}.docx"))
    document.add_paragraph(words)
    file = folder / f"{KIND}.docx"
    document.save(str(file))
    os.utime(file, (changed, changed))
    return file


def test_a_file_that_stays_the_same_is_checked_once(checks: list[str], tmp_path: Path) -> None:
    own(tmp_path, "本县监制", 1)
    first = load_template(KIND, tmp_path)
    assert load_template(KIND, tmp_path) == first
    assert load_template(KIND).content != first.content
    assert checks == [KIND, KIND]  # the county's own and the shipped one


def test_a_file_that_was_changed_is_checked_anew(checks: list[str], tmp_path: Path) -> None:
    own(tmp_path, "本县监制", 1)
    load_template(KIND, tmp_path)
    own(tmp_path, "本县监印", 2)
    assert "本县监印" in text_of(load_template(KIND, tmp_path).content)
    assert len(checks) == 2


def test_a_refusal_is_kept_too_until_the_file_is_mended(checks: list[str], tmp_path: Path) -> None:
    own(tmp_path, "{{ 不知何物 }}", 1)
    for _ in range(2):
        with pytest.raises(UserError, match="不知何物"):
            load_template(KIND, tmp_path)
    assert len(checks) == 1
    own(tmp_path, "本县监制", 2)
    assert load_template(KIND, tmp_path).placeholders


def test_two_papers_of_one_template_say_each_their_own(tmp_path: Path) -> None:
    own(tmp_path, "监制 {{ 民族 }}", 1)
    kept = load_template(KIND, tmp_path)
    blanks = ["村", "旷课原因", "家长姓名", "联系电话", "年级", "班号", "报告对象"]
    blanks += ["乡镇人民政府", "教育行政部门", "学校名称", "落款日期"]
    values = {"文号": "1号", "学生姓名": "陈小满", "民族": "汉族"}
    first = text_of(fill(kept, values, blanks))
    second = text_of(fill(kept, values | {"学生姓名": "林一帆", "民族": "畲族"}, blanks))
    assert "陈小满" in first and "监制 汉族" in first
    assert "林一帆" in second and "监制 畲族" in second and "陈小满" not in second
