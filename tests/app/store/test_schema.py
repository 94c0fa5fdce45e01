"""The tables are what the records say; migrations are atomic, backed up first, and keep the journal alive."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import pytest

from app.domain.records import JOURNALED, Record, Student
from app.errors import EnvironmentProblem, UserError
from app.settings import DataFolder
from app.store import Store, schema
from app.store.engine import Database, DatabaseError, Migrations, connect
from app.store.migrations import MIGRATIONS
from app.store.migrations.m0001_first import create_first_tables
from app.store.rows import table_of
from tests.app.store.conftest import TODAY, StandingClock, add_student, names


@contextmanager
def _released(monkeypatch: pytest.MonkeyPatch, *steps: object) -> Iterator[None]:
    """The program as it would be with further migrations after the shipped ones."""
    later = Migrations(MIGRATIONS.name)
    later(name="m0001_first")(create_first_tables)
    for step in steps:
        later()(step)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", later)
        yield


def m0002_index(db: Database) -> None:
    db.conn.execute("CREATE INDEX student_village ON student (village)")


def m0002_transform(db: Database) -> None:
    db["student"].transform(defaults={"remark": ""})


def m0002_broken(db: Database) -> None:
    db.conn.execute("DROP INDEX student_name")
    raise ZeroDivisionError


@pytest.mark.parametrize("record", JOURNALED, ids=lambda record: record.__name__)
def test_columns_are_the_fields(record: type[Record], store: Store) -> None:
    sql = "SELECT name FROM pragma_table_info(?)"
    columns = [row["name"] for row in store.read(lambda tx: tx.rows(sql, [table_of(record).name]))]
    assert set(columns) == {field.name for field in fields(record)}


@pytest.mark.parametrize("record", JOURNALED, ids=lambda record: record.__name__)
def test_every_table_is_strict_about_types(record: type[Record], store: Store) -> None:
    sql = "SELECT strict FROM pragma_table_list WHERE name = ?"
    assert store.read(lambda tx: tx.rows(sql, [table_of(record).name])) == [{"strict": 1}]


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("foreign_keys", 1), ("synchronous", 2), ("journal_mode", "wal"), ("recursive_triggers", 1)],
)
def test_the_connection_is_set_for_durability(store: Store, pragma: str, value: object) -> None:
    assert store.on_worker(lambda db, _key: db.conn.execute(f"PRAGMA {pragma}").fetchone()[0]) == value


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("SELECT * FROM absence WHERE student_id = ? AND day > ?", "absence_student"),
        ("SELECT * FROM roll WHERE class_id = ? AND day = ? AND withdrawn_on IS NULL", "one_roll"),
        ("SELECT * FROM contact WHERE case_id = ?", "contact_case"),
        ("SELECT * FROM student WHERE name = ?", "student_name"),
        ("SELECT * FROM student WHERE id_no = ?", "student_id_no"),
        ("SELECT * FROM journal WHERE row = ? ORDER BY hlc", "journal_row"),
        ("SELECT max(hlc) FROM journal", "journal_hlc"),
        ("SELECT max(seq) FROM journal WHERE origin = ?", "sqlite_autoindex_journal"),
    ],
)
def test_the_lists_of_every_day_use_an_index(store: Store, sql: str, index: str) -> None:
    plan = store.read(lambda tx: tx.rows(f"EXPLAIN QUERY PLAN {sql}", ["x"] * sql.count("?")))
    assert index in " ".join(step["detail"] for step in plan)


@pytest.mark.parametrize("step", [m0002_index, m0002_transform])
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
    with _released(monkeypatch, m0002_index, m0002_broken), pytest.raises(ZeroDivisionError):
        Store.open(folder, "密码甲", "", TODAY, clock)
    with Store.open(folder, "密码甲", "", TODAY, clock) as again:
        assert names(again) == ["林小满"]
        indexes = again.read(lambda tx: tx.rows("SELECT name FROM sqlite_master WHERE name LIKE 'student_%'"))
        assert {"student_name"} <= {row["name"] for row in indexes}
        assert "student_village" not in {row["name"] for row in indexes}


def test_a_migration_that_breaks_a_reference_is_rolled_back(
    folder: DataFolder, store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def m0002_orphan(db: Database) -> None:
        db.conn.execute("DROP TRIGGER guardian_added")
        db.conn.execute("INSERT INTO guardian (id, student_id, name, rank) VALUES ('g', '没有', '陈', 1)")

    store.close()
    with _released(monkeypatch, m0002_orphan), pytest.raises(RuntimeError, match="broke references"):
        Store.open(folder, "密码甲", "", TODAY, clock)
    Store.open(folder, "密码甲", "", TODAY, clock).close()


def test_a_database_of_a_newer_program_is_refused_untouched(
    folder: DataFolder, store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    with _released(monkeypatch, m0002_index):
        Store.open(folder, "密码甲", "", TODAY, clock).close()
    before = folder.database.read_bytes()
    with pytest.raises(UserError, match=r"更新版本.*安装新版本"):
        Store.open(folder, "密码甲", "", TODAY, clock)
    assert folder.database.read_bytes() == before


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TRIGGER student_changed",
        "DROP TRIGGER journal_no_delete",
        "DROP TRIGGER contact_added; CREATE TRIGGER contact_added AFTER INSERT ON contact BEGIN SELECT 1; END",
    ],
)
def test_a_missing_or_altered_trigger_is_told_and_not_put_back(
    folder: DataFolder, store: Store, clock: StandingClock, harm: str
) -> None:
    store.on_worker(lambda db, _key: db.conn.executescript(harm))
    store.close()
    for _again in range(2):
        with pytest.raises(EnvironmentProblem, match=r"留痕装置.*备份"):
            Store.open(folder, "密码甲", "", TODAY, clock)


def test_without_the_programs_functions_nothing_can_be_written(folder: DataFolder, store: Store) -> None:
    def write_bare(_db: Database, key: bytes) -> None:
        with connect(folder.database, key) as bare:
            bare.conn.execute("INSERT INTO unit (id, level, name) VALUES ('u', '学校', '和平学校')")

    with pytest.raises(DatabaseError, match="gx_journaling"):
        store.on_worker(write_bare)
