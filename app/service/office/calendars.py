"""The school calendar as an office sees and edits it: terms, single days, and holiday tables for new years."""

from datetime import date
from pathlib import Path

from app.domain.calendar import CHILDREN_DAY, ONE_DAY, days_between, is_usual
from app.domain.dates import month_day, weekday_words
from app.domain.records import CalendarDay, ClassGroup, NationalDay, Term
from app.domain.vocabulary import DAY_KINDS
from app.errors import UserError
from app.reference.national_days import parse_holiday_table
from app.roster.cells import cell_text
from app.roster.reading import Cell, read_workbook
from app.service.office.desk import JSON, Desk

LONGEST_SPAN = 60  # days set by hand in one go; longer is a vacation and belongs into the term


def show_calendar(desk: Desk, first: date, last: date) -> list[JSON]:
    """Each day from `first` to `last`: {date, school_day, weight, why}.

    On 六一 the day is no 上课日 for a unit that has only 小学 pupils; with 初中 classes it is, for those 14 and over.
    """
    _in_order(first, last)
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
        rows.append({"date": day, "school_day": fact.weight > 0, "weight": fact.weight, "why": why})
    return rows


def set_days(desk: Desk, first: date, last: date, kind: str, note: str = "") -> JSON:
    """Set the days from `first` to `last` by hand; `kind` as in `set_day`. Returns {days, kind, note}.

    In a span only days change that the kind changes: a 停课 of two weeks leaves the weekends alone, a 补课 the days
    that are school anyway; what was set by hand before is replaced. Raises UserError when not one day would change.
    """
    _in_order(first, last)
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
    return {"days": days, "kind": DAY_KINDS[kind], "note": note}


def reset_days(desk: Desk, first: date, last: date) -> JSON:
    """Take back what was set by hand from `first` to `last`: the term and the nation decide again. Returns {days}."""
    _in_order(first, last)
    found = desk.tx.find(
        CalendarDay,
        "unit_id = ? AND day BETWEEN ? AND ?",
        [desk.unit.id, first.isoformat(), last.isoformat()],
        order="day",
    )
    if not found:
        raise UserError("这几天没有单独设过，本来就按国家安排和学期算。")
    for one in found:
        desk.tx.withdraw(CalendarDay, one.id, desk.today, "改回按国家安排")
    return {"days": [one.day for one in found]}


def _changes(desk: Desk, day: date, kind: str) -> bool:
    """Whether a day that nobody set by hand is other than `kind` wants it."""
    weight = desk.calendar.weight(day)
    return weight < 1 if kind == "school" else weight > 0


def set_day(desk: Desk, day: date, kind: str, note: str = "") -> JSON:
    """Set one day by hand: `kind` is school, off or half. Replaces what was set before for that day."""
    for old in desk.tx.find(CalendarDay, "unit_id = ? AND day = ?", [desk.unit.id, day.isoformat()]):
        desk.tx.withdraw(CalendarDay, old.id, desk.today, "重新设置")
    record = CalendarDay(id=desk.tx.new_id(), unit_id=desk.unit.id, day=day, kind=DAY_KINDS[kind], note=note)
    desk.tx.add(record)
    return {"date": day, "kind": record.kind, "note": note}


def set_term(desk: Desk, first: date, last: date, cycle: str = "") -> JSON:
    """Set a term. It replaces any term it overlaps. `cycle` as in `records.Term`."""
    _in_order(first, last)
    if (last - first).days > 240:
        raise UserError("一个学期不会超过240天。请核对学期的起止日期。")
    if set(cycle) - set("10h"):
        raise UserError(
            "大小周要写成1（上课）、0（休息）、h（半天）组成的一串，从周一开始，例如11111101111100。"
        )
    overlapping = desk.tx.find(
        Term,
        "unit_id = ? AND first_day <= ? AND last_day >= ?",
        [desk.unit.id, last.isoformat(), first.isoformat()],
    )
    for old in overlapping:
        desk.tx.withdraw(Term, old.id, desk.today, "重新设置学期")
    desk.tx.add(Term(id=desk.tx.new_id(), unit_id=desk.unit.id, first_day=first, last_day=last, cycle=cycle))
    return {"from": first, "to": last, "cycle": cycle}


def withdraw_term(desk: Desk, first: date) -> JSON:
    """Take back the term that begins on `first`. Returns {from, to}. Raises UserError where none was set."""
    found = desk.tx.find(Term, "unit_id = ? AND first_day = ?", [desk.unit.id, first.isoformat()])
    if not found:
        raise UserError(f"没有{first}开学的学期。请核对开学日期。")
    for one in found:
        desk.tx.withdraw(Term, one.id, desk.today, "删去学期")
    return {"from": found[0].first_day, "to": found[0].last_day}


def holidays_in_words(text: str, year: int) -> list[str]:
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
    return [_span_words(span) for span in spans]


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


def enter_holidays(desk: Desk, year: int, table: str) -> JSON:
    """Enter the holiday table of a year the program does not know (or correct one), from text lines."""
    days = parse_holiday_table(table, year)
    for old in (one for one in desk.tx.find(NationalDay, unit_id=desk.unit.id) if one.day.year == year):
        desk.tx.withdraw(NationalDay, old.id, desk.today, "重新录入")
    for day, workday, name in days:
        desk.tx.add(
            NationalDay(id=desk.tx.new_id(), unit_id=desk.unit.id, day=day, workday=workday, name=name)
        )
    return {"year": year, "days": len(days)}


def _only_primary(desk: Desk) -> bool:
    stages = {group.stage for group in desk.tx.find(ClassGroup)}
    if not stages:
        return not any(word in desk.unit.name for word in ("中学", "初中", "九年", "一贯"))
    return stages == {"小学"}


def _in_order(first: date, last: date) -> None:
    if last < first:
        raise UserError(f"结束日期{last}早于开始日期{first}。请调换或改正。")
