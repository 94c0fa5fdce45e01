"""Who changed what, when, from what to what: of one record, and of everything about a child."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.about import RECORDS, REFERENCES, belonging_to, with_trait
from app.domain.identity import mask_id
from app.domain.records import Record, Student
from app.domain.records.record import MASKED
from app.errors import UserError
from app.service.office.desk import Desk
from app.store.journal import JournalEntry


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
    ids: dict[type[Record], tuple[str, ...]] = {Student: (student.id,)}
    for record in belonging_to(Student):
        field = record.about.owner
        owners: dict[str, Any] = {field: ids[REFERENCES[field]]}
        theirs = desk.tx.find(record, withdrawn=True, **owners)
        ids[record] = tuple(one.id for one in theirs)
    entries = [entry for record_ids in ids.values() for one in record_ids for entry in desk.tx.history(one)]
    return tuple(_row(entry) for entry in sorted(entries, key=lambda entry: entry.hlc))


def _row(entry: JournalEntry) -> AuditEntry:
    masked = with_trait(RECORDS[entry.table], MASKED)
    changes = {
        column: (_masked(old), _masked(new)) if column in masked else (old, new)
        for column, (old, new) in entry.cells.items()
    }
    return AuditEntry(entry.seq, entry.written_at, entry.operator, entry.table, entry.row, changes)


def _masked(cell: Any) -> Any:
    return mask_id(cell) if isinstance(cell, str) else cell
