"""Writing issued papers out: docx and pages into a folder, one paper or forty, with progress and a way to stop.

Each paper is one transaction of its own; the pages are laid out outside of it, because layout belongs to the thread
that owns Qt.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.documents.catalogue import kind_named
from app.errors import EnvironmentProblem, ReasonNeeded, UserError
from app.service.office.saved_files import file_stem, save_file
from app.service.papers.drafts import BatchDraft, BatchRow, Given, batch_draft, draft, draft_docx, merged
from app.service.papers.issuing import MissingValues, Paper, issue_paper, keep_pdf, paper_in_hand
from app.service.program import Program
from app.store.safe_files import write_file

NAME_PART = 20  # characters of a child's name in a file's name, which may not be longer than 255 bytes


@dataclass(frozen=True)
class Delivered:
    """A paper written out: its number, its files (no `pdf` where none was asked for), the hash of the docx, how many
    pages the PDF has, and what to mind before it is signed."""

    number: str
    docx: Path
    pdf: Path | None
    sha256: str
    pages: int | None
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class BatchPaper:
    """What came of one paper of a batch: the id of its case or child, what people call the case, and the paper."""

    subject_id: str
    no: str
    paper: Delivered


def issue_to(
    program: Program,
    kind: str,
    subject_id: str,
    out: Path,
    *,
    typed: Mapping[str, str] | None = None,
    blanks: Collection[str] = (),
    pdf: bool = False,
    force: str = "",
) -> Delivered:
    """Issue a paper and write it into `out`; `issue_paper` says what is refused."""
    _prepare(program, out, pdf, _trial(program, kind, subject_id, dict(typed or {}), blanks))
    paper = program.write(issue_paper, kind, subject_id, dict(typed or {}), tuple(blanks), force).value
    return _deliver(program, paper, out, pdf)


def reprint_to(program: Program, paper_id: str, out: Path, *, pdf: bool = False) -> Delivered:
    """Write an issued paper again, identical to the byte."""
    _prepare(program, out, pdf)
    return _deliver(program, program.write(paper_in_hand, paper_id).value, out, pdf)


def batch_to(
    program: Program,
    kind: str,
    subject_ids: Sequence[str],
    out: Path,
    *,
    typed: Mapping[str, str] | None = None,
    blanks: Collection[str] = (),
    own: Mapping[str, Given] | None = None,
    pdf: bool = False,
    force: str = "",
    progress: Callable[[int, int, str], None] = lambda done, total, subject_id: None,
    issued: Callable[[str, Paper], None] = lambda subject_id, paper: None,
    cancelled: Callable[[], bool] = lambda: False,
    already: Callable[[Sequence[BatchRow]], None] = lambda rows: None,
) -> list[BatchPaper]:
    """Issue one paper a case, or a child. Nothing is issued while one of them lacks something: all gaps are named.

    `own` is what was given for one case or child alone; `force` the reason where it is too early. `progress` gets
    (done, total, the id of the case or child in hand), `issued` that id with its paper as soon as it is numbered.
    `cancelled` is asked before each paper; what was issued stays. A batch that broke off goes on when it is asked for
    again: what went out today in the same words is told to `already` and not issued anew, unless `force` says why.
    """
    wanted = _each_once(subject_ids)
    _prepare(program, out, pdf)
    common: Given = (dict(typed or {}), tuple(blanks))
    rows = _issuable(program.read(batch_draft, kind, wanted, *common, own), force)
    left = _still_to_issue(rows, force, already)
    done: list[BatchPaper] = []
    for row in left:
        if cancelled():
            break
        progress(len(done), len(left), row.subject_id)
        values, empty = merged(common, (own or {}).get(row.subject_id))
        _prepare(program, out, pdf, _trial(program, kind, row.subject_id, values, empty) if not done else b"")
        paper: Paper = program.write(issue_paper, kind, row.subject_id, values, tuple(empty), force).value
        issued(row.subject_id, paper)
        done.append(BatchPaper(row.subject_id, row.no, _deliver(program, paper, out, pdf)))
    progress(len(done), len(left), "")
    return done


def _each_once(subject_ids: Sequence[str]) -> list[str]:
    if not subject_ids:
        raise UserError("没有写明给谁出。请写个案编号或学生，几个之间用逗号隔开。")
    return list(dict.fromkeys(subject_ids))


def _still_to_issue(
    rows: Sequence[BatchRow], force: str, already: Callable[[Sequence[BatchRow]], None]
) -> list[BatchRow]:
    """The rows that have no paper of today in the same words; all of them where `force` says why."""
    done = [] if force.strip() else [row for row in rows if row.done]
    already(done)
    return [row for row in rows if row not in done]


def _issuable(draft: BatchDraft, force: str) -> tuple[BatchRow, ...]:
    """The rows of a batch, of which each can be issued; else the refusal of them all."""
    if draft.refusal:
        raise UserError(draft.refusal)
    early = [f"{_called(one)}{one.why_not}" for one in draft.rows if one.why_not and not one.done]
    if early and not force.strip():
        raise ReasonNeeded(
            f"有{len(early)}份现在还不能出：{'；'.join(early)}。"
            "现在一份也没有出。请先去掉这几个个案；确有必要出具的，请写明理由。"
        )
    gaps = [_gap(one) for one in draft.rows if one.missing and not one.done]
    if gaps:
        raise MissingValues(
            f"有{len(gaps)}份还不能出：{'；'.join(gaps)}。请先补齐，或说明有意留空；现在一份也没有出。"
        )
    return draft.rows


def _gap(row: BatchRow) -> str:
    note = f"（{row.note.rstrip('。')}）" if row.note else ""
    return f"{_called(row)}缺{'、'.join(row.missing)}{note}"


def _called(row: BatchRow) -> str:
    return f"个案{row.no}" if row.no else row.who


def _trial(
    program: Program, kind: str, subject_id: str, typed: Mapping[str, str], blanks: Collection[str]
) -> bytes:
    """The paper without its number: what the folder has to have room for."""
    return draft_docx(program.read(draft, kind, subject_id, typed, blanks))


def _prepare(program: Program, out: Path, pdf: bool, trial: bytes = b"") -> None:
    """Fail before a number is taken, not after: the folder must take the bytes of the paper (`trial`, and its pages
    where a PDF is wanted), and pages need their layout."""
    if pdf and program.renderer is None:
        raise EnvironmentProblem("这里没有排版功能，不能存为PDF。请只存Word，或用完整安装的程序。")
    probe = out / ".guixue-probe"
    try:
        out.mkdir(parents=True, exist_ok=True)
        write_file(probe, trial + (_pages_of(program, trial) if pdf and trial else b""))
        probe.unlink()
    except (OSError, EnvironmentProblem) as problem:
        raise EnvironmentProblem(
            f"不能在“{out}”存文件。请检查这个文件夹能不能写、磁盘有没有空间，或换一个文件夹。"
        ) from problem


def _pages_of(program: Program, docx: bytes) -> bytes:
    return program.renderer(docx, "", program.today).pdf if program.renderer else b""


def _deliver(program: Program, paper: Paper, out: Path, pdf: bool) -> Delivered:
    """Write the files; pages are laid out only where a PDF is wanted."""
    number = paper.record.number
    stem = file_stem(f"{kind_named(paper.record.kind).title}_{paper.student[:NAME_PART]}_{number}")
    docx_path, pdf_path = out / f"{stem}.docx", out / f"{stem}.pdf"
    try:
        save_file(docx_path, paper.docx)
        pages = _save_pages(program, paper, pdf_path) if pdf else None
    except EnvironmentProblem as problem:
        raise EnvironmentProblem(
            f"{number}已编号并存好，但文件没有写完整：{problem.sentence}处理后重印这份文书即可。"
        ) from problem
    return Delivered(
        number=number,
        docx=docx_path,
        pdf=pdf_path if pdf else None,
        sha256=paper.record.sha256,
        pages=pages,
        warnings=paper.warnings,
    )


def _save_pages(program: Program, paper: Paper, file: Path) -> int | None:
    """Write the PDF, the same one each time; how many pages it has."""
    if program.renderer is None:  # `_prepare` refused it before a number was taken
        return None
    pages = program.renderer(paper.docx, paper.title, paper.record.issued_on)
    if paper.pdf is None:
        program.write(keep_pdf, paper, pages.pdf)
    save_file(file, paper.pdf or pages.pdf)
    return pages.count


def save_paper(program: Program, paper_id: str, file: Path) -> Path:
    """Write an issued paper to `file`, as PDF if its name ends so, else as docx; identical to the byte each time.

    Raises UserError if it was voided, EnvironmentProblem if the file cannot be written or pages cannot be laid out.
    """
    paper: Paper = program.write(paper_in_hand, paper_id).value
    save_file(file, _pdf(program, paper) if file.suffix.lower() == ".pdf" else paper.docx)
    return file


def _pdf(program: Program, paper: Paper) -> bytes:
    if paper.pdf is not None:
        return paper.pdf
    if program.renderer is None:
        raise EnvironmentProblem("这里没有排版功能，不能存为PDF。请存为Word，或用完整安装的程序。")
    pages = program.renderer(paper.docx, paper.title, paper.record.issued_on)
    program.write(keep_pdf, paper, pages.pdf)
    return pages.pdf
