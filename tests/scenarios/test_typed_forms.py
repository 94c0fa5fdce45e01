"""What is typed by hand has the forms of a roster: names and classes with marks nobody sees, classes as schools write
them (right values: cases 09, 10, 12 and 18)."""

from pathlib import Path

import pytest

from tests.helpers.cli import Cli, cheap_keys
from tests.helpers.sheets import workbook

CASES = Path(__file__).parent.parent / "data" / "cases"


@pytest.fixture
def desk(tmp_path: Path) -> Cli:
    cli = Cli(tmp_path / "data", "2026-10-20")
    with cheap_keys():
        cli("init", "--level", "school", "--name", "道义小学", "--rules", "datian", "--operator", "陈老师")
    cli("roster", "import", str(next(CASES.glob("10-*")) / "名单.xlsx"))
    return cli


def classes(desk: Cli) -> set[str]:
    return {one["class"] for one in desk("student", "list")}


@pytest.mark.parametrize(
    "text",
    [
        "五年级\u200b1班",
        "五（１）班",
        "道义小学五年级1班",
        "五年级1班（教学点）",
        "五年级一班（走读）",
        "五年级",
        "五",
    ],
)
def test_a_class_typed_by_hand_is_read_as_in_a_roster(desk: Cli, text: str) -> None:
    desk("student", "add", "--name", "鲁新", "--class", text, "--kind", "转入", "--from", "2026-10-19")
    assert classes(desk) == {"五年级1班"}
    assert len(desk("student", "list", "--class", text)) == 6
    assert desk("roll", "take", "--class", text, "--date", "2026-10-19")["expected"] == 6


def test_a_grade_with_two_classes_is_no_class(desk: Cli) -> None:
    desk("student", "add", "--name", "鲁新", "--class", "五年级2班", "--kind", "转入", "--from", "2026-10-19")
    assert "没有写班号" in desk.refused("student", "add", "--name", "鲁又", "--class", "五年级")
    assert "五年级" in desk.refused("roll", "take", "--class", "五年级", "--date", "2026-10-19")


def test_a_name_typed_or_pasted_with_marks_nobody_sees_is_the_childs(desk: Cli) -> None:
    desk("student", "add", "--name", "\u200b阿迪力﹒买买提", "--class", "五年级1班", "--kind", "转入")
    for typed in ("阿迪力•买买提", "\ufeff阿迪力·买买提", "阿迪力 · 买买提"):
        assert desk("student", "history", typed)
        absent = ("--absent", f"{typed}=旷课")
        assert desk("roll", "take", "--class", "五年级1班", "--date", "2026-10-20", *absent)["present"] == 5
    assert [one["name"] for one in desk("student", "list", "--search", "\u200b鲁小七")] == ["鲁小七"]


def test_a_month_sheet_names_children_and_class_in_any_of_these_forms(desk: Cli, tmp_path: Path) -> None:
    days = tuple(str(day) for day in range(1, 32))
    blank = ("",) * 31
    rows = [
        ("道义小学五（１）班2026年10月考勤表",),
        ("姓名", *days),
        *(
            (name, *blank[:18], mark, *blank[19:])
            for name, mark in (("\u200b鲁小七", "旷"), ("鲁 十一", "√"))
        ),
        *((name, *blank[:18], "√", *blank[19:]) for name in ("鲁小八", "鲁小九\u202c", "鲁小十")),
    ]
    found = desk("roll", "import", str(workbook(tmp_path / "考勤.xlsx", rows)), "--preview")
    assert found["classes"] == ["五年级1班"]
    assert found["rejected"] == []
