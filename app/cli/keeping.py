"""audit, backup, password and demo: looking back, keeping safe, and trying out."""

from pathlib import Path

import click

from app.bootstrap import recover_password, restore_backup
from app.cli.context import Session, ask_password, checked, new_password, pass_session
from app.cli.types import FILE_PATH
from app.demo import run_demo
from app.errors import OtherUnit
from app.service.office.audit import audit_record
from app.service.office.keeping import kept_backups
from app.settings import DataFolder


@click.command()
@click.argument("record_id")
@pass_session
def audit(session: Session, record_id: str) -> None:
    """一条记录的改动：谁、何时、从什么改成什么。"""
    session.read(audit_record, record_id)


@click.group()
def backup() -> None:
    """备份。"""


@backup.command("make")
@pass_session
def backup_make(session: Session) -> None:
    """做一份完整备份（含照片和文书）。"""
    session.show({"file": str(session.program.make_backup())})


@backup.command("list")
@pass_session
def backup_list(session: Session) -> None:
    """列出备份。"""
    session.show(kept_backups(DataFolder(session.data)))


@backup.command("restore")
@click.argument("file", type=FILE_PATH)
@click.option("--other-unit", is_flag=True, help="备份是另一个单位的，也换成它")
@pass_session
def backup_restore(session: Session, file: Path, other_unit: bool) -> None:
    """用备份恢复数据；现有数据先另存一份。"""
    try:
        restored = restore_backup(
            session.data, file, ask_password(), session.operator, session.today, other_unit=other_unit
        )
    except OtherUnit as other:
        raise OtherUnit(f"{other.sentence.removesuffix('。')}（--other-unit）。") from other
    session.show(restored)


@click.group()
def password() -> None:
    """密码。"""


@password.command("change")
@click.option("--new", default="", help="新密码（不写则提示输入）")
@pass_session
def password_change(session: Session, new: str) -> None:
    """换密码。"""
    old = ask_password()
    chosen = new or new_password("新密码")
    session.program.change_password(old, checked(chosen))
    session.show({"text": "密码已换。以前的备份仍用旧密码打开。"})


@password.command("recover")
@click.option("--code", prompt="恢复码", help="建立时抄下的恢复码")
@pass_session
def password_recover(session: Session, code: str) -> None:
    """忘了密码：用恢复码打开，设新密码，并换一个新的恢复码。"""
    new = ask_password(new=True)
    new_code = recover_password(session.data, code, new, session.operator, session.today, noted=True)
    session.show({"text": "密码已重设，请抄下新的恢复码，旧的作废。", "recovery_code": new_code})


@click.command()
@click.option("--out", type=FILE_PATH, default=None, help="文书和说明放到哪个文件夹")
@click.option("--window", is_flag=True, help="打开窗口看演示学校")
@pass_session
def demo(session: Session, out: Path | None, window: bool) -> None:
    """建一个演示学校，走一遍主要工作；或者打开窗口自己看。"""
    if window and session.window:
        click.get_current_context().exit(session.window(session, True))
    if out is None:
        raise click.UsageError("要写 --out 文件夹，或者 --window")
    run_demo(out, session.today, session.renderer, lambda line: click.echo(line, err=session.as_json))
    session.show({"folder": str(out)})
