"""Runs the command line in this process and looks at it as a user would: exit code, one JSON document, one sentence."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from docx import Document
from nacl import pwhash

from app.cli.main import run
from app.cli.output import LABELS
from app.domain.identity import check_digit
from app.service.program import Pages, Renderer
from app.settings import DataFolder
from app.store import Store, keys
from tests.helpers.offices import own_office
from tests.helpers.sheets import workbook

PASSWORD = "石桥2026"
RULES = ("mengjin", "datian", "plan-24", "general")
SCHOOL, TOWNSHIP, COUNTY = "湖美乡中心小学", "湖美乡", "大田县"
NAMES = ("陈小满", "林一帆", "周晓航", "黄丽娟", "何知秋", "罗春生")
HEADER = ("姓名", "性别", "出生日期", "身份证件号", "班级", "现住址", "所在村", "家长姓名", "联系电话")


def unnamed(answer: Any) -> set[str]:
    """The keys of an answer that people would read in English: each has a heading in Chinese."""
    if isinstance(answer, list):
        return {key for one in answer for key in unnamed(one)}
    if not isinstance(answer, dict):
        return set()
    own = {key for key in answer if key.isascii() and key.isidentifier() and key not in LABELS}
    return own | {key for one in answer.values() for key in unnamed(one)}


@dataclass(frozen=True)
class Ran:
    """How one command line ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Cli:
    """A data folder and the day on which commands are given."""

    data: Path
    today: str = "2026-09-21"
    renderer: Renderer | None = None
    password: str = PASSWORD

    def on(self, day: str) -> "Cli":
        """The same office on another day."""
        return replace(self, today=day)

    def raw(self, *arguments: str, options: tuple[str, ...] = ("--json",)) -> Ran:
        """Run a command; the global options come before it."""
        line = ["--data", str(self.data), "--today", self.today, *options, *arguments]
        out, err = StringIO(), StringIO()
        with (
            patch.dict(os.environ, {"GUIXUE_PASSWORD": self.password}),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            code = run(line, self.renderer)
        return Ran(code, out.getvalue(), err.getvalue())

    def __call__(self, *arguments: str, operator: str = "") -> Any:
        """The answer of a command that must succeed: stdout is exactly one JSON document."""
        options = ("--json", "--operator", operator) if operator else ("--json",)
        ran = self.raw(*arguments, options=options)
        assert ran.code == 0, f"{arguments}: {ran.code} {ran.err}"
        answer = json.loads(ran.out)
        assert (nameless := unnamed(answer)) == set(), f"{arguments}: people would read {nameless}"
        return answer

    def refused(self, *arguments: str) -> str:
        """The sentence of a command that must be refused, having written nothing."""
        before = self.position()
        ran = self.raw(*arguments)
        assert (ran.code, ran.out) == (1, ""), f"{arguments}: {ran}"
        assert self.position() == before, "something was written by a refused command"
        return is_one_sentence(ran.err)

    def misused(self, *arguments: str) -> str:
        """What is said of a command line that must be wrong usage."""
        ran = self.raw(*arguments)
        assert (ran.code, ran.out) == (2, ""), f"{arguments}: {ran}"
        return is_chinese(ran.err)

    def text(self, *arguments: str) -> str:
        """What people read when they ask without --json."""
        ran = self.raw(*arguments, options=())
        assert ran.code == 0, f"{arguments}: {ran.code} {ran.err}"
        return ran.out

    def position(self) -> int:
        """The journal's newest number; −1 where there is no data yet."""
        if not DataFolder(self.data).database.exists():
            return -1
        with open_store(self) as store:
            return store.read(lambda tx: tx.position())

    def roll(self, day: str, *absences: str, group: str = "五年级2班") -> Any:
        """Call the roll of a class as of the day it is called for, or of today if that is later."""
        absent = [part for one in absences for part in ("--absent", one)]
        office = self.on(max(self.today, day))
        return office("roll", "take", "--class", group, "--date", day, *absent)

    def cases(self, *options: str) -> Any:
        """The list of cases."""
        return self("case", "list", *options)

    def case(self, no: str) -> Any:
        """One case whole."""
        return self("case", "show", no)

    def contact(self, no: str, day: str, outcome: str = "见到家长", *more: str, method: str = "家访") -> Any:
        """Record a visit."""
        fixed = ("--case", no, "--date", day, "--method", method, "--outcome", outcome, "--by", "陈老师")
        return self("contact", "add", *fixed, *more)


def open_store(cli: Cli) -> Store:
    """The store below an office, for looking at what the command line does not show."""
    return Store.open(DataFolder(cli.data), PASSWORD, "", date.fromisoformat(cli.today))


def is_one_sentence(text: str) -> str:
    """`text` if it is one line of Chinese that ends as a sentence, without a traceback."""
    words = text.strip()
    assert words, "nothing was said"
    assert "\n" not in words, words
    assert words.endswith(("。", "！")), words
    return is_chinese(words)


def is_chinese(text: str) -> str:
    """`text` if it is for Chinese readers and shows nothing of the program's inside."""
    assert any("\u4e00" <= one <= "\u9fff" for one in text), text
    for inside in ("Traceback", "Error", "Exception", "None", "app/", "Usage", "Try ", "Options"):
        assert inside not in text, text
    return text


@contextmanager
def cheap_keys() -> Iterator[None]:
    """Key derivation at its least cost while key slots are made; they open as cheaply afterwards."""
    with (
        patch.object(keys, "OPSLIMIT", pwhash.argon2id.OPSLIMIT_MIN),
        patch.object(keys, "MEMLIMIT", pwhash.argon2id.MEMLIMIT_MIN),
    ):
        yield


def child_row(n: int, name: str, group: str, *, born: str = "2015-03-01", phone: str = "") -> list[str]:
    """A row of a roster for the `n`-th invented child."""
    body = f"350425{born.replace('-', '')}{n // 2:02d}{n % 2 + 1}"
    return [
        name,
        "女" if n % 2 else "男",
        born,
        body + check_digit(body),
        group,
        f"湖美乡上丰村{n + 1}号",
        "上丰村",
        name[0] + "建国",
        phone or f"1390000{n:04d}",
    ]


def usual_rows(year: int = 2026) -> list[list[str]]:
    """Six children of 五年级2班 and two of 六年级1班 in autumn 2026; a grade lower in the year before."""
    fifth, sixth = ("五年级2班", "六年级1班") if year == 2026 else ("四年级2班", "五年级1班")
    rows = [child_row(n, name, fifth) for n, name in enumerate(NAMES)]
    older = [("高山青", 6), ("谢云舒", 7)]
    return rows + [child_row(n, name, sixth, born="2014-05-04") for name, n in older]


def write_roster(path: Path, rows: list[list[str]]) -> Path:
    """A plain workbook of `rows` at `path`."""
    return workbook(path, (HEADER, *rows))


def set_up(folder: Path, rules: str, level: str = "school", year: int = 2026) -> Cli:
    """An office in `folder` since 1 September: a school with its roster in, or a township with nobody yet."""
    cli = Cli(folder / "data", f"{year}-09-01")
    name = {"school": SCHOOL, "township": TOWNSHIP, "street": "凤山街道"}[level]
    above = ["--county", COUNTY, *(["--township", TOWNSHIP] if level == "school" else [])]
    chosen = "school" if level == "school" else "township"
    with cheap_keys():
        cli("init", "--level", chosen, "--name", name, *above, "--rules", rules, "--operator", "陈老师")
    if level == "school":
        cli("term", "set", "--from", f"{year}-09-01", "--to", f"{year + 1}-01-22")
        cli("roster", "import", str(write_roster(folder / "名册.xlsx", usual_rows(year))))
    return cli


def copy_of(cli: Cli, folder: Path) -> Cli:
    """The same office in a folder of its own."""
    return Cli(own_office(cli.data, folder / "data"))


def simple_pages(docx: bytes, title: str, issued_on: date) -> Pages:
    """Pages for tests that do not look at them: named by title, day and content."""
    stamp = datetime.combine(issued_on, datetime.min.time()).isoformat()
    return Pages(1, f"%PDF {title} {stamp} {len(docx)}".encode())


def paper_words(docx: object) -> str:
    """All words of a docx, tables included."""
    document = Document(str(docx))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
