"""The hybrid clock orders entries whatever the PC's clock says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.store.clock import Tick, milliseconds

_MOMENTS = st.integers(10**9, 7 * 10**9).map(
    lambda seconds: datetime.fromtimestamp(seconds + 0.123456, tz=UTC)
)


@given(st.lists(_MOMENTS, min_size=2, max_size=30))
def test_stamps_rise_whatever_the_wall_clock_does(moments: list[datetime]) -> None:
    tick, stamps = Tick(), []
    for moment in moments:
        tick = tick.next(moment)
        stamps.append(tick.stamp("aa"))
    assert stamps == sorted(set(stamps))


@given(_MOMENTS)
def test_a_stamp_reads_back(moment: datetime) -> None:
    tick = Tick().next(moment)
    assert Tick.parse(tick.stamp("aa-bb.cc")) == tick
    assert timedelta() <= moment - tick.moment() < timedelta(milliseconds=2)


def test_a_full_counter_carries_into_the_milliseconds() -> None:
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    assert Tick(1_700_000_000_000, 99_999).next(long_ago) == Tick(1_700_000_000_001, 0)


def test_a_clock_before_1970_counts_as_1970() -> None:
    assert milliseconds(datetime(1960, 1, 1, tzinfo=UTC)) == 0


def test_other_text_is_no_stamp() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        Tick.parse("2026-03-02")
