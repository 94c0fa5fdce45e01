"""Calls recorded by earlier versions have the outcome of a visit: they stay correctable."""

from datetime import date

import pytest

from app.domain.records import Contact, Student
from app.errors import UserError
from app.service.cases.putting_right import correct
from app.service.office.desk import Desk
from app.service.program import Program

DAY = date(2026, 11, 18)


@pytest.fixture
def call(program: Program) -> str:
    """The id of a call that met 见到家长, as earlier versions let it be written."""

    def keep(desk: Desk) -> str:
        child = Student(id=desk.tx.new_id(), name="王小明")
        made = Contact(
            id=desk.tx.new_id(),
            student_id=child.id,
            case_id="",
            happened_on=DAY,
            entered_on=DAY,
            level="学校",
            method="电话",
            outcome="见到家长",
            by_whom="王老师",
        )
        desk.tx.add(child)
        desk.tx.add(made)
        return made.id

    return program.write(keep).value


def test_another_field_of_an_old_call_is_corrected(program: Program, call: str) -> None:
    done = program.write(correct, Contact, call, {"联系人": "李老师"}, "记错了")
    assert "王老师→李老师" in done.value.what


def test_a_new_outcome_of_an_old_call_is_a_calls(program: Program, call: str) -> None:
    with pytest.raises(UserError, match="电话的联系结果“无人在家”"):
        program.write(correct, Contact, call, {"结果": "无人在家"}, "记错了")
    done = program.write(correct, Contact, call, {"结果": "打通"}, "记错了")
    assert "见到家长→打通" in done.value.what


def test_an_old_call_that_becomes_a_visit_has_a_visits_outcome(program: Program, call: str) -> None:
    assert program.write(correct, Contact, call, {"劝返方式": "家访"}, "记错了")
