"""Which form a next action opens: for its button on the case, and for the row of 今日 that it is settled by."""

from typing import Literal

from app.domain.ladder.facts import BACK, DECIDED, MADE_OUT, SERVED, CaseFacts
from app.domain.ladder.next_action import NextAction

Doing = Literal["", "visit", "paper", "roll", "told", "observe", "close"]
DOING: dict[str, Doing] = {
    "联系": "visit",
    "文书": "paper",
    "点名": "roll",
    "据告知": "told",
    "观察": "observe",
    "销号": "close",
}
"""The form a step opens, as the rule set says → what the button of the page does."""
TELLS = {"通知书已制发": MADE_OUT, "通知书已送达": SERVED, "已作处理决定": DECIDED, "已返校": BACK}
"""What makes a step → what an office that waits for it is told."""
VISITS = frozenset({"联系过家长", "学校见到人", "乡镇见到人"})
"""What makes a step that an office which waits for it is told of as a visit."""


def doing_of(facts: CaseFacts, step: NextAction | None) -> Doing:
    """What the button of the next action does; '' where there is none, as while others are to act."""
    doing = DOING.get(step.opens, "") if step else ""
    if doing == "roll":
        return "roll" if facts.level == "学校" else ""
    return "" if step is None or step.waiting else doing


def settled_by(facts: CaseFacts, step: NextAction) -> Doing:
    """The form that settles a next action; while others are to act, the one by which their answer is recorded."""
    if not step.waiting or DOING.get(step.opens, "") == "roll":
        return doing_of(facts, step)
    row = facts.ladder.step(step.step)
    if row is None:
        return ""
    return "visit" if row.when in VISITS else "told"


def told_of(facts: CaseFacts, step: NextAction | None) -> str:
    """What the next action waits to be told; '' for nothing."""
    row = facts.ladder.step(step.step) if step else None
    return TELLS.get(row.when, "") if row else ""
