"""staff: who works here and who answers for whom."""

from datetime import date
from typing import Any

import click

from app.cli.context import Session, pass_session
from app.cli.types import DAY
from app.service.children.staff import (
    CHILDREN,
    HEAD_TEACHER,
    VILLAGES,
    Departure,
    StaffEntry,
    find_staff,
    list_staff,
    note_departure,
    save_staff,
)
from app.service.office.desk import Desk


@click.group()
def staff() -> None:
    """人员：职务、电话，谁是哪个班的班主任，谁包哪个村、哪个学生。"""


@staff.command("list")
@click.option("--all", "everybody", is_flag=True, help="连已离任的")
@pass_session
def staff_list(session: Session, everybody: bool) -> None:
    """列出人员。"""
    session.read(list_staff, everybody=everybody)


@staff.command("add")
@click.option("--name", required=True, help="姓名")
@click.option("--post", default="", help="职务，例如副校长")
@click.option("--phone", default="", help="电话")
@click.option("--from", "from_on", type=DAY, default=None, help="到任日期；不写就是今天")
@click.option("--class", "classes", multiple=True, help="是哪个班的班主任，可写几次")
@click.option("--village", "villages", multiple=True, help="包哪个村，可写几次")
@click.option("--student", "students", multiple=True, help="包哪个学生，可写几次")
@pass_session
def staff_add(
    session: Session,
    /,
    from_on: date | None,
    classes: tuple[str, ...],
    villages: tuple[str, ...],
    students: tuple[str, ...],
    **values: Any,
) -> None:
    """添加一个人。"""
    charges = {HEAD_TEACHER: "、".join(classes), VILLAGES: "、".join(villages), CHILDREN: "、".join(students)}
    session.write(save_staff, "", StaffEntry(from_on=from_on, charges=charges, **values))


@staff.command("leave")
@click.argument("name")
@click.option("--on", "last_day", type=DAY, required=True, help="在这里的最后一天")
@pass_session
def staff_departure(session: Session, name: str, last_day: date) -> None:
    """记离任；所包的班、村、学生同时结束。"""
    session.write(_depart, name, last_day)


def _depart(desk: Desk, name: str, last_day: date) -> Departure:
    return note_departure(desk, find_staff(desk, name).id, last_day)
