"""The manual: its pages in the order of the index, and the search over them."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.helpers import ROOT
from ui.help.manual import HELP, INDEX, Manual, version

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def made(folder: Path, **pages: str) -> Manual:
    for key, text in pages.items():
        (folder / f"{key}.md").write_text(text, encoding="utf-8")
    return Manual(folder)


def test_the_pages_come_in_the_order_of_the_index() -> None:
    manual = Manual()
    assert list(manual.pages)[:2] == [INDEX, "start"]
    assert list(manual.pages)[-1] == "about"
    assert {f"{key}.md" for key in manual.pages} == {page.name for page in HELP.glob("*.md")}
    assert manual.titles["today"] == "今日"


def test_an_unknown_page_is_the_index() -> None:
    assert Manual().known("today") == "today"
    assert Manual().known("nowhere") == INDEX


def test_a_search_needs_all_its_words_and_puts_titles_first(tmp_path: Path) -> None:
    manual = made(
        tmp_path,
        index="# 手册\n\n[甲](a.md) [乙](b.md)\n\n家访",
        a="# 点名\n\n先家访，再点名。",
        b="# 家访\n\n敲门。",
    )
    assert [one.page for one in manual.search("家访")] == ["b", "a", INDEX]
    assert [one.page for one in manual.search("家访 点名")] == ["a"]
    assert manual.search("  ") == []
    assert manual.search("鲸鱼") == []


def test_a_search_shows_the_words_around_without_marks(tmp_path: Path) -> None:
    manual = made(tmp_path, index="# 手册\n\n- **重新**用 `roll take` [点名](x.md) 一次", x="# 乙\n")
    assert manual.search("点名")[0].excerpt == "…ll take 点名 一次"


@pytest.mark.parametrize("text", ["无法判定", "PDF", "pdf", "恢复码", "GUIXUE"])
def test_what_people_look_for_is_found(text: str) -> None:
    assert Manual().search(text)


def test_the_page_about_covers_exactly_the_parts_the_program_is_made_of() -> None:
    about = Manual().pages["about"]
    assert f"归学 {version()} 版" in about
    parts = re.findall(r"^\| ([a-zA-Z][\w-]*) \|", about, re.MULTILINE)
    assert sorted(parts) == sorted(re.split(r"[<>=!~\[ ]", line)[0] for line in PROJECT["dependencies"])


def test_the_version_is_the_projects() -> None:
    assert version() == PROJECT["version"]
