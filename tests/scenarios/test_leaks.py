"""Nothing of a child lies in clear but in the papers a person asked for (README, promise 6; issue 10, 5)."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from PIL import Image

from tests.helpers import ROOT
from tests.helpers.cli import NAMES, PASSWORD, Cli, child_row, set_up, simple_pages
from tests.helpers.victim import PHONE

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gbk")
DAY = "2026-09-21"


def leaks(words: list[str], *folders: Path) -> list[tuple[str, str]]:
    """The files under `folders` that hold a word in clear, in their content or their own name."""
    found = []
    for file in (one for folder in folders for one in folder.rglob("*") if one.is_file()):
        content = file.read_bytes()
        found += [(file.name, word) for word in words if word in file.name]
        found += [(file.name, word) for word in words for code in ENCODINGS if word.encode(code) in content]
    return found


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """A temp folder, a profile and a home of our own, all empty."""
    found = {name: tmp_path / name for name in ("tmp", "profile", "home")}
    for one in found.values():
        one.mkdir()
    monkeypatch.setenv("TMPDIR", str(found["tmp"]))
    monkeypatch.setenv("HOME", str(found["home"]))
    monkeypatch.setenv("GUIXUE_PROFILE", str(found["profile"]))
    monkeypatch.setattr(tempfile, "tempdir", str(found["tmp"]))
    return found


def work(office: Cli, out: Path) -> None:
    """A visit with a photo, a paper with pages, every export, a backup."""
    office(
        "student", "add", "--name", "郑禾苗", "--gender", "女", "--kind", "没有上学", "--birth", "2016-05-04"
    )
    office("student", "set", "郑禾苗", f"联系电话={PHONE}")
    office("case", "open", "--student", NAMES[0], "--trigger", "排查发现", "--date", DAY)
    photo = out / "家访.png"
    Image.effect_noise((64, 48), 50).convert("RGB").save(photo)
    visit = (
        "--date",
        DAY,
        "--method",
        "家访",
        "--outcome",
        "见到家长",
        "--by",
        "陈老师",
        "--photo",
        str(photo),
    )
    office("contact", "add", "--student", NAMES[0], *visit)
    paper = ("--out", str(out), "--pdf", "--set", f"告知联系电话={PHONE}")
    open_ones = [part for name in ("保存期限", "保管方式", "处理规则") for part in ("--blank", name)]
    office("doc", "issue", "个人信息处理告知书", "--student", NAMES[1], *paper, *open_ones)
    for table in ("students", "contacts", "papers", "today"):
        office("export", table, "--out", str(out / f"{table}.xlsx"))
    office("backup", "make")


def killed(office: Cli, event: int) -> None:
    """A program that writes and dies before a file event."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "GUIXUE_PASSWORD": PASSWORD}
    arguments = [str(office.data), DAY, str(event), "1"]
    victim = [sys.executable, "-m", "tests.helpers.victim", *arguments]
    assert (
        subprocess.run(victim, check=False, env=environment, capture_output=True).returncode
        == -signal.SIGKILL
    )


def test_nothing_lies_in_clear_after_papers_photos_exports_and_a_kill(
    tmp_path: Path, places: dict[str, Path]
) -> None:
    out = tmp_path / "文书"
    out.mkdir()
    office = set_up(tmp_path, "general").on(DAY)
    work(Cli(office.data, DAY, simple_pages), out)
    for event in (9, 60):
        killed(office, event)
    rows = [child_row(number, name, "五年级2班") for number, name in enumerate(NAMES)]
    words = [cell for row in rows for cell in (row[0], row[3], row[8])] + ["郑禾苗", PHONE, "童一", "上丰村"]
    assert leaks(words, out), "the search finds what a person asked for in clear"
    assert leaks(words, office.data, *places.values()) == []
