"""一生一案: everything about a child in one list of dated entries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.records import Contact, IssuedDocument, Leave


@dataclass(frozen=True)
class Entry:
    """One thing that happened: on which day, when it was entered, what kind of thing, in words, by whom."""

    on: date
    entered_on: date
    what: str
    text: str
    who: str = ""


def contact_entry(contact: Contact) -> Entry:
    """A visit or call, with its outcome, what was said and what was promised."""
    parts = [contact.outcome, contact.text, contact.effect]
    if contact.found_cause:
        parts.append(f"原因：{contact.found_cause}")
    if contact.promised_on:
        parts.append(f"承诺{day_words(contact.promised_on)}返校")
    if contact.forced_reason:
        parts.append(f"强制录入理由：{contact.forced_reason}")
    words = "；".join(part for part in parts if part)
    return Entry(
        contact.happened_on, contact.entered_on, f"{contact.level}{contact.method}", words, contact.by_whom
    )


def document_entry(document: IssuedDocument) -> Entry:
    """A paper issued, with the reason if it was too early for it, or voided with its reason."""
    words = document.number
    if document.forced_reason:
        words += f"，提前出具理由：{document.forced_reason}"
    if document.withdrawn_on:
        words += f"（{day_words(document.withdrawn_on)}作废：{document.withdrawn_reason}）"
    return Entry(document.issued_on, document.issued_on, document.kind, words)


def leave_entry(leave: Leave) -> Entry:
    """A leave with its approver; entered later than it began, it is 补假."""
    late = leave.entered_on > leave.from_on
    words = f"{leave.kind}{day_words(leave.from_on)}至{day_words(leave.to_on)}，{leave.approver}批准"
    if leave.proof:
        words += f"，凭证：{leave.proof}"
    return Entry(
        leave.entered_on if late else leave.from_on, leave.entered_on, "补假" if late else "请假", words
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Oldest first; what happened on one day in the order it was entered."""
    return sorted(entries, key=lambda entry: (entry.on, entry.entered_on))
