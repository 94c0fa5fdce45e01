"""Which days are school days and why, who has not called the roll, and whose numbers hold."""

from pathlib import Path

import pytest

from tests.helpers.cli import Cli, cheap_keys
from tests.scenarios.conftest import Office


def fact(cli: Cli, day: str) -> tuple[bool, str]:
    (row,) = cli("calendar", "show", "--from", day, "--to", day)
    assert row["date"] == day
    return row["school_day"], row["why"]


@pytest.mark.parametrize(
    ("day", "school_day", "why"),
    [
        ("2026-09-18", True, "国家工作日"),
        ("2026-09-19", False, "周末"),
        ("2026-09-20", True, "调休"),
        ("2026-09-25", False, "中秋"),
        ("2026-10-07", False, "国庆"),
        ("2026-10-10", True, "调休"),
        ("2026-08-03", False, "学期"),
        ("2027-01-08", True, "无2027年"),
    ],
)
def test_every_day_says_why(school: Cli, day: str, school_day: bool, why: str) -> None:
    found = fact(school, day)
    assert found[0] is school_day
    assert why in found[1]


def test_a_day_is_closed_made_up_or_halved_and_set_again(school: Cli) -> None:
    school("calendar", "set", "2026-09-21", "off", "--note", "高温停课")
    assert fact(school, "2026-09-21") == (False, "本单位设为停课：高温停课")
    school("calendar", "set", "2026-09-19", "school", "--note", "补课")
    assert fact(school, "2026-09-19") == (True, "本单位设为上课：补课")
    school("calendar", "set", "2026-09-21", "half")
    (row,) = school("calendar", "show", "--from", "2026-09-21", "--to", "2026-09-21")
    assert (row["school_day"], row["weight"]) == (True, 0.5)
    assert school.roll("2026-09-19")["expected"] == 6


def test_a_term_bounds_the_school_days_and_replaces_the_one_it_overlaps(school: Cli) -> None:
    school("term", "set", "--from", "2026-09-07", "--to", "2027-01-15")
    assert fact(school, "2026-09-04") == (False, "不在学期内")
    assert fact(school, "2026-09-07")[0] is True
    assert fact(school, "2027-01-18")[0] is False


def test_big_and_small_weeks_repeat(school: Cli) -> None:
    school("term", "set", "--from", "2026-11-02", "--to", "2027-01-15", "--cycle", "11111101111100")
    weekends = [fact(school, day)[0] for day in ("2026-11-07", "2026-11-08", "2026-11-14", "2026-11-15")]
    assert weekends == [True, False, False, False]


def test_a_year_without_a_table_is_filled_in(school: Cli, tmp_path: Path) -> None:
    table = tmp_path / "2027.txt"
    table.write_text("# 元旦\n2027-01-01至2027-01-03 休 元旦\n2027-01-09 班 元旦调休\n", encoding="utf-8-sig")
    assert school("calendar", "holidays", "2027", str(table))["year"] == 2027
    assert fact(school, "2027-01-01")[0] is False
    assert "元旦" in fact(school, "2027-01-01")[1]
    assert fact(school, "2027-01-09")[0] is True
    assert "无2027年" not in fact(school, "2027-01-08")[1]


@pytest.mark.parametrize("text", ["2027-01-01 玩 元旦", "2026-01-01 休 元旦", "乱写", "2027-13-01 休 x", ""])
def test_a_table_with_a_wrong_line_is_refused_whole(school: Cli, tmp_path: Path, text: str) -> None:
    table = tmp_path / "2027.txt"
    table.write_text(f"2027-01-02 休 元旦\n{text}\n" if text else "", encoding="utf-8")
    school.refused("calendar", "holidays", "2027", str(table))
    assert "无2027年" in fact(school, "2027-01-08")[1]


def test_who_has_not_called_the_roll(school: Cli) -> None:
    school.roll("2026-09-18")
    missing = school("roll", "missing", "--from", "2026-09-18", "--to", "2026-09-21")
    assert [(row["class"], row["date"]) for row in missing] == [
        ("六年级1班", "2026-09-18"),
        ("五年级2班", "2026-09-20"),
        ("六年级1班", "2026-09-20"),
        ("五年级2班", "2026-09-21"),
        ("六年级1班", "2026-09-21"),
    ]
    assert school("roll", "missing", "--from", "2026-09-18", "--to", "2026-09-30") == missing
    what = [task["what"] for task in school("today")]
    assert "五年级2班补记点名" in what
    assert "五年级2班点名" in what


def test_a_leave_of_its_length_needs_the_office_the_rules_name(office: Office, tmp_path: Path) -> None:
    cli = Cli(tmp_path / "plan23", "2026-09-21")
    with cheap_keys():
        cli("init", "--level", "school", "--name", "石桥小学", "--rules", "plan-23", "--operator", "陈老师")
    cli("student", "add", "--name", "甲一", "--class", "五年级1班")
    fixed = ("leave", "add", "--student", "甲一", "--kind", "病假", "--from", "2026-09-21")
    assert "教务" in cli.refused(*fixed, "--to", "2026-09-22", "--approver", "班主任")  # 2天以上 includes two
    assert cli(*fixed, "--to", "2026-09-22", "--approver", "教务处")["days"] == 2
    # 25 to 27 September are 中秋 and a weekend; the 23rd is in school between the two leaves
    assert "教务" in cli.refused(*fixed[:-1], "2026-09-24", "--to", "2026-09-29", "--approver", "班主任")
    assert cli(*fixed[:-1], "2026-09-24", "--to", "2026-09-29", "--approver", "教务处")["days"] == 3
    assert "重叠" in cli.refused(*fixed, "--to", "2026-09-21", "--approver", "班主任")


def test_leave_that_runs_on_is_added_up(office: Office) -> None:
    """方案23 三（五）: three slips of two days each are six days in a row, which 校长 approves."""
    cli = office("plan-23")
    fixed = ("leave", "add", "--student", "陈小满", "--kind", "事假", "--approver")
    cli(*fixed, "教务处", "--from", "2026-09-14", "--to", "2026-09-15")
    cli(*fixed, "教务处", "--from", "2026-09-16", "--to", "2026-09-17")
    sentence = cli.refused(*fixed, "教务处", "--from", "2026-09-18", "--to", "2026-09-20")
    assert "连同前后的假一共6个上课日" in sentence and "校长" in sentence
    cli(*fixed, "校长", "--from", "2026-09-18", "--to", "2026-09-20")
    # after a day in school the next leave stands by itself: 21 September is a 上课日
    cli(*fixed, "班主任", "--from", "2026-09-22", "--to", "2026-09-22")


def test_back_early_ends_the_leave(school: Cli) -> None:
    fixed = ("--from", "2026-09-17", "--to", "2026-09-30", "--kind", "病假", "--approver", "校长")
    school("leave", "add", "--student", "陈小满", *fixed)
    school("leave", "end", "--student", "陈小满", "--date", "2026-09-18")
    for day in ("2026-09-17", "2026-09-18", "2026-09-20"):
        school.roll(day, "陈小满=旷课")
    assert school("streak", "--student", "陈小满")["dates"] == ["2026-09-18", "2026-09-20"]


def test_the_rules_are_read_before_there_is_any_data(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "没有", password="")
    listed = cli("rules", "list")
    assert {"mengjin", "datian", "general"} <= {row["id"] for row in listed}
    assert all(set(row) == {"id", "name", "source", "in_force"} for row in listed)
    shown = cli("rules", "show", "datian")
    assert any("超过3个工作日" in rule["words"] for rule in shown["rules"])
    assert cli("doc", "kinds")[0] == {"kind": "报告单", "title": "疑似辍学学生报告单", "level": "学校"}
    assert not (tmp_path / "没有").exists()


def test_a_county_changes_its_own_copy_of_the_rules(school: Cli) -> None:
    made = school("rules", "copy", "mengjin", "--id", "own", "--name", "本县规则")
    file = Path(made["file"])
    file.write_text(file.read_text("utf-8").replace("number = 3", "number = 2"), encoding="utf-8")
    assert any("达到2个上课日" in rule["words"] for rule in school("rules", "show", "own")["rules"])
    school.refused("rules", "copy", "mengjin", "--id", "own", "--name", "再来")
    file.write_text("[[[", encoding="utf-8")
    assert "own" in school.refused("rules", "show", "own")
    ran = school.raw("rules", "list")
    assert ran.code == 0
    assert "own.toml" in ran.err
    assert '"own"' not in ran.out


def test_days_are_closed_over_a_span_and_set_back(school: Cli) -> None:
    done = school("calendar", "set", "2026-09-18", "off", "--to", "2026-09-21", "--note", "台风停课")
    assert done["days"] == ["2026-09-18", "2026-09-20", "2026-09-21"]  # the 20th is a 调休 day
    assert fact(school, "2026-09-21") == (False, "本单位设为停课：台风停课")
    school("calendar", "reset", "2026-09-18", "--to", "2026-09-21")
    assert fact(school, "2026-09-21")[0] is True
    assert "没有单独设过" in school.refused("calendar", "reset", "2026-09-21")


def test_a_term_set_by_mistake_is_listed_and_removed(school: Cli) -> None:
    school("term", "set", "--from", "2026-09-07", "--to", "2027-01-15")
    own = [row for row in school("term", "list") if not row["usual"]]
    assert [(row["from"], row["to"]) for row in own] == [("2026-09-07", "2027-01-15")]
    school("term", "remove", "--from", "2026-09-07")
    assert all(row["usual"] for row in school("term", "list"))


def test_the_people_of_the_office_come_and_go(school: Cli) -> None:
    school(
        "staff", "add", "--name", "周老师", "--post", "班主任", "--class", "五年级2班", "--village", "上湾村"
    )
    (row,) = school("staff", "list")
    assert (row["name"], row["班主任"], row["包村"], row["current"]) == (
        "周老师",
        "五年级2班",
        "上湾村",
        True,
    )
    school("staff", "leave", "周老师", "--on", school.today)
    later = school.on("2026-09-22")
    assert later("staff", "list") == []
    assert later("staff", "list", "--all")[0]["to"] == school.today
    assert "人员里没有" in later.refused("staff", "leave", "周老师", "--on", "2026-09-22")


def test_the_people_and_days_of_an_office_keep_the_keys_of_their_contract(school: Cli) -> None:
    saved = school("staff", "add", "--name", "周老师", "--phone", "12345")
    assert set(saved) == {"id", "name", "warnings"}
    (row,) = school("staff", "list")
    assert list(row) == ["id", "name", "post", "phone", "from", "to", "班主任", "包村", "包学生", "current"]
    (entry,) = school("audit", saved["id"])
    assert list(entry) == ["seq", "at", "operator", "table", "record", "changes"]
    assert entry["changes"]["name"] == [None, "周老师"]
    assert list(school("term", "list")[0]) == ["from", "to", "cycle", "usual"]
    (day,) = school("calendar", "show", "--from", "2026-09-18", "--to", "2026-09-18")
    assert list(day) == ["date", "school_day", "weight", "why"]


def test_a_central_school_is_set_up_below_its_township_and_issues_no_order(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "central", "2026-09-21")
    who = ("--county", "大田县", "--township", "湖美乡", "--rules", "datian", "--operator", "陈老师")
    with cheap_keys():
        made = cli("init", "--level", "central-school", "--name", "湖美乡中心学校", *who)
    assert (made["unit"], made["level"], made["rules"], made["warnings"]) == (
        "湖美乡中心学校", "central-school", "datian", [],
    )  # fmt: skip
    cli("student", "add", "--name", "甲一", "--school", "上丰小学", "--class", "五年级1班")
    cli("case", "open", "--student", "甲一", "--trigger", "排查发现", "--date", "2026-09-21")
    out = str(tmp_path / "out")
    sentence = cli.refused("doc", "issue", "限期复学通知书", "--case", "2026-001", "--out", out)
    assert "中心学校不能出具" in sentence
