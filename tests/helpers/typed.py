"""A child's register typed in day by day, in any order, with the cases that open on the way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.attendance import DayKind, DayState
from app.domain.case_standings import KeptCase, Printed, Standing, standings
from app.domain.episodes import History, read_history
from app.domain.records import CaseFile
from app.domain.rules import Rule
from tests.helpers.facts import make_calendar, make_case, make_rule

THREE = make_rule(">=", 3)
SIGNS: dict[str, tuple[DayKind, float]] = {
    "在": ("在校", 0),
    "旷": ("旷课", 1),
    "半": ("旷课", 0.5),
    "假": ("请假", 0),
    "未": ("未记录", 0),
}
CLOSED = "停"


@dataclass
class Typed:
    """The 上课日 `days` of one child, all 未记录 at first, and what is typed of them up to `as_of`.

    `put` sets a day to one of 在旷半假未停 and opens the cases that are due then; `cases` are all ever opened. `papers`
    holds what a paper of a case says, by case id.
    """

    days: Sequence[date]
    as_of: date
    rules: Sequence[Rule] = (THREE,)
    cases: list[CaseFile] = field(default_factory=list)
    signs: dict[date, str] = field(default_factory=dict)
    papers: dict[str, Printed] = field(default_factory=dict)

    def put(self, sign: str, *days: date) -> "Typed":
        """Type `sign` for `days`, one after the other."""
        for day in days:
            self.signs[day] = sign
            self._open_due()
        return self

    def history(self, rules: Sequence[Rule] = (), as_of: date | None = None) -> History:
        """What the register holds, under `rules` (else its own), up to `as_of` (else all)."""
        until = as_of or self.as_of
        kept = [day for day in self.days if self.signs.get(day) != CLOSED]
        states = [DayState(day, *SIGNS[self.signs.get(day, "未")]) for day in kept if day <= until]
        closed = {day: "停课" for day, sign in self.signs.items() if sign == CLOSED}
        return read_history(states, rules or self.rules, make_calendar(closed))

    def found(self) -> tuple[Standing, ...]:
        """How the cases stand."""
        now = self.history()
        return standings(now, [KeptCase(one, now, self.papers.get(one.id)) for one in self.cases])

    def standing(self) -> list[Standing]:
        """The cases that stand."""
        return [one for one in self.found() if one.stands]

    def annulled(self) -> list[Standing]:
        """The cases that do not."""
        return [one for one in self.found() if not one.stands]

    def print_paper(self) -> None:
        """A paper goes out on every case that stands, with what the case says now."""
        for one in self.standing():
            if one.case_id and one.case_id not in self.papers:
                self.papers[one.case_id] = Printed(one.opened_on, one.evidence)

    def _open_due(self) -> None:
        due: Iterable[Standing] = (one for one in self.found() if one.case_id is None)
        for one in due:
            self.cases.append(
                make_case(
                    one.opened_on,
                    id=f"case-{len(self.cases) + 1:03}",
                    rule_key=one.rule_key,
                    absent_since=one.absent_since,
                    evidence=one.evidence,
                )
            )
