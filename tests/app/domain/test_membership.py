"""Where a child belongs on a day, by dated rows."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.membership import enrolment_on, left_on, overdue_back, rows_after
from app.domain.records import Enrolment

SEPTEMBER = date(2026, 9, 1)
DAYS = st.integers(0, 200).map(lambda number: SEPTEMBER + timedelta(days=number))


def stay(
    first: date,
    last: date | None = None,
    *,
    began: str = "在册",
    ended: str = "",
    back_on: date | None = None,
) -> Enrolment:
    return Enrolment(
        id=str(first),
        student_id="s",
        school_id="u",
        from_on=first,
        to_on=last,
        began=began,
        ended=ended,
        back_on=back_on,
        entered_on=SEPTEMBER,
    )


def test_the_last_day_is_a_day_in_the_class_and_the_day_after_is_not() -> None:
    row = stay(SEPTEMBER, date(2026, 10, 9), ended="转出")
    assert enrolment_on([row], date(2026, 10, 9)) == row
    assert enrolment_on([row], date(2026, 10, 10)) is None
    assert left_on(row) == date(2026, 10, 10)


def test_a_change_of_class_is_no_leaving() -> None:
    assert left_on(stay(SEPTEMBER, date(2026, 10, 9), ended="调班")) is None
    assert left_on(stay(SEPTEMBER)) is None


def test_who_came_and_left_on_one_day_belongs_there_on_none() -> None:
    row = stay(SEPTEMBER, date(2026, 8, 31), ended="转出")
    assert enrolment_on([row], SEPTEMBER) is None
    assert left_on(row) == SEPTEMBER


def test_a_pause_is_over_on_its_day_and_only_until_the_child_is_back() -> None:
    """休学 from 2025-09-15 until 2026-09-14, no 复学 by the next 上课日: to be found out (domain, case 18)."""
    pause = stay(date(2025, 9, 1), date(2025, 9, 14), ended="休学", back_on=date(2026, 9, 15))
    assert overdue_back([pause], date(2026, 9, 14)) is None
    assert overdue_back([pause], date(2026, 9, 15)) == pause
    back = stay(date(2026, 9, 15), began="复学")
    assert overdue_back([pause, back], date(2026, 9, 15)) is None
    assert overdue_back([pause, back], date(2026, 12, 1)) is None


@given(DAYS, st.lists(DAYS, max_size=4, unique=True), DAYS)
def test_of_moves_in_any_order_exactly_one_row_holds_each_day(
    first: date, moves: list[date], day: date
) -> None:
    """Rows that follow each other without a gap hold every day from the first on once."""
    starts = sorted({first, *(move for move in moves if move > first)})
    rows = [
        stay(start, starts[place + 1] - timedelta(days=1) if place + 1 < len(starts) else None)
        for place, start in enumerate(starts)
    ]
    holding = [row for row in rows if enrolment_on([row], day)]
    assert len(holding) == (1 if day >= first else 0)
    assert enrolment_on(reversed(rows), day) == (holding[0] if holding else None)
    assert [row.from_on for row in rows_after(rows, day)] == [start for start in starts if start > day]
