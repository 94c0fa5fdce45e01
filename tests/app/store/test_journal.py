"""Every write leaves its trace, by triggers, in an order no wrong clock can turn round."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.records import JOURNALED, ClassGroup, Guardian, Student, Unit
from app.settings import DataFolder
from app.store import Store
from app.store.engine import DatabaseError
from app.store.triggers import triggers
from tests.app.store.conftest import TODAY, StandingClock, add_school, add_student

DAY = date(2026, 3, 1)


def test_an_insert_is_journaled_with_everything_it_says(store: Store) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    (entry,) = store.read(lambda tx: tx.history(student))
    assert entry.added
    assert entry.cells == {"id": (None, student), "name": (None, "林小满")}
    assert (entry.table, entry.row, entry.operator) == ("student", student, "王老师")
    assert entry.written_at == StandingClock().now


def test_a_change_is_journaled_with_old_and_new_of_that_cell_only(store: Store) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    store.write(lambda tx: tx.change(Student, student, name="林小曼", birth=date(2015, 5, 1), phone=""))
    entry = store.read(lambda tx: tx.history(student))[1]
    assert not entry.added
    assert entry.cells == {"name": ("林小满", "林小曼"), "birth": (None, "2015-05-01")}
    assert entry.old() == {"name": "林小满", "birth": None}
    assert entry.new() == {"name": "林小曼", "birth": date(2015, 5, 1)}


def test_an_old_value_can_be_put_back_from_the_journal(store: Store) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    store.write(lambda tx: tx.change(Student, student, birth=date(2015, 5, 1)))
    entry = store.read(lambda tx: tx.history(student))[1]
    store.write(lambda tx: tx.change(Student, student, **entry.old()))
    assert store.read(lambda tx: tx.get(Student, student)).birth is None


def test_a_change_that_changes_nothing_is_no_entry_and_no_change(store: Store) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    done = store.write(lambda tx: tx.change(Student, student, name="林小满"))
    assert done.changes.rows == {}
    assert len(store.read(lambda tx: tx.history(student))) == 1


def test_quotes_and_line_breaks_in_a_cell_survive_the_journal(store: Store) -> None:
    name = 'a"b\\c\n「d」\u0001'
    student = store.write(lambda tx: add_student(tx, name)).value
    assert store.read(lambda tx: tx.history(student))[0].cells["name"] == (None, name)


def test_changes_name_every_row_written_and_no_other(store: Store) -> None:
    first = store.write(lambda tx: add_student(tx, "林小满")).value

    def work_of_the_day(tx):
        second = add_student(tx, "陈一鸣")
        tx.add(Guardian(id=tx.new_id(), student_id=second, name="陈大山"))
        tx.change(Student, first, phone="0598-1")
        return second

    done = store.write(work_of_the_day)
    assert done.changes.rows["student"] == {first, done.value}
    assert done.changes.touches("guardian")
    assert not done.changes.touches("unit")


def test_positions_run_without_gaps_also_over_a_rollback(store: Store) -> None:
    def fails(tx):
        add_student(tx, "陈一鸣")
        raise ZeroDivisionError

    store.write(lambda tx: add_student(tx, "林小满"))
    with pytest.raises(ZeroDivisionError):
        store.write(fails)
    store.write(lambda tx: add_student(tx, "赵青"))
    assert store.read(lambda tx: tx.position()) == 2
    entries = store.read(lambda tx: tx.entries(1, 2))
    assert [entry.seq for entry in entries] == [1, 2]
    assert [entry.cells["name"][1] for entry in entries] == ["林小满", "赵青"]
    assert store.read(lambda tx: tx.entries(2, 2)) == entries[1:]


@pytest.mark.parametrize("record", JOURNALED, ids=lambda record: record.__name__)
def test_each_table_has_its_triggers(record: type, store: Store) -> None:
    table = "".join(f"_{c.lower()}" if c.isupper() else c for c in record.__name__).lstrip("_")
    assert {
        f"{table}_added",
        f"{table}_changed",
        f"{table}_no_delete",
        f"{table}_no_update",
    } <= triggers().keys()


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM unit",
        "UPDATE unit SET id = 'x'",
        "DELETE FROM journal",
        "UPDATE journal SET operator = '别人'",
        "REPLACE INTO unit SELECT * FROM unit",
        "DELETE FROM access_log",
    ],
)
def test_nothing_is_deleted_and_the_trace_is_never_rewritten(store: Store, sql: str) -> None:
    store.write(add_school)
    store.write(lambda tx: tx.log_access("x", "证件号", "核对"))
    with pytest.raises(DatabaseError):
        store.on_worker(lambda db, _key: db.conn.execute(sql))
    assert store.read(lambda tx: len(tx.find(Unit))) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=8))
def test_entries_stay_in_the_order_of_writing_whatever_the_clock_does(
    store: Store, clock: StandingClock, hours: list[int]
) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    for number, hour in enumerate(hours):
        clock.now = StandingClock().now + timedelta(hours=hour)
        store.write(lambda tx, n=number: tx.change(Student, student, remark=f"第{n}次"))
    entries = store.read(lambda tx: tx.history(student))
    assert [entry.cells["remark"][1] for entry in entries[1:]] == [f"第{n}次" for n in range(len(hours))]
    assert [entry.seq for entry in entries] == sorted(entry.seq for entry in entries)


def test_a_reopened_store_with_a_clock_in_2000_still_writes_after_the_newest_entry(
    folder: DataFolder, clock: StandingClock
) -> None:
    with Store.create(folder, "密码甲", "王老师", clock).store as store:
        student = store.write(lambda tx: add_student(tx, "林小满")).value
    clock.now = clock.now.replace(year=2000)
    with Store.open(folder, "密码甲", "李老师", TODAY, clock) as store:
        store.write(lambda tx: tx.change(Student, student, phone="1"))
        first, second = store.read(lambda tx: tx.history(student))
    assert first.hlc < second.hlc
    assert (second.operator, second.written_at.year) == ("李老师", 2000)


def test_replaying_writes_without_journaling_and_then_journals_again(store: Store) -> None:
    def replay(tx):
        with tx.replaying():
            return add_school(tx)

    done = store.write(replay)
    assert done.changes.rows == {}
    store.write(lambda tx: tx.withdraw(ClassGroup, done.value, DAY, "撤并"))
    assert len(store.read(lambda tx: tx.history(done.value))) == 1
