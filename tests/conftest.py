"""Every test runs without a screen, with the password given and without the machine's own clock mattering."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
