"""Migrations are atomic, backed up first, refused when newer, and keep the journal alive."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.domain.records import Student
from app.errors import UserError
from app.settings import DataFolder
from app.store import Store, schema
from app.store.engine import Database, Migrations
from app.store.migrations import MIGRATIONS
from app.store.migrations.m0001_first import create_first_tables
from app.store.migrations.m0002_forced_papers import add_forced_reason
from tests.app.store.conftest import TODAY, StandingClock, add_student, names


@contextmanager
def _released(monkeypatch: pytest.MonkeyPatch, *steps: object) -> Iterator[None]:
    """The program as it would be with further migrations after the shipped ones."""
    later = Migrations(MIGRATIONS.name)
    for shipped in MIGRATIONS.pending(Database(memory=True)):
        later(name=shipped.name)(shipped.fn)
    for step in steps:
        later()(step)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", later)
        yield


def m0003_index(db: Database) -> None:
    db.conn.execute("CREATE INDEX student_village ON student (village)")


def m0003_transform(db: Database) -> None:
    db["student"].transform(defaults={"remark": ""})


def m0004_broken(db: Database) -> None:
    db.conn.execute("DROP INDEX student_name")
    raise ZeroDivisionError


@pytest.mark.parametrize("step", [m0003_index, m0003_transform])
def test_an_older_database_is_backed_up_migrated_and_still_journals(
    folder: DataFolder, store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch, step: object
) -> None:
    store.write(lambda tx: add_student(tx, "林小满"))
    store.close()
    with _released(monkeypatch, step), Store.open(folder, "密码甲", "", TODAY, clock) as newer:
        assert [("已升级" in notice) for notice in newer.notices] == [True]
        assert [path.name for path in folder.backups.iterdir()] == ["guixue-2026-03-02-migration.gxbak"]
        (student,) = newer.read(lambda tx: tx.find(Student))
        newer.write(lambda tx: tx.change(Student, student.id, phone="1"))
        assert len(newer.read(lambda tx: tx.history(student.id))) == 2
    with _released(monkeypatch, step), Store.open(folder, "密码甲", "", TODAY, clock) as again:
        assert again.notices == ()


def test_a_failing_migration_changes_nothing(
    folder: DataFolder, store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.write(lambda tx: add_student(tx, "林小满"))
    store.close()
    with _released(monkeypatch, m0003_index, m0004_broken), pytest.raises(ZeroDivisionError):
        Store.open(folder, "密码甲", "", TODAY, clock)
    with Store.open(folder, "密码甲", "", TODAY, clock) as again:
        assert names(again) == ["林小满"]
        indexes = again.read(lambda tx: tx.rows("SELECT name FROM sqlite_master WHERE name LIKE 'student_%'"))
        assert {"student_name"} <= {row["name"] for row in indexes}
        assert "student_village" not in {row["name"] for row in indexes}


def test_a_migration_that_breaks_a_reference_is_rolled_back(
    folder: DataFolder, store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def m0003_orphan(db: Database) -> None:
        db.conn.execute("DROP TRIGGER guardian_added")
        db.conn.execute("INSERT INTO guardian (id, student_id, name, rank) VALUES ('g', '没有', '陈', 1)")

    store.close()
    with _released(monkeypatch, m0003_orphan), pytest.raises(RuntimeError, match="broke references"):
        Store.open(folder, "密码甲", "", TODAY, clock)
    Store.open(folder, "密码甲", "", TODAY, clock).close()


def test_a_database_of_a_newer_program_is_refused_untouched(
    folder: DataFolder, store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    with _released(monkeypatch, m0003_index):
        Store.open(folder, "密码甲", "", TODAY, clock).close()
    before = folder.database.read_bytes()
    with pytest.raises(UserError, match=r"更新版本.*安装新版本"):
        Store.open(folder, "密码甲", "", TODAY, clock)
    assert folder.database.read_bytes() == before


def test_papers_issued_before_reasons_were_kept_have_none() -> None:
    db = Database(memory=True)
    create_first_tables(db)
    db.conn.execute("INSERT INTO unit (id) VALUES ('u')")
    db.conn.execute(
        "INSERT INTO issued_document (id, unit_id, year, seq, issued_on) VALUES ('p', 'u', 2026, 1, '2026-03-02')"
    )
    add_forced_reason(db)
    assert [tuple(row) for row in db.conn.execute("SELECT id, forced_reason FROM issued_document")] == [
        ("p", "")
    ]
