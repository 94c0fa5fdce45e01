"""Taking writes back by the journal: what was added is withdrawn, what was changed gets its old value."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.about import RECORDS
from app.domain.records import (
    Attachment,
    AttendanceStatement,
    Choice,
    ClassGroup,
    Enrolment,
    ImportRun,
    IssuedDocument,
    Record,
    Responsibility,
    Roll,
    RuleText,
    Student,
    Unit,
)
from app.domain.records.record import table_name
from app.domain.vocabulary import UNDONE
from app.errors import UserError
from app.service.office.desk import Desk
from app.service.office.undone_words import words_of
from app.store.journal import JournalEntry

PASSED_OVER = frozenset({IssuedDocument, ImportRun, RuleText, AttendanceStatement, Choice})
"""What is never taken back. Issued paper is voided (design promise 4); nothing hangs on a text of rules."""
UNDOABLE = {name: one for name, one in RECORDS.items() if one not in PASSED_OVER}
"""Table → its record class, of all that can be taken back."""

LASTING = frozenset({table_name(IssuedDocument), table_name(ImportRun)})
"""What Ctrl+Z refuses."""

AT_ONCE = 200  # entries between two words about how far it is


@dataclass(frozen=True)
class Undone:
    """How many writes were taken back, which cells kept a newer value: (record, column), and in words what it was."""

    count: int
    kept: tuple[tuple[str, str], ...] = ()
    what: str = ""


def undo_entries(
    desk: Desk,
    first: int,
    last: int,
    reason: str,
    step: Callable[[int, int], None] = lambda _done, _total: None,
) -> Undone:
    """Take back this instance's journal entries `first` to `last`, newest first; `step` hears how many are done of all
    and may raise to stop.

    A cell that was changed again since keeps its newer value and is named. Tables that cannot be undone are passed
    over; `refuse_paper` says whether there are any.
    """
    entries = [one for one in desk.tx.entries(first, last) if one.table in UNDOABLE]
    kept: list[tuple[str, str]] = []
    for place, entry in enumerate(reversed(entries)):
        if place % AT_ONCE == 0:
            step(place, len(entries))
        table = UNDOABLE[entry.table]
        now = desk.tx.get(table, entry.row)
        if entry.added:
            if now.withdrawn_on is None and not _in_use(desk, now):
                # Not `withdraw`: it would read the row once more, and an import has tens of thousands.
                desk.tx.change(table, entry.row, withdrawn_on=desk.today, withdrawn_reason=reason)
            continue
        new, old = entry.new(), entry.old()
        back = {column: old[column] for column in old if getattr(now, column) == new[column]}
        kept += [(entry.row, column) for column in old if column not in back]
        if back:
            desk.tx.change(table, entry.row, **back)
    step(len(entries), len(entries))
    return Undone(len(entries), tuple(kept))


def _in_use(desk: Desk, record: Record) -> bool:
    """A class stays while children entered by hand are in it, its roll was called, or somebody answers for it; an
    office while anything else is its own."""
    if isinstance(record, Unit):
        return bool(
            desk.tx.find(Student, unit_id=record.id)
            or desk.tx.find(Enrolment, school_id=record.id)
            or desk.tx.find(Unit, parent_id=record.id)
        )
    return isinstance(record, ClassGroup) and any(
        desk.tx.find(table, class_id=record.id) for table in (Enrolment, Roll, Responsibility)
    )


def undo_last(desk: Desk, first: int, last: int) -> Undone:
    """Take back one entry a person just made (Ctrl+Z). Raises UserError if paper was issued or its pages were kept
    with it."""
    entries = desk.tx.entries(first, last)
    if any(_lasts(desk, one) for one in entries):
        raise UserError(
            "刚才的操作出具或存下了文书，或者导入了名册，不能这样撤销。文书请作废，名册请在导入记录中撤销。"
        )
    what = words_of(desk, entries)
    return replace(undo_entries(desk, first, last, UNDONE), what=what)


@dataclass(frozen=True)
class Made:
    """An action as a person remembers it: what it was in words, when it was saved, and by whom."""

    what: str
    at: datetime
    by_whom: str


def made_by(desk: Desk, first: int, last: int) -> Made:
    """The action of these journal entries."""
    entries = desk.tx.entries(first, last)
    return Made(words_of(desk, entries), entries[-1].written_at, entries[-1].operator)


def _lasts(desk: Desk, entry: JournalEntry) -> bool:
    """Whether it is of issued paper, its kept pages too, or of an import as a whole."""
    if entry.table == "attachment":
        return desk.tx.get(Attachment, entry.row).owner in LASTING
    return entry.table in LASTING
