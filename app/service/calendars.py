"""The school calendar as an office sees and edits it: terms, single days, and holiday tables for new years."""

from datetime import date

from app.domain.calendar import CHILDREN_DAY, days_between, is_usual
from app.domain.records import CalendarDay, ClassGroup, NationalDay, Term
from app.domain.vocabulary import DAY_KINDS
from app.errors import UserError
from app.reference.national_days import parse_holiday_table
from app.service.desk import JSON, Desk


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


def enter_holidays(desk: Desk, year: int, table: str) -> JSON:
    """Enter the holiday table of a year the program does not know (or correct one), from text lines."""
    days = parse_holiday_table(table, year)
    for old in desk.tx.find(NationalDay, "day LIKE ?", [f"{year}-%"]):
        desk.tx.withdraw(NationalDay, old.id, desk.today, "重新录入")
    for day, workday, name in days:
        desk.tx.add(NationalDay(id=desk.tx.new_id(), day=day, workday=workday, name=name))
    return {"year": year, "days": len(days)}


def _only_primary(desk: Desk) -> bool:
    stages = {group.stage for group in desk.tx.find(ClassGroup)}
    if not stages:
        return not any(word in desk.unit.name for word in ("中学", "初中", "九年", "一贯"))
    return stages == {"小学"}


def _in_order(first: date, last: date) -> None:
    if last < first:
        raise UserError(f"结束日期{last}早于开始日期{first}。请调换或改正。")
