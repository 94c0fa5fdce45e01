"""When a 上课日 counts as called, which classes were not, and the run of a child from its newest day back."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from app.bootstrap import Program
from app.demo.school import TODAY
from app.domain.attendance import Streak, streak
from app.domain.records import ClassGroup, Enrolment, Roll, Student
from app.service.office.desk import Desk
from app.service.rolls.register import Register, is_called, missing_rolls
from tests.helpers.demo import build


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    with build(tmp_path_factory.mktemp("register")) as program:
        yield program


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


def test_the_run_read_backwards_is_that_of_all_days(story: Program) -> None:
    def runs(desk: Desk, day: date) -> list[tuple[Streak, Streak]]:
        register = Register(desk, day)
        return [
            (register.streak(child, "计半天"), streak(register.states(child, "计半天"), day))
            for child in desk.tx.find(Student)
        ]

    found = [pair for back in range(60) for pair in story.read(runs, TODAY - timedelta(days=back))]
    assert [backwards for backwards, _ in found] == [whole for _, whole in found]
    assert any(whole.days > 3 for _, whole in found)


def test_a_class_is_asked_for_each_day_it_had_children_and_was_not_called_whole(program: Program) -> None:
    """Four school days of one class: whole, morning only, both halves, not at all; the children came on the second."""
    monday = date(2026, 10, 12)
    tuesday, wednesday, thursday = (monday + timedelta(days=one) for one in (1, 2, 3))

    def fill(desk: Desk) -> None:
        new, school = desk.tx.new_id, desk.unit.id
        group = ClassGroup(id=new(), school_id=school, stage="小学", entry_year=2022, number=1)
        child = Student(id=new(), name="林一帆", unit_id=school)
        stay = Enrolment(
            id=new(),
            student_id=child.id,
            school_id=school,
            class_id=group.id,
            from_on=tuesday,
            entered_on=tuesday,
        )
        called = [(monday, "上午"), (tuesday, "上午"), (wednesday, "上午"), (wednesday, "下午")]
        rolls = [
            Roll(
                id=new(),
                class_id=group.id,
                day=day,
                session=session,
                by_whom="",
                expected=1,
                present=1,
                entered_on=day,
            )
            for day, session in called
        ]
        desk.tx.add_all([group, child, stay, *rolls])

    program.write(fill)
    asked = program.read(missing_rolls, monday, thursday)
    assert [(row.class_name, row.day) for row in asked] == [("五年级1班", tuesday), ("五年级1班", thursday)]
