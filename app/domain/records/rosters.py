"""Roster files that came in, and the children that are not in the new one."""

from dataclasses import dataclass
from datetime import date

from app.domain.records.record import Record


@dataclass(frozen=True, kw_only=True)
class ImportRun(Record):
    """A roster file that a unit accepted: what it was, and the journal positions it covers, so it can be undone."""

    unit_id: str
    file_name: str
    file_sha256: str
    imported_on: date
    first_seq: int
    last_seq: int
    undone_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class RosterLead(Record):
    """A child who was in the register and is not in the new roster: a lead to follow, never a deletion."""

    run_id: str
    student_id: str
    found_on: date
    settled_on: date | None = None
    settlement: str = ""
