"""A case in an office that has no rolls of its child: it stands as it was written and ends by what the school said."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.domain.ladder.facts import CaseFacts
from app.domain.ladder.walk import BACK_IN_SCHOOL, is_annulled, stage_of
from app.domain.records import (
    AttendanceStatement,
    CaseFile,
    ClassGroup,
    Enrolment,
    Roll,
    RuleText,
    Student,
    Unit,
)
from app.domain.rules import freeze_rules
from app.domain.vocabulary import BY_ATTENDANCE
from app.service.cases.facts import CaseReader
from app.service.office.desk import Desk
from app.service.office.units import UnitEntry
from app.service.program import Program

TODAY = date(2026, 10, 20)
EVIDENCE = (date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10))
BACK = date(2026, 10, 15)


def the_case_of_a_school(desk: Desk) -> None:
    """What a school's bundle brings: the child, its class and the case, and no roll."""
    tx = desk.tx
    tx.add(Unit(id="school", level="学校", name="河口小学", parent_id=desk.unit.id))
    tx.add(ClassGroup(id="class", school_id="school", stage="小学", entry_year=2022, number=2))
    tx.add(Student(id="child", name="陈小满", unit_id="school"))
    since = date(2026, 9, 1)
    tx.add(
        Enrolment(
            id="there",
            student_id="child",
            school_id="school",
            class_id="class",
            from_on=since,
            entered_on=since,
        )
    )
    tx.add(RuleText(id="rules", rule_set=desk.rules.id, text=freeze_rules(desk.rules)))
    tx.add(
        CaseFile(
            id="case",
            unit_id="school",
            student_id="child",
            year=2026,
            seq=1,
            trigger=BY_ATTENDANCE,
            opened_on=EVIDENCE[-1],
            entered_on=EVIDENCE[-1],
            rule_text_id="rules",
            rule_key="开个案",
            absent_since=EVIDENCE[0],
            evidence=EVIDENCE,
            lead_unit_id="school",
        )
    )


@pytest.fixture(params=["township", "county"])
def above(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    unit = UnitEntry(level=request.param, name="上面的单位", rules="mengjin")
    with create_program(tmp_path / "data", "石桥2026", "陈老师", TODAY, unit)[0] as made:
        made.write(the_case_of_a_school)
        yield made


def facts(program: Program) -> CaseFacts:
    (one,) = program.read(lambda desk: CaseReader(desk).every())
    return one


def say(program: Program, as_of: date, returned_on: date | None, *, holds: bool = True) -> None:
    def write(desk: Desk) -> None:
        desk.tx.add(
            AttendanceStatement(
                id=desk.tx.new_id(),
                case_id="case",
                as_of=as_of,
                absent_since=EVIDENCE[0],
                half_days=6,
                returned_on=returned_on,
                evidence_holds=holds,
            )
        )

    program.write(write)


def test_a_case_of_a_child_without_rolls_stands_as_it_was_written(above: Program) -> None:
    one = facts(above)
    assert (one.annulled_why, is_annulled(stage_of(one))) == ((), False)
    assert (one.case.opened_on, one.case.evidence, one.returned_on) == (EVIDENCE[-1], EVIDENCE, None)


def test_the_return_is_what_the_newest_statement_says(above: Program) -> None:
    say(above, date(2026, 10, 16), BACK)
    assert (facts(above).returned_on, stage_of(facts(above))) == (BACK, BACK_IN_SCHOOL)
    say(above, date(2026, 10, 19), None)
    assert facts(above).returned_on is None


def test_a_case_whose_evidence_the_school_takes_back_is_annulled_and_stands_again_when_it_holds(
    above: Program,
) -> None:
    say(above, date(2026, 10, 16), None, holds=False)
    assert stage_of(facts(above)) == "已撤销(学校说明)"
    say(above, date(2026, 10, 17), None)
    assert not is_annulled(stage_of(facts(above)))


def test_a_statement_of_a_later_day_is_not_seen_yet(above: Program) -> None:
    say(above, date(2026, 10, 12), None)
    say(above, date(2026, 10, 21), BACK)
    assert facts(above).returned_on is None


def test_a_roll_of_another_class_changes_nothing(above: Program) -> None:
    def call_another(desk: Desk) -> None:
        desk.tx.add(ClassGroup(id="other", school_id="school", stage="小学", entry_year=2023, number=1))
        desk.tx.add(roll("other"))

    above.write(call_another)
    assert facts(above).annulled_why == ()


def test_where_the_class_was_called_the_rolls_judge(above: Program) -> None:
    above.write(lambda desk: desk.tx.add(roll("class")))
    assert facts(above).annulled_why == ("更正",)  # the child is on no list of that roll: it was there


def test_an_office_that_took_its_only_roll_back_did_call_the_class(above: Program) -> None:
    above.write(lambda desk: desk.tx.add(roll("class")))
    above.write(lambda desk: desk.tx.withdraw(Roll, "roll-class", TODAY, "点错了班"))
    assert is_annulled(stage_of(facts(above)))


def roll(class_id: str) -> Roll:
    day = EVIDENCE[0]
    return Roll(
        id=f"roll-{class_id}",
        class_id=class_id,
        day=day,
        session="全天",
        by_whom="周老师",
        expected=30,
        present=30,
        entered_on=day,
    )
