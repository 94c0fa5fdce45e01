"""Which act a rule set asks for on which day, for one child: the one place where numbers become work.

The ladder, 今日 and 试算 all read this list; none of them counts by itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.attendance import Crossing
from app.domain.calendar import ONE_DAY, SchoolCalendar
from app.domain.contacts import counted, counts
from app.domain.deadlines import add_months, deadline, roll_forward
from app.domain.records import Contact, Mark
from app.domain.rules import Act, Rule, RuleSet
from app.domain.vocabulary import REFUSED

AFTER_TALK = "动员后未返校"
REFUSED_OR_LOST = "拒不复学或联系不上"
SUSPECTED, DROPPED = "疑似辍学", "辍学"
ON_A_CHILD: tuple[Act, ...] = ("联系家长", "更新学籍", "开个案", "通知返校", "疑似辍学", "报告", "辍学")
"""The acts a rule asks for about one child, in the order of the ladder."""


@dataclass(frozen=True)
class DueAct:
    """An act asked for from `day` on, by `rule`, for the attention of `to` ('' where the rule names nobody)."""

    day: date
    rule: Rule
    act: Act
    to: str = ""


def due_acts(
    rules: RuleSet,
    crossings: Iterable[Crossing],
    contacts: Sequence[Contact],
    marks: Iterable[Mark],
    calendar: SchoolCalendar,
    *,
    returned_on: date | None = None,
    letter_ends_on: date | None = None,
    missed: Sequence[date] | None = None,
) -> list[DueAct]:
    """What `rules` ask for about a child, by day, then in the order of the ladder; one row an act and addressee.

    `crossings` are the absence rules its run met; a rule that wants the family contacted first waits for the first
    attempt, also one in vain (大田 附件4). Acts of a day after `returned_on` are left out: the child was back.
    `missed` are the 旷课 of the absence (None: no roll knows them): a deadline after a talk is over only when a
    上课日 is missed after it, as every count. Where the family is called by letter first, the report follows its last
    day, `letter_ends_on` (方案2).
    """
    crossings = tuple(crossings)
    found = [
        *_letters(rules, crossings, letter_ends_on),
        *_by_absence(crossings, contacts),
        *_after_talk(rules, crossings, contacts, calendar, missed),
        *_after_refusal(rules, crossings, contacts),
        *_of_marks(rules, marks, calendar),
    ]
    kept = (one for one in found if returned_on is None or one.day < returned_on)
    return sorted(dict.fromkeys(kept), key=lambda one: (one.day, ON_A_CHILD.index(one.act)))


def _letters(rules: RuleSet, crossings: Iterable[Crossing], ends_on: date | None) -> Iterator[DueAct]:
    """The letter that calls the family before anything is reported, from the day the case opens; and the report from
    the day after its last day. Without a letter nobody can say that day."""
    opened = _opened_on(crossings)
    for rule in rules.doing("通知返校"):
        if opened:
            yield DueAct(opened, rule, "通知返校")
        if opened and ends_on and "报告" in rule.acts:
            for to in addressees(rule, "报告"):
                yield DueAct(max(opened, ends_on + ONE_DAY), rule, "报告", to)


def _opened_on(crossings: Iterable[Crossing]) -> date | None:
    return min((met.day for met in crossings if "开个案" in met.rule.acts), default=None)


def _by_absence(crossings: Iterable[Crossing], contacts: Sequence[Contact]) -> Iterator[DueAct]:
    tried = min((one.happened_on for one in contacts), default=None)
    for met in crossings:
        for act in met.rule.acts:
            if act not in ON_A_CHILD:
                continue
            waits = act == "报告" and met.rule.after_contact
            if waits and tried is None:
                continue
            day = max(met.day, tried) if waits and tried else met.day
            for to in addressees(met.rule, act):
                yield DueAct(day, met.rule, act, to)


def _after_talk(
    rules: RuleSet,
    crossings: Iterable[Crossing],
    contacts: Sequence[Contact],
    calendar: SchoolCalendar,
    missed: Sequence[date] | None,
) -> Iterator[DueAct]:
    """The first day a rule that counts from the first talk allows its acts, if the child misses school then. Before
    the day the case opens there is nothing to report on."""
    first, opened = first_talk(contacts), _opened_on(crossings)
    for rule in rules.rules:
        if rule.event != AFTER_TALK or first is None:
            continue
        day = first_missed(talk_over_on(rule, first, calendar), missed)
        for act in rule.acts:
            if day and act in ON_A_CHILD:
                for to in addressees(rule, act):
                    yield DueAct(max(day, opened or day), rule, act, to)


def talk_over_on(rule: Rule, talk: Contact, calendar: SchoolCalendar) -> date:
    """The day a deadline after the first talk allows what follows: the next 工作日 where it has to be over, its last
    day where it need only be reached."""
    last = deadline(talk.happened_on, rule.number, rule.unit, calendar).day
    return roll_forward(last + ONE_DAY, calendar.national) if rule.op == ">" else last


def first_missed(day: date, missed: Sequence[date] | None) -> date | None:
    """The first 旷课 from `day` on: neither holidays nor leave are a child that stays away. `day` without rolls."""
    return day if missed is None else next((one for one in missed if one >= day), None)


def _after_refusal(
    rules: RuleSet, crossings: Iterable[Crossing], contacts: Sequence[Contact]
) -> Iterator[DueAct]:
    """A family that refuses, or cannot be found, once the absence is a case (方案24 三（五）)."""
    opened = _opened_on(crossings)
    tried = [one.happened_on for one in contacts if one.outcome == REFUSED or not counts(one)]
    for rule in rules.rules:
        if rule.event != REFUSED_OR_LOST or opened is None or not tried:
            continue
        for act in rule.acts:
            for to in addressees(rule, act):
                yield DueAct(max(opened, min(tried)), rule, act, to)


def first_talk(contacts: Iterable[Contact]) -> Contact | None:
    """The first visit or call of the school, or of the village for it, that met somebody: 动员 counts from it."""
    return next((one for one in counted(contacts) if one.level in {"学校", "村"}), None)


def _of_marks(rules: RuleSet, marks: Iterable[Mark], calendar: SchoolCalendar) -> Iterator[DueAct]:
    """What a mark of the 学籍 system becomes with time: an axis beside the stage (方案24 三（二））."""
    for mark in marks:
        if mark.kind != SUSPECTED or mark.cleared_on:
            continue
        for rule in rules.doing("辍学"):
            if rule.start != "疑似辍学标注":
                continue
            last = _mark_deadline(mark.set_on, rule, calendar)
            yield DueAct(last + ONE_DAY if rule.op == ">" else last, rule, "辍学")


def _mark_deadline(set_on: date, rule: Rule, calendar: SchoolCalendar) -> date:
    """The last day of a deadline the 学籍系统 counts by itself: it does not wait for a working day."""
    if rule.unit == "月":
        return add_months(set_on, round(rule.number))
    return deadline(set_on, rule.number, rule.unit, calendar).day


def addressees(rule: Rule, act: Act) -> tuple[str, ...]:
    """Whom an act goes to, one by one: 乡镇、教育局 are two. Only a report has addressees, and 更新学籍 who does it."""
    if act not in {"报告", "更新学籍"} or not rule.addressee:
        return ("",)
    return tuple(rule.addressee.split("、"))
