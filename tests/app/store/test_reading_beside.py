"""Reads on a connection of their own beside the one that writes: no write waits for a read."""

import threading

import pytest

from app.domain.records import Student
from app.settings import DataFolder
from app.store import Store, Transaction
from tests.app.store.conftest import TODAY, StandingClock, add_student, names


def test_reads_run_on_one_thread_and_writes_on_another_and_answers_come_by_future(store: Store) -> None:
    reading = {store.submit_read(lambda _tx: threading.get_ident()).result() for _ in range(5)}
    writing = {store.submit_write(lambda _tx: threading.get_ident()).result().value for _ in range(5)}
    assert len(reading) == len(writing) == 1
    assert len({*reading, *writing, threading.get_ident()}) == 3
    assert store.submit_write(lambda tx: add_student(tx, "林小满")).result().changes.touches("student")


def test_a_write_is_answered_while_a_read_goes_on_with_what_it_saw_first(store: Store) -> None:
    begun, free = threading.Event(), threading.Event()

    def long(tx: Transaction) -> tuple[list[Student], list[Student]]:
        before = tx.find(Student)
        begun.set()
        assert free.wait(20)
        return before, tx.find(Student)

    reading = store.submit_read(long)
    assert begun.wait(20)
    for name in ("林小满", "陈一鸣"):
        store.submit_write(lambda tx, name=name: add_student(tx, name)).result(20)
    assert not reading.done()
    free.set()
    assert reading.result(20) == ([], [])
    assert sorted(names(store)) == sorted(["林小满", "陈一鸣"])


def test_a_read_asked_after_a_write_was_answered_sees_it(store: Store) -> None:
    for number in range(200):
        store.write(lambda tx, number=number: tx.add(Student(id=str(number), name="童")))
        assert store.read(lambda tx: tx.rows("SELECT count(*) AS n FROM student")) == [{"n": number + 1}]


def test_a_trial_inside_a_read_is_taken_back_and_no_write_gets_between(store: Store) -> None:
    store.write(lambda tx: add_student(tx, "林小满"))

    def tried(tx: Transaction) -> tuple[set[str], set[str]]:
        with tx.trial():
            add_student(tx, "陈一鸣")
            within = {one.name for one in tx.find(Student)}
        return within, {one.name for one in tx.find(Student)}

    assert store.read(tried) == ({"林小满", "陈一鸣"}, {"林小满"})
    assert names(store) == ["林小满"]
    assert store.read(lambda tx: tx.position()) == 1


def test_closing_waits_for_a_read_under_way_and_leaves_one_whole_file(
    folder: DataFolder, clock: StandingClock
) -> None:
    store = Store.create(folder, "密码甲", "王老师", clock).store
    begun, free = threading.Event(), threading.Event()

    def long(tx: Transaction) -> int:
        before = len(tx.find(Student))
        begun.set()
        assert free.wait(20)
        return before + len(tx.find(Student))

    reading = store.submit_read(long)
    assert begun.wait(20)
    store.write(lambda tx: add_student(tx, "林小满"))
    closing = threading.Thread(target=store.close)
    closing.start()
    closing.join(0.2)
    assert closing.is_alive()
    free.set()
    closing.join(20)
    assert not closing.is_alive()
    assert reading.result(0) == 0
    assert not list(folder.root.glob("guixue.db-*"))
    with Store.open(folder, "密码甲", "", TODAY, clock) as again:
        assert names(again) == ["林小满"]


def test_many_threads_may_write_at_once(store: Store) -> None:
    def write(number: int) -> None:
        store.write(lambda tx: tx.add(Student(id=str(number), name="童")))

    workers = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(names(store)) == 20


def test_asking_the_store_from_inside_its_own_work_is_refused_instead_of_waiting_for_ever(
    store: Store,
) -> None:
    for ask in (store.write, store.read):
        with pytest.raises(RuntimeError, match="already inside"):
            ask(lambda _tx: store.read(lambda tx: tx.position()))
        with pytest.raises(RuntimeError, match="already inside"):
            ask(lambda _tx: store.write(lambda tx: tx.position()))


# Opening
