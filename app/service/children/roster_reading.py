"""A roster file read once, placed in its schools and compared with the children there are; nothing is written here."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from app.domain.calendar import ONE_DAY
from app.domain.membership import last_enrolment
from app.domain.records import ClassGroup, Enrolment, Guardian, SpecialGroup, Student, Unit
from app.domain.school_year import ClassName
from app.domain.units import SCHOOL, UnitTree
from app.domain.vocabulary import choice
from app.errors import EnvironmentProblem, UserError, os_words
from app.roster.alike import SameChildSaid
from app.roster.coverage import coverage_of
from app.roster.diff import RosterDiff, diff_roster
from app.roster.kinds import CARD, KINDS, PART, SPECIAL, WHOLE
from app.roster.matching import KnownChild
from app.roster.model import RosterFile
from app.roster.roster_file import read_roster
from app.service.children.roster_schools import Placement, known_schools, place_rows
from app.service.office.desk import Desk
from app.service.office.grades import USUAL_YEARS, years_by_school
from app.store.queries.children import enrolments_of
from app.store.queries.rosters import children_of_roster

T = TypeVar("T", Guardian, SpecialGroup, Enrolment)
MAPPING, IGNORED, CLASSES = "roster.mapping", "roster.ignored", "roster.classes"


@dataclass(frozen=True)
class Reading:
    """How a file is to be read: our field → header and headers not to be read, as a person chose them (None: nothing
    was chosen, what was remembered holds), whether it is only a part (None: by its kind), the school it is of, and what
    kind of list it is (`KINDS`; empty: as it seems). `classes` is what a person said of the texts of classes nobody can
    read; it comes before what was remembered. `said` is whom a person took for one child, or for two."""

    mapping: dict[str, str] = field(default_factory=dict)
    ignored: Collection[str] | None = None
    partial: bool | None = None
    school: str = ""
    kind: str = ""
    classes: dict[str, str] = field(default_factory=dict)
    said: tuple[SameChildSaid, ...] = ()

    @property
    def is_chosen(self) -> bool:
        """Whether a person said what the columns mean."""
        return bool(self.mapping) or self.ignored is not None


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read on a day: its SHA-256 says whether it is still the same."""

    path: Path
    sha256: str
    read_on: date
    reading: Reading
    roster: RosterFile


@dataclass(frozen=True)
class Compared:
    """What a file would change, with the school of each of its rows."""

    file: ReadFile
    placement: Placement
    diff: RosterDiff


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. EnvironmentProblem if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as problem:
        raise EnvironmentProblem(
            f"读不出文件“{path.name}”（{os_words(problem)}）。请关闭正在打开它的程序，或换一个位置再试。"
        ) from problem


def read_file(desk: Desk, path: Path, reading: Reading, sha256: str = "") -> ReadFile:
    """Read a roster by what was chosen or remembered. UserError if it is none."""
    own = desk.unit.name if desk.unit.level == SCHOOL else ""
    chosen = reading.is_chosen
    fields = reading.mapping if chosen else json.loads(desk.tx.setting(MAPPING) or "{}")
    left_out = (reading.ignored or ()) if chosen else json.loads(desk.tx.setting(IGNORED) or "[]")
    read = partial(
        read_roster,
        path,
        desk.today,
        own_school=own,
        classes=known_classes(desk, reading),
        **_years(desk, reading.school),
    )
    try:
        roster = read(mapping=fields, ignored=left_out)
    except UserError:
        if chosen or not (fields or left_out):
            raise
        # What was remembered was for another layout.
        roster = read()
    return ReadFile(path, sha256 or digest_of(path), desk.today, reading, of_kind(roster, reading.kind))


def known_classes(desk: Desk, reading: Reading) -> dict[str, str]:
    """What persons said of the texts of classes nobody can read, now and before."""
    remembered: dict[str, str] = json.loads(desk.tx.setting(CLASSES) or "{}")
    return remembered | reading.classes


def of_kind(roster: RosterFile, chosen: str) -> RosterFile:
    """The roster as a list of the chosen kind, else of the one it seems; the children of a 专项 list are of its
    对象类别. UserError for a kind there is not."""
    kind = choice("名单种类", chosen, KINDS) if chosen else roster.kind
    if kind != SPECIAL:
        return replace(roster, kind=kind, partial=kind != WHOLE)
    rows = [replace(row, groups=tuple(dict.fromkeys((*row.groups, *roster.special)))) for row in roster.rows]
    return replace(roster, kind=kind, partial=True, rows=rows)


def _years(desk: Desk, chosen: str) -> dict[str, Any]:
    """How many grades the 小学 of the school has that is `chosen`, or our own, and of those the file may name."""
    said = years_by_school(desk)
    schools = desk.tx.find(Unit, id=tuple(said)) if said else []
    wanted = chosen if desk.unit.level != SCHOOL else desk.unit.id
    usual = next((said[one.id] for one in schools if wanted in {one.id, one.name}), USUAL_YEARS)
    return {"primary_years": usual, "years_of": {one.name: said[one.id] for one in schools}}


def compare(desk: Desk, file: ReadFile) -> Compared:
    """What importing the file would change. UserError if it has to be said which school it is of."""
    placement = place_rows(desk, file.roster, file.reading.school)
    existing = known_children(desk, placement)
    refused = [*file.roster.rejected, *placement.refused]
    file = _guessed_by_numbers(file, placement, existing, len(refused))
    kind = file.roster.kind
    is_part = kind != WHOLE if file.reading.partial is None else file.reading.partial
    diff = diff_roster(
        placement.rows,
        existing,
        desk.today,
        refused,
        partial=is_part or kind in {SPECIAL, CARD},
        known_only=kind == SPECIAL,
        school_of=placement.school_of,
        said=file.reading.said,
    )
    _refuse_unknown_pairs(file.reading.said, diff)
    return Compared(file, placement, diff)


def _refuse_unknown_pairs(said: Iterable[SameChildSaid], diff: RosterDiff) -> None:
    asked = {(pair.known.student.id, pair.row.row) for pair in diff.alike}
    for one in said:
        if (one.student_id, one.row) not in asked:
            raise UserError(
                f"第{one.row}行和那名学生不用认定是不是同一人。请按预览里“同一人？”列出的学生和行号来说。"
            )


def _guessed_by_numbers(
    file: ReadFile, placement: Placement, existing: Sequence[KnownChild], refused: int
) -> ReadFile:
    """The file as a part of a roster where it names clearly fewer children than there are; a person's word holds."""
    if file.reading.kind or file.roster.kind != WHOLE:
        return file
    coverage = coverage_of(placement.rows, refused, existing, placement.school_of)
    if not coverage.is_part:
        return file
    why = f"名单上只有{coverage.named}名，系统里这些班有{coverage.known}名"
    return replace(file, roster=replace(file.roster, kind=PART, partial=True, kind_why=why))


def known_children(desk: Desk, placement: Placement) -> list[KnownChild]:
    """The children the rows may mean: those of their schools, and whoever elsewhere has a name or a number in the
    file."""
    children = _children(desk, placement)
    ids = {one.id for one in children}
    guardians = _by_child(desk.tx.find(Guardian, order="rank, id"), ids)
    groups = _by_child(desk.tx.find(SpecialGroup), ids)
    enrolments = _by_child(enrolments_of(desk.tx, None if len(ids) > MANY else ids), ids)
    classes = {one.id: ClassName(one.stage, one.entry_year, one.number) for one in desk.tx.find(ClassGroup)}
    schools = {one.id: one.name for one in known_schools(desk)}
    if desk.unit.level == SCHOOL:
        schools[desk.units.stand_in(desk.unit.id)] = ""  # goes without saying
    return [
        _known(
            child,
            last_enrolment(enrolments.get(child.id, ()), desk.today),
            classes,
            (schools, desk.units),
            tuple(guardians.get(child.id, ())),
            tuple(one.kind for one in groups.get(child.id, ())),
            desk.today,
        )
        for child in children
    ]


MANY = 1_000  # children; beyond that a table is read whole rather than asked for each of them


def _children(desk: Desk, placement: Placement) -> list[Student]:
    if desk.unit.level == SCHOOL:
        return desk.tx.find(Student)
    schools = {placement.school_of(row) for row in placement.rows}
    numbers = {number for row in placement.rows for number in (row.id_no, row.edu_no) if number}
    return children_of_roster(desk.tx, schools, {row.name for row in placement.rows}, numbers)


def _by_child(records: Iterable[T], ids: Collection[str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for one in records:
        if one.student_id in ids:
            found.setdefault(one.student_id, []).append(one)
    return found


def _known(
    child: Student,
    belonged: Enrolment | None,
    classes: dict[str, ClassName],
    places: tuple[dict[str, str], UnitTree],
    guardians: tuple[Guardian, ...],
    groups: tuple[str, ...],
    today: date,
) -> KnownChild:
    """A child with the school it belongs to or belonged to last; without any, the school that answers for it."""
    schools, units = places
    has_left = belonged is not None and belonged.to_on is not None and belonged.to_on < today
    school_id = units.stand_in(belonged.school_id if belonged else child.unit_id)
    if school_id not in schools:
        school_id = ""  # found by an office, without a school
    return KnownChild(
        student=child,
        class_name=None if belonged is None or has_left else classes.get(belonged.class_id),
        guardians=guardians,
        groups=groups,
        school_id=school_id,
        school=schools.get(school_id, ""),
        left=(belonged.ended or "离校") if belonged and has_left else "",
        left_on=belonged.to_on + ONE_DAY if belonged and belonged.to_on and has_left else None,
    )
