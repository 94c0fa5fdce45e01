"""The days of a term for one child, as its page draws them."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.attendance import streak
from app.domain.calendar import days_between, has_children_day_off
from app.domain.records import Student, Term
from app.domain.words import plain
from app.service.office.classes import class_name_of, group_of
from app.service.office.desk import Desk
from app.service.rolls.register import Register, over
from app.service.screens.hints import child_hint

COUNTED = ("在校", "旷课", "请假", "未记录")
BEFORE_ROLLS = "点名前"


@dataclass(frozen=True)
class TermDay:
    """One 自然日 of a term for one child: `kind` is 在校, 旷课, 请假, 未记录, 点名前 (a 上课日 before the class was
    first called, of which the register says nothing), 不上课 or 未到 (still to come); `words` say all that is known.
    """

    day: date
    kind: str
    words: str


@dataclass(frozen=True)
class DayCount:
    """How many 上课日 of a term are of a kind."""

    kind: str
    days: int | float


@dataclass(frozen=True)
class TermDays:
    """A child's days of a term, one for every 自然日 from `first` to `last`, with the counts of its 上课日. `hint` is
    what the program itself sees in the newest of them ('' for nothing)."""

    first: date
    last: date
    class_name: str
    days: tuple[TermDay, ...]
    counts: tuple[DayCount, ...]
    hint: str = ""


def term_days(desk: Desk, student_id: str) -> TermDays:
    """A child's days of the term of today, or of the last one before it."""
    child = desk.tx.get(Student, student_id)
    term = _term_at(desk)
    register = Register(desk, min(desk.today, term.last_day))
    known = register.states(child, desk.rules.half_day)
    states = {one.day: one for one in known}
    group = group_of(desk, student_id)
    days, counts = [], dict.fromkeys(COUNTED, 0.0)
    for day in days_between(term.first_day, term.last_day):
        fact = desk.calendar.fact(day)
        free = has_children_day_off(day, child.birth, group.stage if group else "")
        if not fact.weight or free:
            days.append(TermDay(day, "不上课", "六一儿童节放假" if free else fact.why))
        elif state := states.get(day):
            counts[state.kind] += state.weight or 1
            detail = f"（{state.detail}）" if state.detail else ""
            days.append(TermDay(day, state.kind, f"{state.kind}{detail}"))
        else:
            kind = "未到" if day > desk.today else BEFORE_ROLLS
            if kind == BEFORE_ROLLS:
                counts[kind] = counts.get(kind, 0.0) + fact.weight
            days.append(TermDay(day, kind, _why_no_state(desk, child, day)))
    counted = tuple(DayCount(kind, plain(number)) for kind, number in counts.items())
    hint = child_hint(over(known, register.as_of), streak(known, register.as_of))
    return TermDays(
        term.first_day, term.last_day, class_name_of(desk, student_id), tuple(days), counted, hint
    )


def _why_no_state(desk: Desk, child: Student, day: date) -> str:
    """Why the register says nothing of a 上课日."""
    if day > desk.today:
        return "还没有到"
    return "那时班里还没有开始点名" if group_of(desk, child.id) else "没有班级，没有点名"


def _term_at(desk: Desk) -> Term:
    """The term of today; in a vacation the last one that has begun."""
    day = desk.today
    while (found := desk.calendar.term_of(day)) is None:
        day -= timedelta(days=7)
    return found
