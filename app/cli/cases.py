"""case, contact and today: the cases, the visits on them, and what is to be done."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from app.cli.case_answers import case_line, case_whole, contact_line, task_line
from app.cli.context import Session, pass_session
from app.cli.types import DAY, FILE_PATH
from app.domain.vocabulary import CALL_OUTCOMES, METHODS, OUTCOMES, TRIGGERS
from app.service.cases.contacts import ContactKept, Visit, add_contact, add_contact_to_child
from app.service.cases.numbers import find_case
from app.service.cases.opening import OpenedCase, open_case
from app.service.cases.photos import read_photo
from app.service.cases.reading import CaseShown, list_cases, show_case
from app.service.children.students import find_student
from app.service.office.desk import Desk
from app.service.screens.agenda import today_list

DETAILS = {
    "--text": ("text", "情况记录"),
    "--people": ("people", "在场人员"),
    "--place": ("place", "地点"),
    "--family": ("family", "家庭情况"),
    "--guardian-attitude": ("guardian_attitude", "家长态度"),
    "--student-attitude": ("student_attitude", "学生态度"),
    "--measures": ("measures", "劝返工作方法及措施"),
    "--effect": ("effect", "劝返效果"),
    "--cause": ("found_cause", "查明的原因"),
    "--study-place": ("study_place", "去向：学习地"),
    "--work-place": ("work_place", "去向：务工地"),
    "--living-place": ("living_place", "去向：居住地"),
    "--companions": ("companions", "去向：同行人员"),
}


@click.group()
def case() -> None:
    """个案：一生一案。"""


@case.command("open")
@click.option("--student", "name", required=True)
@click.option("--trigger", type=click.Choice(TRIGGERS), required=True)
@click.option("--date", "day", type=DAY, required=True, help="发现日期")
@click.option("--absent-since", type=DAY, default=None, help="从哪天起没有到校")
@click.option("--note", default="")
@pass_session
def case_open(
    session: Session, name: str, trigger: str, day: date, absent_since: date | None, note: str
) -> None:
    """手工立案。"""
    done = session.program.write(_open, name, trigger, day, absent_since, note)
    session.show({"no": done.value.no, "school": done.value.school, "id": done.value.id})


@case.command("list")
@click.option("--all", "everything", is_flag=True, help="连已结的一起列出")
@pass_session
def case_list(session: Session, everything: bool) -> None:
    """列出个案。"""
    rows = session.program.read(list_cases, everything=everything)
    session.show([case_line(row) for row in rows])


@case.command("show")
@click.argument("no")
@pass_session
def case_show(session: Session, no: str) -> None:
    """一个个案的全部。"""
    session.show(case_whole(session.program.read(_show, no)))


@click.group()
def contact() -> None:
    """劝返、动员记录。"""


def _with_details(command: Any) -> Any:
    for option, (field, label) in reversed(DETAILS.items()):
        command = click.option(option, field, default="", help=label)(command)
    return command


@contact.command("add")
@click.option("--case", "no", default="", help="个案编号")
@click.option("--student", "name", default="", help="还没有个案的学生")
@click.option("--date", "day", type=DAY, required=True, help="实际联系的日期")
@click.option("--method", type=click.Choice(METHODS), required=True)
@click.option(
    "--outcome", type=click.Choice(tuple(dict.fromkeys((*OUTCOMES, *CALL_OUTCOMES)))), required=True
)
@click.option("--by", "by_whom", required=True, help="联系人")
@click.option("--level", type=click.Choice(["学校", "乡镇", "村", "县"]), default=None)
@click.option("--with", "with_units", default="", help="会同的单位，用逗号分开；一次联合上门只计一次")
@click.option("--told-by", default="", help="据谁告知（不是本单位上门的）")
@click.option("--promise", type=DAY, default=None, help="承诺返校日")
@click.option("--force", default="", help="日期次序不合时的理由")
@click.option("--photo", "photos", type=FILE_PATH, multiple=True, help="照片")
@_with_details
@pass_session
def contact_add(
    session: Session,
    /,
    no: str,
    name: str,
    day: date,
    method: str,
    outcome: str,
    by_whom: str,
    level: str | None,
    with_units: str,
    told_by: str,
    promise: date | None,
    force: str,
    photos: tuple[Path, ...],
    **details: str,
) -> None:
    """记录一次劝返或动员；还没有个案的学生，记一次联系。"""
    if bool(no) == bool(name):
        raise click.UsageError("--case 和 --student 要写一个，也只能写一个。")
    visit = Visit(
        day=day,
        method=method,
        outcome=outcome,
        by_whom=by_whom,
        level=level or "",
        promise=promise,
        force=force,
        with_units=with_units,
        told_by=told_by,
        details=details,
        photos=tuple(map(read_photo, photos)),
    )
    done = session.program.write(_visit, no, visit) if no else session.program.write(_ring, name, visit)
    session.show(contact_line(done.value))


@click.command()
@pass_session
def today(session: Session) -> None:
    """今天要办的事，急的在前。"""
    session.show([task_line(task) for task in session.program.read(today_list)])


def _show(desk: Desk, no: str) -> CaseShown:
    return show_case(desk, find_case(desk, no).id)


def _visit(desk: Desk, no: str, visit: Visit) -> ContactKept:
    return add_contact(desk, find_case(desk, no).id, visit)


def _ring(desk: Desk, name: str, visit: Visit) -> ContactKept:
    return add_contact_to_child(desk, find_student(desk, name).id, visit)


def _open(desk: Desk, name: str, trigger: str, day: date, absent_since: date | None, note: str) -> OpenedCase:
    return open_case(desk, find_student(desk, name), trigger, day, absent_since=absent_since, note=note)
