"""export: the lists of the program as workbooks; and the empty roster form."""

from pathlib import Path

import click

from app.cli.context import Session, pass_session
from app.cli.types import FILE_PATH, MONTH
from app.service.exports import export_to
from app.service.rolls.month_table import Month
from app.service.screens.tables import WORDS, RowsAsked


@click.command()
@click.argument("table", type=click.Choice(WORDS))
@click.option("--out", type=FILE_PATH, required=True, help="存成哪个文件（.xlsx）")
@click.option("--class", "class_text", default="", help="只要一个班的，例如五年级2班")
@click.option("--month", type=MONTH, default=None, help="哪个月，例如2026-09")
@pass_session
def export(session: Session, table: str, out: Path, class_text: str, month: Month | None) -> None:
    """把表存为Excel：学生、个案、联系、文书、今日、考勤。

    students 学生名单，cases 未结个案，contacts 劝返动员记录，papers 文书登记簿，today 要办的事，roll 一个月的考勤表。
    证件号和电话隐去中间几位；谁存了什么会留下记录。
    """
    session.show(export_to(session.program, table, out, RowsAsked(class_text, month)))
