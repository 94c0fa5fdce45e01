"""What the 文书 page reads: the register, an issued paper as it was, the kinds, and the state of the templates."""

from dataclasses import dataclass
from pathlib import Path

from app.documents.catalogue import KINDS, kind_named
from app.documents.template import load_template
from app.domain.case_ladder import is_open, stage_of
from app.domain.records import Attachment, CaseFile
from app.errors import EnvironmentProblem, UserError
from app.service.cases.facts import CaseReader
from app.service.cases.reading import CaseRow, case_row, school_name_of, tell_apart
from app.service.office.desk import JSON, Desk
from app.service.office.saved_files import save_file
from app.service.office.spelling import initials_of
from app.service.papers.delivery import Runner
from app.service.papers.issuing import DOCX, Paper, find_paper, keep_pdf, list_papers, paper_in_hand, refusal
from app.settings import TEMPLATES_DOCX
from app.store.safe_files import write_file


@dataclass(frozen=True)
class PaperSource:
    """An issued paper to be looked at, voided or not; looking is no reprint and is not logged."""

    number: str
    title: str
    docx: bytes
    voided: str


def register(desk: Desk) -> list[JSON]:
    """The papers, newest first: what `list_papers` says and {title, year, order, find}.

    `order` puts numbers into the order of the register; `find` holds what a person may search for, in small letters.
    """
    rows = [
        row
        | {
            "title": kind_named(row["kind"]).title,
            "year": row["issued_on"].year,
            "order": order,
            "find": _findable(row),
        }
        for order, row in enumerate(list_papers(desk))
    ]
    return sorted(rows, key=lambda row: (row["issued_on"], row["order"]), reverse=True)


def kinds_here(desk: Desk) -> list[JSON]:
    """[{kind, title, why, level, own}] in the order this office needs them: `own` first, those it may not issue last;
    `why` says why not."""
    kinds = [
        {
            "kind": one.kind,
            "title": one.title,
            "level": "、".join(one.level),
            "why": refusal(desk, one.kind),
            "own": desk.unit.level in one.level,
        }
        for one in KINDS.values()
    ]
    return sorted(kinds, key=lambda one: (not one["own"], bool(one["why"])))


def cases_to_choose(desk: Desk, *, everything: bool = False) -> list[JSON]:
    """The open cases as `list_cases` gives them, with {school, who}; `everything` adds those that ended.

    `who` is the child so that no other is called the same.
    `school` is empty where the unit is the school itself; in a township two schools may use the same number.
    """
    reader, own = CaseReader(desk), desk.unit.level == "学校"
    found = [reader.facts(case) for case in desk.tx.find(CaseFile, order="opened_on, year, seq")]
    rows = [
        _choice(case_row(desk, facts)) | {"school": "" if own else school_name_of(desk, facts.case)}
        for facts in found
        if everything or is_open(stage_of(facts))
    ]
    rows = [row | {"who": row["student"]} for row in rows]
    tell_apart(rows)
    return rows


def _choice(row: CaseRow) -> JSON:
    return vars(row) | {"class": row.class_name}


def paper_source(desk: Desk, number: str) -> PaperSource:
    """An issued paper as it was issued, to be shown; a voided one too, with the sentence that says so."""
    record = find_paper(desk, number)
    kept = {one.role: one.sha256 for one in desk.tx.find(Attachment, "owner_id = ?", [record.id])}
    voided = f"已作废：{record.withdrawn_reason}" if record.withdrawn_on else ""
    return PaperSource(record.number, kind_named(record.kind).title, desk.tx.files.get(kept[DOCX]), voided)


def save_paper(runner: Runner, number: str, file: Path) -> Path:
    """Write an issued paper to `file`, as PDF if its name ends so, else as docx; identical to the byte each time.

    Raises UserError if it was voided, EnvironmentProblem if the file cannot be written or pages cannot be laid out.
    """
    paper: Paper = runner.write(paper_in_hand, number).value
    save_file(file, _pdf(runner, paper) if file.suffix.lower() == ".pdf" else paper.docx)
    return file


def file_name(row: JSON, suffix: str) -> str:
    """What a saved paper is called: title, child and number, without signs a file system refuses."""
    text = f"{row['title']}_{row['student']}_{row['number']}"
    return "".join("_" if one in '\\/:*?"<>|' or not one.isprintable() else one for one in text) + suffix


def template_list(desk: Desk) -> list[JSON]:
    """[{kind, title, file, own, problem}]: which template each kind uses, and what the check found wrong with it."""
    found = []
    for paper in KINDS.values():
        own = (desk.folder.templates / paper.template_file).is_file()
        found.append(
            {
                "kind": paper.kind,
                "title": paper.title,
                "file": paper.template_file,
                "own": own,
                "problem": _template_problem(desk, paper.kind),
            }
        )
    return found


def stray_templates(desk: Desk) -> list[str]:
    """The files in the county's folder that no paper uses, because no paper's template is called so."""
    known = {paper.template_file for paper in KINDS.values()}
    folder = desk.folder.templates
    found = sorted(one.name for one in folder.iterdir() if one.is_file()) if folder.is_dir() else []
    return [name for name in found if name not in known and not name.startswith(("~$", "."))]


def template_folder(desk: Desk) -> Path:
    """The folder of the county's own templates, made if it is not there. Raises EnvironmentProblem if it cannot be."""
    folder = desk.folder.templates
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise EnvironmentProblem(f"建不了文件夹“{folder}”。请检查磁盘能不能写，再试一次。") from problem
    return folder


def copy_template(desk: Desk, kind: str) -> Path:
    """Lay a copy of the shipped template into the county's folder, to be changed there in WPS. Never overwrites."""
    file = template_folder(desk) / kind_named(kind).template_file
    if file.exists():
        raise UserError(f"文件夹里已经有“{file.name}”。请直接修改它，或先把它移走。")
    write_file(file, (TEMPLATES_DOCX / file.name).read_bytes())
    return file


def _findable(row: JSON) -> str:
    return " ".join([row["number"], row["student"], *initials_of(row["student"]), row["case"]]).lower()


def _pdf(runner: Runner, paper: Paper) -> bytes:
    if paper.pdf is not None:
        return paper.pdf
    if runner.renderer is None:
        raise EnvironmentProblem("这里没有排版功能，不能存为PDF。请存为Word，或用完整安装的程序。")
    pages = runner.renderer(paper.docx, paper.title, paper.record.issued_on)
    runner.write(keep_pdf, paper, pages.pdf)
    return pages.pdf


def _template_problem(desk: Desk, kind: str) -> str:
    try:
        load_template(kind, desk.folder.templates)
    except (UserError, EnvironmentProblem) as problem:
        return problem.sentence
    return ""
