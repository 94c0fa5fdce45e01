"""Entries of other offices are taken in whole or not at all, in any order, as often as they come."""

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.records import Absence, ClassGroup, Guardian, Roll, Student, Unit
from app.store import JournalEntry, Store, Transaction
from app.store.clock import Tick
from app.store.engine import Database
from app.store.journal import newest_tick
from app.store.receiving import ClashingEntry
from tests.app.store.conftest import TODAY, StandingClock, add_school, add_student
from tests.app.store.offices import exchange, hand, held, office, take

DAY = date(2026, 3, 1)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[Store]:
    with office(tmp_path / "school", "李老师") as store:
        yield store


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Store]:
    with office(tmp_path / "town", "张干事", timedelta(minutes=1)) as store:
        yield store


def _child(store: Store, child: str) -> Student:
    return store.read(lambda tx: tx.get(Student, child))


def _everything(db: Database, _key: bytes) -> list[list[object]]:
    return [db.conn.execute(f"SELECT * FROM {table}").fetchall() for table in db.table_names()]


def _a_school_day(tx: Transaction) -> str:
    """A school with a class, a child, a roll and an absence; gives the child."""
    group = add_school(tx)
    school = tx.get(ClassGroup, group).school_id
    child = Student(id=tx.new_id(), name="林小满", unit_id=school, birth=date(2015, 5, 1))
    roll = Roll(
        id=tx.new_id(),
        class_id=group,
        day=DAY,
        session="全天",
        by_whom="李老师",
        expected=1,
        present=0,
        entered_on=DAY,
    )
    absence = Absence(id=tx.new_id(), roll_id=roll.id, student_id=child.id, day=DAY, kind="旷课")
    tx.add_all([child, roll, absence])
    return child.id


def _facts(store: Store) -> list[list[object]]:
    def work(tx: Transaction) -> list[list[object]]:
        return [list(tx.find(kind)) for kind in (Unit, ClassGroup, Student, Guardian, Roll, Absence)]

    return store.read(work)


def test_what_a_school_wrote_stands_in_the_township_as_it_was_written(school: Store, town: Store) -> None:
    child = school.write(_a_school_day).value
    school.write(lambda tx: tx.change(Student, child, name="林小曼"))
    received = hand(school, town)
    assert received.waiting == 0
    assert _facts(town) == _facts(school)
    history = town.read(lambda tx: tx.history(child))
    assert [(entry.operator, entry.origin) for entry in history] == [("李老师", school.origin)] * 2
    assert history == school.read(lambda tx: tx.history(child))


def test_the_second_time_changes_nothing(school: Store, town: Store) -> None:
    school.write(_a_school_day)
    hand(school, town)
    before = town.on_worker(_everything)
    assert hand(school, town).new_cells == 0
    assert town.on_worker(_everything) == before


def test_what_is_received_is_told_to_the_window_but_is_no_step_to_take_back(
    school: Store, town: Store
) -> None:
    child = school.write(_a_school_day).value
    town.write(lambda tx: add_student(tx, "陈一鸣"))
    entries = held(school)

    def work(tx: Transaction) -> None:
        tx.receive(entries)
        tx.change(Student, child, phone="0598-1")
        tx.change(Student, child, phone="0598-2")

    changes = town.write(work).changes
    assert child in changes.rows["student"]
    assert changes.touches("absence", "roll", "class_group", "unit")
    assert changes.span == (2, 3)
    assert [one.cells["phone"][1] for one in town.read(lambda tx: tx.entries(2, 3))] == ["0598-1", "0598-2"]


def test_only_receiving_has_no_span(school: Store, town: Store) -> None:
    school.write(_a_school_day)
    entries = held(school)
    assert town.write(lambda tx: tx.receive(entries)).changes.span is None


# What an entry had seen


def test_a_database_alone_says_nothing_of_having_seen_others(school: Store) -> None:
    child = school.write(_a_school_day).value
    school.write(lambda tx: tx.change(Student, child, name="林小曼"))
    assert {(json.dumps(one.seen), json.dumps(one.pick)) for one in held(school)} == {("{}", "{}")}


def test_an_entry_says_per_cell_which_entries_of_others_it_had_seen(school: Store, town: Store) -> None:
    child = school.write(_a_school_day).value  # entry 3 of the school: name and birth
    school.write(lambda tx: tx.change(Student, child, phone="1"))  # entry 6
    hand(school, town)
    town.write(lambda tx: tx.change(Student, child, name="林小曼", phone="2", remark="新"))
    entry = town.read(lambda tx: tx.history(child))[-1]
    assert entry.seen == {"name": {school.origin: 3}, "phone": {school.origin: 6}}


def test_what_the_seen_entries_had_seen_is_seen_too(school: Store, town: Store, tmp_path: Path) -> None:
    child = school.write(_a_school_day).value
    hand(school, town)
    town.write(lambda tx: tx.change(Student, child, name="林小曼"))
    theirs = [entry for entry in held(town) if entry.origin == town.origin]
    with office(tmp_path / "county", "县", timedelta(minutes=2)) as county:
        hand(school, county)
        take(county, theirs)
        county.write(lambda tx: tx.change(Student, child, name="林晓曼"))
        entry = county.read(lambda tx: tx.history(child))[-1]
        assert entry.seen == {"name": {school.origin: 3, town.origin: 1}}
        exchange(county, school)
        school.write(lambda tx: tx.change(Student, child, name="林小满"))
        entry = school.read(lambda tx: tx.history(child))[-1]
        assert entry.seen == {"name": {town.origin: 1, county.origin: 1}}  # one's own entries are implied


def test_a_later_word_of_an_office_that_had_seen_the_other_stands_everywhere(
    school: Store, town: Store
) -> None:
    child = school.write(_a_school_day).value
    hand(school, town)
    town.write(lambda tx: tx.change(Student, child, name="林小曼"))
    hand(town, school)
    school.write(lambda tx: tx.change(Student, child, name="林晓满"))
    exchange(school, town)
    assert _child(school, child).name == _child(town, child).name == "林晓满"
    assert school.read(lambda tx: tx.conflicts()) == town.read(lambda tx: tx.conflicts()) == []


# Order, parts, rows that are early


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(st.integers(0, 2**32))
def test_in_whatever_order_and_portions_entries_come_the_facts_are_the_same(
    school: Store, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    if not held(school):
        child = school.write(_a_school_day).value
        school.write(lambda tx: tx.change(Student, child, name="林小曼", birth=None))
        school.write(lambda tx: tx.add(Guardian(id="g", student_id=child, name="陈大山")))
        school.write(lambda tx: tx.withdraw(Guardian, "g", TODAY, "误"))
    entries = [_only(entry, [column]) for entry in held(school) for column in entry.cells]
    order = random.Random(seed)
    order.shuffle(entries)
    with office(tmp_path_factory.mktemp("town"), "张干事") as town:
        while entries:
            size = order.randint(1, 9)
            portion, entries = entries[:size], entries[size:]
            take(town, portion)
            take(town, portion[:2])
        assert _facts(town) == _facts(school)
        assert (
            town.on_worker(lambda db, _key: db.conn.execute("SELECT * FROM journal_waiting").fetchall()) == []
        )


def _only(entry: JournalEntry, columns: list[str]) -> JournalEntry:
    """The entry with these of its columns, as an office gets it that may see no others."""
    return replace(entry, cells={name: entry.cells[name] for name in columns})


def test_an_entry_that_comes_again_with_more_columns_is_one_entry_with_all_of_them(
    school: Store, town: Store
) -> None:
    child = school.write(lambda tx: add_student(tx, "林小满")).value
    (born,) = held(school)
    take(town, [_only(born, ["id"])])
    assert _child(town, child).name == ""
    assert take(town, [born]).new_cells == 1
    assert _child(town, child).name == "林小满"
    assert town.read(lambda tx: tx.history(child)) == [born]
    assert town.on_worker(lambda db, _key: db.conn.execute("SELECT part FROM journal").fetchall()) == [
        (0,),
        (1,),
    ]


def test_a_change_that_comes_before_the_birth_of_its_row_waits(school: Store, town: Store) -> None:
    child = school.write(lambda tx: add_student(tx, "林小满")).value
    school.write(lambda tx: tx.change(Student, child, phone="0598-1"))
    born, changed = held(school)
    assert take(town, [changed]).waiting == 1
    with pytest.raises(LookupError):
        _child(town, child)
    assert take(town, [born]).waiting == 0
    assert (_child(town, child).name, _child(town, child).phone) == ("林小满", "0598-1")


def test_a_row_waits_for_the_rows_it_must_refer_to_and_for_the_columns_it_must_have(
    school: Store, town: Store
) -> None:
    school.write(_a_school_day)
    unit, group, child, roll, absence = held(school)
    assert take(town, [absence, _only(roll, ["id", "class_id"]), group]).waiting == 3
    assert take(town, [unit, child]).waiting == 2  # the roll has no day yet, and the absence no roll
    assert take(town, [roll]).waiting == 0
    assert _facts(town) == _facts(school)


def test_a_cell_that_may_be_empty_is_empty_until_the_row_it_names_is_here(school: Store, town: Store) -> None:
    child = school.write(_a_school_day).value
    unit, group, born, *_rest = held(school)
    assert take(town, [born]).waiting == 1
    assert (_child(town, child).name, _child(town, child).unit_id) == ("林小满", "")
    assert take(town, [group, unit]).waiting == 0
    assert _child(town, child).unit_id == unit.row


def test_a_cell_that_must_not_be_empty_stays_until_the_row_it_names_is_here(
    school: Store, town: Store
) -> None:
    school.write(_a_school_day)
    hand(school, town)
    school.write(lambda tx: tx.add(Student(id="z", name="赵青")))
    (absence,) = school.read(lambda tx: tx.find(Absence))
    school.write(lambda tx: tx.change(Absence, absence.id, student_id="z"))
    born, moved = held(school)[-2:]
    assert take(town, [moved]).waiting == 1
    assert town.read(lambda tx: tx.find(Absence)) == [absence]
    assert take(town, [born]).waiting == 0
    assert town.read(lambda tx: tx.get(Absence, absence.id)).student_id == "z"


def test_two_rows_that_name_each_other_are_both_laid(school: Store, town: Store) -> None:
    school.write(lambda tx: tx.add(Unit(id="a", level="学校", name="甲")))
    school.write(lambda tx: tx.add(Unit(id="b", level="学校", name="乙", parent_id="a")))
    school.write(lambda tx: tx.change(Unit, "a", parent_id="b"))
    assert hand(school, town).waiting == 0
    assert [unit.parent_id for unit in town.read(lambda tx: tx.find(Unit))] == ["b", "a"]


def test_withdrawing_and_taking_it_back_are_cells_like_others(school: Store, town: Store) -> None:
    child = school.write(lambda tx: add_student(tx, "林小满")).value
    school.write(lambda tx: tx.withdraw(Student, child, TODAY, "重复"))
    hand(school, town)
    assert town.read(lambda tx: tx.find(Student)) == []
    town.write(lambda tx: tx.change(Student, child, withdrawn_on=None, withdrawn_reason=""))
    hand(town, school)
    assert [one.name for one in school.read(lambda tx: tx.find(Student))] == ["林小满"]


# Refusals


def test_another_entry_under_a_known_number_is_refused_and_nothing_is_taken(
    school: Store, town: Store
) -> None:
    child = school.write(lambda tx: add_student(tx, "林小满")).value
    hand(school, town)
    (born,) = held(school)
    new = replace(born, seq=2, row="k", cells={"id": (None, "k"), "name": (None, "陈一鸣")})
    for other in [
        replace(born, cells=born.cells | {"name": (None, "林大满")}),
        replace(born, row="k", cells={"phone": (None, "1")}),
        replace(born, hlc=f"1772411400001.00000.{school.origin}"),
        replace(born, seen={"name": {town.origin: 1}}),
    ]:
        with pytest.raises(ClashingEntry, match="两份数据"):
            take(town, [new, other])
    assert [(one.id, one.name) for one in town.read(lambda tx: tx.find(Student))] == [(child, "林小满")]
    assert held(town) == [born]


def test_receiving_needs_a_write(school: Store) -> None:
    with pytest.raises(RuntimeError, match="this is a read"):
        school.read(lambda tx: tx.receive([]))


def test_what_is_received_makes_no_entry_of_this_office(school: Store, town: Store) -> None:
    school.write(_a_school_day)
    hand(school, town)
    assert town.read(lambda tx: tx.position()) == 0
    town.write(lambda tx: add_student(tx, "陈一鸣"))
    assert town.read(lambda tx: tx.position()) == 1


# Clocks (exchange rule 21)


def test_the_next_entry_comes_after_what_was_received_from_a_clock_somewhat_ahead(
    school: Store, tmp_path: Path
) -> None:
    with office(tmp_path / "fast", "张干事", timedelta(hours=23)) as fast:
        child = fast.write(lambda tx: add_student(tx, "林小满")).value
        hand(fast, school)
    school.write(lambda tx: tx.change(Student, child, phone="1"))
    first, second = school.read(lambda tx: tx.history(child))
    assert first.hlc < second.hlc
    assert second.origin == school.origin


def test_a_stamp_from_the_far_future_is_kept_but_not_adopted(
    school: Store, clock: StandingClock, tmp_path: Path
) -> None:
    with office(tmp_path / "2099", "张干事", timedelta(days=26_000)) as future:
        child = future.write(lambda tx: add_student(tx, "林小满")).value
        stamp = held(future)[0].hlc
        hand(future, school)
    school.write(lambda tx: tx.change(Student, child, name="林小曼"))
    mine = next(entry for entry in held(school) if entry.origin == school.origin)
    assert mine.hlc < stamp
    assert mine.hlc.startswith(f"{int(clock.now.timestamp() * 1000)}.")
    assert stamp in {entry.hlc for entry in held(school)}
    assert _child(school, child).name == "林小曼"  # it had seen the other, whatever the clocks say
    tick = school.on_worker(lambda db, _key: newest_tick(db, clock.now))
    assert tick == Tick.parse(mine.hlc)


def test_the_newest_tick_counts_a_day_ahead_and_not_a_millisecond_more(school: Store, tmp_path: Path) -> None:
    now = StandingClock().now
    for ahead, adopted in [(timedelta(days=1), True), (timedelta(days=1, milliseconds=1), False)]:
        with office(tmp_path / str(ahead), "张干事", ahead) as other:
            other.write(lambda tx: add_student(tx, "林小满"))
            stamp = held(other)[0].hlc
            hand(other, school)
        tick = school.on_worker(lambda db, _key: newest_tick(db, now))
        assert (tick == Tick.parse(stamp)) is adopted
