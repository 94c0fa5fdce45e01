"""County ⊕ township ⊕ school: whose word decides on a day (design section 4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.calendar import OfficeCalendar, SchoolCalendar, days_between, usual_terms
from app.domain.records import CalendarDay, Term
from tests.helpers.facts import NATIONAL, on

MONDAY = on(11, 9)
FIRST, LAST = on(1, 1), on(12, 31)


def days(unit: str, kinds: dict[date, str], note: str = "") -> dict[date, CalendarDay]:
    return {
        day: CalendarDay(id=f"{unit}-{day}", unit_id=unit, day=day, kind=kind, note=note)
        for day, kind in kinds.items()
    }


def term(unit: str, first: date, last: date, cycle: str = "") -> Term:
    return Term(id=f"{unit}-{first}-{last}", unit_id=unit, first_day=first, last_day=last, cycle=cycle)


def layered(
    school: dict[date, str] | None = None,
    township: dict[date, str] | None = None,
    county: dict[date, str] | None = None,
) -> SchoolCalendar:
    above = (
        OfficeCalendar("乡镇", (), days("township", township or {}, "集会")),
        OfficeCalendar("县", (), days("county", county or {}, "暴雨")),
    )
    return SchoolCalendar(NATIONAL, (), days("school", school or {}, "校运动会"), above)


def test_a_closure_of_the_county_closes_its_schools_and_says_whose_word_it_is() -> None:
    fact = layered(county={MONDAY: "停课"}).fact(MONDAY)
    assert (fact.weight, fact.why) == (0, "县里设为停课：暴雨")


def test_the_township_overrules_the_county_for_its_schools() -> None:
    fact = layered(township={MONDAY: "半天"}, county={MONDAY: "停课"}).fact(MONDAY)
    assert (fact.weight, fact.why) == (0.5, "乡镇设为半天：集会")


def test_the_school_overrules_both() -> None:
    fact = layered(school={MONDAY: "上课"}, township={MONDAY: "半天"}, county={MONDAY: "停课"}).fact(MONDAY)
    assert (fact.weight, fact.why) == (1, "本单位设为上课：校运动会")


def test_closed_is_a_day_set_to_closure_by_the_nearest_office_that_spoke_and_no_holiday() -> None:
    assert layered(county={MONDAY: "停课"}).is_closed(MONDAY)
    assert layered(school={MONDAY: "停课"}).is_closed(MONDAY)
    assert not layered(school={MONDAY: "上课"}, county={MONDAY: "停课"}).is_closed(MONDAY)
    assert not layered(township={MONDAY: "半天"}, county={MONDAY: "停课"}).is_closed(MONDAY)
    assert not layered().is_closed(MONDAY)
    assert not layered().is_closed(on(10, 1))


def test_a_central_school_speaks_by_its_name() -> None:
    central = OfficeCalendar("中心学校", (), days("central", {MONDAY: "停课"}))
    assert SchoolCalendar(NATIONAL, (), {}, (central,)).fact(MONDAY).why == "中心学校设为停课"


def test_a_make_up_saturday_of_the_county_is_a_school_day_of_its_schools() -> None:
    saturday = on(11, 14)
    assert layered().weight(saturday) == 0
    assert layered(county={saturday: "上课"}).next_school_day(on(11, 13)) == saturday


SCHOOL_AUTUMN = term("school", on(9, 3), on(1, 15, 2027))
COUNTY_AUTUMN = term("county", on(9, 1), on(1, 22, 2027))
COUNTY_SPRING = term("county", on(2, 20), on(7, 10))


@pytest.fixture
def with_terms() -> SchoolCalendar:
    """The school set its autumn; the county both."""
    county = OfficeCalendar("县", (COUNTY_SPRING, COUNTY_AUTUMN))
    return SchoolCalendar(NATIONAL, (SCHOOL_AUTUMN,), {}, (OfficeCalendar("乡镇"), county))


def test_the_term_of_the_school_replaces_the_countys_of_that_time(with_terms: SchoolCalendar) -> None:
    assert with_terms.term_of(on(10, 12)) == SCHOOL_AUTUMN
    assert with_terms.fact(on(9, 1)).why == "不在学期内"  # the county's autumn had begun, the school's not
    assert with_terms.level_of(SCHOOL_AUTUMN) == ""


def test_the_other_term_of_the_county_still_holds(with_terms: SchoolCalendar) -> None:
    assert with_terms.term_of(on(3, 2)) == COUNTY_SPRING
    assert with_terms.level_of(COUNTY_SPRING) == "县"
    assert with_terms.weight(on(7, 8))  # the usual spring ends on 5 July, the county's on the 10th


def test_without_any_term_set_the_usual_ones_are_assumed() -> None:
    assert layered().term_of(on(3, 2)) == usual_terms(on(3, 2))[1]


def test_the_cycle_of_the_countys_term_holds_in_its_schools() -> None:
    fortnight = term("county", on(8, 31), on(1, 20, 2027), "11111110000000")
    calendar = SchoolCalendar(NATIONAL, (), {}, (OfficeCalendar("县", (fortnight,)),))
    assert calendar.fact(on(9, 6)).why == "按大小周上课"  # the first Sunday


# Layers at random. The right answer is painted: the farthest first, whatever is nearer over it.

KINDS = st.sampled_from(("上课", "停课", "半天"))
DAYS = st.dictionaries(st.dates(on(3, 1), on(3, 20)), KINDS, max_size=12)


@given(school=DAYS, township=DAYS, county=DAYS)
def test_a_day_is_as_its_nearest_word_says(
    school: dict[date, str], township: dict[date, str], county: dict[date, str]
) -> None:
    painted = county | township | school
    calendar, untouched = layered(school, township, county), layered()
    for day in days_between(on(2, 25), on(3, 25)):
        wanted = {"上课": 1.0, "停课": 0.0, "半天": 0.5}.get(painted.get(day, ""), untouched.weight(day))
        assert calendar.weight(day) == wanted


def _terms(unit: str) -> st.SearchStrategy[tuple[Term, ...]]:
    """At most two terms that do not overlap, as an office can set them."""

    def of(cuts: list[int]) -> tuple[Term, ...]:
        marks = [FIRST + timedelta(days=cut) for cut in sorted(cuts)]
        return tuple(term(unit, *pair) for pair in zip(marks[::2], marks[1::2], strict=False))

    return st.lists(st.integers(0, 364), min_size=0, max_size=4, unique=True).map(of)


@given(school=_terms("school"), township=_terms("township"), county=_terms("county"))
def test_a_term_holds_unless_a_nearer_one_overlaps_it(
    school: tuple[Term, ...], township: tuple[Term, ...], county: tuple[Term, ...]
) -> None:
    painted: dict[date, str] = {}
    for terms in (county, township, school):
        for new in terms:
            span = set(days_between(new.first_day, new.last_day))
            for old in {painted[day] for day in span & painted.keys()}:
                painted = {day: name for day, name in painted.items() if name != old}
            painted |= dict.fromkeys(span, new.id)
    above = (OfficeCalendar("乡镇", township), OfficeCalendar("县", county))
    calendar = SchoolCalendar(NATIONAL, school, {}, above)
    for day in days_between(FIRST, LAST):
        found = calendar.term_of(day)
        assert (found.id if found and found.unit_id else None) == painted.get(day)
