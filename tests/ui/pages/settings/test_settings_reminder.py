"""密码与恢复码: what 今日 is told of a new code."""

import pytest
from PySide6.QtWidgets import QMessageBox

from app.domain.changes import Changes
from app.service.office.desk import Desk
from app.service.office.setup_tasks import setup_tasks
from tests.ui.conftest import Office
from ui.pages.settings.keeping import PasswordPart


def left_open(desk: Desk) -> list[str]:
    return [task.form for task in setup_tasks(desk)]


def test_a_new_recovery_code_is_asked_for_by_today_until_it_is_noted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_args: QMessageBox.StandardButton.Yes)
    heard: list[Changes] = []
    office.context.bus.changed.connect(lambda changes, _initiator: heard.append(changes))
    part = PasswordPart(office.context)
    office.qtbot.addWidget(part)
    part.show()
    office.settle()
    assert office.program.read(left_open) == []
    part.new_code.click()
    office.settle()
    assert office.program.read(left_open) == ["password"]
    part.code.copied.click()
    office.settle()
    assert office.program.read(left_open) == []
    assert [one.touches("local_setting") for one in heard if one.rows] == [True, True]
