"""学籍标注 on a day."""

from datetime import date

from app.domain.marks import is_set, marks_on
from app.domain.records import Mark


def marked(kind: str, set_on: date, cleared_on: date | None = None) -> Mark:
    return Mark(
        id=kind, student_id="s", kind=kind, set_on=set_on, cleared_on=cleared_on, entered_on=date(2026, 12, 1)
    )


def test_a_mark_holds_from_the_day_it_is_set_to_the_day_before_it_is_cleared() -> None:
    mark = marked("疑似辍学", date(2026, 10, 12), date(2026, 11, 2))
    assert [is_set(mark, date(2026, *day)) for day in ((10, 11), (10, 12), (11, 1), (11, 2))] == [
        False,
        True,
        True,
        False,
    ]


def test_both_kinds_may_stand_at_once() -> None:
    found = [marked("辍学", date(2026, 11, 2)), marked("疑似辍学", date(2026, 10, 12))]
    assert marks_on(found, date(2026, 11, 2)) == ("疑似辍学", "辍学")
    assert marks_on(found, date(2026, 11, 1)) == ("疑似辍学",)
