"""A folder on a full or a read-only disk says which it is, is read as ever and not written (issue 10, 4)."""

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem
from app.settings import DataFolder
from app.store import Store, looking
from tests.app.store.conftest import TODAY, StandingClock, add_student, names

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def written(folder: DataFolder, clock: StandingClock) -> DataFolder:
    """A folder with one child in it, closed."""
    with Store.create(folder, "密码甲", "王老师", clock).store as store:
        store.write(lambda tx: add_student(tx, "张小明"))
    return folder


def everything(folder: DataFolder) -> dict[str, bytes]:
    """The content of each file but the lock."""
    return {
        one.name: one.read_bytes() for one in folder.root.rglob("*") if one.is_file() and one != folder.lock
    }


def look(folder: DataFolder, clock: StandingClock, words: str) -> None:
    """Read the child; be refused with `words` when writing."""
    with Store.open(folder, "密码甲", "", TODAY, clock) as store:
        assert names(store) == ["张小明"]
        assert words in "".join(store.notices)
        with pytest.raises(EnvironmentProblem, match=words):
            store.write(lambda tx: add_student(tx, "李小花"))


@pytest.mark.parametrize("words", ["只能读", "磁盘满了"])
def test_reading_works_where_nothing_can_be_written(
    written: DataFolder, clock: StandingClock, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if words == "只能读":
        monkeypatch.setattr(looking.os, "access", lambda _path, _mode: False)
    else:
        monkeypatch.setattr(looking.shutil, "disk_usage", lambda _path: Usage(1, 1, 0))
    before = everything(written)
    look(written, clock, words)
    assert everything(written) == before


def test_what_a_killed_program_left_in_its_log_is_read_too(
    written: DataFolder, clock: StandingClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = DataFolder(tmp_path / "killed")
    with Store.open(written, "密码甲", "", TODAY, clock) as store:
        store.write(lambda tx: add_student(tx, "李小花"))
        shutil.copytree(written.root, killed.root)  # as it lies there while the program runs
    monkeypatch.setattr(looking.os, "access", lambda _path, _mode: False)
    before = everything(killed)
    with Store.open(killed, "密码甲", "", TODAY, clock) as found:
        assert sorted(names(found)) == sorted(["张小明", "李小花"])
    assert everything(killed) == before
