"""What the 文书 page reads: the list of papers, a paper as it was issued, the kinds, and the state of the templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.documents.catalogue import KINDS, kind_named
from app.documents.template import load_template
from app.domain.ladder.walk import is_open, stage_of
from app.domain.records import CaseFile, Student
from app.domain.words import number_of
from app.errors import EnvironmentProblem, UserError
from app.service.cases.facts import CaseReader
from app.service.cases.reading import school_name_of
from app.service.children.students import list_students
from app.service.office.classes import class_name_of
from app.service.office.desk import Desk
from app.service.office.instances import series_gaps
from app.service.office.spelling import initials_of
from app.service.papers.issuing import (
    DOCX,
    issued_by_today,
    kept_files,
    refusal,
)
from app.service.papers.listing import PaperEntry, list_papers
from app.service.papers.namesakes import Namesake, told_apart
from app.settings import TEMPLATES_DOCX
from app.store.safe_files import write_file


@dataclass(frozen=True)
class PaperRow(PaperEntry):
    """A line of the list of papers in the window: `order` puts numbers into the order of the list, `find` holds what a
    person may search for, in small letters, `copies` how many of each part are usually printed."""

    title: str
    year: int
    order: int
    find: str
    copies: Mapping[str, int]


@dataclass(frozen=True)
class KindChoice:
    """A kind of paper to choose: the levels that issue it, why this office may not ('' if it may), whether it is this
    office's own, and whether it is about a child alone and not about a case."""

    kind: str
    title: str
    level: str
    why: str
    own: bool
    of_child: bool


@dataclass(frozen=True)
class SubjectChoice:
    """A case to choose, or a child (without a number and a stage). `who` is the child so that no other is called the
    same; `school` is empty where the office is the school itself: in a township two schools may use the same number."""

    id: str
    no: str
    student: str
    who: str
    school: str
    class_name: str
    stage: str


@dataclass(frozen=True)
class TemplateState:
    """Which template a kind uses, the county's `own` or the one the program brings, and what the check found wrong."""

    kind: str
    title: str
    file: str
    own: bool
    problem: str


@dataclass(frozen=True)
class PaperSource:
    """An issued paper to be looked at, voided or not; looking is no reprint and is not logged."""

    number: str
    title: str
    docx: bytes
    voided: str


def paper_list(desk: Desk) -> list[PaperRow]:
    """The papers, newest first."""
    rows = [
        PaperRow(
            **vars(entry),
            title=kind_named(entry.kind).title,
            year=entry.issued_on.year,
            order=order,
            find=_findable(entry),
            copies=kind_named(entry.kind).copies,
        )
        for order, entry in enumerate(list_papers(desk))
    ]
    return sorted(rows, key=lambda row: (row.issued_on, row.order), reverse=True)


def skipped_numbers(desk: Desk) -> tuple[str, ...]:
    """The numbers of papers that no record has although higher ones are used, a sentence each with the reason."""
    return tuple(gap.sentence for gap in series_gaps(desk) if gap.kind in KINDS)


def kinds_here(desk: Desk) -> list[KindChoice]:
    """The kinds in the order this office needs them: its own first, those it may not issue last."""
    kinds = [
        KindChoice(
            kind=one.kind,
            title=one.offered,
            level="、".join(one.issuers),
            why=refusal(desk, one.kind),
            own=desk.unit.level in one.levels,
            of_child=one.subject == "学生",
        )
        for one in KINDS.values()
    ]
    return sorted(kinds, key=lambda one: (not one.own, bool(one.why)))


def cases_to_choose(desk: Desk, *, everything: bool = False) -> list[SubjectChoice]:
    """The open cases, oldest first; `everything` adds those that ended."""
    reader = CaseReader(desk)
    found = [reader.facts(case) for case in desk.tx.find(CaseFile, order="opened_on, year, seq")]
    stages = [(facts, stage_of(facts)) for facts in found]
    wanted = [(facts.case, stage) for facts, stage in stages if everything or is_open(facts, stage)]
    children = [_known(desk, case) for case, _ in wanted]
    return [
        SubjectChoice(
            id=case.id,
            no=child.no,
            student=child.name,
            who=who,
            school=child.school,
            class_name=child.class_name,
            stage=stage,
        )
        for (case, stage), child, who in zip(wanted, children, told_apart(children), strict=True)
    ]


def child_kinds(level: str) -> list[tuple[str, str]]:
    """The kinds about a child alone that an office of `level` issues, each with its title."""
    return [
        (one.kind, one.offered) for one in KINDS.values() if one.subject == "学生" and level in one.levels
    ]


def children_to_choose(desk: Desk) -> list[SubjectChoice]:
    """The children who belong to a class today, in class order."""
    lines = [one for one in list_students(desk) if one.class_name]
    called = told_apart([Namesake(one.name, one.school, one.class_name, "") for one in lines])
    return [
        SubjectChoice(
            id=one.id,
            no="",
            student=one.name,
            who=who,
            school=one.school,
            class_name=one.class_name,
            stage="",
        )
        for one, who in zip(lines, called, strict=True)
    ]


def paper_source(desk: Desk, paper_id: str) -> PaperSource:
    """An issued paper as it was issued, to be shown; a voided one too, with the sentence that says so."""
    record = issued_by_today(desk, paper_id)
    voided = f"已作废：{record.withdrawn_reason}" if record.withdrawn_on else ""
    docx = desk.tx.files.get(kept_files(desk, paper_id)[DOCX])
    return PaperSource(record.number, kind_named(record.kind).title, docx, voided)


def file_name(row: PaperRow, suffix: str) -> str:
    """What a saved paper is called: title, child and number, without signs a file system refuses."""
    text = f"{row.title}_{row.student}_{row.called}"
    return "".join("_" if one in '\\/:*?"<>|' or not one.isprintable() else one for one in text) + suffix


def template_list(desk: Desk) -> list[TemplateState]:
    """Which template each kind uses, and what the check found wrong with it."""
    return [
        TemplateState(
            kind=paper.kind,
            title=paper.title,
            file=paper.template_file,
            own=(desk.folder.templates / paper.template_file).is_file(),
            problem=_template_problem(desk, paper.kind),
        )
        for paper in KINDS.values()
    ]


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


def _findable(entry: PaperEntry) -> str:
    return " ".join([entry.called, entry.student, *initials_of(entry.student), entry.case]).lower()


def _known(desk: Desk, case: CaseFile) -> Namesake:
    student = desk.tx.get(Student, case.student_id)
    school = "" if desk.unit.level == "学校" else school_name_of(desk, case)
    return Namesake(student.name, school, class_name_of(desk, student.id), number_of(case))


def _template_problem(desk: Desk, kind: str) -> str:
    try:
        load_template(kind, desk.folder.templates)
    except (UserError, EnvironmentProblem) as problem:
        return problem.sentence
    return ""
