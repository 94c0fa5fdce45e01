"""What every use case works with: the open transaction, the day, who is working, and the unit's rules and calendar."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from app.domain.calendar import NationalTable, SchoolCalendar
from app.domain.records import Unit
from app.domain.rules import RuleSet, thaw_rules
from app.domain.units import UnitTree
from app.errors import Refusal, UserError
from app.reference.rule_sets import load_rule_set
from app.service.office.known_days import calendar_of, unit_tree
from app.settings import RESOURCES, DataFolder
from app.store.queries.office import newest_rule_text
from app.store.transaction import Transaction

RULES = RESOURCES / "rules"
UNIT = "unit_id"
RULE_SET = "rule_set"
GENERAL = "general"  # the rule set of a county that has none of its own
JSON = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """A use case's surroundings; made anew by the program for every call."""

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
            if frozen := newest_rule_text(self.tx, chosen):
                return thaw_rules(
                    frozen.text, self.general
                ), f"{problem.sentence}改好以前，按最近一次立案时的规则办。"
            return self.general, f"{problem.sentence}改好以前，按“{self.general.name}”办。"

    @property
    def general(self) -> RuleSet:
        """The shipped general set: what a county's document, or an earlier version, says nothing of."""
        return load_rule_set(GENERAL, RULES, None)

    @cached_property
    def units(self) -> UnitTree:
        """The units of this database, as they were when the use case began to ask."""
        return unit_tree(self.tx)

    @property
    def national(self) -> NationalTable:
        """The national holiday table, with the years that the office, or one above it, typed in."""
        return self.calendar.national

    @cached_property
    def calendar(self) -> SchoolCalendar:
        """The calendar of this unit: its own word, else that of the offices above it."""
        return self.calendar_of(self.unit.id)

    def calendar_of(self, unit_id: str) -> SchoolCalendar:
        """The calendar of one unit of this database: of a school in a township's, for example."""
        if unit_id not in self._calendars:
            self._calendars[unit_id] = calendar_of(self.tx, self.units, unit_id)
        return self._calendars[unit_id]

    @cached_property
    def _calendars(self) -> dict[str, SchoolCalendar]:
        return {}

    def anew(self) -> "Desk":
        """The same surroundings with nothing kept of what was read: after something was written."""
        return Desk(self.tx, self.today, self.operator, self.folder)


def plural_choice(sentence: str, options: list[str]) -> UserError:
    """A refusal that lists what was meant, for names that fit more than one record."""
    return UserError(f"{sentence}：{'；'.join(options)}。请用其中一个的编号再试。")
