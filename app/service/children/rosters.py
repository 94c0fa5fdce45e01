"""名册: preview what a file would change, import it as one run, and undo the run as one."""

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.domain.dates import month_day
from app.domain.records import (
    Absence,
    CaseFile,
    Contact,
    ImportRun,
    Leave,
    Record,
    Responsibility,
    Roll,
    Student,
)
from app.errors import UserError
from app.roster.kinds import CARD, PART, SPECIAL
from app.roster.model import Problem, RosterRow
from app.service.children.roster_answers import (
    KeptCell,
    NewChild,
    RosterAnswer,
    UndoneImport,
    changed_child,
    look_alike,
    new_child,
    same_person,
    vanished_child,
)
from app.service.children.roster_reading import (
    CLASSES,
    IGNORED,
    MAPPING,
    Compared,
    ReadFile,
    Reading,
    compare,
    known_classes,
    read_file,
)
from app.service.children.roster_writing import SILENT, JoiningDays, Progress, write_run
from app.service.office.desk import Desk
from app.service.office.undoing import undo_entries

FOLLOWS = {
    PART: "不在名单里的学生不算消失",
    SPECIAL: "只改名单里的学生，对象类别：{}，其他学生不动",
    CARD: "只登记这一名学生，其他学生不动",
}
"""What follows from the kind of a list that is no whole roster."""
LATER_FACTS: tuple[tuple[type[Record], str], ...] = (
    (CaseFile, "个案"),
    (Absence, "缺勤记录"),
    (Leave, "请假记录"),
    (Contact, "联系记录"),
    (Responsibility, "包学生的人"),
)


def preview_roster(
    desk: Desk, path: Path, reading: Reading | None = None, *, joins_on: date | None = None
) -> RosterAnswer:
    """What importing `path` would change, field by field; nothing is written. The arguments are `import_roster`'s."""
    compared = compare(desk, read_file(desk, path, reading or Reading()))
    return answer(desk, compared, JoiningDays(desk, joins_on))


def import_roster(
    desk: Desk,
    path: Path,
    reading: Reading | None = None,
    *,
    joins_on: date | None = None,
    progress: Progress = SILENT,
) -> RosterAnswer:
    """Import `path` as one run that `undo_import` takes back.

    What a person chose of the columns is remembered for the next file. A child new in the file belongs to its school
    from `joins_on`, or as `JoiningDays` says. Rows with a fault are left out and named; all others are imported. Raises
    UserError for a file that cannot be read, or of which it has to be said which school it is of.
    """
    with _nothing_collected():
        file = read_file(desk, path, reading or Reading())
        return import_read(desk, file, joins_on=joins_on, progress=progress)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """A million cells live until the end: Python would go through them again and again for garbage there is none of."""
    was_on = gc.isenabled()  # the window collects by itself
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def import_read(
    desk: Desk,
    file: ReadFile,
    *,
    partial: bool | None = None,
    joins_on: date | None = None,
    progress: Progress = SILENT,
) -> RosterAnswer:
    """Import a file that was read before; `partial` overrides what was thought of it then."""
    reading = file.reading if partial is None else replace(file.reading, partial=partial)
    compared = compare(desk, replace(file, reading=reading))
    days = JoiningDays(desk, joins_on)
    if reading.is_chosen:
        desk.tx.set_setting(MAPPING, json.dumps(reading.mapping, ensure_ascii=False))
        desk.tx.set_setting(IGNORED, json.dumps(sorted(reading.ignored or ()), ensure_ascii=False))
    if reading.classes:
        desk.tx.set_setting(CLASSES, json.dumps(known_classes(desk, reading), ensure_ascii=False))
    told = answer(desk, compared, days)
    run, made = write_run(desk, compared, days, progress)
    same = tuple(
        replace(one, student_id=one.student_id or made.get((one.sheet, one.row), "")) for one in told.same
    )
    return replace(told, run=run, same=same)


def undoable_run(desk: Desk, run_id: str) -> ImportRun:
    """The import with that id, if `undo_import` can take it back.

    Raises UserError where it was taken back before or made before a backup was restored, and, naming the child, when
    there is one of the `LATER_FACTS` about a new child.
    """
    found = desk.tx.find(ImportRun, id=run_id)
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
    _refuse_if_called_again(desk, {one.row for one in entries if one.added and one.table == "roll"})
    return run


def undo_import(desk: Desk, run_id: str, *, progress: Progress = SILENT) -> UndoneImport:
    """Take one import back: children it added are withdrawn, cells it changed get their old value, where they belong
    too.

    Refuses as `undoable_run` says; a cell that was changed again after the import keeps its newer value and is named in
    the answer.
    """
    run = undoable_run(desk, run_id)
    reason = f"撤销导入：{run.file_name}"
    undone = undo_entries(desk, run.first_seq, run.last_seq, reason, progress.step)
    desk.tx.change(ImportRun, run.id, undone_on=desk.today)
    return UndoneImport(run.id, undone.count, tuple(KeptCell(*cell) for cell in undone.kept))


def answer(desk: Desk, compared: Compared, days: JoiningDays) -> RosterAnswer:
    """What a comparison says, for a person."""
    roster, diff, placement = compared.file.roster, compared.diff, compared.placement
    problems = [*roster.rejected, *placement.refused, *diff.rejected]
    return RosterAnswer(
        run=None,
        new=_new_children(desk, compared, days),
        changes=tuple(map(changed_child, diff.changed)),
        unchanged=len(diff.unchanged),
        vanished=tuple(vanished_child(one, desk.today) for one in diff.vanished),
        rejected=tuple(sorted(problems, key=lambda one: (one.sheet, one.row))),
        warnings=(*_about_kind(compared), *roster.warnings, *placement.warnings, *diff.warnings),
        same=tuple(
            same_person(one, placement.names[placement.school_of(one.row)], one.student_id, desk.today)
            for one in diff.perhaps_same
        ),
        alike=tuple(
            look_alike(one, placement.names[placement.school_of(one.row)], desk.today) for one in diff.alike
        ),
        new_schools=tuple(one.name for one in placement.new.values()),
        question=placement.question,
        mapping=roster.mapping,
        unused_headers=tuple(roster.unused_headers),
        headers=tuple(roster.headers),
        automatic=roster.automatic,
        partial=roster.partial,
        kind=roster.kind,
        unknown_classes=tuple(roster.unknown_classes),
    )


def _about_kind(compared: Compared) -> list[Problem]:
    """That the kind of list was guessed, and what follows; nothing where a person said it or it is a whole roster."""
    roster = compared.file.roster
    if compared.file.reading.kind or roster.kind not in FOLLOWS or not [*roster.rows, *roster.rejected]:
        return []
    first: RosterRow | Problem = (roster.rows or roster.rejected)[0]
    why = f"{roster.kind_why}，" if roster.kind_why else ""
    follows = FOLLOWS[roster.kind].format("、".join(roster.special) or "不设新的")
    reason = f"{why}按“{roster.kind}”名单读的：{follows}；不对请改选名单种类，命令行用 --list 全校"
    return [Problem(first.sheet, first.row, first.cell, reason)]


def _new_children(desk: Desk, compared: Compared, days: JoiningDays) -> tuple[NewChild, ...]:
    placement = compared.placement
    found = []
    for row in compared.diff.new:
        school = placement.school_of(row)
        found.append(new_child(row, placement.names[school], days.of_new(school), desk.today))
    return tuple(found)


def _refuse_if_used(desk: Desk, added: set[str]) -> None:
    for table, what in LATER_FACTS:
        for fact in desk.tx.find(table):
            student_id = getattr(fact, "student_id", "")
            if student_id in added:
                name = desk.tx.get(Student, student_id).name
                raise UserError(
                    f"{name}导入后已有{what}，不能整批撤销。请改为单独更正有误的学生，或先撤回这些记录。"
                )


def _refuse_if_called_again(desk: Desk, rolls: set[str]) -> None:
    """A roll of an attendance sheet that a later one replaced cannot give its place back to the one before it."""
    for roll in desk.tx.find(Roll, id=rolls, withdrawn=True) if rolls else ():
        if roll.withdrawn_on is not None:
            raise UserError(
                f"{month_day(roll.day)}的点名导入以后又改过，不能整批撤销。请在点名页逐日更正有误的日子。"
            )
