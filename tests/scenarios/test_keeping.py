"""Who changed what, masked numbers, backups, passwords: the record outlives people and PCs."""

from pathlib import Path

import pytest

from app.domain.records import ImportRun
from app.service.office.desk import JSON
from tests.helpers.cli import NAMES, Cli, cheap_keys, is_one_sentence, open_store

ID_NO = "350425201503010017"


def cells(history: list[JSON], table: str, column: str) -> list[tuple[str, list[object]]]:
    """(operator, [old, new]) of every change of a column."""
    return [
        (entry["operator"], entry["changes"][column])
        for entry in history
        if entry["table"] == table and column in entry["changes"]
    ]


def test_the_history_of_a_child_says_who_when_and_old_to_new(school: Cli) -> None:
    changed = school("student", "set", "陈小满", "联系电话=13911110000", "现住址=上湾村", operator="李老师")
    assert changed["changed"]["联系电话"] == ["13900000000", "13911110000"]
    history = school("student", "history", "陈小满")
    assert cells(history, "student", "phone")[-1] == ("李老师", ["13900000000", "13911110000"])
    assert cells(history, "guardian", "phone")[-1][1][1] == "13911110000"
    assert all(entry["at"] for entry in history)
    assert ID_NO not in str(history)
    assert cells(history, "student", "id_no")[0][1] == [None, "350425********0017"]


def test_any_record_can_be_audited(school: Cli) -> None:
    school("case", "open", "--student", "陈小满", "--trigger", "排查发现", "--date", "2026-09-21")
    visit = school.contact("2026-001", "2026-09-21")["id"]
    (entry,) = school("audit", visit)
    assert (entry["table"], entry["operator"]) == ("contact", "陈老师")
    assert entry["changes"]["outcome"] == [None, "见到家长"]
    assert school("audit", school.case("2026-001")["id"])


def test_setting_what_is_there_already_changes_nothing(school: Cli) -> None:
    before = school.position()
    assert school("student", "set", "陈小满", "现住址=湖美乡上丰村1号")["changed"] == {}
    assert school.position() == before


def test_the_list_masks_numbers_and_looking_at_them_is_noted(school: Cli) -> None:
    (child,) = school("student", "list", "--search", "陈小满")
    assert child["id_no"] == "350425********0017"
    assert set(child) == {"id", "name", "gender", "birth", "school", "class", "id_no"}
    (whole,) = school("student", "list", "--search", "陈小满", "--full", operator="李老师")
    assert whole["id_no"] == ID_NO
    with open_store(school) as store:
        log = store.read(lambda tx: tx.rows("SELECT operator, row_id, what FROM access_log"))
    assert [(row["operator"], row["row_id"]) for row in log] == [("李老师", child["id"])]


@pytest.mark.parametrize("search", ["小满", "cxm", "20150301001", "13900000000", " 陈 小 满 "])
def test_a_child_is_found_by_name_initials_or_number(school: Cli, search: str) -> None:
    assert "陈小满" in [child["name"] for child in school("student", "list", "--search", search)]


def test_a_class_list_holds_its_children_only(school: Cli) -> None:
    assert {child["name"] for child in school("student", "list", "--class", "五(2)班")} == set(NAMES)


def test_a_child_entered_by_hand_with_a_number_needs_no_birthday(school: Cli) -> None:
    made = school(
        "student", "add", "--name", "新 来", "--id-no", "35042520150301005x", "--class", "五年级2班"
    )
    assert made["warnings"] == []
    (child,) = school("student", "list", "--search", "新来")
    assert (child["gender"], child["birth"], child["id_no"]) == ("男", "2015-03-01", "350425********005X")
    odd = school("student", "add", "--name", "不符", "--id-no", "410308201312310038", "--gender", "女")
    assert "性别" in odd["warnings"][0]


def test_special_groups_are_set_by_name(school: Cli) -> None:
    assert school("student", "set", "陈小满", "对象类别=低保、残疾")["changed"]["对象类别"] == [
        "",
        "低保、残疾",
    ]
    assert school("student", "set", "陈小满", "对象类别=低保")["changed"]["对象类别"] == [
        "低保、残疾",
        "低保",
    ]


def test_a_backup_brings_the_data_back_as_a_new_instance(school: Cli, tmp_path: Path) -> None:
    school("case", "open", "--student", "陈小满", "--trigger", "排查发现", "--date", "2026-09-21")
    paper = school("doc", "issue", "家访表", "--case", "2026-001", "--out", str(tmp_path / "一"),
                   "--blank", "旷课日期", "--set", "旷课原因=待查")  # fmt: skip
    file = school("backup", "make")["file"]
    kept = next(row for row in school("backup", "list") if row["file"] == file)
    assert kept["ok"] is kept["complete"] is True
    with open_store(school) as store:
        first = store.origin
    school("student", "set", "陈小满", "联系电话=13911110000")
    restored = school("backup", "restore", file)
    assert restored["origin"] != first
    assert Path(restored["safety_copy"]).is_file()
    assert school("student", "list", "--search", "13911110000") == []
    assert school.case("2026-001")["student"] == "陈小满"
    again = school("doc", "reprint", paper["number"], "--out", str(tmp_path / "二"))
    assert Path(again["docx"]).read_bytes() == Path(paper["docx"]).read_bytes()


def test_after_a_restore_history_runs_on_in_order(school: Cli) -> None:
    school("backup", "restore", school("backup", "make")["file"])
    school("student", "set", "陈小满", "现住址=上湾村")
    history = school("student", "history", "陈小满")
    assert history[-1]["changes"] == {"address": ["湖美乡上丰村1号", "上湾村"]}


def test_an_import_from_before_a_restore_does_not_undo_what_came_after(school: Cli) -> None:
    with open_store(school) as store:
        run = store.read(lambda tx: tx.find(ImportRun)[0].id)
    school("backup", "restore", school("backup", "make")["file"])
    for n in range(12):
        school("student", "add", "--name", f"手工{n}", "--guardian", "家长")
    assert "恢复备份" in school.refused("roster", "undo", run)
    assert len(school("student", "list")) == 20


def test_a_backup_opens_on_an_empty_pc(school: Cli, tmp_path: Path) -> None:
    file = school("backup", "make")["file"]
    fresh = Cli(tmp_path / "新电脑")
    assert fresh("backup", "restore", file)["safety_copy"] is None
    assert len(fresh("student", "list")) == 8


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not a backup"])
def test_a_damaged_backup_changes_nothing(school: Cli, tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "坏.gxbak"
    file.write_bytes(damage)
    assert "备份" in school.refused("backup", "restore", str(file))
    assert len(school("student", "list")) == 8


def test_a_backup_does_not_open_with_another_password(school: Cli) -> None:
    file = school("backup", "make")["file"]
    wrong = Cli(school.data, school.today, password="不对")
    assert "密码" in wrong.raw("backup", "restore", file).err
    assert len(school("student", "list")) == 8


def test_every_day_of_use_leaves_one_backup(school: Cli) -> None:
    for day in ("2026-09-22", "2026-09-22", "2026-09-23"):
        school.on(day)("student", "list")
    days = [row["made_on"] for row in school("backup", "list")]
    assert days.count("2026-09-22") == days.count("2026-09-23") == 1


def test_the_password_is_changed(school: Cli) -> None:
    with cheap_keys():
        school("password", "change", "--new", "新密码2026")
    assert "密码" in school.raw("student", "list").err
    assert len(Cli(school.data, school.today, password="新密码2026")("student", "list")) == 8


def test_a_lost_password_is_replaced_with_the_recovery_code(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "data")
    with cheap_keys():
        made = cli(
            "init", "--level", "school", "--name", "石桥小学", "--rules", "mengjin", "--operator", "陈老师"
        )
        other = Cli(cli.data, cli.today, password="另一个密码2027")
        assert "恢复码" in other.refused("password", "recover", "--code", "AAAA-BBBB")
        new = other("password", "recover", "--code", made["recovery_code"])["recovery_code"]
        assert other("student", "list") == []
        spent = other.raw("password", "recover", "--code", made["recovery_code"])
    assert (spent.code, new != made["recovery_code"]) == (1, True)
    assert "恢复码" in is_one_sentence(spent.err)
