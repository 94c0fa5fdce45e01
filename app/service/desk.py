"""What every use case works with: the open transaction, the day, who is working, and the unit's rules and calendar."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from app.domain.calendar import NationalTable, SchoolCalendar
from app.domain.records import CalendarDay, NationalDay, Term, Unit
from app.domain.rules import RuleSet
from app.errors import UserError
from app.reference.national_days import national_table
from app.reference.rule_sets import load_rule_set
from app.settings import RESOURCES, DataFolder
from app.store.transaction import Transaction

RULES = RESOURCES / "rules"
UNIT = "unit_id"
RULE_SET = "rule_set"
JSON = dict[str, Any]


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

    @cached_property
    def rules(self) -> RuleSet:
        """The rule set in use for what is opened from now on."""
        return load_rule_set(self.tx.setting(RULE_SET) or "general", RULES, self.folder.rules)

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

    def parent(self) -> Unit | None:
        """The unit above this one, if it is known."""
        return self.tx.get(Unit, self.unit.parent_id) if self.unit.parent_id else None


def plural_choice(sentence: str, options: list[str]) -> UserError:
    """A refusal that lists what was meant, for names that fit more than one record."""
    return UserError(f"{sentence}：{'；'.join(options)}。请用其中一个的编号再试。")
