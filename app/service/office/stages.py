"""How stages look and in which order they stand, wherever a list or a picture shows them."""

from dataclasses import dataclass

from app.domain.ladder.walk import ANNULLED, FOLLOWED, is_annulled
from app.reference.rule_sets import load_rule_set
from app.service.office.desk import GENERAL, RULES


@dataclass(frozen=True)
class StageLook:
    """The shape before the words of a stage, and the name of its colour."""

    sign: str
    colour: str


ELSEWHERE = {ANNULLED: StageLook("×", "quiet"), FOLLOWED: StageLook("→", "quiet")}
"""What no step leads to: it is computed beside the ladder."""
UNKNOWN = StageLook("◇", "accent")
"""A stage that a county added."""


def stage_look(stage: str) -> StageLook:
    """How a stage looks; 已撤销(补假) and 已销号(休学) as the stage before the bracket."""
    name = ANNULLED if is_annulled(stage) else stage
    found = load_rule_set(GENERAL, RULES, None).ladder.stage(name)
    return ELSEWHERE.get(name) or (StageLook(found.mark, found.colour) if found else UNKNOWN)
