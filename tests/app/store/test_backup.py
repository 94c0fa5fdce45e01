"""Backups are whole, encrypted, checked, thinned, and come back as a new instance."""

import json
import shutil
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.domain.records import Student
from app.errors import EnvironmentProblem, UserError
from app.settings import DataFolder
from app.store import Store, backup, copying
from tests.app.store.conftest import TODAY, StandingClock, add_student, names

PHOTO = b"photo" * 100


@pytest.fixture
def filled(store: Store) -> Store:
    store.write(lambda tx: add_student(tx, "林小满"))
    store.write(lambda tx: tx.files.put(PHOTO))
    return store


@pytest.fixture
def elsewhere(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "另一台电脑")


def test_a_complete_backup_brings_everything_to_an_empty_pc(
    filled: Store, elsewhere: DataFolder, clock: StandingClock
) -> None:
    file = backup.make(filled, TODAY, complete=True)
    restored = backup.restore(elsewhere, file, "密码甲", "李老师", TODAY, clock)
    assert restored.safety_copy is None
    with Store.open(elsewhere, "密码甲", "", TODAY, clock) as store:
        assert names(store) == ["林小满"]
        assert store.read(
            lambda tx: [tx.files.get(p.name[:64]) for p in elsewhere.attachments.iterdir()]
        ) == [PHOTO]


def test_a_backup_holds_nothing_readable(filled: Store) -> None:
    content = backup.make(filled, TODAY, complete=True).read_bytes()
    for secret in ("林小满".encode(), PHOTO, b"SQLite format"):
        assert secret not in content


def test_the_list_says_what_there_is_newest_first(filled: Store) -> None:
    first = backup.make(filled, TODAY, complete=False)
    second = backup.make(filled, TODAY + timedelta(days=1), complete=True)
    third = backup.make(filled, TODAY + timedelta(days=1), complete=True)
    found = backup.list_backups(filled.folder)
    assert [info.file for info in found] == [third, second, first]
    assert [(info.made_on, info.complete, info.ok, info.kind) for info in found[1:]] == [
        (TODAY + timedelta(days=1), True, True, "hand"),
        (TODAY, False, True, "hand"),
    ]
    assert found[0].size == third.stat().st_size
    assert third.name == "归学备份_2026年03月03日_手工_2.gxbak"


def test_a_backup_knows_the_last_entry_it_holds_of_every_origin(filled: Store) -> None:
    backup.make(filled, TODAY, complete=False)
    (info,) = backup.list_backups(filled.folder)
    assert info.entries == {filled.origin: filled.read(lambda tx: tx.position())}


def test_a_backup_of_an_older_program_without_the_entries_is_still_read(filled: Store) -> None:
    file = backup.make(filled, TODAY, complete=False)
    with zipfile.ZipFile(file) as bundle:
        about = json.loads(bundle.read("manifest.json"))
    del about["entries"]
    older = _repacked(file, **{"manifest.json": json.dumps(about).encode()})
    assert (backup.info(older).ok, backup.info(older).entries) == (True, None)


def test_a_damaged_backup_is_listed_as_damaged(filled: Store) -> None:
    good = backup.make(filled, TODAY, complete=False)
    content = good.read_bytes()
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    (good.parent / "flipped.gxbak").write_bytes(flipped)
    (good.parent / "cut.gxbak").write_bytes(content[:-100])
    (good.parent / "empty.gxbak").write_bytes(b"")
    assert {info.file.name: info.ok for info in backup.list_backups(filled.folder)} == {
        good.name: True,
        "flipped.gxbak": False,
        "cut.gxbak": False,
        "empty.gxbak": False,
    }


def test_no_backups_is_an_empty_list(store: Store) -> None:
    assert backup.list_backups(store.folder) == []


def test_once_a_day_and_thinned_but_never_the_hand_made_ones(store: Store) -> None:
    start = date(2026, 1, 1)
    by_hand = backup.make(store, start, complete=True)
    for day in range(20):
        store.write(lambda tx: add_student(tx, "林小满"))
        assert backup.daily(store, start + timedelta(days=day)) is not None
        assert backup.daily(store, start + timedelta(days=day)) is None
    files = backup.list_backups(store.folder)
    days = [info.made_on for info in files if info.kind == "daily"]
    # Eight: the newest three, the Sundays 4 and 11 January for their weeks, and the newest of the others.
    assert days == [date(2026, 1, day) for day in (20, 19, 18, 17, 16, 15, 11, 4)]
    assert by_hand in [info.file for info in files]


def test_looks_at_days_far_ahead_push_no_copy_out(store: Store) -> None:
    days = [date(2026, 10, day) for day in (8, 9, 10)]
    for day in days:
        store.write(lambda tx: add_student(tx, "林小满"))
        backup.daily(store, day)
    for year in range(2031, 2041):
        backup.daily(store, date(year, 3, 1))
    kept = {info.made_on for info in backup.list_backups(store.folder)}
    assert {*days[:2]} < kept  # what was written on the 10th is in the looks ahead, too


def test_a_copy_named_after_a_day_ahead_is_not_the_newest_for_ever(store: Store) -> None:
    ahead = date(2031, 3, 1)
    for day in (ahead, *(date(2026, 10, day) for day in range(1, 13))):
        store.write(lambda tx: add_student(tx, "林小满"))
        backup.daily(store, day)
    kept = [info.made_on for info in backup.list_backups(store.folder)]
    assert kept[:3] == [date(2026, 10, day) for day in (12, 11, 10)]


def test_a_daily_backup_leaves_the_attachments_out(filled: Store) -> None:
    file = backup.daily(filled, TODAY)
    assert file is not None
    with zipfile.ZipFile(file) as bundle:
        assert sorted(bundle.namelist()) == ["guixue.db", "keyslots.json", "manifest.json"]


def test_left_overs_of_a_cut_off_backup_are_cleared_away(store: Store) -> None:
    store.folder.backups.mkdir()
    (store.folder.backups / "guixue-2026-03-01-daily.gxbak.part").write_bytes(b"half")
    (store.folder.backups / "guixue-2026-03-02-daily.db.part").write_bytes(b"half")
    backup.daily(store, TODAY)
    assert [path.name for path in store.folder.backups.iterdir()] == ["归学备份_2026年03月02日_每日.gxbak"]


def test_a_copy_that_fails_its_check_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "damage", lambda _db: ["page 3 is never used"])
    with pytest.raises(EnvironmentProblem, match="完整性检查"):
        backup.make(store, TODAY, complete=False)
    assert list(store.folder.backups.iterdir()) == []


def test_restoring_brings_the_old_state_back_and_keeps_the_newer_one_as_a_safety_copy(
    filled: Store, clock: StandingClock
) -> None:
    folder, origin = filled.folder, filled.origin
    file = backup.make(filled, TODAY, complete=False)
    filled.write(lambda tx: add_student(tx, "陈一鸣"))
    filled.close()
    restored = backup.restore(folder, file, "密码甲", "王老师", TODAY, clock)
    with Store.open(folder, "密码甲", "", TODAY, clock) as store:
        assert names(store) == ["林小满"]
        assert store.origin == restored.origin != origin
        assert store.read(lambda tx: tx.files.get(next(folder.attachments.iterdir()).name[:64])) == PHOTO
        reasons = [row["reason"] for row in store.read(lambda tx: tx.rows("SELECT reason FROM instance"))]
        assert reasons == ["created", f"restored from {file.name} by 王老师"]
    assert restored.safety_copy is not None
    backup.restore(folder, restored.safety_copy, "密码甲", "王老师", TODAY, clock)
    with Store.open(folder, "密码甲", "", TODAY, clock) as store:
        assert names(store) == ["林小满", "陈一鸣"]


def test_a_restored_instance_counts_from_one_and_writes_after_the_newest_entry(
    filled: Store, clock: StandingClock
) -> None:
    file = backup.make(filled, TODAY, complete=False)
    filled.close()
    backup.restore(filled.folder, file, "密码甲", "王老师", TODAY, clock)
    clock.now = clock.now.replace(year=2001)
    with Store.open(filled.folder, "密码甲", "", TODAY, clock) as store:
        assert store.read(lambda tx: tx.position()) == 0
        (student,) = store.read(lambda tx: tx.find(Student))
        store.write(lambda tx: tx.change(Student, student.id, phone="1"))
        first, second = store.read(lambda tx: tx.history(student.id))
        assert (first.seq, second.seq) == (1, 1)
        assert first.hlc < second.hlc
        assert first.origin != second.origin


def test_a_lost_password_is_no_matter_with_the_recovery_code(
    folder: DataFolder, elsewhere: DataFolder, clock: StandingClock
) -> None:
    created = Store.create(folder, "密码甲", "王老师", clock)
    with created.store as store:
        file = backup.make(store, TODAY, complete=True)
    backup.restore_by_recovery_code(elsewhere, file, created.recovery_code, "李老师", TODAY, clock)
    Store.open(elsewhere, "密码甲", "", TODAY, clock).close()


def test_restoring_over_damaged_data_keeps_even_those(filled: Store, clock: StandingClock) -> None:
    file = backup.make(filled, TODAY, complete=False)
    filled.close()
    filled.folder.database.write_bytes(b"garbage")
    filled.folder.keyslots.unlink()
    restored = backup.restore(filled.folder, file, "密码甲", "王老师", TODAY, clock)
    assert restored.safety_copy is not None
    with zipfile.ZipFile(restored.safety_copy) as bundle:
        assert bundle.read("guixue.db") == b"garbage"
    with Store.open(filled.folder, "密码甲", "", TODAY, clock) as store:
        assert names(store) == ["林小满"]


def test_another_databases_backup_over_this_one_loses_neither_ones_photos(
    filled: Store, elsewhere: DataFolder, clock: StandingClock
) -> None:
    with Store.create(elsewhere, "密码乙", "李老师", clock).store as other:
        digest = other.write(lambda tx: tx.files.put(PHOTO)).value
        file = backup.make(other, TODAY, complete=True)
    filled.close()
    restored = backup.restore(filled.folder, file, "密码乙", "李老师", TODAY, clock, other_unit=True)
    with Store.open(filled.folder, "密码乙", "", TODAY, clock) as store:
        assert store.read(lambda tx: tx.files.get(digest)) == PHOTO
    assert restored.safety_copy is not None
    backup.restore(filled.folder, restored.safety_copy, "密码甲", "王老师", TODAY, clock, other_unit=True)
    with Store.open(filled.folder, "密码甲", "", TODAY, clock) as store:
        assert store.read(lambda tx: tx.files.get(digest)) == PHOTO


def _snapshot(folder: DataFolder) -> dict[str, bytes]:
    paths = (path for path in folder.root.rglob("*") if path.is_file() and path != folder.lock)
    return {str(path): path.read_bytes() for path in paths}


def _repacked(file: Path, **changed: bytes) -> Path:
    """The same backup with some entries swapped for others, the manifest left as it was."""
    target = file.with_name("changed.gxbak")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for info in old.infolist():
            new.writestr(info, changed.pop(info.filename, old.read(info)))
        for name, content in changed.items():
            new.writestr(name, content)
    return target


@pytest.mark.parametrize("harm", ["cut", "flip", "text", "extra", "traversal", "nodb", "swap", "deflated"])
def test_a_damaged_or_foreign_file_changes_nothing(filled: Store, clock: StandingClock, harm: str) -> None:
    good = backup.make(filled, TODAY, complete=True)
    filled.close()
    bad = _harmed(good, harm)
    before = _snapshot(filled.folder)
    with pytest.raises(UserError, match="没有恢复，现有数据未动"):
        backup.restore(filled.folder, bad, "密码甲", "王老师", TODAY, clock)
    assert _snapshot(filled.folder) == before


def _harmed(good: Path, harm: str) -> Path:
    bad = good.with_name("bad.gxbak")
    content = bytearray(good.read_bytes())
    if harm == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif harm == "flip":
        content[len(content) // 3] ^= 4
        bad.write_bytes(content)
    elif harm == "text":
        bad.write_text("这不是备份", encoding="utf-8")
    elif harm == "extra":
        return _repacked(good, **{"run.exe": b"x"})
    elif harm == "swap":
        return _repacked(good, **{"guixue.db": b"x" * 4096})
    elif harm == "deflated":
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                new.writestr(info.filename, old.read(info))
    else:
        names_to = {"traversal": "../guixue.db", "nodb": "attachments/" + "0" * 64 + ".sealed"}
        with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
            about = json.loads(old.read("manifest.json"))
            about["files"][names_to[harm]] = about["files"].pop("guixue.db")
            new.writestr("manifest.json", json.dumps(about))
            for name in old.namelist():
                if name != "manifest.json":
                    new.writestr(names_to[harm] if name == "guixue.db" else name, old.read(name))
    return bad


def test_a_wrong_password_changes_nothing(filled: Store, clock: StandingClock) -> None:
    file = backup.make(filled, TODAY, complete=True)
    filled.close()
    before = _snapshot(filled.folder)
    with pytest.raises(UserError, match="密码不对"):
        backup.restore(filled.folder, file, "密码乙", "王老师", TODAY, clock)
    assert _snapshot(filled.folder) == before


def test_a_missing_file_is_told(filled: Store, clock: StandingClock) -> None:
    filled.close()
    with pytest.raises(UserError, match="找不到备份文件"):
        backup.restore(filled.folder, filled.folder.backups / "no.gxbak", "密码甲", "王老师", TODAY, clock)


def test_an_open_folder_is_not_restored_into(filled: Store, clock: StandingClock) -> None:
    file = backup.make(filled, TODAY, complete=True)
    with pytest.raises(EnvironmentProblem, match="正被另一个归学"):
        backup.restore(filled.folder, file, "密码甲", "王老师", TODAY, clock)
    assert names(filled) == ["林小满"]


def test_a_backup_made_before_a_password_change_opens_with_the_old_password(
    filled: Store, elsewhere: DataFolder, clock: StandingClock
) -> None:
    file = backup.make(filled, TODAY, complete=True)
    filled.change_password("密码甲", "密码乙")
    shutil.copy(file, elsewhere.root.parent / "stick.gxbak")
    backup.restore(elsewhere, elsewhere.root.parent / "stick.gxbak", "密码甲", "王老师", TODAY, clock)
    Store.open(elsewhere, "密码甲", "", TODAY, clock).close()
