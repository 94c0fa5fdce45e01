"""The command line's root: global options, and how refusals, wrong usage and bugs end."""

import sys
import traceback
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import click

from app.cli import cases, doc, keeping, register, roster, setup, students
from app.cli.context import Session
from app.cli.types import DAY
from app.errors import Refusal
from app.service.delivery import Renderer
from app.settings import DataFolder

REFUSED, WRONG_USAGE, BUG = 1, 2, 70


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["--help"]})
@click.option(
    "--data", type=click.Path(path_type=Path), default=None, help="数据文件夹（默认在本用户的应用数据里）"
)
@click.option("--today", type=DAY, default=None, help="把今天当作哪一天（默认用电脑日期）")
@click.option("--operator", default="", help="操作人姓名（默认用建立时的）")
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
    )
    open_window: Callable[[Session], None] | None = context.obj["open_window"]
    context.obj = session
    context.call_on_close(session.close)
    if context.invoked_subcommand is None:
        if open_window is None:
            raise click.UsageError("没有写命令")
        open_window(session)


for command in (
    setup.init,
    setup.rules,
    setup.calendar,
    setup.term,
    roster.roster,
    students.student,
    register.roll,
    register.leave,
    register.streak,
    cases.case,
    cases.contact,
    cases.today,
    doc.doc,
    keeping.audit,
    keeping.backup,
    keeping.password,
    keeping.demo,
):
    main.add_command(command)


def run(
    arguments: Sequence[str],
    renderer: Renderer | None = None,
    open_window: Callable[[Session], None] | None = None,
) -> int:
    """Run one command line; returns the exit code: 0 done, 1 refused with a sentence, 2 wrong usage, 70 a bug."""
    try:
        main.main(
            list(arguments),
            prog_name="guixue",
            standalone_mode=False,
            obj={"renderer": renderer, "open_window": open_window},
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
    return 0


def usage_words(wrong: click.UsageError) -> str:
    """What is wrong with a command line, in Chinese, and where to read how to write it."""
    path = wrong.ctx.command_path if wrong.ctx else "guixue"
    return f"命令写法不对：{_reason(wrong)}。用 {path} --help 查看写法。"


def _reason(wrong: click.UsageError) -> str:
    if isinstance(wrong, click.MissingParameter):
        named = wrong.param.opts[0] if wrong.param else "参数"
        return f"缺少 {named if named.startswith('-') else (wrong.param.human_readable_name if wrong.param else named)}"
    if isinstance(wrong, click.NoSuchOption):
        return f"没有 {wrong.option_name} 这个选项"
    if isinstance(wrong, click.BadParameter) and wrong.param:
        choices = getattr(wrong.param.type, "choices", None)
        if choices:
            return f"{wrong.param.opts[0]} 只能是 {'、'.join(choices)}"
        return f"{wrong.param.opts[0]} {wrong.message}".rstrip("。.")
    message = wrong.message
    if message.startswith("No such command"):
        return f"没有 {message.split(chr(39))[1]} 这个命令"
    if message.startswith("Missing command"):
        return "后面还要写子命令"
    if message.startswith("Got unexpected extra argument"):
        return f"多了 {message.split('(', 1)[-1].rstrip(').') if '(' in message else '参数'}"
    return message.rstrip("。.")


def console() -> None:
    """The command line alone, without the window's side: no pages, no PDF."""
    sys.exit(run(sys.argv[1:]))
