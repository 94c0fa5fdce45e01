"""A child's history in the words of the forms: who changed what, from what to what. Identifiers stay out of it."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.domain.about import RECORDS, labels
from app.domain.records import CaseFile, Record, Student, Unit
from app.domain.words import number_of
from app.service.office.audit import AuditEntry, student_history
from app.service.office.classes import class_names
from app.service.office.desk import Desk
from app.store.queries.same_child import whole_child
from app.store.rows import table_of

WITHDRAWING = frozenset({"withdrawn_on", "withdrawn_reason"})
EARLIER_WORDS = {"student": {"class_id": "班级", "school_id": "学校"}}
"""Columns that entries of the first versions name and the tables no longer have."""


@dataclass(frozen=True)
class HistoryRow:
    """A cell somebody wrote, in words; without a `field` it is the birth of a record, and `new` all that it said.
    `table` and `record` name the record that was written."""

    at: datetime
    operator: str
    what: str
    field: str
    old: str
    new: str
    table: str
    record: str


def history_rows(desk: Desk, student_id: str) -> list[HistoryRow]:
    """What was written of a child and of all records that are it, newest first."""
    words = _Words(desk)
    children = [desk.tx.get(Student, one) for one in whole_child(desk.tx, student_id)]
    entries = [entry for child in children for entry in student_history(desk, child)]
    entries.sort(key=lambda entry: (entry.at, entry.seq))
    return [row for entry in entries for row in _rows(entry, words)][::-1]


class _Words:
    """Turns a kept cell into what a reader understands; numbers stay masked."""

    def __init__(self, desk: Desk) -> None:
        self._tx = desk.tx
        self._classes = class_names(desk)
        self._units = {one.id: one.name for one in desk.tx.find(Unit, withdrawn=True)}

    def text(self, record: type[Record], column: str, cell: Any) -> str:
        """One kept cell in words; empty for nothing. Numbers come masked."""
        if cell is None or cell == "":
            return ""
        if column == "class_id":
            return self._classes.get(cell, "")
        if column == "school_id":
            return self._units.get(cell, "")
        if column == "case_id":
            return number_of(self._tx.get(CaseFile, cell))
        if column == "evidence":
            return "、".join(json.loads(cell))
        if isinstance(value := _value(record, column, cell), bool):
            return "是" if value else "否"
        return str(cell)


def _value(record: type[Record], column: str, cell: Any) -> object:
    """A kept cell as the value of its field; of a column the record no longer has, as it is."""
    table = table_of(record)
    return table.value(column, cell) if column in table.columns else cell


def _rows(entry: AuditEntry, words: _Words) -> list[HistoryRow]:
    record = RECORDS[entry.table]
    known = labels(record) | EARLIER_WORDS.get(entry.table, {})
    what, at, operator = record.about.word, entry.at, entry.operator
    changes = {column: pair for column, pair in entry.changes.items() if column in known}
    if "id" in entry.changes:
        told = {known[column]: words.text(record, column, new) for column, (_old, new) in changes.items()}
        said = "；".join(f"{word} {text}" for word, text in told.items())
        return [HistoryRow(at, operator, f"登记{what}", "", "", said, entry.table, entry.record)]
    return [
        HistoryRow(
            at,
            operator,
            f"{'撤回' if column in WITHDRAWING else '更正'}{what}",
            known[column],
            words.text(record, column, old),
            words.text(record, column, new),
            entry.table,
            entry.record,
        )
        for column, (old, new) in changes.items()
    ]


def moment_words(row: HistoryRow) -> str:
    """When a row of the history was written: 2026-11-20 10:21."""
    return f"{row.at:%Y-%m-%d %H:%M}"
