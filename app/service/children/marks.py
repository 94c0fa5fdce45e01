"""学籍标注: what the 学籍系统 says of a child, set and taken off with dates. It ends no case and skips no work."""

from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.marks import MARK_KINDS
from app.domain.records import Mark, Student
from app.domain.vocabulary import choice
from app.errors import UserError
from app.service.office.desk import Desk
from app.store.queries.children import marks_of
from app.store.queries.same_child import whole_child


@dataclass(frozen=True)
class MarkKept:
    """A mark as it was saved: set on a day, and taken off on another (None: it stands)."""

    id: str
    student_id: str
    name: str
    kind: str
    set_on: date
    cleared_on: date | None


def set_mark(desk: Desk, student_id: str, kind: str, day: date) -> MarkKept:
    """A child was marked on `day`. Raises UserError while it bears that mark, or where one follows it."""
    child = _checked(desk, student_id, kind, day)
    for known in _known(desk, student_id, kind):
        if known.cleared_on is None:
            raise UserError(
                f"{child.name}从{day_words(known.set_on)}起已标注{kind}。日期标错了的，请更正那次标注（mark fix）。"
            )
        if known.cleared_on > day:
            raise UserError(
                f"{child.name}{day_words(known.set_on)}至{day_words(known.cleared_on)}标注过{kind}，"
                f"新的标注日期不能早于{day_words(known.cleared_on)}。请核对日期。"
            )
    mark = Mark(id=desk.tx.new_id(), student_id=student_id, kind=kind, set_on=day, entered_on=desk.today)
    desk.tx.add(mark)
    return MarkKept(mark.id, student_id, child.name, kind, day, None)


def clear_mark(desk: Desk, student_id: str, kind: str, day: date) -> MarkKept:
    """A child's mark was taken off on `day`. Raises UserError where it bears none, or it was set later."""
    child = _checked(desk, student_id, kind, day)
    standing = next((one for one in _known(desk, student_id, kind) if one.cleared_on is None), None)
    if standing is None:
        raise UserError(f"{child.name}现在没有标注{kind}，不用取消。请核对标注的种类。")
    if day < standing.set_on:
        raise UserError(f"取消日期{day}早于标注日期{standing.set_on}。请核对日期。")
    desk.tx.change(Mark, standing.id, cleared_on=day)
    return MarkKept(standing.id, student_id, child.name, kind, standing.set_on, day)


def _checked(desk: Desk, student_id: str, kind: str, day: date) -> Student:
    choice("学籍标注", kind, MARK_KINDS)
    if day > desk.today:
        raise UserError(f"{day_words(day)}还没有到，不能提前登记标注。请填学籍系统里的日期。")
    return desk.tx.get(Student, student_id)


def _known(desk: Desk, student_id: str, kind: str) -> list[Mark]:
    return [one for one in marks_of(desk.tx, whole_child(desk.tx, student_id)) if one.kind == kind]
