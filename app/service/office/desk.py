"""What every use case works with: the open transaction, the day, who is working, and the unit's rules and calendar."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from app.domain.calendar import NationalTable, SchoolCalendar
from app.domain.records import CalendarDay, NationalDay, RuleText, Term, Unit
from app.domain.rules import RuleSet, thaw_rules
from app.errors import Refusal, UserError
from app.reference.national_days import national_table
from app.reference.rule_sets import load_rule_set
from app.settings import RESOURCES, DataFolder
from app.store.transaction import Transaction

RULES = RESOURCES / "rules"
UNIT = "unit_id"
RULE_SET = "rule_set"
GENERAL = "general"  # the rule set of a county that has none of its own
JSON = dict[str, Any]
_OF_NEWEST_CASE = (
    "SELECT text.id FROM case_file JOIN rule_text AS text ON text.id = rule_text_id"
    " WHERE text.rule_set = ? ORDER BY entered_on DESC, case_file.id DESC LIMIT 1"
)
"""The rules of a set as its newest case froze them: a file that was changed back has an old text again."""


@dataclass(frozen=True)
class Desk:
    """A use case's surroundings; made anew by bootstrap for every call."""

    tx: Transaction
    today: date
    operator: str
    folder: DataFolder

    @cached_property
    def unit(self) -> Unit:
        """The unit this data folder belongs to."""
        unit_id = self.tx.setting(UNIT)
        if unit_id is None:
            raise UserError("这个数据文件夹建立时中断了，还没有单位。请删去该文件夹后重新建立。")
        return self.tx.get(Unit, unit_id)

    @property
    def rules(self) -> RuleSet:
        """The rule set in use for what is opened from now on. Never fails: see `rules_problem`."""
        return self._rules[0]

    @property
    def rules_problem(self) -> str:
        """Empty, or what is wrong with the file of the chosen rules and which rules stand in until it is mended."""
        return self._rules[1]

    @cached_property
    def _rules(self) -> tuple[RuleSet, str]:
        """A mistyped rule file must not stop the roll call: the rules of its newest case stand in, else 通用."""
        chosen = self.tx.setting(RULE_SET) or GENERAL
        try:
            return load_rule_set(chosen, RULES, self.folder.rules), ""
        except Refusal as problem:
            frozen = self.tx.find(RuleText, f"id = ({_OF_NEWEST_CASE})", [chosen])
            if frozen:
                return thaw_rules(frozen[0].text), f"{problem.sentence}改好以前，按最近一次立案时的规则办。"
            general = load_rule_set(GENERAL, RULES, None)
            return general, f"{problem.sentence}改好以前，按“{general.name}”办。"

    @cached_property
    def national(self) -> NationalTable:
        """The national holiday table, with the years the office typed in."""
        return national_table(self.tx.find(NationalDay))

    @cached_property
    def calendar(self) -> SchoolCalendar:
        """The calendar of this unit."""
        terms = self.tx.find(Term, "unit_id = ?", [self.unit.id], order="first_day")
        days = self.tx.find(CalendarDay, "unit_id = ?", [self.unit.id])
        return SchoolCalendar(self.national, tuple(terms), {one.day: one for one in days})

    def anew(self) -> "Desk":
        """The same surroundings with nothing kept of what was read: after something was written."""
        return Desk(self.tx, self.today, self.operator, self.folder)

    def parent(self) -> Unit | None:
        """The unit above this one, if it is known."""
        return self.tx.get(Unit, self.unit.parent_id) if self.unit.parent_id else None


def plural_choice(sentence: str, options: list[str]) -> UserError:
    """A refusal that lists what was meant, for names that fit more than one record."""
    return UserError(f"{sentence}：{'；'.join(options)}。请用其中一个的编号再试。")
