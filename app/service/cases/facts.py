"""Gathering what is known of a case for the ladder, which then computes its stage and next action."""

from datetime import date

from app.domain.attendance import Crossing, DayState, Streak, crossing, streak, unexcused_until
from app.domain.case_ladder import CaseFacts
from app.domain.records import CaseFile, Contact, RuleText, Student
from app.domain.rules import RuleSet, thaw_rules
from app.service.office.desk import Desk
from app.service.rolls.register import Register
from app.store.queries.papers import valid_papers_on


class CaseReader:
    """Builds `CaseFacts`, keeping the register and the frozen rule sets between the cases of one call."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.register = Register(desk, desk.today)
        self._rules: dict[str, RuleSet] = {}
        self._unit_level = desk.unit.level

    def rules(self, rule_text_id: str) -> RuleSet:
        """The rule set a case was opened under."""
        if rule_text_id not in self._rules:
            self._rules[rule_text_id] = thaw_rules(self.desk.tx.get(RuleText, rule_text_id).text)
        return self._rules[rule_text_id]

    def facts(self, case: CaseFile) -> CaseFacts:
        """All facts of a case as of the desk's day."""
        tx = self.desk.tx
        rules = self.rules(case.rule_text_id)
        states = self.register.states(tx.get(Student, case.student_id), rules.half_day)
        run = streak(states, self.desk.today)
        followers = tx.find(CaseFile, "previous_case_id = ?", [case.id])
        return CaseFacts(
            case=case,
            rules=rules,
            calendar=self.desk.calendar,
            contacts=tuple(tx.find(Contact, "case_id = ?", [case.id], order="happened_on, entered_on, id")),
            documents=tuple(valid_papers_on(tx, self.desk.today, case_id=case.id)),
            run=run,
            crossings=crossings(self.desk, rules, run),
            evidence_holds=self._evidence_holds(case, rules, states),
            returned_on=_returned_on(case, states),
            followed_by=followers[0].id if followers else "",
            unit_level=self._unit_level,
        )

    def of_student(self, student_id: str) -> list[CaseFacts]:
        """The facts of a child's cases, oldest first."""
        cases = self.desk.tx.find(CaseFile, "student_id = ?", [student_id], order="opened_on, year, seq")
        return [self.facts(case) for case in cases]

    def _evidence_holds(self, case: CaseFile, rules: RuleSet, states: list[DayState]) -> bool:
        """Whether the frozen evidence still meets the rule that opened the case, leave granted later included.

        A case opened by hand stands on a person's word and is not undone by the register.
        """
        if not case.rule_key:
            return True
        last = case.evidence[-1]
        run = streak([state for state in states if state.day <= last], last)
        rule = next(rule for rule in rules.rules if rule.key == case.rule_key)
        met = crossing(rule, run, case.opened_on, self.desk.national)
        return met is not None and case.evidence[0] in run.dates


def crossings(desk: Desk, rules: RuleSet, run: Streak) -> tuple[Crossing, ...]:
    """The absence rules of `rules` that the child's current run has met, the earliest first."""
    if not run.dates:
        return ()
    until = unexcused_until(run, desk.today, desk.calendar.next_school_day(run.dates[-1]))
    met = (crossing(rule, run, until, desk.national) for rule in rules.absence_rules())
    return tuple(sorted((one for one in met if one), key=lambda one: one.day))


def _returned_on(case: CaseFile, states: list[DayState]) -> date | None:
    """The first 上课日 in school after the evidence; for a case without evidence, after it was opened."""
    away = case.evidence[-1] if case.evidence else max(case.opened_on, case.absent_since or case.opened_on)
    return next((state.day for state in states if state.day > away and state.mark == "在校"), None)
