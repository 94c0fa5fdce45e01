"""One 上课日 of one child: what the sessions called, the absences and the leaves make of it."""

from datetime import date
from itertools import product

import pytest

from app.domain.attendance import DayState, covers, day_state
from app.domain.calendar import DayFact
from app.domain.records import Absence
from tests.helpers.facts import make_absence, make_leave, on

DAY = on(9, 17)
WHOLE_DAY, HALF_DAY = DayFact(DAY, 1.0, ""), DayFact(DAY, 0.5, "")
Absences = tuple[tuple[str, str], ...]

SESSIONS = ((), ("全天",), ("上午",), ("下午",), ("上午", "下午"))
EVERY: tuple[Absences, ...] = (
    (),
    *(((kind, part),) for kind in ("旷课", "病假", "事假") for part in ("全天", "上午", "下午")),
    *((("旷课", "上午"), (kind, "下午")) for kind in ("旷课", "病假", "事假")),
    (("病假", "上午"), ("事假", "下午")),
)
EVERY_RECORD = list(product(SESSIONS, EVERY))
ALL_DAY = (("全天",), ("上午", "下午"))


def absences(missed: Absences) -> list[Absence]:
    return [make_absence(DAY, kind, part) for kind, part in missed]


def state_of(
    sessions: tuple[str, ...], missed: Absences, half_day: str = "计半天", school: DayFact = WHOLE_DAY
) -> DayState:
    return day_state(school, sessions, absences(missed), (), half_day)


@pytest.mark.parametrize("sessions", ALL_DAY)
@pytest.mark.parametrize(
    ("missed", "counted", "left_out"),
    [
        ((), ("在校", 0), ("在校", 0)),
        ((("旷课", "全天"),), ("旷课", 1), ("旷课", 1)),
        ((("旷课", "上午"), ("旷课", "下午")), ("旷课", 1), ("旷课", 1)),
        ((("旷课", "上午"),), ("旷课", 0.5), ("在校", 0)),
        ((("旷课", "下午"),), ("旷课", 0.5), ("在校", 0)),
        ((("旷课", "上午"), ("病假", "下午")), ("旷课", 0.5), ("请假", 0)),
        ((("病假", "全天"),), ("请假", 0), ("请假", 0)),
        ((("事假", "全天"),), ("请假", 0), ("请假", 0)),
        ((("病假", "上午"), ("事假", "下午")), ("请假", 0), ("请假", 0)),
        ((("病假", "上午"),), ("在校", 0), ("在校", 0)),
    ],
)
def test_a_day_called_whole_is_told_by_the_halves_missed(
    sessions: tuple[str, ...], missed: Absences, counted: tuple[str, float], left_out: tuple[str, float]
) -> None:
    first, second = state_of(sessions, missed), state_of(sessions, missed, "不计")
    assert (first.kind, first.weight) == counted
    assert (second.kind, second.weight) == left_out


@pytest.mark.parametrize("half_day", ["计半天", "不计"])
@pytest.mark.parametrize(
    ("session", "missed", "kind"),
    [
        ("上午", (), "在校"),
        ("上午", (("旷课", "上午"),), "未记录"),
        ("上午", (("旷课", "全天"),), "未记录"),
        ("下午", (("旷课", "下午"),), "未记录"),
        ("上午", (("旷课", "下午"),), "在校"),  # an absence of a session nobody called says nothing
        ("上午", (("病假", "上午"),), "请假"),
    ],
)
def test_a_half_that_was_not_called_is_not_known(
    session: str, missed: Absences, kind: str, half_day: str
) -> None:
    assert state_of((session,), missed, half_day).kind == kind


def test_a_day_known_only_by_its_missed_morning_says_which_half_was_called() -> None:
    assert state_of(("上午",), (("旷课", "上午"),)).detail == "只点了上午"


@pytest.mark.parametrize("session", ["全天", "上午", "下午"])
def test_missing_all_of_a_school_day_of_half_length_counts_one(session: str) -> None:
    state = state_of((session,), (("旷课", session),), school=HALF_DAY)
    assert (state.kind, state.weight) == ("旷课", 1)


@pytest.mark.parametrize(("sessions", "missed"), EVERY_RECORD)
def test_approved_leave_excuses_the_day_whatever_the_roll_says(
    sessions: tuple[str, ...], missed: Absences
) -> None:
    leave = make_leave(DAY, DAY, "病假")
    for school, half_day in product((WHOLE_DAY, HALF_DAY), ("计半天", "不计")):
        state = day_state(school, sessions, absences(missed), [leave], half_day)
        assert state == DayState(DAY, "请假", detail="病假")


@pytest.mark.parametrize("missed", EVERY)
def test_a_day_without_a_roll_is_unrecorded_whatever_absences_float_about(missed: Absences) -> None:
    assert state_of((), missed) == DayState(DAY, "未记录")


@pytest.mark.parametrize(("sessions", "missed"), EVERY_RECORD)
def test_only_unexcused_days_weigh_and_never_more_than_one(
    sessions: tuple[str, ...], missed: Absences
) -> None:
    for school, half_day in product((WHOLE_DAY, HALF_DAY), ("计半天", "不计")):
        state = state_of(sessions, missed, half_day, school)
        assert state.weight in ({0.5, 1} if state.kind == "旷课" else {0})
        assert half_day == "计半天" or state.weight in {0, 1}


@pytest.mark.parametrize("sessions", SESSIONS)
@pytest.mark.parametrize("missed", [missed for missed in EVERY if all(kind != "旷课" for kind, _ in missed)])
def test_without_an_unexcused_absence_nobody_is_absent(sessions: tuple[str, ...], missed: Absences) -> None:
    assert state_of(sessions, missed).kind != "旷课"


def test_a_half_excused_half_left_out_day_names_the_leave() -> None:
    state = state_of(("全天",), (("旷课", "上午"), ("病假", "下午")), "不计")
    assert state.detail == "病假"


def test_a_half_day_missed_stays_visible_on_a_day_in_school() -> None:
    assert state_of(("全天",), (("病假", "上午"),)).detail == "半天缺课"
    assert state_of(("全天",), ()).detail == ""


@pytest.mark.parametrize(
    ("day", "excused"),
    [(on(9, 16), False), (on(9, 17), True), (on(9, 18), True), (on(9, 19), False)],
)
def test_leave_holds_from_its_first_to_its_last_day(day: date, excused: bool) -> None:
    assert covers(make_leave(on(9, 17), on(9, 18)), day) is excused


def test_leave_ends_with_the_day_the_child_is_back() -> None:
    leave = make_leave(on(9, 17), on(9, 23), ended_on=on(9, 21))
    assert covers(leave, on(9, 18))
    assert not covers(leave, on(9, 21))
    assert not covers(leave, on(9, 22))
