"""What an attendance sheet says of a class, day by day: days that can be recorded, and those that cannot with the cell.

A day is recorded whole or not at all: whoever is not said to be missing would otherwise count as in school.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from app.domain.attendance import covers
from app.domain.dates import month_day
from app.domain.records import Absence, ClassGroup, Leave, Roll, Student
from app.roster.model import Problem
from app.roster.month_entries import BLANK, PRESENT, UNCALLED, CellEntry
from app.roster.month_sheet import MonthLine, MonthSheet
from app.service.office.classes import pupils
from app.service.office.desk import Desk
from app.service.office.grades import name_on
from app.service.rolls.month_table import Month
from app.service.rolls.register import is_called
from app.store.queries.rolls import leaves_on

Absences = dict[str, tuple[str, str]]
"""Child → the kind of absence and the part of the day."""


@dataclass(frozen=True)
class DayRead:
    """A day of a class as the sheet has it, and as the rolls have it (`before` is None where nobody called)."""

    day: date
    absences: Absences
    before: Absences | None


@dataclass
class ClassRead:
    """A class of a sheet: the days that can be recorded, those that nobody called, and what was wrong or doubtful."""

    group: ClassGroup
    name: str
    month: Month
    days: list[DayRead] = field(default_factory=list)
    not_called: list[date] = field(default_factory=list)
    rejected: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)


def read_class(desk: Desk, sheet: MonthSheet, group: ClassGroup, month: Month) -> ClassRead:
    """The days of one sheet, compared with the children of the class and with what is recorded."""
    reader = _Reader(desk, sheet, group, month)
    for number in sheet.days:
        if number <= month.last.day:
            reader.read(date(month.year, month.number, number))
    reader.tell_names()
    return reader.found


class _Reader:
    """Reads the days of a sheet one after another and remembers which names did not fit."""

    def __init__(self, desk: Desk, sheet: MonthSheet, group: ClassGroup, month: Month) -> None:
        self._desk = desk
        self._sheet = sheet
        self._group = group
        self._calendar = desk.calendar_of(group.school_id)
        self._lines: dict[str, list[MonthLine]] = defaultdict(list)
        for line in sheet.lines:
            self._lines[line.name].append(line)
        self._lacking: dict[str, list[date]] = defaultdict(list)  # children without a line → days
        self._known: set[str] = set()
        name = name_on(desk, group, min(desk.today, month.last))
        self.found = ClassRead(group, name, month)

    def read(self, day: date) -> None:
        """Take in one day."""
        cells = [(line, *line.days[day.day]) for line in self._sheet.lines]
        children = pupils(self._desk, self._group.id, day)
        self._known |= {child.name for child in children}
        said = [entry.what for _line, _cell, _text, entry in cells if entry.what != BLANK or entry.problem]
        if why := self._why_not(day):
            for line, cell, _text, _entry in [one for one in cells if one[3].what not in {BLANK, UNCALLED}][
                :1
            ]:
                self._refuse(line, cell, f"{month_day(day)}{why}，这一天没有记")
            return
        if not children or not self._calendar.weight(day):
            return
        if all(what == UNCALLED for what in said):
            if self._before(day) is None:
                self.found.not_called.append(day)
            return
        strict = PRESENT in said
        absences: Absences = {}
        readable = [self._child(day, child, strict, absences) for child in children]
        if all(readable):
            self._take(day, children, absences)

    def _why_not(self, day: date) -> str:
        if day > self._desk.today:
            return "还没有到"
        fact = self._calendar.fact(day)
        return "" if fact.weight else f"不是上课日（{fact.why}）；学校那天补课的，先在校历里设为上课"

    def _child(self, day: date, child: Student, strict: bool, absences: Absences) -> bool:
        """Put down what the sheet says of a child; whether it could be read."""
        lines = self._lines[child.name]
        if not lines:
            self._lacking[child.name].append(day)
            return False
        said = [line.days[day.day] for line in lines]
        if len({(entry.what, entry.part) for _cell, _text, entry in said}) > 1:
            reason = (
                f"“{child.name}”有{len(lines)}行，{month_day(day)}写的不一样，分不清是谁，请在点名页点这一天"
            )
            return self._refuse(lines[0], said[0][0], reason)
        cell, _text, entry = said[0]
        if why := entry.problem or _why_unsaid(entry, strict):
            return self._refuse(lines[0], cell, f"{why}；{month_day(day)}没有记")
        if entry.what not in {BLANK, PRESENT}:
            absences[child.id] = (entry.what, entry.part)
        self.found.names[child.id] = child.name
        return True

    def _take(self, day: date, children: Sequence[Student], absences: Absences) -> None:
        leaves = leaves_on(self._desk.tx, day, day, {child.id for child in children})
        away = {leave.student_id: leave for leave in leaves if covers(leave, day)}
        self._doubt_leaves(day, children, away, absences)
        kept = {one: absence for one, absence in absences.items() if not _is_said(away.get(one), absence)}
        self.found.days.append(DayRead(day, kept, self._before(day)))

    def _doubt_leaves(
        self, day: date, children: Sequence[Student], away: dict[str, Leave], absences: Absences
    ) -> None:
        for child in children:
            said = absences.get(child.id, (PRESENT, ""))[0]
            if child.id in away and said in {PRESENT, "旷课"}:
                line = self._lines[child.name][0]
                leave = away[child.id]
                reason = (
                    f"{child.name}{month_day(day)}请了{leave.kind}，表里是{said}，按请假算；"
                    "已经返校的，请在点名页销假"
                )
                self.found.warnings.append(self._problem(line, line.days[day.day][0], reason))

    def _before(self, day: date) -> Absences | None:
        """What is recorded of the day; None where it was not called whole."""
        rolls = self._desk.tx.find(Roll, class_id=self._group.id, day=day)
        if not is_called({roll.session for roll in rolls}, self._calendar.weight(day)):
            return None
        found: dict[str, list[Absence]] = defaultdict(list)
        for absence in self._desk.tx.find(Absence, roll_id=tuple(roll.id for roll in rolls)):
            found[absence.student_id].append(absence)
            self.found.names[absence.student_id] = self._desk.tx.get(Student, absence.student_id).name
        return {one: _joined(absences) for one, absences in found.items()}

    def tell_names(self) -> None:
        """Name the lines that are nobody of the class, and the children the sheet has no line for."""
        for line in self._sheet.lines:
            if line.name not in self._known:
                near = get_close_matches(line.name, sorted(self._lacking), n=1, cutoff=0.3)
                hint = f"，是不是“{near[0]}”" if near else ""
                reason = f"{self.found.name}这个月没有学生“{line.name}”{hint}，这一行没有用，请核对姓名"
                self._refuse(line, line.cell, reason)
        for name, days in self._lacking.items():
            words = month_day(days[0]) + (f"等{len(days)}天" if len(days) > 1 else "")
            row = self._sheet.head_row
            reason = f"表里没有“{name}”，不知道到没到校，{words}没有记，请在表里补上这名学生"
            self.found.rejected.append(Problem(self._sheet.sheet, row, f"A{row}", reason, name))

    def _refuse(self, line: MonthLine, cell: str, reason: str) -> bool:
        self.found.rejected.append(self._problem(line, cell, reason))
        return False

    def _problem(self, line: MonthLine, cell: str, reason: str) -> Problem:
        return Problem(self._sheet.sheet, line.row, cell, reason, line.name)


def _why_unsaid(entry: CellEntry, strict: bool) -> str:
    if entry.what == UNCALLED:
        return "这一格是没有点名，别的学生却点了，请改成√或旷、病、事"
    return "这一格没有填，请填√或旷、病、事" if strict and entry.what == BLANK else ""


def _is_said(leave: Leave | None, absence: tuple[str, str]) -> bool:
    """Whether a leave says already what an absence would say once more."""
    return leave is not None and absence == (leave.kind, "全天")


def _joined(absences: Sequence[Absence]) -> tuple[str, str]:
    """The absences of one child on one day as one: both halves of a kind are the whole day."""
    if len(absences) > 1 and len({one.kind for one in absences}) == 1:
        return absences[0].kind, "全天"
    return absences[0].kind, absences[0].part


def words_of_absences(absences: Absences, names: dict[str, str]) -> Iterator[str]:
    """陈小满旷课, 林一帆上午病假, in the order of names."""
    for child, (kind, part) in sorted(absences.items(), key=lambda one: names[one[0]]):
        yield f"{names[child]}{'' if part == '全天' else part}{kind}"
