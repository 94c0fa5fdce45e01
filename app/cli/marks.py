"""mark: what the 学籍系统 says of a child, set and taken off with dates."""

from datetime import date
from typing import Any

import click

from app.cli.context import Session, pass_session
from app.cli.types import DAY
from app.domain.marks import MARK_KINDS
from app.service.children.marks import MarkKept, clear_mark, set_mark
from app.service.children.students import find_student
from app.service.office.desk import Desk


@click.group()
def mark() -> None:
    """学籍系统里的标注。"""


def _with_options(command: Any) -> Any:
    for option in (
        click.option("--date", "day", type=DAY, required=True, help="学籍系统里的日期"),
        click.option("--kind", type=click.Choice(MARK_KINDS), required=True),
        click.option("--student", "name", required=True),
    ):
        command = option(command)
    return command


@mark.command("set")
@_with_options
@pass_session
def mark_set(session: Session, name: str, kind: str, day: date) -> None:
    """登记标注；不影响个案。"""
    _show(session, session.program.write(_set, name, kind, day).value)


@mark.command("clear")
@_with_options
@pass_session
def mark_clear(session: Session, name: str, kind: str, day: date) -> None:
    """登记标注已取消。"""
    _show(session, session.program.write(_clear, name, kind, day).value)


def _show(session: Session, kept: MarkKept) -> None:
    session.show(
        {
            "id": kept.id,
            "student": kept.name,
            "kind": kept.kind,
            "set_on": kept.set_on,
            "cleared_on": kept.cleared_on,
        }
    )


def _set(desk: Desk, name: str, kind: str, day: date) -> Any:
    return set_mark(desk, find_student(desk, name).id, kind, day)


def _clear(desk: Desk, name: str, kind: str, day: date) -> Any:
    return clear_mark(desk, find_student(desk, name).id, kind, day)
