"""What a roster file would change, compared with the children already known. Pure; nothing is written here.

How a row finds its child is in `matching`. An empty cell never erases a known value.

Vanished children are looked for only where the file speaks: if all its rows are of one class, in that class;
otherwise in all classes of the grades (same stage and entry year) that occur in it. A child whose row was refused
has not vanished. The caller passes living records only (not withdrawn).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.records import Student
from app.domain.school_year import ClassName, class_name
from app.roster.guardians import GuardianUpdate, guardian_fields, guardian_updates
from app.roster.matching import Known, Match, Register
from app.roster.model import STUDENT_FIELDS, Problem, RosterRow


@dataclass(frozen=True)
class Changed:
    """A known child about whom the file says something new.

    `student` is the record as it will be (its class_id is the caller's to set from `row.class_name`),
    `guardians` only those that change or are new, `add_groups`/`end_groups` the 对象类别 to begin and end,
    `fields` the same for the eye.
    """

    student_id: str
    name: str
    fields: dict[str, tuple[str, str]]
    row: RosterRow
    student: Student
    guardians: tuple[GuardianUpdate, ...] = ()
    add_groups: tuple[str, ...] = ()
    end_groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class RosterDiff:
    """The preview of an import: rows of new children, changed, unchanged and vanished known ones, refused rows."""

    new: list[RosterRow]
    changed: list[Changed]
    unchanged: list[Known]
    vanished: list[Known]
    rejected: list[Problem]


def diff_roster(
    rows: Sequence[RosterRow],
    existing: Sequence[Known],
    today: date,
    refused: Iterable[Problem] = (),
    *,
    partial: bool = False,
) -> RosterDiff:
    """Compare the rows of one file with the register.

    `today` names the classes in the preview; `refused` are the rows the reader refused, whose children are not
    called vanished, and from a `partial` file nobody has. The `rejected` of the answer are only those found here.
    """
    register = Register(existing)
    found = [(row, register.find(row)) for row in rows]
    claims = Counter(match.known.student.id for _, match in found if match.known)
    sure = Counter(match.known.student.id for _, match in found if match.known and match.sure)
    result = RosterDiff([], [], [], [], [])
    for row, match in found:
        known = match.known
        if known and claims[known.student.id] > 1 and not (match.sure and sure[known.student.id] == 1):
            _refuse(row, f"有几行都像系统中的学生“{known.student.name}”，请补上身份证件号以便区分", result)
        else:
            _place(row, match, today, result)
    if not partial:
        result.vanished.extend(_vanished(rows, existing, set(claims), [*refused, *result.rejected]))
    return result


def merged_student(student: Student, row: RosterRow) -> Student:
    """`student` with every value the row knows; empty values of the row change nothing."""
    new = {name: value for name in STUDENT_FIELDS if (value := getattr(row, name)) not in {"", None}}
    return replace(student, **new)


def _refuse(row: RosterRow, reason: str, result: RosterDiff) -> None:
    result.rejected.append(Problem(row.sheet, row.row, row.cell, reason, row.name))


def _place(row: RosterRow, match: Match, today: date, result: RosterDiff) -> None:
    if match.refusal:
        _refuse(row, match.refusal, result)
    elif match.known is None:
        result.new.append(row)
    else:
        change = _change(match.known, row, today)
        if change.fields:
            result.changed.append(change)
        else:
            result.unchanged.append(match.known)


def _change(known: Known, row: RosterRow, today: date) -> Changed:
    student = merged_student(known.student, row)
    guardians = guardian_updates(known.guardians, row.guardians)
    add = tuple(kind for kind in row.groups if kind not in known.groups)
    end = tuple(kind for kind in known.groups if kind in row.not_groups)
    fields = _student_fields(known.student, student)
    if known.class_name != row.class_name:
        fields["班级"] = (_class_text(known.class_name, today), _class_text(row.class_name, today))
    fields.update(guardian_fields(known.guardians, guardians))
    if add or end:
        after = [kind for kind in (*known.groups, *add) if kind not in end]
        fields["对象类别"] = ("、".join(known.groups), "、".join(after))
    return Changed(known.student.id, student.name, fields, row, student, guardians, add, end)


def _student_fields(old: Student, new: Student) -> dict[str, tuple[str, str]]:
    pairs = ((word, getattr(old, name), getattr(new, name)) for name, word in STUDENT_FIELDS.items())
    return {word: (_text(before), _text(after)) for word, before, after in pairs if before != after}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _class_text(name: ClassName | None, today: date) -> str:
    return class_name(name.stage, name.entry_year, name.number, today) if name else ""


def _vanished(
    rows: Sequence[RosterRow],
    existing: Sequence[Known],
    found: set[str],
    refused: Iterable[Problem],
) -> list[Known]:
    """Known children of the classes the file speaks of whom no row means."""
    classes = {row.class_name for row in rows}
    grades = {(name.stage, name.entry_year) for name in classes}
    held_back = {problem.name for problem in refused}

    def in_scope(name: ClassName | None) -> bool:
        if name is None:
            return False
        return name in classes if len(classes) == 1 else (name.stage, name.entry_year) in grades

    return [
        known
        for known in existing
        if known.student.id not in found
        and in_scope(known.class_name)
        and known.student.name not in held_back
    ]
