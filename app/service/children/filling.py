"""Filling one column for many children at once: the village of a list, a 对象类别 that all of them have."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.records import Student
from app.errors import UserError
from app.roster.groups import group_words
from app.service.children.correcting import SETTABLE, set_student
from app.service.children.students import groups
from app.service.office.desk import Desk

CATEGORIES = "对象类别"
COLUMNS = (CATEGORIES, "村", "现住址", "户籍地址", "民族", "就读方式", "是否留守儿童", "是否随迁子女")
"""What may be alike for many children; names and numbers never are."""


@dataclass(frozen=True)
class Filled:
    """How many children got the value, how many had it already, and how many keep another one."""

    changed: int
    same: int
    kept: int


def fill_column(
    desk: Desk, student_ids: Sequence[str], field: str, text: str, *, replace: bool = False
) -> Filled:
    """Write `text` into a column of those children, as one entry that is taken back as one.

    A 对象类别 is added to those a child has. Elsewhere a child that has another value keeps it, unless `replace` says
    otherwise. Raises UserError for a column that is no child's in common, no text, or no children.
    """
    if field not in COLUMNS:
        raise UserError(f"“{field}”不能一起填。可以一起填的有：{'、'.join(COLUMNS)}。")
    if not text.strip():
        raise UserError("请写要填的内容。要改成空的，请逐名修改。")
    if not student_ids:
        raise UserError("没有列出学生。请先放宽筛选，列出要填的学生。")
    count = {"changed": 0, "same": 0, "kept": 0}
    for one in student_ids:
        count[_fill(desk, one, field, text.strip(), replace)] += 1
    return Filled(**count)


def _fill(desk: Desk, student_id: str, field: str, text: str, replace: bool) -> str:
    if field == CATEGORIES:
        has = groups(desk, student_id)
        wanted = [*has, *(one for one in group_words(text) if one not in has)]
        changed = set_student(desk, student_id, {field: "、".join(wanted)}).changed
        return "changed" if changed else "same"
    old = str(getattr(desk.tx.get(Student, student_id), SETTABLE[field]))
    if old and not replace:
        return "same" if old == text else "kept"
    return "changed" if set_student(desk, student_id, {field: text}).changed else "same"
