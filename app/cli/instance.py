"""instance: which instance of the unit's data this is, and naming it the office's working copy."""

import click

from app.cli.context import Session, pass_session
from app.domain.instance import Instance
from app.errors import LastNumberNeeded
from app.service.office.instances import series_gaps

BEGAN = {"first": "第一次建立", "restored": "用备份恢复", "copied": "复制来的", "fresh": "新电脑"}


@click.group(invoke_without_command=True)
@click.pass_context
def instance(context: click.Context) -> None:
    """这份数据是哪一份，编不编号。"""
    if context.invoked_subcommand is None:
        session = context.find_object(Session)
        assert session is not None  # made by the root of the command line
        _show(session, session.program.instance())


@instance.command("working-copy")
@click.option("--last", multiple=True, help="登记簿里的最后一个文号或个案编号，可写多次；还没有编过号的写 无")
@pass_session
def instance_working_copy(session: Session, last: tuple[str, ...]) -> None:
    """这份数据是本单位正在用的：以后由它编号，别的一份不再编。"""
    try:
        named = session.program.name_working_copy(last)
        session.has_notices = False  # the one about the numbers is answered by this
        _show(session, named)
    except LastNumberNeeded as needed:
        raise LastNumberNeeded(
            f"{needed.sentence.removesuffix('。')}（--last 文号，没有编过号的写 --last 无）。"
        ) from needed


def _show(session: Session, found: Instance) -> None:
    gaps = [one.sentence for one in session.program.read(series_gaps)]
    if session.as_json:
        session.show(
            {
                "id": found.id,
                "began": found.began,
                "from": found.before,
                "issues_numbers": found.issues_numbers,
            }
        )
    else:
        session.show(
            {
                "数据编号": found.id,
                "来历": BEGAN[found.began],
                "来自": found.before,
                "编文号和个案编号": found.issues_numbers,
                "跳过的号": gaps,
            }
        )
