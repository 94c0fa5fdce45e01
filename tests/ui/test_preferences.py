"""What this PC's window remembers, and that bad values never stop it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from ui.preferences import Preferences


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


def test_the_first_start_has_defaults(settings: QSettings) -> None:
    found = Preferences(settings)
    assert (found.scale, found.page, found.printer, found.folder) == (100, "today", "", "")
    assert found.operator(Path("data")) == ""
    assert found.geometry.isEmpty()


def test_what_was_chosen_is_remembered(settings: QSettings) -> None:
    before = Preferences(settings)
    before.scale, before.page, before.printer = 125, "roll", "一楼打印机"
    before.folder, before.geometry = "文书", QByteArray(b"place")
    before.keep_operator(Path("石桥"), "王老师")
    settings.sync()
    after = Preferences(QSettings(settings.fileName(), QSettings.Format.IniFormat))
    assert (after.scale, after.page, after.printer) == (125, "roll", "一楼打印机")
    assert (after.folder, after.geometry) == ("文书", QByteArray(b"place"))
    assert (after.operator(Path("石桥")), after.operator(Path("东岭"))) == ("王老师", "")


def test_what_was_typed_in_the_first_steps_is_kept_as_it_was(settings: QSettings) -> None:
    assert Preferences(settings).first_run == {}
    Preferences(settings).first_run = {"单位全称": "石桥小学", "step": "1"}
    assert Preferences(settings).first_run == {"单位全称": "石桥小学", "step": "1"}
    for nonsense in ("{", "[1]"):
        settings.setValue("first_run", nonsense)
        assert Preferences(settings).first_run == {}


@pytest.mark.parametrize("stored", ["", "big", "90", "1000", "-1", "1.5"])
def test_a_type_size_that_is_none_falls_back(settings: QSettings, stored: str) -> None:
    settings.setValue("scale", stored)
    assert Preferences(settings).scale == 100


def test_a_window_place_that_is_none_falls_back(settings: QSettings) -> None:
    settings.setValue("geometry", "nonsense")
    assert Preferences(settings).geometry.isEmpty()
