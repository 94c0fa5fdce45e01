"""What a case asks for beside its next action, on 今日 and on the case alike: the 学籍标注, and a word
to the office that had its report."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.dates import day_words
from app.domain.ladder.acts import DueAct, due_acts
from app.domain.ladder.differences import unsettled
from app.domain.ladder.facts import BACK, REPORT, CaseFacts
from app.domain.ladder.readiness import REPORTED, reported_to
from app.domain.marks import marks_on
from app.domain.rules import Rule
from app.domain.school_age import age_question
from app.domain.todo import Form
from app.domain.vocabulary import AGE_CHECKED, SAID_BACK, SAID_CHANGED
from app.service.screens.gathered import SeenCase

MARKED = ("疑似辍学", "辍学")
"""The acts of the rules that a 学籍标注 answers, the later one first answered by itself."""
MARK_WORDS = ("标注", "标记")
"""The words by which a document asks for a mark in the 学籍系统."""
OUR_ADVICE = "本县文件没有写，是本程序的建议，没有期限"


@dataclass(frozen=True)
class Ask:
    """One thing asked for: what, why, by which form it is settled (`kind` says which mark, or what is to be told), by
    when (None: no day is set), and the sentence of the rule, or that it is our advice."""

    what: str
    why: str
    form: Form
    kind: str = ""
    due_on: date | None = None
    rule: str = ""

    @property
    def reason(self) -> str:
        """Why, with the rule."""
        return "；".join(part for part in (self.why, self.rule) if part)


def asks_of(seen: SeenCase, birth: date | None) -> tuple[Ask, ...]:
    """What the case of a child born on `birth` asks for beside its next action; also of a case that was closed or
    annulled, whose mark stands."""
    return (*_age(seen, birth), *_differs(seen), *_mark(seen), *_unmark(seen), *_say_back(seen))


def mark_said_with(seen: SeenCase) -> str:
    """The mark that the row of the case says too, because the same rule asks for both on one day; '' for none."""
    mark, step = _mark_asked(seen), seen.step
    if mark is None or step is None or step.waiting or step.due_on != mark.day or not _is_written(mark.rule):
        return ""
    return mark.act


def _mark_asked(seen: SeenCase) -> DueAct | None:
    """The mark that a rule asks for in the 学籍系统 and nobody entered yet, for a child that is not back."""
    facts = seen.facts
    if not seen.open or facts.back_on is not None or facts.annulled_why or facts.level != "学校":
        return None
    acts = due_acts(facts.rules, facts.crossings, facts.contacts, facts.marks, facts.calendar)
    asked = [one for one in acts if one.act in MARKED and one.day <= facts.as_of]
    newest = max(asked, key=lambda one: MARKED.index(one.act), default=None)
    return None if newest is None or newest.act in marks_on(facts.marks, facts.as_of) else newest


def _is_written(rule: Rule) -> bool:
    """Whether the county's document itself asks for the mark: a day of ours never speaks in its name."""
    return (
        not rule.inherited_from
        and bool(rule.quote)
        and any(one in rule.quote + rule.effect for one in MARK_WORDS)
    )


def _mark(seen: SeenCase) -> Iterator[Ask]:
    mark = _mark_asked(seen)
    if mark is None or mark_said_with(seen):
        return
    written = _is_written(mark.rule)
    rule = seen.facts.rules.sentence(mark.rule) if written else OUR_ADVICE
    by_itself = "自动" in mark.rule.effect  # 方案24：学籍系统自动标注为“辍学”
    doing = f"核对学籍系统是否已自动标注{mark.act}" if by_itself else f"在学籍系统标注{mark.act}"
    what = f"{doing}，并在这里登记标注日期"
    yield Ask(what, "", "mark", mark.act, mark.day if written else None, rule)


def _unmark(seen: SeenCase) -> Iterator[Ask]:
    """A mark that stands although the child is back, or the case fell away; of the child's newest case only."""
    facts = seen.facts
    marks = [
        one for one in facts.marks if one.kind in marks_on(facts.marks, facts.as_of) and not one.cleared_on
    ]
    if facts.level != "学校" or facts.followed_by or facts.run.dates or not marks:
        return
    back = _seen_back(facts)
    if back is None and not facts.annulled_why:
        return
    since = f"{day_words(back)}已返校" if back else "立案依据已不成立"
    kinds = "、".join(dict.fromkeys(one.kind for one in marks))
    said = "、".join(f"{day_words(one.set_on)}标注的{one.kind}" for one in marks)
    yield Ask(
        f"在学籍系统取消{kinds}标注，并在这里登记取消日期",
        f"{since}，{said}还没有取消",
        "unmark",
        kinds,
        rule=OUR_ADVICE,
    )


def _say_back(seen: SeenCase) -> Iterator[Ask]:
    """The office that had the report is told that the child is back, unless it told so itself."""
    facts = seen.facts
    back, sent = _seen_back(facts), _reported(facts)
    if facts.level != "学校" or not seen.open or back is None or not sent:
        return
    known = any(
        (one.kind == SAID_BACK and one.happened_on >= back)
        or (one.kind == BACK and one.level in {"乡镇", "县"})
        for one in facts.told
    )
    if not known:
        to = "、".join(reported_to(facts)) or "乡镇"
        why = f"{sent}，{day_words(back)}已返校；告诉以后在这里记下，或者办理销号"
        yield Ask(f"告诉{to}：孩子已经返校", why, "pass_on", SAID_BACK, rule=OUR_ADVICE)


def _age(seen: SeenCase, birth: date | None) -> Iterator[Ask]:
    """Whether a child outside the usual age has to be at school is asked before anybody goes on with its case."""
    facts = seen.facts
    question = age_question(birth, facts.as_of, facts.rules) if birth and seen.open else ""
    if question and not any(one.kind == AGE_CHECKED for one in facts.told):
        why = f"{question}。出生日期错了的，到学生页改；不应再上学的，办理销号；仍应上学的，在这里记下"
        yield Ask("核对年龄：这个孩子现在是否应当上学", why, "age", AGE_CHECKED)


def _differs(seen: SeenCase) -> Iterator[Ask]:
    """A paper that went out says other days than the rolls do now; where the whole case fell away, its next action
    says so."""
    facts = seen.facts
    found = unsettled(facts) if seen.open and not facts.annulled_why else ()
    if found:
        names = "、".join(f"{one.paper.kind}{one.paper.number}" for one in found)
        yield Ask(
            f"核对{names}：要作废重出，还是告诉收到的单位",
            "；".join(one.words for one in found),
            "differs",
            SAID_CHANGED,
            facts.as_of,
        )


def _reported(facts: CaseFacts) -> str:
    """By what the case was reported, in words; '' where it was not."""
    if paper := facts.issued(REPORT):
        return f"报告单{paper.number}已报出"
    return "已经报告过" if any(one.step == REPORTED for one in facts.forced) else ""


def _seen_back(facts: CaseFacts) -> date | None:
    """The day the child came back, once a roll or a look showed it: hearsay clears no mark."""
    looked = any(one.in_school for one in facts.observations)
    return facts.returned_on or (facts.back_on if looked else None)
