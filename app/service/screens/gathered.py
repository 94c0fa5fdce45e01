"""What rail, 今日 and 个案 show alike, gathered once for one reading of the window."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from app.domain.attendance import Streak
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.next_action import NextAction, next_action
from app.domain.ladder.walk import is_open, stage_of
from app.domain.membership import first_day_of_year
from app.domain.records import RosterLead, Student
from app.service.cases.child_words import ChildWords
from app.service.cases.facts import CaseReader
from app.service.office.desk import Desk
from app.service.rolls.register import MissingRoll, Register, classes_with_pupils, missing_rolls
from app.service.screens.hints import OftenMissed, children_often_missed
from app.store.queries.cases import children_with_cases
from app.store.queries.children import open_leads
from app.store.queries.rolls import children_perhaps_in_a_run

SWEEP = timedelta(days=90)  # 自然日: longer than any vacation a run of absence may reach across
AT_A_TIME = 100  # children read between two looks at whether the reading is still wanted


class Superseded(Exception):
    """The reading was given up half way, because somebody waits to write; it is to be asked for again."""


Wanted = Callable[[], bool]
"""Whether a reading is still to go on."""


def always() -> bool:
    """Who waits for the answer wants it whatever happens."""
    return True


@dataclass(frozen=True)
class SeenCase:
    """A case as it stands today: its stage and the one thing to do next, worked out once for all who show it."""

    facts: CaseFacts
    stage: str
    step: NextAction | None

    @cached_property
    def open(self) -> bool:
        """Whether it still needs work."""
        return is_open(self.facts, self.stage)


class Gathered:
    """Each part is read when it is first asked for, and then kept. Raises Superseded once it is no longer `wanted`."""

    def __init__(self, desk: Desk, wanted: Wanted = always) -> None:
        self.desk = desk
        self._wanted = wanted
        self._reader = CaseReader(desk)

    @cached_property
    def cases(self) -> tuple[SeenCase, ...]:
        """Every case, by the day it was opened and its number."""
        children = children_with_cases(self.desk.tx)
        found: list[CaseFacts] = []
        for place in range(0, len(children), AT_A_TIME):
            self.go_on()
            found += self._reader.every(student_ids=children[place : place + AT_A_TIME])
        found.sort(key=lambda one: (one.case.opened_on, one.case.year, one.case.seq, one.case.id))
        return tuple(self._seen(facts) for facts in found)

    @cached_property
    def open_cases(self) -> tuple[SeenCase, ...]:
        """Those that still need work."""
        return tuple(one for one in self.cases if one.open)

    @cached_property
    def births(self) -> dict[str, date | None]:
        """The children with an open case, and when they were born."""
        ids = tuple(one.facts.case.student_id for one in self.open_cases)
        return {one.id: one.birth for one in self.desk.tx.find(Student, id=ids, withdrawn=True)}

    @cached_property
    def runs(self) -> tuple[tuple[Student, Streak], ...]:
        """The children on the roll today without an open case that are in a run of 旷课 now, by name."""
        in_case = {one.facts.case.student_id for one in self.open_cases}
        runs = [(child, self.register.streak(child, self.desk.rules.half_day)) for child in self._suspects]
        return tuple(
            (child, run)
            for child, run in runs
            if run.dates and child.id not in in_case and self.register.is_member(child, self.desk.today)
        )

    @cached_property
    def often_missed(self) -> dict[str, OftenMissed]:
        """Child without an open case → what a hint of ours says of its last 10 上课日."""
        in_case = {one.facts.case.student_id for one in self.open_cases}
        return children_often_missed(self.desk, in_case)

    @cached_property
    def register(self) -> Register:
        """The register as of today; the children that may be in a run were read in one go."""
        return Register(self.desk, self.desk.today, [one.id for one in self._suspects])

    @cached_property
    def _suspects(self) -> tuple[Student, ...]:
        today = self.desk.today
        return tuple(children_perhaps_in_a_run(self.desk.tx, today - SWEEP, today))

    @cached_property
    def leads(self) -> tuple[RosterLead, ...]:
        """The children no longer in a new roster whose whereabouts are not settled."""
        return tuple(open_leads(self.desk.tx, self.desk.today))

    @cached_property
    def missing(self) -> tuple[MissingRoll, ...]:
        """The rolls not called in this school year, today included: a day nobody called stays a task until it is."""
        return tuple(missing_rolls(self.desk, first_day_of_year(self.desk.today), self.desk.today))

    @cached_property
    def missing_today(self) -> int:
        """How many classes were not called today."""
        return sum(one.day == self.desk.today for one in self.missing)

    @cached_property
    def classes(self) -> tuple[tuple[str, str, str], ...]:
        """(id, name, stage) of every class with pupils, in the order of grades."""
        return tuple(classes_with_pupils(self.desk))

    @cached_property
    def words(self) -> ChildWords:
        """How the children of all these are named."""
        of_cases = {one.facts.case.student_id for one in self.cases}
        of_rolls = {child.id for child, _ in self.runs} | self.often_missed.keys()
        return ChildWords(self.desk, of_cases | of_rolls | {lead.student_id for lead in self.leads})

    def go_on(self) -> None:
        """Raise Superseded if nobody waits for this reading any more."""
        if not self._wanted():
            raise Superseded

    def _seen(self, facts: CaseFacts) -> SeenCase:
        stage = stage_of(facts)
        return SeenCase(facts, stage, next_action(facts, stage))
