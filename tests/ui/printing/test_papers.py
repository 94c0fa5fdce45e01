"""The program's own papers on pages: what the standard and the offices ask of each."""

import io
import subprocess
from pathlib import Path

import pytest
from docx import Document

from app.documents import allowed
from app.documents.fill import fill
from app.documents.template import Template, load_template, template_from
from tests.app.documents.samples import ORDINARY, facts
from tests.ui.printing import samples
from ui.printing import read_text
from ui.printing.pages import PageSet, lay_out

RECORDS = ["五次动员记录表", "学校情况记录表", "组织入学记录表"]
VISIT = samples.long_note(90)
FIVE = {
    f"第{one}次{what}": words
    for one in "一二三四五"
    for what, words in {"日期": "10月21日", "情况": VISIT, "记录人": "郑干事"}.items()
}


def test_the_check_passes_the_symbols_that_our_pages_draw() -> None:
    assert set(read_text.SYMBOLS) == allowed.SYMBOLS


def issued(kind: str, values: dict[str, str], template: Template | None = None) -> PageSet:
    used = template or load_template(kind)
    return lay_out(
        fill(used, facts(used, ORDINARY | values), ["签发人", "承办人"] if kind == "限期复学通知书" else [])
    )


@pytest.mark.parametrize("kind", ["五次动员记录表", "组织入学记录表"])
def test_five_ordinary_visits_stay_on_one_page(kind: str) -> None:
    pages = issued(kind, FIVE | {"动员结果": "已返校"})
    assert pages.page_count == 1
    assert {"第一次", "第五次", "10月21日"} <= set(pages.texts(0))


@pytest.mark.parametrize("kind", ["五次动员记录表", "组织入学记录表"])
def test_the_columns_of_the_visit_log_leave_the_room_to_the_story(kind: str) -> None:
    log = Document(io.BytesIO(load_template(kind).content)).tables[-1]
    widths = [round(column.width.mm) for column in log.columns]
    assert [widths[1], widths[2], widths[4]] == [13, 18, 22]


@pytest.mark.parametrize("kind", RECORDS)
def test_every_page_but_the_first_says_whose_paper_it_is(kind: str) -> None:
    story = samples.long_note(1500)
    names = [name for name in FIVE if name.endswith("情况")] + ["家庭情况", "家长态度"]
    pages = issued(kind, FIVE | dict.fromkeys(names, story))
    count = pages.page_count
    assert count > 1
    said = "学生姓名：王小花　编号：湖小疑辍报〔2026〕1号　第{}页共{}页（续）"
    assert [pages.texts(page)[0] for page in range(1, count)] == [
        said.format(page + 1, count) for page in range(1, count)
    ]
    assert not any("（续）" in text for text in pages.texts(0))


def test_the_blank_visit_form_names_its_child_on_a_further_page() -> None:
    header = Document(io.BytesIO(load_template("家访表").content)).sections[0].header
    assert "学生姓名：{{ 学生姓名 }}　编号：{{ 文号 }}　第" in header.paragraphs[0].text


def test_the_order_alone_is_numbered_from_one_below_its_text() -> None:
    pages = issued("限期复学通知书", {})
    feet = {
        page: [text for text in pages.texts(page) if text.startswith("— ")]
        for page in range(pages.page_count)
    }
    starts = [page for page in feet if any("限期复学通知书" in text for text in pages.texts(page))]
    first = next(page for page in starts if "限期复学通知书" in pages.texts(page))
    receipt = next(page for page in feet if any(text.startswith("送　达") for text in pages.texts(page)))
    letter = range(first, receipt)
    assert {page: words for page, words in feet.items() if words} == {
        page: [f"— {page - first + 1} —"] for page in letter
    }
    page = pages.pages[first]
    foot = next(one for one in page.lines if one.line.text == "— 1 —")
    assert {(piece.style.size, piece.style.east_asia) for piece in foot.line.pieces} == {(28, "宋体")}
    dash = foot.y + foot.line.baseline - 0.3 * 280
    below = (dash - (page.setup.height - page.setup.bottom)) * 25.4 / 1440
    assert below == pytest.approx(7, abs=0.5)  # GB/T 9704-2012, 7.5


def test_the_stub_of_an_office_with_a_long_name_stays_on_one_page() -> None:
    pages = issued("限期复学通知书", {"发文机关": "松桃苗族自治县盘信镇长坪乡小寨子沟乡人民政府"})
    assert pages.texts(0)[-1].startswith("（骑缝处盖章）")
    assert pages.texts(1)[:3] == ["松桃苗族自治县盘信镇长坪乡小寨子沟乡", "人民政府", "限期复学通知书"]


def test_a_line_of_the_order_has_28_letters() -> None:
    pages = issued("限期复学通知书", {})
    body = [
        placed.line.text.rstrip("，。；、")
        for page in pages.pages
        for placed in page.lines
        if {piece.style.spacing for piece in placed.line.pieces} == {-6}
    ]
    plain = [text for text in body if not any(char.isascii() for char in text)]
    assert max(len(text) for text in plain) == 28  # GB/T 9704-2012, 5.2.3


def test_a_template_saved_again_by_libreoffice_gives_the_same_pages(tmp_path: Path, soffice: str) -> None:
    """It drops autoSpaceDE of the style; without it digits stand apart and lines end elsewhere."""
    kind = "返校通知书"
    (tmp_path / "in.docx").write_bytes(load_template(kind).content)
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path / "out"), str(tmp_path / "in.docx")]
    subprocess.run(command, capture_output=True, timeout=300, check=True)
    again = template_from(kind, (tmp_path / "out" / "in.docx").read_bytes(), "县版.docx")
    ours, theirs = issued(kind, {}), issued(kind, {}, again)
    assert theirs.page_count == ours.page_count
    assert [theirs.texts(page) for page in range(ours.page_count)] == [
        ours.texts(page) for page in range(ours.page_count)
    ]
