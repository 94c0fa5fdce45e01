"""Rule sets in words: the list, one whole with its sources, and a county's own copy."""

from datetime import date
from itertools import count

from app.domain.rules import Rule, RuleSet
from app.domain.words import plain
from app.reference.rule_sets import broken_rule_sets, copy_rule_set, load_rule_set, load_rule_sets
from app.service.office.desk import JSON, RULES
from app.settings import DataFolder


def list_rules(folder: DataFolder, today: date) -> list[JSON]:
    """[{id, name, source, in_force}] of every rule set that can be used, shipped or the county's own."""
    return [
        {"id": one.id, "name": one.name, "source": one.source, "in_force": one.in_force(today)}
        for one in load_rule_sets(RULES, folder.rules).values()
    ]


def broken_rules(folder: DataFolder) -> list[str]:
    """One sentence for each rule file that cannot be used: its name, the line, what to do. Empty when all is well."""
    return list(dict.fromkeys(broken_rule_sets(RULES, folder.rules).values()))


def show_rules(folder: DataFolder, rule_set: str, today: date) -> JSON:
    """One rule set: where it comes from, since when, and each rule in words with its numbers and source."""
    return in_words(load_rule_set(rule_set, RULES, folder.rules), today)


def in_words(rules: RuleSet, today: date) -> JSON:
    """`show_rules` of a rule set at hand."""
    return {
        "id": rules.id,
        "name": rules.name,
        "source": rules.source,
        "in_force": rules.in_force(today),
        "in_force_from": rules.in_force_from,
        "in_force_to": rules.in_force_to,
        "half_day": rules.half_day,
        "rules": [_row(rule) for rule in rules.rules],
    }


def free_id(folder: DataFolder) -> str:
    """An id for the county's next copy, own-1, own-2 …, that no file has, mistyped ones included."""
    taken = {path.stem for path in folder.rules.glob("*")}
    return next(f"own-{number}" for number in count(1) if f"own-{number}" not in taken)


def copy_rules(folder: DataFolder, source_id: str, new_id: str, name: str) -> JSON:
    """Copy a rule set into the data folder for the county to change. Returns {id, file}."""
    path = copy_rule_set(source_id, new_id, name, RULES, folder.rules)
    return {"id": new_id, "file": str(path)}


def _row(rule: Rule) -> JSON:
    return {
        "words": rule.words(),
        "event": rule.event,
        "start": rule.start,
        "op": rule.op,
        "number": plain(rule.number),
        "unit": rule.unit,
        "effect": rule.effect,
        "document": rule.document,
        "addressee": rule.addressee,
        "source": "；".join(one for one in (rule.where, rule.quote) if one),
        "inherited_from": rule.inherited_from,
    }
