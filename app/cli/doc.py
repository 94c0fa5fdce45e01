"""doc: official papers, issued, reprinted, voided."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from app.cli.context import Session, pass_session
from app.cli.types import FILE_PATH, PAIR
from app.documents.catalogue import kind_named
from app.errors import ReasonNeeded, UserError
from app.service.cases.numbers import case_names, find_case, find_cases
from app.service.children.students import find_student, list_students
from app.service.delivery import batch_to, issue_to, reprint_to
from app.service.papers.drafts import BatchRow
from app.service.papers.issuing import MissingValues, missing_values, paper_kinds, void_paper
from app.service.papers.listing import list_papers
from app.service.papers.numbers import find_paper

OUT = click.option("--out", type=FILE_PATH, required=True, help="存到哪个文件夹")
PDF = click.option("--pdf", is_flag=True, help="同时存为PDF")
SET = click.option("--set", "typed", type=PAIR, multiple=True, help="名称=值，补上记录里没有的")
CASE = click.option("--case", "no", default="", help="个案编号，单位名和编号，或记录号")
STUDENT = click.option("--student", default="", help="学生；用于不是个案上的文书，如个人信息处理告知书")
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
@CASE
@STUDENT
@pass_session
def doc_missing(session: Session, kind: str, no: str, student: str) -> None:
    """出这份文书还缺哪几项。"""
    session.read(missing_values, kind, _subject(session, kind, no, student))


@doc.command("issue")
@click.argument("kind")
@CASE
@STUDENT
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
    student: str,
    typed: tuple[tuple[str, str], ...],
    blanks: tuple[str, ...],
    force: str,
    out: Path,
    pdf: bool,
) -> None:
    """出具一份文书。"""
    with _options_named():
        subject_id, values = _subject(session, kind, no, student), dict(typed)
        done = issue_to(
            session.program, kind, subject_id, out, typed=values, blanks=blanks, pdf=pdf, force=force
        )
    session.show(done)


@doc.command("batch")
@click.argument("kind")
@click.option("--cases", default="", help="个案编号，用逗号隔开")
@click.option("--class", "class_name", default="", help="给这个班的每个学生出；用于不是个案上的文书")
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
    class_name: str,
    typed: tuple[tuple[str, str], ...],
    blanks: tuple[str, ...],
    force: str,
    out: Path,
    pdf: bool,
) -> None:
    """一次给多个个案，或一个班的学生，出同一种文书。"""
    called = _subjects(session, kind, cases, class_name)
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
            progress=lambda done, total, subject_id: _progress(done, total, called.get(subject_id, "")),
            already=_say_done,
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


def _subject(session: Session, kind: str, no: str, student: str) -> str:
    """The id of the case, or of the child, a paper of this kind is about."""
    of_case = kind_named(kind).subject == "个案"
    if of_case and not no:
        raise UserError(f"“{kind}”是个案上的文书。请用 --case 写明个案编号。")
    if of_case:
        return session.program.read(find_case, no).id
    if student:
        return session.program.read(find_student, student).id
    if no:
        return session.program.read(find_case, no).student_id
    raise UserError(f"“{kind}”是给学生出的。请用 --student 写明学生。")


def _subjects(session: Session, kind: str, cases: str, class_name: str) -> dict[str, str]:
    """The ids of the cases or children a batch is about, each with what it is called."""
    if kind_named(kind).subject == "学生":
        if not class_name:
            raise UserError(f"“{kind}”是给学生出的。请用 --class 写明班级。")
        lines = session.program.read(list_students, class_text=class_name)
        return {one.id: one.name for one in lines}
    numbers = [no.strip() for no in cases.replace("，", ",").split(",") if no.strip()]
    found = session.program.read(find_cases, numbers)
    names = session.program.read(case_names)
    return {case.id: names.of(case) for case in found}


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


def _say_done(rows: Sequence[BatchRow]) -> None:
    """Tell which papers of the batch went out today already."""
    if rows:
        numbers = "、".join(row.done for row in rows)
        click.echo(f"有{len(rows)}份今天已经出过，没有再出：{numbers}。要原件，请用 doc reprint。", err=True)


def _progress(done: int, total: int, name: str) -> None:
    click.echo(f"{done}/{total} {name}", err=True)
