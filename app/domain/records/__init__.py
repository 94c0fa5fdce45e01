"""The facts that are stored, one frozen dataclass a table.

Field names are column names. Dates are local calendar dates. Every record carries a UUIDv7 text `id`, is
journaled, and is withdrawn (a date and a reason) instead of deleted; see design sections 4 and 6.
Nothing computed is kept here: no stage, no deadline, no grade.
"""

from app.domain.records.cases import (
    AttendanceStatement,
    CaseFile,
    Closure,
    Contact,
    ForcedStep,
    Observation,
    RuleText,
    Told,
)
from app.domain.records.children import (
    ClassGroup,
    Correction,
    Enrolment,
    Guardian,
    Mark,
    SpecialGroup,
    Student,
)
from app.domain.records.joint import Alias, Choice
from app.domain.records.office import CalendarDay, NationalDay, Responsibility, Staff, Term, Unit
from app.domain.records.papers import Attachment, IssuedDocument
from app.domain.records.record import Record
from app.domain.records.rolls import Absence, Leave, Roll
from app.domain.records.rosters import ImportRun, RosterLead

JOURNALED: tuple[type[Record], ...] = (
    Unit,
    ClassGroup,
    Student,
    Enrolment,
    Guardian,
    SpecialGroup,
    Term,
    CalendarDay,
    NationalDay,
    Roll,
    Absence,
    Leave,
    RuleText,
    CaseFile,
    Contact,
    IssuedDocument,
    Attachment,
    ImportRun,
    RosterLead,
    Staff,
    Responsibility,
    Mark,
    AttendanceStatement,
    Alias,
    Choice,
    Told,
    Observation,
    Closure,
    ForcedStep,
    Correction,
)

# fmt: off
__all__ = [
    "JOURNALED", "Absence", "Alias", "Attachment", "AttendanceStatement", "CalendarDay", "CaseFile", "Choice",
    "ClassGroup", "Closure", "Contact", "Correction", "Enrolment", "ForcedStep", "Guardian", "ImportRun",
    "IssuedDocument", "Leave", "Mark", "NationalDay", "Observation", "Record", "Responsibility", "Roll",
    "RosterLead", "RuleText", "SpecialGroup", "Staff", "Student", "Term", "Told", "Unit",
]
