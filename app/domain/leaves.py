"""Who must approve a leave of a given length (rule sets, act 请假审批)."""

from collections.abc import Iterable
from datetime import date

from app.domain.calendar import ONE_DAY, SchoolCalendar
from app.domain.records import Leave
from app.domain.rules import Rule, RuleSet

RANKS = ("班主任", "教务处", "副校长", "校长")


def required_approver(rules: RuleSet, school_days: float) -> tuple[str, Rule] | None:
    """The office that must approve a leave of `school_days` 上课日, and the rule; None if the rules say nothing.

    Where several rows are met (more than 2 days: 教务处; 5 or more: 校长) the highest office holds.
    """
    met = [rule for rule in rules.doing("请假审批") if rule.approver and rule.met(school_days)]
    if not met:
        return None
    rule = max(met, key=lambda one: rank(one.approver))
    return rule.approver, rule


def joined_span(
    leaves: Iterable[Leave], first: date, last: date, calendar: SchoolCalendar
) -> tuple[date, date]:
    """The stretch a leave from `first` to `last` makes with those it runs on from or into: between two of them lies no
    上课日. Three slips of two days are one leave of six (方案23 三（五） asks who approves by its length)."""
    spans = [(one.from_on, (one.ended_on - ONE_DAY) if one.ended_on else one.to_on) for one in leaves]
    grown = True
    while grown:
        grown = False
        for begin, end in list(spans):
            if not calendar.school_days(end + ONE_DAY, first - ONE_DAY) and begin <= first:
                first, grown = min(first, begin), True
            elif not calendar.school_days(last + ONE_DAY, begin - ONE_DAY) and end >= last:
                last, grown = max(last, end), True
            else:
                continue
            spans.remove((begin, end))
    return first, last


def may_approve(approver: str, required: str) -> bool:
    """Whether `approver` is the required office or one above it."""
    return approver == required or (rank(approver) >= rank(required) and rank(required) >= 0)


def rank(office: str) -> int:
    """The place of an office in a school, −1 for one we do not know."""
    if "校长助理" in office:
        return RANKS.index("教务处")
    if "副校长" in office:
        return RANKS.index("副校长")
    if "校长" in office:
        return RANKS.index("校长")
    if any(name in office for name in ("教务", "教导", "政教", "德育")):
        return RANKS.index("教务处")
    return RANKS.index("班主任") if "班主任" in office else -1
