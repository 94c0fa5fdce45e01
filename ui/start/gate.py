"""What the start needs of the program; made in `ui.__main__`, the only place that knows bootstrap."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from app.service.office.rule_sets import ListedRules, RulesShown
from app.service.office.units import UnitEntry
from app.service.program import Program


class Gate(Protocol):
    """Ways into a data folder. All of them take a moment: call them through `Opener`."""

    folder: Path
    today: date

    def has_data(self) -> bool:
        """Whether the folder was set up."""

    def remembered(self, operator: str = "") -> Program | None:
        """Open with this PC's credential store, if it keeps the key, for the person named."""

    def open(self, password: str, operator: str = "") -> Program:
        """Open with the password, for the person named or the one named at set-up."""

    def recover(self, code: str, password: str) -> str:
        """Set a new password by the recovery code; returns the new code."""

    def restore(self, file: Path, password: str, *, other_unit: bool = False) -> None:
        """Make a backup the data of the folder. Raises OtherUnit where the folder holds another unit's data."""

    def create(self, password: str, operator: str, unit: UnitEntry) -> tuple[Program, str, tuple[str, ...]]:
        """Set the folder up; returns the program, the recovery code and warnings to show."""

    def rule_sets(self) -> Sequence[ListedRules]:
        """The rule sets to choose from."""

    def rule_words(self, rule_set: str) -> RulesShown:
        """One rule set in words."""

    def demo(self) -> Program:
        """The demo school in a throw-away folder."""

    def close(self) -> None:
        """Clear the throw-away folders away, once their programs are closed."""
