"""The one next action of a case: what, why, by when, and whether others are to act."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.domain.calendar import ONE_DAY
from app.domain.contacts import counted, promised_return
from app.domain.dates import day_words
from app.domain.deadlines import add_workdays
from app.domain.ladder.facts import BACK, LETTER, NOTICE, REPORT, CaseFacts
from app.domain.ladder.readiness import (
    Ready,
    looks,
    readiness,
    reported_to,
    visits_words,
    waiting_report,
)
from app.domain.ladder.rows import LEAD, Step
from app.domain.ladder.walk import BACK_IN_SCHOOL, Walked, is_open, stage_of, walked
from app.domain.records import Contact

ASK_AFTER = timedelta(
    days=7
)  # 自然日 a school waits for the township before it asks; ours, no document says it
CLOSE = "销号"
TIME_LIMIT_OVER = "限期已过"


@dataclass(frozen=True)
class NextAction:
    """The one thing to do next: what, why, by when (None: no day is set), the paper it offers, and whether others are
    to act. `opens` is the form of its button, `step` the key of the step it takes, `rule` the sentence of the rule
    that asks for it."""

    action: str
    why: str
    due_on: date | None = None
    document: str = ""
    waiting: bool = False
    opens: str = ""
    step: str = ""
    rule: str = ""

    @property
    def reason(self) -> str:
        """Why, with the rule."""
        return _joined(self.why, self.rule)


def next_action(facts: CaseFacts, stage: str = "") -> NextAction | None:
    """The one next action of a case at that stage, by default its own; None when nothing is left to do on it."""
    stage = stage or stage_of(facts)
    if not is_open(facts, stage):
        return None
    if facts.annulled_why:
        return _annulled_next(facts)
    if facts.left and stage != BACK_IN_SCHOOL:
        return _left_next(facts)
    if stage == BACK_IN_SCHOOL:
        return _observe(facts)
    found = _by_steps(facts, walked(facts))
    return _with_promise(facts, found)


def _by_steps(facts: CaseFacts, at: Walked) -> NextAction:
    """The farthest step that is asked for today, else the first one that may be taken."""
    mine, others = _ahead(facts, at)
    ready = [(step, readiness(facts, step)) for step in mine]
    asked = [(step, one) for step, one in ready if not one.why_not and one.asked]
    if asked:
        return _worded(facts, *asked[-1])
    free = [(step, one) for step, one in ready if not step.needs]
    if free:
        return _with_time_limit(facts, at, _worded(facts, *free[0], among=ready))
    if others:
        asked_of = [step for step in others if step.needs and _is_asked(facts, step)]
        plain = [step for step in others if not step.needs]
        if chosen := asked_of[-1:] or plain[:1]:
            return _others_next(facts, chosen[0], at)
    return NextAction("继续劝返，核实去向", "没有别的步骤可走", opens="联系")


def _with_time_limit(facts: CaseFacts, at: Walked, found: NextAction) -> NextAction:
    """While the 限期 of a served notice runs, everybody is told its last day, whoever looks after it."""
    last = facts.notice_ends_on
    if (
        found.due_on
        or last is None
        or not any(one.when == TIME_LIMIT_OVER for one in facts.ladder.leaving(at.stage))
    ):
        return found
    return replace(
        found, why=_joined(f"限期复学通知书已送达，限期到{day_words(last)}", found.why), due_on=last
    )


def _is_asked(facts: CaseFacts, step: Step) -> bool:
    ready = readiness(facts, step)
    return ready.asked and not ready.why_not


def _ahead(facts: CaseFacts, at: Walked) -> tuple[list[Step], list[Step]]:
    """The steps from here that are worth saying, of this office and of others: not made yet, or to be made again."""
    steps = [
        step
        for step in facts.ladder.leaving(at.stage)
        if step.action and (step.again or step.key not in at.made)
    ]
    mine = [step for step in steps if _is_mine(facts, step)]
    return mine, [step for step in steps if step not in mine]


def _is_mine(facts: CaseFacts, step: Step) -> bool:
    """Whether this office takes a step. A county that leads a case by itself takes what comes next."""
    if step.by == LEAD:
        return facts.leads
    return step.by == facts.level or (facts.level == "县" and facts.leads)


def _worded(
    facts: CaseFacts, step: Step, ready: Ready, among: list[tuple[Step, Ready]] | None = None
) -> NextAction:
    found = NextAction(
        step.action.format(受理=ready.to or "乡镇", 次=len(counted(facts.contacts, step.by)) + 1),
        ready.why or ("" if ready.asked_by else step.reason),
        ready.due_on,
        step.document,
        opens=step.opens,
        step=step.key,
        rule=ready.asked_by,
    )
    if step.document == LETTER and facts.rules.doing("通知返校"):
        return replace(found, due_on=facts.case.opened_on)  # 立即 is the same day
    if step.when == TIME_LIMIT_OVER:
        return replace(found, due_on=facts.notice_ends_on, why="通知书已送达", waiting=True)
    if step.opens != "联系" or among is None or step.reason:
        return found
    if facts.level == "学校":
        return _school_visit(facts, found)
    return replace(found, why=visits_words(facts))


def _school_visit(facts: CaseFacts, found: NextAction) -> NextAction:
    """A visit of the school before the report: the first on the day of the case, the next on the next 工作日, and the
    last day of waiting said with what follows it."""
    waits = waiting_report(facts)
    if waits and (last := waits[1]):
        rule = waits[0]
        to = rule.addressee or "乡镇"
        words = f"继续劝返；到{day_words(last)}仍未返校的，书面报告{to}"
        return replace(
            found,
            action=words,
            why="",
            rule=facts.rules.sentence(rule),
            due_on=last,
            document="家访表",
        )
    if not facts.contacts:
        why = f"{day_words(facts.case.opened_on)}立案，还没有联系家长"
        return replace(found, why=why, due_on=facts.case.opened_on)
    last_one = facts.contacts[-1]
    tomorrow = max(add_workdays(last_one.happened_on, 1, facts.calendar.national), facts.case.opened_on)
    why = f"上次{last_one.method}（{day_words(last_one.happened_on)}）{last_one.outcome}"
    return replace(found, why=why, due_on=tomorrow)


def _others_next(facts: CaseFacts, step: Step, at: Walked) -> NextAction:
    """What this office is told while another one acts; a school alone asks for the answer after a week, so that no case
    waits for ever."""
    ready = readiness(facts, step)
    why = (ready.why or ready.asked_by) if step.needs and not ready.why_not else _since_report(facts, at)
    waits_for = _takes(facts, step)
    words = step.waits or f"等{step.by}：{step.action.format(受理='', 次=1)}"
    if waits_for != step.by:
        words = f"等{waits_for}处理，学校继续劝返"
    since = max([*at.made.values(), *(one.happened_on for one in facts.told)], default=facts.case.opened_on)
    if facts.level == "学校" and facts.as_of > since + ASK_AFTER:
        asked = f"向{waits_for}问明办理情况，记入据告知（{words}）"
        return NextAction(asked, why, None, opens="据告知", step=step.key)
    return NextAction(words, why, document=step.document, waiting=True, step=step.key)


def _takes(facts: CaseFacts, step: Step) -> str:
    """Who acts next: not the township while every report so far went to the bureau alone (方案23三（五）)."""
    to = reported_to(facts)
    if step.by != "乡镇" or not to or any(word in one for one in to for word in ("乡", "镇", "政府")):
        return step.by
    return "、".join(to)


def _since_report(facts: CaseFacts, at: Walked) -> str:
    report = facts.issued(REPORT)
    if counted(facts.contacts, "乡镇"):
        return visits_words(facts)
    if report:
        return f"报告单{report.number}已于{day_words(report.issued_on)}报出"
    return f"现在是“{at.stage}”"


def _with_promise(facts: CaseFacts, found: NextAction) -> NextAction:
    """A promised return is waited for, and said beside a legal deadline, which it never hides; one not kept is a task
    the next morning."""
    promise = promised_return(facts.contacts)
    if promise is None or promise.promised_on is None:
        return found
    day = promise.promised_on
    if day < facts.as_of:
        return _broken(facts, found, promise, day)
    words = f"{day_words(promise.happened_on)}联系时{promise.outcome}，承诺{day_words(day)}返校"
    if found.step and found.due_on and _is_legal(facts, found) and found.due_on <= day:
        return replace(found, why=_joined(found.why, words))
    check = "核对点名" if facts.level == "学校" else "向学校核实是否到校"
    waits = f"等学生返校：家长承诺{day_words(day)}返校，到日{check}"
    due = f"；{found.action}" if _is_legal(facts, found) and found.due_on else ""
    return NextAction(waits, words + due, day, waiting=True, opens="点名")


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)


def _is_legal(facts: CaseFacts, found: NextAction) -> bool:
    """Whether an action is one a rule sets a day for: a report, a notice, its service."""
    step = facts.ladder.step(found.step)
    waits = waiting_report(facts)
    return found.document in {REPORT, NOTICE} or bool(step and step.by != "学校") or bool(waits and waits[1])


def _broken(facts: CaseFacts, found: NextAction, promise: Contact, day: date) -> NextAction:
    """A promise whose day passed without a return, until somebody spoke with the family again."""
    if any(one.happened_on > day for one in facts.contacts):
        return found
    missed = any(one >= day for one in facts.run.dates)
    said = f"承诺{day.month}月{day.day}日返校，{'没有到校' if missed else '核实是否到校'}"
    due = found.due_on if found.due_on and found.due_on <= day + ONE_DAY else day + ONE_DAY
    return replace(
        found,
        action=f"{said}：{found.action}",
        why=_joined(f"{day_words(promise.happened_on)}{promise.method}时的承诺", found.why),
        due_on=due,
        waiting=False,
    )


def _observe(facts: CaseFacts) -> NextAction:
    """The next look after the return, and the closing once all were made."""
    back = facts.back_on or facts.as_of
    told = not facts.returned_on and any(one.kind == BACK for one in facts.told)
    said = f"{day_words(back)}返校" + ("（据告知，点名还没有显示）" if told and facts.level == "学校" else "")
    if not facts.leads:
        return NextAction("等牵头单位观察、销号", said, waiting=True)
    every = looks(facts)
    for place, look in enumerate(every, 1):
        if look.made is None:
            whose = (
                "程序的缺省" if look.rule.inherited_from or facts.rules.id == "general" else facts.rules.name
            )
            why = f"{said}；{look.rule.event}{look.rule.amount()}观察一次（{whose}）"
            return NextAction(f"第{place}次观察：核对是否在校", why, look.day, opens="观察", step="观察")
    return NextAction("观察期满，办理销号", said, opens=CLOSE, step=CLOSE)


def _left_next(facts: CaseFacts) -> NextAction:
    """The child left the school by 转出, 休学 …: the case follows it until somebody closes it with the proof."""
    assert facts.left
    how, on = facts.left
    why = f"{day_words(on)}{how}"
    return NextAction(f"核对{how}材料，办理销号", why, on, opens=CLOSE, step=CLOSE)


def _annulled_next(facts: CaseFacts) -> NextAction:
    """What to do with paper that went out on evidence which fell away."""
    checks = dict.fromkeys(_TO_CHECK.get(why, "点名和校历") for why in facts.annulled_why)
    material = f"核对{'、'.join(checks)}"
    told = "书面告知收到报告单的单位" if facts.issued(REPORT) else "作废已出具的文书"
    return NextAction(f"{material}，并{told}", fell_away_words(facts), facts.as_of, opens=CLOSE)


def fell_away_words(facts: CaseFacts) -> str:
    """What took the evidence of a case away: 立案依据的缺勤日已补办请假."""
    return f"立案依据的{_fell_away(facts)}"


def _fell_away(facts: CaseFacts) -> str:
    return "，".join(_FELL_AWAY[why] for why in facts.annulled_why)


_TO_CHECK = {"补假": "补假材料", "学校说明": "学校的说明"}
_FELL_AWAY = {
    "补假": "缺勤日已补办请假",
    "停课": "缺勤日已改为停课",
    "更正": "点名已更正",
    "未记录": "点名已撤回，当日没有记录",
    "学校说明": "缺勤日经学校说明已不再成立",
    "并入": "缺勤日已归入该生的另一个案",
}


def not_yet(facts: CaseFacts) -> list[tuple[str, str]]:
    """The steps ahead that may not be taken today, each with the sentence why."""
    at = walked(facts)
    if not is_open(facts) or at.stage == BACK_IN_SCHOOL:
        return []
    order = facts.ladder.place
    ahead = [
        step
        for step in facts.ladder.steps
        if step.needs
        and not step.again  # it says what the step it repeats says
        and step.key not in at.made
        and order(step.target) >= order(at.stage)
        and (step.by in {facts.level, LEAD} or facts.level == "学校")
    ]
    refused = ((_name(step), readiness(facts, step).why_not) for step in ahead)
    return [(name, why) for name, why in dict.fromkeys(refused) if why]


def _name(step: Step) -> str:
    return step.key


def too_early(facts: CaseFacts, kind: str) -> str:
    """The sentence why the step that offers a document may not be taken today; empty if nothing stops it."""
    if facts.annulled_why:
        return f"立案依据已不成立：{_fell_away(facts)}"
    steps = [step for step in facts.ladder.steps if step.document == kind and step.needs]
    return next((readiness(facts, step).why_not for step in steps), "")
