"""Issuing paper: one transaction takes the number, freezes the data and keeps the file; then it is written out.

If the program dies before the commit no number is used; after it the file can be written again from what is kept,
identical to the byte (design promise 4).
"""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.documents import law
from app.documents.catalogue import KINDS, NUMBER, check_typed, kind_named, number_text
from app.documents.fields import YES
from app.documents.fill import Rows, asked_lists, fill, missing
from app.documents.forms import Form
from app.documents.template import Template, load_template
from app.domain.dates import day_words
from app.domain.ladder.differences import MISSED
from app.domain.records import Attachment, IssuedDocument, Student
from app.domain.words import evidence_words
from app.errors import ReasonNeeded, UserError
from app.service.office.desk import Desk
from app.service.office.units import is_street_office
from app.service.papers.case_values import MORE
from app.service.papers.numbers import PaperRef, paper_names
from app.service.papers.reasons import why_to_ask
from app.service.papers.subjects import PaperSubject, paper_subject
from app.service.papers.time_limits import AT_SERVICE, DUE_ON
from app.service.papers.values import REMEMBERED, REVIEW, frozen_words, paper_rows, paper_values, remember
from app.store.high_water import Series
from app.store.queries.papers import as_on

BUREAU = "教育行政部门"
MARK_ASKED = "paper_mark_asked_on"  # a setting of this PC: the day the 发文代字 was asked for
NO_REVIEW = (
    "通知书没有写明申请复议和起诉的途径，家长申请复议的期限最长可到一年。"
    "请在设置里填好复议机关和诉讼法院，以后的通知书就会写上。"
)
LOCAL_LAW = "省级法规"
FINISHED_LAW = re.compile(
    r"(《[^《》×xX?？_＿]{4,60}》(第(一百)?[一二三四五六七八九十零]{1,3}[条款项])+、?)+"
)
DOCX, PDF, TEMPLATE = "文书", "版式", "模板"


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
    return [PaperKind(one.kind, one.title, "、".join(one.issuers)) for one in KINDS.values()]


def missing_values(
    desk: Desk, kind: str, subject_id: str, typed: Mapping[str, str] | None = None
) -> list[str]:
    """The fields a person has to give before this paper can be issued, in the order of the form."""
    template = load_template(kind, desk.folder.templates)
    values = paper_values(desk, paper_subject(desk, kind, subject_id), kind, typed or {})
    return [name for name in missing(template, values) if name != NUMBER]


def issue_paper(
    desk: Desk,
    kind: str,
    subject_id: str,
    typed: Mapping[str, str] | None = None,
    blanks: Collection[str] = (),
    force: str = "",
) -> Paper:
    """Issue one paper on a case, or on a child where the kind is about the child: number, frozen data, kept file.

    `subject_id` is the id of the case or of the child, `typed` are values a person gave, `blanks` fields left empty on
    purpose, `force` the reason for issuing it although the ladder says that it is too early. Raises UserError naming
    what is missing or who may issue this kind, ReasonNeeded with the sentence why it is too early where `force` is
    empty; nothing is numbered then.
    """
    form, typed = kind_named(kind), dict(typed or {})
    check_typed(kind, typed, blanks)
    if why := refusal(desk, kind):
        raise UserError(why)
    subject = paper_subject(desk, kind, subject_id)
    reason = _reason_to_force(desk, subject, form, typed, force)
    template = load_template(kind, desk.folder.templates)
    seq = _next_seq(desk, kind)
    number = number_text(kind, desk.unit.short_mark, desk.today.year, seq)
    values = paper_values(desk, subject, kind, typed) | {NUMBER: number}
    _refuse_unfinished(form, template, values, blanks)
    rows = paper_rows(desk, subject, values)
    docx, data = fill(template, values, blanks, rows), frozen_words(template, values, rows)
    record = _record(desk, subject, template, seq, number, data, blanks, docx, reason)
    desk.tx.add(record)
    for role, content in ((DOCX, docx), (TEMPLATE, template.content)):
        _keep(desk, record, role, content)
    remember(desk, kind, typed)
    desk.tx.log_access(record.student_id, "出具文书", number)
    printed = {name: rows[name] for name in asked_lists(template)}
    return _in_hand(desk, record, docx, warnings=_warnings(desk, form, values, printed))


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
    form = kind_named(kind)
    if desk.unit.level in form.levels or not form.elsewhere:
        return ""
    levels = "或".join(form.issuers)
    whose = f"{form.title}由{levels}一级依法出具" if form.order else f"{kind}由{levels}出具"
    return f"{whose}，{desk.unit.level}不能出具。{form.elsewhere}。"


def _reason_to_force(
    desk: Desk, subject: PaperSubject, form: Form, typed: Mapping[str, str], force: str
) -> str:
    """The reason that stands on the record: '' where nothing had to be forced. Raises ReasonNeeded without one."""
    why = why_to_ask(desk, subject, form.kind, typed)
    if why and not force.strip():
        raise ReasonNeeded(f"{form.title}现在还不能出：{why}。确有必要出具的，请写明理由。")
    return force.strip() if why else ""


def _refuse_unfinished(
    form: Form, template: Template, values: dict[str, str], blanks: Collection[str]
) -> None:
    """Refuse before the file is made what is missing, what would void an order, and half a citation."""
    _refuse_missing(template, values, blanks)
    _refuse_void(form, values, blanks)
    _refuse_unfinished_law(values)


def _refuse_missing(template: Template, values: dict[str, str], blanks: Collection[str]) -> None:
    lacking = missing(template, values, blanks)
    if lacking:
        raise MissingValues(f"还缺：{'、'.join(lacking)}。请补上；确实要空着手填的，请说明有意留空。")


def _refuse_void(form: Form, values: Mapping[str, str], blanks: Collection[str]) -> None:
    """An order with these left open would bind nobody (行政行为 without a fact, a 限期 or a date); the last day may be
    left to the pen where the 限期 runs from the service."""
    void = form.no_blanks - ({DUE_ON} if values.get(AT_SERVICE) == YES else frozenset())
    if open_ones := [name for name in blanks if name in void]:
        raise MissingValues(f"{form.title}上{'、'.join(open_ones)}不能留空，空着就没有效力。请补上。")


def _refuse_unfinished_law(values: Mapping[str, str]) -> None:
    """A law of the province is cited whole or not at all: no ×, no question mark, no article 900."""
    law_words = values.get(LOCAL_LAW, "")
    if law_words and not FINISHED_LAW.fullmatch("".join(law_words.split())):
        raise UserError(
            f"省级法规“{law_words}”没有写完整。请照条例原文写全名和条款，如《福建省义务教育条例》第二十条；没有就留空。",
            LOCAL_LAW,
        )


def _next_seq(desk: Desk, kind: str) -> int:
    return desk.tx.numbers.next(Series(kind, desk.unit.id, desk.today.year))


def _record(
    desk: Desk,
    subject: PaperSubject,
    template: Template,
    seq: int,
    number: str,
    data: dict[str, str],
    blanks: Collection[str],
    docx: bytes,
    reason: str,
) -> IssuedDocument:
    facts = subject.facts
    return IssuedDocument(
        id=desk.tx.new_id(),
        kind=template.kind,
        unit_id=desk.unit.id,
        year=desk.today.year,
        seq=seq,
        number=number,
        case_id=subject.case_id,
        student_id=subject.student.id,
        issued_on=desk.today,
        template_sha256=template.sha256,
        sha256=hashlib.sha256(docx).hexdigest(),
        data=data | ({MISSED: evidence_words(facts.away.dates)} if facts else {}),
        blanks=tuple(blanks),
        forced_reason=reason,
        evidence=facts.case.evidence if facts else (),
        case_opened_on=facts.case.opened_on if facts else None,
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


def _warnings(desk: Desk, form: Form, values: Mapping[str, str], rows: Rows) -> tuple[str, ...]:
    """What to mind before the paper is signed."""
    found: list[str] = []
    if form.order and is_street_office(desk.unit.name):
        found.append(law.issuer_warning(desk.unit.name) or "")
    if form.order and values.get(REVIEW) != YES:
        found.append(NO_REVIEW)
    if any(one.name == BUREAU for one in form.fields) and not desk.tx.setting(f"{REMEMBERED}{BUREAU}"):
        found.append(f"教育局的名称“{values.get(BUREAU, '')}”是照县名写的，请核对；可以在设置里写准。")
    if not desk.unit.short_mark and not desk.tx.setting(MARK_ASKED):
        found.append(
            "文号前面没有本单位的代字，和别的单位会编成一样的文号；有代字的，请在设置里填上（只提醒这一次）。"
        )
        desk.tx.set_setting(MARK_ASKED, desk.today.isoformat())
    if more := rows.get(MORE):
        found.append(f"表上只有五次的格，{more[0]['次数']}起写在后面的续表里。")
    return tuple(one for one in found if one)
