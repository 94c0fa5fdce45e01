"""The children of a class as a roll shows them: the days before, the mark of the day, what missing it would mean."""

from collections.abc import Sequence
from datetime import date, timedelta

from app.domain.attendance import UNEXCUSED, DayState, Streak, covers, crosses_next, streak
from app.domain.case_ladder import RETURNED, is_open, stage_of
from app.domain.dates import month_day
from app.domain.records import Absence, Leave, Roll, Student
from app.domain.words import evidence_words, number_of, plain
from app.service.cases.facts import CaseReader, crossings
from app.service.office.classes import pupils
from app.service.office.desk import JSON, Desk
from app.service.rolls.register import Register, last_days
from app.store.queries.rolls import leaves_on

STRIP = 5  # 上课日 beside each name
Case = tuple[str, str] | None  # number and stage


def pupil_rows(desk: Desk, class_id: str, day: date, session: str, rolls: Sequence[Roll]) -> list[JSON]:
    """[{place, id, name, strip, leave, kind, part, case, notes}] in the order of the roster.

    `strip` is the five 上课日 before `day`: {day, mark, half}. `kind` and `part` are what the standing roll says
    (empty: 在校). `leave` is the words of a leave that covers the day, or empty. `notes` holds the words to show
    while the child is marked 在校, 旷课 or 半天 (旷课 of half a day).
    """
    # Ids are UUIDv7, so their order is the order in which the roster was read: the one on the teacher's paper.
    children = sorted(pupils(desk, class_id, day), key=lambda child: child.id)
    return _Rows(desk, children, day).rows(children, session, rolls)


class _Rows:
    """Keeps what the children of a class share while their rows are made."""

    def __init__(self, desk: Desk, children: Sequence[Student], day: date) -> None:
        ids = {child.id for child in children}
        self._desk = desk
        self._day = day
        self._register = Register(desk, day, ids)
        self._next_day = desk.calendar.next_school_day(day)
        self._leaves = _leaves(desk, ids, day)
        self._cases = _open_cases(desk, ids)
        self._words: dict[Streak, str] = {}

    def rows(self, children: Sequence[Student], session: str, rolls: Sequence[Roll]) -> list[JSON]:
        marks = _marks(self._desk, rolls, session)
        return [self._row(place, child, marks) for place, child in enumerate(children, 1)]

    def _row(self, place: int, child: Student, marks: dict[str, tuple[str, str]]) -> JSON:
        states = self._register.states(child, self._desk.rules.half_day)
        before = [state for state in states if state.day < self._day]
        kind, part = marks.get(child.id, ("", "全天"))
        leave = self._leaves.get(child.id)
        case = self._cases.get(child.id)
        return {
            "place": place,
            "id": child.id,
            "name": child.name,
            "strip": _strip(before),
            "leave": _leave_words(leave) if leave else "",
            "leave_kind": leave.kind if leave else "",
            "kind": kind,
            "part": part,
            "case": case[0] if case else "",
            "notes": self._notes(before, case),
        }

    def _notes(self, before: list[DayState], case: Case) -> JSON:
        return {
            "在校": self._present(streak(before, self._day), case),
            "旷课": self._absent(before, 1.0, case),
            "半天": self._absent(before, 0.5, case) if self._desk.rules.half_day == "计半天" else "",
        }

    def _present(self, run: Streak, case: Case) -> str:
        parts = [f"个案 {case[0]}（{case[1]}）"] if case else []
        if run.dates and run.unrecorded:
            parts.append(_gap(run))
        elif run.dates and not case:
            parts.append(f"此前连续旷课{plain(run.days)}天")
        return "，".join(parts)

    def _absent(self, before: list[DayState], weight: float, case: Case) -> str:
        run = streak([*before, DayState(self._day, UNEXCUSED, weight)], self._day)
        words = f"第{plain(run.days)}天" if run.days % 1 == 0 else f"共{run.days:g}天"
        if (
            case and case[1] != RETURNED
        ):  # a child back under observation that is missing again gets a new case
            words = f"● {words}，个案 {case[0]}"
        else:
            words += self._reached(run)
        return words + (f"，{_gap(run)}" if run.unrecorded else "")

    def _reached(self, run: Streak) -> str:
        """What the rules say of this run: most children share the same few runs."""
        if run not in self._words:
            self._words[run] = self._reached_words(run)
        return self._words[run]

    def _reached_words(self, run: Streak) -> str:
        rules = self._desk.rules
        met = next((one for one in crossings(self._desk, rules, run) if "开个案" in one.rule.acts), None)
        if met:
            return f"，● {met.rule.amount()}，保存后立个案"
        opening = [rule for rule in rules.absence_rules() if "开个案" in rule.acts]
        for rule in opening if self._next_day else ():
            assert self._next_day is not None
            if crosses_next(rule, run, self._next_day, self._desk.national):
                return f"，○ 下个上课日再缺即{rule.amount()}"
        return ""


def _gap(run: Streak) -> str:
    return f"▨ {evidence_words(run.unrecorded)}没有点名，无法判定"


def _strip(before: Sequence[DayState]) -> list[JSON]:
    return [
        {
            "day": state.day,
            "mark": state.detail if state.mark == "请假" else state.mark,
            "half": bool(state.detail) and state.mark in {UNEXCUSED, "在校"},
        }
        for state in last_days(before, STRIP)
    ]


def _marks(desk: Desk, rolls: Sequence[Roll], session: str) -> dict[str, tuple[str, str]]:
    """Child → kind and part, as the rolls for this session say; for 全天 also what one half said."""
    found = {}
    for roll in rolls:
        if session in {"全天", roll.session}:
            for mark in desk.tx.find(Absence, roll_id=roll.id):
                found[mark.student_id] = (mark.kind, mark.part if session == "全天" else "全天")
    return found


def _leaves(desk: Desk, student_ids: set[str], day: date) -> dict[str, Leave]:
    found = leaves_on(desk.tx, day, day, student_ids)
    return {leave.student_id: leave for leave in found if covers(leave, day)}


def _leave_words(leave: Leave) -> str:
    last = leave.ended_on - timedelta(days=1) if leave.ended_on else leave.to_on
    return f"请假中：{leave.kind}至{month_day(last)}（{leave.approver}批准）"


def _open_cases(desk: Desk, student_ids: set[str]) -> dict[str, tuple[str, str]]:
    """Child → number and stage of its newest open case."""
    found = {}
    for facts in CaseReader(desk).every(student_ids=student_ids):
        if is_open(stage := stage_of(facts)):
            found[facts.case.student_id] = (number_of(facts.case), stage)
    return found
