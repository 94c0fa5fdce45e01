"""The Qt application, which every test of the pages needs to measure and paint type."""

import shutil

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Keep it running."""


@pytest.fixture
def soffice() -> str:
    """The path of LibreOffice."""
    found = shutil.which("soffice")
    assert found, "LibreOffice is needed to compare pages: install libreoffice-writer-nogui"
    return found
