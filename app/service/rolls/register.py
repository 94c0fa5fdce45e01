"""Reading the register: what each child's 上课日 were, and which classes have not been called."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from app.domain.attendance import (
    IN_SCHOOL,
    OFF_ROLL,
    ON_LEAVE,
    WHEREABOUTS,
    DayState,
    Streak,
    covers,
    day_state,
    newest_run,
)
from app.domain.calendar import CHILDREN_DAY, DayFact, SchoolCalendar, days_between, has_children_day_off
from app.domain.dates import LOOKED_AT, refuse_long
from app.domain.membership import enrolment_on, holds, last_enrolment
from app.domain.records import ClassGroup, Enrolment, Leave, Student
from app.errors import UserError
from app.service.office.classes import class_names
from app.service.office.desk import Desk
from app.service.office.grades import finished_days
from app.store.queries import rolls as queries
from app.store.queries.children import (
    classes_with_pupils_on,
    enrolments_of,
    leads_of,
    missed_on,
    spans_of_classes,
)
from app.store.queries.rolls import RollAbsence
from app.store.queries.same_child import Joined

LOOK_BACK = timedelta(days=400)  # 自然日 a run of absence can possibly reach back
NOT_CALLED = frozenset[str]()
WHOLE_DAY = frozenset({"全天"})
Sessions = Mapping[date, frozenset[str]]


class Register:
    """Reads children's day states up to `as_of`, keeping what classes share so that a whole school stays quick.

    Every day is read through the class the child belonged to on that day. `children` are those it will be asked about,
    read in one go; others are read when they are asked about.
    """

    def __init__(
        self, desk: Desk, as_of: date, children: Iterable[str] = (), *, since: date | None = None
    ) -> None:
        self.as_of = as_of
        self._desk = desk
        self._since = since or as_of - LOOK_BACK
        self._facts: dict[tuple[str, date, bool], DayFact] = {}
        self._present: dict[date, DayState] = {}
        self._of_class: dict[tuple[str, str], list[DayState | None]] = {}
        self._usual: dict[tuple[str, str, date, bool], DayState | None] = {}
        self._absent_states: dict[tuple[object, ...], DayState | None] = {}
        self._school_days: dict[str, list[date]] = {}
        self._joined = Joined(desk.tx)
        self._stages: dict[str, str] = {}
        self._finished: dict[str, date] = {}
        self._called: dict[str, Sessions] = {}
        self._first_called: dict[str, date] = {}
        self._read: set[str] = set()
        self._enrolments: dict[str, list[Enrolment]] = defaultdict(list)
        self._absences: dict[str, dict[date, list[RollAbsence]]] = defaultdict(lambda: defaultdict(list))
        self._elsewhere: dict[str, dict[date, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._leaves: dict[str, list[Leave]] = defaultdict(list)
        self._missed: dict[str, date] = {}  # child → the day a roster had it no more
        self._take_in(set(children))

    def read(self, children: Iterable[str]) -> None:
        """Read what is recorded of those children in one go; each is read when it is asked about anyway."""
        self._take_in(set(children))

    def states(self, student: Student, half_day: str) -> list[DayState]:
        """The states of the child's 上课日 since its class was first called, oldest first.

        `half_day` is the rule set's switch (see `attendance.day_state`). Days before the first roll call of the class
        were never in the register; they are left out and so cannot make a run undecidable. Days between two enrolments,
        after the last one, and past the last grade of the class are none of absence: the child was off the roll
        (不在册). From the day a roster no longer has the child until somebody says where it is, a day without an
        absence is not known (核实去向): that its class was called says nothing of it, nor would calling it later.
        """
        child = self._known(student)
        spans = self._enrolments[child]
        days = self._days(spans, self._first_day(child))
        if days and self._is_as_its_class(child, days):
            return self._states_beside_class(student, child, spans[0], days, half_day)
        states = (self._state(student, child, day, half_day, enrolment_on(spans, day)) for day in days)
        return [state for state in states if state]

    def _is_as_its_class(self, child: str, days: Sequence[date]) -> bool:
        """Whether what was recorded of its one class holds for the child on all `days` without an absence of its
        own."""
        spans = self._enrolments[child]
        if len(spans) != 1 or self._leaves[child] or child in self._missed:
            return False
        return holds(spans[0], days[0]) and holds(spans[0], days[-1])

    def _states_beside_class(
        self, student: Student, child: str, span: Enrolment, days: Sequence[date], half_day: str
    ) -> list[DayState]:
        """The states of its class, but for the days of its own absences and 六一, which are judged one by one."""
        key = (span.school_id, span.class_id)
        known = self._school_days[span.school_id]
        if key not in self._of_class:
            self._of_class[key] = self._states_of_class(span, known)
        begin = len(known) - len(days)
        states = self._of_class[key][begin:]
        own = {*self._absences[child], *self._elsewhere[child]}
        for day in {*own, *(date(year, *CHILDREN_DAY) for year in range(days[0].year, days[-1].year + 1))}:
            place = bisect_left(known, day) - begin
            if 0 <= place < len(days) and days[place] == day:
                states[place] = self._state(student, child, day, half_day, span)
        return [state for state in states if state]

    def _states_of_class(self, span: Enrolment, days: Sequence[date]) -> list[DayState | None]:
        """What these 上课日 were for every child of a class of which nothing was said; nearly all are one roll of the
        whole day, and then alike in all classes."""
        called, present, found = self._sessions(span.class_id), self._present, list[DayState | None]()
        for day in days:
            if called.get(day) != WHOLE_DAY:
                found.append(self._state_of_all(span, day, False))
            else:
                found.append(present.get(day) or present.setdefault(day, DayState(day, IN_SCHOOL)))
        return found

    def _state(
        self, student: Student, child: str, day: date, half_day: str, span: Enrolment | None
    ) -> DayState | None:
        """The state of one day, on which the enrolment `span` holds; None where it is no 上课日."""
        absences, elsewhere = self._absences[child].get(day, ()), self._elsewhere[child].get(day)
        stage = self._stages.get(span.class_id, "") if span else ""
        off = has_children_day_off(day, student.birth, stage)
        if absences and self._leaves[child] == [] and elsewhere is None:
            state = self._state_of_absent(span, day, off, absences, half_day)
        elif absences or elsewhere or self._leaves[child]:
            sessions = self._called_for(span, day) | (elsewhere or set())
            state = self._read_state(span, day, off, sessions, absences, self._leaves[child], half_day)
        else:
            state = self._state_of_all(span, day, off)
        missed = self._missed.get(child)
        if missed and day >= missed and state and state.kind in {IN_SCHOOL, "未记录"} and not absences:
            return DayState(day, "未记录", detail=WHEREABOUTS)
        return state

    def _state_of_absent(
        self, span: Enrolment | None, day: date, off: bool, absences: Sequence[RollAbsence], half_day: str
    ) -> DayState | None:
        """What a day was for a child of which nothing was said but these absences: alike for all with the same ones."""
        sessions = self._called_for(span, day)
        if not sessions:
            return self._read_state(span, day, off, sessions, absences, (), half_day)
        school = span.school_id if span else ""
        key = (school, day, off, sessions, half_day, *((one.kind, one.part) for one in absences))
        if key not in self._absent_states:
            self._absent_states[key] = self._read_state(span, day, off, sessions, absences, (), half_day)
        return self._absent_states[key]

    def _state_of_all(self, span: Enrolment | None, day: date, off: bool) -> DayState | None:
        """What a day was for every child of a class of which nothing was said: mostly 在校."""
        key = (span.school_id, span.class_id, day, off) if span else ("", "", day, off)
        if key not in self._usual:
            self._usual[key] = self._read_state(span, day, off, self._called_for(span, day), (), (), "")
        return self._usual[key]

    def _read_state(
        self,
        span: Enrolment | None,
        day: date,
        off: bool,
        sessions: Collection[str],
        absences: Sequence[RollAbsence],
        leaves: Sequence[Leave],
        half_day: str,
    ) -> DayState | None:
        fact = self._fact(span.school_id if span else self._desk.unit.id, day, off)
        if not fact.weight:
            return None
        if not sessions and (span is None or self._has_finished(span, day)):
            return DayState(day, ON_LEAVE, detail=OFF_ROLL)
        return day_state(fact, sessions, absences, leaves, half_day)

    def _called_for(self, span: Enrolment | None, day: date) -> frozenset[str]:
        return self._sessions(span.class_id).get(day, NOT_CALLED) if span else NOT_CALLED

    def _days(self, spans: Sequence[Enrolment], first: date | None) -> list[date]:
        """The days to look at from `first` on: the 上课日 of the child's school, every day where it had several."""
        if first is None:
            return []
        schools = {span.school_id for span in spans}
        if len(schools) != 1:
            return days_between(first, self.as_of)
        (school,) = schools
        if school not in self._school_days:
            days = days_between(self._since, self.as_of)
            self._school_days[school] = [day for day in days if self._fact(school, day, False).weight]
        known = self._school_days[school]
        return known[bisect_left(known, first) :]

    def _has_finished(self, span: Enrolment, day: date) -> bool:
        finished = self._finished.get(span.class_id)
        return finished is not None and finished <= day

    def streak(self, student: Student, half_day: str) -> Streak:
        """The child's current run of 旷课; only the days since it was last in school are looked at."""
        child = self._known(student)
        first = self._first_day(child)
        back = range((self.as_of - first).days + 1) if first else ()
        days, spans = (self.as_of - timedelta(one) for one in back), self._enrolments[child]
        states = (self._state(student, child, day, half_day, enrolment_on(spans, day)) for day in days)
        return newest_run((state for state in states if state), self.as_of)

    def calendar(self, student: Student) -> SchoolCalendar:
        """The calendar of the school the child belongs to, else of the one it belonged to last."""
        there = last_enrolment(self._enrolments[self._known(student)], self.as_of)
        return self._desk.calendar_of(there.school_id if there else self._desk.unit.id)

    def is_member(self, student: Student, day: date) -> bool:
        """Whether the child belongs to a school on a day."""
        return enrolment_on(self._enrolments[self._known(student)], day) is not None

    def on_leave(self, student: Student, day: date) -> bool:
        """Whether an approved leave of the child covers a day, also one still to come."""
        return any(covers(leave, day) for leave in self._leaves[self._known(student)])

    def was_called(self, student: Student, days: Collection[date]) -> bool:
        """Whether this database has, or had, rolls of the child's class of one of those days, or absences of them."""
        child = self._known(student)
        if not self._absences[child].keys().isdisjoint(days):
            return True
        spans = (enrolment_on(self._enrolments[child], day) for day in days)
        return any(self._first_roll(span) or span.class_id in self._ever_called for span in spans if span)

    @cached_property
    def _ever_called(self) -> set[str]:
        return queries.classes_ever_called(self._desk.tx)

    def _known(self, student: Student) -> str:
        """The record that stands for the child, with what the register says of it read."""
        child = self._joined.of(student.id)
        if child not in self._read:
            self._take_in({child})
        return child

    def _take_in(self, children: set[str]) -> None:
        tx, of = self._desk.tx, self._joined.of
        wanted = {of(one) for one in children} - self._read
        if not wanted:
            return
        self._read |= wanted
        records = self._joined.all(wanted)
        for row in enrolments_of(tx, records):
            self._enrolments[of(row.student_id)].append(row)
        self._read_classes({row.class_id for child in wanted for row in self._enrolments[child]})
        for absence in queries.absences_since(tx, records, self._since):
            child = of(absence.student_id)
            self._absences[child][absence.day].append(absence)
            span = enrolment_on(self._enrolments[child], absence.day)
            if (
                span is None or span.class_id != absence.class_id
            ):  # noted in a class it does not belong to that day
                self._elsewhere[child][absence.day].add(absence.session)
        for leave in queries.leaves_of(tx, records):
            self._leaves[of(leave.student_id)].append(leave)
        for lead in leads_of(tx, records, self.as_of):
            self._missed[of(lead.student_id)] = min(
                lead.found_on, self._missed.get(of(lead.student_id), lead.found_on)
            )

    def _first_day(self, child: str) -> date | None:
        """The first day the register says anything of the child."""
        elsewhere = self._elsewhere[child]
        begun = [
            max(span.from_on, called, self._since)
            for span in self._enrolments[child]
            if (called := self._first_roll(span)) and holds(span, max(span.from_on, called, self._since))
        ]
        return min([*begun, *elsewhere], default=None)

    def _first_roll(self, span: Enrolment) -> date | None:
        self._sessions(span.class_id)
        return self._first_called.get(span.class_id)

    def _sessions(self, class_id: str) -> Sessions:
        return self._called[class_id]

    def _read_classes(self, class_ids: set[str]) -> None:
        new = class_ids - self._called.keys()
        if not new:
            return
        classes = self._desk.tx.find(ClassGroup, id=tuple(new), withdrawn=True)
        self._stages |= {group.id: group.stage for group in classes}
        self._finished |= finished_days(self._desk, classes)
        found = queries.sessions_of_classes(self._desk.tx, new, self._since, self.as_of)
        self._called |= found
        self._first_called |= {class_id: min(called) for class_id, called in found.items() if called}

    def _fact(self, school_id: str, day: date, child_is_off: bool) -> DayFact:
        """The day as the calendar of the child's school has it: county ⊕ township ⊕ school."""
        off = child_is_off and self._desk.rules.children_day_off
        key = (school_id, day, off)
        if key not in self._facts:
            self._facts[key] = self._desk.calendar_of(school_id).fact(day, children_day_off=off)
        return self._facts[key]


@dataclass(frozen=True)
class MissingRoll:
    """A 上课日 of a class with pupils that nobody called."""

    class_id: str
    class_name: str
    day: date


def missing_rolls(desk: Desk, first: date, last: date) -> list[MissingRoll]:
    """Every class with pupils and every 上课日 from `first` to `last`, both included, without a roll call.

    Only a school calls the roll: elsewhere a class is but a name on a case, and nothing is missing. A class is asked
    for on the days on which it had pupils whose whereabouts are known. Raises UserError if `last` lies before `first`
    or the span is too long to look at in one go.
    """
    refuse_long(first, last)
    if (last - first).days > LOOKED_AT:
        raise UserError(f"一次最多看{LOOKED_AT}天的点名。请缩短起止日期。")
    if desk.unit.level != "学校":
        return []
    groups = {group.id: group for group in desk.tx.find(ClassGroup)}
    finished, names = finished_days(desk, groups.values()), class_names(desk, groups.values())
    place = {class_id: number for number, class_id in enumerate(names)}
    school_days = desk.calendar.school_days(first, min(last, desk.today))
    missing = []
    filled = _Filled(desk) if missed_on(desk.tx, desk.today, desk.today) else None
    for (class_id, day), halves in queries.not_called_whole(desk.tx, groups.keys(), school_days).items():
        off = desk.rules.children_day_off and has_children_day_off(day, None, groups[class_id].stage)
        weight = desk.calendar.weight(day, children_day_off=off)
        asked = weight and not is_called(halves, weight) and day < finished[class_id]
        if asked and (filled is None or filled.on(class_id, day)):
            missing.append(MissingRoll(class_id, names[class_id], day))
    return sorted(missing, key=lambda row: (row.day, place[row.class_id]))


class _Filled:
    """Whether a class had pupils to call on a day, by the spans of its enrolments."""

    def __init__(self, desk: Desk) -> None:
        self._spans: dict[str, set[tuple[date, date | None]]] = defaultdict(set)
        for class_id, first, last in spans_of_classes(desk.tx, desk.today):
            self._spans[class_id].add((first, last))

    def on(self, class_id: str, day: date) -> bool:
        return any(first <= day and (last is None or day <= last) for first, last in self._spans[class_id])


def is_called(sessions: set[str], weight: float) -> bool:
    """Whether a day of `weight` 上课日 was called whole: once, or both halves; half a day of school by either."""
    return "全天" in sessions or {"上午", "下午"} <= sessions or (weight < 1 and bool(sessions))


def over(states: list[DayState], today: date) -> list[DayState]:
    """The states without today, if it was not called yet: that day is not over."""
    pending = states and states[-1].day == today and states[-1].kind == "未记录"
    return states[:-1] if pending else states


def classes_with_pupils(desk: Desk, day: date | None = None) -> list[tuple[str, str, str]]:
    """(id, name today, stage) of every class that has children on `day` (today if not said), in the order of grades.

    A class past its last grade is asked for no roll and left out.
    """
    day = day or desk.today
    groups = {group.id: group for group in desk.tx.find(ClassGroup)}
    finished = finished_days(desk, groups.values())
    wanted = {one for one in classes_with_pupils_on(desk.tx, day) if finished[one] > day}
    names = class_names(desk, groups.values())
    return [(one, name, groups[one].stage) for one, name in names.items() if one in wanted]


def last_days(states: Iterable[DayState], count: int = 5) -> list[DayState]:
    """The newest `count` 上课日 of a child, oldest first: the strip beside its name."""
    return list(states)[-count:]
