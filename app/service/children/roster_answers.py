"""What the import of a roster answers: counts, every row behind them, and what a person has to decide."""

from dataclasses import dataclass, field
from datetime import date

from app.domain.identity import mask_id
from app.domain.records import ImportRun
from app.domain.school_year import ClassName, class_name
from app.roster.alike import PerhapsSame, SameChildSaid
from app.roster.diff import Changed
from app.roster.matching import KnownChild
from app.roster.model import Problem, RosterRow

RosterProblem = Problem
"""A fault in a file: sheet, row from 1, cell, and the reason with what to do."""

RowSaid = SameChildSaid
"""A person's word that a row and a known child are one, or two."""

_MASKED = frozenset({"身份证件号", "学籍号"})


@dataclass(frozen=True)
class SchoolQuestion:
    """Which school a roster without a 学校 column is of. `guess` is what its title says (perhaps nothing), `known` are
    the names there are, `chosen` the school it was read as, empty as long as nobody has said."""

    guess: str
    known: tuple[str, ...]
    chosen: str


@dataclass(frozen=True)
class NewChild:
    """A row that becomes a child of `school`, which belongs to `class_name` from `from_on`."""

    name: str
    sheet: str
    row: int
    class_name: str
    gender: str
    birth: date | None
    school: str
    from_on: date


@dataclass(frozen=True)
class VanishedChild:
    """A known child whom no row means although the file speaks of its class."""

    id: str
    name: str
    class_name: str
    school: str


@dataclass(frozen=True)
class FieldChange:
    """One thing the file says anew of a child; numbers are masked."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class ChangedChild:
    """A known child and everything the file says anew of it."""

    id: str
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class SamePerson:
    """同一人？: the known child `id` (with its school and class) may be who the row means. The row is written as a
    child of its own school all the same: `student_id`, empty in a preview of a new one."""

    id: str
    name: str
    school: str
    class_name: str
    reason: str
    sheet: str
    row: int
    row_school: str
    row_class: str
    student_id: str = ""


@dataclass(frozen=True)
class Side:
    """One of two that may be one child: the child on record, or the row; the number is masked."""

    name: str
    birth: date | None
    id_no: str
    class_name: str
    guardian: str


@dataclass(frozen=True)
class LookAlike:
    """同一人？ side by side: the known child `id` and a row, what they have in common, and what a person said: True for
    one child, False for two, None where nobody has said."""

    id: str
    sheet: str
    row: int
    reason: str
    old: Side
    new: Side
    said: bool | None = None

    def told(self, *, same: bool) -> SameChildSaid:
        """A person's word about the pair, to read the file with."""
        return SameChildSaid(self.id, self.row, same, self.sheet)


@dataclass(frozen=True)
class RosterAnswer:
    """What importing a file would change, or with a `run` did change. `school` answers the question which school the
    file is of where its columns do not say; `new_schools` are those nobody had named before. `kind` says as what kind
    of list it was read, `unknown_classes` are texts a person has to say the class of, `alike` are all pairs that may be
    one child, those of `same` too."""

    run: str | None
    new: tuple[NewChild, ...]
    changes: tuple[ChangedChild, ...]
    unchanged: int
    vanished: tuple[VanishedChild, ...]
    rejected: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    same: tuple[SamePerson, ...]
    alike: tuple[LookAlike, ...]
    new_schools: tuple[str, ...]
    question: SchoolQuestion | None
    mapping: dict[str, str]
    unused_headers: tuple[str, ...]
    headers: tuple[str, ...]
    automatic: dict[str, str]
    partial: bool
    kind: str
    unknown_classes: tuple[str, ...]

    @property
    def added(self) -> int:
        """How many children are new."""
        return len(self.new)

    @property
    def changed(self) -> int:
        """How many known children change."""
        return len(self.changes)


@dataclass(frozen=True)
class KeptCell:
    """A cell that was changed again after the import and keeps its newer value."""

    record: str
    field: str


@dataclass(frozen=True)
class UndoneImport:
    """An import taken back: how many writes, and which cells stay as they are."""

    run: str
    undone: int
    kept: tuple[KeptCell, ...] = field(default=())


@dataclass(frozen=True)
class ImportLine:
    """An import in the list of imports: `added` and `changed` count children, `rolls` the rolls of an attendance
    sheet."""

    run: str
    file_name: str
    imported_on: date
    undone_on: date | None
    added: int
    changed: int
    rolls: int = 0


def import_line(run: ImportRun, added: int, changed: int, rolls: int = 0) -> ImportLine:
    """One line of the list of imports."""
    return ImportLine(run.id, run.file_name, run.imported_on, run.undone_on, added, changed, rolls)


def new_child(row: RosterRow, school: str, from_on: date, today: date) -> NewChild:
    """A new child as the preview names it."""
    group = class_text(row.class_name, today)
    return NewChild(row.name, row.sheet, row.row, group, row.gender, row.birth, school, from_on)


def vanished_child(known: KnownChild, today: date) -> VanishedChild:
    """A vanished child as the preview names it."""
    return VanishedChild(
        known.student.id, known.student.name, class_text(known.class_name, today), known.school
    )


def changed_child(change: Changed) -> ChangedChild:
    """A changed child with its fields, numbers masked."""
    fields = tuple(
        FieldChange(label, *(map(mask_id, pair) if label in _MASKED else pair))
        for label, pair in change.fields.items()
    )
    return ChangedChild(change.student_id, change.name, fields)


def same_person(pair: PerhapsSame, school: str, student_id: str, today: date) -> SamePerson:
    """A pair to be looked at; `school` is the row's, `student_id` the child it was written as."""
    known, row = pair.known, pair.row
    return SamePerson(
        known.student.id,
        known.student.name,
        known.school,
        class_text(known.class_name, today),
        pair.reason,
        row.sheet,
        row.row,
        school,
        class_text(row.class_name, today),
        student_id,
    )


def look_alike(pair: PerhapsSame, school: str, today: date) -> LookAlike:
    """A pair to be looked at, both sides in the same words; `school` is the row's."""
    student, row = pair.known.student, pair.row
    kin = [(one.name, one.relation, one.phone) for one in pair.known.guardians]
    row_kin = [(one.name, one.relation, one.phone) for one in row.guardians]
    group = f"{pair.known.school} {class_text(pair.known.class_name, today)}".strip()
    old = Side(student.name, student.birth, mask_id(student.id_no), group, _kin_words(kin))
    own = f"{school if pair.known.school else ''} {class_text(row.class_name, today)}".strip()
    new = Side(row.name, row.birth, mask_id(row.id_no), own, _kin_words(row_kin))
    return LookAlike(student.id, row.sheet, row.row, pair.reason, old, new, pair.said)


def _kin_words(kin: list[tuple[str, str, str]]) -> str:
    """父亲 梁大海 13800000001、母亲 何秀英; empty where there is nobody."""
    return "、".join(" ".join(filter(None, (relation, name, phone))) for name, relation, phone in kin)


def class_text(name: ClassName | None, today: date) -> str:
    """A class as people call it today; empty for none."""
    return class_name(name.stage, name.entry_year, name.number, today) if name else ""
