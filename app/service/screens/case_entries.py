"""一生一案 of a case as cards: visits in the words of the form, papers, and what the register and leave say."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.documents.catalogue import KINDS
from app.domain.about import label
from app.domain.contacts import counts
from app.domain.dates import day_words
from app.domain.records import Attachment, Contact, IssuedDocument
from app.domain.timeline import Entry, document_entry, with_words
from app.domain.vocabulary import ANSWERS
from app.service.cases.reading import CaseShown
from app.service.cases.timeline import as_written, before_case
from app.service.office.desk import Desk

CardKind = Literal[
    "opening",
    "return",
    "annulled",
    "leave",
    "contact",
    "paper",
    "voided",
    "told",
    "look",
    "closing",
    "forced",
    "mark",
    "right",
]
PLAIN: dict[str, CardKind] = {
    "立案": "opening",
    "返校": "return",
    "撤销": "annulled",
    "请假": "leave",
    "补假": "leave",
    "据告知": "told",
    **dict.fromkeys(ANSWERS, "told"),
    "观察": "look",
    "销号": "closing",
    "恢复": "closing",
    "强制": "forced",
    "学籍标注": "mark",
    "更正": "right",
}
"""Entries of the timeline that are neither a visit nor a paper, and the kind they are shown as."""

TABLES: dict[CardKind, str] = {
    "leave": "leave",
    "told": "told",
    "look": "observation",
    "forced": "forced_step",
    "mark": "mark",
}
"""The table of what a card tells, where a person may put it right; 销号 is taken up again, a paper is voided."""

CONTACT_DETAILS = {
    column: label(Contact, column)
    for column in (
        "family", "guardian_attitude", "student_attitude", "measures", "effect", "found_cause", "study_place",
        "work_place", "living_place", "companions", "text", "people", "place",
    )
}  # fmt: skip
"""The text fields of a visit and their words, in the order of 附件4."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """One entry. `key` is the id of the visit or paper; `details` are (words, text) of a visit, in the order of the
    form; `number` is the 文号 of a paper, '' for all else; `table` and `row` name the record that may be put right, ''
    where there is none; `stamp` is when it was written, for the order within a
    day."""

    key: str
    kind: CardKind
    on: date
    entered_on: date
    stamp: str = ""
    what: str
    outcome: str = ""
    text: str = ""
    who: str = ""
    details: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    number: str = ""
    table: str = ""
    row: str = ""


def cards(desk: Desk, shown: CaseShown) -> tuple[Card, ...]:
    """The entries of a case and of its child before it, newest first."""
    plain = [entry for entry in shown.timeline if entry.what in PLAIN]
    contacts = [*shown.contacts, *before_case(desk, shown.row.student_id)]
    photos = _photo_counts(desk, contacts)
    told = {entry.record: entry for entry in shown.timeline if not entry.column}
    entries = [
        *(_plain_card(place, entry) for place, entry in enumerate(plain)),
        *(_contact_card(desk, one, told[one.id], photos[one.id]) for one in contacts),
        *(_paper_card(desk, one, told[one.id]) for one in shown.papers),
    ]
    return tuple(sorted(entries, key=lambda one: (one.on, one.entered_on, one.stamp, one.key), reverse=True))


def photos_of(desk: Desk, contact_id: str) -> list[tuple[str, bytes]]:
    """The photos of a visit: file name and JPEG. Raises EnvironmentProblem if a file is lost or damaged."""
    return [(one.file_name, desk.tx.files.get(one.sha256)) for one in _photos(desk, [contact_id])]


def _plain_card(place: int, entry: Entry) -> Card:
    kind = PLAIN[entry.what]
    return Card(
        key=f"{place:04}-{kind}",  # as text in the order of the timeline
        kind=kind,
        on=entry.on,
        entered_on=entry.entered_on,
        stamp=entry.stamp,
        what=entry.heading or entry.what,
        text=entry.body if entry.heading else entry.text,
        who=entry.who,
        table=TABLES.get(kind, "") if entry.record else "",
        row=entry.record,
    )


def _contact_card(desk: Desk, contact: Contact, told: Entry, photos: int) -> Card:
    details = [
        (words, getattr(contact, name)) for name, words in CONTACT_DETAILS.items() if getattr(contact, name)
    ]
    if contact.promised_on:
        details.append(("承诺返校日", day_words(contact.promised_on)))
    notes = [] if contact.case_id else ["当时没有在办的个案"]
    notes += [] if counts(contact) else ["不计入动员次数"]
    notes += [along] if (along := with_words(contact)) else []
    notes += [f"据{contact.told_by}告知"] if contact.told_by else []
    notes += [f"照片{photos}张"] if photos else []
    notes += [f"强制录入，理由：{contact.forced_reason}"] if contact.forced_reason else []
    return Card(
        key=contact.id,
        kind="contact",
        on=contact.happened_on,
        entered_on=contact.entered_on,
        stamp=told.stamp,
        what=_contact_words(desk, contact),
        outcome=contact.outcome,
        text="；".join(f"{words}：{text.rstrip('。；')}" for words, text in details),
        who=contact.by_whom,
        details=tuple(details),
        notes=tuple(notes),
        table="contact",
        row=contact.id,
    )


def _contact_words(desk: Desk, contact: Contact) -> str:
    """家访; with the level before it where another office did it."""
    method = "其他方式" if contact.method == "其他" else contact.method
    return method if contact.level == desk.unit.level else f"{contact.level}{method}"


def _paper_card(desk: Desk, paper: IssuedDocument, told: Entry) -> Card:
    voided = paper.withdrawn_on is not None
    reason = ""
    if paper.withdrawn_on:
        who = as_written(desk, replace(document_entry(paper), column="withdrawn_on")).who
        reason = f"{day_words(paper.withdrawn_on)}{who}作废，理由：{paper.withdrawn_reason}"
    forced = f"提前出具，理由：{paper.forced_reason}" if paper.forced_reason else ""
    return Card(
        key=paper.id,
        kind="voided" if voided else "paper",
        on=paper.issued_on,
        entered_on=paper.issued_on,
        stamp=told.stamp,
        who=told.who,
        what=KINDS[paper.kind].title,
        outcome="已作废" if voided else "已出具",
        text=paper.number,
        notes=tuple(note for note in (forced, reason) if note),
        number=paper.number,
    )


def _photo_counts(desk: Desk, contacts: Iterable[Contact]) -> Counter[str]:
    return Counter(one.owner_id for one in _photos(desk, [contact.id for contact in contacts]))


def _photos(desk: Desk, contact_ids: list[str]) -> list[Attachment]:
    return desk.tx.find(Attachment, owner="contact", owner_id=tuple(contact_ids), role="照片")
