"""上课日, 工作日 and 自然日: which days count, and why.

上课日 = (national 工作日, 调休 included, ∩ the term) − closures + make-up days (domain section 7). A term may instead
follow a repeating cycle of days (大小周, boarding fortnights); national holidays and 调休 still apply to it.

The days of a school are its own word, else that of the offices above it, the nearest first (design section 4: county ⊕
township ⊕ school).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from app.domain.records import CalendarDay, Term

CHILDREN_DAY = (6, 1)
CHILDREN_DAY_AGE = 14  # 全国年节及纪念日放假办法 第三条: 不满14周岁的少年儿童放假1天
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NationalFact:
    """What the national table says of a day. `known` is false for a year without a table: weekends only."""

    workday: bool
    name: str = ""
    known: bool = True


NationalTable = Callable[[date], NationalFact]

WEIGHTS = {"上课": 1.0, "半天": 0.5, "停课": 0.0}
OWN_WORD = "本单位"
SAID_BY = {"县": "县里", "乡镇": "乡镇", "中心学校": "中心学校"}
"""Level of an office above → how a day that it set is said: 县里设为停课."""


@dataclass(frozen=True)
class DayFact:
    """How much of a day is school (0, 0.5 or 1 上课日) and why, in words."""

    day: date
    weight: float
    why: str


@dataclass(frozen=True)
class OfficeCalendar:
    """What one office above a school says for all its schools: its terms and the days it set by hand."""

    level: str
    terms: tuple[Term, ...] = ()
    days: Mapping[date, CalendarDay] = field(default_factory=dict)


@dataclass(frozen=True)
class SchoolCalendar:
    """The calendar of one unit: national table, its terms and the days it set by hand, and those of the offices
    above it, the nearest first.

    A day set by hand holds before one set further up. A term holds unless it overlaps one that is set nearer: what
    the school says of an autumn replaces what the county says of that autumn, and leaves the county's spring.
    """

    national: NationalTable
    terms: tuple[Term, ...]
    overrides: Mapping[date, CalendarDay]
    above: tuple[OfficeCalendar, ...] = ()

    def fact(self, day: date, *, children_day_off: bool = False) -> DayFact:
        """Whether `day` is a 上课日; `children_day_off` for a child (or class) that has 六一 off."""
        if set_by_hand := self._set_by_hand(day):
            who, override = set_by_hand
            note = f"：{override.note}" if override.note else ""
            return DayFact(day, WEIGHTS[override.kind], f"{who}设为{override.kind}{note}")
        term = self.term_of(day)
        if term is None:
            return DayFact(day, 0.0, "不在学期内")
        national = self.national(day)
        weight, why = _ordinary(day, national, term)
        if weight and children_day_off and (day.month, day.day) == CHILDREN_DAY:
            return DayFact(day, 0.0, "儿童节，不满14周岁学生放假")
        return DayFact(
            day, weight, why + ("" if national.known else f"（无{day.year}年节假日数据，只按周末推算）")
        )

    def weight(self, day: date, *, children_day_off: bool = False) -> float:
        """How much of `day` is school: 0, 0.5 or 1."""
        return self.fact(day, children_day_off=children_day_off).weight

    def term_of(self, day: date) -> Term | None:
        """The term that holds `day`: the school's, else that of the nearest office above, else the usual one (see
        `usual_terms`)."""
        nearer: tuple[Term, ...] = ()
        for terms in (self.terms, *(office.terms for office in self.above), usual_terms(day)):
            for term in terms:
                if term.first_day <= day <= term.last_day and not _is_replaced(term, nearer):
                    return term
            nearer += terms
        return None

    def level_of(self, term: Term) -> str:
        """The level of the office above that set `term`; '' for the school's own and for a usual one."""
        return next((office.level for office in self.above if term in office.terms), "")

    def _set_by_hand(self, day: date) -> tuple[str, CalendarDay] | None:
        """Whose word decides on `day`, and the word; None where nobody set it."""
        if own := self.overrides.get(day):
            return OWN_WORD, own
        for office in self.above:
            if override := office.days.get(day):
                return SAID_BY.get(office.level, office.level), override
        return None

    def school_days(self, first: date, last: date, *, children_day_off: bool = False) -> list[date]:
        """The 上课日 (whole or half) from `first` to `last`, both included."""
        return [
            day
            for day in days_between(first, last)
            if self.weight(day, children_day_off=children_day_off) > 0
        ]

    def last_school_days(self, until: date, count: int) -> list[date]:
        """The `count` newest 上课日 up to and including `until`, oldest first; fewer if a year holds fewer."""
        found: list[date] = []
        day = until
        while len(found) < count and until - day < timedelta(days=366):
            if self.weight(day) > 0:
                found.append(day)
            day -= ONE_DAY
        return found[::-1]

    def next_school_day(self, after: date) -> date | None:
        """The first 上课日 later than `after`, looking one year ahead."""
        ahead = (after + timedelta(days=offset) for offset in range(1, 367))
        return next((day for day in ahead if self.weight(day) > 0), None)

    def is_closed(self, day: date) -> bool:
        """Whether `day` was set to 停课 by hand, here or in an office above whose word holds; no holiday is that."""
        set_by_hand = self._set_by_hand(day)
        return set_by_hand is not None and not WEIGHTS[set_by_hand[1].kind]

    def is_workday(self, day: date) -> bool:
        """Whether `day` is a national 工作日 (调休上班 included), whatever the school does."""
        return self.national(day).workday

    def missing_years(self, days: Iterable[date]) -> list[int]:
        """The years among `days` for which there is no national holiday table."""
        return sorted({day.year for day in days if not self.national(day).known})


def usual_terms(day: date) -> tuple[Term, ...]:
    """The terms most counties keep, used and said aloud until the school sets its own (domain section 7)."""
    return _usual_terms(day.year)


@cache
def _usual_terms(year: int) -> tuple[Term, ...]:
    return (
        _usual(f"{year - 1}-秋", date(year - 1, 9, 1), date(year, 1, 20)),
        _usual(f"{year}-春", date(year, 2, 24), date(year, 7, 5)),
        _usual(f"{year}-秋", date(year, 9, 1), date(year + 1, 1, 20)),
    )


def is_usual(term: Term) -> bool:
    """Whether `term` is our assumption and not one the school set."""
    return not term.unit_id


def has_children_day_off(day: date, birth: date | None, stage: str) -> bool:
    """Whether a child has 六一 off: under 14 that day; without a birth date, a pupil of 小学 does."""
    if (day.month, day.day) != CHILDREN_DAY:
        return False
    if stage == "小学" or birth is None:
        return stage == "小学"
    return age_on(birth, day) < CHILDREN_DAY_AGE


def age_on(birth: date, day: date) -> int:
    """Full years of age on `day`; a 29 February birthday counts from 1 March in common years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def days_between(first: date, last: date) -> list[date]:
    """Every 自然日 from `first` to `last`, both included; empty if `last` is earlier."""
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _is_replaced(term: Term, nearer: Iterable[Term]) -> bool:
    return any(one.first_day <= term.last_day and term.first_day <= one.last_day for one in nearer)


def _usual(name: str, first: date, last: date) -> Term:
    return Term(id=f"usual-{name}", unit_id="", first_day=first, last_day=last)


def _ordinary(day: date, national: NationalFact, term: Term) -> tuple[float, str]:
    note = f"（{national.name}）" if national.name else ""
    if not term.cycle:
        if national.workday:
            return 1.0, f"国家工作日{'，调休上班' + note if note else ''}"
        return 0.0, f"法定节假日{note}" if note else "周末"
    if national.name:  # a holiday or a 调休 day overrules the school's own cycle
        return (1.0, f"调休上班{note}") if national.workday else (0.0, f"法定节假日{note}")
    monday = term.first_day - timedelta(days=term.first_day.weekday())
    sign = term.cycle[(day - monday).days % len(term.cycle)]
    return {"1": (1.0, "按大小周上课"), "h": (0.5, "按大小周上半天"), "0": (0.0, "按大小周休息")}[sign]
