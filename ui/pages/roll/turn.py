"""Which roll is on its way: while one is, or while one is being saved, keys wait."""

import sys
from datetime import date
from typing import NamedTuple

from app.errors import UserError
from app.service.office.classes import find_class
from app.service.office.desk import Desk
from app.service.rolls.month_table import month_of
from app.service.screens.roll import RollSheet, roll_sheet
from app.service.screens.tables import ROLL, RowsAsked

SAVING, OPENING = "正在保存…", "正在打开名单…"
AFTER_WRITE = sys.maxsize  # the number of the list to come, while a write has not said which one that is


class RollWanted(NamedTuple):
    """A roll as it is asked for: the class by id, or by `name` where another page only knows that."""

    class_id: str
    day: date
    session: str = ""
    name: str = ""


class Turn:
    """Numbers the lists asked for and knows the one that is waited for."""

    def __init__(self) -> None:
        self.asked = 0
        self.going_to: RollWanted | None = None
        self._there = self._awaited = 0

    @property
    def busy(self) -> str:
        """What is waited for, in words; '' for nothing."""
        if self._awaited == AFTER_WRITE:
            return SAVING
        return OPENING if self._there < self._awaited else ""

    @property
    def under_way(self) -> RollWanted | None:
        """The roll that was gone to and is not there yet."""
        return self.going_to if self.busy == OPENING else None

    def ask(self, wanted: RollWanted, *, keep: bool) -> int:
        """The number of a list; all but one read anew (`keep`) is waited for."""
        self.asked += 1
        if not keep and self.busy != SAVING:
            self._awaited, self.going_to = self.asked, wanted
        return self.asked

    def come(self, number: int) -> None:
        """A list is there, or is not to be had."""
        self._there = max(self._there, number)

    def begin_write(self) -> None:
        """From now on no list that comes ends the waiting."""
        self._awaited = AFTER_WRITE

    def end_write(self) -> None:
        """It is saved, or refused."""
        self._awaited = 0


def which(sheet: RollSheet) -> tuple[str, date, str]:
    """What makes two sheets the same roll."""
    return sheet.class_id, sheet.day, sheet.session


def sheet_of(desk: Desk, wanted: RollWanted) -> RollSheet:
    """The sheet of a roll asked for."""
    class_id = find_class(desk, wanted.name).id if wanted.name else wanted.class_id
    return roll_sheet(desk, class_id, wanted.day, wanted.session)


def month_asked(sheet: RollSheet, *, dirty: bool) -> tuple[str, RowsAsked]:
    """The month of the class shown, to be saved or printed. Raises UserError where there is no class, or entries are
    not saved."""
    if not sheet.class_id:
        raise UserError("还没有班级，没有考勤表。请先导入名册。")
    if dirty:
        raise UserError(f"{sheet.class_name}的点名改过，还没有保存。请先保存，再出考勤表。")
    return ROLL, RowsAsked(ids=(sheet.class_id,), month=month_of(sheet.day))
