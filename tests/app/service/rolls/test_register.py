"""When a 上课日 counts as called."""

import pytest

from app.service.rolls.register import is_called


@pytest.mark.parametrize(
    ("sessions", "weight", "called"),
    [
        ({"全天"}, 1.0, True),
        ({"上午", "下午"}, 1.0, True),
        ({"上午"}, 1.0, False),
        ({"上午"}, 0.5, True),
        (set(), 0.5, False),
    ],
)
def test_a_day_is_called_once_whole_or_in_both_halves(
    sessions: set[str], weight: float, called: bool
) -> None:
    assert is_called(sessions, weight) is called
