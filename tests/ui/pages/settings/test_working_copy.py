"""设置: 备份 of a folder that lost its mark: it says so, and a person names it the working copy."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from tests.ui.conftest import Office
from tests.ui.pages.settings import settings_at_hand
from tests.ui.pages.settings.settings_at_hand import alt, part, press
from ui.pages.settings.backup import BackupPart
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.working_copy import LAST, WorkingCopy

told, page = settings_at_hand.told, settings_at_hand.page


@pytest.fixture
def forgotten(office: Office, page: SettingsPage, tmp_path: Path) -> WorkingCopy:
    """The strip of a folder whose high-water mark is gone; it is portable, so that lay beside the database."""
    (high_water,) = (tmp_path / "data" / "marks").glob("*.json")
    high_water.unlink()
    return part(office, page, "backup", BackupPart).copy


def test_where_numbers_are_issued_there_is_nothing_to_say(office: Office, page: SettingsPage) -> None:
    strip = part(office, page, "backup", BackupPart).copy
    assert not strip.isVisible()


def test_without_its_mark_the_last_numbers_are_asked_for(
    office: Office, page: SettingsPage, forgotten: WorkingCopy, told: list[str]
) -> None:
    assert forgotten.isVisible()
    alt(office, forgotten.name_it)
    press(office, forgotten.panel, "由这一份")
    office.settle()
    assert "登记簿" in told[-1]
    assert forgotten.form is not None
    field = forgotten.form.field(LAST)
    assert isinstance(field, QPlainTextEdit)
    field.setPlainText("2026-041、疑辍报〔2026〕17号")
    press(office, forgotten.panel, "由这一份")
    office.settle()
    assert told[-1] == "以后由这一份数据编号。"
    assert not forgotten.isVisible()
    assert not forgotten.panel.isVisible()
    assert office.program.instance().issues_numbers
