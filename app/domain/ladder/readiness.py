"""Whether a step may be taken today, since when it is asked for, and the sentence why not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.calendar import ONE_DAY
from app.domain.contacts import counted
from app.domain.dates import day_words
from app.domain.deadlines import add_months, deadline
from app.domain.ladder.acts import AFTER_TALK, DueAct, due_acts, first_talk
from app.domain.ladder.facts import LETTER, NOTICE, REPORT, CaseFacts
from app.domain.ladder.rows import Step
from app.domain.records import Observation
from app.domain.rules import Rule


@dataclass(frozen=True)
class Ready:
    """How a step stands: `why_not` stops it ('' if nothing does); `asked` says whether it is to be done now and
    `due_on` since when or by when; `rule` which row says so, `asked_by` that row as a sentence; `to` whom it goes to;
    `why` what counts so far."""

    why_not: str = ""
    asked: bool = True
    due_on: date | None = None
    rule: Rule | None = None
    to: str = ""
    why: str = ""
    asked_by: str = ""


REPORTED = "报告"
"""The key of the step by which a case is reported."""
FREE = Ready(asked=False)
"""A step that needs nothing: it may be taken, and no rule asks for it."""


def readiness(facts: CaseFacts, step: Step) -> Ready:
    """How a step of the ladder stands today: the first of its needs that stops it, else what they say."""
    found = FREE
    for need in step.needs:
        one = _NEEDS[need](facts, step)
        if one.why_not:
            return one
        days = [day for day in (found.due_on, one.due_on) if day]
        found = replace(one, due_on=max(days, default=None))
    return found


def reports_due(facts: CaseFacts) -> list[DueAct]:
    """The reports the rules ask for that no report on this case answers yet, the earliest first.

    A report answers every rule reached by the day it went out; one reached later asks for another (方案23).
    """
    sent = _reported_on(facts)
    open_ones = (
        one for one in _reports(facts) if sent is None or (one.day > sent and one.rule.event != AFTER_TALK)
    )
    return sorted(open_ones, key=lambda one: one.day)


def reported_to(facts: CaseFacts) -> tuple[str, ...]:
    """Whom the reports that went out were for, by the rules they answer: 方案23 tells the township only at > 7 days."""
    sent = _reported_on(facts)
    if sent is None:
        return ()
    named = dict.fromkeys(one.to for one in _reports(facts) if one.day <= sent and one.to)
    return tuple(named) or ("乡镇",)


def _reports(facts: CaseFacts) -> list[DueAct]:
    acts = due_acts(
        facts.rules,
        facts.crossings,
        facts.contacts,
        (),
        facts.calendar,
        letter_ends_on=facts.letter_ends_on,
        missed=facts.missed,
    )
    found = [one for one in acts if one.act == "报告"]
    return found + [one for one in _of_opening(facts) if one.rule.key not in {met.rule.key for met in found}]


def _reported_on(facts: CaseFacts) -> date | None:
    """The day of the newest report: a paper, or the step forced because its paper lies outside the record."""
    papers = (paper.issued_on for paper in facts.papers if paper.kind == REPORT)
    forced = (one.forced_on for one in facts.forced if one.step == REPORTED)
    return max((*papers, *forced), default=None)


def _of_opening(facts: CaseFacts) -> list[DueAct]:
    """The report asked for by the rule that opened the case stays due when the register has a gap later."""
    return [
        DueAct(facts.case.opened_on, rule, "报告", to)
        for rule in facts.rules.doing("报告")
        if rule.key == facts.case.rule_key and not rule.after_contact
        for to in (rule.addressee or "").split("、")
    ]


def waiting_report(facts: CaseFacts) -> tuple[Rule, date | None] | None:
    """The rule that counts from the first talk: with its last day of waiting, None while nobody was met."""
    rule = next((one for one in facts.rules.doing("报告") if one.event == AFTER_TALK), None)
    if rule is None:
        return None
    first = first_talk(facts.contacts)
    return rule, deadline(first.happened_on, rule.number, rule.unit, facts.calendar).day if first else None


def _report_ready(facts: CaseFacts, step: Step) -> Ready:
    reached = [one for one in reports_due(facts) if one.day <= facts.as_of]
    if reached:
        first = reached[0]
        to = "、".join(dict.fromkeys(one.to for one in reached if one.to)) or "乡镇"
        return Ready(due_on=first.day, rule=first.rule, to=to, asked_by=facts.rules.sentence(first.rule))
    if _reported_on(facts) or counted(facts.contacts, "乡镇"):
        return Ready(asked=False)  # the township knows; a report may be made out, no rule asks for it
    waits = waiting_report(facts)
    if waits is None:
        if not facts.contacts:
            return Ready(why_not="还没有达到本县规则规定的报告条件，也没有劝返记录")
        return Ready(
            asked=not _report_day_comes(facts) and first_talk(facts.contacts) is not None,
            to="乡镇和教育行政部门",
            why="没有规则规定本案报告的天数；劝返无效的，要及时书面报告",
        )
    rule, last = waits
    if last is None:
        return Ready(why_not=f"{facts.rules.name}：{rule.brief()}；还没有见到人的劝返记录")
    allowed = last + ONE_DAY if rule.op == ">" else last
    words = f"期限到{day_words(last)}，{day_words(allowed)}起可以报告"
    if facts.as_of >= allowed:
        words = f"期限已到（{day_words(last)}），还没有这以后旷课的点名"
    return Ready(why_not=f"{facts.rules.name}：{rule.brief()}；{words}")


def _report_day_comes(facts: CaseFacts) -> bool:
    """Whether a rule of absence will ask for the report: not if none does, nor if no roll is called for the child."""
    return facts.case.trigger == "考勤" and bool(facts.rules.doing("报告"))


def _visits_ready(facts: CaseFacts, step: Step) -> Ready:
    """Where no document of the county makes the visits a condition they are advice, and the sentence says whose."""
    rule = next(iter(facts.rules.doing("动员次数")), None)
    done = len(counted(facts.contacts, "乡镇"))
    if rule is None:
        return Ready(why=f"乡镇动员{done}次，仍未返校")
    needed = round(rule.number)
    enough = done >= needed
    if enough:
        return Ready(rule=rule, why=f"乡镇动员已满{needed}次，仍未返校")
    if rule.advice:
        return Ready(asked=False, rule=rule, why=visits_words(facts))
    return Ready(why_not=f"乡镇动员已计入{done}次，还差{needed - done}次（无人在家不计）", asked=False)


def visits_words(facts: CaseFacts) -> str:
    """How many visits of the township count so far; where their number is ours, that it is no condition."""
    rule = next(iter(facts.rules.doing("动员次数")), None)
    said = f"已计入的乡镇动员{len(counted(facts.contacts, '乡镇'))}次，无人在家不计"
    if rule is None or not rule.advice:
        return said
    return f"{said}；建议{rule.number:g}次（本县文件没有规定次数，这是程序按表格的建议，不是条件）"


@dataclass(frozen=True)
class Look:
    """One observation the rules ask for after the return: which, by when, and the one made for it if any."""

    rule: Rule
    day: date
    made: Observation | None


def looks(facts: CaseFacts) -> tuple[Look, ...]:
    """The observations after the return, in order. One made after the day of the look before it counts for a look."""
    back = facts.back_on
    if back is None:
        return ()
    days = sorted(
        ((_look_day(facts, rule, back), rule) for rule in facts.rules.doing("观察")), key=lambda one: one[0]
    )
    found, begin = [], back
    for day, rule in days:
        last = begin
        made = next(
            (
                one
                for one in sorted(facts.observations, key=lambda one: one.observed_on)
                if one.in_school and one.observed_on > last
            ),
            None,
        )
        found.append(Look(rule, day, made))
        begin = max(day, made.observed_on) if made and made.observed_on > day else day
    return tuple(found)


def _look_day(facts: CaseFacts, rule: Rule, back: date) -> date:
    if rule.unit == "学期":
        term = facts.calendar.term_of(back) or facts.calendar.term_of(
            facts.calendar.next_school_day(back) or back
        )
        return term.last_day if term else add_months(back, 4)
    return deadline(back, rule.number, rule.unit, facts.calendar).day


def _observed_ready(facts: CaseFacts, step: Step) -> Ready:
    missing = [one for one in looks(facts) if one.made is None]
    if not missing:
        return Ready(why="观察期满，一直在校")
    days = "、".join(day_words(one.day) for one in missing)
    return Ready(why_not=f"观察还差{len(missing)}次（{days}）", asked=False)


def _made_out(facts: CaseFacts, step: Step) -> Ready:
    if not facts.notice_made:
        return Ready(why_not="限期复学通知书还没有制发", asked=False)
    notice = facts.issued(NOTICE)
    made = (
        f"通知书{notice.number}已于{day_words(notice.issued_on)}制发" if notice else "通知书已制发（据告知）"
    )
    return Ready(why=f"{made}，还没有送达记录")


def _letter_over(facts: CaseFacts, step: Step) -> Ready:
    """The letter went out, and the 限期 it gives the family is over (方案2、方案5: 如未按规定期限返校)."""
    if facts.issued(LETTER) is None:
        return Ready(why_not="还没有发返校通知书", asked=False)
    last = facts.letter_ends_on
    assert last is not None
    if facts.as_of <= last:
        return Ready(why_not=f"返校通知书的期限到{day_words(last)}，还没有到期", asked=False)
    return Ready(due_on=last + ONE_DAY, why="返校通知书期满，仍未返校")


_NEEDS: Mapping[str, Callable[[CaseFacts, Step], Ready]] = {
    "达到报告条件": _report_ready,
    "动员达到次数": _visits_ready,
    "已发返校通知书": _letter_over,
    "通知书已制发": _made_out,
    "观察期满": _observed_ready,
}
