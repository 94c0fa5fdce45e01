"""同一人: two records that are one child, said with a reason and taken back with one. No row is rewritten for it."""

from dataclasses import dataclass

from app.domain.aliases import STUDENT, alias_id
from app.domain.records import Alias, Student
from app.errors import UserError
from app.service.office.desk import Desk
from app.store.queries.same_child import whole_child


@dataclass(frozen=True)
class OneChild:
    """Records that are one child: the one that stands for them, its name, and all of them."""

    stands: str
    name: str
    records: tuple[str, ...]


def join_records(desk: Desk, one_id: str, other_id: str, reason: str) -> OneChild:
    """Say that two records are one child: counted once from now on. Raises UserError if they are one already, or
    without a reason."""
    if one_id == other_id:
        raise UserError("两个编号是同一条记录，不用合并。请核对另一条的编号。")
    if not reason.strip():
        raise UserError("没有写理由。请写明凭什么认定是同一人，例如身份证号相同。")
    if other_id in whole_child(desk.tx, one_id):
        raise UserError(f"{desk.tx.get(Student, one_id).name}的这两条记录已经认定为同一人，不用再合并。")
    _say(desk, one_id, other_id, reason, joined=True)
    records = tuple(sorted(whole_child(desk.tx, one_id)))
    return OneChild(records[0], desk.tx.get(Student, records[0]).name, records)


def keep_apart(desk: Desk, one_id: str, other_id: str, reason: str) -> str:
    """Say that two children are two, so that nobody asks again. Returns the name of the first.

    Raises UserError if they are one by now, or without a reason.
    """
    name = desk.tx.get(Student, one_id).name
    if not reason.strip():
        raise UserError("没有写理由。请写明为什么不是同一人，例如已向两家核实。")
    ones, others = whole_child(desk.tx, one_id), whole_child(desk.tx, other_id)
    if ones & others:
        raise UserError(f"{name}的这两条记录已经认定为同一人。请先在该生的“学籍”里撤销同一人。")
    for one in sorted(ones):
        for other in sorted(others):
            _say(desk, one, other, reason, joined=False)
    return name


def _say(desk: Desk, one_id: str, other_id: str, reason: str, *, joined: bool) -> None:
    first, second = sorted((one_id, other_id))
    row = alias_id(STUDENT, first, second)
    said = reason.strip()
    if desk.tx.find(Alias, id=row, withdrawn=True):
        cells = {"withdrawn_on": None, "withdrawn_reason": ""}
        desk.tx.change(Alias, row, joined=joined, said_on=desk.today, reason=said, **cells)
        return
    desk.tx.add(
        Alias(
            id=row,
            kind=STUDENT,
            first_id=first,
            second_id=second,
            said_on=desk.today,
            reason=said,
            joined=joined,
        )
    )


def split_records(desk: Desk, student_id: str, reason: str) -> tuple[str, ...]:
    """Say that a record is no child's but its own. Returns the records it was joined to.

    Raises UserError if it was joined to none, or without a reason.
    """
    if not reason.strip():
        raise UserError("没有写理由。请写明为什么不是同一人。")
    pairs = [
        one
        for one in desk.tx.find(Alias, kind=STUDENT, joined=True)
        if student_id in {one.first_id, one.second_id}
    ]
    if not pairs:
        name = desk.tx.get(Student, student_id).name
        raise UserError(f"{name}没有与别的记录认定为同一人，不用分开。请核对编号。")
    others = whole_child(desk.tx, student_id) - {student_id}
    for one in pairs:
        desk.tx.change(Alias, one.id, joined=False, said_on=desk.today, reason=reason.strip())
    return tuple(sorted(others))
