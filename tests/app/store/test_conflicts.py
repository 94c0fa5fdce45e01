"""Two offices that changed one cell keep both values until a person picks; then it is settled everywhere."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.aliases import STUDENT, alias_id, choice_id, stand_ins
from app.domain.records import Alias, Choice, Student
from app.store import Store, Transaction
from app.store.conflicts import Conflict
from tests.app.store.conftest import TODAY, add_student
from tests.app.store.offices import exchange, hand, held, office


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Store]:
    with office(tmp_path / "school", "李老师", timedelta(minutes=9)) as store:
        yield store


@pytest.fixture
def town(tmp_path: Path, school: Store) -> Iterator[Store]:
    with office(tmp_path / "town", "张干事") as store:
        school.levels = store.levels = {school.origin: 1, store.origin: 2}
        yield store


@pytest.fixture
def child(school: Store, town: Store) -> str:
    """A child that both hold, and whose telephone both then wrote without knowing of each other."""
    child = school.write(lambda tx: add_student(tx, "林小满")).value
    exchange(school, town)
    school.write(lambda tx: tx.change(Student, child, phone="1"))
    town.write(lambda tx: tx.change(Student, child, phone="2"))
    exchange(school, town)
    return child


def conflicts(store: Store) -> list[Conflict]:
    return store.read(lambda tx: tx.conflicts())


def phone(store: Store, child: str) -> str:
    return store.read(lambda tx: tx.get(Student, child)).phone


def set_phone(store: Store, child: str, number: str) -> None:
    store.write(lambda tx: tx.change(Student, child, phone=number))


def test_both_values_are_kept_with_who_wrote_them_and_the_higher_office_is_shown(
    school: Store, town: Store, child: str
) -> None:
    for store in (school, town):
        assert phone(store, child) == "2"  # the school's stamp is nine minutes later
        (conflict,) = conflicts(store)
        assert (conflict.table, conflict.row, conflict.column) == ("student", child, "phone")
        said = [(claim.value, claim.origin, claim.operator) for claim in conflict.claims]
        assert said == [("2", town.origin, "张干事"), ("1", school.origin, "李老师")]
        assert all(claim.written_at.tzinfo for claim in conflict.claims)


def test_without_levels_the_later_stamp_is_shown(school: Store, tmp_path: Path) -> None:
    with office(tmp_path / "other", "赵老师") as other:
        child = school.write(lambda tx: add_student(tx, "林小满")).value
        exchange(school, other)
        set_phone(school, child, "0")
        set_phone(school, child, "1")  # the second stamp after the exchange lies after the first of the other
        set_phone(other, child, "2")
        exchange(school, other)
        assert phone(school, child) == phone(other, child) == "1"


def test_a_pick_settles_it_in_both_offices_and_says_between_what_it_chose(
    school: Store, town: Store, child: str
) -> None:
    set_phone(school, child, "1")
    entry = school.read(lambda tx: tx.history(child))[-1]
    assert (entry.cells, entry.pick) == ({"phone": ("2", "1")}, {"phone": ("1", "2")})
    assert entry.seen == {"phone": {town.origin: 1}}
    hand(school, town)
    assert (phone(town, child), conflicts(town), conflicts(school)) == ("1", [], [])


def test_picking_the_value_that_is_shown_is_an_entry_too(school: Store, town: Store, child: str) -> None:
    done = town.write(lambda tx: tx.change(Student, child, phone="2"))
    assert done.changes.rows == {"student": {child}}
    entry = town.read(lambda tx: tx.history(child))[-1]
    assert (entry.cells, entry.pick) == ({"phone": ("2", "2")}, {"phone": ("1", "2")})
    assert done.changes.span == (entry.seq, entry.seq)
    hand(town, school)
    assert (phone(school, child), conflicts(school), conflicts(town)) == ("2", [], [])
    again = town.write(lambda tx: tx.change(Student, child, phone="2"))
    assert again.changes.span is None  # settled: a change that changes nothing is no entry


def test_a_change_of_other_cells_of_the_row_picks_nothing(school: Store, town: Store, child: str) -> None:
    school.write(lambda tx: tx.change(Student, child, remark="新"))
    assert school.read(lambda tx: tx.history(child))[-1].pick == {}
    assert len(conflicts(school)) == 1


def test_a_pick_journals_the_cells_changed_with_it_and_no_other(
    school: Store, town: Store, child: str
) -> None:
    school.write(lambda tx: tx.change(Student, child, phone="2", remark="新", village=""))
    entry = school.read(lambda tx: tx.history(child))[-1]
    assert entry.cells == {"phone": ("2", "2"), "remark": ("", "新")}
    assert entry.pick == {"phone": ("1", "2")}


def test_two_picks_at_once_from_the_same_values_come_to_rest(school: Store, town: Store, child: str) -> None:
    set_phone(school, child, "1")
    set_phone(town, child, "2")
    exchange(school, town)
    assert phone(school, child) == phone(town, child) == "2"
    assert conflicts(school) == conflicts(town) == []


def test_a_word_written_while_another_picked_is_a_new_conflict(
    school: Store, town: Store, child: str
) -> None:
    set_phone(school, child, "1")
    town.write(lambda tx: tx.change(Student, child, phone="2"))
    set_phone(town, child, "3")
    exchange(school, town)
    assert [claim.value for claim in conflicts(school)[0].claims] == ["3", "1"]
    assert conflicts(school) == conflicts(town)


def test_undoing_a_pick_is_a_word_like_others(school: Store, town: Store, child: str) -> None:
    set_phone(school, child, "1")
    entry = school.read(lambda tx: tx.history(child))[-1]
    school.write(lambda tx: tx.change(Student, child, **entry.old()))
    exchange(school, town)
    assert phone(town, child) == "2"
    assert conflicts(town) == []


def test_one_withdraws_while_the_other_corrects(school: Store, town: Store, child: str) -> None:
    school.write(lambda tx: tx.withdraw(Student, child, TODAY, "重复"))
    set_phone(town, child, "3")
    exchange(school, town)
    assert school.read(lambda tx: tx.get(Student, child)).withdrawn_on == TODAY
    assert phone(school, child) == "3"


def test_a_change_of_a_row_that_is_not_here_is_still_a_lookup_error(school: Store, town: Store) -> None:
    with pytest.raises(LookupError):
        set_phone(town, "没有", "1")


# The two sayings of many offices


def _same(tx: Transaction, one: str, other: str, reason: str) -> None:
    first, second = sorted((one, other))
    tx.add(
        Alias(
            id=alias_id(STUDENT, one, other), kind=STUDENT, first_id=first, second_id=second, said_on=TODAY,
            reason=reason, joined=True,
        )
    )  # fmt: skip


def test_two_offices_that_say_the_same_of_two_children_write_one_row_that_can_be_taken_back(
    school: Store, town: Store, child: str
) -> None:
    twin = school.write(lambda tx: add_student(tx, "林小曼")).value
    exchange(school, town)
    school.write(lambda tx: _same(tx, child, twin, "同一人"))
    town.write(lambda tx: _same(tx, twin, child, "同一人"))
    exchange(school, town)
    (alias,) = school.read(lambda tx: tx.find(Alias))
    assert stand_ins([alias], STUDENT) == {child: min(child, twin), twin: min(child, twin)}
    town.write(lambda tx: tx.change(Alias, alias.id, joined=False, reason="不是同一人"))
    hand(town, school)
    assert stand_ins(school.read(lambda tx: tx.find(Alias)), STUDENT) == {}
    assert [one.column for one in conflicts(school)] == ["phone"]


def test_two_choices_of_one_thing_never_mix_to_a_third(school: Store, town: Store) -> None:
    key = choice_id("roll", ["c", "2026-03-02", "全天"])
    school.write(lambda tx: tx.add(Choice(id=key, kind="roll", stands=("r1", "r2"))))
    town.write(lambda tx: tx.add(Choice(id=key, kind="roll", stands=("r2", "r1", "r3"))))
    exchange(school, town)
    (conflict,) = conflicts(school)
    assert (conflict.column, [claim.value for claim in conflict.claims]) == (
        "stands",
        [("r2", "r1", "r3"), ("r1", "r2")],
    )
    assert school.read(lambda tx: tx.get(Choice, key)).chosen == "r2"


# Any history


_STEP = st.one_of(
    st.tuples(st.sampled_from(["school", "town"]), st.sampled_from("123")),
    st.tuples(st.sampled_from(["up", "down"]), st.just("")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(st.lists(_STEP, max_size=10))
def test_two_offices_agree_after_an_exchange_whatever_they_wrote_and_handed_over_before(
    school: Store, town: Store, steps: list[tuple[str, str]]
) -> None:
    child = school.write(lambda tx: add_student(tx, "林小满")).value
    exchange(school, town)
    offices = {"school": school, "town": town}
    for who, number in steps:
        if who == "up":
            hand(school, town)
        elif who == "down":
            hand(town, school)
        else:
            set_phone(offices[who], child, number)
    exchange(school, town)
    assert phone(school, child) == phone(town, child)
    of_child = [[one for one in conflicts(store) if one.row == child] for store in offices.values()]
    assert of_child[0] == of_child[1]
    set_phone(school, child, phone(school, child))
    hand(school, town)
    assert not [one for store in offices.values() for one in conflicts(store) if one.row == child]
    assert school.read(lambda tx: tx.history(child)) == town.read(lambda tx: tx.history(child))
    assert len(held(school)) == len(held(town))
