"""Schools for the use cases: the demo school, built once a run and copied for each test, and one without children."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.bootstrap import create_program
from app.service.office.units import UnitEntry
from app.service.program import Program
from tests.helpers import demo

TODAY = date(2026, 11, 20)

demo_folder, demo_school = demo.demo_folder, demo.demo_school


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """A school without children."""
    unit = UnitEntry(level="school", name="石桥小学", rules="mengjin")
    with create_program(tmp_path / "data", "石桥2026", "陈老师", TODAY, unit)[0] as made:
        yield made
