"""What people read: every heading Chinese, every column as wide as it looks; what programs read: one document."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.cli.output import keyed, pad, print_result, width
from app.service.delivery import BatchPaper, Delivered
from app.service.office.keeping import Backup
from app.service.papers.issuing import Voided
from tests.helpers.cli import Cli, set_up

NOT_CHINESE = {"SHA-256", "PDF", "Word"}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Cli:
    """A school with a case, a visit and a paper."""
    cli = set_up(tmp_path_factory.mktemp("忙"), "datian").on("2026-09-21")
    for day in ("2026-09-17", "2026-09-18", "2026-09-20", "2026-09-21"):
        cli.on(day).roll(day, "陈小满=旷课")
    cli.contact("2026-001", "2026-09-21", "同意返校", "--promise", "2026-09-23")
    out = str(tmp_path_factory.mktemp("出"))
    cli("doc", "issue", "家访表", "--case", "2026-001", "--out", out)
    return cli


COMMANDS = (
    ("today",),
    ("case", "list"),
    ("case", "show", "2026-001"),
    ("student", "list"),
    ("student", "set", "陈小满", "村=上湾村"),
    ("student", "history", "陈小满"),
    ("streak", "--student", "陈小满"),
    ("roll", "missing", "--from", "2026-09-17", "--to", "2026-09-21"),
    ("calendar", "show", "--from", "2026-09-17", "--to", "2026-09-21"),
    ("rules", "list"),
    ("rules", "show", "datian"),
    ("doc", "kinds"),
    ("doc", "list"),
    ("backup", "list"),
    ("term", "list"),
    ("staff", "add", "--name", "周老师", "--village", "上湾村"),
    ("staff", "list"),
    ("leave", "add", "--student", "林一帆", "--from", "2026-09-21", "--to", "2026-09-21", "--kind", "病假",
     "--approver", "校长"),
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_headings_are_chinese(busy: Cli, command: tuple[str, ...]) -> None:
    said = busy.text(*command)
    lines = said.splitlines()
    labelled = [line.split("：")[0].strip() for line in lines if "：" in line.split("  ")[0]]
    headings = [*lines[0].split(), *labelled] if labelled == [] else labelled
    assert headings
    for heading in headings:
        assert heading in NOT_CHINESE or any("\u4e00" <= one <= "\u9fff" for one in heading), heading
    assert not {"id", "event", "student_id", "None", "True"} & set(said.split())


def test_a_write_is_told_in_the_words_of_its_record(capsys: pytest.CaptureFixture[str]) -> None:
    print_result([{"table": "unit", "changes": {"name": ["甲", "乙"]}}], as_json=False)
    print_result([{"table": "guardian", "changes": {"name": ["", "王芳"]}}], as_json=False)
    said = capsys.readouterr().out
    assert "单位  单位名称 甲 → 乙" in said
    assert "监护人  姓名 — → 王芳" in said


def test_columns_stand_below_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    print_result([{"name": "甲", "no": "1"}, {"name": "Ab乙丙", "no": "22"}], as_json=False)
    assert capsys.readouterr().out == "姓名    个案编号\n甲      1\nAb乙丙  22\n"
    assert (width("甲a"), pad("甲", 4)) == (3, "甲  ")


def test_nothing_found_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    print_result([], as_json=False)
    assert capsys.readouterr().out == "（没有）\n"


def test_a_change_reads_from_old_to_new(capsys: pytest.CaptureFixture[str]) -> None:
    print_result({"changed": {"联系电话": ["1", "2"]}, "ok": True, "pdf": None}, as_json=False)
    assert capsys.readouterr().out == "变化：联系电话 1 → 2\n完好：是\nPDF：—\n"


def test_dates_are_iso_in_json(busy: Cli) -> None:
    found = json.loads(busy.raw("today").out)
    assert {task["due_on"] for task in found} - {None} <= {  # an advice of ours has no day
        "2026-09-21",
        "2026-09-23",
        "2026-09-17",
        "2026-09-29",
        "2026-09-18",
    }


def test_a_value_json_cannot_hold_is_a_bug_and_not_hidden() -> None:
    with pytest.raises(TypeError):
        print_result({"file": Path("x")}, as_json=True)


def test_a_frozen_answer_is_printed_under_the_keys_of_the_contract_and_nothing_else() -> None:
    paper = Delivered("1号", Path("出/1号.docx"), None, "ab", None, ("注意",))
    plain = {"number": "1号", "docx": str(Path("出/1号.docx")), "pdf": None, "sha256": "ab", "pages": None}
    assert keyed(paper) == plain | {"warnings": ["注意"]}
    (one,) = keyed([BatchPaper("id", "2026-001", paper)])
    assert list(one) == ["no", "number", "docx", "pdf", "sha256", "pages", "warnings"]
    assert one == {"no": "2026-001"} | plain | {"warnings": ["注意"]}


def test_the_keys_of_a_listed_paper_and_of_a_voided_one_are_those_of_the_contract(busy: Cli) -> None:
    (row,) = busy("doc", "list")
    assert list(row) == [
        "number",
        "kind",
        "case",
        "student",
        "issued_on",
        "voided",
        "reason",
        "forced",
        "sha256",
        "id",
    ]
    assert (row["case"], row["issued_on"], row["voided"]) == ("2026-001", "2026-09-21", False)
    voided = Voided("1号", date(2026, 9, 21), "写错")
    assert keyed(voided) == {"number": "1号", "voided_on": date(2026, 9, 21), "reason": "写错"}


def test_what_a_backup_knows_of_the_journal_is_no_part_of_its_line() -> None:
    file = Path("备份/1.gxbak")
    (line,) = keyed([Backup(file, date(2026, 9, 21), 7, True, True, "手工", entries={"a": 1})])
    plain = {"file": str(file), "made_on": date(2026, 9, 21), "size": 7, "complete": True, "ok": True}
    assert line == plain | {"kind": "手工"}
