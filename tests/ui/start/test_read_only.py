"""The demo beside the first steps can be looked at; nothing is written, and a sentence says so."""

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from app.errors import EnvironmentProblem, UserError
from app.service.office.calendars import set_term
from app.service.program import READ_ONLY, Program
from app.service.screens.overview import who_we_are
from tests.ui.conftest import Office
from ui.tasks import Recorder


@pytest.fixture
def demo(office: Office) -> Program:
    office.program.read_only = True
    return office.program


def test_everything_can_be_read(demo: Program, office: Office) -> None:
    assert demo.read(who_we_are).level == "学校"
    assert demo.submit_read(who_we_are).result().level == "学校"
    assert len(demo.backups()) == 1  # the one of the day it was built
    assert demo.notices == (READ_ONLY,)


@pytest.mark.parametrize(
    "work",
    [
        lambda demo, day: demo.write(set_term, day, day),
        lambda demo, day: demo.submit_write(set_term, day, day).result(),
        lambda demo, day: Recorder(demo, Event()).program.write(set_term, day, day),
        lambda demo, _day: demo.make_backup(),
        lambda demo, _day: demo.back_up_day(),
        lambda demo, _day: demo.name_working_copy(),
        lambda demo, _day: demo.change_password("demo", "new"),
        lambda demo, _day: demo.new_recovery_code(),
        lambda demo, _day: demo.remember_on_this_pc(True),
    ],
)
def test_every_way_to_write_is_refused(
    demo: Program, office: Office, work: Callable[[Program, Any], Any]
) -> None:
    with pytest.raises(UserError, match="这是演示"):
        work(demo, office.context.today)


def test_a_demo_has_no_password_to_remember(demo: Program) -> None:
    assert demo.remembered_on_this_pc() == (False, READ_ONLY)


def test_it_is_let_go_with_its_window(demo: Program, office: Office) -> None:
    demo.close()
    with pytest.raises(EnvironmentProblem, match="已经关上"):
        office.program.read(who_we_are)
