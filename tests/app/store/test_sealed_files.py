"""Attachments at rest are sealed, and damage never passes for content."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import EnvironmentProblem
from app.store.sealed_files import SealedFiles

PHOTO = "家访照片".encode() * 50


@pytest.fixture
def files(tmp_path: Path) -> SealedFiles:
    return SealedFiles(tmp_path / "attachments", b"k" * 32)


def test_what_was_put_comes_back_and_is_not_readable_on_disk(files: SealedFiles, tmp_path: Path) -> None:
    digest = files.put(PHOTO)
    assert files.get(digest) == PHOTO
    (sealed,) = (tmp_path / "attachments").iterdir()
    assert sealed.name == f"{digest}.sealed"
    assert "家访照片".encode() not in sealed.read_bytes()


def test_the_same_content_is_kept_once(files: SealedFiles, tmp_path: Path) -> None:
    before = files.put(PHOTO)
    written = (tmp_path / "attachments" / f"{before}.sealed").read_bytes()
    assert files.put(PHOTO) == before
    assert (tmp_path / "attachments" / f"{before}.sealed").read_bytes() == written


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 255))
def test_any_flipped_byte_is_told(files: SealedFiles, tmp_path: Path, place: int, flip: int) -> None:
    digest = files.put(PHOTO)
    path = tmp_path / "attachments" / f"{digest}.sealed"
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= flip
    path.write_bytes(content)
    with pytest.raises(EnvironmentProblem, match=r"已损坏.*恢复"):
        files.get(digest)
    assert files.get(files.put(PHOTO)) == PHOTO


@pytest.mark.parametrize("left", [0, 5, 60])
def test_a_truncated_file_is_told(files: SealedFiles, tmp_path: Path, left: int) -> None:
    digest = files.put(PHOTO)
    path = tmp_path / "attachments" / f"{digest}.sealed"
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(EnvironmentProblem):
        files.get(digest)


def test_a_missing_file_is_told(files: SealedFiles) -> None:
    assert not files.has("0" * 64)
    with pytest.raises(EnvironmentProblem, match="丢失"):
        files.get("0" * 64)


def test_a_file_under_another_name_is_not_taken_for_it(files: SealedFiles, tmp_path: Path) -> None:
    digest = files.put(PHOTO)
    (tmp_path / "attachments" / f"{digest}.sealed").rename(tmp_path / "attachments" / f"{'0' * 64}.sealed")
    with pytest.raises(EnvironmentProblem):
        files.get("0" * 64)


@pytest.mark.parametrize("name", ["../guixue", "ABC", "", "0" * 63])
def test_only_a_digest_names_a_file(files: SealedFiles, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        files.get(name)
