"""student leave, join, still-here, same …, and class: where a child goes to school, and who is in a class on a day."""

from dataclasses import asdict
from datetime import date
from typing import Any

import click

from app.cli.context import Session, pass_session
from app.cli.students import student
from app.cli.types import DAY
from app.domain.membership import JOINING, LEAVING
from app.service.children.graduation import class_list, finished_class, graduate_class
from app.service.children.joining import Joined, Joining, join_school, undo_joining
from app.service.children.leads import still_here
from app.service.children.leaving import Leaving, Left, leave_school, undo_leaving
from app.service.children.same_child import join_records, keep_apart, split_records
from app.service.children.students import find_student
from app.service.office.classes import find_class
from app.service.office.desk import Desk
from app.service.office.grades import LEAST_YEARS, USUAL_YEARS, set_primary_years
from app.service.office.units import known_school
from app.service.screens.moves import touched_by

PREVIEW = "只说明会牵动哪些点名、个案和文书，不保存"


@student.command("leave")
@click.argument("name")
@click.option("--kind", type=click.Choice(LEAVING), required=True)
@click.option("--date", "day", type=DAY, required=True, help="离校那天，从这天起不在册")
@click.option("--to", "back_on", type=DAY, default=None, help="休学期满日期")
@click.option("--school", "next_school", default="", help="转往的学校")
@click.option("--proof", default="", help="证明材料，例如转学证明")
@click.option("--note", default="")
@click.option("--preview", is_flag=True, help=PREVIEW)
@pass_session
def student_leave(session: Session, /, name: str, preview: bool, **said: Any) -> None:
    """登记离校：转出、休学、毕业等；记错了用 undo-leave 撤回。"""
    if preview:
        touched = session.program.read(touched_by, _leave_school, name, Leaving(**said))
        session.show({"touches": list(touched)})
        return
    done = session.program.write(_leave_school, name, Leaving(**said))
    left = done.value
    session.show(
        {
            "id": left.enrolment_id,
            "student": left.name,
            "kind": left.kind,
            "date": said["day"],
            "last_day": left.last_day,
            "back_on": left.back_on,
            "cases": session.opened_cases(done.changes),
            "warnings": [*left.rolls, *left.notices],
        }
    )


@student.command("undo-leave")
@click.argument("name")
@click.option("--reason", required=True, help="为什么撤回")
@pass_session
def student_undo_leave(session: Session, name: str, reason: str) -> None:
    """撤回记错的离校，该生回到原来的班。"""
    session.show({"id": session.program.write(_undo_leaving, name, reason).value})


@student.command("join")
@click.argument("name")
@click.option("--kind", type=click.Choice(JOINING), required=True)
@click.option("--class", "class_text", required=True, help="班级，例如五年级2班，或“桃源小学 五年级2班”")
@click.option("--at-school", "at_school", default="", help="到哪所学校（乡镇录入时）")
@click.option("--date", "day", type=DAY, required=True, help="到校那天")
@click.option("--school", "other_school", default="", help="从哪所学校来")
@click.option("--proof", default="", help="证明材料")
@click.option("--note", default="")
@click.option("--preview", is_flag=True, help=PREVIEW)
@pass_session
def student_join(
    session: Session, /, name: str, class_text: str, at_school: str, preview: bool, **said: Any
) -> None:
    """登记到校：转入、复学、入学；记错了用 undo-join 撤回。"""
    if preview:
        touched = session.program.read(touched_by, _join, name, at_school, class_text, said)
        session.show({"touches": list(touched)})
        return
    done = session.program.write(_join, name, at_school, class_text, said)
    joined = done.value
    session.show(
        {
            "id": joined.enrolment_id,
            "student": joined.name,
            "kind": joined.kind,
            "school": joined.school,
            "class": joined.class_name,
            "date": joined.day,
            "cases": session.opened_cases(done.changes),
            "warnings": list(joined.rolls),
        }
    )


@student.command("undo-join")
@click.argument("name")
@click.option("--reason", required=True, help="为什么撤回")
@pass_session
def student_undo_join(session: Session, name: str, reason: str) -> None:
    """撤回记错的转入、复学或入学。"""
    session.show({"id": session.program.write(_undo_join, name, reason).value})


@student.command("still-here")
@click.argument("name")
@click.option("--date", "day", type=DAY, required=True, help="核实的日期")
@click.option("--note", default="")
@pass_session
def student_still_here(session: Session, name: str, day: date, note: str) -> None:
    """核实去向：名册里没有的学生还在本校。"""
    done = session.program.write(_still_here, name, day, note)
    session.show(
        {
            "student": done.value.name,
            "settlement": done.value.settlement,
            "date": done.value.on,
            "cases": session.opened_cases(done.changes),
        }
    )


@student.command("same")
@click.argument("one")
@click.argument("other")
@click.option("--reason", required=True, help="凭什么认定是同一人")
@pass_session
def student_same(session: Session, one: str, other: str, reason: str) -> None:
    """两条记录是同一人，此后只算一人；可以用 split 分开。"""
    done = session.program.write(_same, one, other, reason)
    session.show(
        {
            "id": done.value.stands,
            "name": done.value.name,
            "records": list(done.value.records),
            "cases": session.opened_cases(done.changes),
        }
    )


@student.command("split")
@click.argument("one")
@click.argument("other", required=False)
@click.option("--reason", required=True, help="为什么分开")
@pass_session
def student_split(session: Session, one: str, other: str | None, reason: str) -> None:
    """分开认定为同一人的记录；写两条的，说明这两条不是同一人，不再提醒。"""
    done = (
        session.program.write(_apart, one, other, reason)
        if other
        else session.program.write(_split, one, reason)
    )
    session.show({"records": list(done.value), "cases": session.opened_cases(done.changes)})


@click.group("class")
def klass() -> None:
    """班级。"""


@klass.command("list")
@click.option("--date", "day", type=DAY, default=None, help="哪一天（默认今天）")
@pass_session
def class_show_list(session: Session, day: date | None) -> None:
    """某一天有哪些班，各有多少人。"""
    rows = session.program.read(class_list, day or session.today)
    session.show(
        [{"school": row.school, "class": row.name, "pupils": row.pupils, "state": row.state} for row in rows]
    )


@klass.command("graduate")
@click.argument("class_text", metavar="班级")
@click.option("--date", "day", type=DAY, required=True, help="毕业日期，从这天起不在册")
@click.option("--stay", multiple=True, metavar="学生", help="留级、未毕业的学生，仍在册；可写几次")
@pass_session
def class_graduate(session: Session, class_text: str, day: date, stay: tuple[str, ...]) -> None:
    """确认一个班毕业；没有结的个案仍然开着。"""
    session.show(asdict(session.program.write(_graduate, class_text, day, stay).value))


@klass.command("years")
@click.argument("years", type=click.IntRange(LEAST_YEARS, USUAL_YEARS))
@click.option("--school", default="", help="哪所学校（默认本校）")
@pass_session
def class_years(session: Session, years: int, school: str) -> None:
    """小学读几年毕业：六年制写6，五年制写5；班级名称和毕业照此计算。"""
    session.show({"school": session.program.write(_years, years, school).value, "years": years})


def _years(desk: Desk, years: int, school: str) -> str:
    unit = known_school(desk, school)
    set_primary_years(desk, unit.id, years)
    return unit.name


def _leave_school(desk: Desk, name: str, leaving: Leaving) -> Left:
    return leave_school(desk, find_student(desk, name).id, leaving)


def _undo_leaving(desk: Desk, name: str, reason: str) -> Any:
    return undo_leaving(desk, find_student(desk, name).id, reason)


def _join(desk: Desk, name: str, at_school: str, class_text: str, said: dict[str, Any]) -> Joined:
    child = find_student(desk, name)
    school_id = known_school(desk, at_school).id if at_school else ""
    return join_school(desk, child.id, Joining(class_id=find_class(desk, class_text, school_id).id, **said))


def _undo_join(desk: Desk, name: str, reason: str) -> Any:
    return undo_joining(desk, find_student(desk, name).id, reason)


def _still_here(desk: Desk, name: str, day: date, note: str) -> Any:
    return still_here(desk, find_student(desk, name).id, day, note)


def _same(desk: Desk, one: str, other: str, reason: str) -> Any:
    return join_records(desk, find_student(desk, one).id, find_student(desk, other).id, reason)


def _split(desk: Desk, one: str, reason: str) -> Any:
    return split_records(desk, find_student(desk, one).id, reason)


def _apart(desk: Desk, one: str, other: str, reason: str) -> Any:
    first, second = find_student(desk, one).id, find_student(desk, other).id
    keep_apart(desk, first, second, reason)
    return (first, second)


def _graduate(desk: Desk, class_text: str, day: date, stay: tuple[str, ...]) -> Any:
    staying = [find_student(desk, one).id for one in stay]
    return graduate_class(desk, finished_class(desk, class_text, day).id, day, staying)
