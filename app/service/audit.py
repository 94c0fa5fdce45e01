"""Who changed what, when, from what to what: of one record, and of everything about a child."""

from typing import Any

from app.domain.records import (
    CaseFile,
    Contact,
    Guardian,
    IssuedDocument,
    Leave,
    Record,
    SpecialGroup,
    Student,
)
from app.errors import UserError
from app.service.desk import JSON, Desk


def audit_record(desk: Desk, record_id: str) -> list[JSON]:
    """The history of any record, oldest first: [{at, operator, table, changes: {column: [old, new]}}]."""
    entries = desk.tx.history(record_id)
    if not entries:
        raise UserError(f"没有编号为“{record_id}”的记录。请从 student list 或 case show 的结果中复制编号。")
    return [_row(entry) for entry in entries]


def student_history(desk: Desk, student: Student) -> list[JSON]:
    """The history of a child and of all that hangs on it, oldest first."""
    ids = [student.id]
    hanging: tuple[type[Record], ...] = (Guardian, SpecialGroup, Leave, CaseFile, IssuedDocument)
    for table in hanging:
        ids += [one.id for one in desk.tx.find(table, "student_id = ?", [student.id], withdrawn=True)]
    for case in desk.tx.find(CaseFile, "student_id = ?", [student.id], withdrawn=True):
        ids += [one.id for one in desk.tx.find(Contact, "case_id = ?", [case.id], withdrawn=True)]
    rows = [_row(entry) for record_id in ids for entry in desk.tx.history(record_id)]
    return sorted(rows, key=lambda row: row["seq"])


def _row(entry: Any) -> JSON:
    return {
        "seq": entry.seq,
        "at": entry.written_at,
        "operator": entry.operator,
        "table": entry.table,
        "record": entry.row,
        "changes": {column: list(pair) for column, pair in entry.cells.items()},
    }
