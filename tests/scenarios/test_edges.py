"""Values at the edge of what a person can type: each is refused by a sentence that names its bound (issue 10, 4)."""

import json
from pathlib import Path

import pytest

from tests.helpers.cli import Cli, copy_of, set_up

CONTACT = (
    "contact",
    "add",
    "--student",
    "陈小满",
    "--date",
    "2026-09-17",
    "--method",
    "电话",
    "--outcome",
    "打通",
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    return set_up(tmp_path_factory.mktemp("edges"), "general").on("2026-09-21")


@pytest.fixture
def school(office: Cli, tmp_path: Path) -> Cli:
    return copy_of(office, tmp_path).on("2026-09-21")


def leave(first: str, last: str) -> tuple[str, ...]:
    given = ("--kind", "病假", "--approver", "校长")
    return ("leave", "add", "--student", "陈小满", "--from", first, "--to", last, *given)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("roll", "take", "--class", "五年级2班", "--date", "1989-12-31"), "1990年到2100年"),
        (("roll", "take", "--class", "五年级2班", "--date", "2101-01-01"), "1990年到2100年"),
        (leave("2026-09-01", "2027-09-03"), "超过一学年"),
        (("roll", "missing", "--from", "2020-01-01", "--to", "2026-09-01"), "一次最多看800天"),
        (("roll", "missing", "--from", "1990-01-01", "--to", "2100-09-01"), "超过10年"),
        (("calendar", "reset", "1990-01-01", "--to", "2100-01-01"), "超过10年"),
        (("student", "set", "陈小满", "现住址=" + "村" * 201), "“现住址”有201个字，最多200个"),
        (("student", "set", "陈小满", "现住址=上丰村\x1b"), "控制字符"),
        ((*CONTACT, "--by", "陈老师", "--family", "好" * 2001), "“家庭情况”有2001个字，最多2000个"),
        ((*CONTACT, "--by", "陈" * 201), "“联系人”有201个字，最多200个"),
        (("staff", "add", "--name", "周" * 201), "最多200个"),
        (("student", "list", "--search", "\udcb3\udcc2"), "不是UTF-8"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, tuple) else value,
)  # fmt: skip
def test_a_value_beyond_its_bound_is_refused_by_a_sentence(
    school: Cli, command: tuple[str, ...], words: str
) -> None:
    assert words in school.refused(*command)


def test_a_leave_of_a_school_year_and_a_birth_long_ago_are_taken(school: Cli) -> None:
    school(*leave("2026-09-01", "2027-08-31"))
    school("student", "add", "--name", "甲", "--gender", "男", "--birth", "1989-05-06", "--kind", "没有上学")


def test_a_control_sign_on_a_paper_is_refused_with_its_field(school: Cli, tmp_path: Path) -> None:
    case = school("case", "open", "--student", "陈小满", "--trigger", "排查发现", "--date", "2026-09-21")[
        "no"
    ]
    paper = ("doc", "issue", "报告单", "--case", case, "--out", str(tmp_path), "--set", "旷课原因=厌学\x07")
    assert "“旷课原因”里有看不见的控制字符" in school.refused(*paper)


def test_an_operator_without_end_is_refused(school: Cli) -> None:
    ran = school.raw("today", options=("--json", "--operator", "王" * 201))
    assert (ran.code, ran.out) == (1, "")
    assert "“操作人姓名”有201个字，最多200个" in ran.err


@pytest.mark.parametrize("path", ["", "/" + "深/" * 3000, "名" * 100 + ".jpg"], ids=["none", "deep", "wide"])
def test_a_path_no_file_system_takes_is_wrong_usage(school: Cli, path: str) -> None:
    said = school.misused(*CONTACT, "--by", "陈老师", "--photo", path)
    assert "--photo" in said
    assert "空的" in said or "太长" in said


def test_help_is_one_json_document_where_that_is_asked_for(school: Cli) -> None:
    assert "用法" in json.loads(school.raw("roll", "take", "--help").out)["help"]
