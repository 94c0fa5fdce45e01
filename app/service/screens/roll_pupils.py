"""The children of a class as a roll shows them: the days before, the absence of the day, what missing it would mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.attendance import (
    UNEXCUSED,
    WHEREABOUTS,
    Crossing,
    DayState,
    Streak,
    covers,
    crosses_next,
    streak,
)
from app.domain.case_standings import bearer
from app.domain.dates import month_day
from app.domain.episodes import read_history
from app.domain.ladder.walk import BACK_IN_SCHOOL, is_open, stage_of
from app.domain.records import Absence, Leave, Roll, Student
from app.domain.words import evidence_words, number_of, plain
from app.service.cases.facts import CaseReader, crossings
from app.service.office.classes import pupils
from app.service.office.desk import Desk
from app.service.rolls.register import Register, last_days
from app.store.queries.children import missed_on
from app.store.queries.rolls import leaves_on

STRIP = 5  # 上课日 beside each name


@dataclass(frozen=True)
class DayBefore:
    """One of the 上课日 before: 在校, 旷课, 病假, 事假, 未记录 or 核实去向; `half` where only half of it was missed."""

    day: date
    kind: str
    half: bool


@dataclass(frozen=True)
class Notes:
    """The words to show beside a child while it is noted 在校, 旷课, or 旷课 of half a day."""

    present: str
    absent: str
    half: str


@dataclass(frozen=True, kw_only=True)
class PupilRow:
    """A child on a roll. `strip` are the five 上课日 before. `leave` is the words of a leave that covers the day, ''
    for none, and `leave_kind` its kind. `kind` and `part` are what the standing roll says ('' is 在校). `case_id` is
    the id of its open case, '' for none. `sought` is why nobody knows where the child is ('' is known): without an
    absence it is neither 应到 nor 实到."""

    place: int
    id: str
    name: str
    strip: tuple[DayBefore, ...]
    leave: str
    leave_kind: str
    kind: str
    part: str
    case_id: str
    notes: Notes
    sought: str = ""


@dataclass(frozen=True)
class _OpenCase:
    """An open case of a child."""

    id: str
    no: str
    stage: str


def pupil_rows(
    desk: Desk, class_id: str, day: date, session: str, rolls: Sequence[Roll]
) -> tuple[PupilRow, ...]:
    """The children of a class on `day` in the order of the roster, those whose whereabouts are not known at the end."""
    missed = missed_on(desk.tx, day, desk.today)
    # Ids are UUIDv7, so their order is the order in which the roster was read: the one on the teacher's paper.
    children = sorted(pupils(desk, class_id, day), key=lambda child: (child.id in missed, child.id))
    return _Rows(desk, children, day).rows(children, session, rolls)


class _Rows:
    """Keeps what the children of a class share while their rows are made."""

    def __init__(self, desk: Desk, children: Sequence[Student], day: date) -> None:
        ids = {child.id for child in children}
        self._desk = desk
        self._day = day
        self._register = Register(desk, day, ids)
        self._calendar = self._register.calendar(children[0]) if children else desk.calendar
        self._next_day = self._calendar.next_school_day(day)
        self._leaves = _leaves(desk, ids, day)
        self._missed = missed_on(desk.tx, day, desk.today)
        self._reader = CaseReader(desk)
        self._cases = _open_cases(self._reader, ids)
        self._crossings: dict[Streak, Crossing | None] = {}

    def rows(self, children: Sequence[Student], session: str, rolls: Sequence[Roll]) -> tuple[PupilRow, ...]:
        absences = _absences(self._desk, rolls, session)
        return tuple(self._row(place, child, absences) for place, child in enumerate(children, 1))

    def _row(self, place: int, child: Student, absences: dict[str, tuple[str, str]]) -> PupilRow:
        states = self._register.states(child, self._desk.rules.half_day)
        before = [state for state in states if state.day < self._day]
        kind, part = absences.get(child.id, ("", "全天"))
        leave = self._leaves.get(child.id)
        case = self._cases.get(child.id)
        return PupilRow(
            place=place,
            id=child.id,
            name=child.name,
            strip=_strip(before),
            leave=_leave_words(leave) if leave else "",
            leave_kind=leave.kind if leave else "",
            kind=kind,
            part=part,
            case_id=case.id if case else "",
            notes=self._notes(child, before, case),
            sought=_sought_words(self._missed.get(child.id)),
        )

    def _notes(self, child: Student, before: list[DayState], case: _OpenCase | None) -> Notes:
        return Notes(
            self._present(streak(before, self._day), case),
            self._absent(child, before, 1.0, case),
            self._absent(child, before, 0.5, case) if self._desk.rules.half_day == "计半天" else "",
        )

    def _present(self, run: Streak, case: _OpenCase | None) -> str:
        parts = [f"个案 {case.no}（{case.stage}）"] if case else []
        if run.dates and run.unrecorded:
            parts.append(_gap(run))
        elif run.dates and not case:
            parts.append(f"此前连续旷课{plain(run.days)}天")
        return "，".join(parts)

    def _absent(self, child: Student, before: list[DayState], weight: float, case: _OpenCase | None) -> str:
        states = [*before, DayState(self._day, UNEXCUSED, weight)]
        run = streak(states, self._day)
        words = f"第{plain(run.days)}天" if run.days % 1 == 0 else f"共{run.days:g}天"
        met = self._met(run)
        if no := case.no if case and case.stage != BACK_IN_SCHOOL else self._bearer(child, states, met):
            words = f"● {words}，个案 {no}"
        elif met:
            words = f"● {words}，保存后立个案：连续旷课{met.rule.amount()}"
        elif ahead := self._ahead(run):
            words = f"○ {words}，{ahead}"
        return words + (f"，{_gap(run)}" if run.unrecorded else "")

    def _met(self, run: Streak) -> Crossing | None:
        """The rule this run meets that opens a case: most children share the same few runs."""
        if run not in self._crossings:
            found = crossings(self._desk.rules, run, self._calendar)
            self._crossings[run] = next((one for one in found if "开个案" in one.rule.acts), None)
        return self._crossings[run]

    def _bearer(self, child: Student, states: list[DayState], met: Crossing | None) -> str:
        """The number of the case that this absence is on though the child is told to be back; else saving opens one."""
        kept = self._reader.kept_cases([child.id]) if met else {}
        cases = [one for found in kept.values() for one in found]
        if not cases:
            return ""
        history = read_history(states, self._desk.rules.absence_rules(), self._calendar)
        found = bearer(history, cases, self._day)
        return number_of(found) if found else ""

    def _ahead(self, run: Streak) -> str:
        """The rule that one more 上课日 would meet, and what that does: first what a narrow list still shows."""
        opening = [rule for rule in self._desk.rules.absence_rules() if "开个案" in rule.acts]
        for rule in opening if self._next_day else ():
            assert self._next_day is not None
            if crosses_next(rule, run, self._next_day, self._calendar):
                return f"下个上课日再旷课就立个案：连续旷课{rule.amount()}"
        return ""


def _gap(run: Streak) -> str:
    gaps = [f"▨ {evidence_words(run.not_called)}没有点名"] if run.not_called else []
    gaps += [f"◇ {evidence_words(run.sought)}去向没有核实"] if run.sought else []
    return f"{'，'.join(gaps)}，无法判定"


def _sought_words(missed: date | None) -> str:
    return f"{month_day(missed)}的名册里没有该生，请在学生页回答去向" if missed else ""


def _strip(before: Sequence[DayState]) -> tuple[DayBefore, ...]:
    return tuple(
        DayBefore(
            state.day,
            state.detail if state.kind == "请假" or state.detail == WHEREABOUTS else state.kind,
            bool(state.detail) and state.kind in {UNEXCUSED, "在校"},
        )
        for state in last_days(before, STRIP)
    )


def _absences(desk: Desk, rolls: Sequence[Roll], session: str) -> dict[str, tuple[str, str]]:
    """Child → kind and part, as the rolls for this session say; for 全天 also what one half said."""
    wanted = tuple(roll.id for roll in rolls if session in {"全天", roll.session})
    return {
        one.student_id: (one.kind, one.part if session == "全天" else "全天")
        for one in desk.tx.find(Absence, roll_id=wanted)
    }


def _leaves(desk: Desk, student_ids: set[str], day: date) -> dict[str, Leave]:
    found = leaves_on(desk.tx, day, day, student_ids)
    return {leave.student_id: leave for leave in found if covers(leave, day)}


def _leave_words(leave: Leave) -> str:
    last = leave.ended_on - timedelta(days=1) if leave.ended_on else leave.to_on
    return f"请假中：{leave.kind}至{month_day(last)}（{leave.approver}批准）"


def _open_cases(reader: CaseReader, student_ids: set[str]) -> dict[str, _OpenCase]:
    """Child → its newest open case."""
    found = {}
    for facts in reader.every(student_ids=student_ids):
        if is_open(facts, stage := stage_of(facts)):
            found[facts.case.student_id] = _OpenCase(facts.case.id, number_of(facts.case), stage)
    return found
