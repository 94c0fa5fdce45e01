"""A copied folder says so at the start; another unit's backup is asked about; the backup follows the first page."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from app.bootstrap import create_program
from app.demo.school import SCHOOL, TODAY
from app.service.office.units import UnitEntry
from app.service.screens.overview import who_we_are
from tests.ui.start.conftest import STEP, Beginning
from ui.start.restoring import KEPT
from ui.start.unlock import RESTORED
from ui.theme import dress

PASSWORD = "demo"


@pytest.fixture
def copy(demo_folder: Path, tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Beginning]:
    """A start over a plain copy of the demo school's folder."""
    dress(qapp, 100)
    shutil.copytree(demo_folder, tmp_path / "data")
    made = Beginning(tmp_path / "data", tmp_path / "window.ini", qtbot)
    yield made
    made.end()


@pytest.fixture
def other_units_backup(tmp_path: Path) -> Path:
    unit = UnitEntry(level="school", name="上游小学", rules="mengjin")
    with create_program(tmp_path / "other", "upstream", "林老师", TODAY, unit)[0] as program:
        return program.make_backup()


def test_a_copied_folder_says_at_the_start_that_it_numbers_nothing(copy: Beginning) -> None:
    copy.begin().unlock(PASSWORD)
    assert "不编文号和个案编号" in copy.window.banner.text
    assert "这是本单位正在用的数据" in copy.window.banner.text


def test_the_offices_own_folder_says_nothing_of_the_kind(known: Beginning) -> None:
    known.begin().unlock(PASSWORD)
    assert "编号" not in known.window.banner.text


def test_the_day_is_backed_up_once_the_first_page_is_shown(known: Beginning) -> None:
    backups = known.gate.folder / "backups"
    known.begin().unlock(PASSWORD)
    known.qtbot.waitUntil(lambda: any(backups.glob("归学备份_*_每日*")), timeout=STEP)


def _question(known: Beginning) -> QMessageBox:
    known.settle()
    (box,) = known.dialog.findChildren(QMessageBox)
    assert "上游小学" in box.text()
    assert SCHOOL in box.text()
    return box


def _press(known: Beginning, box: QMessageBox, words: str) -> None:
    next(one for one in box.buttons() if one.text() == words).click()
    known.settle()


def test_another_units_backup_is_put_there_only_when_a_person_says_so(
    known: Beginning, other_units_backup: Path
) -> None:
    known.begin().unlock(PASSWORD)
    known.window.context.restart(other_units_backup, "upstream")
    box = _question(known)
    _press(known, box, "换成备份里的单位")
    assert known.dialog.problem.text() == RESTORED
    known.unlock("upstream")
    assert known.start._programs[known.window].read(who_we_are).unit == "上游小学"


def test_another_units_backup_is_left_alone_by_default(known: Beginning, other_units_backup: Path) -> None:
    known.begin().unlock(PASSWORD)
    known.window.context.restart(other_units_backup, "upstream")
    _press(known, _question(known), "不恢复")
    assert known.dialog.problem.text() == KEPT
    known.unlock(PASSWORD)
    assert known.start._programs[known.window].read(who_we_are).unit != "上游小学"
