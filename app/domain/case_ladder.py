"""The ladder of a case as one table: from, to, what it needs, which document it offers (design section 5).

The stage is computed from facts by walking the table; nothing here is stored. The township's and the law's steps stand
in the table with the facts they wait for; those facts (service of a notice, punishment, closing) are recorded by later
parts of the program, so their `reached` cannot fire before.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.domain.attendance import Crossing, Streak
from app.domain.calendar import ONE_DAY, SchoolCalendar
from app.domain.contacts import counted, counts
from app.domain.dates import day_words
from app.domain.deadlines import add_workdays, deadline
from app.domain.records import CaseFile, Contact, IssuedDocument
from app.domain.rules import Rule, RuleSet
from app.domain.vocabulary import AGREED, BY_ATTENDANCE

ALERT = "缺勤预警"
VERIFYING = "核实中"
SCHOOL_VISITS = "学校劝返"
REPORTED = "疑似辍学(已报告)"
TOWNSHIP_VISITS = "乡镇动员"
NOTICE_SERVED = "限期复学(已送达)"
NOTICE_LAPSED = "逾期未复学"
LAW = "依法处理"
DROPPED_OUT = "辍学在册"
RETURNED = "已复学(观察期)"
ANNULLED = "已撤销"
"""The stage says why beside it: 已撤销(补假), 已撤销(停课) … (see `is_annulled`)."""
FOLLOWED = "已并入新个案"
STAGES = (
    ALERT,
    VERIFYING,
    SCHOOL_VISITS,
    REPORTED,
    TOWNSHIP_VISITS,
    NOTICE_SERVED,
    NOTICE_LAPSED,
    LAW,
    DROPPED_OUT,
)
BEFORE_REPORT = (ALERT, VERIFYING, SCHOOL_VISITS)


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """All that is known of a case, gathered for the ladder. `run` is the child's run of 旷课 as it stands today;
    `annulled_why` says what took the evidence away (空: it holds); `gained` and `lost` are the days by which the rolls
    differ from what a paper said; `returned_on` is the first 上课日 back."""

    case: CaseFile
    rules: RuleSet
    calendar: SchoolCalendar
    contacts: tuple[Contact, ...] = ()
    documents: tuple[IssuedDocument, ...] = ()
    run: Streak = field(default_factory=lambda: Streak(0, (), "正常", ()))
    crossings: tuple[Crossing, ...] = ()
    annulled_why: str = ""
    gained: tuple[date, ...] = ()
    lost: tuple[date, ...] = ()
    returned_on: date | None = None
    followed_by: str = ""
    unit_level: str = "学校"

    def issued(self, kind: str) -> IssuedDocument | None:
        """The first document of `kind` on this case that was not voided."""
        return next((one for one in self.documents if one.kind == kind and one.withdrawn_on is None), None)

    def first_contact(self) -> Contact | None:
        """The first visit or call that counts."""
        return next(iter(counted(self.contacts)), None)


@dataclass(frozen=True)
class Step:
    """A row of the table. `reached` gives the day the facts made the step, or None; `why_not` the sentence that
    stops it today, empty when it may be taken; `document` the paper it offers."""

    sources: tuple[str, ...]
    target: str
    action: str
    reached: Callable[[CaseFacts], date | None]
    why_not: Callable[[CaseFacts, date], str]
    document: str = ""


@dataclass(frozen=True)
class NextAction:
    """The one thing to do next: what, why, by when (None: no day is set), and whether others are to act."""

    action: str
    why: str
    due_on: date | None = None
    document: str = ""
    waiting: bool = False


def stage_of(facts: CaseFacts) -> str:
    """The stage of a case, computed."""
    if facts.annulled_why and all(paper.withdrawn_on for paper in facts.documents):
        return f"{ANNULLED}({facts.annulled_why})"
    if facts.followed_by:
        return FOLLOWED
    if facts.returned_on:
        return RETURNED
    stage = ALERT if facts.case.trigger == BY_ATTENDANCE else VERIFYING
    while step := _taken(stage, facts):
        stage = step.target
    return stage


def is_open(stage: str) -> bool:
    """Whether a case still needs work: every stage but the exits known so far (a child back is still observed)."""
    return not is_annulled(stage) and stage != FOLLOWED


def is_annulled(stage: str) -> bool:
    """Whether the evidence of a case fell away before any paper went out on it."""
    return stage.startswith(ANNULLED)


def not_yet(facts: CaseFacts, today: date) -> list[tuple[str, str]]:
    """The steps ahead that may not be taken today, each with the sentence why."""
    stage = stage_of(facts)
    if stage not in STAGES:
        return []
    ahead = set(STAGES[STAGES.index(stage) + 1 :])
    if facts.unit_level != "学校":
        ahead.discard(REPORTED)  # a township does not report to itself
    refused = ((step.action, step.why_not(facts, today)) for step in STEPS if step.target in ahead)
    return list(dict.fromkeys((action, why) for action, why in refused if why))


def too_early(facts: CaseFacts, kind: str, today: date) -> str:
    """The sentence why the step that offers a document may not be taken today; empty if nothing stops it."""
    if facts.annulled_why:
        return f"立案依据已不成立：{_FELL_AWAY[facts.annulled_why]}"
    return next((step.why_not(facts, today) for step in STEPS if step.document == kind), "")


def fell_away_words(facts: CaseFacts) -> str:
    """What took the evidence of a case away: 立案依据的缺勤日已补办请假."""
    return f"立案依据的{_FELL_AWAY[facts.annulled_why]}"


_FELL_AWAY = {
    "补假": "缺勤日已补办请假",
    "停课": "缺勤日已改为停课",
    "更正": "点名已更正",
    "未记录": "点名已撤回，当日没有记录",
    "并入": "缺勤日已归入该生的另一个案",
}


def next_action(facts: CaseFacts, today: date) -> NextAction | None:
    """The one next action of a case, or None when nothing is left to do on it."""
    stage = stage_of(facts)
    if not is_open(stage):
        return None
    if facts.annulled_why:
        return _annulled_next(facts, today)
    if stage == RETURNED and facts.returned_on:
        return NextAction(
            f"已于{day_words(facts.returned_on)}返校，跟踪每日出勤", "返校后继续观察，防止再次缺勤"
        )
    return _promise(facts, today) or _BY_STAGE[stage](facts, today)


def _annulled_next(facts: CaseFacts, today: date) -> NextAction:
    """What to do with paper that went out on evidence which fell away."""
    material = "核对补假材料" if facts.annulled_why == "补假" else "核对点名和校历"
    told = "书面告知收到报告单的单位" if facts.issued("报告单") else "作废已出具的文书"
    return NextAction(f"{material}，并{told}", fell_away_words(facts), today)


def report_due(facts: CaseFacts) -> tuple[Rule, date] | None:
    """The rule that asks for the written report and its last day; None while no rule asks for it yet.

    A rule that counts absence is due on the day it is crossed (及时上报), and stays due when the register has a gap
    later. A rule that counts from the first 动员 is due on the last day of its term: from the next day on the child
    is overdue (case 6).
    """
    first = facts.first_contact()
    for rule in facts.rules.doing("报告"):
        if rule.event == "动员后未返校" and first:
            return rule, deadline(first.happened_on, rule.number, rule.unit, facts.calendar).day
    met = [(one.rule, one.day) for one in facts.crossings if "报告" in one.rule.acts]
    if facts.case.trigger == BY_ATTENDANCE:
        opened = (rule for rule in facts.rules.doing("报告") if rule.key == facts.case.rule_key)
        met += [(rule, facts.case.opened_on) for rule in opened]
    return min(met, key=lambda pair: pair[1], default=None)


def _promise(facts: CaseFacts, today: date) -> NextAction | None:
    """Waiting for a promised return. A promise suspends no term: a report due before it is not put off."""
    last = facts.contacts[-1] if facts.contacts else None
    if last is None or last.promised_on is None or last.outcome != AGREED or last.promised_on < today:
        return None
    due = report_due(facts)
    unreported = stage_of(facts) in BEFORE_REPORT and facts.unit_level == "学校"
    if due and unreported and due[0].event == "动员后未返校" and due[1] < last.promised_on:
        return None
    check = "核对点名" if facts.unit_level == "学校" else "向学校核实是否到校"
    words = f"等学生返校：家长承诺{day_words(last.promised_on)}返校，到日{check}"
    return NextAction(words, f"{day_words(last.happened_on)}联系时同意返校", last.promised_on, waiting=True)


def _contact_next(facts: CaseFacts, today: date) -> NextAction:
    if facts.unit_level != "学校":
        return _township_visit(facts, today)
    if due := report_due(facts):
        return _report(facts, due, today)
    if not facts.contacts:
        why = f"{day_words(facts.case.opened_on)}立案，还没有联系家长"
        return NextAction(
            "联系家长并上门动员，记入学校疑似辍学学生情况记录表", why, facts.case.opened_on, "学校情况记录表"
        )
    if facts.first_contact() and not _report_day_comes(facts):
        why = "没有规则规定本案报告的天数；劝返无效的，要及时书面报告"
        return NextAction("填写疑似辍学学生报告单，报告乡镇和教育行政部门", why, document="报告单")
    last = facts.contacts[-1]
    tomorrow = add_workdays(last.happened_on, 1, facts.calendar.national)
    words = f"上次{last.method}（{day_words(last.happened_on)}）{last.outcome}"
    return NextAction("再次上门，见到家长或学生", words, tomorrow, "家访表")


def _report_day_comes(facts: CaseFacts) -> bool:
    """Whether a rule of absence will ask for the report: not if none does, nor if no roll is called for the child."""
    return facts.case.trigger == BY_ATTENDANCE and bool(facts.rules.doing("报告"))


def _report(facts: CaseFacts, due: tuple[Rule, date], today: date) -> NextAction:
    rule, day = due
    addressee = rule.addressee or "乡镇"
    why = f"{facts.rules.name}：{rule.brief()}"
    if rule.event == "动员后未返校" and today <= day:
        words = f"继续劝返；到{day_words(day)}仍未返校的，书面报告{addressee}"
        return NextAction(words, why, day, "家访表")
    return NextAction(f"填写疑似辍学学生报告单，报告{addressee}", why, day, "报告单")


def _reported(facts: CaseFacts, today: date) -> NextAction:
    if facts.unit_level != "学校":
        return _township_visit(facts, today)
    report = facts.issued("报告单")
    why = f"报告单{report.number}已于{day_words(report.issued_on)}报出" if report else "已报告"
    return NextAction("等乡镇组织动员，学校继续配合劝返", why, waiting=True)


def _township_visit(facts: CaseFacts, today: date) -> NextAction:
    done, waiting = len(counted(facts.contacts, "乡镇")), facts.unit_level == "学校"
    if notice := facts.issued("限期复学通知书"):
        why = f"通知书{notice.number}已于{day_words(notice.issued_on)}制发，还没有送达记录"
        why += "" if waiting else f"。{_KEEP_RECEIPT}"
        return NextAction("送达限期复学通知书，收回送达回证", why, waiting=waiting)
    if done >= facts.rules.visits_required:
        why = f"乡镇动员已满{done}次，仍未返校"
        return NextAction("制发限期复学通知书", why, document="限期复学通知书", waiting=waiting)
    why = f"已计入的乡镇动员{done}次，无人在家不计"
    return NextAction(f"乡镇第{done + 1}次上门动员", why, document="五次动员记录表", waiting=waiting)


_KEEP_RECEIPT = "送达登记以后的版本才有；现在送达后，请把签好的送达回证存进纸质档案。"
"""Goes when the service of a notice can be recorded."""


def _after_notice(facts: CaseFacts, today: date) -> NextAction:
    return NextAction("按限期复学通知书的期限跟踪", "通知书已送达", waiting=True)


_BY_STAGE: dict[str, Callable[[CaseFacts, date], NextAction]] = {
    ALERT: _contact_next,
    VERIFYING: _contact_next,
    SCHOOL_VISITS: _contact_next,
    REPORTED: _reported,
    TOWNSHIP_VISITS: _township_visit,
    NOTICE_SERVED: _after_notice,
    NOTICE_LAPSED: _after_notice,
    LAW: _after_notice,
    DROPPED_OUT: _after_notice,
}


def _contacted_on(facts: CaseFacts) -> date | None:
    return facts.contacts[0].happened_on if facts.contacts else None


def _met_by(level: str) -> Callable[[CaseFacts], date | None]:
    def reached(facts: CaseFacts) -> date | None:
        return next(
            (
                one.happened_on
                for one in facts.contacts
                if counts(one) and (one.level == "乡镇") == (level == "乡镇")
            ),
            None,
        )

    return reached


def _issued_on(kind: str) -> Callable[[CaseFacts], date | None]:
    def reached(facts: CaseFacts) -> date | None:
        document = facts.issued(kind)
        return document.issued_on if document else None

    return reached


def _never(facts: CaseFacts) -> None:
    """Waits for a fact that a later part of the program records."""


def _always(facts: CaseFacts, today: date) -> str:
    return ""


def _report_allowed(facts: CaseFacts, today: date) -> str:
    waits = next((rule for rule in facts.rules.doing("报告") if rule.event == "动员后未返校"), None)
    if waits is None:
        return (
            "" if report_due(facts) or facts.contacts else "还没有达到本县规则规定的报告条件，也没有劝返记录"
        )
    first = facts.first_contact()
    if first is None:
        return f"{facts.rules.name}：{waits.brief()}；还没有见到人的劝返记录"
    due = deadline(first.happened_on, waits.number, waits.unit, facts.calendar).day
    if today <= due:
        return f"{facts.rules.name}：{waits.brief()}；期限到{day_words(due)}，{day_words(due + ONE_DAY)}起可以报告"
    return ""


def _visits_done(facts: CaseFacts, today: date) -> str:
    done, needed = len(counted(facts.contacts, "乡镇")), facts.rules.visits_required
    return "" if done >= needed else f"乡镇动员已计入{done}次，还差{needed - done}次（无人在家不计）"


def _notice_served(facts: CaseFacts, today: date) -> str:
    return "限期复学通知书还没有送达记录"


STEPS: tuple[Step, ...] = (
    Step((ALERT,), VERIFYING, "联系家长", _contacted_on, _always, "学校情况记录表"),
    Step((ALERT, VERIFYING), SCHOOL_VISITS, "学校劝返", _met_by("学校"), _always, "家访表"),
    Step(BEFORE_REPORT, REPORTED, "报告乡镇", _issued_on("报告单"), _report_allowed, "报告单"),
    Step((*BEFORE_REPORT, REPORTED), TOWNSHIP_VISITS, "乡镇动员", _met_by("乡镇"), _always, "五次动员记录表"),
    Step(
        (TOWNSHIP_VISITS,), NOTICE_SERVED, "制发并送达限期复学通知书", _never, _visits_done, "限期复学通知书"
    ),
    Step((NOTICE_SERVED,), NOTICE_LAPSED, "确认逾期未复学", _never, _notice_served),
    Step((NOTICE_LAPSED,), LAW, "依法处理", _never, _notice_served),
    Step((LAW,), DROPPED_OUT, "列入辍学在册", _never, _notice_served),
)


def _taken(stage: str, facts: CaseFacts) -> Step | None:
    """The step the facts made from `stage`: the farthest one, so that a visit after a report is not a step back."""
    made = [step for step in STEPS if stage in step.sources and step.reached(facts)]
    return max(made, key=lambda step: STAGES.index(step.target), default=None)
