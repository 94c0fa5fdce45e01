"""Issuing paper: one transaction takes the number, freezes the data and keeps the file; then it is written out.

If the program dies before the commit no number is used; after it the file can be written again from what is kept,
identical to the byte (design promise 4).
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.documents import law
from app.documents.catalogue import KINDS, DocumentKind, check_typed, kind_named, number_text
from app.documents.fill import asked_fields, fill, missing
from app.documents.template import Template, load_template
from app.domain.dates import day_words
from app.domain.ladder.differences import MISSED
from app.domain.ladder.facts import CaseFacts
from app.domain.records import Attachment, CaseFile, IssuedDocument, Student
from app.domain.words import evidence_words
from app.errors import ReasonNeeded, UserError
from app.service.cases.facts import CaseReader
from app.service.office.desk import Desk
from app.service.office.units import is_street_office
from app.service.papers.numbers import PaperRef, paper_names
from app.service.papers.reasons import why_not
from app.service.papers.values import paper_values, remember
from app.store.marks import Series
from app.store.queries.papers import as_on

DOCX, PDF, TEMPLATE = "文书", "版式", "模板"
LEGAL = frozenset({"限期复学通知书"})  # an order of an organ of state: no school may sign one
OF_A_SCHOOL = {
    "报告单": "请让学校出具后报来",
    "返校通知书": "请让学校出具，或用限期复学通知书",
}
"""What a school signs and numbers itself, and what is to be done above it instead."""


class MissingValues(UserError):
    """A paper lacks values; nothing was numbered."""


@dataclass(frozen=True)
class Paper:
    """An issued paper in hand: its record, what people call it, the title on it, the child, the docx, and the PDF if
    one was kept."""

    record: IssuedDocument
    called: str
    title: str
    student: str
    docx: bytes
    pdf: bytes | None = None
    warnings: tuple[str, ...] = ()

    @property
    def ref(self) -> PaperRef:
        """The paper by its id and what people call it."""
        return PaperRef(self.record.id, self.called)


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper: its name in commands, the title on it, and the levels that issue it."""

    kind: str
    title: str
    level: str


@dataclass(frozen=True)
class Voided:
    """A paper that was voided: its number stays used, the reason readable."""

    number: str
    voided_on: date
    reason: str


def paper_kinds() -> list[PaperKind]:
    """The papers there are and who issues them."""
    return [PaperKind(one.kind, one.title, "、".join(one.level)) for one in KINDS.values()]


def missing_values(desk: Desk, kind: str, case_id: str, typed: Mapping[str, str] | None = None) -> list[str]:
    """The fields a person has to give before this paper can be issued, in the order of the form."""
    facts = CaseReader(desk).facts(desk.tx.get(CaseFile, case_id))
    template = load_template(kind, desk.folder.templates)
    values = paper_values(desk, facts, kind, typed or {})
    return [name for name in missing(template, values) if name != "文号"]


def issue_paper(
    desk: Desk,
    kind: str,
    case_id: str,
    typed: Mapping[str, str] | None = None,
    blanks: Collection[str] = (),
    force: str = "",
) -> Paper:
    """Issue one paper on a case: number, frozen data, kept file. `typed` are values a person gave, `blanks` fields
    left empty on purpose, `force` the reason for issuing it although the ladder says that it is too early.

    Raises UserError naming what is missing or who may issue this kind, ReasonNeeded with the sentence why it is too
    early where `force` is empty; nothing is numbered then.
    """
    paper, typed = kind_named(kind), dict(typed or {})
    check_typed(kind, [*typed, *blanks])
    if why := refusal(desk, kind):
        raise UserError(why)
    facts = CaseReader(desk).facts(desk.tx.get(CaseFile, case_id))
    reason = _reason_to_force(desk, facts, paper, force)
    template = load_template(kind, desk.folder.templates)
    seq = _next_seq(desk, kind)
    number = number_text(kind, desk.unit.short_mark, desk.today.year, seq)
    values = paper_values(desk, facts, kind, typed) | {"文号": number}
    _refuse_missing(template, values, blanks)
    docx = fill(template, values, blanks)
    record = _record(desk, facts, template, seq, number, values, blanks, docx, reason)
    desk.tx.add(record)
    for role, content in ((DOCX, docx), (TEMPLATE, template.content)):
        _keep(desk, record, role, content)
    remember(desk, typed)
    desk.tx.log_access(record.student_id, "出具文书", number)
    return _in_hand(desk, record, docx, warnings=_warnings(desk, paper))


def paper_in_hand(desk: Desk, paper_id: str) -> Paper:
    """An issued paper as it was, for a reprint. Raises UserError if it was voided by today."""
    record = issued_by_today(desk, paper_id)
    if record.withdrawn_on:
        raise UserError(f"{record.number}已作废（{record.withdrawn_reason}），不能重印。请另行出具。")
    kept = kept_files(desk, paper_id)
    desk.tx.log_access(record.student_id, "重印文书", record.number)
    pdf = desk.tx.files.get(kept[PDF]) if PDF in kept else None
    return _in_hand(desk, record, desk.tx.files.get(kept[DOCX]), pdf)


def issued_by_today(desk: Desk, paper_id: str) -> IssuedDocument:
    """The record of a paper as it stands today. Raises UserError where it went out later than today."""
    record = as_on(desk.tx.get(IssuedDocument, paper_id), desk.today)
    if record.issued_on > desk.today:
        raise UserError(f"{record.number}到{day_words(record.issued_on)}才出具。请核对今天的日期。")
    return record


def kept_files(desk: Desk, paper_id: str) -> Mapping[str, str]:
    """The files kept of a paper: role → SHA-256."""
    return {one.role: one.sha256 for one in desk.tx.find(Attachment, owner_id=paper_id)}


def keep_pdf(desk: Desk, paper: Paper, pdf: bytes) -> None:
    """Keep the pages of a paper beside it, so that a reprint as PDF is the same file too."""
    _keep(desk, paper.record, PDF, pdf)


def void_paper(desk: Desk, paper_id: str, reason: str) -> Voided:
    """作废 as of today: the number stays used, the reason stays readable. Raises UserError without a reason, or where
    it was voided already, on whatever day."""
    record, stored = issued_by_today(desk, paper_id), desk.tx.get(IssuedDocument, paper_id)
    if stored.withdrawn_on:
        raise UserError(f"{record.number}已经作废（{stored.withdrawn_reason}），不用再作废。")
    if not reason.strip():
        raise UserError("作废要写明理由。")
    desk.tx.withdraw(IssuedDocument, record.id, desk.today, reason.strip())
    return Voided(record.number, desk.today, reason.strip())


def refusal(desk: Desk, kind: str) -> str:
    """Why this office may not issue a kind of paper; '' if it may. An order of an organ of state is no school's, and a
    school's report and letter are nobody else's."""
    paper = kind_named(kind)
    if desk.unit.level in paper.level or kind not in LEGAL | OF_A_SCHOOL.keys():
        return ""
    if kind in OF_A_SCHOOL:
        return f"{kind}由学校出具，{desk.unit.level}不能出具。{OF_A_SCHOOL[kind]}。"
    return (
        f"{paper.title}由{'或'.join(paper.level)}一级依法出具，{desk.unit.level}不能出具。"
        "请先填报告单报乡镇，由乡镇制发。"
    )


def _reason_to_force(desk: Desk, facts: CaseFacts, paper: DocumentKind, force: str) -> str:
    """The reason that stands on the record: '' where nothing had to be forced. Raises ReasonNeeded without one."""
    why = why_not(facts, paper.kind)
    if why and not force.strip():
        raise ReasonNeeded(f"{paper.title}现在还不能出：{why}。确有必要提前出具的，请写明理由。")
    return force.strip() if why else ""


def _refuse_missing(template: Template, values: dict[str, str], blanks: Collection[str]) -> None:
    lacking = missing(template, values, blanks)
    if lacking:
        raise MissingValues(f"还缺：{'、'.join(lacking)}。请补上；确实要空着手填的，请说明有意留空。")


def _next_seq(desk: Desk, kind: str) -> int:
    return desk.tx.numbers.next(Series(kind, desk.unit.id, desk.today.year))


def _record(
    desk: Desk,
    facts: CaseFacts,
    template: Template,
    seq: int,
    number: str,
    values: dict[str, str],
    blanks: Collection[str],
    docx: bytes,
    reason: str,
) -> IssuedDocument:
    return IssuedDocument(
        id=desk.tx.new_id(),
        kind=template.kind,
        unit_id=desk.unit.id,
        year=desk.today.year,
        seq=seq,
        number=number,
        case_id=facts.case.id,
        student_id=facts.case.student_id,
        issued_on=desk.today,
        template_sha256=template.sha256,
        sha256=hashlib.sha256(docx).hexdigest(),
        data={name: values[name] for name in asked_fields(template) if name in values}
        | {MISSED: evidence_words(facts.away.dates)},
        blanks=tuple(blanks),
        forced_reason=reason,
        evidence=facts.case.evidence,
        case_opened_on=facts.case.opened_on,
    )


def _keep(desk: Desk, record: IssuedDocument, role: str, content: bytes) -> None:
    desk.tx.add(
        Attachment(
            id=desk.tx.new_id(),
            owner="issued_document",
            owner_id=record.id,
            role=role,
            file_name=f"{record.number}{'.pdf' if role == PDF else '.docx'}",
            sha256=desk.tx.files.put(content),
            size=len(content),
        )
    )


def _in_hand(
    desk: Desk, record: IssuedDocument, docx: bytes, pdf: bytes | None = None, warnings: tuple[str, ...] = ()
) -> Paper:
    child = desk.tx.get(Student, record.student_id).name
    called = paper_names(desk).of(record)
    return Paper(record, called, kind_named(record.kind).title, child, docx, pdf, warnings)


def _warnings(desk: Desk, paper: DocumentKind) -> tuple[str, ...]:
    warning = (
        law.issuer_warning(desk.unit.name)
        if paper.kind in LEGAL and is_street_office(desk.unit.name)
        else None
    )
    return (warning,) if warning else ()
