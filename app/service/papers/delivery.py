"""Writing issued papers out: docx and pages into a folder, one paper or forty, with progress and a way to stop.

Each paper is one transaction of its own; the pages are laid out outside of it, because layout belongs to the thread
that owns Qt.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from app.documents.catalogue import kind_named
from app.domain.changes import Done
from app.errors import EnvironmentProblem, ReasonNeeded, UserError
from app.service.office.desk import JSON
from app.service.office.saved_files import save_file
from app.service.papers.drafts import BatchDraft, Given, batch_draft, merged
from app.service.papers.issuing import MissingValues, Paper, issue_paper, keep_pdf, paper_in_hand
from app.store.safe_files import write_file

NAME_PART = 20  # characters of a child's name in a file's name, which may not be longer than 255 bytes


@dataclass(frozen=True)
class Pages:
    """A laid-out document: how many pages, and the same pages as PDF."""

    count: int
    pdf: bytes


Renderer = Callable[[bytes, str, date], Pages]
"""Lays out a filled docx under a title, dated by its issue day; given by the window's side, which owns Qt."""


class Runner(Protocol):
    """What runs use cases, each in a transaction of its own; `bootstrap.Program` is one."""

    renderer: Renderer | None

    def read(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """The answer of a use case that only reads."""

    def write(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Done[Any]:
        """The answer of a use case and what it changed."""


def issue_to(
    runner: Runner,
    kind: str,
    no: str,
    out: Path,
    *,
    typed: Mapping[str, str] | None = None,
    blanks: Collection[str] = (),
    pdf: bool = False,
    force: str = "",
) -> JSON:
    """Issue a paper and write it into `out`. Returns {number, docx, pdf, sha256, pages, warnings}."""
    _prepare(runner, out, pdf)
    paper = runner.write(issue_paper, kind, no, dict(typed or {}), tuple(blanks), force).value
    return _deliver(runner, paper, out, pdf)


def reprint_to(runner: Runner, number: str, out: Path, *, pdf: bool = False) -> JSON:
    """Write an issued paper again, identical to the byte. Returns what `issue_to` does."""
    _prepare(runner, out, pdf)
    return _deliver(runner, runner.write(paper_in_hand, number).value, out, pdf)


def batch_to(
    runner: Runner,
    kind: str,
    numbers: Sequence[str],
    out: Path,
    *,
    typed: Mapping[str, str] | None = None,
    blanks: Collection[str] = (),
    own: Mapping[str, Given] | None = None,
    pdf: bool = False,
    force: str = "",
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    issued: Callable[[str, str], None] = lambda no, number: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[JSON]:
    """Issue one paper a case. Nothing is issued while any of them lacks something: all gaps are named at once.

    `own` is what was given for one case alone; `force` the reason where it is too early. `progress` gets (done,
    total, the case), `issued` each case with its number as soon as it is taken: a batch that breaks off later leaves
    those papers standing. `cancelled` is asked before each paper, and what was issued stays.
    """
    wanted = list(dict.fromkeys(no.strip() for no in numbers if no.strip()))
    if not wanted:
        raise UserError("没有写个案编号。请写明给哪些个案出，编号之间用逗号隔开。")
    _prepare(runner, out, pdf)
    common: Given = (dict(typed or {}), tuple(blanks))
    _refuse_batch(runner.read(batch_draft, kind, wanted, *common, own), force)
    done: list[JSON] = []
    for no in wanted:
        if cancelled():
            break
        progress(len(done), len(wanted), no)
        _prepare(runner, out, pdf)
        values, empty = merged(common, (own or {}).get(no))
        paper = runner.write(issue_paper, kind, no, values, tuple(empty), force).value
        issued(no, paper.record.number)
        done.append({"no": no} | _deliver(runner, paper, out, pdf))
    progress(len(done), len(wanted), "")
    return done


def _refuse_batch(draft: BatchDraft, force: str) -> None:
    if draft.refusal:
        raise UserError(draft.refusal)
    early = [f"个案{one['no']}{one['why_not']}" for one in draft.rows if one["why_not"]]
    if early and not force.strip():
        raise ReasonNeeded(
            f"有{len(early)}份现在还不能出：{'；'.join(early)}。"
            "现在一份也没有出。请先去掉这几个个案；确有必要提前出具的，请写明理由。"
        )
    gaps = [_gap(one) for one in draft.rows if one["missing"]]
    if gaps:
        raise MissingValues(
            f"有{len(gaps)}份还不能出：{'；'.join(gaps)}。请先补齐，或说明有意留空；现在一份也没有出。"
        )


def _gap(row: JSON) -> str:
    note = f"（{row['note'].rstrip('。')}）" if row["note"] else ""
    return f"个案{row['no']}缺{'、'.join(row['missing'])}{note}"


def _prepare(runner: Runner, out: Path, pdf: bool) -> None:
    """Fail before a number is taken, not after: the folder must take files, and pages need their layout."""
    if pdf and runner.renderer is None:
        raise EnvironmentProblem("这里没有排版功能，不能存为PDF。请只存Word，或用完整安装的程序。")
    probe = out / ".guixue-probe"
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_file(probe, b"")
        probe.unlink()
    except (OSError, EnvironmentProblem) as problem:
        raise EnvironmentProblem(
            f"不能在“{out}”存文件。请检查这个文件夹能不能写、磁盘有没有空间，或换一个文件夹。"
        ) from problem


def _deliver(runner: Runner, paper: Paper, out: Path, pdf: bool) -> JSON:
    number = paper.record.number
    stem = _file_stem(f"{kind_named(paper.record.kind).title}_{paper.student[:NAME_PART]}_{number}")
    docx_path, pdf_path = out / f"{stem}.docx", out / f"{stem}.pdf"
    try:
        save_file(docx_path, paper.docx)
        pages = runner.renderer(paper.docx, paper.title, paper.record.issued_on) if runner.renderer else None
        if pdf and pages:
            content = paper.pdf or pages.pdf
            if paper.pdf is None:
                runner.write(keep_pdf, paper, content)
            save_file(pdf_path, content)
    except EnvironmentProblem as problem:
        raise EnvironmentProblem(
            f"{number}已编号并存好，但文件没有写完整：{problem.sentence}处理后重印这份文书即可。"
        ) from problem
    return {
        "number": number,
        "docx": str(docx_path),
        "pdf": str(pdf_path) if pdf else None,
        "sha256": paper.record.sha256,
        "pages": pages.count if pages else None,
        "warnings": list(paper.warnings),
    }


def _file_stem(text: str) -> str:
    """A name every file system takes."""
    return "".join(one if one not in '\\/:*?"<>|' and one.isprintable() else "_" for one in text)
