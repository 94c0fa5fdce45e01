"""student: find, enter and correct children by the words of the forms."""

from datetime import date
from functools import partial
from typing import Any

import click

from app.cli.context import Session, pass_session
from app.cli.types import BIRTH, DAY, PAIR
from app.service.children.correcting import Corrected, set_student
from app.service.children.students import HOW, NewStudent, add_student, find_student, list_students
from app.service.office.audit import student_history
from app.service.office.desk import Desk


@click.group()
def student() -> None:
    """学生。"""


@student.command("list")
@click.option("--search", default="", help="姓名、拼音首字母或号码的一部分")
@click.option("--class", "class_text", default="", help="班级，例如五年级2班")
@click.option("--full", is_flag=True, help="显示完整身份证件号（会记入查看记录）")
@pass_session
def student_list(session: Session, search: str, class_text: str, full: bool) -> None:
    """列出学生。"""
    asked = partial(list_students, search=search, class_text=class_text, full=full)
    program = session.program  # seeing full numbers is itself recorded
    rows = program.write(asked).value if full else program.read(asked)
    session.show(
        [
            {
                "id": row.id,
                "name": row.name,
                "gender": row.gender,
                "birth": row.birth,
                "school": row.school,
                "class": row.class_name,
                "id_no": row.id_no,
            }
            for row in rows
        ]
    )


@student.command("add")
@click.option("--name", required=True)
@click.option("--gender", type=click.Choice(["男", "女"]), default=None)
@click.option("--birth", type=BIRTH, default=None)
@click.option("--id-no", default="")
@click.option("--class", "class_text", default="")
@click.option("--kind", type=click.Choice(HOW), default=None, help="怎样来的（默认原来就在本班）")
@click.option(
    "--from", "from_on", type=DAY, default=None, help="到校那天（默认转入、入学是今天，原来就在的是9月1日）"
)
@click.option("--from-school", "other_school", default="", help="转入以前的学校")
@click.option("--school", default="", help="就读学校（乡镇录入时）")
@click.option("--guardian", default="", help="家长姓名")
@click.option("--phone", default="")
@click.option("--village", default="")
@pass_session
def student_add(
    session: Session, /, gender: str | None, birth: date | None, kind: str | None, **values: Any
) -> None:
    """录入一名学生。"""
    entry = NewStudent(gender=gender or "", birth=birth, kind=kind or "", **values)
    added = session.program.write(add_student, entry).value
    session.show({"id": added.id, "warnings": [*added.warnings, *added.rolls]})


@student.command("set")
@click.argument("name")
@click.argument("values", type=PAIR, nargs=-1, required=True)
@click.option("--date", "day", type=DAY, default=None, help="换班从哪天起（默认今天）")
@pass_session
def student_set(session: Session, name: str, values: tuple[tuple[str, str], ...], day: date | None) -> None:
    """更正学生信息，例如 联系电话=… 现住址=… 班级=…。"""
    done = session.program.write(_set, name, dict(values), day).value
    changed = {one.field: [one.old, one.new] for one in done.changed}
    session.show({"id": done.id, "changed": changed, "warnings": list(done.warnings)})


@student.command("history")
@click.argument("name")
@pass_session
def student_show_history(session: Session, name: str) -> None:
    """谁在什么时候把什么从什么改成什么。"""
    session.read(_history, name)


def _set(desk: Desk, name: str, values: dict[str, str], day: date | None) -> Corrected:
    return set_student(desk, find_student(desk, name).id, values, moved_on=day)


def _history(desk: Desk, name: str) -> Any:
    return student_history(desk, find_student(desk, name))
