"""名册: preview what a file would change, import it as one run, and undo the run as one."""

import hashlib
import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from app.domain.identity import mask_id
from app.domain.records import (
    Absence,
    CaseFile,
    ClassGroup,
    Contact,
    Enrolment,
    Guardian,
    ImportRun,
    Leave,
    Record,
    Responsibility,
    RosterLead,
    SpecialGroup,
    Student,
)
from app.domain.school_year import ClassName, class_name
from app.errors import UserError
from app.roster.diff import Changed, RosterDiff, diff_roster
from app.roster.matching import Known
from app.roster.model import STUDENT_FIELDS, Problem, RosterFile, RosterRow
from app.roster.roster_file import read_roster
from app.service.children.enrolment import change_class, joins_on, new_enrolment
from app.service.office.classes import ensure_class, last_enrolment_of
from app.service.office.desk import JSON, Desk
from app.service.office.undoing import undo_entries
from app.service.office.units import school_named
from app.store.queries.children import enrolments_on

MAPPING, IGNORED = "roster.mapping", "roster.ignored"
AT_ONCE = 200  # children written between two looks at whether the person still wants it
LATER_FACTS: tuple[tuple[type[Record], str], ...] = (
    (CaseFile, "个案"),
    (Absence, "缺勤记录"),
    (Leave, "请假记录"),
    (Contact, "联系记录"),
    (Responsibility, "包学生的人"),
)


class ImportCancelledError(UserError):
    """The person took the import back while it was being written; nothing of it stays."""

    def __init__(self) -> None:
        super().__init__("已取消，什么都没有写入。需要时请重新选择文件。")


@dataclass(frozen=True)
class Progress:
    """How a long write tells how far it is and asks whether to go on; both are called on the worker's thread."""

    report: Callable[[int, int], None] = lambda _done, _total: None
    cancelled: Callable[[], bool] = lambda: False

    def step(self, done: int, total: int) -> None:
        """`done` of `total` children are written. Raises ImportCancelledError where that is no longer wanted."""
        if self.cancelled():
            raise ImportCancelledError
        self.report(done, total)


SILENT = Progress()
"""Nobody looks on, so nothing is told and nothing stops."""


def preview_roster(
    desk: Desk,
    path: Path,
    mapping: dict[str, str] | None = None,
    ignored: Collection[str] | None = None,
    *,
    partial: bool | None = None,
) -> JSON:
    """What importing `path` would change, field by field; nothing is written. The arguments are `import_roster`'s."""
    roster, diff = _compare(desk, path, mapping or {}, ignored, partial)
    return _summary(roster, diff, desk.today, run=None)


def import_roster(
    desk: Desk,
    path: Path,
    mapping: dict[str, str] | None = None,
    ignored: Collection[str] | None = None,
    *,
    partial: bool | None = None,
    progress: Progress = SILENT,
) -> JSON:
    """Import `path` as one run that `undo_import` takes back.

    `mapping` ({our field: header}) and the `ignored` headers, which are not read, are what a person chose; they are
    remembered for the next file. Without either, what was remembered holds. A `partial` roster says nothing of the
    children who are not in it; None leaves that to the mark of a workbook of refused rows.

    Returns {run, added, changed, unchanged, vanished, rejected, …}. Rows with a fault are left out and named; all
    others are imported.
    """
    roster, diff = _compare(desk, path, mapping or {}, ignored, partial)
    if mapping or ignored is not None:
        desk.tx.set_setting(MAPPING, json.dumps(mapping or {}, ensure_ascii=False))
        desk.tx.set_setting(IGNORED, json.dumps(sorted(ignored or ()), ensure_ascii=False))
    run = _begin_run(desk, path)
    _write(desk, diff, progress)
    _note_vanished(desk, diff.vanished, run.id)
    _settle_found(desk, diff)
    desk.tx.change(ImportRun, run.id, last_seq=desk.tx.position())
    return _summary(roster, diff, desk.today, run=run.id)


def _write(desk: Desk, diff: RosterDiff, progress: Progress) -> None:
    """The children of a run, some at a time, telling how many are done."""
    classes, joined = _Classes(desk), dict[str, date]()
    total = len(diff.new) + len(diff.changed)
    for start in range(0, len(diff.new), AT_ONCE):
        progress.step(start, total)
        _add(desk, diff.new[start : start + AT_ONCE], classes, joined)
    for place, change in enumerate(diff.changed, len(diff.new)):
        if place % AT_ONCE == 0:
            progress.step(place, total)
        _apply(desk, change, classes)
    progress.step(total, total)


def undoable_run(desk: Desk, run_id: str) -> ImportRun:
    """The import with that id, if `undo_import` can take it back.

    Raises UserError where it was taken back before or made before a backup was restored, and, naming the child, when
    there is one of the `LATER_FACTS` about a new child.
    """
    found = desk.tx.find(ImportRun, "id = ?", [run_id])
    if not found:
        raise UserError(f"没有编号为“{run_id}”的导入。请用导入时给出的批次编号。")
    run = found[0]
    if run.undone_on:
        raise UserError(f"这次导入（{run.file_name}）已经撤销过了。")
    entries = desk.tx.entries(run.first_seq, run.last_seq)
    if not any(one.row == run.id for one in entries):  # positions count anew in every instance
        raise UserError(
            f"这次导入（{run.file_name}）是在恢复备份之前做的，不能整批撤销。请逐个更正有误的学生。"
        )
    _refuse_if_used(desk, {one.row for one in entries if one.added and one.table == "student"})
    return run


def undo_import(desk: Desk, run_id: str, *, progress: Progress = SILENT) -> JSON:
    """Take one import back: children it added are withdrawn, cells it changed get their old value.

    Refuses as `undoable_run` says; a cell that was changed again after the import keeps its newer value and is named in
    the answer.
    """
    run = undoable_run(desk, run_id)
    reason = f"撤销导入：{run.file_name}"
    undone = undo_entries(desk, run.first_seq, run.last_seq, reason, progress.step)
    desk.tx.change(ImportRun, run.id, undone_on=desk.today)
    kept = [{"record": record, "field": column} for record, column in undone.kept]
    return {"run": run.id, "undone": undone.count, "kept": kept}


def _compare(
    desk: Desk, path: Path, mapping: dict[str, str], ignored: Collection[str] | None, partial: bool | None
) -> tuple[RosterFile, RosterDiff]:
    own = desk.unit.name if desk.unit.level == "学校" else ""
    chosen = bool(mapping) or ignored is not None
    fields = mapping if chosen else json.loads(desk.tx.setting(MAPPING) or "{}")
    left_out = (ignored or ()) if chosen else json.loads(desk.tx.setting(IGNORED) or "[]")
    try:
        roster = read_roster(path, desk.today, mapping=fields, ignored=left_out, own_school=own)
    except UserError:
        if chosen or not (fields or left_out):
            raise
        # What was remembered was for another layout.
        roster = read_roster(path, desk.today, own_school=own)
    is_part = roster.partial if partial is None else partial
    return roster, diff_roster(roster.rows, _known(desk), desk.today, roster.rejected, partial=is_part)


def _known(desk: Desk) -> list[Known]:
    guardians: dict[str, list[Guardian]] = {}
    for guardian in desk.tx.find(Guardian, order="rank, id"):
        guardians.setdefault(guardian.student_id, []).append(guardian)
    groups: dict[str, list[str]] = {}
    for group in desk.tx.find(SpecialGroup):
        groups.setdefault(group.student_id, []).append(group.kind)
    classes = {one.id: ClassName(one.stage, one.entry_year, one.number) for one in desk.tx.find(ClassGroup)}
    there = enrolments_on(desk.tx, desk.today)
    return [
        Known(
            student=one,
            class_name=classes.get(there[one.id].class_id) if one.id in there else None,
            guardians=tuple(guardians.get(one.id, ())),
            groups=tuple(groups.get(one.id, ())),
        )
        for one in desk.tx.find(Student)
    ]


def _begin_run(desk: Desk, path: Path) -> ImportRun:
    """The run's own record comes first, because leads refer to it; its last position follows at the end."""
    position = desk.tx.position()
    run = ImportRun(
        id=desk.tx.new_id(),
        file_name=path.name,
        file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        imported_on=desk.today,
        first_seq=position + 1,
        last_seq=position,
    )
    desk.tx.add(run)
    return run


class _Classes:
    """The classes a run meets, each looked up or made once: a county's file names the same few 12,000 times."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ids: dict[tuple[str, ClassName], str] = {}

    def id_of(self, school_id: str, name: ClassName) -> str:
        """The id of that class in the school."""
        key = (school_id, name)
        if key not in self._ids:
            self._ids[key] = ensure_class(self._desk, school_id, name).id
        return self._ids[key]


def _add(desk: Desk, rows: Sequence[RosterRow], classes: _Classes, joined: dict[str, date]) -> None:
    """New children with their guardians and 对象类别; each kind of record in one go.

    `joined` keeps for each school since when its new children belong to it, asked before the first is written.
    """
    students: list[Student] = []
    enrolments: list[Enrolment] = []
    guardians: list[Guardian] = []
    groups: list[SpecialGroup] = []
    new = desk.tx.new_id
    for row in rows:
        # A school's reader has already turned away other schools' rows, and knows its own by a shorter name too.
        school = desk.unit if desk.unit.level == "学校" else school_named(desk, row.school_name)
        student = Student(
            id=new(),
            unit_id=school.id,
            **{name: getattr(row, name) for name in STUDENT_FIELDS},
        )
        students.append(student)
        if school.level == "学校":
            since = joined.setdefault(school.id, joins_on(desk, school.id))
            class_id = classes.id_of(school.id, row.class_name)
            enrolments.append(new_enrolment(desk, student.id, school.id, class_id, since))
        guardians += [
            Guardian(id=new(), student_id=student.id, rank=rank, **asdict(entry))
            for rank, entry in enumerate(row.guardians, 1)
        ]
        groups += [
            SpecialGroup(id=new(), student_id=student.id, kind=kind, from_on=desk.today)
            for kind in row.groups
        ]
    desk.tx.add_all([*students, *enrolments, *guardians, *groups])


def _apply(desk: Desk, change: Changed, classes: _Classes) -> None:
    old = desk.tx.get(Student, change.student_id)
    belonged = last_enrolment_of(desk, old.id)
    school = belonged.school_id if belonged else desk.unit.id
    change_class(desk, old.id, school, classes.id_of(school, change.row.class_name), desk.today)
    cells = {name: getattr(change.student, name) for name in STUDENT_FIELDS}
    desk.tx.change(Student, old.id, **cells)
    for update in change.guardians:
        values = asdict(update.entry)
        if update.id:
            desk.tx.change(Guardian, update.id, **values)
        else:
            desk.tx.add(Guardian(id=desk.tx.new_id(), student_id=old.id, rank=update.rank, **values))
    for kind in change.add_groups:
        desk.tx.add(SpecialGroup(id=desk.tx.new_id(), student_id=old.id, kind=kind, from_on=desk.today))
    for group in desk.tx.find(SpecialGroup, "student_id = ?", [old.id]) if change.end_groups else ():
        if group.kind in change.end_groups:
            desk.tx.withdraw(SpecialGroup, group.id, desk.today, "名册中为否")


def _note_vanished(desk: Desk, vanished: list[Known], run_id: str) -> None:
    open_leads = {lead.student_id for lead in desk.tx.find(RosterLead, "settled_on IS NULL")}
    for known in vanished:
        if known.student.id not in open_leads:
            desk.tx.add(
                RosterLead(
                    id=desk.tx.new_id(), run_id=run_id, student_id=known.student.id, found_on=desk.today
                )
            )


def _settle_found(desk: Desk, diff: RosterDiff) -> None:
    """A child that is in the roster again is no lead any more."""
    present = {known.student.id for known in diff.unchanged} | {change.student_id for change in diff.changed}
    for lead in desk.tx.find(RosterLead, "settled_on IS NULL"):
        if lead.student_id in present:
            desk.tx.change(RosterLead, lead.id, settled_on=desk.today, settlement="又在名册中")


def _refuse_if_used(desk: Desk, added: set[str]) -> None:
    for table, what in LATER_FACTS:
        for fact in desk.tx.find(table):
            student_id = getattr(fact, "student_id", "")
            if student_id in added:
                name = desk.tx.get(Student, student_id).name
                raise UserError(
                    f"{name}导入后已有{what}，不能整批撤销。请改为单独更正有误的学生，或先撤回这些记录。"
                )


def _summary(roster: RosterFile, diff: RosterDiff, today: date, run: str | None) -> JSON:
    problems = [*roster.rejected, *diff.rejected]
    return {
        "run": run,
        "added": len(diff.new),
        "changed": len(diff.changed),
        "unchanged": len(diff.unchanged),
        "vanished": [{"id": one.student.id, "name": one.student.name} for one in diff.vanished],
        "rejected": [_problem(one) for one in sorted(problems, key=lambda one: (one.sheet, one.row))],
        "warnings": [_problem(one) for one in roster.warnings],
        "new": [_new_row(row, today) for row in diff.new],
        "changes": [
            {
                "id": one.student_id,
                "name": one.name,
                "fields": {label: _masked(label, pair) for label, pair in one.fields.items()},
            }
            for one in diff.changed
        ],
        "mapping": roster.mapping,
        "unused_headers": roster.unused_headers,
        "headers": roster.headers,
        "automatic": roster.automatic,
        "partial": roster.partial,
    }


def _new_row(row: RosterRow, today: date) -> JSON:
    group = row.class_name
    return {
        "name": row.name,
        "sheet": row.sheet,
        "row": row.row,
        "class": class_name(group.stage, group.entry_year, group.number, today),
        "gender": row.gender,
        "birth": row.birth,
    }


def _problem(one: Problem) -> JSON:
    return {"sheet": one.sheet, "row": one.row, "cell": one.cell, "reason": one.reason}


def _masked(label: str, pair: tuple[str, str]) -> list[str]:
    return [mask_id(text) for text in pair] if label in {"身份证件号", "学籍号"} else list(pair)
