"""A short run of `packaging/dev torture`: what was acknowledged outlives every kill, and no number is used twice."""

from pathlib import Path

import pytest

from tests.helpers.torture import tortured


def test_no_acknowledged_fact_is_lost_by_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIXUE_PROFILE", str(tmp_path / "profile"))
    done = tortured(tmp_path, 6, 20261127, seconds=12)
    assert done.wrong == []
    assert done.kills >= 1
