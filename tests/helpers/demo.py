"""The demo school as the tests have it: built once, copied for each test that may change it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import open_program
from app.demo.school import TODAY, write_roster
from app.demo.story import build_demo
from app.service.program import Program, Renderer
from tests.helpers.offices import own_office


def build(folder: Path, renderer: Renderer | None = None) -> Program:
    """The demo school, open, its data in `folder/data`; its password is `demo`."""
    write_roster(folder / "roster.xlsx")
    return build_demo(folder / "data", folder / "roster.xlsx", renderer, lambda _line: None)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the demo school, closed. A conftest takes the fixture over by name."""
    folder = tmp_path_factory.mktemp("demo")
    build(folder).close()
    return folder / "data"


def copied(demo_folder: Path, folder: Path) -> Path:
    """The data of the demo school, copied into `folder`."""
    return own_office(demo_folder, folder / "data")


@pytest.fixture
def demo_school(demo_folder: Path, tmp_path: Path) -> Iterator[Program]:
    """The demo school, open on its day; what a test does to it stays its own."""
    with open_program(copied(demo_folder, tmp_path), "demo", TODAY) as program:
        yield program
