"""The stage of a case on a day: its happenings folded over the steps of its rule set. Nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.ladder.facts import CaseFacts, happenings_of
from app.domain.ladder.happenings import Happening
from app.domain.ladder.predicates import WHEN
from app.domain.ladder.rows import Ladder, Step

ANNULLED = "已撤销"
FOLLOWED = "已并入新个案"
CLOSED = "已销号"
BACK_IN_SCHOOL = "已复学(观察期)"


@dataclass(frozen=True)
class Walked:
    """Where a case came to, and the day each step was made, by its key."""

    stage: str
    made: dict[str, date]


def walk(ladder: Ladder, trigger: str, happenings: Iterable[Happening]) -> Walked:
    """Fold `happenings`, in order, over the steps: each may move the case on, and only 恢复 and 不在校 back.

    An end is laid over the stage: what happens while a case is closed counts when it is taken up again.
    """
    stage = before_return = ladder.first(trigger)
    ended = ""
    made: dict[str, date] = {}
    for one in happenings:
        if one.kind == "恢复":
            ended = ""
        elif one.kind == "不在校":
            stage = before_return if stage == BACK_IN_SCHOOL else stage
        elif step := _made_by(ladder, stage, one):
            target = ladder.stage(step.target)
            if target and not target.open:
                ended = ended or step.target
            else:
                before_return = stage if step.target == BACK_IN_SCHOOL else before_return
                stage = step.target
            made.setdefault(step.key, one.on)
    return Walked(ended or stage, made)


def walked(facts: CaseFacts) -> Walked:
    """Where the facts of a case lead, evidence and later cases left out."""
    return walk(facts.ladder, facts.case.trigger, happenings_of(facts, facts.as_of))


def stage_of(facts: CaseFacts) -> str:
    """The stage of a case on the day its facts were asked for; one that ended says why: 已撤销(补假), 已销号(休学)."""
    if facts.annulled_why and not facts.papers:
        return f"{ANNULLED}({'、'.join(facts.annulled_why)})"
    stage = walked(facts).stage
    if facts.followed_by and stage != CLOSED:
        return FOLLOWED
    closing = facts.closed
    return f"{CLOSED}({closing.reason})" if stage == CLOSED and closing else stage


def is_annulled(stage: str) -> bool:
    """Whether the evidence of a case fell away before any paper went out on it."""
    return stage.startswith(ANNULLED)


def is_closed(stage: str) -> bool:
    """Whether a person closed the case."""
    return stage.startswith(CLOSED)


def is_open(facts: CaseFacts, stage: str = "") -> bool:
    """Whether a case at that stage, by default its own, still needs work (a child back in school is still observed)."""
    found = facts.ladder.stage(stage or stage_of(facts))
    return found is not None and found.open


def _made_by(ladder: Ladder, stage: str, one: Happening) -> Step | None:
    """The step a happening makes from a stage: the farthest one, so that a visit after a report is no step back."""
    ahead = ladder.leaving(stage)
    if one.kind == "强制":
        return next((step for step in ahead if step.key == one.ref), None)
    made = [step for step in ahead if WHEN[step.when].test(one)]
    return max(made, key=lambda step: ladder.place(step.target), default=None)
