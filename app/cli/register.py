"""roll, leave and streak: the register."""

from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from app.cli.context import Session, pass_session
from app.cli.roster import problem_json, undone_json
from app.cli.types import ABSENT, DAY, FILE_PATH, MONTH
from app.domain.vocabulary import LEAVE_KINDS, SESSIONS
from app.service.cases.effects import effects_of
from app.service.children.rosters import undo_import
from app.service.children.students import find_student
from app.service.office.desk import Desk
from app.service.rolls.leaves import LeaveKept, add_leave, end_leave
from app.service.rolls.month_import import MonthAnswer, import_month, preview_month
from app.service.rolls.month_table import Month
from app.service.rolls.register import missing_rolls
from app.service.rolls.roll_call import AbsenceEntry, take_roll
from app.service.rolls.run import RunShown, show_streak


@click.group()
def roll() -> None:
    """点名。"""


@roll.command("take")
@click.option("--class", "class_text", required=True, help="班级，例如五年级2班")
@click.option("--date", "day", type=DAY, required=True)
@click.option("--absent", "entries", type=ABSENT, multiple=True, help="没到的学生，其余都是在校")
@click.option("--session", "part", type=click.Choice(SESSIONS), default="全天")
@click.option("--by", "by_whom", default="", help="点名人（默认操作人）")
@pass_session
def roll_take(
    session: Session, class_text: str, day: date, entries: tuple[AbsenceEntry, ...], part: str, by_whom: str
) -> None:
    """给一个班点名；以前的日子也可以补记。"""
    done = session.program.write(take_roll, class_text, day, entries, session=part, by_whom=by_whom)
    taken = done.value
    session.show(
        {
            "class": taken.class_name,
            "date": taken.day,
            "expected": taken.expected,
            "present": taken.present,
            "halves": taken.halves,
            "cases": session.opened_cases(done.changes),
        }
    )


@roll.command("missing")
@click.option("--from", "first", type=DAY, required=True)
@click.option("--to", "last", type=DAY, required=True)
@pass_session
def roll_missing(session: Session, first: date, last: date) -> None:
    """哪些班哪些上课日没有点名。"""
    rows = session.program.read(missing_rolls, first, last)
    session.show([{"class": row.class_name, "date": row.day} for row in rows])


@roll.command("import")
@click.argument("file", type=FILE_PATH)
@click.option("--class", "class_text", default="", help="哪个班的；不写就看标题")
@click.option("--month", type=MONTH, default=None, help="哪个月的，例如2026-09；不写就看标题")
@click.option("--preview", is_flag=True, help="只看会记下什么，不写入")
@pass_session
def roll_import(session: Session, file: Path, class_text: str, month: Month | None, preview: bool) -> None:
    """从一个月的考勤表（Excel）记点名：一行一名学生，一栏一天，写旷、病、事、√。"""
    if preview:
        session.show(_month_json(session.program.read(preview_month, file, class_text, month), []))
        return
    done = session.program.write(import_month, file, class_text, month)
    session.show(_month_json(done.value, session.opened_cases(done.changes)))


@roll.command("undo")
@click.argument("run")
@pass_session
def roll_undo(session: Session, run: str) -> None:
    """把一次考勤表的导入整体撤销。"""
    session.show(undone_json(session.program.write(undo_import, run).value))


@click.group()
def leave() -> None:
    """请假和销假。"""


@leave.command("add")
@click.option("--student", "name", required=True)
@click.option("--from", "first", type=DAY, required=True)
@click.option("--to", "last", type=DAY, required=True)
@click.option("--kind", type=click.Choice(LEAVE_KINDS), required=True)
@click.option("--approver", required=True, help="批准人职务")
@click.option("--proof", default="", help="凭证，例如病历")
@click.option("--preview", is_flag=True, help="只说明会牵动哪些点名、个案和文书，不保存")
@pass_session
def leave_add(
    session: Session, name: str, first: date, last: date, kind: str, approver: str, proof: str, preview: bool
) -> None:
    """登记请假；事后补的假会让原来的旷课重新计算。"""
    asked = partial(_add_leave, name=name, first=first, last=last, kind=kind, approver=approver, proof=proof)
    touched = session.program.read(effects_of, asked).sentences
    if preview:
        session.show({"touches": list(touched)})
        return
    done = session.program.write(_add_leave, name, first, last, kind, approver, proof)
    opened = session.opened_cases(done.changes)
    session.show({"id": done.value.id, "days": done.value.days, "cases": opened, "touches": list(touched)})


@leave.command("end")
@click.option("--student", "name", required=True)
@click.option("--date", "day", type=DAY, required=True, help="返校那天")
@pass_session
def leave_end(session: Session, name: str, day: date) -> None:
    """销假。"""
    done = session.program.write(_end_leave, name, day)
    session.show({"id": done.value, "ended_on": day, "cases": session.opened_cases(done.changes)})


@click.command()
@click.option("--student", "name", required=True)
@pass_session
def streak(session: Session, name: str) -> None:
    """当前连续旷课几个上课日。"""
    session.show(asdict(session.program.read(_streak, name)))


def _month_json(found: MonthAnswer, cases: list[str]) -> dict[str, Any]:
    """What a month sheet records, as the document other programs read."""
    return {
        "run": found.run,
        "month": found.month,
        "classes": list(found.classes),
        "added": found.added,
        "changed": found.changed,
        "unchanged": found.unchanged,
        "days": [
            {
                "class": one.class_name,
                "date": one.day,
                "marks": list(one.absences),
                "was": None if one.was is None else list(one.was),
            }
            for one in found.days
        ],
        "not_called": list(found.not_called),
        "rejected": [problem_json(one) for one in found.rejected],
        "warnings": [problem_json(one) for one in found.warnings],
        "cases": cases,
    }


def _add_leave(
    desk: Desk, name: str, first: date, last: date, kind: str, approver: str, proof: str
) -> LeaveKept:
    return add_leave(desk, find_student(desk, name), first, last, kind, approver, proof=proof)


def _end_leave(desk: Desk, name: str, day: date) -> str:
    return end_leave(desk, find_student(desk, name), day)


def _streak(desk: Desk, name: str) -> RunShown:
    return show_streak(desk, find_student(desk, name))
