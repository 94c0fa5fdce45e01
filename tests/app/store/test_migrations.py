"""Migrations are atomic, backed up first, refused when newer, and keep the journal alive."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import pytest

from app.domain.records import CaseFile, Contact, RuleText, Student
from app.errors import UserError
from app.settings import DataFolder
from app.store import Store, Transaction, opening, schema
from app.store.engine import Database, Migrations, connect
from app.store.keys import new_key, new_slots
from app.store.migrations import MIGRATIONS
from app.store.migrations.m0001_first import create_first_tables
from app.store.migrations.m0002_forced_papers import add_forced_reason
from app.store.migrations.m0003_staff import add_staff
from app.store.migrations.m0004_contact_without_case import let_contacts_stand_without_case
from app.store.migrations.m0008_owners import say_whose_it_is
from tests.app.store.conftest import TODAY, StandingClock, add_school, add_student, names

SHIPPED = {
    "m0001_first": create_first_tables,
    "m0002_forced_papers": add_forced_reason,
    "m0003_staff": add_staff,
    "m0004_contact_without_case": let_contacts_stand_without_case,
    "m0008_owners": say_whose_it_is,
}


@contextmanager
def _released(
    monkeypatch: pytest.MonkeyPatch, *steps: object, shipped: Iterable[str] = SHIPPED
) -> Iterator[None]:
    """The program as it would be with further migrations after the shipped ones, or as it was with fewer."""
    later = Migrations(MIGRATIONS.name)
    for name in shipped:
        later(name=name)(SHIPPED[name])
    for step in steps:
        later()(step)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", later)
        yield


def m0099_index(db: Database) -> None:
    db.conn.execute("CREATE INDEX student_village ON student (village)")


def m0099_transform(db: Database) -> None:
    db["student"].transform(defaults={"remark": ""})


def m0099_broken(db: Database) -> None:
    db.conn.execute("DROP INDEX student_name")
    raise ZeroDivisionError


@pytest.mark.parametrize("step", [m0099_index, m0099_transform])
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
    with _released(monkeypatch, m0099_index, m0099_broken), pytest.raises(ZeroDivisionError):
        Store.open(folder, "密码甲", "", TODAY, clock)
    with Store.open(folder, "密码甲", "", TODAY, clock) as again:
        assert names(again) == ["林小满"]
        indexes = again.read(lambda tx: tx.rows("SELECT name FROM sqlite_master WHERE name LIKE 'student_%'"))
        assert {"student_name"} <= {row["name"] for row in indexes}
        assert "student_village" not in {row["name"] for row in indexes}


def test_a_migration_that_breaks_a_reference_is_rolled_back(
    folder: DataFolder, store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def m0099_orphan(db: Database) -> None:
        db.conn.execute("DROP TRIGGER guardian_added")
        db.conn.execute("INSERT INTO guardian (id, student_id, name, rank) VALUES ('g', '没有', '陈', 1)")

    store.close()
    with _released(monkeypatch, m0099_orphan), pytest.raises(RuntimeError, match="broke references"):
        Store.open(folder, "密码甲", "", TODAY, clock)
    Store.open(folder, "密码甲", "", TODAY, clock).close()


def test_a_database_of_a_newer_program_is_refused_untouched(
    folder: DataFolder, store: Store, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()
    with _released(monkeypatch, m0099_index):
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


def test_every_shipped_step_is_known_here() -> None:
    assert [step.name for step in MIGRATIONS.pending(Database(memory=True))] == list(SHIPPED)


def _drop_triggers(db: Database) -> None:
    for (name,) in db.conn.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.conn.execute(f"DROP TRIGGER {name}")


def _old_case(tx: Transaction) -> tuple[str, str]:
    """A case of the first version; the ids of child and case."""
    group = add_school(tx)
    (school,) = tx.rows("SELECT school_id FROM class_group WHERE id = ?", [group])
    child = add_student(tx, "林小满")
    rules, case = tx.new_id(), tx.new_id()
    tx.add(RuleText(id=rules, rule_set="mengjin", text=""))
    tx.add(
        CaseFile(
            id=case,
            school_id=school["school_id"],
            student_id=child,
            year=2026,
            seq=1,
            trigger="考勤",
            opened_on=TODAY,
            entered_on=TODAY,
            rule_text_id=rules,
        )
    )
    return child, case


def test_a_contact_of_an_earlier_version_gets_the_child_of_its_case_and_stays_as_it_was(
    folder: DataFolder, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        _released(monkeypatch, shipped=list(SHIPPED)[:3]),
        Store.create(folder, "密码甲", "王老师", clock).store as old,
    ):
        child, case = old.write(_old_case).value

        def contact(db: Database, _key: bytes) -> None:
            _drop_triggers(db)  # this program's, which know columns that were not there yet
            db.conn.execute(
                "INSERT INTO contact (id, case_id, happened_on, entered_on, method, outcome, by_whom, text)"
                " VALUES ('old', ?, '2026-03-01', '2026-03-02', '家访', '拒绝', '王老师', '奶奶在家')",
                (case,),
            )

        old.on_worker(contact)
        before = old.read(lambda tx: tx.position())
    with Store.open(folder, "密码甲", "", TODAY, clock) as newer:
        (kept,) = newer.read(lambda tx: tx.find(Contact))
        assert (kept.student_id, kept.case_id, kept.text) == (child, case, "奶奶在家")
        assert newer.read(lambda tx: tx.position()) == before  # nothing that was said changed
        newer.write(lambda tx: tx.change(Contact, "old", outcome="同意返校"))
        (entry,) = newer.read(lambda tx: tx.history("old"))
        assert entry.cells == {"outcome": ("拒绝", "同意返校")}
        assert len(list(folder.backups.iterdir())) == 1


def test_a_step_that_is_a_script_is_taken_back_with_the_one_that_fails_after_it(
    folder: DataFolder, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, key = list(SHIPPED)[:3], new_key()
    with monkeypatch.context() as patch, _released(monkeypatch, shipped=before):
        patch.setattr(
            schema.journal, "install", lambda _db: None
        )  # today's speak of columns that were not there
        folder.root.mkdir()
        opening.create_database(folder, key, new_slots().with_password("密码甲", key), "王老师", clock)
    with _released(monkeypatch, m0099_broken), pytest.raises(ZeroDivisionError):
        Store.open(folder, "密码甲", "", TODAY, clock)
    with connect(folder.database, key) as again:
        assert "student_id" not in {column.name for column in again["contact"].columns}
        assert [step.name for step in MIGRATIONS.applied(again)] == before
