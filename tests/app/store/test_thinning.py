"""7 days, 8 weeks, 12 months of backups stay."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.store.thinning import to_keep

_DAYS = st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=300)


@given(_DAYS)
def test_the_newest_always_stays_and_nothing_is_invented(days: list[date]) -> None:
    kept = to_keep(days)
    assert kept <= set(days)
    assert (max(days) in kept) if days else not kept


@given(_DAYS)
def test_never_more_than_27_stay_and_the_last_seven_always_do(days: list[date]) -> None:
    assert len(to_keep(days)) <= 7 + 8 + 12
    assert set(sorted(set(days))[-7:]) <= to_keep(days)


@given(_DAYS)
def test_thinning_twice_is_thinning_once(days: list[date]) -> None:
    assert to_keep(to_keep(days)) == to_keep(days)


def test_two_years_of_daily_backups() -> None:
    last = date(2026, 3, 31)
    kept = sorted(to_keep(last - timedelta(days=back) for back in range(730)))
    assert kept[-7:] == [last - timedelta(days=back) for back in range(6, -1, -1)]
    assert date(2026, 2, 15) in kept  # the Sunday of the eighth week back
    assert kept[0] == date(2025, 4, 30)  # the newest of the twelfth month back
    assert len(kept) == 7 + 6 + 11  # two of the weeks and one of the months lie within what is kept anyway


def test_daily_life_keeps_what_was_kept() -> None:
    kept: frozenset[date] = frozenset()
    for day in range(800):
        kept = to_keep([*kept, date(2024, 1, 1) + timedelta(days=day)])
    months = {(day.year, day.month) for day in kept}
    assert len(months) == 12
