"""Transactions whole or not at all, one folder for one process, opening and its sentences."""

from datetime import date, timedelta

import pytest
from sqlcipher3 import dbapi2

from app.domain.records import Absence, Roll, Student
from app.errors import EnvironmentProblem, UserError
from app.settings import DataFolder
from app.store import Store, Transaction
from tests.app.store.conftest import TODAY, StandingClock, add_school, add_student, names

DAY = date(2026, 3, 2)


def _roll(tx: Transaction, group: str) -> Roll:
    return Roll(
        id=tx.new_id(),
        class_id=group,
        day=DAY,
        session="全天",
        by_whom="王",
        expected=40,
        present=39,
        entered_on=DAY,
    )


# Writing


def test_a_failed_work_leaves_nothing_and_its_error_comes_out_whole(store: Store) -> None:
    def work(tx: Transaction) -> None:
        add_student(tx, "林小满")
        raise ZeroDivisionError("as it is")

    with pytest.raises(ZeroDivisionError, match="as it is"):
        store.write(work)
    assert names(store) == []
    store.write(lambda tx: add_student(tx, "陈一鸣"))
    assert names(store) == ["陈一鸣"]


def test_what_was_written_is_there_after_closing(folder: DataFolder, clock: StandingClock) -> None:
    with Store.create(folder, "密码甲", "王老师", clock).store as store:
        store.write(lambda tx: add_student(tx, "林小满"))
    with Store.open(folder, "密码甲", "", TODAY, clock) as store:
        assert names(store) == ["林小满"]


def test_add_all_takes_mixed_records_in_order(store: Store) -> None:
    group = store.write(add_school).value

    def call(tx: Transaction) -> None:
        child, roll = Student(id="a", name="林小满"), _roll(tx, group)
        tx.add_all([child, roll, Absence(id="b", roll_id=roll.id, student_id="a", day=DAY, kind="旷课")])

    assert set(store.write(call).changes.rows) == {"student", "roll", "absence"}


def test_a_reference_to_nothing_is_a_bug_also_when_the_reference_may_be_empty(store: Store) -> None:
    with pytest.raises(dbapi2.IntegrityError):
        store.write(lambda tx: tx.add(Student(id="a", name="林小满", unit_id="没有")))
    store.write(lambda tx: tx.add(Student(id="a", name="林小满", unit_id="")))


def test_withdrawing_takes_a_row_out_of_lists_but_not_out_of_the_world(store: Store) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    store.write(lambda tx: tx.withdraw(Student, student, DAY, "重复"))
    assert names(store) == []
    found = store.read(lambda tx: tx.find(Student, "name = ?", ["林小满"], withdrawn=True))
    assert [(one.withdrawn_on, one.withdrawn_reason) for one in found] == [(DAY, "重复")]
    assert store.read(lambda tx: tx.get(Student, student)) == found[0]


def test_a_withdrawal_needs_a_reason_and_happens_once(store: Store) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    with pytest.raises(ValueError, match="reason"):
        store.write(lambda tx: tx.withdraw(Student, student, DAY, " "))
    store.write(lambda tx: tx.withdraw(Student, student, DAY, "重复"))
    with pytest.raises(ValueError, match="before"):
        store.write(lambda tx: tx.withdraw(Student, student, DAY, "再次"))


def test_changing_what_is_not_there_is_a_lookup_error(store: Store) -> None:
    with pytest.raises(LookupError):
        store.write(lambda tx: tx.change(Student, "没有", name="林"))
    with pytest.raises(LookupError):
        store.read(lambda tx: tx.get(Student, "没有"))


@pytest.mark.parametrize(
    ("cells", "error"), [({}, ValueError), ({"grade": "五"}, KeyError), ({"name": 1}, TypeError)]
)
def test_a_change_names_real_columns_with_real_values(
    store: Store, cells: dict[str, object], error: type[Exception]
) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    with pytest.raises(error):
        store.write(lambda tx: tx.change(Student, student, **cells))


# Reading


def test_find_filters_orders_and_reads_plain_rows(store: Store) -> None:
    for name in ("赵青", "陈一鸣", "林小满"):
        store.write(lambda tx, name=name: add_student(tx, name))
    found = store.read(lambda tx: tx.find(Student, "name <> ?", ["赵青"], order="name DESC"))
    assert [one.name for one in found] == ["陈一鸣", "林小满"]
    assert store.read(lambda tx: tx.rows("SELECT count(*) AS 人数 FROM student")) == [{"人数": 3}]


def test_find_takes_as_many_ids_as_a_county_has_children(store: Store) -> None:
    store.write(lambda tx: add_student(tx, "林小满"))
    (child,) = store.read(lambda tx: tx.find(Student))
    ids = {child.id, *(str(number) for number in range(300_000))}
    assert store.read(lambda tx: tx.find(Student, id=ids)) == [child]


def test_or_in_a_condition_does_not_let_withdrawn_rows_in(store: Store) -> None:
    student = store.write(lambda tx: add_student(tx, "林小满")).value
    store.write(lambda tx: tx.withdraw(Student, student, DAY, "重复"))
    assert store.read(lambda tx: tx.find(Student, "name = '林小满' OR name = '赵青'")) == []


def test_a_read_cannot_write(store: Store) -> None:
    with pytest.raises(RuntimeError, match=r"Store\.write"):
        store.read(lambda tx: add_student(tx, "林小满"))
    for sql in ("INSERT INTO student (id, name) VALUES ('a', '林')", "DELETE FROM local_setting"):
        with pytest.raises((dbapi2.OperationalError, EnvironmentProblem)):
            store.read(lambda tx, sql=sql: tx.rows(sql))
    with pytest.raises(RuntimeError, match="only reads"):
        store.write(lambda tx: tx.rows("INSERT INTO student (id, name) VALUES ('a', '林')"))
    assert names(store) == []
    assert store.read(lambda tx: tx.setting("operator")) == "王老师"


def test_settings_are_kept_but_not_journaled(store: Store) -> None:
    store.write(lambda tx: tx.set_setting("printer", "甲"))
    done = store.write(lambda tx: tx.set_setting("printer", "乙"))
    assert done.changes.rows == {}
    assert store.read(lambda tx: (tx.setting("printer"), tx.setting("nothing"), tx.position())) == (
        "乙",
        None,
        0,
    )


def test_the_access_log_says_who_saw_what_when_and_why(store: Store) -> None:
    store.write(lambda tx: tx.log_access("s1", "身份证件号", "与户籍核对"))
    (row,) = store.read(lambda tx: tx.rows("SELECT at, operator, row_id, what, why FROM access_log"))
    assert tuple(row.values()) == ("2026-03-02T08:30:00+08:00", "王老师", "s1", "身份证件号", "与户籍核对")


def test_ids_are_uuid7_and_sort_by_birth(store: Store) -> None:
    ids = store.read(lambda tx: [tx.new_id() for _ in range(100)])
    assert ids == sorted(set(ids))
    assert {one[14] for one in ids} == {"7"}


# Threads


def test_nothing_readable_lies_on_the_disk(folder: DataFolder, clock: StandingClock) -> None:
    with Store.create(folder, "密码甲", "王老师", clock).store as store:
        store.write(lambda tx: add_student(tx, "林小满"))
        contents = b"".join(path.read_bytes() for path in folder.root.iterdir() if path.is_file())
    assert "林小满".encode() not in contents
    assert b"SQLite format" not in contents


def test_a_wrong_password_is_one_sentence(folder: DataFolder, store: Store, clock: StandingClock) -> None:
    store.close()
    with pytest.raises(UserError, match="密码不对"):
        Store.open(folder, "密码乙", "", TODAY, clock)
    Store.open(folder, "密码甲", "", TODAY, clock).close()


def test_a_folder_without_data_is_told_and_left_alone(folder: DataFolder, clock: StandingClock) -> None:
    with pytest.raises(UserError, match="没有归学的数据"):
        Store.open(folder, "密码甲", "", TODAY, clock)
    assert not folder.root.exists()


def test_a_second_opening_is_refused_and_the_first_goes_on(
    folder: DataFolder, store: Store, clock: StandingClock
) -> None:
    with pytest.raises(EnvironmentProblem, match="正被另一个归学"):
        Store.open(folder, "密码甲", "", TODAY, clock)
    store.write(lambda tx: add_student(tx, "林小满"))
    assert names(store) == ["林小满"]


def test_a_left_over_lock_file_does_not_block(folder: DataFolder, store: Store, clock: StandingClock) -> None:
    store.close()
    folder.lock.write_text("4711")
    Store.open(folder, "密码甲", "", TODAY, clock).close()


def test_setting_up_in_a_used_folder_is_refused(folder: DataFolder, clock: StandingClock) -> None:
    folder.root.mkdir()
    (folder.root / "家访.docx").write_bytes(b"x")
    with pytest.raises(UserError, match="不是空的"):
        Store.create(folder, "密码甲", "王老师", clock)
    assert [path.name for path in folder.root.iterdir()] == ["家访.docx"]


def test_setting_up_twice_is_refused(folder: DataFolder, store: Store, clock: StandingClock) -> None:
    with pytest.raises(UserError, match="不是空的"):
        Store.create(folder, "密码乙", "别人", clock)
    store.close()
    with pytest.raises(UserError, match="不是空的"):
        Store.create(folder, "密码乙", "别人", clock)


def test_key_slots_whose_database_is_gone_are_never_overwritten(
    folder: DataFolder, store: Store, clock: StandingClock
) -> None:
    store.close()
    folder.database.unlink()
    with pytest.raises(UserError, match="不是空的"):
        Store.create(folder, "密码乙", "别人", clock)
    with pytest.raises(EnvironmentProblem, match="打不开"):
        Store.open(folder, "密码甲", "", TODAY, clock)


def test_an_empty_operator_is_refused_at_set_up_and_later_means_the_same_person(
    folder: DataFolder, clock: StandingClock
) -> None:
    with pytest.raises(UserError, match="操作人"):
        Store.create(folder, "密码甲", " ", clock)
    Store.create(folder, "密码甲", "王老师", clock).store.close()
    with Store.open(folder, "密码甲", "", TODAY, clock) as store:
        student = store.write(lambda tx: add_student(tx, "林小满")).value
        assert store.read(lambda tx: tx.history(student))[0].operator == "王老师"


def test_the_recovery_code_opens_and_sets_a_new_password(folder: DataFolder, clock: StandingClock) -> None:
    created = Store.create(folder, "密码甲", "王老师", clock)
    created.store.close()
    with Store.open_by_recovery_code(folder, created.recovery_code.lower(), "", TODAY, clock) as store:
        store.set_password("密码乙")
        newer = store.new_recovery_code()
    Store.open(folder, "密码乙", "", TODAY, clock).close()
    Store.open_by_recovery_code(folder, newer, "", TODAY, clock).close()
    with pytest.raises(UserError, match="不是这个数据文件夹"):
        Store.open_by_recovery_code(folder, created.recovery_code, "", TODAY, clock)


def test_changing_the_password_needs_the_old_one(
    folder: DataFolder, store: Store, clock: StandingClock
) -> None:
    with pytest.raises(UserError, match="密码不对"):
        store.change_password("密码丙", "密码乙")
    store.change_password("密码甲", "密码乙")
    store.close()
    Store.open(folder, "密码乙", "", TODAY, clock).close()


@pytest.mark.parametrize(("behind", "told"), [(timedelta(hours=23), False), (timedelta(days=9000), True)])
def test_a_clock_more_than_a_day_behind_the_journal_is_told_at_the_start(
    folder: DataFolder, store: Store, clock: StandingClock, behind: timedelta, told: bool
) -> None:
    store.write(lambda tx: add_student(tx, "林小满"))
    store.close()
    clock.now -= behind
    with Store.open(folder, "密码甲", "", TODAY, clock) as again:
        assert [("校准" in notice) for notice in again.notices] == [True] * told


def test_closing_twice_is_closing_once(store: Store) -> None:
    store.close()
    store.close()


# Trouble


def test_a_full_disk_is_a_sentence_and_nothing_half_done(store: Store) -> None:
    def narrow(db: object, _key: bytes) -> None:
        pages = db.conn.execute("PRAGMA page_count").fetchone()[0]
        db.conn.execute(f"PRAGMA max_page_count = {pages}")

    store.on_worker(narrow)
    with pytest.raises(EnvironmentProblem, match=r"磁盘已满.*清理"):
        store.write(lambda tx: tx.add_all(Student(id=str(n), name="童" * 500) for n in range(500)))
    assert names(store) == []


def test_a_disk_turned_read_only_is_a_sentence(store: Store) -> None:
    store.on_worker(lambda db, _key: db.conn.execute("PRAGMA query_only = ON"))
    with pytest.raises(EnvironmentProblem, match=r"不能写入.*写保护"):
        store.write(lambda tx: add_student(tx, "林小满"))


@pytest.mark.parametrize("damage", [b"", b"garbage" * 5000])
def test_a_damaged_database_is_a_sentence(
    folder: DataFolder, store: Store, clock: StandingClock, damage: bytes
) -> None:
    store.close()
    folder.database.write_bytes(damage)
    with pytest.raises(EnvironmentProblem, match="备份"):
        Store.open(folder, "密码甲", "", TODAY, clock)


def test_a_truncated_database_is_a_sentence(folder: DataFolder, store: Store, clock: StandingClock) -> None:
    store.close()
    folder.database.write_bytes(folder.database.read_bytes()[:20_000])
    with pytest.raises(EnvironmentProblem, match="备份"):
        Store.open(folder, "密码甲", "", TODAY, clock)


def test_an_sql_mistake_is_a_bug_and_comes_out_as_it_is(store: Store) -> None:
    with pytest.raises(dbapi2.OperationalError, match="no such column"):
        store.read(lambda tx: tx.rows("SELECT grade FROM student"))


def test_find_by_columns_takes_typed_values_and_several_of_them(store: Store) -> None:
    for name in ("赵青", "陈一鸣", "林小满"):
        store.write(lambda tx, name=name: add_student(tx, name))
    two = store.read(lambda tx: tx.find(Student, name=("赵青", "林小满"), order="name"))
    assert [one.name for one in two] == ["林小满", "赵青"]
    assert store.read(lambda tx: tx.find(Student, name="赵青", birth=DAY)) == []
    assert [one.name for one in store.read(lambda tx: tx.find(Student, name="赵青", birth=None))] == ["赵青"]
    with pytest.raises(KeyError):
        store.read(lambda tx: tx.find(Student, nobody="赵青"))
