"""The program's start: hands the command line its page layout, and opens the window when there is no command."""

import os
import sys
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.bootstrap import create_program, open_program, open_remembered, recover_password, restore_backup
from app.cli.context import Session
from app.cli.main import run
from app.demo.school import TODAY, write_roster
from app.demo.story import build_demo
from app.service.office.rule_sets import ListedRules, RulesShown, list_rules, show_rules
from app.service.office.units import UnitEntry
from app.service.program import Pages, Renderer
from app.settings import DataFolder


def render_pages(docx: bytes, title: str, issued_on: date) -> Pages:
    """Lay out a filled docx. Qt is loaded at the first page, so that other commands start without it."""
    from ui.printing.pages import lay_out  # noqa: PLC0415 — see above
    from ui.printing.pdf import to_pdf  # noqa: PLC0415 — see above

    pages = lay_out(docx)
    return Pages(pages.page_count, to_pdf(pages, title, datetime.combine(issued_on, time(12))))


class BootstrapGate:
    """The ways into one data folder, for the start of the window."""

    def __init__(self, folder: Path, today: date, operator: str, renderer: Renderer | None) -> None:
        self.folder = folder
        self.today = today
        self._operator = operator
        self._renderer = renderer
        self._demos: list[TemporaryDirectory[str]] = []

    def has_data(self) -> bool:
        """Whether the folder was set up."""
        return DataFolder(self.folder).keyslots.exists()

    def remembered(self, operator: str = "") -> Any:
        """Open with this PC's credential store, if it keeps the key, for the person of --operator or the one named."""
        who = self._operator or operator
        return open_remembered(self.folder, self.today, operator=who, renderer=self._renderer)

    def open(self, password: str, operator: str = "") -> Any:
        """Open with the password, for the person named or the one named at set-up."""
        who = operator.strip() or self._operator
        return open_program(self.folder, password, self.today, operator=who, renderer=self._renderer)

    def recover(self, code: str, password: str) -> str:
        """Set a new password by the recovery code; returns the new code."""
        return recover_password(self.folder, code, password, self._operator, self.today)

    def restore(self, file: Path, password: str, *, other_unit: bool = False) -> None:
        """Make a backup the data of the folder. Raises OtherUnit where the folder holds another unit's data."""
        restore_backup(self.folder, file, password, self._operator, self.today, other_unit=other_unit)

    def create(self, password: str, operator: str, unit: UnitEntry) -> tuple[Any, str, tuple[str, ...]]:
        """Set the folder up; returns the program, the recovery code and warnings to show."""
        program, code, made = create_program(
            self.folder, password, operator, self.today, unit, self._renderer
        )
        return program, code, made.warnings

    def rule_sets(self) -> tuple[ListedRules, ...]:
        """The rule sets to choose from."""
        return list_rules(DataFolder(self.folder), self.today)

    def rule_words(self, rule_set: str) -> RulesShown:
        """One rule set in words."""
        return show_rules(DataFolder(self.folder), rule_set, self.today)

    def demo(self) -> Any:
        """The demo school in a throw-away folder that goes with the program's end."""
        holder = TemporaryDirectory(prefix="guixue-demo-", ignore_cleanup_errors=True)
        self._demos.append(holder)
        roster = Path(holder.name) / "名册.xlsx"
        write_roster(roster)
        return build_demo(Path(holder.name) / "data", roster, self._renderer, lambda _line: None)

    def close(self) -> None:
        """Clear the throw-away folders away."""
        while self._demos:
            self._demos.pop().cleanup()


def local_day() -> date:
    """The day on this PC's clock."""
    return date.today()  # noqa: DTZ011 — a school's day is the PC's local day


def open_window(session: Session, demo: bool) -> int:
    """Open the window over the session's folder, or over the demo school; returns the exit code."""
    from ui.start.application import refuse_without_screen, run_window  # noqa: PLC0415 — commands start without Qt

    refuse_without_screen(sys.platform, os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    today = TODAY if demo else session.today
    gate = BootstrapGate(session.data, today, session.operator, session.renderer)
    return run_window(gate, demo=demo, clock=None if demo or session.day_given else local_day)


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:], render_pages, open_window))


if __name__ == "__main__":
    main()
