"""Offices set up once a run; every test works on a copy of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.cli import Cli, copy_of, set_up

Office = Callable[..., Cli]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Office:
    made: dict[tuple[str, str], Cli] = {}

    def office(rules: str, level: str = "school") -> Cli:
        if (rules, level) not in made:
            made[rules, level] = set_up(tmp_path_factory.mktemp(f"{level}-{rules}"), rules, level)
        return made[rules, level]

    return office


@pytest.fixture
def office(prepared: Office, tmp_path: Path) -> Office:
    def fresh(rules: str = "mengjin", level: str = "school") -> Cli:
        return copy_of(prepared(rules, level), tmp_path)

    return fresh


@pytest.fixture
def school(office: Office) -> Cli:
    """A school under the rules of 孟津 (达三天), on 2026-09-21."""
    return office("mengjin")
