"""The children of tests.helpers.township before the pages of a township or a county."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.service.office.units import UnitEntry
from tests.helpers.township import township
from tests.ui.conftest import Office, context_over, office_over


def opened_office(
    unit: UnitEntry, level: str, folder: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Office]:
    """The office of `unit` made anew in `folder`; for the fixture of a test file."""
    program = township(folder, unit=unit)
    context = context_over(program, folder)
    context.level, context.unit = level, unit.name
    yield from office_over(program, context, qtbot, qapp)
