"""What several offices said of one cell comes to the same everywhere, and only a person ends a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cells import CellEntry, CellState, Value, heads, sorted_values, state_of

LEVELS = {"school": 1, "town": 2, "county": 3}


def word(
    origin: str, seq: int, value: Value, seen: Mapping[str, int] | None = None, pick: tuple[Value, ...] = ()
) -> CellEntry:
    """An entry whose clock is the number of the entry."""
    return CellEntry(origin, seq, f"{seq:013d}.00000.{origin}", value, seen or {}, frozenset(pick))


def test_what_was_seen_gives_way_whatever_the_clocks_say() -> None:
    of_2099 = CellEntry("school", 1, "4070908800000.00000.school", "1")
    later = CellEntry("town", 1, "1772410000000.00000.town", "2", {"school": 1})
    assert state_of([of_2099, later], {}).shown == "2"
    assert not state_of([of_2099, later], {}).in_conflict


def test_an_offices_own_newer_word_replaces_its_older_one() -> None:
    assert state_of([word("school", 2, "b"), word("school", 1, "a")], {}) == CellState(
        "b", (word("school", 2, "b"),)
    )


def test_two_that_had_not_seen_each_other_both_stand_and_the_higher_office_is_shown() -> None:
    state = state_of([word("school", 9, "a"), word("town", 1, "b")], LEVELS)
    assert (state.shown, state.values, state.in_conflict) == ("b", ("a", "b"), True)


def test_at_one_level_the_later_stamp_is_shown_and_of_equal_stamps_the_greater_instance() -> None:
    assert state_of([word("p", 2, "a"), word("q", 1, "b")], {}).shown == "a"
    same = "0000000000001.00000"
    assert state_of([CellEntry("p", 1, same, "a"), CellEntry("q", 1, same, "b")], {}).shown == "b"


def test_the_same_value_twice_is_no_conflict() -> None:
    assert not state_of([word("school", 1, "a"), word("town", 1, "a")], LEVELS).in_conflict


def test_nothing_and_an_empty_text_and_a_number_and_its_digits_are_different_values() -> None:
    assert len(sorted_values([None, "", 1, "1", None])) == 4


def test_an_entry_is_covered_by_one_that_is_itself_covered() -> None:
    chain = [word("a", 1, "1"), word("b", 1, "2", {"a": 1}), word("c", 1, "3", {"b": 1})]
    assert heads(chain) == (chain[2],)


def test_a_pick_ends_the_conflict_also_with_the_value_that_was_shown() -> None:
    two = [word("school", 1, "a"), word("town", 1, "b")]
    pick = word("county", 1, "b", {"school": 1, "town": 1}, ("a", "b"))
    assert state_of([*two, pick], LEVELS) == CellState("b", (pick,))


def test_two_picks_from_the_same_values_do_not_open_it_again() -> None:
    two = [word("school", 1, "a"), word("town", 1, "b")]
    one = word("school", 2, "a", {"town": 1}, ("a", "b"))
    other = word("town", 2, "b", {"school": 1}, ("b", "a"))
    assert state_of([*two, one, other], LEVELS) == CellState("b", (other,))


def test_picks_from_different_values_are_a_new_conflict() -> None:
    words = [word("p", 1, "a"), word("q", 1, "b"), word("r", 1, "c")]
    of_two = word("p", 2, "a", {"q": 1}, ("a", "b"))
    of_three = word("q", 2, "c", {"p": 1, "r": 1}, ("a", "b", "c"))
    state = state_of([*words, of_two, of_three], {})
    assert state.in_conflict
    assert state.values == ("a", "c")


def test_a_pick_and_a_word_that_was_written_meanwhile_are_a_new_conflict() -> None:
    two = [word("school", 1, "a"), word("town", 1, "b")]
    pick = word("town", 2, "b", {"school": 1}, ("a", "b"))
    assert state_of([*two, pick, word("school", 2, "c")], LEVELS).values == ("b", "c")


def test_entries_that_claim_to_have_seen_each_other_are_a_conflict_and_not_nothing() -> None:
    ring = [word("a", 1, "1", {"b": 1}), word("b", 1, "2", {"a": 1})]
    assert state_of(ring, {}).values == ("1", "2")


def test_a_cell_nobody_wrote_has_no_state() -> None:
    with pytest.raises(ValueError, match="no state"):
        state_of([], {})


# Histories: offices write, pick and hand each other what they hold, in any order.

OFFICES = ("school", "town", "county")


@dataclass
class Office:
    """One office's knowledge of one cell; writes as exchange rules 1 and 4 say."""

    name: str
    known: list[CellEntry] = field(default_factory=list)
    written: int = 0

    def write(self, value: Value, hour: int) -> None:
        seen: dict[str, int] = {}
        for entry in self.known:
            for origin, seq in [*entry.seen.items(), (entry.origin, entry.seq)]:
                if origin != self.name:
                    seen[origin] = max(seq, seen.get(origin, 0))
        values = state_of(self.known, LEVELS).values if self.known else ()
        pick = frozenset(values) if len(values) > 1 else frozenset()
        self.written += 1
        stamp = f"{hour:013d}.{self.written:05d}.{self.name}"
        self.known.append(CellEntry(self.name, self.written, stamp, value, seen, pick))

    def take(self, other: "Office") -> None:
        self.known += [entry for entry in other.known if entry not in self.known]

    def state(self) -> CellState:
        return state_of(self.known, LEVELS)


_WRITE = st.tuples(st.just("write"), st.sampled_from(OFFICES), st.sampled_from("abc"), st.integers(0, 9))
_TAKE = st.tuples(st.just("take"), st.sampled_from(OFFICES), st.sampled_from(OFFICES), st.just(0))
HISTORIES = st.lists(st.one_of(_WRITE, _TAKE), max_size=14)


def played(history: list[tuple[str, str, str, int]]) -> dict[str, Office]:
    offices = {name: Office(name) for name in OFFICES}
    offices["school"].write("a", 5)  # the cell's first word
    for kind, name, what, hour in history:
        if kind == "write":
            offices[name].write(what, hour)
        else:
            offices[name].take(offices[what])
    return offices


def exchanged(offices: dict[str, Office]) -> None:
    for _turn in OFFICES:
        for one in offices.values():
            for other in offices.values():
                one.take(other)


@given(HISTORIES)
def test_offices_that_exchanged_everything_show_and_ask_the_same(
    history: list[tuple[str, str, str, int]],
) -> None:
    offices = played(history)
    exchanged(offices)
    assert len({(office.state().shown, office.state().values) for office in offices.values()}) == 1


@given(HISTORIES, st.randoms(use_true_random=False))
def test_the_order_of_arrival_and_arriving_twice_never_matter(
    history: list[tuple[str, str, str, int]], random: Random
) -> None:
    offices = played(history)
    exchanged(offices)
    entries = offices["town"].known
    shuffled = [*entries, *entries[: len(entries) // 2]]
    random.shuffle(shuffled)
    assert state_of(shuffled, LEVELS) == state_of(entries, LEVELS)


@given(HISTORIES, st.sampled_from(OFFICES), st.integers(0, 9))
def test_one_pick_after_an_exchange_settles_any_cell_everywhere(
    history: list[tuple[str, str, str, int]], picker: str, hour: int
) -> None:
    offices = played(history)
    exchanged(offices)
    offices[picker].write(offices[picker].state().shown, hour)
    exchanged(offices)
    assert all(not office.state().in_conflict for office in offices.values())


@given(HISTORIES, st.lists(st.sampled_from("abc"), min_size=3, max_size=3))
def test_all_offices_picking_at_once_come_to_rest_with_the_highest_offices_pick(
    history: list[tuple[str, str, str, int]], values: list[str]
) -> None:
    offices = played(history)
    exchanged(offices)
    contested = offices["school"].state().in_conflict
    for office, value in zip(offices.values(), values, strict=True):
        office.write(value, 5)
    exchanged(offices)
    states = [office.state() for office in offices.values()]
    assert len({state.shown for state in states}) == 1
    assert states[0].shown == values[2]  # the county's
    if contested:
        assert not any(state.in_conflict for state in states)


@given(HISTORIES)
def test_a_value_that_stands_was_never_seen_by_another_that_stands(
    history: list[tuple[str, str, str, int]],
) -> None:
    offices = played(history)
    exchanged(offices)
    standing = offices["county"].state().standing
    assert all(one.seen.get(two.origin, 0) < two.seq for one in standing for two in standing if one != two)
