"""Wrong files, folders, passwords, names and command lines: one Chinese sentence, nothing half done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import DataFolder
from app.store import Store
from tests.helpers import ROOT
from tests.helpers.cli import PASSWORD, Cli, cheap_keys, is_chinese, is_one_sentence, open_store

ROSTERS = ROOT / "tests" / "data" / "rosters"
INIT = ("init", "--level", "school", "--name", "石桥小学", "--rules", "mengjin", "--operator", "陈老师")
VISIT = ("--method", "家访", "--outcome", "拒绝", "--by", "陈老师", "--date", "2026-09-21")
OPEN = ("--student", "陈小满", "--trigger", "其他")
CLASS = ("--class", "五年级2班", "--date", "2026-09-21")
LEAVE = ("--from", "2026-09-21", "--to", "2026-09-21", "--kind", "病假")


@pytest.mark.parametrize(
    "name", ["截断.xlsx", "截断.xls", "空.csv", "加密.xls", "加密.xlsx", "没有这个.xlsx", "make.py", "."]
)
def test_a_roster_that_cannot_be_read_changes_nothing(school: Cli, name: str) -> None:
    for more in ([], ["--preview"]):
        school.refused("roster", "import", str(ROSTERS / name), *more)
    assert len(school("student", "list")) == 8


def test_a_locked_roster_says_that_it_is_locked(school: Cli) -> None:
    assert "密码" in school.refused("roster", "import", str(ROSTERS / "加密.xlsx"))


@pytest.mark.parametrize(
    ("command", "word"),
    [
        (("streak", "--student", "陈小曼"), "陈小满"),
        (("student", "set", "无此人", "联系电话=1"), "无此人"),
        (("student", "set", "陈小满", "脾气=大"), "脾气"),
        (("student", "set", "陈小满", "身份证件号=350425201503010018"), "身份证"),
        (("student", "set", "陈小满", "姓名="), "姓名"),
        (("student", "set", "陈小满", "出生日期=三月"), "日期"),
        (("student", "set", "陈小满", "班级=九年级9班"), "九年级9班"),
        (("student", "add", "--name", " "), "姓名"),
        (("student", "add", "--name", "甲", "--id-no", "350425201502290019"), "身份证"),
        (("student", "add", "--name", "甲", "--id-no", "350425201503010017"), "陈小满"),
        (("student", "add", "--name", "甲", "--class", "红星班"), "红星班"),
        (("student", "history", "无此人"), "无此人"),
        (("student", "list", "--class", "九年级9班"), "九年级9班"),
        (("roll", "take", "--class", "九年级9班", "--date", "2026-09-21"), "九年级9班"),
        (("roll", "take", "--class", "五年级2班", "--date", "2026-09-21", "--absent", "高山青=旷课"), "高山青"),
        (("roll", "take", "--class", "五年级2班", "--date", "2026-09-21", "--absent", "陈小满=睡觉"), "睡觉"),
        (("roll", "take", "--class", "五年级2班", "--date", "2026-09-21", "--absent", "陈小满=旷课:晚上"), "晚上"),
        (("roll", "take", "--class", "五年级2班", "--date", "2026-09-22"), "还没有到"),
        (("roll", "take", "--class", "五年级2班", "--date", "2026-09-19"), "周末"),
        (("roll", "take", "--class", "五年级2班", "--date", "2026-08-03"), "学期"),
        (("roster", "undo", "无此批"), "无此批"),
        (("calendar", "show", "--from", "2026-09-21", "--to", "2026-09-20"), "早于"),
        (("term", "set", "--from", "2026-09-21", "--to", "2026-09-20"), "早于"),
        (("term", "set", "--from", "2026-09-01", "--to", "2027-01-20", "--cycle", "12"), "大小周"),
        (("calendar", "holidays", "2027", "/没有/2027.txt"), "2027.txt"),
        (("leave", "add", "--student", "陈小满", "--approver", " ", *LEAVE), "批准人"),
        (("leave", "end", "--student", "陈小满", "--date", "2026-09-21"), "假期"),
        (("case", "open", *OPEN, "--date", "2026-09-22"), "还没有到"),
        (("case", "open", *OPEN, "--date", "2026-09-20", "--absent-since", "2026-09-21"), "晚于"),
        (("roll", "missing", "--from", "2026-09-21", "--to", "2026-09-20"), "早于"),
        (("roll", "take", *CLASS, "--absent", "陈小满=旷课", "--absent", "陈小满=病假"), "两次"),
        (("case", "show", "2026-999"), "2026-999"),
        (("contact", "add", "--case", "2026-999", *VISIT), "2026-999"),
        (("doc", "missing", "报告单", "--case", "2026-999"), "2026-999"),
        (("doc", "reprint", "疑辍报〔2026〕9号", "--out", "x"), "9号"),
        (("doc", "void", "疑辍报〔2026〕9号", "--reason", "x"), "9号"),
        (("audit", "无此记录"), "无此记录"),
        (("rules", "show", "没有"), "没有"),
        (("rules", "copy", "没有", "--id", "x", "--name", "x"), "没有"),
        (("backup", "restore", "没有.gxbak"), "没有.gxbak"),
    ],
    ids=lambda value: " ".join(value[:4]) if isinstance(value, tuple) else value,
)  # fmt: skip
def test_what_cannot_be_done_is_refused(school: Cli, command: tuple[str, ...], word: str) -> None:
    assert word in school.refused(*command)


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ((), "命令"),
        (("nosuch",), "nosuch"),
        (("case",), "子命令"),
        (("case", "nosuch"), "nosuch"),
        (("case", "show"), "个案编号"),
        (("case", "show", "1", "2"), "2"),
        (("case", "open", "--student", "陈小满"), "--trigger"),
        (("case", "open", "--student"), "--student"),
        (("case", "list", "--al"), "--al"),
        (("case", "list", "--all=1"), "--all"),
        (("case", "open", "--student", "陈小满", "--trigger", "猜的", "--date", "2026-09-21"), "排查发现"),
        (("roll", "take", "--class", "五年级2班", "--date", "今天"), "2026-09-17"),
        (("roll", "take", "--class", "五年级2班", "--date", "2026-02-30"), "2026-02-30"),
        (("roll", "take", "--class", "五年级2班", "--date", "2026-09-21", "--absent", "陈小满"), "姓名="),
        (("calendar", "set", "2026-09-21", "maybe"), "school、off、half"),
        (("calendar", "holidays", "明年", "x"), "数字"),
        (("student", "set", "陈小满", "电话"), "名称=值"),
        (("student", "add", "--name", "甲", "--gender", "x"), "男、女"),
        (("doc", "issue", "报告单", "--case", "1"), "--out"),
    ],
    ids=lambda value: " ".join(value[:4]) if isinstance(value, tuple) else value,
)  # fmt: skip
def test_a_wrong_command_line_is_wrong_usage(school: Cli, command: tuple[str, ...], word: str) -> None:
    assert word in school.misused(*command)


@pytest.mark.parametrize(
    "command", [(), ("doc",), ("doc", "issue"), ("roll", "take"), ("calendar", "set")], ids=" ".join
)
def test_help_is_in_chinese(school: Cli, command: tuple[str, ...]) -> None:
    words = is_chinese(school.text(*command, "--help"))
    assert words.startswith("用法：guixue")
    assert not {"required", "Show", "Commands", "TEXT", "KIND"} & set(words.replace("[", " ").split())


def test_two_children_of_one_name_are_told_apart_by_id(school: Cli) -> None:
    second = school("student", "add", "--name", "陈小满", "--class", "六年级1班")["id"]
    sentence = school.refused("streak", "--student", "陈小满")
    assert second in sentence
    assert school("streak", "--student", second)["days"] == 0


def test_a_wrong_password_is_one_sentence(school: Cli) -> None:
    wrong = Cli(school.data, school.today, password="不对")
    ran = wrong.raw("student", "list")
    assert (ran.code, ran.out) == (1, "")
    assert "密码" in is_one_sentence(ran.err)


def test_without_a_password_nobody_is_asked_in_vain(school: Cli) -> None:
    silent = Cli(school.data, school.today, password="")
    assert "GUIXUE_PASSWORD" in is_one_sentence(silent.raw("student", "list").err)


def test_a_folder_without_data_says_so(tmp_path: Path) -> None:
    nowhere = Cli(tmp_path / "空")
    assert "没有归学的数据" in nowhere.refused("student", "list")
    assert not (tmp_path / "空").exists()


@pytest.mark.parametrize(
    ("change", "word"),
    [(("--rules", "没有的"), "没有的"), (("--name", " "), "名称"), (("--operator", " "), "操作人")],
)
def test_a_refused_init_leaves_an_empty_folder(tmp_path: Path, change: tuple[str, str], word: str) -> None:
    cli = Cli(tmp_path / "data")
    with cheap_keys():
        assert word in cli.refused(*INIT, *change)
        assert cli(*INIT)["unit"] == "石桥小学"


def test_init_refuses_a_folder_in_use_or_a_file(school: Cli, tmp_path: Path) -> None:
    with cheap_keys():
        school.refused(*INIT)
        (tmp_path / "一个文件").write_bytes(b"")
        for place in ("一个文件", "一个文件/下面"):
            Cli(tmp_path / place).refused(*INIT)
        (tmp_path / "别的").mkdir()
        (tmp_path / "别的" / "作文.docx").write_bytes(b"")
        Cli(tmp_path / "别的").refused(*INIT)
    assert len(school("student", "list")) == 8


def test_init_cut_off_before_the_unit_was_written_can_be_told_apart(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "data")
    with cheap_keys():
        Store.create(DataFolder(cli.data), PASSWORD, "陈老师").store.close()
    assert "中断" in cli.refused("student", "add", "--name", "甲")


def test_the_recovery_code_is_shown_once_and_the_folder_opens(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "data")
    with cheap_keys():
        made = cli(*INIT, "--code", "2135042501")
    assert made["recovery_code"]
    assert made["warnings"] == []
    assert cli("student", "list") == []


def test_rules_that_ran_out_are_said_at_the_start(tmp_path: Path) -> None:
    cli = Cli(tmp_path / "data", "2029-01-01")
    with cheap_keys():
        made = cli(*INIT, "--rules", "datian")
    assert "不在有效期" in made["warnings"][0]


def test_a_second_process_on_the_folder_is_refused(school: Cli) -> None:
    with open_store(school):
        ran = school.raw("student", "list")
    assert (ran.code, ran.out) == (1, "")
    assert "正被另一个" in is_one_sentence(ran.err)


def run_ui(cli: Cli, *arguments: str) -> subprocess.Popen[str]:
    """The program as its own process."""
    env = os.environ | {
        "GUIXUE_PASSWORD": PASSWORD,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONIOENCODING": "utf-8",
    }
    line = [sys.executable, "-m", "ui", "--data", str(cli.data), "--today", cli.today, "--json", *arguments]
    return subprocess.Popen(
        line,
        cwd=ROOT,
        env=env,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_the_program_itself_answers_refuses_and_prints_pages(school: Cli, tmp_path: Path) -> None:
    opened = ("case", "open", "--student", "陈小满", "--trigger", "排查发现", "--date", "2026-09-21")
    out, err = run_ui(school, *opened).communicate()
    assert json.loads(out)["no"] == "2026-001", err
    refused = run_ui(school, "case", "show", "2026-009")
    out, err = refused.communicate()
    assert (refused.returncode, out) == (1, "")
    is_one_sentence(err)
    issue = (
        "doc",
        "issue",
        "家访表",
        "--case",
        "2026-001",
        "--out",
        str(tmp_path / "出"),
        "--pdf",
        "--blank",
        "旷课日期",
        "--set",
        "旷课原因=待查",
    )
    printed = run_ui(school, *issue)
    out, err = printed.communicate()
    assert printed.returncode == 0, err
    paper = json.loads(out)
    assert paper["pages"] == 1
    assert Path(paper["pdf"]).read_bytes().startswith(b"%PDF")
    again = json.loads(
        run_ui(
            school, "doc", "reprint", paper["number"], "--out", str(tmp_path / "再"), "--pdf"
        ).communicate()[0]
    )
    assert Path(again["pdf"]).read_bytes() == Path(paper["pdf"]).read_bytes()
    assert Path(again["docx"]).read_bytes() == Path(paper["docx"]).read_bytes()


def test_wrong_usage_in_a_process_of_its_own_exits_2(school: Cli) -> None:
    wrong = run_ui(school, "case", "nosuch")
    out, err = wrong.communicate()
    assert (wrong.returncode, out) == (2, "")
    is_chinese(err)
