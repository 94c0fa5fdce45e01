"""roster: a file comes in, is previewed, imported as one run, and can be undone as one."""

from pathlib import Path

import click

from app.cli.context import Session, pass_session
from app.cli.types import PAIR
from app.service.children.rosters import import_roster, preview_roster, undo_import


@click.group()
def roster() -> None:
    """名册：导入、预览、撤销。"""


@roster.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="只看会有什么变化，不写入")
@click.option("--map", "mapping", type=PAIR, multiple=True, help="手工指定：我们的栏目=文件里的表头")
@pass_session
def roster_import(session: Session, file: Path, preview: bool, mapping: tuple[tuple[str, str], ...]) -> None:
    """导入学籍模板或查询导出的 xlsx、xls、csv。"""
    if preview:
        session.read(preview_roster, file, dict(mapping))
    else:
        session.write(import_roster, file, dict(mapping))


@roster.command("undo")
@click.argument("run")
@pass_session
def roster_undo(session: Session, run: str) -> None:
    """把一次导入整体撤销。"""
    session.write(undo_import, run)
