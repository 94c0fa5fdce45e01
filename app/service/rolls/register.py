"""Reading the register: what each child's 上课日 were, and which classes have not been called."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from app.domain.attendance import DayState, Streak, bucket, day_state, streak, three_in_ten
from app.domain.calendar import DayFact, days_between, has_children_day_off
from app.domain.records import Absence, ClassGroup, Leave, Roll, Student
from app.domain.words import plain
from app.errors import UserError
from app.service.office.classes import class_names
from app.service.office.desk import JSON, Desk

LOOK_BACK = timedelta(days=400)  # 自然日 a run of absence can possibly reach back
Sessions = dict[date, set[str]]


class Register:
    """Reads children's day states up to `as_of`, keeping what classes share so that a whole school stays quick."""

    def __init__(self, desk: Desk, as_of: date) -> None:
        self.as_of = as_of
        self._desk = desk
        self._since = as_of - LOOK_BACK
        self._class_sessions: dict[str, Sessions] = {}
        self._facts: dict[tuple[date, bool], DayFact] = {}
        self._stages = {group.id: group.stage for group in desk.tx.find(ClassGroup)}

    def states(self, student: Student, half_day: str) -> list[DayState]:
        """The states of the child's 上课日 since its class was first called, oldest first.

        `half_day` is the rule set's switch (see `attendance.day_state`). Days before the first roll call of the class
        were never in the register; they are left out and so cannot make a run undecidable.
        """
        absences = self._absences(student)
        sessions = self._sessions(student)
        if not sessions:
            return []
        leaves = self._desk.tx.find(Leave, "student_id = ?", [student.id])
        stage = self._stages.get(student.class_id, "")
        return [
            day_state(fact, sessions.get(fact.day, ()), absences.get(fact.day, ()), leaves, half_day)
            for day in days_between(min(sessions), self.as_of)
            if (fact := self._fact(day, has_children_day_off(day, student.birth, stage))).weight
        ]

    def streak(self, student: Student, half_day: str) -> Streak:
        """The child's current run of 旷课."""
        return streak(self.states(student, half_day), self.as_of)

    def _fact(self, day: date, child_is_off: bool) -> DayFact:
        off = child_is_off and self._desk.rules.children_day_off
        if (day, off) not in self._facts:
            self._facts[day, off] = self._desk.calendar.fact(day, children_day_off=off)
        return self._facts[day, off]

    def _sessions(self, student: Student) -> Sessions:
        """When the child's class was called, and any other class the child was marked in (it may have moved)."""
        merged: Sessions = defaultdict(set)
        elsewhere = self._desk.tx.rows(
            "SELECT roll.day, roll.session FROM absence JOIN roll ON roll.id = absence.roll_id"
            " WHERE absence.student_id = ? AND absence.withdrawn_on IS NULL AND roll.class_id <> ? AND roll.day >= ?",
            [student.id, student.class_id, self._since.isoformat()],
        )
        for day, sessions in self._of_class(student.class_id).items():
            merged[day] |= sessions
        for row in elsewhere:
            merged[date.fromisoformat(row["day"])].add(row["session"])
        return merged

    def _of_class(self, class_id: str) -> Sessions:
        if class_id not in self._class_sessions:
            sessions: Sessions = defaultdict(set)
            for roll in self._desk.tx.find(
                Roll, "class_id = ? AND day >= ?", [class_id, self._since.isoformat()]
            ):
                sessions[roll.day].add(roll.session)
            self._class_sessions[class_id] = sessions
        return self._class_sessions[class_id]

    def _absences(self, student: Student) -> dict[date, list[Absence]]:
        marks: dict[date, list[Absence]] = defaultdict(list)
        for mark in self._desk.tx.find(
            Absence, "student_id = ? AND day >= ?", [student.id, self._since.isoformat()]
        ):
            marks[mark.day].append(mark)
        return marks


def students_absent_since(desk: Desk, first: date) -> list[Student]:
    """The children with an unexcused mark on or after `first`: the only ones a run can belong to."""
    return desk.tx.find(
        Student,
        "id IN (SELECT student_id FROM absence WHERE kind = '旷课' AND withdrawn_on IS NULL AND day >= ?)",
        [first.isoformat()],
        order="name, id",
    )


def show_streak(desk: Desk, student: Student) -> JSON:
    """{days, dates, verdict, unrecorded, bucket, three_in_ten} of a child as of today. `days` are 上课日.

    A child whose class was never called cannot be judged either.
    """
    register = Register(desk, desk.today)
    states = register.states(student, desk.rules.half_day)
    run = streak(states, desk.today)
    return {
        "days": plain(run.days),
        "dates": list(run.dates),
        "verdict": run.verdict if states else "无法判定",
        "unrecorded": list(run.unrecorded),
        "bucket": bucket(run.days),
        "three_in_ten": three_in_ten(over(states, desk.today)),
    }


def missing_rolls(desk: Desk, first: date, last: date) -> list[JSON]:
    """[{class, date}] for every class with pupils and every 上课日 from `first` to `last` without a roll call.

    Only a school calls the roll: elsewhere a class is but a name on a case, and nothing is missing.
    Raises UserError if `last` lies before `first`.
    """
    if last < first:
        raise UserError(f"结束日期{last}早于开始日期{first}。请调换或改正。")
    if desk.unit.level != "学校":
        return []
    called: dict[tuple[str, date], set[str]] = defaultdict(set)
    for roll in desk.tx.find(Roll, "day BETWEEN ? AND ?", [first.isoformat(), last.isoformat()]):
        called[roll.class_id, roll.day].add(roll.session)
    missing = []
    for class_id, name, stage in classes_with_pupils(desk):
        for day in days_between(first, min(last, desk.today)):
            off = desk.rules.children_day_off and has_children_day_off(day, None, stage)
            weight = desk.calendar.weight(day, children_day_off=off)
            if weight and not is_called(called[class_id, day], weight):
                missing.append({"class": name, "date": day})
    return sorted(missing, key=lambda row: row["date"])


def is_called(sessions: set[str], weight: float) -> bool:
    """Whether a day of `weight` 上课日 was called whole: once, or both halves; half a day of school by either."""
    return "全天" in sessions or {"上午", "下午"} <= sessions or (weight < 1 and bool(sessions))


def over(states: list[DayState], today: date) -> list[DayState]:
    """The states without today, if it was not called yet: that day is not over."""
    pending = states and states[-1].day == today and states[-1].mark == "未记录"
    return states[:-1] if pending else states


def classes_with_pupils(desk: Desk) -> list[tuple[str, str, str]]:
    """(id, name today, stage) of every class that has children, in the order of grades."""
    filled = desk.tx.rows(
        "SELECT DISTINCT class_id FROM student WHERE withdrawn_on IS NULL AND class_id <> ''"
    )
    stages = {group.id: group.stage for group in desk.tx.find(ClassGroup)}
    wanted = {row["class_id"] for row in filled}
    return [(one, name, stages[one]) for one, name in class_names(desk).items() if one in wanted]


def last_days(states: Iterable[DayState], count: int = 5) -> list[DayState]:
    """The newest `count` 上课日 of a child, oldest first: the strip beside its name."""
    return list(states)[-count:]
