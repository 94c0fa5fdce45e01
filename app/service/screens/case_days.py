"""Why a case stands where it does: the days of its absence, and what its rules asked for on which of them."""

from collections.abc import Sequence

from app.domain.attendance import Crossing, DayState
from app.domain.calendar import SchoolCalendar
from app.domain.episodes import read_history
from app.domain.ladder.acts import due_acts
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.strip import StripDay, strip_of
from app.domain.ladder.trial import earliest
from app.domain.membership import first_day_of_year
from app.domain.records import Student
from app.service.cases.facts import CaseReader
from app.service.cases.reading import known_case
from app.service.office.desk import Desk


def case_days(desk: Desk, case_id: str) -> tuple[StripDay, ...]:
    """From the first day of the absence until the child came back, the case was closed, or today. Raises UserError if
    the case is gone."""
    reader = CaseReader(desk)
    facts = reader.facts(known_case(desk, case_id))
    register = reader.register_since(first_day_of_year(facts.absent_from))
    student = desk.tx.get(Student, facts.case.student_id)
    calendar = register.calendar(student)
    every = register.states(student, facts.rules.half_day)
    states = [one for one in every if facts.absent_from <= one.day <= desk.today]
    acts = due_acts(
        facts.rules,
        _crossings(facts, states, calendar),
        facts.contacts,
        facts.marks,
        facts.calendar,
        returned_on=facts.back_on,
        letter_ends_on=facts.letter_ends_on,
        missed=facts.missed,
    )
    ends = [day for day in (facts.back_on, facts.closed and facts.closed.closed_on) if day]
    last = max(min(ends, default=desk.today), facts.absent_from)
    return strip_of(states, calendar, earliest(acts), facts.absent_from, last)


def _crossings(
    facts: CaseFacts, states: Sequence[DayState], calendar: SchoolCalendar
) -> tuple[Crossing, ...]:
    """The rules the absence of the case met, also where the child is back since or absent again."""
    episodes = read_history(states, facts.rules.absence_rules(), calendar).episodes
    own = (one for one in episodes if set(one.days) & set(facts.case.evidence))
    return next((one.crossings for one in own), facts.crossings)
