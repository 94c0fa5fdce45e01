"""roster: a file comes in, is previewed, imported as one run, and can be undone as one."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from app.cli.context import Session, pass_session
from app.cli.types import DAY, FILE_PATH, PAIR
from app.errors import UserError
from app.roster.alike import SameChildSaid
from app.roster.kinds import KINDS
from app.roster.model import Problem
from app.service.children.roster_answers import (
    ChangedChild,
    LookAlike,
    NewChild,
    RosterAnswer,
    SamePerson,
    Side,
    UndoneImport,
)
from app.service.children.roster_reading import Reading
from app.service.children.rosters import import_roster, preview_roster, undo_import
from app.service.children.students import find_student
from app.service.exports import form_to
from app.service.office.desk import Desk


@click.group()
def roster() -> None:
    """名册：导入、预览、撤销。"""


@roster.command("import")
@click.argument("file", type=FILE_PATH)
@click.option("--preview", is_flag=True, help="只看会有什么变化，不写入")
@click.option("--map", "mapping", type=PAIR, multiple=True, help="手工指定：我们的栏目=文件里的表头")
@click.option(
    "--class",
    "classes",
    type=PAIR,
    multiple=True,
    help="认不出的班级是哪个班：一二年级复式班=二年级1班；以后也这样认",
)
@click.option("--school", default="", help="名册里没有学校一栏时，是哪所学校的（校名或编号）")
@click.option(
    "--date", "joins_on", type=DAY, help="新增和换班的学生从哪天起算；不写就是今天，首份名册是9月1日"
)
@click.option("--list", "kind", type=click.Choice(KINDS), help="名单种类；不写就按标题猜，并说明猜的是什么")
@click.option(
    "--same", type=PAIR, multiple=True, help="同一人：系统中的学生=文件里的行号，如 陈小满=5、陈小满=名单!5"
)
@click.option("--apart", type=PAIR, multiple=True, help="不是同一人：写法同上")
@pass_session
def roster_import(
    session: Session,
    file: Path,
    preview: bool,
    mapping: tuple[tuple[str, str], ...],
    school: str,
    joins_on: date | None,
    kind: str | None,
    classes: tuple[tuple[str, str], ...],
    same: tuple[tuple[str, str], ...],
    apart: tuple[tuple[str, str], ...],
) -> None:
    """导入学籍模板或查询导出的 xlsx、xls、csv。"""
    words = [(one, True) for one in same] + [(one, False) for one in apart]
    said = tuple(session.program.read(_said, *pair, is_same) for pair, is_same in words)
    reading = Reading(dict(mapping), school=school, kind=kind or "", classes=dict(classes), said=said)
    if preview:
        found = session.program.read(preview_roster, file, reading, joins_on=joins_on)
    else:
        found = session.program.write(import_roster, file, reading, joins_on=joins_on).value
    session.show(answer_json(found))


@roster.command("undo")
@click.argument("run")
@pass_session
def roster_undo(session: Session, run: str) -> None:
    """把一次导入整体撤销。"""
    session.show(undone_json(session.program.write(undo_import, run).value))


@roster.command("form")
@click.option("--out", type=FILE_PATH, required=True, help="存成哪个文件（.xlsx）")
@pass_session
def roster_form(session: Session, out: Path) -> None:
    """存一张空白名册表，填好以后可以直接导入。"""
    session.show({"file": str(form_to(session.program, out).file)})


def _said(desk: Desk, child: str, place: str, same: bool) -> SameChildSaid:
    """A person's word about a child and a row, 5 or 名单!5."""
    sheet, _, number = place.rpartition("!")
    if not number.isdecimal():
        raise UserError(f"“{place}”不是行号。请写成 陈小满=5，有几张工作表的写成 陈小满=名单!5。")
    return SameChildSaid(find_student(desk, child).id, int(number), same, sheet)


def answer_json(found: RosterAnswer) -> dict[str, Any]:
    """What an import answers, as the document other programs read."""
    return {
        "run": found.run,
        "added": found.added,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "vanished": [{"id": one.id, "name": one.name} for one in found.vanished],
        "rejected": [problem_json(one) for one in found.rejected],
        "warnings": [problem_json(one) for one in found.warnings],
        "same": [_same(one) for one in found.same],
        "alike": [_alike(one) for one in found.alike],
        "new": [_new(one) for one in found.new],
        "changes": [_change(one) for one in found.changes],
        "school": found.question.chosen if found.question else None,
        "new_schools": list(found.new_schools),
        "mapping": found.mapping,
        "unused_headers": list(found.unused_headers),
        "headers": list(found.headers),
        "automatic": found.automatic,
        "partial": found.partial,
        "list": found.kind,
        "unknown_classes": list(found.unknown_classes),
    }


def problem_json(one: Problem) -> dict[str, Any]:
    """A fault in a file, or a doubt about it."""
    return {"sheet": one.sheet, "row": one.row, "cell": one.cell, "reason": one.reason}


def _new(one: NewChild) -> dict[str, Any]:
    return {
        "name": one.name,
        "sheet": one.sheet,
        "row": one.row,
        "class": one.class_name,
        "gender": one.gender,
        "birth": one.birth,
        "school": one.school,
        "from_on": one.from_on,
    }


def _change(one: ChangedChild) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "fields": {change.field: [change.old, change.new] for change in one.fields},
    }


def _same(one: SamePerson) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "school": one.school,
        "class": one.class_name,
        "reason": one.reason,
        "sheet": one.sheet,
        "row": one.row,
        "student_id": one.student_id,
        "row_school": one.row_school,
        "row_class": one.row_class,
    }


def _alike(one: LookAlike) -> dict[str, Any]:
    return {
        "id": one.id,
        "sheet": one.sheet,
        "row": one.row,
        "reason": one.reason,
        "said": one.said,
        "known": _side(one.old),
        "listed": _side(one.new),
    }


def _side(one: Side) -> dict[str, Any]:
    return {
        "name": one.name,
        "birth": one.birth,
        "id_no": one.id_no,
        "class": one.class_name,
        "guardian": one.guardian,
    }


def undone_json(found: UndoneImport) -> dict[str, Any]:
    """An import that was taken back."""
    kept = [{"record": one.record, "field": one.field} for one in found.kept]
    return {"run": found.run, "undone": found.undone, "kept": kept}
