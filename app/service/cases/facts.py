"""Gathering what is known of cases for the ladder, which then computes their stage and next action."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from app.domain.attendance import Crossing, DayState, Streak, crossing, run_of, streak
from app.domain.calendar import SchoolCalendar
from app.domain.case_standings import KeptCase, Printed, Standing, seen_on, standings
from app.domain.episodes import History, read_history
from app.domain.ladder.facts import CaseFacts
from app.domain.membership import GRADUATED, first_day_of_year, last_enrolment, left_on
from app.domain.records import (
    AttendanceStatement,
    CaseFile,
    ClassGroup,
    Closure,
    Contact,
    Enrolment,
    IssuedDocument,
    Mark,
    RuleText,
    Student,
)
from app.domain.rules import RuleSet, thaw_rules
from app.domain.vocabulary import RELAPSE, UNDONE
from app.service.office.desk import Desk
from app.service.rolls.register import Register
from app.store.queries import cases as queries
from app.store.queries.case_ends import CaseEnds, case_ends, marks_by_child
from app.store.queries.children import children_with_an_end, enrolments_of
from app.store.queries.papers import valid_papers_on
from app.store.queries.same_child import Joined

NO_HISTORY = History((), ())


@dataclass(frozen=True)
class _Child:
    """What the cases of one child are judged by."""

    student: Student
    cases: tuple[CaseFile, ...]
    contacts: tuple[Contact, ...]
    papers: dict[str, tuple[IssuedDocument, ...]]
    marks: tuple[Mark, ...]
    left: tuple[str, date] | None
    ends: CaseEnds
    statements: dict[str, AttendanceStatement]

    @cached_property
    def first_day(self) -> date:
        """1 September of the school year in which the first of the cases, of which there are some, began."""
        days = (
            min(day for day in (one.absent_since, one.opened_on, *one.evidence) if day) for one in self.cases
        )
        return first_day_of_year(min(days))


class CaseReader:
    """Builds `CaseFacts` as of the desk's day. What children and cases share is read once, for all of them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.horizon = max(desk.today, queries.newest_roll(desk.tx) or desk.today)
        self._rules: dict[str, RuleSet] = {}
        self._unit_level = desk.unit.level
        self._found: dict[str, list[CaseFacts]] = {}
        self._joined = Joined(desk.tx)
        self._registers: dict[date, Register] = {}

    @cached_property
    def register(self) -> Register:
        """The register as of the desk's day, for runs of children without a case."""
        return Register(self.desk, self.desk.today)

    def register_since(self, first: date) -> Register:
        """The register from `first` up to the newest day known: children whose cases begin in one school year share
        the days and the rolls of their classes."""
        if first not in self._registers:
            self._registers[first] = Register(self.desk, self.horizon, since=first)
        return self._registers[first]

    def rules(self, rule_text_id: str) -> RuleSet:
        """The rule set a case was opened under."""
        if rule_text_id not in self._rules:
            self._rules[rule_text_id] = thaw_rules(
                self.desk.tx.get(RuleText, rule_text_id).text, self.desk.general
            )
        return self._rules[rule_text_id]

    def every(self, *, student_ids: Iterable[str] | None = None) -> list[CaseFacts]:
        """The cases of those children, or all there are, by the day they were opened and their number."""
        wanted = None if student_ids is None else self._joined.all(student_ids)
        children = set(queries.children_with_cases(self.desk.tx, wanted))
        self._read(children)
        found = [facts for child in children for facts in self._found[child]]
        return sorted(found, key=lambda one: (one.case.opened_on, one.case.year, one.case.seq, one.case.id))

    def facts(self, case: CaseFile) -> CaseFacts:
        """All facts of a case, also of one that on the desk's day was not opened yet."""
        child = self._joined.of(case.student_id)
        self._read({child})
        found = next((one for one in self._found[child] if one.case.id == case.id), None)
        return found or self._facts_of_child(self._children({child})[0], case.id)[0]

    def of_student(self, student_id: str) -> list[CaseFacts]:
        """The facts of a child's cases, oldest first."""
        child = self._joined.of(student_id)
        self._read({child})
        return self._found[child]

    def kept_cases(self, student_ids: Iterable[str]) -> dict[str, list[KeptCase]]:
        """Child → its cases as `standings` takes them, each with its days as its own rules read them. Each is named by
        the record that stands for it."""
        children = self._children({self._joined.of(one) for one in student_ids})
        self._read_registers(children)
        return {
            child.student.id: self._kept(child, _States(self, child)) if child.cases else []
            for child in children
        }

    def _kept(self, child: _Child, states: "_States") -> list[KeptCase]:
        return [
            KeptCase(
                case,
                states.history(case),
                self._printed(child, case),
                states.was_called(case),
                child.statements.get(case.id),
            )
            for case in child.cases
        ]

    def _read(self, student_ids: set[str]) -> None:
        children = self._children(student_ids - self._found.keys())
        self._read_registers(children)
        for child in children:
            self._found[child.student.id] = self._facts_of_child(child)

    def _read_registers(self, children: Iterable[_Child]) -> None:
        """Read the rolls and 学籍标注 of many children in one go."""
        sharing: dict[date, set[str]] = defaultdict(set)
        for child in children:
            if child.cases:
                sharing[child.first_day].add(child.student.id)
        for first, ids in sharing.items():
            self.register_since(first).read(ids)

    def _children(self, student_ids: set[str]) -> list[_Child]:
        """Those children, each by the record that stands for it, with what hangs on all of its records."""
        tx, of = self.desk.tx, self._joined.of
        records = self._joined.all(student_ids)
        cases, contacts = defaultdict(list), defaultdict(list)
        for case in queries.cases_of(tx, records):
            child = of(case.student_id)
            cases[child].append(case if case.student_id == child else replace(case, student_id=child))
        for contact in queries.contacts_of(tx, records, until=self.desk.today):
            contacts[of(contact.student_id)].append(contact)
        papers: dict[str, dict[str, tuple[IssuedDocument, ...]]] = defaultdict(dict)
        for paper in valid_papers_on(tx, self.desk.today, student_id=records):
            own = papers[of(paper.student_id)]
            own[paper.case_id] = (*own.get(paper.case_id, ()), paper)
        ids = {case.id for own in cases.values() for case in own}
        ends = case_ends(tx, ids, self.desk.today)
        marks = marks_by_child(tx, records, self.desk.today)
        left = self._left(records)
        statements = queries.newest_statements(tx, ids, self.desk.today)
        return [
            _Child(
                one,
                tuple(cases[one.id]),
                tuple(contacts[one.id]),
                papers[one.id],
                marks.get(one.id, ()),
                left.get(one.id),
                ends,
                statements,
            )
            for one in tx.find(Student, id=tuple(student_ids), withdrawn=True)
        ]

    def _left(self, records: Collection[str]) -> dict[str, tuple[str, date]]:
        """How and when the children that belong to no school now left theirs; who goes on to 初中 did not leave."""
        rows: dict[str, list[Enrolment]] = defaultdict(list)
        for row in enrolments_of(self.desk.tx, self._joined.all(children_with_an_end(self.desk.tx, records))):
            rows[self._joined.of(row.student_id)].append(row)
        found = {}
        for child, own in rows.items():
            last = last_enrolment(own, self.desk.today)
            if last is None or (day := left_on(last)) is None or day > self.desk.today:
                continue
            if last.ended != GRADUATED or self._stage(last.class_id) == "初中":
                found[child] = (last.ended, day)
        return found

    def _stage(self, class_id: str) -> str:
        return self.desk.tx.get(ClassGroup, class_id).stage if class_id else ""

    def _facts_of_child(self, child: _Child, only: str = "") -> list[CaseFacts]:
        if not child.cases:
            return []
        states = _States(self, child)
        kept = self._kept(child, states)
        every = standings(NO_HISTORY, kept)
        seen = every if only else seen_on(every, self.desk.today)
        by_id = {case.id: case for case in child.cases}
        return [
            self._one(child, states, by_id[standing.case_id], standing, every)
            for standing in seen
            if standing.case_id and only in {"", standing.case_id}
        ]

    def _one(
        self, child: _Child, states: "_States", case: CaseFile, standing: Standing, every: Sequence[Standing]
    ) -> CaseFacts:
        rules = self.rules(case.rule_text_id)
        seen = states.until(rules.half_day, self.desk.today)
        run = streak(_of_absence(case, seen), self.desk.today)
        days = set(standing.episode.days) if standing.episode else set()
        return CaseFacts(
            case=_as_it_stands(case, standing),
            as_of=self.desk.today,
            rules=rules,
            calendar=self.desk.calendar,
            contacts=_contacts_of(child.contacts, standing, every),
            documents=child.papers.get(case.id, ()),
            told=child.ends.told.get(case.id, ()),
            observations=child.ends.observations.get(case.id, ()),
            closures=_meant(child.ends.closures.get(case.id, ())),
            forced=child.ends.forced.get(case.id, ()),
            marks=child.marks,
            left=child.left,
            leads=case.lead_unit_id in {"", self.desk.unit.id},
            run=run,
            away=run_of([state for state in seen if state.day in days], ()) if days else run,
            crossings=standing.episode.crossings
            if standing.episode
            else crossings(rules, run, states.calendar),
            annulled_why=standing.annulled_why,
            gained=standing.gained,
            lost=standing.lost,
            states=_known(seen, standing),
            returned_on=standing.returned_on,
            followed_by=standing.followed_by,
            unit_level=self._unit_level,
        )

    def _printed(self, child: _Child, case: CaseFile) -> Printed | None:
        """What the first paper that stands says of the evidence: the days the register knew when it went out."""
        said = next((one for one in child.papers.get(case.id, ()) if one.evidence), None)
        if said is None:
            return None
        return Printed(said.case_opened_on or case.opened_on, said.evidence)


class _States:
    """The days of one child, up to the newest day known, read once for each way to count half a day."""

    def __init__(self, reader: CaseReader, child: _Child) -> None:
        self._reader = reader
        self._student = child.student
        self._register = reader.register_since(child.first_day)
        self.calendar = self._register.calendar(child.student)
        self._states: dict[str, list[DayState]] = {}
        self._histories: dict[str, History] = {}

    def of(self, half_day: str) -> list[DayState]:
        if half_day not in self._states:
            self._states[half_day] = self._register.states(self._student, half_day)
        return self._states[half_day]

    def until(self, half_day: str, day: date) -> list[DayState]:
        states = self.of(half_day)
        if not states or states[-1].day <= day:
            return states
        return [state for state in states if state.day <= day]

    def was_called(self, case: CaseFile) -> bool:
        """Whether rolls of the days a case stands on were ever called here."""
        return self._register.was_called(
            self._student, case.evidence or (case.absent_since or case.opened_on,)
        )

    def history(self, case: CaseFile) -> History:
        if case.rule_text_id not in self._histories:
            rules = self._reader.rules(case.rule_text_id)
            self._histories[case.rule_text_id] = read_history(
                self.of(rules.half_day), rules.absence_rules(), self.calendar
            )
        return self._histories[case.rule_text_id]


def _of_absence(case: CaseFile, states: list[DayState]) -> list[DayState]:
    """The days of the absence a case is about: after a return that was told, its days are not those before it."""
    if case.trigger != RELAPSE or case.absent_since is None:
        return states
    return [state for state in states if state.day >= case.absent_since]


def _known(seen: Sequence[DayState], standing: Standing) -> tuple[DayState, ...]:
    """The days since the absence began, as the rolls have them; none where no roll bore or annulled the case."""
    if standing.episode is None and set(standing.annulled_why) <= {"学校说明"}:
        return ()
    first = min((_began(standing), *(standing.episode.days if standing.episode else ())))
    return tuple(seen[bisect_left(seen, first, key=lambda state: state.day) :])


def _meant(closures: Iterable[Closure]) -> tuple[Closure, ...]:
    """Without those that Ctrl+Z took back: they were never meant, and no case was taken up again."""
    return tuple(one for one in closures if not one.withdrawn_on or one.withdrawn_reason != UNDONE)


def _as_it_stands(case: CaseFile, standing: Standing) -> CaseFile:
    now = (
        standing.opened_on,
        standing.absent_since,
        standing.evidence,
        standing.rule_key,
        standing.previous,
    )
    if now == (case.opened_on, case.absent_since, case.evidence, case.rule_key, case.previous_case_id):
        return case
    opened_on, absent_since, evidence, rule_key, previous = now
    return replace(
        case,
        opened_on=opened_on,
        absent_since=absent_since,
        evidence=evidence,
        rule_key=rule_key,
        previous_case_id=previous,
    )


def _contacts_of(
    contacts: Iterable[Contact], standing: Standing, every: Sequence[Standing]
) -> tuple[Contact, ...]:
    """The visits and calls of a case: those made on it, and those made for the child since this absence began.

    A call before there was a case, or on one that is annulled by now, belongs to the case whose absence it was about.
    """
    standing_ids = {one.case_id for one in every if one.stands}
    own = []
    for contact in contacts:
        if contact.case_id == standing.case_id or (
            contact.case_id not in standing_ids
            and standing.stands
            and _about(contact.happened_on, every) == standing.case_id
        ):
            own.append(contact)
    return tuple(own)


def _about(day: date, every: Sequence[Standing]) -> str | None:
    """The case whose absence had begun by `day`: the newest of them."""
    begun = [one for one in every if one.stands and (_began(one) <= day)]
    return begun[-1].case_id if begun else None


def _began(standing: Standing) -> date:
    return min(day for day in (standing.absent_since, standing.opened_on, *standing.evidence) if day)


def crossings(rules: RuleSet, run: Streak, calendar: SchoolCalendar) -> tuple[Crossing, ...]:
    """The absence rules of `rules` that the child's current run has met, the earliest first."""
    met = (crossing(rule, run, calendar) for rule in rules.absence_rules())
    return tuple(sorted((one for one in met if one), key=lambda one: one.day))
