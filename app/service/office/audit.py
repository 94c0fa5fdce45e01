"""Who changed what, when, from what to what: of one record, and of everything about a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.identity import mask_id
from app.domain.records import (
    CaseFile,
    Contact,
    Enrolment,
    Guardian,
    IssuedDocument,
    Leave,
    Mark,
    Record,
    SpecialGroup,
    Student,
)
from app.errors import UserError
from app.service.office.desk import Desk
from app.store.journal import JournalEntry

MASKED = frozenset({"id_no", "edu_no"})


@dataclass(frozen=True)
class AuditEntry:
    """One write to one record: `changes` is column → (old, new), as kept, numbers of children masked."""

    seq: int
    at: datetime
    operator: str
    table: str
    record: str
    changes: Mapping[str, tuple[Any, Any]]


def audit_record(desk: Desk, record_id: str) -> tuple[AuditEntry, ...]:
    """The history of any record, oldest first. Raises UserError where nothing was ever written under that id."""
    entries = desk.tx.history(record_id)
    if not entries:
        raise UserError(f"没有编号为“{record_id}”的记录。请从学生列表或个案中复制编号。")
    return tuple(_row(entry) for entry in entries)


def student_history(desk: Desk, student: Student) -> tuple[AuditEntry, ...]:
    """The history of a child and of all that hangs on it, oldest first."""
    ids = [student.id]
    hanging: tuple[type[Record], ...] = (
        Enrolment,
        Mark,
        Guardian,
        SpecialGroup,
        Leave,
        CaseFile,
        Contact,
        IssuedDocument,
    )
    for table in hanging:
        ids += [one.id for one in desk.tx.find(table, student_id=student.id, withdrawn=True)]
    entries = [entry for record_id in ids for entry in desk.tx.history(record_id)]
    return tuple(_row(entry) for entry in sorted(entries, key=lambda entry: entry.hlc))


def _row(entry: JournalEntry) -> AuditEntry:
    changes = {
        column: (_shown(column, old), _shown(column, new)) for column, (old, new) in entry.cells.items()
    }
    return AuditEntry(entry.seq, entry.written_at, entry.operator, entry.table, entry.row, changes)


def _shown(column: str, value: Any) -> Any:
    """Numbers of children are masked here as in every list."""
    return mask_id(value) if column in MASKED and isinstance(value, str) else value
