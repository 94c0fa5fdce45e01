"""What follows from what the records say of themselves: words, whom a record belongs to, how far it travels."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Final, get_type_hints

from app.domain.records import (
    JOURNALED,
    Absence,
    Alias,
    Attachment,
    AttendanceStatement,
    CalendarDay,
    CaseFile,
    Choice,
    ClassGroup,
    Closure,
    Contact,
    Correction,
    Enrolment,
    ForcedStep,
    Guardian,
    ImportRun,
    IssuedDocument,
    Leave,
    Mark,
    NationalDay,
    Observation,
    Record,
    Responsibility,
    Roll,
    RosterLead,
    RuleText,
    SpecialGroup,
    Staff,
    Student,
    Term,
    Told,
    Unit,
)
from app.domain.records.record import Trait, table_name

RECORDS: Final[Mapping[str, type[Record]]] = {table_name(one): one for one in JOURNALED}
"""Table → its record class."""

REFERENCES: Final[Mapping[str, type[Record]]] = {
    "unit_id": Unit,
    "parent_id": Unit,
    "lead_unit_id": Unit,
    "school_id": Unit,
    "class_id": ClassGroup,
    "student_id": Student,
    "staff_id": Staff,
    "roll_id": Roll,
    "run_id": ImportRun,
    "case_id": CaseFile,
    "previous_case_id": CaseFile,
    "rule_text_id": RuleText,
}
"""Field → the record whose id it holds, in whatever record it stands."""

TELLING: Final[tuple[type[Record], ...]] = (
    Roll,
    Absence,
    Leave,
    CaseFile,
    Contact,
    Closure,
    Observation,
    Told,
    ForcedStep,
    IssuedDocument,
    Student,
    Enrolment,
    Mark,
    Correction,
    AttendanceStatement,
    Guardian,
    SpecialGroup,
    CalendarDay,
    NationalDay,
    Term,
    Unit,
    Staff,
    Responsibility,
    Attachment,
    Alias,
    Choice,
    ImportRun,
    RosterLead,
    ClassGroup,
    RuleText,
)
"""Every record, the one that tells a person most first: a roll also writes absences and cases, and a case takes in the
contacts made before it."""


def _read(record: type[Record]) -> Mapping[str, tuple[str, frozenset[Trait]]]:
    """Field → its word and its traits."""
    hints = get_type_hints(record, include_extras=True)
    found = {}
    for one in fields(record):
        word, *traits = hints[one.name].__metadata__
        found[one.name] = (word, frozenset(traits))
    return found


_SAID: Final = {one: _read(one) for one in JOURNALED} | {Record: _read(Record)}


def label(record: type[Record], field: str) -> str:
    """The word of a field. Raises KeyError for a field the record does not have."""
    return _SAID[record][field][0]


def labels(record: type[Record]) -> dict[str, str]:
    """Field → its word, for the fields that forms ask for and a history tells."""
    return {name: word for name, (word, traits) in _SAID[record].items() if Trait.INNER not in traits}


def every_label(record: type[Record]) -> dict[str, str]:
    """Field → its word, also of the fields that are kept for the program."""
    return {name: word for name, (word, _traits) in _SAID[record].items()}


def with_trait(record: type[Record], trait: Trait) -> tuple[str, ...]:
    """The fields of a record that have a trait, in its order."""
    return tuple(name for name, (_word, traits) in _SAID[record].items() if trait in traits)


def missed_word(record: type[Record]) -> str:
    """The word under which a person misses a record that a backup lacks; empty where nobody would."""
    missed = record.about.missed
    return "" if missed is None else missed or record.about.word


def owner_path(record: type[Record]) -> tuple[tuple[type[Record], str], ...]:
    """From a record up to its unit: each record on the way with the field that names the next one.

    Empty for a unit, for what belongs to nobody, and where `about.kind` says that the record goes where its owner goes.
    """
    about = record.about
    if record is Unit or not about.owner or about.kind:
        return ()
    return ((record, about.owner), *owner_path(REFERENCES[about.owner]))


def path_to(owner: type[Record], record: type[Record]) -> tuple[tuple[type[Record], str], ...]:
    """The part of `owner_path` that leads to `owner`; empty where it does not, or `record` is one itself."""
    found = []
    for step in owner_path(record):
        found.append(step)
        if REFERENCES[step[1]] is owner:
            return tuple(found)
    return ()


def belonging_to(owner: type[Record]) -> tuple[type[Record], ...]:
    """The records that belong to an `owner`, straight or by another record, which stands before them."""
    return tuple(one for one in JOURNALED if path_to(owner, one))


def with_all_of(owner: type[Record]) -> tuple[type[Record], ...]:
    """An `owner` and the records that belong to it."""
    return (owner, *belonging_to(owner))


def fields_up(record: type[Record], *, to_county: bool) -> tuple[str, ...]:
    """The fields of a record that go to the office above; none where the record itself does not."""
    if not to_county:
        return tuple(_SAID[record])
    if record.about.below_county:
        return ()
    kept_back = with_trait(record, Trait.BELOW_COUNTY)
    return tuple(name for name in _SAID[record] if name not in kept_back)
