"""Loading rule sets: the shipped folder, the county's own over it, and what a mistyped file is answered with."""

import os
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem, UserError
from app.reference.rule_sets import broken_rule_sets, copy_rule_set, load_rule_set, load_rule_sets
from app.settings import RESOURCES

RULES = RESOURCES / "rules"
HEAD = 'id = "{id}"\nname = "试县（2026）"\nsource = "试教〔2026〕1号"\nin_force_from = 2026-09-01\n'
ROW = """
[[rule]]
key = "开个案"
event = "连续无故缺勤"
start = "首日缺勤"
op = ">="
number = 2
unit = "上课日"
acts = ["开个案"]
effect = "建立个案"
"""

TERM = """
[[rule]]
key = "复学期限"
event = "限期复学通知书送达后未复学"
start = "通知送达"
op = ">"
number = 1
unit = "学期"
acts = ["复学期限"]
effect = "逾期未复学"
"""


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def own(name: str = "shixian", *, extra: str = "", row: str = ROW) -> str:
    return HEAD.format(id=name) + extra + row


def test_sets_come_in_the_order_of_their_ids() -> None:
    assert list(load_rule_sets(RULES, None)) == sorted(load_rule_sets(RULES, None))


def test_a_county_without_a_folder_has_the_shipped_sets(tmp_path: Path) -> None:
    assert load_rule_sets(RULES, tmp_path / "none") == load_rule_sets(RULES, None)


def test_a_countys_own_set_stands_beside_the_shipped_ones(county: Path) -> None:
    put(county, "shixian", own())
    assert set(load_rule_sets(RULES, county)) == set(load_rule_sets(RULES, None)) | {"shixian"}
    assert load_rule_set("shixian", RULES, county).name == "试县（2026）"


def test_a_countys_file_of_the_same_id_takes_the_place_of_the_shipped_one(county: Path) -> None:
    put(county, "datian", own("datian"))
    assert load_rule_set("datian", RULES, county).doing("开个案")[0].number == 2
    assert load_rule_set("datian", RULES, None).doing("开个案")[0].number == 3


def test_a_changed_general_set_reaches_the_sets_that_extend_it(county: Path) -> None:
    put(county, "general", own("general"))
    inherited = load_rule_set("plan-09", RULES, county).doing("开个案")
    assert [(row.number, row.inherited_from) for row in inherited] == [(2, "试县（2026）")]


def test_a_set_may_extend_one_that_extends_another(county: Path) -> None:
    put(county, "shixian", own(extra='extends = "datian"\n'))
    keys = {row.key: row.inherited_from for row in load_rule_set("shixian", RULES, county).rules}
    assert keys["开个案"] == "" and keys["报告"] == "大田县（2023）" and "复学期限" in keys


def test_an_own_opening_row_beside_an_inherited_one_is_refused(county: Path) -> None:
    put(
        county,
        "shixian",
        own(extra='extends = "general"\n', row=ROW.replace('"开个案"\nevent', '"两天"\nevent')),
    )
    with pytest.raises(UserError, match=r"“两天”和沿用.*都会开个案"):
        load_rule_set("shixian", RULES, county)


def test_sets_that_extend_each_other_are_refused(county: Path) -> None:
    put(county, "one", own("one", extra='extends = "two"\n'))
    put(county, "two", own("two", extra='extends = "one"\n'))
    with pytest.raises(UserError, match="绕成了圈（one → two → one）"):
        load_rule_set("one", RULES, county)


def test_an_unknown_base_is_refused_by_name(county: Path) -> None:
    put(county, "shixian", own(extra='extends = "nowhere"\n'))
    with pytest.raises(UserError, match=r"shixian\.toml.*nowhere"):
        load_rule_set("shixian", RULES, county)


@pytest.mark.parametrize(
    ("wanted", "near"),
    [("dtian", "datian（大田县（2023））"), ("大田", "datian（大田县（2023））"), ("plan-9", "plan-09")],
)
def test_an_unknown_id_is_answered_with_near_ones(wanted: str, near: str) -> None:
    with pytest.raises(UserError) as refusal:
        load_rule_set(wanted, RULES, None)
    assert near in refusal.value.sentence


@pytest.mark.parametrize("wanted", ["", "zzzzzz", "../../etc/passwd"])
def test_an_id_like_none_of_them_points_to_the_list(wanted: str) -> None:
    with pytest.raises(UserError, match="规则列表"):
        load_rule_set(wanted, RULES, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id = ", "格式有误"),
        (own().replace('id = "shixian"', 'id = "other"'), "与文件名不同"),
        (own().replace('name = "试县（2026）"\n', ""), "缺少“name”"),
        (own(extra="in_froce_to = 2027-01-01\n"), "不认识的项“in_froce_to”"),
        (own().replace("2026-09-01", '"2026-09-01"'), "in_force_from.*日期"),
        (own().replace("2026-09-01", "2026-09-01T00:00:00"), "in_force_from.*日期"),
        (own(extra="in_force_to = 2026-08-31\n"), "早于"),
        (own(row=ROW + "number_to = 2\n"), "number_to.*比number大"),
        (own(row=ROW + 'number_to = "5"\n'), "number_to.*比number大"),
        (own(row=ROW + 'until = "2026-08-31"\n'), "until.*日期"),
        (own(row=ROW + 'ours = "是"\n'), "ours.*true"),
        (own(extra='attendance = { half_day = "算一天" }\n'), "half_day"),
        (own(extra="rule = 3\n", row=""), "rule"),
        (own(extra="rule = [3]\n", row=""), "第1条规则"),
        (own(row=""), "没有一条规则会“开个案”"),
        (own().replace('op = ">="', 'op = "≥"'), "op 是“≥”"),
        (own().replace('op = ">="', 'op = "<="'), "只能用>=或>"),
        (own().replace("number = 2", 'number = "2"'), "number"),
        (own().replace("number = 2", "number = -2"), "number"),
        (own().replace("number = 2", "number = nan"), "number"),
        (own().replace("number = 2", "number = true"), "number"),
        (own().replace('unit = "上课日"', 'unit = "天"'), "unit 是“天”"),
        (own().replace('unit = "上课日"', 'unit = "次"'), "不能按次计"),
        (own(extra='extends = "plan-01"\n', row=ROW + TERM), "不能按学期计"),
        (own().replace('acts = ["开个案"]', 'acts = "开个案"'), "acts"),
        (own().replace('acts = ["开个案"]', "acts = []"), "acts"),
        (own().replace('acts = ["开个案"]', 'acts = ["开案"]'), "不认识的“开案”"),
        (own(row=ROW + "effects = 1\n"), "不认识的项“effects”"),
        (own(row=ROW + "where = 3\n"), "where"),
        (own(row=ROW + 'unit_stated = "no"\n'), "unit_stated"),
        (own(row=ROW + 'dates = ["02-30"]\n'), "dates"),
        (own(row=ROW + 'dates = ["13"]\n'), "dates"),
        (own(row=ROW + 'dates = ["25..20"]\n'), "dates"),
        (own(row=ROW + 'dates = ["3月15日"]\n'), "dates"),
        (own(row=ROW + ROW), "key 相同"),
    ],
)
def test_a_mistyped_file_is_named_with_what_is_wrong(county: Path, text: str, words: str) -> None:
    put(county, "shixian", text)
    with pytest.raises(UserError, match=words) as refusal:
        load_rule_set("shixian", RULES, county)
    assert "shixian.toml" in refusal.value.sentence
    assert refusal.value.sentence.endswith("。")


@pytest.mark.parametrize(
    "change", ["dates = []", 'dates = ["08"]', 'dates = ["08-31", "12-31"]', 'unit = "年"']
)
def test_the_age_to_enter_needs_one_last_day(county: Path, change: str) -> None:
    row = (
        ROW.replace("开个案", "入学年龄").replace("上课日", "周岁").replace("连续无故缺勤", "儿童")
        + 'dates = ["08-31"]\n'
    )
    field = change.partition(" ")[0]
    wrong = "".join(change + "\n" if line.startswith(field) else line + "\n" for line in row.splitlines())
    put(county, "shixian", own(row=ROW + row))
    assert load_rule_set("shixian", RULES, county).doing("入学年龄")
    put(county, "shixian", own(row=ROW + wrong))
    with pytest.raises(UserError, match="dates写一个截止日"):
        load_rule_set("shixian", RULES, county)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (own().replace("number = 2", "number = ２天"), "第11行的格式有误：“number = ２天”"),
        (own() + "这里改成三天\n", "第15行的格式有误：“这里改成三天”"),
        (own() + 'quote = "没有写完', '第15行的格式有误：“quote = "没有写完”'),
        (own() + "number = 3\n", "第15行的格式有误：“number = 3”前面已经写过"),
    ],
)
def test_a_line_that_cannot_be_read_is_shown_in_chinese_alone(county: Path, text: str, line: str) -> None:
    put(county, "shixian", text)
    with pytest.raises(UserError) as refusal:
        load_rule_set("shixian", RULES, county)
    assert line in refusal.value.sentence
    left = refusal.value.sentence.replace("shixian.toml", "").replace("number", "").replace("quote", "")
    assert not any("a" <= one <= "z" for one in left), left
    assert "删除" not in refusal.value.sentence


def test_one_broken_file_is_named_and_does_not_hide_the_other_sets(county: Path) -> None:
    put(county, "shixian", "id = ")
    assert load_rule_sets(RULES, county) == load_rule_sets(RULES, None)
    assert list(broken_rule_sets(RULES, county)) == ["shixian"]
    assert "shixian.toml" in broken_rule_sets(RULES, county)["shixian"]
    assert broken_rule_sets(RULES, None) == {}


def test_a_broken_file_elsewhere_does_not_stop_the_set_in_use(county: Path) -> None:
    put(county, "broken", "id = ")
    assert load_rule_set("datian", RULES, county).id == "datian"
    with pytest.raises(UserError, match="datian"):
        load_rule_set("dattian", RULES, county)


def test_a_broken_base_is_named_and_not_the_file_that_extends_it(county: Path) -> None:
    put(county, "general", "id = ")
    with pytest.raises(UserError) as refusal:
        load_rule_set("datian", RULES, county)
    assert "general.toml" in refusal.value.sentence and "datian.toml" not in refusal.value.sentence


def test_a_file_saved_by_notepad_with_a_mark_and_windows_line_ends_is_read(county: Path) -> None:
    (county / "shixian.toml").write_bytes(b"\xef\xbb\xbf" + own().replace("\n", "\r\n").encode())
    assert load_rule_set("shixian", RULES, county).name == "试县（2026）"


def test_a_file_in_gbk_is_refused_with_what_to_do(county: Path) -> None:
    (county / "shixian.toml").write_bytes(own().encode("gbk"))
    with pytest.raises(UserError, match="UTF-8"):
        load_rule_set("shixian", RULES, county)


def test_files_an_editor_left_behind_are_passed_over(county: Path) -> None:
    for name in ("~$datian.toml", ".datian.toml", "datian.toml.part", "notes.txt"):
        (county / name).write_text("??", encoding="utf-8")
    assert load_rule_sets(RULES, county) == load_rule_sets(RULES, None)


def test_a_folder_in_place_of_a_file_is_a_problem_of_the_disk(county: Path) -> None:
    (county / "shixian.toml").mkdir()
    with pytest.raises(EnvironmentProblem, match=r"shixian\.toml"):
        load_rule_set("shixian", RULES, county)


def test_a_missing_shipped_folder_asks_to_install_again(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match="重新安装"):
        load_rule_sets(tmp_path / "gone", None)


def test_a_copy_is_the_same_rules_under_a_new_id_and_name(tmp_path: Path) -> None:
    county = tmp_path / "new" / "rules"
    path = copy_rule_set("datian", "youxi-2026", '尤溪县"试行"（2026）', RULES, county)
    copy, original = load_rule_set("youxi-2026", RULES, county), load_rule_set("datian", RULES, None)
    assert path == county / "youxi-2026.toml"
    assert (copy.id, copy.name) == ("youxi-2026", '尤溪县"试行"（2026）')
    assert copy.source == f"本县规则，改自：{original.source}"
    assert copy.rules == original.rules and copy.in_force_to == original.in_force_to


def test_a_copy_keeps_the_comments_and_can_be_changed(county: Path) -> None:
    path = copy_rule_set("datian", "youxi-2026", "尤溪县（2026）", RULES, county)
    text = path.read_text(encoding="utf-8")
    assert "# 有效期5年" in text and "# unit 可写：上课日、工作日" in text
    path.write_text(
        text.replace('op = ">"\nnumber = 3\nunit = "上课日"', 'op = ">="\nnumber = 2\nunit = "上课日"'),
        "utf-8",
    )
    (opening,) = load_rule_set("youxi-2026", RULES, county).doing("开个案")
    assert (opening.op, opening.number) == (">=", 2)


def test_a_copy_of_a_copy_is_still_read(county: Path) -> None:
    copy_rule_set("datian", "one", "甲县", RULES, county)
    path = copy_rule_set("one", "two", "乙县", RULES, county)
    copy, original = load_rule_set("two", RULES, county), load_rule_set("datian", RULES, None)
    assert (copy.rules, copy.source) == (original.rules, f"本县规则，改自：{original.source}")
    assert path.read_text(encoding="utf-8").count("修改办法") == 1


def test_every_shipped_set_can_be_copied(county: Path) -> None:
    for name, original in load_rule_sets(RULES, None).items():
        copy_rule_set(name, f"my-{name}", "本县规则", RULES, county)
        assert load_rule_set(f"my-{name}", RULES, county).rules == original.rules


def test_a_copy_under_a_shipped_id_replaces_it(county: Path) -> None:
    copy_rule_set("datian", "datian", "大田县（2026修订）", RULES, county)
    assert load_rule_set("datian", RULES, county).name == "大田县（2026修订）"


def test_a_copy_never_overwrites_what_the_county_has(county: Path) -> None:
    path = put(county, "shixian", own())
    with pytest.raises(UserError, match="已有编号"):
        copy_rule_set("datian", "shixian", "试县", RULES, county)
    assert path.read_text(encoding="utf-8") == own()


def test_a_copy_may_not_become_its_own_base(county: Path) -> None:
    with pytest.raises(UserError, match="沿用"):
        copy_rule_set("datian", "general", "本县通用", RULES, county)
    assert list(county.iterdir()) == []


@pytest.mark.parametrize("new_id", ["", "尤溪", "A", "../x", "x/y", "-x", "x" * 41, "x\n"])
def test_an_id_that_is_no_file_name_is_refused(county: Path, new_id: str) -> None:
    with pytest.raises(UserError, match="规则编号"):
        copy_rule_set("datian", new_id, "试县", RULES, county)


@pytest.mark.parametrize("name", ["", "  ", "两\n行"])
def test_a_copy_needs_a_name_of_one_line(county: Path, name: str) -> None:
    with pytest.raises(UserError, match="名称"):
        copy_rule_set("datian", "shixian", name, RULES, county)


def test_a_disk_that_refuses_leaves_nothing_half_written(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem, match="磁盘空间"):
        copy_rule_set("datian", "shixian", "试县", RULES, county)
    assert list(county.iterdir()) == []
