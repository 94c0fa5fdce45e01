"""Trouble with the disk is a sentence; whatever else goes wrong is not dressed up as one."""

import errno
import os
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem, UserError
from app.settings import RESOURCES, TEMPLATES_DOCX, DataFolder
from app.store import Store, archive, backup, system_clock
from app.store.archive import Manifest
from app.store.problems import disk_in_words
from app.store.safe_files import write_file
from tests.app.store.conftest import TODAY, StandingClock, add_student, names


def _fails(number: int) -> object:
    def fail(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘已满.*清理"),
        (errno.EROFS, "不能写入.*写保护"),
        (errno.EACCES, "不能写入.*权限"),
        (errno.EIO, "读写磁盘出错.*检查"),
        (errno.EBUSY, "占用.*关闭"),
        (errno.ENAMETOOLONG, "太长.*换"),
    ],
)
def test_each_trouble_has_its_sentence_with_a_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    target = tmp_path / "keyslots.json"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", _fails(number))
    with pytest.raises(EnvironmentProblem, match=words):
        write_file(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["keyslots.json"]
    assert target.read_bytes() == b"old"


def test_an_unknown_system_error_is_a_bug_and_comes_out_as_it_is() -> None:
    with pytest.raises(OSError, match="7"), disk_in_words():
        raise OSError(errno.E2BIG, "[7]")


def test_a_work_that_fails_on_its_own_files_is_not_blamed_on_the_data_folder(store: Store) -> None:
    with pytest.raises(FileNotFoundError):
        store.write(lambda _tx: Path("没有/这个文件").read_bytes())


def test_a_set_up_on_a_full_disk_can_be_done_again(
    folder: DataFolder, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _fails(errno.ENOSPC))
        with pytest.raises(EnvironmentProblem, match="磁盘已满"):
            Store.create(folder, "密码甲", "王老师", clock)
    Store.create(folder, "密码甲", "王老师", clock).store.close()


def test_a_restore_on_a_full_disk_changes_nothing(
    store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backup.make(store, TODAY, complete=True)
    store.write(lambda tx: add_student(tx, "林小满"))
    store.close()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _fails(errno.ENOSPC))
        with pytest.raises(EnvironmentProblem, match="磁盘已满"):
            backup.restore(store.folder, file, "密码甲", "王老师", TODAY, clock)
    with Store.open(store.folder, "密码甲", "", TODAY, clock) as again:
        assert names(again) == ["林小满"]
    assert not (store.folder.root / "restore.part").exists()


def test_a_backup_on_a_full_disk_leaves_no_half_file(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", _fails(errno.ENOSPC))
        with pytest.raises(EnvironmentProblem, match="磁盘已满"):
            backup.make(store, TODAY, complete=False)
    assert list(store.folder.backups.iterdir()) == []


def test_a_backup_that_reads_back_differently_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "guixue.db"
    source.write_bytes(b"x" * 100)
    monkeypatch.setattr(archive, "digest_of", lambda _path: "0" * 64)
    with pytest.raises(EnvironmentProblem, match="与原文不符"):
        archive.write(
            tmp_path / "b.gxbak",
            {"guixue.db": source, "keyslots.json": source},
            Manifest("o", TODAY, "hand", True),
        )
    assert [path.name for path in tmp_path.iterdir()] == ["guixue.db"]


def test_the_safety_copy_of_damaged_data_cannot_itself_be_restored_over_good_ones(
    store: Store, clock: StandingClock
) -> None:
    file = backup.make(store, TODAY, complete=True)
    store.close()
    store.folder.database.write_bytes(b"garbage" * 1000)
    damaged = backup.restore(store.folder, file, "密码甲", "王老师", TODAY, clock).safety_copy
    assert damaged is not None
    with pytest.raises(UserError, match="已损坏，没有恢复"):
        backup.restore(store.folder, damaged, "密码甲", "王老师", TODAY, clock)
    Store.open(store.folder, "密码甲", "", TODAY, clock).close()


def test_the_data_folder_knows_its_places(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    assert {folder.templates.name, folder.rules.name} == {"templates", "rules"}
    assert DataFolder.default().root.name == "guixue"
    assert RESOURCES.parent == TEMPLATES_DOCX.parent == Path(__file__).resolve().parents[3]


def test_the_clock_of_the_pc_knows_its_zone() -> None:
    assert system_clock().tzinfo is not None
