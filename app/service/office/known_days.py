"""What is known of the days of one unit: its own word, that of the offices above it, and their holiday tables."""

from collections.abc import Iterable
from datetime import date

from app.domain.aliases import UNIT, stand_ins
from app.domain.calendar import OfficeCalendar, SchoolCalendar
from app.domain.records import Alias, CalendarDay, NationalDay, Term, Unit
from app.domain.units import UnitTree
from app.reference.national_days import national_table
from app.store.transaction import Transaction


def unit_tree(tx: Transaction) -> UnitTree:
    """Every unit of the database; those a card named as one office are read as one (`Alias` of units)."""
    return UnitTree({one.id: one for one in tx.find(Unit)}, stand_ins(tx.find(Alias, kind=UNIT), UNIT))


def calendar_of(tx: Transaction, units: UnitTree, unit_id: str) -> SchoolCalendar:
    """The calendar of a unit, layered from the nearest office to the county (design section 4)."""
    chain = units.chain(unit_id)
    ids = [units.same(one.id) for one in chain]
    known = tuple(one for group in ids for one in group)
    terms = tx.find(Term, unit_id=known, order="first_day, id")
    days = tx.find(CalendarDay, unit_id=known)
    own, *above = (
        OfficeCalendar(
            office.level,
            tuple(one for one in terms if one.unit_id in group),
            {one.day: one for one in days if one.unit_id in group},
        )
        for office, group in zip(chain, ids, strict=True)
    )
    national = national_table(nearest_years(tx.find(NationalDay, unit_id=known), ids))
    return SchoolCalendar(national, own.terms, own.days, tuple(above))


def years_without_holidays(first: date, last: date) -> tuple[int, ...]:
    """The years from `first` to `last` whose holidays do not come with the program."""
    national = national_table()
    return tuple(year for year in range(first.year, last.year + 1) if not national(date(year, 1, 1)).known)


def nearest_years(rows: Iterable[NationalDay], offices: Iterable[Iterable[str]]) -> tuple[NationalDay, ...]:
    """The rows that count: of each year those of the nearest office that typed it in. `offices` are the ids of each
    office, the nearest first. A year is taken whole: two offices' tables of a year are never mixed."""
    by_year: dict[int, dict[str, list[NationalDay]]] = {}
    for row in rows:
        by_year.setdefault(row.day.year, {}).setdefault(row.unit_id, []).append(row)
    order = [tuple(office) for office in offices]
    found: list[NationalDay] = []
    for year in sorted(by_year):
        nearest = next(office for office in order if any(one in by_year[year] for one in office))
        found += [row for one in nearest for row in by_year[year].get(one, ())]
    return tuple(found)
