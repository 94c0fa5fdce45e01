"""The command line's root: global options, and how refusals, wrong usage and bugs end."""

import sys
import traceback
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import click

from app.cli import (
    case_ends,
    cases,
    doc,
    enrolment,
    export,
    instance,
    keeping,
    marks,
    putting_right,
    register,
    roster,
    setup,
    staff,
    students,
)
from app.cli.context import Session, Window
from app.cli.output import print_result
from app.cli.types import DAY, FILE_PATH, LINE_TEXT, is_utf8
from app.cli.usage import speak_chinese, usage_words
from app.errors import Refusal, UserError
from app.service.program import Renderer
from app.settings import DataFolder

REFUSED, WRONG_USAGE, BUG = 1, 2, 70


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["--help"]})
@click.option("--data", type=FILE_PATH, default=None, help="数据文件夹（默认在本用户的应用数据里）")
@click.option("--today", type=DAY, default=None, help="把今天当作哪一天（默认用电脑日期）")
@click.option("--operator", type=LINE_TEXT, default="", help="操作人姓名（默认用建立时的）")
@click.option("--json", "as_json", is_flag=True, help="输出一个 JSON 文档")
@click.pass_context
def main(context: click.Context, data: Path | None, today: date | None, operator: str, as_json: bool) -> None:
    """归学：控辍保学的离线程序。不带命令时打开窗口。"""
    renderer: Renderer | None = context.obj["renderer"]
    session = Session(
        data=data or DataFolder.default().root,
        today=today or date.today(),  # noqa: DTZ011 — a school's day is the PC's local day
        as_json=as_json,
        operator=operator,
        renderer=renderer,
        day_given=today is not None,
    )
    session.window = context.obj["window"]
    context.obj = session
    context.call_on_close(session.close)
    if context.invoked_subcommand is None:
        if session.window is None:
            raise click.UsageError("没有写命令")
        context.exit(session.window(session, False))


for command in (
    setup.init,
    setup.rules,
    setup.calendar,
    setup.term,
    staff.staff,
    roster.roster,
    students.student,
    enrolment.klass,
    marks.mark,
    register.roll,
    register.leave,
    register.streak,
    cases.case,
    cases.contact,
    cases.today,
    case_ends.returning,
    case_ends.observing,
    putting_right.enrolment,
    doc.doc,
    export.export,
    keeping.audit,
    keeping.backup,
    instance.instance,
    keeping.password,
    keeping.demo,
):
    main.add_command(command)


def run(
    arguments: Sequence[str],
    renderer: Renderer | None = None,
    window: Window | None = None,
) -> int:
    """Run one command line; returns the exit code: 0 done, 1 refused with a sentence, 2 wrong usage, 70 a bug."""
    speak_chinese()
    if "--help" in arguments and "--json" in arguments:
        return _help_as_json([one for one in arguments if one != "--json"], renderer, window)
    try:
        _refuse_other_bytes(arguments)
        ended = main.main(
            list(arguments),
            prog_name="guixue",
            standalone_mode=False,
            obj={"renderer": renderer, "window": window},
        )
    except Refusal as refusal:
        click.echo(refusal.sentence, err=True)
        return REFUSED
    except click.UsageError as wrong:
        click.echo(usage_words(wrong), err=True)
        return WRONG_USAGE
    except click.Abort:
        click.echo("已取消，什么也没有改。", err=True)
        return REFUSED
    except Exception:
        traceback.print_exc()
        click.echo("程序出错了。请把上面的内容（不含学生信息的部分）发给维护的人。", err=True)
        return BUG
    return ended if isinstance(ended, int) else 0


def _help_as_json(arguments: Sequence[str], renderer: Renderer | None, window: Window | None) -> int:
    """The help page as the one JSON document that was asked for."""
    page = StringIO()
    with redirect_stdout(page):
        code = run(arguments, renderer, window)
    if code == 0:
        print_result({"help": page.getvalue()}, as_json=True)
    return code


def _refuse_other_bytes(arguments: Sequence[str]) -> None:
    """Raise UserError where the command line, or the folder it is given in, is named in bytes that are no text."""
    try:
        here = str(Path.cwd())
    except OSError as problem:
        raise UserError("当前文件夹不在了。请先进入另一个文件夹，再运行。") from problem
    if not all(map(is_utf8, arguments)):
        raise UserError("命令里有认不出的字节（不是UTF-8）。文件名请先改好，文字请重新输入。")
    if not is_utf8(here):
        raise UserError("当前文件夹的名称里有认不出的字节（不是UTF-8）。请改名，或到另一个文件夹里运行。")


def console() -> None:
    """The command line alone, without the window's side: no pages, no PDF."""
    sys.exit(run(sys.argv[1:]))
