"""The school calendar as an office sees and edits it: terms, single days, and holiday tables for new years."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.domain.calendar import CHILDREN_DAY, ONE_DAY, days_between, is_usual
from app.domain.dates import month_day, refuse_long, weekday_words
from app.domain.records import CalendarDay, ClassGroup, NationalDay, Term
from app.domain.vocabulary import DAY_KINDS
from app.errors import UserError
from app.reference.national_days import parse_holiday_table, shipped_years
from app.roster.cells import cell_text
from app.roster.reading import Cell
from app.roster.workbook import read_workbook
from app.service.office.desk import Desk
from app.store.queries.office import days_set, overlapping_terms

LONGEST_SPAN = 60  # days set by hand in one go; longer is a vacation and belongs into the term


@dataclass(frozen=True)
class ShownDay:
    """A day of the calendar: how much of it is school (0, 0.5 or 1 上课日) and why, in words."""

    day: date
    weight: float
    why: str

    @property
    def school_day(self) -> bool:
        """Whether any of the day is school."""
        return self.weight > 0


@dataclass(frozen=True)
class DaySet:
    """A day set by hand: 上课, 停课 or 半天, and why."""

    day: date
    kind: str
    note: str


@dataclass(frozen=True)
class DaysSet:
    """The days that were set by hand in one go."""

    days: tuple[date, ...]
    kind: str
    note: str


@dataclass(frozen=True)
class DaysReset:
    """The days that are again as the nation and the term say."""

    days: tuple[date, ...]


@dataclass(frozen=True)
class TermSet:
    """A term that was set; `cycle` as in `records.Term`."""

    first: date
    last: date
    cycle: str


@dataclass(frozen=True)
class TermRemoved:
    """A term that was taken back."""

    first: date
    last: date


@dataclass(frozen=True)
class HolidaysEntered:
    """The year of a holiday table, and how many days (自然日) it names. `left_out` says which days of another year were
    not entered, because that year has no table yet and would seem to have one; empty for none."""

    year: int
    days: int
    left_out: str = ""


def show_calendar(desk: Desk, first: date, last: date) -> tuple[ShownDay, ...]:
    """Each day from `first` to `last`.

    On 六一 the day is no 上课日 for a unit that has only 小学 pupils; with 初中 classes it is, for those 14 and over.
    """
    refuse_long(first, last)
    if (last - first).days > 800:
        raise UserError("一次最多看800天的校历。请缩短起止日期。")
    off = _only_primary(desk)
    rows = []
    for day in days_between(first, last):
        fact = desk.calendar.fact(day, children_day_off=off)
        why = fact.why
        if not off and (day.month, day.day) == CHILDREN_DAY and fact.weight:
            why += "；儿童节，不满14周岁学生放假"
        term = desk.calendar.term_of(day)
        if term and is_usual(term) and fact.weight:
            why += "；学期未设置，按常用学期推算"
        rows.append(ShownDay(day, fact.weight, why))
    return tuple(rows)


def set_days(desk: Desk, first: date, last: date, kind: str, note: str = "") -> DaysSet:
    """Set the days from `first` to `last` by hand; `kind` as in `set_day`.

    In a span only days change that the kind changes: a 停课 of two weeks leaves the weekends alone, a 补课 the days
    that are school anyway; what was set by hand before is replaced. Raises UserError when not one day would change.
    """
    refuse_long(first, last)
    if (last - first).days > LONGEST_SPAN:
        raise UserError(f"一次最多设{LONGEST_SPAN}天。整个假期请用“设学期”写明开学和放假。")
    days = days_between(first, last)
    if len(days) > 1:
        days = [day for day in days if day in desk.calendar.overrides or _changes(desk, day, kind)]
    if not days:
        already = "本来就上课" if kind == "school" else "本来就不上课"
        raise UserError(f"{first}至{last}{already}，不用设。请核对日期。")
    for day in days:
        set_day(desk, day, kind, note)
    return DaysSet(tuple(days), DAY_KINDS[kind], note)


def reset_days(desk: Desk, first: date, last: date) -> DaysReset:
    """Take back what was set by hand from `first` to `last`: the offices above, the term and the nation decide
    again. Raises UserError where nothing was set here."""
    refuse_long(first, last)
    found = days_set(desk.tx, desk.unit.id, first, last)
    if not found:
        raise UserError("这几天没有单独设过，本来就按国家安排和学期算。")
    for one in found:
        desk.tx.withdraw(CalendarDay, one.id, desk.today, "改回按国家安排")
    return DaysReset(tuple(one.day for one in found))


def _changes(desk: Desk, day: date, kind: str) -> bool:
    """Whether a day that nobody set by hand is other than `kind` wants it."""
    weight = desk.calendar.weight(day)
    return weight < 1 if kind == "school" else weight > 0


def set_day(desk: Desk, day: date, kind: str, note: str = "") -> DaySet:
    """Set one day by hand: `kind` is school, off or half. Replaces what was set before for that day."""
    for old in desk.tx.find(CalendarDay, unit_id=desk.unit.id, day=day):
        desk.tx.withdraw(CalendarDay, old.id, desk.today, "重新设置")
    record = CalendarDay(id=desk.tx.new_id(), unit_id=desk.unit.id, day=day, kind=DAY_KINDS[kind], note=note)
    desk.tx.add(record)
    return DaySet(day, record.kind, note)


def set_term(desk: Desk, first: date, last: date, cycle: str = "") -> TermSet:
    """Set a term. It replaces any term it overlaps. `cycle` as in `records.Term`."""
    refuse_long(first, last)
    if (last - first).days > 240:
        raise UserError("一个学期不会超过240天。请核对学期的起止日期。")
    if set(cycle) - set("10h"):
        raise UserError(
            "大小周要写成1（上课）、0（休息）、h（半天）组成的一串，从周一开始，例如11111101111100。"
        )
    for old in overlapping_terms(desk.tx, desk.unit.id, first, last):
        desk.tx.withdraw(Term, old.id, desk.today, "重新设置学期")
    desk.tx.add(Term(id=desk.tx.new_id(), unit_id=desk.unit.id, first_day=first, last_day=last, cycle=cycle))
    return TermSet(first, last, cycle)


def withdraw_term(desk: Desk, first: date) -> TermRemoved:
    """Take back the term that begins on `first`. Raises UserError where this unit set none."""
    found = desk.tx.find(Term, unit_id=desk.unit.id, first_day=first)
    if not found:
        raise UserError(f"没有{first}开学的学期。请核对开学日期。")
    for one in found:
        desk.tx.withdraw(Term, one.id, desk.today, "删去学期")
    return TermRemoved(found[0].first_day, found[0].last_day)


def holidays_in_words(text: str, year: int) -> tuple[str, ...]:
    """What `enter_holidays` would understand of `text`: 元旦：1月1日（周五）至1月3日（周日）放假，共3天.

    Raises UserError as `parse_holiday_table` does.
    """
    spans: list[list[tuple[date, bool, str]]] = []
    for row in parse_holiday_table(text, year):
        last = spans[-1][-1] if spans else None
        if last and last[1:] == row[1:] and row[0] == last[0] + ONE_DAY:
            spans[-1].append(row)
        else:
            spans.append([row])
    return tuple(_span_words(span) for span in spans)


def _span_words(span: list[tuple[date, bool, str]]) -> str:
    first, workday, name = span[0]
    to = f"至{_with_weekday(span[-1][0])}" if len(span) > 1 else ""
    what = "上班" if workday else "放假"
    together = f"，共{len(span)}天" if len(span) > 1 else ""
    return f"{name}：{_with_weekday(first)}{to}{what}{together}"


def _with_weekday(day: date) -> str:
    return f"{month_day(day)}（{weekday_words(day)}）"


def holiday_text(path: Path) -> str:
    """The lines of a file that holds a holiday table: a text, or a sheet of Excel or WPS with a row a line.

    Raises UserError or EnvironmentProblem, naming the file, when it cannot be read.
    """
    rows = [row for sheet in read_workbook(path) for row in sheet.rows]
    return "\n".join(" ".join(filter(None, map(_holiday_cell, row))) for row in rows)


def _holiday_cell(cell: Cell) -> str:
    return cell.strftime("%Y-%m-%d") if isinstance(cell, date) else cell_text(cell)


def enter_holidays(desk: Desk, year: int, table: str) -> HolidaysEntered:
    """Enter the holiday table of a year the program does not know (or correct one), from text lines.

    It holds for this unit and those below it that typed in none of their own. Raises UserError as
    `parse_holiday_table` does.
    """
    rows = parse_holiday_table(table, year)
    known = {day for day, _, _ in rows if day.year == year or _has_table(desk, day.year)}
    for old in desk.tx.find(NationalDay, unit_id=desk.unit.id):
        if old.withdrawn_on is None and (old.day.year == year or old.day in known):
            desk.tx.withdraw(NationalDay, old.id, desk.today, "重新录入")
    for day, workday, name in rows:
        if day in known:
            desk.tx.add(
                NationalDay(id=desk.tx.new_id(), unit_id=desk.unit.id, day=day, workday=workday, name=name)
            )
    others = [row for row in rows if row[0] not in known]
    return HolidaysEntered(year, len(known), _left_out(others))


def _has_table(desk: Desk, year: int) -> bool:
    """Whether the program, or somebody here, knows the holidays of a year."""
    return year in shipped_years() or any(
        one.day.year == year and one.withdrawn_on is None for one in desk.tx.find(NationalDay)
    )


def _left_out(rows: list[tuple[date, bool, str]]) -> str:
    if not rows:
        return ""
    days = "、".join(f"{day}{'上班' if workday else '放假'}" for day, workday, _ in rows)
    years = "、".join(sorted({f"{day.year}年" for day, _, _ in rows}))
    return f"{years}还没有放假安排，{days}没有录入，请录入{years}的放假安排时一起写上。"


def _only_primary(desk: Desk) -> bool:
    stages = {group.stage for group in desk.tx.find(ClassGroup)}
    if not stages:
        return not any(word in desk.unit.name for word in ("中学", "初中", "九年", "一贯"))
    return stages == {"小学"}
