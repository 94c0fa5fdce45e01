"""In whatever order the days of a child are typed, and whatever was typed wrongly before, its cases stand the same."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.case_standings import Standing, seen_on, standings
from app.domain.records import CaseFile
from app.domain.rules import Rule
from tests.helpers.facts import make_calendar, make_case, make_rule, on
from tests.helpers.typed import CLOSED, THREE, Typed

LONG = make_calendar().school_days(on(9, 14), on(10, 23))[:16]
DIARIES = st.lists(st.sampled_from("旷旷旷旷半在假未停"), min_size=len(LONG), max_size=len(LONG))
SLIPS = st.lists(st.tuples(st.sampled_from(LONG), st.sampled_from("旷旷旷在假未停")), max_size=24)
RULES = st.sampled_from(
    [
        (THREE,),
        (make_rule(">", 3),),
        (make_rule(">", 5, "自然日"),),
        (make_rule(">=", 48, "小时"),),
        (make_rule(">", 4, key="四"), make_rule(">", 3, "工作日", key="三")),
    ]
)
HAND = st.none() | st.sampled_from(LONG).map(lambda day: make_case(day, "排查发现", id="hand"))
Entry = tuple[date, str]


def enter(entries: Sequence[Entry], rules: Sequence[Rule], hand: CaseFile | None) -> Typed:
    book = Typed(LONG, LONG[-1] + timedelta(days=1), rules)
    if hand:
        book.cases.append(hand)
    for day, sign in entries:
        book.put(sign, day)
    return book


def told(found: Sequence[Standing]) -> list[tuple[object, ...]]:
    """What the standing cases say; neighbours by the day they were opened, as ids are traces of the order."""
    opened = {one.case_id: one.opened_on for one in found}
    return [
        (
            one.opened_on,
            one.evidence,
            one.absent_since,
            one.returned_on,
            one.rule_key,
            opened.get(one.previous),
            opened.get(one.followed_by),
        )
        for one in found
    ]


@settings(deadline=None)
@given(DIARIES, SLIPS, st.data(), RULES, HAND)
def test_any_order_of_entry_gives_the_same_standing_cases(
    diary: list[str], slips: list[Entry], data: st.DataObject, rules: Sequence[Rule], hand: CaseFile | None
) -> None:
    """Slips (wrong entries, leave granted and taken back) come anywhere before the day's last word."""
    final = list(zip(LONG, diary, strict=True))
    mixed = data.draw(st.permutations([*final, *slips]))
    last_words = data.draw(st.permutations(final))
    straight, late = enter(final, rules, hand), enter([*mixed, *last_words], rules, hand)
    assert told(straight.standing()) == told(late.standing())


@settings(deadline=None)
@given(DIARIES, st.data(), RULES)
def test_days_typed_once_each_in_any_order_annul_no_case_and_use_no_number_in_vain(
    diary: list[str], data: st.DataObject, rules: Sequence[Rule]
) -> None:
    days = [(day, sign) for day, sign in zip(LONG, diary, strict=True) if sign != CLOSED]
    book = enter(data.draw(st.permutations(days)), rules, None)
    assert len(book.cases) == len(book.history().opened)
    assert book.annulled() == []


@settings(deadline=None)
@given(DIARIES, SLIPS, st.data(), RULES)
def test_after_every_entry_each_absence_that_met_the_rule_has_one_case_and_every_other_says_why(
    diary: list[str], slips: list[Entry], data: st.DataObject, rules: Sequence[Rule]
) -> None:
    book = Typed(LONG, LONG[-1], rules)
    for day, sign in data.draw(st.permutations([*zip(LONG, diary, strict=True), *slips])):
        book.put(sign, day)
        standing = book.standing()
        wanted = [(one.opening.day, one.opening.evidence) for one in book.history().opened]
        assert [(one.opened_on, one.evidence) for one in standing] == wanted
        assert None not in {one.case_id for one in standing}
        assert all(one.returned_on for one in standing[:-1])  # at most one case is open
        assert {one.case_id for one in book.found()} == {one.id for one in book.cases}
        borne = {day: one.case_id for one in standing if one.episode for day in one.episode.days}
        for one in book.annulled():
            joined = {borne[day] for day in one.evidence if day in borne}
            assert (one.annulled_why == ("并入",), one.joined_to in joined) == (bool(joined), bool(joined))


@settings(deadline=None)
@given(DIARIES, SLIPS, st.data(), RULES, st.integers(0, len(LONG)))
def test_whatever_is_typed_after_a_paper_went_out_its_case_stands_on_the_same_days(
    diary: list[str], slips: list[Entry], data: st.DataObject, rules: Sequence[Rule], before: int
) -> None:
    entries = data.draw(st.permutations([*zip(LONG, diary, strict=True), *slips]))
    book = enter(entries[:before], rules, None)
    book.print_paper()
    for day, sign in entries[before:]:
        book.put(sign, day)
    states = book.history().by_day
    stand = {one.case_id: one for one in book.standing()}
    for case_id, paper in book.papers.items():
        one = stand[case_id]
        assert (one.opened_on, one.evidence) == (paper.opened_on, paper.evidence)
        assert one.lost == tuple(day for day in paper.evidence if day not in states or not states[day].weight)
        assert not set(one.gained) & set(one.evidence)
    bearing = [one.episode.days for one in stand.values() if one.episode]
    assert sorted(bearing) == [one.episode.days for one in book.history().opened]


@settings(deadline=None)
@given(DIARIES, RULES, st.sampled_from(LONG))
def test_an_earlier_day_sees_the_cases_there_were_by_then(
    diary: list[str], rules: Sequence[Rule], day: date
) -> None:
    book = enter(list(zip(LONG, diary, strict=True)), rules, None)
    seen, then = seen_on(book.standing(), day), standings(book.history(as_of=day), ())
    assert [replace(one, case_id=None, previous="", followed_by="") for one in seen] == list(then)
    chain = [one.case_id or "" for one in seen]
    assert [one.previous for one in seen] == ["", *chain][: len(chain)]
    assert [one.followed_by for one in seen] == [*chain[1:], ""][: len(chain)]
