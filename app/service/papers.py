"""Issuing paper: one transaction takes the number, freezes the data and keeps the file; then it is written out.

If the program dies before the commit no number is used; after it the file can be written again from what is kept,
identical to the byte (design promise 4).
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from app.documents import law
from app.documents.catalogue import KINDS, DocumentKind, check_typed, kind_named, number_text
from app.documents.fill import asked_fields, fill, missing
from app.documents.template import Template, load_template
from app.domain.case_ladder import CaseFacts, too_early
from app.domain.records import Attachment, CaseFile, IssuedDocument, Student
from app.errors import ReasonNeeded, UserError
from app.service.case_facts import CaseReader
from app.service.case_opening import number_of
from app.service.cases import find_case
from app.service.desk import JSON, Desk
from app.service.paper_values import paper_values, remember
from app.service.units import is_street_office
from app.store.marks import Series

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
    """An issued paper in hand: its record, the title on it, the child, the docx, and the PDF if one was kept."""

    record: IssuedDocument
    title: str
    student: str
    docx: bytes
    pdf: bytes | None = None
    warnings: tuple[str, ...] = ()


def document_kinds(desk: Desk | None = None) -> list[JSON]:
    """[{kind, title, level}]: the papers there are and who issues them."""
    return [{"kind": one.kind, "title": one.title, "level": "、".join(one.level)} for one in KINDS.values()]


def missing_values(desk: Desk, kind: str, no: str, typed: dict[str, str] | None = None) -> list[str]:
    """The fields a person has to give before this paper can be issued, in the order of the form."""
    facts = CaseReader(desk).facts(find_case(desk, no))
    template = load_template(kind, desk.folder.templates)
    values = paper_values(desk, facts, kind, typed or {})
    return [name for name in missing(template, values) if name != "文号"]


def issue_paper(
    desk: Desk,
    kind: str,
    no: str,
    typed: dict[str, str] | None = None,
    blanks: Collection[str] = (),
    force: str = "",
) -> Paper:
    """Issue one paper on a case: number, frozen data, kept file. `typed` are values a person gave, `blanks` fields
    left empty on purpose, `force` the reason for issuing it although the ladder says that it is too early.

    Raises UserError naming what is missing or who may issue this kind, ReasonNeeded with the sentence why it is too
    early where `force` is empty; nothing is numbered then.
    """
    paper, typed = kind_named(kind), typed or {}
    check_typed(kind, [*typed, *blanks])
    if why := refusal(desk, kind):
        raise UserError(why)
    facts = CaseReader(desk).facts(find_case(desk, no))
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
    return Paper(record, paper.title, _name(desk, record), docx, warnings=_warnings(desk, paper))


def paper_in_hand(desk: Desk, number: str) -> Paper:
    """An issued paper as it was, for a reprint. Raises UserError if it was voided."""
    record = find_paper(desk, number)
    if record.withdrawn_on:
        raise UserError(f"{number}已作废（{record.withdrawn_reason}），不能重印。请另行出具。")
    kept = {one.role: one.sha256 for one in desk.tx.find(Attachment, "owner_id = ?", [record.id])}
    docx = desk.tx.files.get(kept[DOCX])
    pdf = desk.tx.files.get(kept[PDF]) if PDF in kept else None
    desk.tx.log_access(record.student_id, "重印文书", number)
    return Paper(record, kind_named(record.kind).title, _name(desk, record), docx, pdf)


def keep_pdf(desk: Desk, paper: Paper, pdf: bytes) -> None:
    """Keep the pages of a paper beside it, so that a reprint as PDF is the same file too."""
    _keep(desk, paper.record, PDF, pdf)


def void_paper(desk: Desk, number: str, reason: str) -> JSON:
    """作废: the number stays used, the reason stays readable."""
    record = find_paper(desk, number)
    if record.withdrawn_on:
        raise UserError(f"{number}已经作废（{record.withdrawn_reason}），不用再作废。")
    if not reason.strip():
        raise UserError("作废要写明理由。")
    desk.tx.withdraw(IssuedDocument, record.id, desk.today, reason.strip())
    return {"number": number, "voided_on": desk.today, "reason": reason.strip()}


def list_papers(desk: Desk) -> list[JSON]:
    """The register of papers, by kind and number."""
    papers = desk.tx.find(IssuedDocument, order="kind, year, seq", withdrawn=True)
    return [
        {
            "number": one.number,
            "kind": one.kind,
            "case": number_of(desk.tx.get(CaseFile, one.case_id)),
            "student": _name(desk, one),
            "issued_on": one.issued_on,
            "voided": one.withdrawn_on is not None,
            "reason": one.withdrawn_reason,
            "forced": one.forced_reason,
            "sha256": one.sha256,
        }
        for one in papers
    ]


def find_paper(desk: Desk, number: str) -> IssuedDocument:
    """The paper of that number; brackets may be typed as [ ], ( ) or 〔 〕."""
    wanted = number.strip().translate(str.maketrans("[【（(]】）)", "〔〔〔〔〕〕〕〕"))
    found = desk.tx.find(IssuedDocument, "number = ?", [wanted], withdrawn=True)
    if not found:
        raise UserError(f"没有文号为“{number}”的文书。请到文书登记簿核对文号。")
    return found[0]


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
    why = too_early(facts, paper.kind, desk.today)
    if why and not force.strip():
        raise ReasonNeeded(f"{paper.title}现在还不能出：{why}。确有必要提前出具的，请写明理由。")
    return force.strip() if why else ""


def _refuse_missing(template: Template, values: dict[str, str], blanks: Collection[str]) -> None:
    lacking = missing(template, values, blanks)
    if lacking:
        raise MissingValues(f"还缺：{'、'.join(lacking)}。请补上；确实要空着手填的，请说明有意留空。")


def _next_seq(desk: Desk, kind: str) -> int:
    return desk.tx.next_number(Series(kind, desk.unit.id, desk.today.year))


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
        data={name: values[name] for name in asked_fields(template) if name in values},
        blanks=tuple(blanks),
        forced_reason=reason,
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


def _name(desk: Desk, record: IssuedDocument) -> str:
    return desk.tx.get(Student, record.student_id).name


def _warnings(desk: Desk, paper: DocumentKind) -> tuple[str, ...]:
    warning = (
        law.issuer_warning(desk.unit.name)
        if paper.kind in LEGAL and is_street_office(desk.unit.name)
        else None
    )
    return (warning,) if warning else ()
