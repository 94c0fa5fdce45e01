"""Every test runs without a screen, with the password given and without the machine's own clock mattering."""

import gc
import os
import tempfile
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# No test meets a credential store it did not bring: neither this user's own nor one another test defined.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
# Nor this user's own profile: what the program remembers outside the data folders goes with the run.
_PROFILE = tempfile.TemporaryDirectory(prefix="guixue-profile-", ignore_cleanup_errors=True)
os.environ["GUIXUE_PROFILE"] = _PROFILE.name


@pytest.fixture
def collected_here() -> Iterator[None]:
    """What a test of the window leaves goes on this thread, as `ui.start.collector` does it in the program.

    On a data worker's thread it would hang: Qt waits for this thread, which waits for the worker at the end.
    """
    gc.disable()
    gc.freeze()  # what was there before is not gone through after every test
    yield
    gc.collect()
    gc.enable()
