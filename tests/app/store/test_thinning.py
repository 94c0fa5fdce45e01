"""Copies made by the program itself: at most 8 and at most 1 GB stay, and the newest three always."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.store.thinning import Copy, to_keep

GIGABYTE = 2**30


def _copy(number: int, day: date, size: int = 1) -> Copy:
    return Copy(Path(f"{number}.gxbak"), day, number, size)


_DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
_COPIES = st.lists(st.tuples(_DAYS, st.integers(1, GIGABYTE)), max_size=40).map(
    lambda found: [_copy(number, day, size) for number, (day, size) in enumerate(found)]
)


@given(_COPIES)
def test_never_more_than_eight_and_one_gigabyte_but_always_the_newest_three(copies: list[Copy]) -> None:
    kept = [one for one in copies if one.file in to_keep(copies)]
    newest = sorted(copies, key=lambda one: (one.written, one.made_on), reverse=True)[:3]
    assert {one.file for one in newest} <= {one.file for one in kept}
    assert len(kept) <= 8
    assert len(kept) <= 3 or sum(one.size for one in kept) <= GIGABYTE


@given(_COPIES)
def test_thinning_twice_is_thinning_once(copies: list[Copy]) -> None:
    kept = to_keep(copies)
    assert to_keep([one for one in copies if one.file in kept]) == kept


def test_three_large_copies_leave_no_room_for_a_fourth() -> None:
    copies = [_copy(day, date(2026, 3, day), 400 * 2**20) for day in range(1, 7)]
    assert to_keep(copies) == {Path("4.gxbak"), Path("5.gxbak"), Path("6.gxbak")}


def test_several_copies_of_one_day_count_each() -> None:
    copies = [_copy(number, date(2026, 3, 2)) for number in range(12)]
    assert to_keep(copies) == {Path(f"{number}.gxbak") for number in range(4, 12)}


def test_a_year_of_days_one_after_another_still_reaches_back_past_the_last_month() -> None:
    kept: list[Copy] = []
    for number in range(365):
        kept.append(_copy(number, date(2025, 9, 1) + timedelta(days=number)))
        kept = [one for one in kept if one.file in to_keep(kept)]
    # On Monday 31 August 2026: the newest three, the Sundays of three weeks more, the last days kept of July and June.
    days = sorted(one.made_on for one in kept)
    assert days[2:] == [date(2026, 8, day) for day in (9, 16, 23, 29, 30, 31)]
    assert [(day.year, day.month) for day in days[:2]] == [(2026, 6), (2026, 7)]
