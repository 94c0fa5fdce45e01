"""劝返 visits on a case: what counts, in which order, when they happened and when they were entered, with photos."""

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from app.domain.records import Attachment
from tests.helpers.cli import Cli, open_store

NO = "2026-001"


@pytest.fixture
def cli(school: Cli) -> Cli:
    """陈小满 missing on 17, 18 and 20 September; today is the 21st."""
    for day in ("2026-09-17", "2026-09-18", "2026-09-20"):
        school.on(day).roll(day, "陈小满=旷课")
    return school


def test_nobody_at_home_does_not_count(cli: Cli) -> None:
    first = cli.contact(NO, "2026-09-20", "无人在家")
    assert (first["counts"], first["counted_visits"], first["stage"]) == (False, 0, "核实中")
    again = cli.contact(NO, "2026-09-21", "见到家长")
    assert (again["counts"], again["counted_visits"], again["stage"]) == (True, 1, "学校劝返")
    assert [one["counts"] for one in cli.case(NO)["contacts"]] == [False, True]


def test_a_visit_before_the_absence_is_refused_naming_it_and_forced_with_a_reason(cli: Cli) -> None:
    early = (
        "contact",
        "add",
        "--case",
        NO,
        "--date",
        "2026-09-16",
        "--method",
        "家访",
        "--outcome",
        "拒绝",
        "--by",
        "陈老师",
    )
    assert "早于开始缺勤日期2026年9月17日" in cli.refused(*early)
    cli(*early, "--force", "家长九月初就说过不来")
    (one,) = cli.case(NO)["contacts"]
    assert one["forced"] == "家长九月初就说过不来"
    assert any("强制录入理由" in entry["text"] for entry in cli.case(NO)["timeline"])


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--date", "2026-09-22"), "今天"),
        (("--date", "2026-09-21", "--promise", "2026-09-20"), "承诺返校日"),
    ],
)
def test_impossible_dates_cannot_be_forced(cli: Cli, options: tuple[str, ...], word: str) -> None:
    fixed = (
        "contact",
        "add",
        "--case",
        NO,
        "--method",
        "电话",
        "--outcome",
        "同意返校",
        "--by",
        "陈老师",
        "--force",
        "有理由",
    )
    assert word in cli.refused(*fixed, *options)


def test_a_visit_entered_late_keeps_both_dates(cli: Cli) -> None:
    cli.on("2026-09-25").contact(NO, "2026-09-20", "拒绝")
    (one,) = cli.case(NO)["contacts"]
    assert (one["date"], one["entered_on"]) == ("2026-09-20", "2026-09-25")
    entry = next(entry for entry in cli.case(NO)["timeline"] if entry["what"] == "学校家访")
    assert (entry["date"], entry["entered_on"]) == ("2026-09-20", "2026-09-25")


def test_a_promise_does_not_hide_the_report_that_is_due_and_is_a_task_when_it_is_broken(cli: Cli) -> None:
    cli.contact(NO, "2026-09-21", "同意返校", "--promise", "2026-09-23")
    (task,) = [task for task in cli("today") if task["case"] == NO]
    assert (task["state"], task["due_on"]) == ("overdue", "2026-09-20")  # 孟津: 达三天 on the 20th, 及时报镇
    assert "报告单" in task["what"] and "承诺2026年9月23日返校" in task["why"]
    (late,) = [task for task in cli.on("2026-09-24")("today") if task["case"] == NO]
    assert late["state"] == "overdue"
    assert late["what"].startswith("承诺9月23日返校") and "报告单" in late["what"]


def test_the_child_in_school_again_is_said(cli: Cli) -> None:
    cli.contact(NO, "2026-09-21", "同意返校", "--promise", "2026-09-22")
    cli = cli.on("2026-09-22")
    cli.roll("2026-09-21", "陈小满=旷课")
    cli.roll("2026-09-22")
    found = cli.case(NO)
    assert (found["stage"], found["returned_on"]) == ("已复学(观察期)", "2026-09-22")
    assert "返校" in [entry["what"] for entry in found["timeline"]]


def test_what_was_found_on_the_visit_is_on_the_school_record(cli: Cli, tmp_path: Path) -> None:
    told = ("--cause", "厌学", "--family", "父母在泉州", "--work-place", "泉州鞋厂", "--companions", "表姐")
    cli.contact(
        NO,
        "2026-09-21",
        "见到家长",
        *told,
        "--measures",
        "补课",
        "--guardian-attitude",
        "愿意",
        "--student-attitude",
        "不愿",
    )
    assert cli("doc", "missing", "学校情况记录表", "--case", NO) == []
    paper = cli("doc", "issue", "学校情况记录表", "--case", NO, "--out", str(tmp_path / "出"))
    assert paper["number"].endswith("〔2026〕1号")


def test_a_photo_is_shrunk_and_kept_sealed(cli: Cli, tmp_path: Path) -> None:
    Image.new("RGB", (3200, 2400), "red").save(tmp_path / "家访.png")
    before = set((cli.data / "attachments").iterdir()) if (cli.data / "attachments").exists() else set()
    cli.contact(NO, "2026-09-21", "见到家长", "--photo", str(tmp_path / "家访.png"))
    (kept,) = set((cli.data / "attachments").iterdir()) - before
    sealed = kept.read_bytes()
    assert not sealed.startswith(b"\xff\xd8")
    with open_store(cli) as store:
        photo = store.read(lambda tx: tx.find(Attachment, "owner = 'contact'")[0])
        content = store.read(lambda tx: tx.files.get(photo.sha256))
    assert hashlib.sha256(content).hexdigest() == photo.sha256
    (tmp_path / "看.jpg").write_bytes(content)
    with Image.open(tmp_path / "看.jpg") as picture:
        assert picture.size == (1600, 1200)


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0broken"])
def test_a_broken_photo_leaves_no_visit(cli: Cli, tmp_path: Path, content: bytes) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(content)
    fixed = (
        "contact",
        "add",
        "--case",
        NO,
        "--date",
        "2026-09-21",
        "--method",
        "家访",
        "--outcome",
        "拒绝",
        "--by",
        "陈老师",
    )
    assert "照片" in cli.refused(*fixed, "--photo", str(photo))
    assert cli.case(NO)["contacts"] == []
    assert "照片" in cli.refused(*fixed, "--photo", str(tmp_path / "没有.jpg"))
