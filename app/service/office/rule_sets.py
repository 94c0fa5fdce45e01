"""Rule sets in words: the list, one whole with its sources, and a county's own copy."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from app.domain.rules import Rule, RuleSet
from app.domain.words import plain
from app.reference.rule_sets import broken_rule_sets, copy_rule_set, load_rule_set, load_rule_sets
from app.service.office.desk import RULES
from app.settings import DataFolder

GROUPS = ("县", "省", "国家", "方案范例")
"""Whose document a rule set is, the nearest first; samples of plans come last."""


def group_of(rule_set: str, name: str) -> str:
    """Which of GROUPS a rule set belongs to; what an office wrote itself is its county's."""
    if rule_set.startswith("plan-"):
        return "方案范例"
    if name.startswith(("国家", "通用")):
        return "国家"
    return "省" if name.partition("（")[0].endswith(("省", "自治区")) else "县"


@dataclass(frozen=True)
class ListedRules:
    """A rule set that can be used: a shipped one or the county's own."""

    id: str
    name: str
    source: str
    in_force: bool


@dataclass(frozen=True)
class RuleWords:
    """One rule in words, with its numbers as the county wrote them and where it is written."""

    words: str
    event: str
    start: str
    op: str
    number: int | float
    unit: str
    effect: str
    document: str
    addressee: str
    source: str
    inherited_from: str


@dataclass(frozen=True)
class RulesShown:
    """One rule set whole: where it comes from, since when, how it counts half days, and each of its rules."""

    id: str
    name: str
    source: str
    in_force: bool
    in_force_from: date
    in_force_to: date | None
    half_day: str
    rules: tuple[RuleWords, ...]


@dataclass(frozen=True)
class RulesCopied:
    """A county's new copy of a rule set and the file it is changed in."""

    id: str
    file: Path


def list_rules(folder: DataFolder, today: date) -> tuple[ListedRules, ...]:
    """Every rule set that can be used, shipped or the county's own, by id."""
    return tuple(listed(one, today) for one in load_rule_sets(RULES, folder.rules).values())


def listed(rules: RuleSet, today: date) -> ListedRules:
    """A rule set at hand as `list_rules` lists it."""
    return ListedRules(rules.id, rules.name, rules.source, rules.in_force(today))


def broken_rules(folder: DataFolder) -> tuple[str, ...]:
    """One sentence for each rule file that cannot be used: its name, the line, what to do. Empty when all is well."""
    return tuple(dict.fromkeys(broken_rule_sets(RULES, folder.rules).values()))


def show_rules(folder: DataFolder, rule_set: str, today: date) -> RulesShown:
    """One rule set: where it comes from, since when, and each rule in words with its numbers and source.

    Raises UserError for an id there is none of, or a file that cannot be used.
    """
    return in_words(load_rule_set(rule_set, RULES, folder.rules), today)


def in_words(rules: RuleSet, today: date) -> RulesShown:
    """`show_rules` of a rule set at hand."""
    return RulesShown(
        id=rules.id,
        name=rules.name,
        source=rules.source,
        in_force=rules.in_force(today),
        in_force_from=rules.in_force_from,
        in_force_to=rules.in_force_to,
        half_day=rules.half_day,
        rules=tuple(_row(rule) for rule in rules.rules),
    )


def free_id(folder: DataFolder) -> str:
    """An id for the county's next copy, own-1, own-2 …, that no file has, mistyped ones included."""
    taken = {path.stem for path in folder.rules.glob("*")}
    return next(f"own-{number}" for number in count(1) if f"own-{number}" not in taken)


def copy_rules(folder: DataFolder, source_id: str, new_id: str, name: str) -> RulesCopied:
    """Copy a rule set into the data folder for the county to change. Raises UserError as `copy_rule_set` does."""
    return RulesCopied(new_id, copy_rule_set(source_id, new_id, name, RULES, folder.rules))


def _row(rule: Rule) -> RuleWords:
    return RuleWords(
        words=rule.words(),
        event=rule.event,
        start=rule.start,
        op=rule.op,
        number=plain(rule.number),
        unit=rule.unit,
        effect=rule.effect,
        document=rule.document,
        addressee=rule.addressee,
        source="；".join(one for one in (rule.where, rule.quote) if one),
        inherited_from=rule.inherited_from,
    )
