"""试算 and the steps of a rule set, for people who ask what it would do; both need no data of an office."""

from dataclasses import dataclass
from datetime import date

from app.domain.calendar import SchoolCalendar
from app.domain.ladder.rows import Step
from app.domain.ladder.strip import StripDay, trial_days
from app.domain.ladder.trial import TrialRow, Tried, trial
from app.domain.records import Contact
from app.domain.rules import RuleSet
from app.domain.vocabulary import BY_PHONE, CALL_OUTCOMES, OUTCOMES, choice
from app.errors import UserError
from app.reference.national_days import national_table
from app.reference.rule_sets import load_rule_set
from app.service.office.desk import RULES
from app.settings import DataFolder

LONGEST = 800  # 自然日 a trial may reach


@dataclass(frozen=True)
class StepShown:
    """A step of the ladder of a rule set; `rule` is the key of the rule row with its number, '' where it has none."""

    key: str
    sources: tuple[str, ...]
    target: str
    needs: tuple[str, ...]
    rule: str
    document: str
    by: str


def show_steps(folder: DataFolder, rule_set: str) -> list[StepShown]:
    """The steps of a rule set in their order. Raises UserError as `show_rules` does."""
    rules = load_rule_set(rule_set, RULES, folder.rules)
    return [
        StepShown(
            step.key, step.sources, step.target, step.needs, _rule_of(rules, step), step.document, step.by
        )
        for step in rules.ladder.steps
    ]


def try_rules(
    folder: DataFolder, rule_set: str, tried: Tried, calendar: SchoolCalendar | None = None
) -> list[TrialRow]:
    """What a rule set asks for day by day, on `calendar`; without one on the national days and the usual terms.

    Raises UserError for days in the wrong order or too far apart, and as `show_rules` does.
    """
    _check(tried)
    rules = load_rule_set(rule_set, RULES, folder.rules)
    return trial(rules, calendar or SchoolCalendar(national_table(), (), {}), tried)


def try_days(
    folder: DataFolder, rule_set: str, tried: Tried, calendar: SchoolCalendar
) -> tuple[StripDay, ...]:
    """The same with every day between: what it was, and what is asked for from it on. Raises as `try_rules` does."""
    _check(tried)
    return trial_days(load_rule_set(rule_set, RULES, folder.rules), calendar, tried)


def tried_contact(day: date, outcome: str) -> Contact:
    """A visit or call of the school with that outcome. Raises UserError for a word that is none."""
    choice("联系结果", outcome, tuple(dict.fromkeys((*OUTCOMES, *CALL_OUTCOMES))))
    return Contact(
        id=f"{day}",
        student_id="",
        happened_on=day,
        entered_on=day,
        level="学校",
        method="家访" if outcome in OUTCOMES else BY_PHONE,
        outcome=outcome,
        by_whom="",
    )


def _check(tried: Tried) -> None:
    ends = [
        (tried.absent_from, tried.absent_to or tried.absent_from, "缺勤"),
        *((*leave, "请假") for leave in tried.leaves),
    ]
    for first, last, what in ends:
        if last < first:
            raise UserError(f"{what}的结束日期{last}早于开始日期{first}。请调换或改正。")
    days = [day for _, day, _ in ends] + [
        *tried.present,
        *tried.closed,
        *(one.happened_on for one in tried.contacts),
    ]
    if (max(days) - tried.absent_from).days > LONGEST:
        raise UserError(f"一次最多试算{LONGEST}天。请核对日期。")


def _rule_of(rules: RuleSet, step: Step) -> str:
    """A step names a rule row by its key, or by an act that the row does."""
    keys = [rule.key for rule in rules.rules]
    doing = [rule.key for rule in rules.rules if step.rule in rule.acts]
    return step.rule if step.rule in keys else next(iter(doing), "")
