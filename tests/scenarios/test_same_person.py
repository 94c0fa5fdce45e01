"""同一人？ while a roster comes in: pairs side by side, a person's word about them, and how it is taken back.

九月: five children of 五年级1班, some without a number. Each of the lists of 十月 writes one of them otherwise.
"""

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.cli import Cli, cheap_keys

HEADER = "姓名,班级,出生日期,身份证号,家长姓名,家长电话"
SEPTEMBER = (
    "陈小满,五年级1班,2015-03-01,,陈建国,13900000001",
    "林一帆,五年级1班,2015-04-02,,林建国,13900000002",
    "温小春,五年级1班,,350425201503018203,温大山,13900000003",
    "温小夏,五年级1班,,350425201503018211,温大山,13900000003",
    "温小秋,五年级1班,,35042520150301822X,温大山,13900000003",
)


def listed(path: Path, *lines: str) -> str:
    path.write_text("\n".join((HEADER, *lines)), encoding="utf-8")
    return str(path)


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "data", "2026-09-01")
    with cheap_keys():
        cli("init", "--level", "school", "--name", "道义小学", "--rules", "datian", "--operator", "陈老师")
    cli("roster", "import", listed(tmp_path / "九月.csv", *SEPTEMBER))
    return cli.on("2026-10-20")


def changed(tmp_path: Path, place: int, line: str) -> str:
    """The list of 十月 with another line for one child."""
    return listed(tmp_path / "十月.csv", *SEPTEMBER[:place], line, *SEPTEMBER[place + 1 :])


def pairs(found: Any) -> list[tuple[str, str, str]]:
    return [(one["known"]["name"], one["listed"]["name"], one["reason"]) for one in found["alike"]]


def names(desk: Cli) -> list[str]:
    return sorted(one["name"] for one in desk("student", "list"))


def test_a_name_that_looks_alike_is_shown_beside_the_vanished_child(desk: Cli, tmp_path: Path) -> None:
    file = changed(tmp_path, 0, "陈小曼,五年级1班,2015-03-01,350425201503010623,陈建国,13900000001")
    found = desk("roster", "import", file, "--preview")
    assert [one["name"] for one in found["vanished"]] == ["陈小满"]
    (pair,) = found["alike"]
    assert pair["row"] == 2 and pair["said"] is None
    assert pair["known"] == {
        "name": "陈小满",
        "birth": "2015-03-01",
        "id_no": "",
        "class": "五年级1班",
        "guardian": "陈建国 13900000001",
    }
    assert pair["listed"]["name"] == "陈小曼"
    assert pair["listed"]["id_no"] not in {"", "350425201503010623"}
    assert pair["reason"] == "姓名相近、出生日期相同、家长电话相同、同班"


def test_one_word_makes_the_row_that_child_and_the_undo_takes_it_back(desk: Cli, tmp_path: Path) -> None:
    file = changed(tmp_path, 0, "陈小曼,五年级1班,2015-03-01,350425201503010623,陈建国,13900000001")
    shown = desk("roster", "import", file, "--same", "陈小满=2", "--preview")
    assert (shown["added"], shown["vanished"], shown["alike"][0]["said"]) == (0, [], True)
    done = desk("roster", "import", file, "--same", "陈小满=2")
    assert done["changes"][0]["fields"]["姓名"] == ["陈小满", "陈小曼"]
    assert "陈小曼" in names(desk) and len(names(desk)) == 5
    again = desk("roster", "import", file)
    assert (again["unchanged"], again["added"], again["vanished"], again["alike"]) == (5, 0, [], [])
    desk("roster", "undo", done["run"])
    assert "陈小满" in names(desk) and len(names(desk)) == 5


def test_two_children_by_a_persons_word_are_kept_apart_and_can_be_joined_after_all(
    desk: Cli, tmp_path: Path
) -> None:
    file = changed(tmp_path, 0, "陈小满,五年级2班,2015-03-01,350425201503010623,陈建国,13900000001")
    found = desk("roster", "import", file, "--apart", "陈小满=2", "--preview")
    assert (found["added"], [one["name"] for one in found["vanished"]]) == (1, ["陈小满"])
    done = desk("roster", "import", file, "--apart", "陈小满=2")
    assert done["alike"][0]["said"] is False
    ids = [one["id"] for one in desk("student", "list") if one["name"] == "陈小满"]
    assert len(ids) == 2
    assert not [task for task in desk("today") if "同一人" in task["what"]]
    desk("student", "same", *ids, "--reason", "户口簿上是一人")
    assert names(desk).count("陈小满") == 1
    desk("student", "split", ids[0], "--reason", "还是两人")
    assert names(desk).count("陈小满") == 2


def test_a_child_of_another_number_that_was_refused_is_settled_by_a_word(desk: Cli, tmp_path: Path) -> None:
    file = changed(tmp_path, 2, "温小春,五年级1班,2015-03-01,350425201503010623,温大山,13900000003")
    found = desk("roster", "import", file, "--preview")
    assert (found["added"], len(found["rejected"])) == (0, 1)
    assert pairs(found) == [("温小春", "温小春", "姓名相同、出生日期相同、家长电话相同、同班，号码不同")]
    same = desk("roster", "import", file, "--same", "温小春=4", "--preview")
    assert (same["changed"], same["rejected"], same["vanished"]) == (1, [], [])
    two = desk("roster", "import", file, "--apart", "温小春=4", "--preview")
    assert (two["added"], two["rejected"], len(two["vanished"])) == (1, [], 1)


def test_another_name_on_a_known_number_is_settled_by_a_word(desk: Cli, tmp_path: Path) -> None:
    file = changed(tmp_path, 2, "温大春,五年级1班,,350425201503018203,温大山,13900000003")
    found = desk("roster", "import", file, "--preview")
    assert (found["changed"], [one[:2] for one in pairs(found)]) == (0, [("温小春", "温大春")])
    same = desk("roster", "import", file, "--same", "温小春=4", "--preview")
    assert same["changes"][0]["fields"] == {"姓名": ["温小春", "温大春"]}
    two = desk("roster", "import", file, "--apart", "温小春=4", "--preview")
    assert (two["changed"], two["added"], two["vanished"]) == (0, 0, [])
    assert "必有一个号码录错" in two["rejected"][0]["reason"]


def test_a_namesake_in_another_grade_is_asked_about(desk: Cli, tmp_path: Path) -> None:
    file = changed(tmp_path, 1, "林一帆,四年级1班,,350425201603010620,林建国,")
    found = desk("roster", "import", file, "--preview")
    assert [one[:2] for one in pairs(found)] == [("林一帆", "林一帆")]
    same = desk("roster", "import", file, "--same", "林一帆=3", "--preview")
    assert same["changes"][0]["fields"]["班级"] == ["五年级1班", "四年级1班"]


def test_a_word_about_a_pair_nobody_asked_about_is_refused(desk: Cli, tmp_path: Path) -> None:
    file = listed(tmp_path / "十月.csv", *SEPTEMBER)
    assert "不用认定" in desk.refused("roster", "import", file, "--same", "陈小满=3")
    assert "不是行号" in desk.refused("roster", "import", file, "--same", "陈小满=林一帆")
    assert desk("roster", "import", file, "--preview")["alike"] == []


def test_children_that_only_share_a_class_are_no_pair(desk: Cli, tmp_path: Path) -> None:
    file = changed(tmp_path, 0, "高山青,五年级1班,2015-06-06,,高建国,13900000077")
    assert desk("roster", "import", file, "--preview")["alike"] == []
