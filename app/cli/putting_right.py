"""contact|leave|return|observe|mark|enrolment fix and withdraw: what was recorded, put right with a reason."""

from typing import Any

import click

from app.cli.case_ends import observing, returning
from app.cli.cases import contact
from app.cli.context import Session, pass_session
from app.cli.marks import mark
from app.cli.register import leave
from app.cli.types import PAIR
from app.domain.records import Contact, Enrolment, Leave, Mark, Observation, Told
from app.service.cases.putting_right import correct, fixable, withdraw


@click.group()
def enrolment() -> None:
    """就读记录：从哪天到哪天在哪所学校。"""


def _add_to(group: click.Group, kind: Any) -> None:
    words = "、".join(fixable(kind))

    @group.command("fix", help=f"更正一条{kind.about.word}：写 栏目=值。可更正：{words}。")
    @click.argument("record_id", metavar="记录编号")
    @click.argument("values", type=PAIR, nargs=-1, required=True, metavar="栏目=值…")
    @click.option("--reason", required=True, help="为什么更正")
    @pass_session
    def fix(session: Session, record_id: str, values: tuple[tuple[str, str], ...], reason: str) -> None:
        _show(session, session.program.write(correct, kind, record_id, dict(values), reason))

    @group.command("withdraw", help=f"撤回一条不该有的{kind.about.word}。")
    @click.argument("record_id", metavar="记录编号")
    @click.option("--reason", required=True, help="为什么撤回")
    @pass_session
    def take_back(session: Session, record_id: str, reason: str) -> None:
        _show(session, session.program.write(withdraw, kind, record_id, reason))


def _show(session: Session, done: Any) -> None:
    right = done.value
    session.show(
        {
            "id": right.id,
            "student": right.student,
            "what": right.what,
            "warnings": list(right.warnings),
            "cases": session.opened_cases(done.changes),
        }
    )


for _group, _kind in (
    (contact, Contact),
    (leave, Leave),
    (returning, Told),
    (observing, Observation),
    (mark, Mark),
    (enrolment, Enrolment),
):
    _add_to(_group, _kind)
