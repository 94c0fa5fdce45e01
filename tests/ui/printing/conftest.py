"""The Qt application, which every test of the pages needs to measure and paint type."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Keep it running."""
