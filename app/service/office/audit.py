"""Who changed what, when, from what to what: of one record, and of everything about a child."""

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
from app.service.office.desk import JSON, Desk

MASKED = frozenset({"id_no", "edu_no"})


def audit_record(desk: Desk, record_id: str) -> list[JSON]:
    """The history of any record, oldest first: [{at, operator, table, changes: {column: [old, new]}}]."""
    entries = desk.tx.history(record_id)
    if not entries:
        raise UserError(f"没有编号为“{record_id}”的记录。请从学生列表或个案中复制编号。")
    return [_row(entry) for entry in entries]


def student_history(desk: Desk, student: Student) -> list[JSON]:
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
    return [_row(entry) for entry in sorted(entries, key=lambda entry: entry.hlc)]


def _row(entry: Any) -> JSON:
    return {
        "seq": entry.seq,
        "at": entry.written_at,
        "operator": entry.operator,
        "table": entry.table,
        "record": entry.row,
        "changes": {column: [_shown(column, one) for one in pair] for column, pair in entry.cells.items()},
    }


def _shown(column: str, value: Any) -> Any:
    """Numbers of children are masked here as in every list."""
    return mask_id(value) if column in MASKED and isinstance(value, str) else value
