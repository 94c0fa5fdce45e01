"""The demo: an invented school whose story has cases in several stages, whatever day it is run on."""

from pathlib import Path

import pytest

from app.demo.school import CLASS_SIZE
from tests.helpers.cli import Cli, cheap_keys, simple_pages


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo run once: its folder, and what it said."""
    out = tmp_path_factory.mktemp("演示") / "出"
    with cheap_keys():
        said = Cli(out.parent / "没有", "2030-01-01", simple_pages).text("demo", "--out", str(out))
    return out, said


def test_the_roster_goes_in_without_a_bad_row(told: tuple[Path, str]) -> None:
    assert f"新增{CLASS_SIZE * 6}名学生，0行有问题" in told[1]


@pytest.mark.parametrize("stage", ["学校劝返", "缺勤预警", "已复学(观察期)", "已撤销(补假)"])
def test_cases_stand_in_several_stages(told: tuple[Path, str], stage: str) -> None:
    assert stage in told[1]


@pytest.mark.parametrize("kind", ["报告单", "情况记录表", "返校通知书", "家访"])
def test_its_papers_lie_in_the_folder_as_word_and_pdf(told: tuple[Path, str], kind: str) -> None:
    for ending in ("docx", "pdf"):
        assert [path for path in told[0].glob(f"*.{ending}") if kind in path.name], kind


def test_the_days_tasks_are_told(told: tuple[Path, str]) -> None:
    assert "预警" in told[1]
    assert "一年级1班补记点名" in told[1]
