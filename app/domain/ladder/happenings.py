"""What happened on a case, as dated happenings in one order, whoever typed them and whenever (design section 5)."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Kind = Literal[
    "见到人",  # a visit or call that met somebody
    "没见到人",
    "出具文书",  # `ref` is the kind of paper
    "送达通知书",
    "限期届满",  # the day after the last day of a notice that was served
    "处理决定",  # the township or the court acted on it
    "认定辍学",
    "返校",
    "不在校",  # an observation after the return found the child away
    "销号",  # `ref` is the reason
    "恢复",  # a case that was closed is taken up again
    "强制",  # a step taken with a reason; `ref` is its key
]

RANK: Final[dict[str, int]] = {
    kind: place
    for place, kind in enumerate(
        (
            "恢复",
            "没见到人",
            "见到人",
            "出具文书",
            "送达通知书",
            "限期届满",
            "处理决定",
            "认定辍学",
            "强制",
            "返校",
            "不在校",
            "销号",
        )
    )
}
"""What happened on one day, in the order of the ladder and not of the typing."""


@dataclass(frozen=True, order=False)
class Happening:
    """One thing that happened on a case: the day, the day it was typed, what, at which level, and of which row."""

    on: date
    entered_on: date
    kind: Kind
    level: str = ""
    ref: str = ""

    @property
    def place(self) -> tuple[date, int, str, str]:
        """Its place among all: by the day, then by the order of the ladder."""
        return (self.on, RANK[self.kind], self.level, self.ref)
