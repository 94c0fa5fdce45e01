"""Questions about the office: days and terms of a range, the rules of the newest case, what was written since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.records import (
    CalendarDay,
    CaseFile,
    Responsibility,
    RuleText,
    Staff,
    Student,
    Term,
    Unit,
)
from app.settings import DataFolder
from app.store import Store, Transaction
from app.store.queries.office import (
    children_answered_for,
    days_set,
    namesakes,
    newest_rule_text,
    overlapping_terms,
    written_after,
    written_since,
)
from tests.app.store.conftest import TODAY, StandingClock, add_student

DAY = timedelta(days=1)


@pytest.fixture
def store(folder: DataFolder, clock: StandingClock) -> Iterator[Store]:
    """Two schools, 甲 and 乙, without anything."""
    with Store.create(folder, "密码甲", "王老师", clock).store as made:
        made.write(
            lambda tx: tx.add_all(Unit(id=one, level="学校", name=f"{one}小学") for one in ("甲", "乙"))
        )
        yield made


def test_days_of_a_range_are_those_of_one_unit_with_both_ends(store: Store) -> None:
    def put(tx: Transaction) -> None:
        for unit in ("甲", "乙"):
            for offset in range(5):
                day = TODAY + offset * DAY
                tx.add(CalendarDay(id=f"{unit}{offset}", unit_id=unit, day=day, kind="停课"))
        tx.withdraw(CalendarDay, "甲2", TODAY, "改回")

    store.write(put)
    found = store.read(lambda tx: days_set(tx, "甲", TODAY + DAY, TODAY + 3 * DAY))
    assert [one.id for one in found] == ["甲1", "甲3"]


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        (date(2026, 7, 5), date(2026, 8, 1), ["春"]),
        (date(2026, 7, 6), date(2026, 8, 31), []),
        (date(2026, 7, 1), date(2026, 9, 1), ["春", "秋"]),
        (date(2026, 10, 1), date(2026, 10, 2), ["秋"]),
    ],
)
def test_terms_overlap_where_they_share_a_day(
    store: Store, first: date, last: date, found: list[str]
) -> None:
    spring = Term(id="春", unit_id="甲", first_day=date(2026, 2, 24), last_day=date(2026, 7, 5))
    autumn = replace(spring, id="秋", first_day=date(2026, 9, 1), last_day=date(2027, 1, 20))
    store.write(lambda tx: tx.add_all([spring, autumn, replace(autumn, id="乙秋", unit_id="乙")]))
    terms = store.read(lambda tx: overlapping_terms(tx, "甲", first, last))
    assert sorted(one.id for one in terms) == sorted(found)


def case(number: int, text: str, entered_on: date, student: str) -> CaseFile:
    return CaseFile(
        id=f"case-{number}",
        unit_id="甲",
        student_id=student,
        year=2026,
        seq=number,
        trigger="考勤",
        opened_on=TODAY,
        entered_on=entered_on,
        rule_text_id=text,
    )


def test_the_newest_rules_of_a_set_are_those_of_its_newest_case(store: Store) -> None:
    def put(tx: Transaction) -> None:
        child = add_student(tx, "林小满")
        texts = (("old", "大田"), ("new", "大田"), ("other", "孟津"))
        tx.add_all(RuleText(id=one, rule_set=rules, text=one) for one, rules in texts)
        days = (TODAY, TODAY + DAY, TODAY + 2 * DAY, TODAY + 3 * DAY)
        written = zip(("old", "new", "old", "other"), days, strict=True)
        tx.add_all(case(number, text, day, child) for number, (text, day) in enumerate(written, 1))

    store.write(put)
    newest = store.read(lambda tx: newest_rule_text(tx, "大田"))
    assert newest is not None
    assert (
        newest.text == "old"
    )  # the file was changed back: the third case was opened under the first text again
    assert store.read(lambda tx: newest_rule_text(tx, "夏邑")) is None


def test_children_answered_for_bring_their_namesakes_and_stay_when_withdrawn(store: Store) -> None:
    def put(tx: Transaction) -> None:
        for child, name in (("a", "王伟"), ("b", "王伟"), ("c", "李静"), ("d", "王伟")):
            tx.add(Student(id=child, name=name))
        tx.add(Staff(id="s", unit_id="甲", name="周老师", from_on=TODAY))
        tx.add(Responsibility(id="r", staff_id="s", kind="包学生", student_id="a", from_on=TODAY))
        for child in ("a", "d"):
            tx.withdraw(Student, child, TODAY, "重复")

    store.write(put)
    assert {one.id for one in store.read(children_answered_for)} == {"a", "b"}
    assert [one.id for one in store.read(lambda tx: namesakes(tx, "王伟"))] == ["a", "b"]


def test_what_was_written_is_counted_by_row_and_table(store: Store, clock: StandingClock) -> None:
    position = store.read(lambda tx: tx.position())
    store.write(lambda tx: [add_student(tx, "林小满"), add_student(tx, "陈一帆")])
    (first, _second) = store.read(lambda tx: tx.find(Student))
    clock.now += DAY
    store.write(lambda tx: tx.change(Student, first.id, village="上湾村"))
    after = store.read(lambda tx: written_after(tx, {store.origin: position}))
    assert [(one.table, one.rows) for one in after] == [("student", 2)]
    since = store.read(lambda tx: written_since(tx, TODAY + DAY))
    assert [(one.table, one.rows) for one in since] == [("student", 1)]
    assert store.read(lambda tx: written_since(tx, TODAY + 2 * DAY)) == ()
