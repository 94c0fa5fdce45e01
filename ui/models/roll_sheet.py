"""A roll being taken: the children of one class, what is entered and not yet saved, and the live 应到 and 实到."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QObject

from app.domain.attendance import WHEREABOUTS
from app.domain.dates import month_day
from app.domain.words import plain
from app.service.screens.roll_pupils import DayBefore, PupilRow
from ui.models.rows import Column, RowsModel

KINDS = ("旷课", "病假", "事假")
PRESENT, WHOLE, MORNING, AFTERNOON = "在校", "全天", "上午", "下午"
SHAPES = {PRESENT: "", "旷课": "■", "病假": "●", "事假": "▲"}
TINTS = {PRESENT: "done", "旷课": "overdue", "病假": "today", "事假": "today"}
SOUGHT, SOUGHT_SHAPE = WHEREABOUTS, "◇"
NAME_COLUMN, STRIP_COLUMN, STATE_COLUMN, NOTE_COLUMN = 1, 2, 3, 4
Entry = tuple[str, str, str]  # child's id, kind, part of the day


class Tally(NamedTuple):
    """应到, and of those the children who are away, and those who are there half of the day."""

    expected: int
    away: int = 0
    halves: int = 0

    @property
    def present(self) -> int | float:
        """实到: a child who is there half of the day counts half."""
        return plain(self.expected - self.away - self.halves / 2)

    @property
    def missed(self) -> str:
        """Who is not there all day, in words: 缺2人、半天1人; '' for nobody."""
        parts = (("缺", self.away), ("半天", self.halves))
        return "、".join(f"{word}{number}人" for word, number in parts if number)


class RollModel(RowsModel):
    """The rows of `roll_sheet`, with absences that can be entered. Every change goes out as `dataChanged`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._saved: dict[str, tuple[str, str]] = {}
        self._before: list[tuple[str, str, str]] = []

    def load(self, pupils: Sequence[PupilRow]) -> None:
        """Show the children as the standing roll has them; nothing then counts as unsaved."""
        self.set_rows(pupils)
        self._saved = self._entries()
        self._before = []

    def reload(self, pupils: Sequence[PupilRow]) -> None:
        """Show the children anew without losing entries that are not saved yet; a child now on leave has none."""
        unsaved, mine, before = self.dirty, self._entries(), self._before
        self.load(pupils)
        if not unsaved:
            return
        self._before = before
        for place, row in enumerate(self.rows):
            if not row.leave:
                kind, part = mine.get(row.id, ("", WHOLE))
                self.rows[place] = replace(row, kind=kind, part=part)

    @property
    def dirty(self) -> bool:
        """Whether an entry differs from what is saved."""
        return self._entries() != self._saved

    def entries(self) -> list[Entry]:
        """The children not simply present; leave is known already and is no entry."""
        return [(student, *entry) for student, entry in self._entries().items()]

    def tally(self) -> Tally:
        """Who missed the whole session or is on leave is away; who is sought is neither expected nor away."""
        expected = [row for row in self.rows if state_of(row) != SOUGHT]
        away = sum(bool(row.leave) or (bool(row.kind) and row.part == WHOLE) for row in expected)
        halves = sum(bool(row.kind) and not row.leave and row.part != WHOLE for row in expected)
        return Tally(len(expected), away, halves)

    def enter(self, place: int, kind: str, part: str = WHOLE) -> bool:
        """Enter the absence of the child at `place`; an empty `kind` is 在校. False for a child on leave, which stays
        as it is."""
        row = self.rows[place]
        if row.leave:
            return False
        self._before.append((row.id, row.kind, row.part))
        self._set(place, kind, part if kind else WHOLE)
        return True

    def undo_entry(self) -> bool:
        """Take back the last entry that is not saved; whether there was one."""
        while self._before:
            student, kind, part = self._before.pop()
            place = self.position("id", student)
            if place >= 0 and not self.rows[place].leave:
                self._set(place, kind, part)
                return True
        return False

    def _set(self, place: int, kind: str, part: str) -> None:
        self.rows[place] = replace(self.rows[place], kind=kind, part=part)
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self.columns) - 1))

    def enter_half(self, place: int, kind: str) -> bool:
        """Enter half the day: the morning first, the afternoon when asked again."""
        row = self.rows[place]
        again = row.kind == kind and row.part == MORNING
        return self.enter(place, kind, AFTERNOON if again else MORNING)

    def _entries(self) -> dict[str, tuple[str, str]]:
        return {row.id: (row.kind, row.part) for row in self.rows if row.kind and not row.leave}


def state_of(row: PupilRow) -> str:
    """在校, 旷课, 病假, 事假 or 核实去向: what the row shows, leave first."""
    return row.leave_kind if row.leave else row.kind or (SOUGHT if row.sought else PRESENT)


def state_words(row: PupilRow) -> str:
    """The state with its shape and part: ■ 旷课 上午."""
    state = state_of(row)
    if state == SOUGHT:
        return f"{SOUGHT_SHAPE} {SOUGHT}"
    part = "" if row.leave or row.part == WHOLE else f" {row.part}"
    return f"{SHAPES[state]} {state}{part}".strip()


def note_of(row: PupilRow) -> str:
    """What the state means for the child: the run, the case, the leave."""
    if row.leave:
        return row.leave
    if state_of(row) == SOUGHT:
        return row.sought
    if row.kind != "旷课":
        return row.notes.present
    return row.notes.absent if row.part == WHOLE else row.notes.half


def strip_words(row: PupilRow) -> str:
    """The days before in words: 11月18日旷课，11月19日没有点名."""
    return "，".join(_day_words(one) for one in row.strip) or "还没有点过名"


def _day_words(one: DayBefore) -> str:
    said = "没有点名" if one.kind == "未记录" else one.kind + ("（半天）" if one.half else "")
    return f"{month_day(one.day)}{said}"


def _note_tint(row: PupilRow) -> str:
    note = note_of(row)
    if "●" in note:
        return "overdue"
    return "today" if "○" in note else "quiet"


COLUMNS = (
    Column("序", lambda row: str(row.place), width=2),
    Column("姓名", lambda row: row.name, width=6),
    Column("前5个上课日", strip_words, width=7),
    Column("当天", state_words, width=15, spoken=lambda row: f"{row.name} {state_words(row)} {note_of(row)}"),
    Column("说明", note_of, width=0, tint=_note_tint),
)
