"""return, observe, and case close, reopen, force: what lets a case go on and end."""

from datetime import date

import click

from app.cli.cases import case
from app.cli.context import Session, pass_session
from app.cli.types import DAY
from app.domain.records import ForcedStep
from app.domain.vocabulary import ANSWERS, LEVELS, TOLD
from app.service.cases.ends import CaseMoved, close_case, force_step, observe, reopen_case, tell
from app.service.cases.numbers import find_case
from app.service.cases.putting_right import withdraw
from app.service.office.desk import Desk


@click.group("return")
def returning() -> None:
    """返校：点名看到以前，据告知记下。"""


@returning.command("add")
@click.option("--case", "no", required=True)
@click.option("--date", "day", type=DAY, required=True, help="返校的日期")
@click.option("--told-by", required=True, help="谁告知的")
@click.option("--level", type=click.Choice(LEVELS), default=None)
@click.option("--note", default="")
@pass_session
def return_add(session: Session, no: str, day: date, told_by: str, level: str | None, note: str) -> None:
    """记下据告知的返校；点名以后按点名算。"""
    session.show(session.program.write(_tell, no, "返校", day, told_by, level or "", note).value)


@case.command("told")
@click.argument("no")
@click.option(
    "--kind", type=click.Choice([*(kind for kind in TOLD if kind != "返校"), *ANSWERS]), required=True
)
@click.option("--date", "day", type=DAY, required=True, help="发生的日期")
@click.option(
    "--told-by", required=True, help="谁告知的；告知返校、告知更正的，写告诉了谁；核对年龄的，写核对人"
)
@click.option("--level", type=click.Choice(LEVELS), default=None)
@click.option("--note", default="")
@pass_session
def case_told(
    session: Session, no: str, kind: str, day: date, told_by: str, level: str | None, note: str
) -> None:
    """记下乡镇或县告知的事：制发通知书、送达、处理决定（据告知）；或本单位的事：告知返校、告知文书更正、核对年龄。"""
    session.show(session.program.write(_tell, no, kind, day, told_by, level or "", note).value)


@click.group("observe")
def observing() -> None:
    """返校以后的观察。"""


@observing.command("add")
@click.option("--case", "no", required=True)
@click.option("--date", "day", type=DAY, required=True)
@click.option("--in-school", type=click.Choice(["yes", "no"]), required=True, help="是否在校")
@click.option("--note", default="")
@pass_session
def observe_add(session: Session, no: str, day: date, in_school: str, note: str) -> None:
    """记一次观察；不在校的，另立一个相连的个案。"""
    session.show(session.program.write(_observe, no, day, in_school == "yes", note).value)


@case.command("close")
@click.argument("no")
@click.option(
    "--reason", required=True, help="销号原因，照本县规则列的写，例如已复学、休学、转出（对方确认）"
)
@click.option("--date", "day", type=DAY, required=True)
@click.option("--note", default="")
@click.option("--force", default="", help="观察期没有满的理由")
@pass_session
def case_close(session: Session, no: str, reason: str, day: date, note: str, force: str) -> None:
    """销号。"""
    session.show(session.program.write(_close, no, reason, day, note, force).value)


@case.command("reopen")
@click.argument("no")
@click.option("--reason", required=True)
@pass_session
def case_reopen(session: Session, no: str, reason: str) -> None:
    """恢复已销号的个案。"""
    session.show(session.program.write(_reopen, no, reason).value)


@case.command("force")
@click.argument("no")
@click.option("--step", required=True, help="步骤的编号，见 rules steps")
@click.option("--reason", required=True)
@click.option("--date", "day", type=DAY, default=None)
@pass_session
def case_force(session: Session, no: str, step: str, reason: str, day: date | None) -> None:
    """写明理由，强制走一步。"""
    session.show(session.program.write(_force, no, step, reason, day).value)


@case.command("unforce")
@click.argument("record_id", metavar="记录编号")
@click.option("--reason", required=True)
@pass_session
def case_unforce(session: Session, record_id: str, reason: str) -> None:
    """撤回强制走的一步；编号见 case show。"""
    session.show(session.program.write(withdraw, ForcedStep, record_id, reason).value)


def _tell(desk: Desk, no: str, kind: str, day: date, told_by: str, level: str, note: str) -> CaseMoved:
    return tell(desk, find_case(desk, no).id, kind, day, told_by, level=level, note=note)


def _observe(desk: Desk, no: str, day: date, in_school: bool, note: str) -> CaseMoved:
    return observe(desk, find_case(desk, no).id, day, in_school=in_school, note=note)


def _close(desk: Desk, no: str, reason: str, day: date, note: str, force: str) -> CaseMoved:
    return close_case(desk, find_case(desk, no).id, reason, day, note=note, force=force)


def _reopen(desk: Desk, no: str, reason: str) -> CaseMoved:
    return reopen_case(desk, find_case(desk, no).id, reason)


def _force(desk: Desk, no: str, step: str, reason: str, day: date | None) -> CaseMoved:
    return force_step(desk, find_case(desk, no).id, step, reason, day=day)
