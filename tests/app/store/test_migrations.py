"""Migrations are atomic, backed up first, refused when newer, and keep the journal alive."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from app.domain.records import ClassGroup, Contact, NationalDay, Student
from app.errors import UserError
from app.settings import DataFolder
from app.store import Store, opening, schema
from app.store.engine import Database, Migrations, connect
from app.store.keys import new_key, new_slots
from app.store.migrations import MIGRATIONS
from app.store.migrations.m0001_first import create_first_tables
from app.store.migrations.m0002_forced_papers import add_forced_reason
from app.store.migrations.m0003_staff import add_staff
from app.store.migrations.m0004_contact_without_case import let_contacts_stand_without_case
from app.store.migrations.m0005_many_offices import open_to_many_offices
from app.store.migrations.m0007_enrolment import date_enrolments
from app.store.migrations.m0008_owners import say_whose_it_is
from app.store.migrations.m0009_case_ends import let_cases_end
from app.store.migrations.m0010_days import find_by_day
from app.store.migrations.m0011_corrections import keep_corrections
from tests.app.store.conftest import TODAY, StandingClock, add_school, add_student, names

SHIPPED = {
    "m0001_first": create_first_tables,
    "m0002_forced_papers": add_forced_reason,
    "m0003_staff": add_staff,
    "m0004_contact_without_case": let_contacts_stand_without_case,
    "m0005_many_offices": open_to_many_offices,
    "m0007_enrolment": date_enrolments,
    "m0008_owners": say_whose_it_is,
    "m0009_case_ends": let_cases_end,
    "m0010_days": find_by_day,
    "m0011_corrections": keep_corrections,
}


@contextmanager
def _released(monkeypatch: pytest.MonkeyPatch, *steps: object) -> Iterator[None]:
    """The program as it would be with further migrations after the shipped ones."""
    later = Migrations(MIGRATIONS.name)
    for name, step in SHIPPED.items():
        later(name=name)(step)
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
        assert [path.name for path in folder.backups.iterdir()] == ["归学备份_2026年03月02日_升级前.gxbak"]
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


def _as_it_was(
    monkeypatch: pytest.MonkeyPatch, folder: DataFolder, clock: StandingClock, steps: int, facts: str = ""
) -> bytes:
    """Data as a program that had only the first `steps` would have left them, with `facts` as SQL; gives the key.

    Without triggers: today's speak of tables and columns that were not there.
    """
    key = new_key()
    with monkeypatch.context() as patch:
        earlier = Migrations(MIGRATIONS.name)
        for name in list(SHIPPED)[:steps]:
            earlier(name=name)(SHIPPED[name])
        patch.setattr(schema, "MIGRATIONS", earlier)
        patch.setattr(schema.triggers, "install", lambda _db: None)
        folder.root.mkdir()
        opening.create_database(folder, key, new_slots().with_password("密码甲", key), "王老师", clock)
    with connect(folder.database, key) as old:
        old.conn.executescript(facts)
    return key


_CASE = """
INSERT INTO unit (id, level, name) VALUES ('u', '学校', '和平学校');
INSERT INTO student (id, name) VALUES ('k', '林小满');
INSERT INTO rule_text (id, rule_set) VALUES ('r', 'mengjin');
INSERT INTO case_file (id, school_id, student_id, year, seq, opened_on, entered_on, rule_text_id)
    VALUES ('c', 'u', 'k', 2026, 1, '2026-03-02', '2026-03-02', 'r');
INSERT INTO contact (id, case_id, happened_on, entered_on, method, outcome, by_whom, text)
    VALUES ('old', 'c', '2026-03-01', '2026-03-02', '家访', '拒绝', '王老师', '奶奶在家');
"""


def _entry(position: int, origin: str, seq: int, cells: str) -> str:
    """An entry on the child of `_CASE` as the first four versions kept it."""
    return (
        "INSERT INTO journal (position, origin, seq, hlc, tbl, row, cells, operator, written_at) VALUES"
        f" ({position}, {origin}, {seq}, '{1_770_000_000_000 + position}.00000.' || {origin}, 'student', 'k',"
        f" '{cells}', '王老师', '2026-03-01T08:00:00+08:00');"
    )


_CHILD = "INSERT INTO student (id, name, phone, village) VALUES ('k', '林小满', '1', '上湾');"

_OWN = "(SELECT origin FROM instance ORDER BY number DESC LIMIT 1)"
_BEFORE = "'00112233445566aa'"
"""The instance that this database was before a backup was restored."""


def test_a_contact_of_an_earlier_version_gets_the_child_of_its_case_and_stays_as_it_was(
    folder: DataFolder, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_it_was(monkeypatch, folder, clock, 3, _CASE + _entry(1, _OWN, 1, '{"id":[null,"k"]}'))
    with Store.open(folder, "密码甲", "", TODAY, clock) as newer:
        (kept,) = newer.read(lambda tx: tx.find(Contact))
        assert (kept.student_id, kept.case_id, kept.text) == ("k", "c", "奶奶在家")
        newer.write(lambda tx: tx.change(Contact, "old", outcome="同意返校"))
        (filled_in, entry) = newer.read(lambda tx: tx.history("old"))
        assert filled_in.cells == {
            "student_id": (None, "k")
        }  # so that it can travel; nothing that was said changed
        assert entry.cells == {"outcome": ("拒绝", "同意返校")}
        assert len(list(folder.backups.iterdir())) == 1


def test_the_journal_of_an_earlier_version_says_the_same_afterwards(
    folder: DataFolder, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    born = _entry(1, _OWN, 1, '{"id":[null,"k"],"name":[null,"林小曼"]}')
    named = _entry(2, _OWN, 2, '{"name":["林小曼","林小满"]}')
    _as_it_was(monkeypatch, folder, clock, 4, _CHILD + born + named)
    with Store.open(folder, "密码甲", "", TODAY, clock) as newer:
        first, second = newer.read(lambda tx: tx.history("k"))
        assert (first.cells, second.cells) == (
            {"id": (None, "k"), "name": (None, "林小曼")}, {"name": ("林小曼", "林小满")},
        )  # fmt: skip
        assert (first.seen, first.pick, second.seen, second.pick) == ({}, {}, {}, {})
        assert (first.origin, second.hlc[:13]) == (newer.origin, "1770000000002")
        assert newer.read(lambda tx: tx.conflicts()) == []
        assert newer.write(lambda tx: tx.change(Student, "k", name="林晓满")).changes.span == (3, 3)


def test_what_was_edited_after_a_restore_is_no_conflict_with_what_was_before(
    folder: DataFolder, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    born = _entry(1, _BEFORE, 1, '{"id":[null,"k"],"name":[null,"林小曼"],"phone":[null,"1"]}')
    again = _entry(2, _BEFORE, 2, '{"name":["林小曼","林大满"]}')
    after = _entry(3, _OWN, 1, '{"name":["林大满","林小满"],"village":["","上湾"]}')
    _as_it_was(monkeypatch, folder, clock, 4, _CHILD + born + again + after)
    with Store.open(folder, "密码甲", "", TODAY, clock) as newer:
        entries = newer.read(lambda tx: tx.history("k"))
        assert [entry.seen for entry in entries] == [{}, {}, {"name": {"00112233445566aa": 2}}]
        assert newer.read(lambda tx: tx.conflicts()) == []
        newer.write(lambda tx: tx.change(Student, "k", phone="2"))
        assert newer.read(lambda tx: tx.history("k"))[-1].seen == {"phone": {"00112233445566aa": 1}}
        assert newer.read(lambda tx: tx.conflicts()) == []


def test_two_rolls_of_a_day_may_stand_beside_each_other_afterwards(
    folder: DataFolder, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_it_was(monkeypatch, folder, clock, 4)
    with Store.open(folder, "密码甲", "", TODAY, clock) as newer:
        group = newer.write(add_school).value
        school = newer.read(lambda tx: tx.get(ClassGroup, group)).school_id
        days = [NationalDay(id=i, unit_id=school, day=TODAY, workday=True, name="") for i in "ab"]
        newer.write(lambda tx: tx.add_all(days))
        assert [group.ids for group in newer.read(lambda tx: tx.twins())] == [("a", "b")]


def test_a_step_that_is_a_script_is_taken_back_with_the_one_that_fails_after_it(
    folder: DataFolder, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = _as_it_was(monkeypatch, folder, clock, 3)
    with _released(monkeypatch, m0099_broken), pytest.raises(ZeroDivisionError):
        Store.open(folder, "密码甲", "", TODAY, clock)
    with connect(folder.database, key) as again:
        assert "student_id" not in {column.name for column in again["contact"].columns}
        assert "seen" not in {column.name for column in again["journal"].columns}
        assert [step.name for step in MIGRATIONS.applied(again)] == list(SHIPPED)[:3]
