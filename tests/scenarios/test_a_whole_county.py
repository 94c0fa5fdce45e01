"""Twelve thousand children in one folder: the answers stay right."""

import csv
from pathlib import Path

import pytest

from tests.helpers.cli import HEADER, Cli, child_row
from tests.scenarios.conftest import Office

SCHOOLS, CLASSES, SIZE = 10, 24, 50
COUNT = SCHOOLS * CLASSES * SIZE


@pytest.fixture
def county(office: Office, tmp_path: Path) -> Cli:
    """A township with ten schools of 1200 children each, all in one csv."""
    cli = office("mengjin", "township").on("2026-09-21")
    with (tmp_path / "全县.csv").open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["学校名称", *HEADER])
        for n in range(COUNT):
            school, place = divmod(n, CLASSES * SIZE)
            grade = place // SIZE % 6
            group = f"{'一二三四五六'[grade]}年级{place // SIZE // 6 + 1}班"
            born = f"{2019 - grade}-{n // 190 % 12 + 1:02d}-{n // 2280 % 28 + 1:02d}"
            row = child_row(n % 190, f"学{_letters(n)}", group, born=born, phone=f"139{n:08d}")
            writer.writerow([f"第{school + 1}小学", *row])
    return cli


def _letters(n: int) -> str:
    """A name of its own for every number."""
    signs = "甲乙丙丁戊己庚辛壬癸"
    return "".join(signs[int(digit)] for digit in f"{n:05d}")


def test_twelve_thousand_children_are_listed_searched_and_imported_again(county: Cli, tmp_path: Path) -> None:
    file = str(tmp_path / "全县.csv")
    found = county("roster", "import", file)
    assert (found["added"], found["rejected"]) == (COUNT, [])
    assert len(county("student", "list")) == COUNT
    assert [one["name"] for one in county("student", "list", "--search", f"139{777:08d}")] == [
        f"学{_letters(777)}"
    ]
    again = county("roster", "import", file)
    assert (again["added"], again["unchanged"], again["vanished"]) == (0, COUNT, [])
    county("case", "open", "--student", f"学{_letters(777)}", "--trigger", "排查发现", "--date", "2026-09-21")
    tasks = county("today")
    assert [task["student"] for task in tasks if task["case"]] == [f"学{_letters(777)}"]
