"""今日: the four states of a task and the order they are shown in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.todo import ORDER, State, Task, agenda, state_of
from tests.helpers.facts import on

TODAY = on(11, 22)


def task(due_on: date | None = None, *, waiting: bool = False, what: str = "上门") -> Task:
    return Task(what, "因", due_on, waiting=waiting)


@pytest.mark.parametrize(
    ("due_on", "state"),
    [
        (on(11, 21), "overdue"),
        (on(11, 22), "today"),
        (on(11, 23), "week"),
        (on(11, 28), "week"),
        (on(11, 29), None),
        (None, "week"),
    ],
)
def test_a_task_is_overdue_due_today_or_due_this_week(due_on: date | None, state: State | None) -> None:
    assert state_of(task(due_on), TODAY) == state


@pytest.mark.parametrize("due_on", [None, on(11, 22), on(11, 23), on(12, 31)])
def test_what_waits_for_others_is_shown_as_waiting_however_far_off(due_on: date | None) -> None:
    assert state_of(task(due_on, waiting=True), TODAY) == "waiting"


def test_what_others_owe_since_yesterday_is_overdue() -> None:
    assert state_of(task(on(11, 21), waiting=True), TODAY) == "overdue"


def test_the_list_begins_with_the_oldest_debt_and_ends_with_what_waits() -> None:
    tasks = [
        task(waiting=True),
        task(on(11, 25)),
        task(),
        task(on(11, 20)),
        task(on(12, 31)),
        task(on(11, 22)),
        task(on(11, 10)),
    ]
    shown = [(state, one.due_on) for state, one in agenda(tasks, TODAY)]
    assert shown == [
        ("overdue", on(11, 10)),
        ("overdue", on(11, 20)),
        ("today", on(11, 22)),
        ("week", on(11, 25)),
        ("week", None),
        ("waiting", None),
    ]


def test_tasks_of_one_day_keep_the_order_they_came_in() -> None:
    tasks = [task(TODAY, what=name) for name in ("甲", "乙", "丙")]
    assert [one.what for _, one in agenda(tasks, TODAY)] == ["甲", "乙", "丙"]


DUE = st.none() | st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))


@given(st.lists(st.tuples(DUE, st.booleans())))
def test_nothing_due_by_the_end_of_the_week_is_ever_left_out(rows: list[tuple[date | None, bool]]) -> None:
    tasks = [task(due_on, waiting=waiting) for due_on, waiting in rows]
    shown = agenda(tasks, TODAY)
    assert [ORDER[state] for state, _ in shown] == sorted(ORDER[state] for state, _ in shown)
    left_out = [one for one in tasks if one not in [other for _, other in shown]]
    assert all(one.due_on and one.due_on > TODAY + timedelta(days=6) for one in left_out)
