"""Offices set up once a run; every test works on a copy of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.cli import Cli, copy_of, set_up

Office = Callable[..., Cli]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made: dict[tuple[str, str, int], Cli] = {}

    def office(rules: str, level: str = "school", year: int = 2026) -> Cli:
        if (rules, level, year) not in made:
            folder = tmp_path_factory.mktemp(f"{level}-{rules}-{year}")
            made[rules, level, year] = set_up(folder, rules, level, year)
        return made[rules, level, year]

    return office


@pytest.fixture
def office(prepared: Office, tmp_path: Path) -> Office:
    def fresh(rules: str = "mengjin", level: str = "school", year: int = 2026) -> Cli:
        return copy_of(prepared(rules, level, year), tmp_path)

    return fresh


@pytest.fixture
def school(office: Office) -> Cli:
    """A school under the rules of 孟津 (达三天), on 2026-09-21."""
    return office("mengjin")
