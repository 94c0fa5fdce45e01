"""init, rules, calendar and term: who we are, whose numbers hold, and which days are school."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from app.bootstrap import create_program
from app.cli.context import Session, ask_password, pass_session
from app.cli.output import keyed
from app.cli.types import DAY, FILE_PATH, LINE_TEXT, SPAN, TALK
from app.domain.calendar import days_between
from app.domain.ladder.trial import Tried
from app.domain.vocabulary import DAY_KINDS, UNIT_LEVELS
from app.service.cases.effects import effects_of
from app.service.office.calendars import (
    DaySet,
    DaysSet,
    enter_holidays,
    holiday_text,
    reset_days,
    set_day,
    set_days,
    set_term,
    show_calendar,
    withdraw_term,
)
from app.service.office.desk import Desk
from app.service.office.rule_sets import broken_rules, copy_rules, list_rules, show_rules
from app.service.office.setup_tasks import note_recovery_code
from app.service.office.trials import show_steps, tried_contact, try_rules
from app.service.office.units import UnitEntry
from app.service.screens.settings import terms
from app.settings import DataFolder

PREVIEW = click.option("--preview", is_flag=True, help="只说明会牵动哪些点名、个案和文书，不保存")
STEP_HEADINGS = {
    "key": "步骤",
    "from": "从",
    "to": "到",
    "needs": "要满足",
    "document": "文书种类",
    "by": "由谁做",
}
"""Key of a step → its heading for people."""


@click.command()
@click.option("--level", type=click.Choice(list(UNIT_LEVELS)), required=True, help="学校、中心学校、乡镇或县")
@click.option("--name", type=LINE_TEXT, required=True, help="单位全称")
@click.option("--code", type=LINE_TEXT, default="", help="学校标识码")
@click.option("--county", type=LINE_TEXT, default="", help="所在县（市、区）")
@click.option("--township", type=LINE_TEXT, default="", help="所在乡镇；局直学校不写")
@click.option("--central-school", type=LINE_TEXT, default="", help="所在中心学校，没有不写")
@click.option("--rules", required=True, help="规则编号，见 rules list")
@click.option("--operator", type=LINE_TEXT, required=True, help="操作人姓名")
@click.option("--short-mark", type=LINE_TEXT, default="", help="发文代字，例如湖政")
@click.option("--bureau", type=LINE_TEXT, default="", help="县教育局的全称，例如大田县教育局；印在报告单上")
@click.option("--portable", is_flag=True, help="数据放在U盘上，随U盘换电脑用")
@pass_session
def init(session: Session, /, operator: str, portable: bool, **values: str) -> None:
    """在空文件夹里建立数据。恢复码只显示这一次，请抄下收好。"""
    session.opened, code_to_print, made = create_program(
        session.data,
        ask_password(new=True),
        operator,
        session.today,
        UnitEntry(**values),
        session.renderer,
        portable=portable,
    )
    session.opened.write(note_recovery_code)  # it is printed on the next line
    session.show(keyed(made) | {"folder": str(session.data), "recovery_code": code_to_print})


@click.group()
def rules() -> None:
    """规则：每县的天数、期限和出处。"""


@rules.command("list")
@pass_session
def rules_list(session: Session) -> None:
    """列出全部规则。"""
    found = list_rules(DataFolder(session.data), session.today)
    for sentence in broken_rules(DataFolder(session.data)):
        click.echo(sentence, err=True)
    session.show(found if session.as_json else [_titled(keyed(row)) for row in found])


@rules.command("show")
@click.argument("rule_set")
@pass_session
def rules_show(session: Session, rule_set: str) -> None:
    """用文字说明一套规则，附出处。"""
    found = show_rules(DataFolder(session.data), rule_set, session.today)
    if session.as_json:
        session.show(found)
    else:  # for people the numbers stand in the words already
        told = ({"words": one.words, "addressee": one.addressee, "source": one.source} for one in found.rules)
        session.show(_titled(keyed(found) | {"rules": list(told)}))


@rules.command("copy")
@click.argument("rule_set")
@click.option("--id", "new_id", required=True, help="新规则的编号（小写字母、数字、-）")
@click.option("--name", required=True, help="新规则的名称")
@pass_session
def rules_copy(session: Session, rule_set: str, new_id: str, name: str) -> None:
    """复制一套规则到数据文件夹，供本县修改。"""
    session.show(copy_rules(DataFolder(session.data), rule_set, new_id, name))


@rules.command("steps")
@click.argument("rule_set")
@pass_session
def rules_steps(session: Session, rule_set: str) -> None:
    """列出一套规则的办理步骤：从哪个阶段到哪个阶段，要满足什么，看哪条规则，配哪种文书，谁来做。"""
    found = show_steps(DataFolder(session.data), rule_set)
    session.show(found if session.as_json else _headed(found, STEP_HEADINGS))


@rules.command("try")
@click.argument("rule_set")
@click.option("--absent-from", type=DAY, required=True, help="从哪天起无故缺勤")
@click.option("--absent-to", type=DAY, default=None, help="缺勤到哪天；不写就是一直没有回来")
@click.option(
    "--leave", "leaves", type=SPAN, multiple=True, help="请假的日子，例如2026-09-21或2026-09-21..2026-09-23"
)
@click.option("--closed", type=SPAN, multiple=True, help="停课的日子，写法同上")
@click.option("--present", type=DAY, multiple=True, help="到校的日子")
@click.option("--contact", "contacts", type=TALK, multiple=True, help="学校联系家长，例如2026-09-21=见到家长")
@pass_session
def rules_try(
    session: Session,
    rule_set: str,
    absent_from: date,
    absent_to: date | None,
    leaves: tuple[tuple[date, date], ...],
    closed: tuple[tuple[date, date], ...],
    present: tuple[date, ...],
    contacts: tuple[tuple[date, str], ...],
) -> None:
    """试算：缺勤从这天到那天，哪天该做什么。按国家节假日和常用学期算，不用先建立数据。"""
    tried = Tried(
        absent_from=absent_from,
        absent_to=absent_to,
        leaves=leaves,
        closed=tuple(day for span in closed for day in days_between(*span)),
        present=present,
        contacts=tuple(tried_contact(day, outcome) for day, outcome in contacts),
    )
    found = try_rules(DataFolder(session.data), rule_set, tried)
    session.show(found if session.as_json else _headed(found, {"to": "addressee"}))


@click.group()
def calendar() -> None:
    """校历：哪天是上课日，为什么。"""


@calendar.command("show")
@click.option("--from", "first", type=DAY, required=True)
@click.option("--to", "last", type=DAY, required=True)
@pass_session
def calendar_show(session: Session, first: date, last: date) -> None:
    """逐日列出是不是上课日和原因。"""
    session.read(show_calendar, first, last)


@calendar.command("set")
@click.argument("day", type=DAY)
@click.argument("kind", type=click.Choice(list(DAY_KINDS)))
@click.option("--to", "last", type=DAY, default=None, help="到哪一天；不写就是这一天")
@click.option("--note", default="", help="原因，例如高温停课")
@PREVIEW
@pass_session
def calendar_set(session: Session, day: date, kind: str, last: date | None, note: str, preview: bool) -> None:
    """把某一天或一段设为上课（school）、停课（off）或半天（half）。"""
    asked: Callable[[Desk], DaySet | DaysSet] = partial(set_day, day=day, kind=kind, note=note)
    if last is not None:
        asked = partial(set_days, first=day, last=last, kind=kind, note=note)
    _write(session, asked, preview=preview)


@calendar.command("reset")
@click.argument("day", type=DAY)
@click.option("--to", "last", type=DAY, default=None, help="到哪一天；不写就是这一天")
@PREVIEW
@pass_session
def calendar_reset(session: Session, day: date, last: date | None, preview: bool) -> None:
    """取消手工设的，改回按国家安排和学期。"""
    _write(session, partial(reset_days, first=day, last=last or day), preview=preview)


@calendar.command("holidays")
@click.argument("year", type=int)
@click.argument("file", type=FILE_PATH)
@pass_session
def calendar_holidays(session: Session, year: int, file: Path) -> None:
    """录入一年的节假日安排（文本或表格），每行如：2027-01-01至2027-01-03 休 元旦，或通知里的句子。"""
    session.write(enter_holidays, year, holiday_text(file))


@click.group()
def term() -> None:
    """学期起止。"""


@term.command("set")
@click.option("--from", "first", type=DAY, required=True)
@click.option("--to", "last", type=DAY, required=True)
@click.option("--cycle", default="", help="大小周：从周一起每天1上课、0休息、h半天，例如11111101111100")
@PREVIEW
@pass_session
def term_set(session: Session, first: date, last: date, cycle: str, preview: bool) -> None:
    """设置一个学期。"""
    _write(session, partial(set_term, first=first, last=last, cycle=cycle), preview=preview)


@term.command("list")
@pass_session
def term_list(session: Session) -> None:
    """列出设过的学期，和没有设时按常用估计的。"""
    session.read(terms)


@term.command("remove")
@click.option("--from", "first", type=DAY, required=True, help="开学那天")
@PREVIEW
@pass_session
def term_remove(session: Session, first: date, preview: bool) -> None:
    """删去设错的学期。"""
    _write(session, partial(withdraw_term, first=first), preview=preview)


def _write(session: Session, asked: Callable[[Desk], object], *, preview: bool) -> None:
    """Say what a change of the calendar touches; keep it unless only that was asked."""
    touched = list(session.program.read(effects_of, asked).sentences)
    done = {} if preview else keyed(session.program.write(asked).value)
    session.show(done | {"touches": touched})


def _headed(rows: Sequence[Any], names: dict[str, str]) -> list[dict[str, Any]]:
    """Rows for people, with other headings than the same keys have elsewhere."""
    return [{names.get(key, key): value for key, value in keyed(row).items()} for row in rows]


def _titled(row: dict[str, Any]) -> dict[str, Any]:
    """A rule set has a 名称, not the 姓名 that other names are headed with."""
    return {"title" if key == "name" else key: value for key, value in row.items()}
