"""一生一案: everything about a child in one list of dated entries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.records import (
    Closure,
    Contact,
    Correction,
    ForcedStep,
    IssuedDocument,
    Leave,
    Mark,
    Observation,
    Told,
)
from app.domain.vocabulary import AGE_CHECKED, ANSWERS, AWAY, IN_SCHOOL, RETURNED


@dataclass(frozen=True)
class Entry:
    """One thing that happened: on which day, when it was entered, what kind of thing, in words, by whom.

    `record` is the id of the record it tells of and `column` the field whose writing it is ('': the record was added);
    `stamp` is when that was, for the order within a day ('' for what the register shows: the roll comes first). Where
    a card says it in other words, `heading` and `body` are these.
    """

    on: date
    entered_on: date
    what: str
    text: str
    who: str = ""
    record: str = ""
    column: str = ""
    stamp: str = ""
    heading: str = ""
    body: str = ""


def contact_entry(contact: Contact) -> Entry:
    """A visit or call, with its outcome, what was said and what was promised."""
    parts = [contact.outcome, contact.text, contact.effect]
    if contact.found_cause:
        parts.append(f"原因：{contact.found_cause}")
    if contact.promised_on:
        parts.append(f"承诺{day_words(contact.promised_on)}返校")
    parts.append(with_words(contact))
    if contact.told_by:
        parts.append(f"据{contact.told_by}告知")
    if contact.forced_reason:
        parts.append(f"强制录入理由：{contact.forced_reason}")
    words = "；".join(part for part in parts if part)
    what = f"{contact.level}{contact.method}"
    return Entry(contact.happened_on, contact.entered_on, what, words, contact.by_whom, contact.id)


def with_words(contact: Contact) -> str:
    """Who went along on a visit: 会同学校、村委会; empty where nobody did."""
    typed = contact.with_units.replace("，", ",").replace("、", ",").split(",")
    units = "、".join(one.strip() for one in typed if one.strip())
    return f"会同{units}" if units else ""


def told_entry(told: Told) -> Entry:
    """What another office told, 据告知; or what this office told another."""
    on, entered_on = told.happened_on, told.entered_on
    if told.kind in ANSWERS:
        said = f"{told.told_by}核对，仍应上学" if told.kind == AGE_CHECKED else f"告诉了{told.told_by}"
        words = "；".join(part for part in (said, told.note) if part)
        return Entry(on, entered_on, told.kind, words, record=told.id)
    words = "；".join(
        part for part in (f"{told.kind}（{told.level}；{told.told_by}告知）", told.note) if part
    )
    made = "" if told.kind == RETURNED else f"{told.level}办的"
    return Entry(
        on,
        entered_on,
        "据告知",
        words,
        told.told_by,
        told.id,
        heading=f"{told.kind}（听{told.told_by}说）",
        body="；".join(part for part in (made, told.note) if part),
    )


def observation_entry(look: Observation) -> Entry:
    """A look after the return."""
    words = "；".join(part for part in (IN_SCHOOL if look.in_school else AWAY, look.note) if part)
    return Entry(look.observed_on, look.entered_on, "观察", words, look.by_whom, look.id)


def closure_entries(closing: Closure) -> Iterator[Entry]:
    """销号, and 恢复 where it was taken back."""
    words = "；".join(part for part in (closing.reason, closing.note) if part)
    yield Entry(closing.closed_on, closing.entered_on, "销号", words, closing.by_whom, closing.id)
    if closing.withdrawn_on:
        on, words = closing.withdrawn_on, f"理由：{closing.withdrawn_reason}"
        yield Entry(on, on, "恢复", words, record=closing.id, column="withdrawn_on")


def mark_entries(mark: Mark) -> Iterator[Entry]:
    """学籍标注, and where it was taken off."""
    yield Entry(mark.set_on, mark.entered_on, "学籍标注", f"标注{mark.kind}", record=mark.id)
    if mark.cleared_on:
        on = mark.cleared_on
        yield Entry(on, on, "学籍标注", f"取消{mark.kind}标注", record=mark.id, column="cleared_on")


def forced_entry(forced: ForcedStep) -> Entry:
    """A step taken with a reason."""
    words = f"{forced.step}，理由：{forced.reason}"
    return Entry(
        forced.forced_on,
        forced.entered_on,
        "强制",
        words,
        forced.by_whom,
        forced.id,
        heading=f"{forced.step}（没有按次序）",
        body=f"理由：{forced.reason}",
    )


def correction_entry(done: Correction) -> Entry:
    """What was put right in a record, and why."""
    words = f"{done.what}，理由：{done.reason}"
    withdrawn = done.what.startswith("撤回")
    return Entry(
        done.corrected_on,
        done.corrected_on,
        "更正",
        words,
        done.by_whom,
        done.id,
        heading="撤回" if withdrawn else "更正",
        body=words.removeprefix("撤回"),
    )


def document_entry(document: IssuedDocument) -> Entry:
    """A paper issued, with the reason if it was too early for it, or voided with its reason."""
    words = document.number
    if document.forced_reason:
        words += f"，提前出具理由：{document.forced_reason}"
    if document.withdrawn_on:
        words += f"（{day_words(document.withdrawn_on)}作废：{document.withdrawn_reason}）"
    return Entry(document.issued_on, document.issued_on, document.kind, words, record=document.id)


def leave_entry(leave: Leave) -> Entry:
    """A leave with its approver; entered later than it began, it is 补假."""
    late = leave.entered_on > leave.from_on
    words = f"{leave.kind}{day_words(leave.from_on)}至{day_words(leave.to_on)}，{leave.approver}批准"
    if leave.proof:
        words += f"，凭证：{leave.proof}"
    on = leave.entered_on if late else leave.from_on
    return Entry(on, leave.entered_on, "补假" if late else "请假", words, record=leave.id)


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Oldest first; what happened on one day in the order it was entered."""
    return sorted(entries, key=lambda entry: (entry.on, entry.entered_on, entry.stamp))
