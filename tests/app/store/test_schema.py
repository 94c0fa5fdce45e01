"""The tables are what the records say; triggers are there, exactly as written."""

from dataclasses import fields

import pytest

from app.domain.records import JOURNALED, Record
from app.errors import EnvironmentProblem
from app.settings import DataFolder
from app.store import Store
from app.store.engine import Database, DatabaseError, connect
from app.store.rows import table_of
from tests.app.store.conftest import TODAY, StandingClock


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
        ("SELECT * FROM roll WHERE class_id = ? AND day = ? AND withdrawn_on IS NULL", "roll_class"),
        ("SELECT * FROM contact WHERE case_id = ?", "contact_case"),
        ("SELECT * FROM student WHERE name = ?", "student_name"),
        ("SELECT * FROM student WHERE id_no = ?", "student_id_no"),
        ("SELECT * FROM journal WHERE row = ? ORDER BY hlc", "journal_row"),
        ("SELECT 1 FROM journal WHERE row = ? AND origin <> ?", "COVERING INDEX journal_row"),
        (
            "SELECT row FROM journal GROUP BY row HAVING min(origin) <> max(origin)",
            "COVERING INDEX journal_row",
        ),
        ("SELECT hlc FROM journal WHERE origin = ? ORDER BY seq DESC LIMIT 1", "sqlite_autoindex_journal"),
        ("SELECT * FROM journal WHERE origin = ? AND seq = ?", "sqlite_autoindex_journal"),
        ("SELECT max(hlc) FROM journal", "journal_hlc"),
        ("SELECT max(seq) FROM journal WHERE origin = ?", "sqlite_autoindex_journal"),
    ],
)
def test_the_lists_of_every_day_use_an_index(store: Store, sql: str, index: str) -> None:
    plan = store.read(lambda tx: tx.rows(f"EXPLAIN QUERY PLAN {sql}", ["x"] * sql.count("?")))
    assert index in " ".join(step["detail"] for step in plan)


def test_no_index_refuses_a_fact_that_another_office_may_have_written_too(store: Store) -> None:
    sql = (
        "SELECT tables.name FROM sqlite_master AS tables, pragma_index_list(tables.name) AS indexes"
        " WHERE tables.type = 'table' AND tables.name <> '_sqlite_migrations'"
        " AND indexes.\"unique\" = 1 AND indexes.origin <> 'pk'"
    )
    assert {row["name"] for row in store.read(lambda tx: tx.rows(sql))} == {"journal", "instance"}


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
