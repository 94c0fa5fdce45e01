"""Eight classes of a larger school on 今日: one row for all, and one missing roll is one task.

09-18 is a Friday, 09-20 a make-up Sunday and 09-21 a Monday of 2026; the rules of 孟津 open a case at three days.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.cli import HEADER, Cli, cheap_keys, child_row
from tests.helpers.sheets import workbook

CLASSES = [f"{grade}年级{number}班" for grade in "一二三四" for number in (1, 2)]
NAMES = ["赵小一", "钱小二", "孙小三", "李小四", "周小五", "吴小六", "郑小七", "王小八"]
FRIDAY, SUNDAY, MONDAY = "2026-09-18", "2026-09-20", "2026-09-21"


@pytest.fixture
def school(tmp_path: Path) -> Cli:
    """A child in each of eight classes, and a second one in the first."""
    cli = Cli(tmp_path / "data", "2026-09-01")
    with cheap_keys():
        cli("init", "--level", "school", "--name", "石桥小学", "--rules", "mengjin", "--operator", "陈老师")
    cli("term", "set", "--from", "2026-09-01", "--to", "2027-01-22")
    pairs = [*zip(NAMES, CLASSES, strict=True), ("冯小九", CLASSES[0])]
    rows = [child_row(n, name, group) for n, (name, group) in enumerate(pairs)]
    cli("roster", "import", str(workbook(tmp_path / "名册.xlsx", [HEADER, *rows])))
    return cli.on(MONDAY)


def take(cli: Cli, group: str, day: str, *absent: str) -> None:
    marks = [part for name in absent for part in ("--absent", f"{name}=旷课")]
    cli("roll", "take", "--class", group, "--date", day, *marks)


def roll_tasks(cli: Cli) -> list[dict[str, Any]]:
    return [task for task in cli("today") if "点名" in task["what"]]


def test_many_classes_not_called_are_one_row_a_day(school: Cli) -> None:
    for group in CLASSES:
        take(school, group, FRIDAY)
    assert [task["what"] for task in roll_tasks(school)] == ["8个班补记点名", "8个班点名"]
    past, today = roll_tasks(school)
    assert past["why"].startswith("9月20日有班没有点名：一年级1班、一年级2班")
    assert (past["state"], today["state"]) == ("overdue", "today")
    for group in CLASSES[:2]:
        take(school, group, MONDAY)
    assert [task["what"] for task in roll_tasks(school) if task["state"] == "today"] == [
        f"{group}点名" for group in CLASSES[2:]
    ]


def test_a_roll_that_leaves_two_children_open_is_one_task_that_names_them(school: Cli) -> None:
    take(school, CLASSES[0], FRIDAY, "赵小一", "冯小九")
    take(school, CLASSES[0], MONDAY, "赵小一", "冯小九")
    (task,) = [one for one in roll_tasks(school) if one["state"] == "overdue"]
    assert task["what"] == "一年级1班补记点名"
    assert "赵小一" in task["why"] and "冯小九" in task["why"] and "2人连续旷课无法判定" in task["why"]
    assert "上报" not in task["why"]


def test_a_roll_that_leaves_one_child_open_is_the_task_of_that_child(school: Cli) -> None:
    take(school, CLASSES[0], FRIDAY, "赵小一")
    take(school, CLASSES[0], MONDAY, "赵小一")
    (task,) = [one for one in roll_tasks(school) if one["state"] == "overdue"]
    assert (task["what"], task["student"]) == ("补记9月20日点名", "赵小一")
