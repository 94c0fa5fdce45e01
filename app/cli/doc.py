"""doc: official papers, issued, reprinted, voided."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from app.cli.context import Session, pass_session
from app.cli.types import PAIR
from app.domain.records import CaseFile
from app.errors import ReasonNeeded
from app.service.cases.numbers import case_names, find_case, find_cases
from app.service.delivery import batch_to, issue_to, reprint_to
from app.service.papers.issuing import MissingValues, missing_values, paper_kinds, void_paper
from app.service.papers.listing import list_papers
from app.service.papers.numbers import find_paper

OUT = click.option("--out", type=click.Path(path_type=Path), required=True, help="存到哪个文件夹")
PDF = click.option("--pdf", is_flag=True, help="同时存为PDF")
SET = click.option("--set", "typed", type=PAIR, multiple=True, help="名称=值，补上记录里没有的")
FORCE = click.option("--force", default="", help="还不到时候就出具的理由")
BLANK = click.option("--blank", "blanks", multiple=True, help="这一项有意留空")


@click.group()
def doc() -> None:
    """文书。"""


@doc.command("kinds")
@pass_session
def doc_kinds(session: Session) -> None:
    """有哪些文书，由谁出具。"""
    session.show(paper_kinds())


@doc.command("missing")
@click.argument("kind")
@click.option("--case", "no", required=True)
@pass_session
def doc_missing(session: Session, kind: str, no: str) -> None:
    """出这份文书还缺哪几项。"""
    session.read(missing_values, kind, _case(session, no).id)


@doc.command("issue")
@click.argument("kind")
@click.option("--case", "no", required=True)
@SET
@BLANK
@FORCE
@OUT
@PDF
@pass_session
def doc_issue(
    session: Session,
    kind: str,
    no: str,
    typed: tuple[tuple[str, str], ...],
    blanks: tuple[str, ...],
    force: str,
    out: Path,
    pdf: bool,
) -> None:
    """出具一份文书。"""
    with _options_named():
        case_id, values = _case(session, no).id, dict(typed)
        done = issue_to(
            session.program, kind, case_id, out, typed=values, blanks=blanks, pdf=pdf, force=force
        )
    session.show(done)


@doc.command("batch")
@click.argument("kind")
@click.option("--cases", required=True, help="个案编号，用逗号隔开")
@SET
@BLANK
@FORCE
@OUT
@PDF
@pass_session
def doc_batch(
    session: Session,
    kind: str,
    cases: str,
    typed: tuple[tuple[str, str], ...],
    blanks: tuple[str, ...],
    force: str,
    out: Path,
    pdf: bool,
) -> None:
    """一次给多个个案出同一种文书。"""
    numbers = [no.strip() for no in cases.replace("，", ",").split(",") if no.strip()]
    found = session.program.read(find_cases, numbers)
    names = session.program.read(case_names)
    called = {case.id: names.of(case) for case in found}
    with _options_named():
        done = batch_to(
            session.program,
            kind,
            list(called),
            out,
            typed=dict(typed),
            blanks=blanks,
            pdf=pdf,
            force=force,
            progress=lambda done, total, case_id: _progress(done, total, called.get(case_id, "")),
        )
    session.show(done)


@doc.command("list")
@pass_session
def doc_list(session: Session) -> None:
    """文书登记簿。"""
    session.read(list_papers)


@doc.command("void")
@click.argument("number")
@click.option("--reason", required=True)
@pass_session
def doc_void(session: Session, number: str, reason: str) -> None:
    """作废；文号不再使用。"""
    session.write(void_paper, _paper_id(session, number), reason)


@doc.command("reprint")
@click.argument("number")
@OUT
@PDF
@pass_session
def doc_reprint(session: Session, number: str, out: Path, pdf: bool) -> None:
    """重印，与原件一字不差。"""
    session.show(reprint_to(session.program, _paper_id(session, number), out, pdf=pdf))


def _case(session: Session, no: str) -> CaseFile:
    """The case a person means by its number, 校名 and number, or its id."""
    return session.program.read(find_case, no)


def _paper_id(session: Session, number: str) -> str:
    """The id of the paper a person means by its number, 单位名 and number, or its id."""
    return session.program.read(find_paper, number).id


@contextmanager
def _options_named() -> Iterator[None]:
    """Tell which options supply what a paper lacks, or the reason it needs; the window has fields for it."""
    try:
        yield
    except MissingValues as lacking:
        words = lacking.sentence.removesuffix("。")
        raise MissingValues(f"{words}（--set 名称=值 补上，--blank 名称 留空）。") from lacking
    except ReasonNeeded as early:
        raise ReasonNeeded(f"{early.sentence.removesuffix('。')}（--force 理由）。") from early


def _progress(done: int, total: int, name: str) -> None:
    click.echo(f"{done}/{total} {name}", err=True)
