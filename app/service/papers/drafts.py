"""Papers that are being filled in: never stored, never numbered, shown while a person types what is missing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.documents.catalogue import NUMBER, check_typed, field_named, kind_named
from app.documents.fields import Field
from app.documents.fill import Rows, asked_fields, fill, missing
from app.documents.template import Template, load_template
from app.domain.ladder.differences import MISSED
from app.domain.typed_text import STORY
from app.domain.words import number_of
from app.errors import UserError
from app.service.cases.numbers import CaseNames, case_names
from app.service.cases.reading import school_words
from app.service.office.classes import class_name_of
from app.service.office.desk import Desk
from app.service.papers.issuing import refusal
from app.service.papers.namesakes import Namesake, told_apart
from app.service.papers.numbers import PaperNames, paper_names
from app.service.papers.reasons import why_to_ask
from app.service.papers.subjects import PaperSubject, SubjectReader, paper_subject
from app.service.papers.time_limits import DUE_ON
from app.service.papers.values import frozen_words, paper_rows, values_and_reused
from app.store.queries.papers import papers_on

Given = tuple[Mapping[str, str], Collection[str]]
"""What a person gave for a paper: values by field, and the fields left empty on purpose."""

DRAFT_NUMBER = "〔草稿〕"
ASK = "【请填：{name}】"


@dataclass(frozen=True)
class DraftField:
    """A field of a draft as the window asks for it.

    `missing`: needed and neither given nor left blank on purpose. `optional`: the form leaves it to the pen.
    `blank`: left empty on purpose. `options`: the boxes to tick. `flag`: 是 or 否. `story`: runs over several lines.
    `applies`: printed with the answers given so far.
    """

    name: str
    value: str
    hint: str
    missing: bool
    optional: bool
    blank: bool
    options: tuple[str, ...]
    flag: bool
    story: bool
    applies: bool
    longest: int


@dataclass(frozen=True)
class Draft:
    """A paper that is being filled in: its fields in the order of the form, and what `draft_docx` needs.

    `note` says what the record could not compute and a person has to type, `refusal` why this office may not issue
    it at all, `why_not` why it is too early for it (a reason is needed then), `existing` the number of the valid paper
    of this kind that the case has already, `reused` the fields whose values only the paper before this one knows.
    """

    kind: str
    title: str
    no: str
    student: str
    fields: tuple[DraftField, ...]
    template: Template
    values: Mapping[str, str]
    blanks: frozenset[str]
    rows: Rows
    note: str = ""
    refusal: str = ""
    why_not: str = ""
    existing: str = ""
    reused: tuple[str, ...] = ()

    @property
    def lacking(self) -> list[str]:
        """The names of the fields still missing, in the order of the form."""
        return [one.name for one in self.fields if one.missing]


@dataclass(frozen=True)
class BatchRow:
    """What one paper of a batch lacks. `subject_id` is the id of its case, or of the child where the paper is about the
    child, `no` what people call the case ('' without one), `student` is the child and `who` the child so that no other
    of the batch is called the same, `done` the number of a paper of today that says the same ('' if there is none; of
    a batch that broke off). The rest as in `Draft`."""

    subject_id: str
    no: str
    student: str
    who: str
    school: str
    class_name: str
    missing: tuple[str, ...]
    note: str
    why_not: str
    existing: str
    reused: tuple[str, ...]
    done: str


@dataclass(frozen=True)
class BatchDraft:
    """A batch before it is issued: what each case lacks, the fields that may be typed once for all of them, and why
    this office may not issue such a paper at all ('' if it may)."""

    title: str
    rows: tuple[BatchRow, ...]
    fields: tuple[DraftField, ...]
    refusal: str = ""


def draft(
    desk: Desk,
    kind: str,
    subject_id: str,
    typed: Mapping[str, str] | None = None,
    blanks: Collection[str] = (),
) -> Draft:
    """A paper as far as it is known: the record's values, `typed` over them, `blanks` left empty on purpose.

    Raises UserError for an unknown kind or field name, or a template that cannot be used.
    """
    typed = dict(typed or {})
    check_typed(kind, typed, blanks)
    template = load_template(kind, desk.folder.templates)
    subject = paper_subject(desk, kind, subject_id)
    values, reused, note = _values(desk, subject, kind, typed)
    fields = _fields(template, values, blanks)
    return Draft(
        kind=kind,
        title=kind_named(kind).title,
        no=_called(subject, case_names(desk)),
        student=subject.student.name,
        fields=fields,
        template=template,
        values=values,
        blanks=frozenset(blanks),
        rows=paper_rows(desk, subject, values),
        note=note,
        refusal=refusal(desk, kind),
        why_not=why_to_ask(desk, subject, kind, typed),
        existing=_existing(subject, kind, paper_names(desk)),
        reused=_asked(fields, reused),
    )


def draft_docx(one: Draft) -> bytes:
    """The draft as a docx: what is missing stands there as 【请填：名称】, the number as 〔草稿〕.

    Never stored, never numbered. Raises UserError naming what is too long or no answer of its box.
    """
    values = dict(one.values) | {NUMBER: DRAFT_NUMBER}
    blanks = set(one.blanks)
    for name in missing(one.template, values, blanks):
        field = field_named(one.kind, name)
        if field.options or field.flag:
            blanks.add(name)
        else:
            values[name] = ASK.format(name=name)
    return fill(one.template, values, blanks, one.rows)


def batch_draft(
    desk: Desk,
    kind: str,
    subject_ids: Sequence[str],
    typed: Mapping[str, str] | None = None,
    blanks: Collection[str] = (),
    own: Mapping[str, Given] | None = None,
) -> BatchDraft:
    """What each paper of a batch lacks, in the order of `subject_ids`, and the common fields to ask for. `own` is what
    was given for one case or child alone.

    Raises UserError for an unknown kind or field name, or a template that cannot be used.
    """
    common: Given = (typed or {}, blanks)
    for values, empty in (common, *(own or {}).values()):
        check_typed(kind, values, empty)
    template = load_template(kind, desk.folder.templates)
    reader, names = SubjectReader(desk, kind), (case_names(desk), paper_names(desk))
    rows: list[BatchRow] = []
    children: list[Namesake] = []
    asked: dict[str, DraftField] = {}
    for subject_id in subject_ids:
        subject = reader.subject(subject_id)
        given, empty = merged(common, (own or {}).get(subject_id))
        values, reused, note = _values(desk, subject, kind, given)
        fields = _fields(template, values, empty)
        row = _batch_row(desk, subject_id, subject, kind, given, fields, names)
        done = _done_today(desk, subject, template, values)
        rows.append(replace(row, note=note, reused=_asked(fields, reused), done=done))
        number = number_of(subject.facts.case) if subject.facts else ""
        children.append(Namesake(row.student, row.school, row.class_name, number))
        asked |= {one.name: one for one in fields if one.missing or one.name in {*common[0], *common[1]}}
    called = [replace(row, who=who) for row, who in zip(rows, told_apart(children), strict=True)]
    once = [
        asked[name]
        for name in asked_fields(template)
        if name in asked and field_named(kind, name).belongs == "单位"
    ]
    return BatchDraft(kind_named(kind).title, tuple(called), tuple(once), refusal(desk, kind))


def merged(common: Given, own: Given | None) -> tuple[dict[str, str], list[str]]:
    """What holds for one case of a batch: what was given for all, and over it what was given for this case alone."""
    typed, blanks = own or ({}, ())
    values = {name: value for name, value in common[0].items() if name not in blanks}
    return values | dict(typed), [*(name for name in common[1] if name not in typed), *blanks]


def _values(
    desk: Desk, subject: PaperSubject, kind: str, typed: dict[str, str]
) -> tuple[dict[str, str], tuple[str, ...], str]:
    """The values of a paper and which of them the paper before gave; where the last day of the 限期 cannot be computed
    it is left open, with the reason."""
    try:
        return *values_and_reused(desk, subject, kind, typed), ""
    except UserError as problem:
        if DUE_ON in typed:
            raise
        return *values_and_reused(desk, subject, kind, typed | {DUE_ON: ""}), problem.sentence


def _asked(fields: Sequence[DraftField], names: Collection[str]) -> tuple[str, ...]:
    """Those of `names` that this paper prints, in the order of the form."""
    return tuple(one.name for one in fields if one.name in names and one.applies and not one.blank)


def _fields(template: Template, values: Mapping[str, str], blanks: Collection[str]) -> tuple[DraftField, ...]:
    """What a person may type, in the order of the form: not the number, not what the law table gives."""
    lacking = set(missing(template, values, blanks))
    fields = [field_named(template.kind, name) for name in asked_fields(template) if name != NUMBER]
    return tuple(_field(one, values, blanks, one.name in lacking) for one in fields if not one.locked)


def _field(one: Field, values: Mapping[str, str], blanks: Collection[str], lacking: bool) -> DraftField:
    return DraftField(
        name=one.name,
        value=values.get(one.name, ""),
        hint=one.hint,
        missing=lacking,
        optional=one.may_stay_empty,
        blank=one.name in blanks,
        options=tuple(answer for answer, _ in one.options),
        flag=one.flag,
        story=one.longest == STORY,
        applies=one.applies(values),
        longest=one.longest,
    )


def _existing(subject: PaperSubject, kind: str, names: PaperNames) -> str:
    paper = subject.facts.issued(kind) if subject.facts else None
    return names.of(paper) if paper else ""


def _done_today(desk: Desk, subject: PaperSubject, template: Template, values: Mapping[str, str]) -> str:
    """The number of a valid paper this office issued today on the same subject and in the same words."""
    words = frozen_words(template, values, paper_rows(desk, subject, values))
    papers = papers_on(
        desk.tx,
        desk.today,
        kind=template.kind,
        unit_id=desk.unit.id,
        student_id=subject.student.id,
        case_id=subject.case_id,
    )
    for one in papers:
        said = {name: value for name, value in one.data.items() if name not in {NUMBER, MISSED}}
        if one.issued_on == desk.today and one.withdrawn_on is None and said == words:
            return one.number
    return ""


def _called(subject: PaperSubject, names: CaseNames) -> str:
    return names.of(subject.facts.case) if subject.facts else ""


def _batch_row(
    desk: Desk,
    subject_id: str,
    subject: PaperSubject,
    kind: str,
    typed: Mapping[str, str],
    fields: Sequence[DraftField],
    names: tuple[CaseNames, PaperNames],
) -> BatchRow:
    student = subject.student
    return BatchRow(
        subject_id=subject_id,
        no=_called(subject, names[0]),
        student=student.name,
        who=student.name,
        school=school_words(desk, student.id),
        class_name=class_name_of(desk, student.id),
        missing=tuple(one.name for one in fields if one.missing),
        note="",
        why_not=why_to_ask(desk, subject, kind, typed),
        existing=_existing(subject, kind, names[1]),
        reused=(),
        done="",
    )
